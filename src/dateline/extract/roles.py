"""Filling the roles of an event: what stands in its segments becomes claims with exact quotes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.extract.additions import find_additions
from dateline.extract.counts import Quantity, word_set
from dateline.extract.events import Draft, date_of, places_of
from dateline.extract.noun_phrases import noun_phrase
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import Tables, TypeWord
from dateline.model import Speaker, Stance
from dateline.phrases import Match
from dateline.resolve.actors import ActorMention, resolve_actor
from dateline.resolve.intervals import resolve_date
from dateline.text import tokens
from dateline.values import Actor, Count, Place, Term, Text, Value, When

_NEAR = 30
_WEAK = 0.5
_OWNER = 90
_GENERIC = "armed_attack"
_MODIFIERS = 4
_LED = 4
_COUNTED = ("explosive_projectile", "explosive_device")


@dataclass(frozen=True, slots=True)
class Part:
    """A role of an event before it becomes a claim: where its words stand and what they mean.

    `stance` and `speakers` are set where the words themselves say them; else speech decides.
    """

    role: str
    start: int
    end: int
    value: Value | None
    score: float = 1.0
    stance: Stance | None = None
    speakers: tuple[Speaker, ...] = ()


def parts_of(found: Scan, draft: Draft, main: Draft | None, known: Tables) -> Iterator[Part]:
    """Yield the roles of an event that its own segments support, the type first."""
    yield type_part(found, draft, known)
    if not draft.reported:
        yield _background(found, draft)
    yield from _dates(found, draft, main)
    yield from _places(found, draft, known)
    yield from _weapons(found, draft, known)
    yield from _casualties(found, draft, known)
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
    anchor = main.when if main and main is not draft else draft.when
    strong: list[Part] = []
    weak: list[Part] = []
    for segment in draft.segments:
        dated = date_of(found, segment)
        if dated is None:
            continue
        expression, is_speech = dated
        value = resolve_date(expression, found.report.published_day, anchor=anchor)
        if is_speech or not isinstance(value, When) or not _contradicts(draft.when, value):
            part = Part(
                "date", expression.start, expression.end, value, _WEAK if is_speech else 1.0
            )
            (weak if is_speech else strong).append(part)
    dated_by = strong or weak[:1] or list(_shared_date(found, draft, main))
    yield from dated_by
    for segment in draft.segments:
        for clock in found.within(found.dates, segment.start, segment.end):
            if clock.form == "clock" and segment in [t.segment for t in draft.triggers]:
                day = next((p.value for p in dated_by if isinstance(p.value, When)), None)
                yield Part("date", clock.start, clock.end, resolve_date(clock, None, anchor=day))


def _shared_date(found: Scan, draft: Draft, main: Draft | None) -> Iterator[Part]:
    """Yield the date of the main event for one told in the same sentence ("..., while ...")."""
    if main is None or main is draft or main.date is None or not draft.reported:
        return
    sentence = next(s for s in found.sentences if s.start <= main.date.start < s.end)
    if any(segment.sentence == sentence.index for segment in draft.segments):
        yield Part("date", main.date.start, main.date.end, main.when, _WEAK)


def _contradicts(known: When | None, other: When) -> bool:
    if known is None or not (known.earliest and known.latest and other.earliest and other.latest):
        return False
    return known.latest < other.earliest or other.latest < known.earliest


def _places(found: Scan, draft: Draft, known: Tables) -> Iterator[Part]:
    seen: set[str | None] = set()
    own = [t.segment for t in draft.triggers]
    for segment in draft.segments:
        for toponym in places_of(found, segment):
            value = found.where[toponym]
            if isinstance(value, Place) and value.id in seen:
                continue
            seen.add(value.id if isinstance(value, Place) else None)
            score = 1.0 if segment in own else _WEAK
            yield Part("place", toponym.start, toponym.end, value, score)
    if not seen:
        yield from _country_of(found, draft, known)


def _country_of(found: Scan, draft: Draft, known: Tables) -> Iterator[Part]:
    """Yield the country an adjective before the target gives: "an Iraqi airbase"."""
    for segment in draft.segments:
        for mention in found.within(found.countries, segment.start, segment.end):
            if mention.form == "adjective" and _before_target(found, mention.end):
                row = known.places.place(f"country:{mention.code}")
                if row is not None:
                    reason = f"the adjective {found.report.text[mention.start : mention.end]!r}"
                    country = Place(
                        row.id,
                        row.name,
                        row.country,
                        None,
                        row.latitude,
                        row.longitude,
                        "country",
                        reason,
                    )
                    yield Part("place", mention.start, mention.end, country, _WEAK)
                    return


def _before_target(found: Scan, end: int) -> bool:
    return any(0 < target.start - end < _NEAR for target in found.targets)


def _weapons(found: Scan, draft: Draft, known: Tables) -> Iterator[Part]:
    implied: list[Part] = []
    named: list[Part] = []
    for segment in draft.segments:
        for weapon in found.within(found.weapons, segment.start, segment.end):
            name, form = weapon.entry
            score = _WEAK if weapon.end <= found.headline_end else 1.0
            part = Part("weapon", weapon.start, weapon.end, Term("weapon", name), score)
            (implied if form == "implied" else named).append(part)
            count = _count_of(found, weapon, segment, known)
            if count:
                value = Count(count.low, count.high, count.basis, name)
                named.append(Part("munitions", count.start, weapon.end, value))
    yield from _of_its_own(named, draft, known)
    if not any(part.role == "weapon" and part.score == 1.0 for part in named):
        yield from implied
        kind = known.book.event_types[event_type(found, draft, known)].details.get("weapon")
        if kind and not implied:
            yield Part("weapon", draft.anchor.start, draft.anchor.end, Term("weapon", str(kind)))


def _of_its_own(named: list[Part], draft: Draft, known: Tables) -> Iterator[Part]:
    """Leave out the rockets of the defence where the drones of the attack are counted."""
    own = next((t.weapon for t in draft.triggers if t.weapon), None)
    line = set(known.book.ancestors("weapons", own)) if own else set()

    def is_own(part: Part) -> bool:
        of = part.value.of if isinstance(part.value, Count) else None
        return of is not None and (of in line or own in list(known.book.ancestors("weapons", of)))

    counted = any(part.role == "munitions" and is_own(part) for part in named)
    yield from (p for p in named if p.role != "munitions" or not counted or is_own(p))


def _count_of(
    found: Scan, weapon: Match[TypeWord], segment: Segment, known: Tables
) -> Quantity | None:
    """Give how many of a weapon there were; "a drone strike" and guns count none."""
    details = known.book.lists["weapons"][weapon.entry[0]].details
    counted = details.get("family") in _COUNTED or details.get("interchange") == "drone"
    if weapon.entry[1] == "implied" or not counted:
        return None
    stops = word_set(found.grammar, "phrase_stops")
    for quantity in reversed(found.within(found.counts, segment.start, weapon.start)):
        gap = found.report.text[quantity.end : weapon.start]
        words = tokens(gap)
        plain = all(w.text[0].isalnum() and w.text.lower() not in stops for w in words)
        if plain and len(words) <= _MODIFIERS and quantity.low != 0:
            after = found.report.text[weapon.end : weapon.end + 1 + _NEAR]
            return None if found.grammar.pattern("compound").match(after) else quantity
    return None


def _casualties(found: Scan, draft: Draft, known: Tables) -> Iterator[Part]:
    """Yield what violence did to people.

    "No American was hurt" counts only where nothing else is told of the hurt.
    """
    told = [
        casualty
        for segment in draft.segments
        for casualty in found.within(found.casualties, segment.start, segment.end)
        if not casualty.cause and not casualty.hypothetical
    ]
    told += find_additions(found.report.text, told, known.grammars["counts"])
    whole = {casualty.role for casualty in told if not casualty.subset}
    for casualty in told:
        if not casualty.subset or (casualty.role not in whole and casualty.role != "killed"):
            score = _WEAK if casualty.subset or casualty.definite else 1.0
            yield Part(casualty.role, casualty.start, casualty.end, casualty.count, score)


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
    score = 1.0 if rank >= _LED else _WEAK
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
