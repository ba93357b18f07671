"""Filling the roles of an event: what stands in its segments becomes claims with exact quotes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.extract.agreement import on_property
from dateline.extract.circumstances import ARREST
from dateline.extract.events import Draft, date_of
from dateline.extract.focus import country_of
from dateline.extract.munitions import munitions
from dateline.extract.parts import WEAK, Part
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import Tables, TypeWord
from dateline.extract.targets import targets
from dateline.extract.victims import casualties
from dateline.extract.whereabouts import places
from dateline.phrases import Match
from dateline.resolve.intervals import resolve_date
from dateline.values import Term, When

__all__ = ["Part", "event_type", "parts_of", "type_part"]

_NEAR = 30
_GENERIC = "armed_attack"
_OWN = 60
_AT_THE_WHEEL = "suicide_car_bomb"
_VEHICLE_BOMB = "car_bomb"


def parts_of(
    found: Scan, draft: Draft, main: Draft | None, known: Tables, doers: Sequence[Part] = ()
) -> Iterator[Part]:
    """Yield the roles of an event that its own segments support, the type first.

    `doers` are its perpetrators, found before.
    """
    yield type_part(found, draft, known)
    if not draft.reported:
        yield _background(found, draft)
    yield from _dates(found, draft, main)
    yield from places(found, draft, main, known)
    yield from _weapons(found, draft, known)
    yield from munitions(found, draft, known)
    yield from casualties(found, draft, known)
    yield from targets(found, draft, known, doers)
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
    # What was burned or looted besides does not rename an attack.
    loot = on_property(known.book)
    besides = min((t.start for t in triggers if t.type not in loot), default=len(found.report.text))
    near = [t for t in near if t.type not in loot or (t.segment.lead and t.start < besides)]
    hits = near or (hits if len(hits) == len(triggers) else [])
    pool = hits or [t for t in triggers if t.type == "interception"] or triggers
    kind = next((t for t in pool if not t.nominal), pool[0]).type
    for trigger in pool:
        if kind in known.book.ancestors("event_types", trigger.type):
            kind = trigger.type
    hints = Counter(t.hint for t in triggers if t.hint)
    if kind == _GENERIC and hints:
        return hints.most_common(1)[0][0]
    return _by_vehicle(found, draft, kind, known)


def _by_vehicle(found: Scan, draft: Draft, kind: str, known: Tables) -> str:
    """Tell a suicide bomber at the wheel, or a car full of explosives, from a vest or a ramming."""
    table = known.grammars["events"].tables["with_charge"]
    if kind not in table:
        return kind
    own = [t.segment for t in draft.triggers]
    if any(found.search("suicide_drive", s.start, s.end) for s in own):
        return _AT_THE_WHEEL
    return str(table[kind]) if _VEHICLE_BOMB in _weapons_named(found, own) else kind


def _weapons_named(found: Scan, own: Sequence[Segment]) -> set[str]:
    told = (w for s in own for w in found.within(found.weapons, s.start, s.end))
    return {w.entry[0] for w in told if w.entry[1] == "noun"}


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
    spoken = [] if draft.beside else weak[:1]
    dated_by = strong or spoken or list(_shared_date(found, draft, main)) or weak[:1]
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
    if draft is main:
        yield from _spoken_behind(found, draft)
    if main is None or main is draft or not draft.reported:
        return
    dates = (_dated(found, main, segment, main) for segment in main.segments)
    told = sorted((date for date in dates if date), key=lambda date: date[1])
    for part, _ in told[:1]:
        sentence = next(s for s in found.sentences if s.start <= part.start < s.end)
        if draft.beside or any(s.sentence == sentence.index for s in draft.segments):
            yield replace(part, score=WEAK)


def _spoken_behind(found: Scan, draft: Draft) -> Iterator[Part]:
    """Yield the day of the words behind "..., and troops later ..., witnesses said on Friday"."""
    told = {segment.sentence for segment in draft.segments}
    for segment in found.segments:
        if segment.sequel and segment.sentence in told:
            dated = _dated(found, draft, segment, draft)
            if dated is not None and dated[1]:
                yield dated[0]


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
            if is_no_weapon(found, weapon, known):
                continue
            score = WEAK if weapon.end <= found.headline_end else 1.0
            part = Part("weapon", weapon.start, weapon.end, Term("weapon", name), score)
            (implied if form == "implied" else named).append(part)
    yield from named
    if not any(part.role == "weapon" and part.score == 1.0 for part in named):
        act = event_type(found, draft, known)
        broader = list(known.book.ancestors("event_types", act))
        broader.remove(act)
        implied = [p for p in implied if _made_by(p, known) not in broader]
        yield from implied
        kind = known.book.event_types[act].details.get("weapon")
        if kind and not implied:
            yield Part("weapon", draft.anchor.start, draft.anchor.end, Term("weapon", str(kind)))


def _made_by(weapon: Part, known: Tables) -> str:
    """Give the type of attack that a weapon makes."""
    named = weapon.value.id if isinstance(weapon.value, Term) else ""
    entry = known.book.lists["weapons"].get(named)
    return str(entry.details.get("attack_type", "")) if entry else ""


def is_no_weapon(found: Scan, weapon: Match[TypeWord], known: Tables) -> bool:
    """Tell an aircraft that was shot down, or came to help: it did not attack."""
    details = known.book.lists["weapons"][weapon.entry[0]].details
    if details.get("family") != "air" or details.get("interchange") == "drone":
        return False
    text, grammar = found.report.text, found.grammar
    before = grammar.pattern("grounded").search(text, max(0, weapon.start - _OWN), weapon.start)
    return before is not None or grammar.pattern("is_grounded").match(text, weapon.end) is not None


def _damage(found: Scan, draft: Draft) -> Iterator[Part]:
    for segment in draft.segments:
        for match in found.within(found.damage, segment.start, segment.end):
            yield Part("damage", match.start, match.end, Term("damage", match.entry))
