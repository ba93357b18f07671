"""What an event was aimed at: target words weighed by what they are to the verb.

What a verb of harm has for its object, or its passive for its subject, is hit; what only stands
near may be. Who does it, or tells it, is no target.
"""

from collections.abc import Iterator, Sequence

from dateline.extract.counts import word_set
from dateline.extract.events import Draft
from dateline.extract.no_targets import is_no_head, is_other
from dateline.extract.noun_phrases import noun_phrase
from dateline.extract.parts import WEAK, Part
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import Tables, TypeWord
from dateline.extract.triggers import Trigger, find_candidates
from dateline.phrases import Match
from dateline.resolve.actors import ActorMention, resolve_actor
from dateline.values import Actor, Term, Text

_NEAR = 40
_NAME = 60
_OWNER = 90
_OBJECT = 8
_VAGUE = 5
_LED = 4
_PERSONS = 3
_BEHIND = 2
_UNARMED = "civilians"
_TAKEN = "abduction"
_BASE = "military_base"
_OTHER = "other"
_HOLDERS = ("name", "backed")
_DOWNED = "interception"
_GENERIC = "armed_attack"


def targets(found: Scan, draft: Draft, known: Tables, doers: Sequence[Part] = ()) -> Iterator[Part]:
    """Yield the target of an event, its type and whose it is.

    `doers` are the perpetrators of the event: their words are passed over.
    """
    best: tuple[int, Match[TypeWord], Trigger] | None = None
    for trigger in draft.triggers:
        if best is not None and _is_settled(found, best[0], best[2], trigger, known):
            break
        segment, acts = trigger.segment, _acts_of(found, trigger, known)
        for target in found.within(found.targets, segment.start, segment.end):
            rank = _rank(found, target, acts, known)
            if rank is not None and trigger.end <= found.headline_end:
                rank = min(rank, _LED)  # the body knows better
            if rank is None or (best is not None and rank <= best[0]):
                continue
            if not is_other(found, target.start, target.end, doers):
                best = (rank, target, trigger)
    if best is None:
        return
    rank, target, trigger = best
    sure = rank >= _LED or (rank == _PERSONS and target.entry[0] == _UNARMED)
    yield from _told(found, target, trigger, 1.0 if sure else WEAK, known)


def _is_settled(found: Scan, rank: int, by: Trigger, other: Trigger, known: Tables) -> bool:
    """Tell whether what one trigger says of the target leaves nothing for the next to say."""
    if rank == _PERSONS and _TAKEN in known.book.ancestors("event_types", by.type):
        return True
    return rank >= _VAGUE or (rank >= _LED and _harms(found, other))


def _harms(found: Scan, trigger: Trigger) -> bool:
    """Tell a trigger that only counts those harmed: "four guards were killed"."""
    return trigger.type == _GENERIC and _counts(found, trigger)


def _counts(found: Scan, trigger: Trigger) -> bool:
    start, end = trigger.start, trigger.end
    return any(c.start < end and start < c.end for c in found.casualties)


def _rank(
    found: Scan, target: Match[TypeWord], acts: Sequence[Trigger], known: Tables
) -> int | None:
    """Rank target words: object of the verb, led by a preposition or verb, behind the trigger.

    The trigger is the first of the acts.

    A word that needs company counts only where it is an object or led; None where it is not.
    Persons harmed say less of the aim than the place that they were attacked in.
    """
    trigger = acts[0]
    text, grammar, segment = found.report.text, found.grammar, trigger.segment
    start, _ = noun_phrase(text, target.start, target.end, _floor(target, trigger), grammar)
    named, _ = _with_name(found, start, target.end, segment)
    if is_no_head(found, target, start, segment):
        return None
    led = any(
        grammar.pattern("target_lead").search(text, max(0, at - _NEAR), at)
        for at in {target.start, named}
    )
    suffers = any(_is_object(found, target, named, act) for act in acts)
    if suffers and _is_toll(found, target, trigger):
        return None if target.entry[1] == "weak" else 1
    chosen = _is_chosen(found, target, named, trigger, known)
    if target.entry[1] == "weak" and not (led or suffers or chosen):
        return None
    behind = target.start >= trigger.end
    if target.entry[0] != _UNARMED and (suffers or _is_attacked(found, named, segment)):
        return _VAGUE if target.entry[1] == "weak" else _OBJECT
    rank = max(_BEHIND * behind + _LED * led, _PERSONS * suffers)
    rank -= abs(target.start - trigger.end) // _NEAR
    rank = max(rank, _LED) if chosen else rank
    near = led and grammar.pattern("near_lead").search(text, max(0, named - _NEAR), named)
    if near and _is_scene(found, near.start(), segment):
        return -_BEHIND
    return min(rank, _BEHIND) if near and _has_object(found, trigger) else rank


def _acts_of(found: Scan, trigger: Trigger, known: Tables) -> list[Trigger]:
    """Give a trigger, and for one that is only a name the verb of its weapon beside it."""
    if not trigger.nominal:
        return [trigger]
    beside = find_candidates(found, trigger.segment, known)
    told = [t for t in beside if t.weapon and not t.nominal and t.type == trigger.type]
    return [trigger, *(t for t in told if not _counts(found, t))]


def _is_chosen(
    found: Scan, target: Match[TypeWord], start: int, trigger: Trigger, known: Tables
) -> bool:
    """Tell a judge or a minister who was killed by what another verb of the sentence tells."""
    if target.entry[0] not in word_set(found.grammar, "of_persons"):
        return False
    beside = find_candidates(found, trigger.segment, known)
    harms = [t for t in beside if t.meant == "asserted" and _harms(found, t)]
    return any(
        _is_object(found, target, start, t) and not _is_toll(found, target, t) for t in harms
    )


def _is_scene(found: Scan, end: int, segment: Segment) -> bool:
    """Tell "a market near the station": it was in the market, whatever stood near."""
    text, persons = found.report.text, word_set(found.grammar, "of_persons")
    return any(
        one.entry[1] == "noun"
        and one.entry[0] != _UNARMED
        and one.entry[0] not in persons
        and one.end < end
        and not text[one.end : end].strip()
        for one in found.within(found.targets, max(segment.start, end - _NEAR), end)
    )


def _is_object(found: Scan, target: Match[TypeWord], start: int, trigger: Trigger) -> bool:
    """Tell the object of a verb, and the subject of its passive."""
    if trigger.type == _DOWNED:
        return False
    if start >= trigger.end:
        if trigger.nominal:
            return False
        if not found.report.text[trigger.end : start].strip():
            return True
        part = found.grammar.pattern("part_of").fullmatch(found.report.text, trigger.end, start)
        return part is not None
    text, grammar = found.report.text, found.grammar
    passive = grammar.pattern("suffers").match(text, target.end)
    if passive is None or not trigger.start <= passive.end() <= trigger.end:
        return False
    return not grammar.pattern("describes").search(text, max(0, start - _NEAR), start)


def _is_toll(found: Scan, target: Match[TypeWord], trigger: Trigger) -> bool:
    """Tell "40 guards have been killed": a toll so far, of more than one act."""
    passive = found.grammar.pattern("suffers").match(found.report.text, target.end)
    return passive is not None and passive["sofar"] is not None and _harms(found, trigger)


def _has_object(found: Scan, trigger: Trigger) -> bool:
    """Tell whether the verb has an object: what that was near was not the aim."""
    text, segment = found.report.text, trigger.segment
    for one in found.within(found.targets, segment.start, segment.end):
        if one.entry == (_UNARMED, "weak"):
            continue
        start, _ = noun_phrase(text, one.start, one.end, _floor(one, trigger), found.grammar)
        if _is_object(found, one, start, trigger) or _is_attacked(found, start, segment):
            return True
    return False


def _is_attacked(found: Scan, start: int, segment: Segment) -> bool:
    """Tell the object of any verb of attack, be it another than the trigger."""
    before = max(segment.start, start - _NEAR)
    attacks = found.grammar.pattern("attacks_this")
    return attacks.search(found.report.text, before, start) is not None


def _floor(target: Match[TypeWord], trigger: Trigger) -> int:
    """Give where the words for a target may begin: behind the verb that it stands behind."""
    return trigger.end if target.start >= trigger.end else trigger.segment.start


def _told(
    found: Scan, target: Match[TypeWord], trigger: Trigger, score: float, known: Tables
) -> Iterator[Part]:
    text, segment = found.report.text, trigger.segment
    floor = _floor(target, trigger)
    start, end = noun_phrase(text, target.start, target.end, floor, found.grammar)
    victims = _of_them(found, target, start, segment)
    if victims is not None:
        target = victims
        start, end = noun_phrase(text, target.start, target.end, segment.start, found.grammar)
    start, end = _with_name(found, start, end, segment)
    if tail := found.grammar.pattern("never_alone").match(text, start, segment.end):
        end = max(end, tail.end())
    owner = _owner_of(found, target.end, segment)
    if owner is not None:
        end = max(end, owner.end)
        value = resolve_actor(text[owner.start : owner.end], known.actors)
        if isinstance(value, Actor):
            yield Part("target_actor", owner.start, owner.end, value)
    kind = _held_by(found, target, (start, end), owner, known)
    target = _of_whom(found, target, segment) or target
    end = max(end, target.end)
    yield Part("target", start, end, Text(text[start:end]), score)
    yield Part("target_type", start, end, Term("target_type", kind or target.entry[0]), score)


def _held_by(
    found: Scan,
    target: Match[TypeWord],
    words: tuple[int, int],
    owner: ActorMention | None,
    known: Tables,
) -> str | None:
    """Give the type that a headquarters or office has by who holds it: a party, rebels."""
    if target.entry not in {(_BASE, "weak"), (_OTHER, "weak")}:
        return None
    holders = [owner] if owner else found.within(found.actors, words[0], target.start)
    actors = (known.book.actors.get(h.id or "") for h in holders if h.form in _HOLDERS)
    staffed = target.entry[0] == _OTHER or found.grammar.pattern("seat").match(
        found.report.text, target.start
    )
    kinds = known.grammars["events"].tables["held_by" if staffed else "held_by_arms"]
    return next((str(kinds[a.kind]) for a in actors if a is not None and a.kind in kinds), None)


def _with_name(found: Scan, start: int, end: int, segment: Segment) -> tuple[int, int]:
    """Take in a name that commas set off: "the Blue Star, a tanker", "a tanker, the Blue Star"."""
    text, grammar = found.report.text, found.grammar
    if text[start:end].lower().startswith(("a ", "an ")):
        before = max(segment.start, start - _NAME)
        if name := grammar.pattern("apposed_name").search(text, before, start):
            return name.start(), end
        if name := grammar.pattern("name_apposed").match(text, end, segment.end):
            return start, name.end()
    return start, end


def _of_them(
    found: Scan, target: Match[TypeWord], start: int, segment: Segment
) -> Match[TypeWord] | None:
    """Give the persons harmed whose home or car was hit: "two judges were shot in their cars"."""
    if not found.grammar.pattern("of_them").match(found.report.text, start, target.start):
        return None
    for casualty in found.within(found.casualties, segment.start, start):
        if casualty.victim_start is None or casualty.victim_end is None or casualty.attackers:
            continue
        persons = found.within(found.targets, casualty.victim_start, casualty.victim_end)
        if persons and not casualty.negative:
            return persons[-1]
    named = found.within(found.targets, segment.start, start)
    persons = [m for m in named if m.entry[0] in word_set(found.grammar, "of_persons")]
    persons = [m for m in persons if not is_other(found, m.start, m.end, ())]
    return persons[-1] if persons and persons[-1].entry[1] == "noun" else None


def _of_whom(found: Scan, target: Match[TypeWord], segment: Segment) -> Match[TypeWord] | None:
    """Give what "headquarters" or "positions" are of, or whose house it is, where it says more."""
    others = target.entry[0] in word_set(found.grammar, "of_others")
    if target.entry[1] != "weak" and not others:
        return None
    for other in found.within(found.targets, segment.start, segment.end):
        told = other.entry[1] == "noun" or other.entry[0] in word_set(found.grammar, "of_owners")
        told = told and not (others and other.entry[0] == _UNARMED)
        if told and _is_whose(found, target, other, carrier=others):
            return other
    return None


def _is_whose(
    found: Scan, target: Match[TypeWord], other: Match[TypeWord], *, carrier: bool
) -> bool:
    """Tell "the offices of the paper", "the bank's headquarters" and "a bus full of soldiers"."""
    text, grammar = found.report.text, found.grammar
    if other.start < target.end:
        possessed = grammar.pattern("possessed").fullmatch(text, other.end, target.start)
        return other.entry[1] == "noun" and possessed is not None
    gap = text[target.end : other.start]
    if grammar.pattern("owned").fullmatch(gap):
        return True
    along = carrier and other.entry[1] == "noun"
    return along and grammar.pattern("taken_along").fullmatch(gap) is not None


def _owner_of(found: Scan, end: int, segment: Segment) -> ActorMention | None:
    """Give whose target it is, the last name of a chain: "positions of the coalition of X"."""
    owner: ActorMention | None = None
    for actor in found.within(found.actors, end, min(segment.end, end + _OWNER)):
        gap = found.report.text[end : actor.start]
        named = actor.form in ("name", "force", "backed", "unregistered")
        if named and found.grammar.pattern("owned").fullmatch(gap):
            owner = actor
    return owner
