"""Finding the words that tell of an act of armed violence, and judging how they are meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.codebook import Codebook
from dateline.extract.agreement import on_property
from dateline.extract.downing import flies, is_manned
from dateline.extract.habits import counts_acts
from dateline.extract.lookalikes import is_lookalike, lookalike_topic
from dateline.extract.meant import Meant, is_career, meant_of
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import Tables, TypeWord
from dateline.phrases import Match
from dateline.text import tokens

HEAVY = ("explosive_projectile", "air")
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

    A sentence that counts attacks over a period tells of none of them, but of one told before.
    Where a segment tells of an interception and of an attack in words of their own, both are given.
    """
    triggers: list[Trigger] = []
    topic = lookalike_topic(found)
    for segment in found.segments:
        if counts_acts(found, segment):
            continue
        candidates = _without_defence(find_candidates(found, segment, known))
        if (total := found.totals.get(segment.sentence)) is not None:
            candidates = [t for t in candidates if t.end <= total.start]
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
    return told and is_career(found, sentence, (trigger.start, trigger.end))


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
        if _is_freed(found, segment, match, known.book):
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


def _is_freed(found: Scan, segment: Segment, match: Match[TypeWord], book: Codebook) -> bool:
    """Tell hostages that a raid freed from those that were taken."""
    if "abduction" not in book.ancestors("event_types", match.entry[0]):
        return False
    text = found.report.text
    return found.grammar.pattern("freed").search(text, segment.start, match.start) is not None


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
        heavy = len(words) <= _OBJECT and entry.details.get("family") in HEAVY
        if heavy and not _is_on_the_ground(found, segment, verb, weapon):
            yield _trigger(found, segment, (verb.start, weapon.end), verb.entry, weapon=name)
            return
    verbs = found.within(found.impacts, segment.start, segment.end)
    harms, text = found.grammar.pattern("harms"), found.report.text
    for verb in verbs if entry.details.get("family") in HEAVY else ():
        if verb.end < weapon.start and harms.fullmatch(text, verb.start, weapon.start):
            # "Militants destroyed two aircraft": the weapon is what was harmed.
            yield _trigger(found, segment, (verb.start, weapon.end), _GENERIC)
            return
    for verb in verbs:
        apart = verb.end <= weapon.start or verb.start >= weapon.end
        if apart and _gap(verb, weapon) <= _NEAR:
            start, end = min(weapon.start, verb.start), max(weapon.end, verb.end)
            yield _trigger(found, segment, (start, end), made, weapon=name)


def _is_on_the_ground(
    found: Scan, segment: Segment, verb: Match[str], weapon: Match[TypeWord]
) -> bool:
    """Tell a launcher, and aircraft that an attack destroys, from what air defence brings down."""
    text = found.report.text
    if not found.grammar.pattern("harms").fullmatch(text, verb.start, weapon.start):
        return False
    if found.grammar.pattern("no_flyer").search(text, weapon.start, weapon.end):
        return True
    struck = found.within(found.impacts, segment.start, verb.start)
    armed = found.within(found.weapons, segment.start, struck[0].start) if struck else []
    return bool(armed)


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
    return Trigger(start, end, kind, segment, meant_of(found, segment, words), nominal, weapon)


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
