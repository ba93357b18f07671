"""Finding the words that tell of an act of armed violence, and judging how they are meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dateline.codebook import Codebook
from dateline.extract.agreement import on_property
from dateline.extract.downing import flies, is_manned
from dateline.extract.habits import tells_a_habit
from dateline.extract.lookalikes import is_lookalike, lookalike_topic
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import Tables, TypeWord
from dateline.phrases import Match
from dateline.text import Sentence, aligned_fold, tokens

Meant = Literal["asserted", "hypothetical", "denied", "habitual", "past"]
_GENERIC = "armed_attack"
_DOWNED = "interception"
_AIRCRAFT = "aircraft_shot_down"
_NEAR = 60
_CLOSE = 25
_OBJECT = 5


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of an event, in report offsets.

    `type` is an event type; `meant` says whether the report asserts it as one happening, or speaks
    of a threat, a denial, a habit, or something long past (a trial, an anniversary). `nominal` is
    a trigger that only names an event ("the attack") and may refer to one told elsewhere. `hint`
    is the type that somebody else takes it for, where the words themselves say only "attack".
    """

    start: int
    end: int
    type: str
    segment: Segment
    meant: Meant
    nominal: bool
    weapon: str | None = None
    hint: str | None = None


def find_triggers(found: Scan, known: Tables) -> list[Trigger]:
    """Give the trigger of each segment that says most about the kind of event.

    A sentence that counts attacks over a period tells of none of them.
    Where a segment tells of an interception and of an attack in words of their own, both are given.
    """
    triggers: list[Trigger] = []
    topic = lookalike_topic(found)
    for segment in found.segments:
        if segment.sentence in found.totals:
            continue
        candidates = _without_defence(find_candidates(found, segment, known))
        candidates = [t for t in candidates if not _adds_a_career(found, t)]
        candidates = _without_loot(found, segment, candidates, known.book)
        if not candidates or is_lookalike(
            found, segment, told=any(t.type != _GENERIC for t in candidates), topic=topic
        ):
            continue
        best = max(candidates, key=lambda t: _rank(t, known.book))
        triggers.append(best)
        others = [t for t in candidates if t.type != best.type and not t.nominal and not t.weapon]
        if best.type == "interception" and not best.nominal and others:
            triggers.append(max(others, key=lambda t: _rank(t, known.book)))
    return triggers


def _without_defence(candidates: Sequence[Trigger]) -> list[Trigger]:
    """Leave out what air defences fire: "the C-RAM system fired several rockets at an object"."""
    shields = [t for t in candidates if t.type == "interception" and t.nominal]
    return [
        t
        for t in candidates
        if t.type == "interception" or not any(0 <= t.start - s.end <= _CLOSE for s in shields)
    ]


def _without_loot(
    found: Scan, segment: Segment, candidates: list[Trigger], book: Codebook
) -> list[Trigger]:
    """Leave out what was burned besides: "attacked a village, killing nine and razing it"."""
    besides = [t for t in candidates if t.type in on_property(book)]
    if not besides:
        return candidates
    harmed = found.within(found.casualties, segment.start, segment.end)
    if not any(c.role == "killed" and c.is_done for c in harmed):
        return candidates
    acts = [
        t
        for t in candidates
        if t not in besides
        and t.start < besides[0].start
        and not any(c.start < t.end and t.start < c.end for c in harmed)
    ]
    return [t for t in candidates if t not in besides] if acts else candidates


def _adds_a_career(found: Scan, trigger: Trigger) -> bool:
    """Tell what is said of people once harm to them is told: "seized a man who planned raids"."""
    if trigger.meant != "habitual":
        return False
    sentence = found.sentences[trigger.segment.sentence]
    before = found.within(found.casualties, trigger.segment.start, trigger.start)
    told = any(c.is_done for c in before)
    return told and _is_career(found, sentence, (trigger.start, trigger.end))


def _rank(trigger: Trigger, book: Codebook) -> tuple[int, int, int]:
    """Rank the readings of one segment: a munition shot down, then the finest type, the first."""
    depth = len(list(book.ancestors("event_types", trigger.type)))
    if trigger.type == "interception":
        return (0 if trigger.nominal else 2), depth, -trigger.start
    return int(trigger.type != _GENERIC), depth, -trigger.start


@lru_cache(maxsize=256)  # whoever asks who did it asks for them again
def find_candidates(found: Scan, segment: Segment, known: Tables) -> tuple[Trigger, ...]:
    """Give every reading of a segment as telling of an act, before one of them is chosen."""
    return tuple(_candidates(found, segment, known))


def _candidates(found: Scan, segment: Segment, known: Tables) -> Iterator[Trigger]:
    armed = _is_armed(found, segment)
    weapons = found.within(found.weapons, segment.start, segment.end)
    for match in found.within(found.types, segment.start, segment.end):
        kind, form = match.entry
        if _is_adjectival(found, match) or _names_weapon(weapons, match):
            continue
        if kind == _DOWNED and form == "verb" and not flies(found, segment, match):
            yield from _brought_down(found, segment, match, known)
            continue
        if kind == _DOWNED and form == "verb" and is_manned(found, segment, match):
            yield from _aircraft_lost(found, segment, match, known)
            continue
        if armed or not form.startswith("weak"):
            nominal = form in ("noun", "weak") and not _has_object(found, match)
            yield _trigger(found, segment, (match.start, match.end), kind, nominal=nominal)
    for weapon in weapons:
        yield from _with_weapon(found, segment, weapon, known)


def _names_weapon(weapons: Sequence[Match[TypeWord]], match: Match[TypeWord]) -> bool:
    """Tell words that are only part of a weapon's name: "a booby-trapped car"."""
    length = match.end - match.start
    return any(
        w.start <= match.start and match.end <= w.end and w.end - w.start > length
        for w in weapons
        if w.entry[1] == "noun"
    )


def _has_object(found: Scan, match: Match[TypeWord]) -> bool:
    """Tell a gerund that acts from a name of an act: "..., kidnapping three workers"."""
    text, grammar = found.report.text, found.grammar
    if not text[match.start : match.end].endswith("ing"):
        return False
    leads = grammar.pattern("gerund_lead").search(text, max(0, match.start - _CLOSE), match.start)
    return leads is not None and grammar.pattern("gerund_object").match(text, match.end) is not None


def _brought_down(
    found: Scan, segment: Segment, verb: Match[TypeWord], known: Tables
) -> Iterator[Trigger]:
    """Yield what weapon brought a house or a bridge down: "a missile brought down the block"."""
    before = found.within(found.weapons, max(segment.start, verb.start - _NEAR), verb.start)
    for weapon in before[-1:]:
        made = str(
            known.book.lists["weapons"][weapon.entry[0]].details.get("attack_type", _GENERIC)
        )
        words = (weapon.start, verb.end)
        yield _trigger(found, segment, words, made, weapon=weapon.entry[0])


def _aircraft_lost(
    found: Scan, segment: Segment, verb: Match[TypeWord], known: Tables
) -> Iterator[Trigger]:
    """Yield what brought an aircraft down: a bomb on board, or else fire from outside."""
    before = found.within(found.weapons, max(segment.start, verb.start - _NEAR), verb.start)
    weapons = known.book.lists["weapons"]
    if any(weapons[w.entry[0]].details.get("family") == "explosive_device" for w in before[-1:]):
        yield from _brought_down(found, segment, verb, known)
        return
    yield _trigger(found, segment, (verb.start, verb.end), _AIRCRAFT)


def _is_adjectival(found: Scan, match: Match[TypeWord]) -> bool:
    """Tell a participle that only describes: "the arrested leader", "the targeted compound"."""
    text = found.report.text
    word = text[match.start : match.end].lower()
    before = text[max(0, match.start - _CLOSE) : match.start]
    return (
        word.endswith("ed")
        and word.isalpha()
        and found.grammar.pattern("adjectival").search(before) is not None
    )


def _with_weapon(
    found: Scan, segment: Segment, weapon: Match[TypeWord], known: Tables
) -> Iterator[Trigger]:
    """Yield what a weapon and a verb make together: rockets that land, drones that are downed."""
    name, form = weapon.entry
    if form == "weak" and not _is_armed(found, segment):
        return
    if found.search("seized", segment.start, segment.end):
        return
    entry = known.book.lists["weapons"][name]
    made = str(entry.details.get("attack_type", _GENERIC))
    for verb in found.within(found.objects, segment.start, weapon.start):
        words = tokens(found.report.text[verb.end : weapon.start])
        if len(words) <= _OBJECT and entry.details.get("family") in ("explosive_projectile", "air"):
            yield _trigger(found, segment, (verb.start, weapon.end), verb.entry, weapon=name)
            return
    for verb in found.within(found.impacts, segment.start, segment.end):
        apart = verb.end <= weapon.start or verb.start >= weapon.end
        if apart and _gap(verb, weapon) <= _NEAR:
            start, end = min(weapon.start, verb.start), max(weapon.end, verb.end)
            yield _trigger(found, segment, (start, end), made, weapon=name)


def _gap(left: Match[str], right: Match[TypeWord]) -> int:
    return max(left.start - right.end, right.start - left.end)


def _trigger(
    found: Scan,
    segment: Segment,
    words: tuple[int, int],
    kind: str,
    *,
    nominal: bool = False,
    weapon: str | None = None,
) -> Trigger:
    start, end = words
    return Trigger(start, end, kind, segment, _meant(found, segment, words), nominal, weapon)


def _meant(found: Scan, segment: Segment, words: tuple[int, int]) -> Meant:
    """Judge a trigger by the cues in front of it and around it."""
    start, grammar = words[0], found.grammar
    sentence = found.sentences[segment.sentence]
    if found.cue("retrospect", sentence.start, sentence.end):
        return "past"
    if (
        grammar.pattern("elaboration").match(sentence.text)
        or tells_a_habit(found, segment)
        or _is_career(found, sentence, words)
        or _is_of_a_period(found, segment, words)
    ):
        return "habitual"
    if _reaches(found, "hypothetical", segment, start, _NEAR):
        return "asserted" if _is_realised(found, segment, words) else "hypothetical"
    if _reaches(found, "negated", segment, start, _CLOSE):
        return "denied"
    return "asserted"


def _is_of_a_period(found: Scan, segment: Segment, words: tuple[int, int]) -> bool:
    """Tell the many acts that a total of weeks or of a war is of: "has killed 300 this year"."""
    harmed = found.within(found.casualties, segment.start, segment.end)
    if not any(c.period == "long" for c in harmed) or any(not c.period for c in harmed):
        return False
    first = next(c for c in harmed if c.period == "long")
    between = found.report.text[words[1] : first.start]
    return words[1] > first.start or not found.grammar.pattern("mark").search(between)


def _is_career(found: Scan, sentence: Sentence, words: tuple[int, int]) -> bool:
    """Tell what somebody is known for: "planned and directed attacks", "builds bombs".

    A sentence that opens with "Coordinated attacks" only calls them so.
    """
    if not found.grammar.has_sign("career", aligned_fold(sentence.text)):
        return False
    start, end = (place - sentence.start for place in words)
    opens = sentence.text[start].isupper()
    return any(
        career.end() > start and not (opens and career.start() == start)
        for career in found.grammar.pattern("career").finditer(sentence.text, 0, end)
    )


def _reaches(found: Scan, cue: str, segment: Segment, start: int, far: int) -> bool:
    """Tell whether a cue in front of a trigger governs it: nothing between ends its reach.

    A bare modal or negator reaches only the word behind it ("may have been 14 and set off ...").
    """
    grammar, text = found.grammar, found.report.text
    before = found.within(found.cues[cue], max(segment.start, start - far), start)
    if not before:
        return False
    between = text[before[-1].end : start]
    for short, gap in (("modal", "modal_gap"), ("negator", "negator_gap")):
        if grammar.pattern(short).fullmatch(text, before[-1].start, before[-1].end):
            return grammar.pattern(gap).fullmatch(between) is not None
    return grammar.pattern("reach_end").search(between) is None


def _is_realised(found: Scan, segment: Segment, words: tuple[int, int]) -> bool:
    """Tell what was asked for and came: "called for an air strike, killing two gunmen"."""
    start, end = words
    asked = found.grammar.pattern("asked_for").search(found.report.text, segment.start, start)
    told = found.within(found.casualties, end, segment.end)
    return asked is not None and any(c.is_done for c in told)


def _is_armed(found: Scan, segment: Segment) -> bool:
    """Tell whether a segment names somebody or something that makes an attack an armed one."""
    armed_forms = ("name", "force", "backed", "unregistered")
    actors = found.within(found.actors, segment.start, segment.end)
    violence = [
        c for c in found.within(found.casualties, segment.start, segment.end) if not c.cause
    ]
    return bool(
        any(actor.form in armed_forms for actor in actors)
        or found.within(found.weapons, segment.start, segment.end)
        or violence
        or any(
            t.entry[1] == "noun" for t in found.within(found.targets, segment.start, segment.end)
        )
    )
