"""Filling the roles of an event: what stands in its segments becomes claims with exact quotes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from dateline.extract.circumstances import ARREST
from dateline.extract.events import Draft, date_of
from dateline.extract.focus import country_of
from dateline.extract.munitions import munitions
from dateline.extract.noun_phrases import noun_phrase
from dateline.extract.parts import WEAK, Part
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import Tables, TypeWord
from dateline.extract.victims import casualties
from dateline.extract.whereabouts import places
from dateline.phrases import Match
from dateline.resolve.actors import ActorMention, resolve_actor
from dateline.resolve.intervals import resolve_date
from dateline.values import Actor, Term, Text, When

__all__ = ["Part", "event_type", "parts_of", "type_part"]

_NEAR = 30
_OWNER = 90
_GENERIC = "armed_attack"
_LED = 4


def parts_of(found: Scan, draft: Draft, main: Draft | None, known: Tables) -> Iterator[Part]:
    """Yield the roles of an event that its own segments support, the type first."""
    yield type_part(found, draft, known)
    if not draft.reported:
        yield _background(found, draft)
    yield from _dates(found, draft, main)
    yield from places(found, draft, main, known)
    yield from _weapons(found, draft, known)
    yield from munitions(found, draft, known)
    yield from casualties(found, draft, known)
    yield from _targets(found, draft, known)
    yield from _damage(found, draft)


def type_part(found: Scan, draft: Draft, known: Tables) -> Part:
    """Give the type claim: its quote runs from the weapon or trigger to the target's last word."""
    anchor = draft.anchor
    start, end = anchor.start, anchor.end
    for quantity in found.within(found.counts, anchor.segment.start, start + 1):
        if quantity.noun_end >= start:
            start = min(start, quantity.start)
    nearest = [
        t for t in found.within(found.targets, end, anchor.segment.end) if t.start - end < _NEAR
    ]
    if nearest and not anchor.nominal:
        end = nearest[0].end
    return Part("type", start, end, Term("event_type", event_type(found, draft, known)))


def event_type(found: Scan, draft: Draft, known: Tables) -> str:
    """Choose the type the report tells first, made finer where later words agree with it.

    A munition shot down is an interception only where no trigger tells of a hit.
    """
    triggers = [t for t in draft.triggers if t.meant == "asserted"] or draft.triggers
    # A headline says it loosely ("blast"); the body knows better.
    triggers = sorted(triggers, key=lambda t: t.end <= found.headline_end)
    hits = [t for t in triggers if t.type not in ("interception", "armed_attack")]
    # A blast that residents heard, told far below, does not rename the attack of the lead.
    near = [t for t in hits if not t.nominal or t.segment.lead]
    hits = near or (hits if len(hits) == len(triggers) else [])
    pool = hits or [t for t in triggers if t.type == "interception"] or triggers
    kind = next((t for t in pool if not t.nominal), pool[0]).type
    for trigger in pool:
        if kind in known.book.ancestors("event_types", trigger.type):
            kind = trigger.type
    hints = Counter(t.hint for t in triggers if t.hint)
    return hints.most_common(1)[0][0] if kind == _GENERIC and hints else kind


def _background(found: Scan, draft: Draft) -> Part:
    first = draft.segments[0]
    grammar = found.grammar
    pivot = grammar.pattern("pivot").match(found.report.text, first.start)
    if draft.date is not None:
        start, end = draft.date.start, draft.date.end
    elif pivot:
        start, end = pivot.span()
    else:
        start, end = draft.anchor.start, draft.anchor.end
    return Part("context", start, end, Term("context", "background"))


def _dates(found: Scan, draft: Draft, main: Draft | None) -> Iterator[Part]:
    strong: list[Part] = []
    weak: list[Part] = []
    own = [t.segment for t in draft.triggers]
    for segment in draft.segments:
        dated = _dated(found, draft, segment, main)
        if dated is None:
            continue
        part, is_speech = dated
        if not is_speech and not (
            isinstance(part.value, When) and _contradicts(draft.when, part.value)
        ):
            strong.append(part)
        elif is_speech and (segment in own or segment.lead):
            weak.append(part)
    shared = list(_shared_date(found, draft, main))
    dated_by = strong or (shared if draft.beside else []) or weak[:1] or shared
    yield from dated_by
    for segment in own:
        for clock in found.within(found.dates, segment.start, segment.end):
            if clock.form == "clock":
                day = next((p.value for p in dated_by if isinstance(p.value, When)), None)
                yield Part("date", clock.start, clock.end, resolve_date(clock, None, anchor=day))


def _dated(
    found: Scan, draft: Draft, segment: Segment, main: Draft | None
) -> tuple[Part, bool] | None:
    """Give the date that a segment tells of an event, and whether it is that of a speaker's words.

    What the event was put together by is not read anew: it may count from another event than now.
    """
    of_arrest = any(trigger.type == ARREST for trigger in draft.triggers)
    dated = date_of(found, segment, of_arrest=of_arrest)
    if dated is None:
        return None
    expression, is_speech = dated
    anchor = main.when if main and main is not draft else draft.when
    published, country = found.told_on(expression), country_of(found)
    value = resolve_date(expression, published, anchor=anchor, country=country)
    if expression is draft.date and draft.when:
        value = draft.when
    score = WEAK if is_speech else 1.0
    return Part("date", expression.start, expression.end, value, score), is_speech


def _shared_date(found: Scan, draft: Draft, main: Draft | None) -> Iterator[Part]:
    """Yield the date of the main event for one told beside it ("..., while ...", "another ship").

    Only what the same sentence, or the next event of the same news, leaves undated takes it.
    """
    if main is None or main is draft or not draft.reported:
        return
    dates = (_dated(found, main, segment, main) for segment in main.segments)
    told = sorted((date for date in dates if date), key=lambda date: date[1])
    for part, _ in told[:1]:
        sentence = next(s for s in found.sentences if s.start <= part.start < s.end)
        if draft.beside or any(s.sentence == sentence.index for s in draft.segments):
            yield replace(part, score=WEAK)


def _contradicts(known: When | None, other: When) -> bool:
    if known is None or not (known.earliest and known.latest and other.earliest and other.latest):
        return False
    return known.latest < other.earliest or other.latest < known.earliest


def _weapons(found: Scan, draft: Draft, known: Tables) -> Iterator[Part]:
    implied: list[Part] = []
    named: list[Part] = []
    for segment in draft.segments:
        for weapon in found.within(found.weapons, segment.start, segment.end):
            name, form = weapon.entry
            score = WEAK if weapon.end <= found.headline_end else 1.0
            part = Part("weapon", weapon.start, weapon.end, Term("weapon", name), score)
            (implied if form == "implied" else named).append(part)
    yield from named
    if not any(part.role == "weapon" and part.score == 1.0 for part in named):
        yield from implied
        kind = known.book.event_types[event_type(found, draft, known)].details.get("weapon")
        if kind and not implied:
            yield Part("weapon", draft.anchor.start, draft.anchor.end, Term("weapon", str(kind)))


def _targets(found: Scan, draft: Draft, known: Tables) -> Iterator[Part]:
    best: tuple[int, Match[TypeWord], Segment] | None = None
    for trigger in draft.triggers:
        for target in found.within(found.targets, trigger.segment.start, trigger.segment.end):
            rank = _target_rank(found, target, trigger.end)
            if rank is not None and (best is None or rank > best[0]):
                best = (rank, target, trigger.segment)
    if best is None:
        return
    rank, target, segment = best
    score = 1.0 if rank >= _LED else WEAK
    text = found.report.text
    start, end = noun_phrase(text, target.start, target.end, segment.start, found.grammar)
    owner = _owner_of(found, target.end, segment)
    if owner is not None:
        end = max(end, owner.end)
        value = resolve_actor(text[owner.start : owner.end], known.actors)
        if isinstance(value, Actor):
            yield Part("target_actor", owner.start, owner.end, value)
    if target.entry[1] == "weak":
        target = _of_what(found, target, segment) or target
    end = max(end, target.end)
    yield Part("target", start, end, Text(text[start:end]), score)
    yield Part("target_type", start, end, Term("target_type", target.entry[0]), score)


def _of_what(found: Scan, target: Match[TypeWord], segment: Segment) -> Match[TypeWord] | None:
    """Give what a word such as "headquarters" or "positions" is of, where that says more."""
    for other in found.within(found.targets, target.end, segment.end):
        gap = found.report.text[target.end : other.start]
        if other.entry[1] == "noun" and found.grammar.pattern("owned").fullmatch(gap):
            return other
    return None


def _owner_of(found: Scan, end: int, segment: Segment) -> ActorMention | None:
    """Give whose target it is, the last name of a chain: "positions of the coalition of X"."""
    owner: ActorMention | None = None
    for actor in found.within(found.actors, end, min(segment.end, end + _OWNER)):
        gap = found.report.text[end : actor.start]
        named = actor.form in ("name", "force", "backed", "unregistered")
        if named and found.grammar.pattern("owned").fullmatch(gap):
            owner = actor
    return owner


def _target_rank(found: Scan, target: Match[TypeWord], end: int) -> int | None:
    """Rank target words: what a preposition or verb leads, then what stands behind the trigger.

    A word that needs company counts only where it is led so; None where it is not.
    """
    before = found.report.text[max(0, target.start - _NEAR) : target.start]
    led = found.grammar.pattern("target_lead").search(before) is not None
    if target.entry[1] == "weak" and not led:
        return None
    behind = target.start >= end
    return _LED * led + 2 * behind - (abs(target.start - end) // 40)


def _damage(found: Scan, draft: Draft) -> Iterator[Part]:
    for segment in draft.segments:
        for match in found.within(found.damage, segment.start, segment.end):
            yield Part("damage", match.start, match.end, Term("damage", match.entry))
