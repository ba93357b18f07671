"""Which of several claims on one role holds, by rules that have a name.

Everything here is pure and takes claims in the order they should win a tie: text order within a
report, order of publication across reports. Support is the sum of the claims' scores.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dateline.codebook import Codebook
from dateline.model import Claim, is_human
from dateline.text import fold
from dateline.values import Count, Place, Term, When

# Finest first; a level that is not listed says nothing about fineness.
_LEVELS = ("site", "town", "near", "district", "area", "province", "sea", "country", "unknown")
_BASES = {"exact": 0, "none": 0, "at_least": 1, "at_most": 1, "about": 2, "vague": 3}
_HALF = 0.5
_JOINED = 6  # characters between "two soldiers" and "a clerk" that leave room for "and"


@dataclass(frozen=True, slots=True)
class BestCount:
    """A count with the name of the rule that chose it."""

    count: Count
    rule: str


def prevailing(claims: Sequence[Claim]) -> list[Claim]:
    """Give the claims on one role that are in force: what people said, else what machines said."""
    return [claim for claim in claims if is_human(claim.origin)] or list(claims)


def believed(claims: Sequence[Claim]) -> list[Claim]:
    """Give the prevailing claims that say that something is so, surely or probably."""
    return [c for c in prevailing(claims) if c.stance in {"asserted", "suspected"}]


def kind_of(claims: Sequence[Claim]) -> str:
    """Tell the kind of an event from its anchor: incident, tally, tie, strength or reward."""
    for claim in claims:
        if claim.role == "type" and isinstance(claim.value, Term) and claim.value.scheme == "kind":
            return claim.value.id
    return "incident"


def context_of(claims: Sequence[Claim]) -> str:
    """Tell how a report speaks of an event: reported, background, hypothetical, planned, denied."""
    contexts = believed([c for c in claims if c.role == "context"])
    for claim in contexts:
        if isinstance(claim.value, Term):
            return claim.value.id
    anchors = prevailing([c for c in claims if c.role == "type"])
    stances = {c.stance for c in anchors}
    if stances and stances <= {"hypothetical", "denied"}:
        return "denied" if stances == {"denied"} else "hypothetical"
    return "reported"


def best_term(claims: Sequence[Claim], codebook: Codebook, listing: str) -> str | None:
    """Give the term id with most support, a term being supported by its ancestors too."""
    terms = [(c.value.id, c.score) for c in claims if isinstance(c.value, Term)]
    if len(terms) < 2:  # noqa: PLR2004  (nothing to choose)
        return terms[0][0] if terms else None
    lines = [set(codebook.ancestors(listing, term)) | {term} for term, _ in terms]
    ranks = [
        (_support(score for other, score in terms if other in line), len(line), own)
        for line, (_, own) in zip(lines, terms, strict=True)
    ]
    return terms[ranks.index(max(ranks))][0]


def _support(scores: Iterable[float]) -> float:
    """Add up scores, to a precision at which the order of adding does not show."""
    return round(sum(scores), 6)


def best_when(claims: Sequence[Claim]) -> When | None:
    """Give the narrowest interval with most support, an interval being supported by wider ones.

    A clock time told for that day, or for no day, is joined to it.
    """
    whens = [(c.value, c.score) for c in claims if isinstance(c.value, When)]
    dated = [(w, score) for w, score in whens if w.earliest or w.latest]
    if not dated:
        return whens[0][0] if whens else None
    ranks = [
        (_support(score for outer, score in dated if _holds(outer, inner)), -days(inner), own)
        for inner, own in dated
    ]
    chosen = dated[ranks.index(max(ranks))][0]
    if chosen.time is None and chosen.earliest == chosen.latest:
        for other, _ in whens:
            if other.time and other.earliest in {None, chosen.earliest} and days(other) in {1, 0}:
                return replace(chosen, time=other.time, zone=other.zone)
    return chosen


def days(when: When) -> int:
    """Give the length of an interval in days; 0 without any day, a century with an open end."""
    if when.earliest and when.latest:
        return (when.latest - when.earliest).days + 1
    return 36525 if when.earliest or when.latest else 0


def _holds(outer: When, inner: When) -> bool:
    starts = outer.earliest is None or (inner.earliest or outer.earliest) >= outer.earliest
    ends = outer.latest is None or (inner.latest or outer.latest) <= outer.latest
    return starts and ends and days(outer) >= days(inner)


def best_place(claims: Sequence[Claim]) -> Place | None:
    """Give the finest place with most support, a place being supported by what covers it."""
    places = [(c.value, c.score) for c in claims if isinstance(c.value, Place)]
    if len(places) < 2:  # noqa: PLR2004  (nothing to choose)
        return places[0][0] if places else None
    ranks = [
        (
            inner.latitude is not None or inner.country is not None,
            _support(score for outer, score in places if covers(outer, inner)),
            -fineness(inner),
            own,
        )
        for inner, own in places
    ]
    return places[ranks.index(max(ranks))][0]


def fineness(place: Place) -> int:
    """Rank the level of a place: 0 is the finest."""
    return _LEVELS.index(place.level)


def covers(outer: Place, inner: Place) -> bool:
    """Tell whether one place is the other, or the country or province it lies in."""
    if outer == inner or (outer.id is not None and outer.id == inner.id):
        return True
    if outer.level == "country":
        return outer.country is not None and outer.country == inner.country
    if outer.level == "province":
        same_country = outer.country is None or outer.country == inner.country
        names = {fold(outer.admin1 or outer.name), fold(outer.name)}
        return same_country and inner.admin1 is not None and fold(inner.admin1) in names
    return outer.id is None and inner.id is None and fold(outer.name) == fold(inner.name)


def best_count(claims: Sequence[Claim]) -> BestCount | None:
    """Give the count one report stands by.

    A stated zero yields to a number, a claim of less than half weight (attackers beside
    victims) to a firm one, a part to its whole, a vague
    number to a clear one unless it is at least twice as high ("dozens" beside "two"), and a number
    to a higher floor ("at least"). Then, by rule: `stated`, one number is left; `sum`,
    numbers of different people told side by side are added ("two soldiers and a clerk");
    `largest`, of what one voice tells, since tolls rise; `range`, from the lowest to the highest
    of what different voices tell.
    """
    told = _added([c for c in claims if isinstance(c.value, Count)])
    if claims and claims[0].role == "munitions":
        # "A rocket hit the base" names the weapon more often than it counts.
        told = [t for t in told if t.count.high != 1] or told
    told = [t for t in told if t.count.high != 0] or told
    told = [t for t in told if t.firm] or told
    told = [t for t in told if not any(_is_part(t, other) for other in told)] or told
    told = _clear(told)
    told = _above_floors(told)
    if not told:
        return None
    ranges = {(t.count.low, t.count.high) for t in told}
    if len(ranges) == 1:
        first = min(told, key=lambda t: _BASES[t.count.basis])
        return BestCount(first.count, first.rule)
    if len({t.voice for t in told}) > 1:
        ends = [(t.count.low or 0, t.count.high or t.count.low or 0) for t in told]
        low, high = min(low for low, _ in ends), max(high for _, high in ends)
        if low < high:
            return BestCount(Count(low, high, "about"), "range")
    return BestCount(
        max(told, key=lambda t: (t.count.high or 0, t.count.low or 0)).count, "largest"
    )


@dataclass(frozen=True, slots=True)
class _Told:
    count: Count
    rule: str
    voice: str
    firm: bool
    start: int
    end: int


def _clear(told: list[_Told]) -> list[_Told]:
    clear = [t for t in told if t.count.basis != "vague"]
    most = max((t.count.high or t.count.low or 0 for t in clear), default=0)
    far = [t for t in told if t.count.basis == "vague" and (t.count.low or 0) >= 2 * most > 0]
    return far or clear or told


def _above_floors(told: list[_Told]) -> list[_Told]:
    """Leave out numbers below a floor, and of one voice the floors that a number or floor tops."""
    floors = [t for t in told if t.count.high is None]
    highest = max((t.count.low or 0 for t in floors), default=0)
    closed = [t for t in told if t.count.high is not None and t.count.high >= highest]
    kept = [f for f in floors if not any(_tops(other, f) for other in (*closed, *floors))]
    return [t for t in told if t in closed or t in kept] if floors else told


def _tops(other: _Told, floor: _Told) -> bool:
    """Tell whether one voice says more than "at least" later on, or two voices agree."""
    if other.count.high == floor.count.low:
        return True
    same = other.voice == floor.voice
    if other.count.high is None:
        return same and (other.count.low or 0) > (floor.count.low or 0)
    return same


def _added(claims: Sequence[Claim]) -> list[_Told]:
    found: list[_Told] = []
    run: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (c.span.report_id, c.span.start, c.span.end)):
        if run and not _is_joined(run, claim):
            found.append(_sum(run))
            run = []
        run.append(claim)
    return [*found, _sum(run)] if run else found


def _is_joined(run: Sequence[Claim], claim: Claim) -> bool:
    last = run[-1]
    gap = claim.span.start - last.span.end
    if last.span.report_id != claim.span.report_id or not 0 < gap <= _JOINED:
        return False
    if (last.score >= _HALF) != (claim.score >= _HALF):
        return False  # the dead of an attack and those who made it
    counts = [c.value for c in (*run, claim) if isinstance(c.value, Count)]
    people = {count.of for count in counts if count.of}
    return len(people) == len(counts) and all(map(_some, counts))


def _some(count: Count) -> bool:
    return bool(count.low) and count.basis not in {"vague", "none"}


def _sum(run: Sequence[Claim]) -> _Told:
    voice = fold(run[0].speakers[-1].name) if run[0].speakers else ""
    firm = any(claim.score >= _HALF for claim in run)
    start, end = run[0].span.start, run[-1].span.end
    counts = [c.value for c in run if isinstance(c.value, Count)]
    if len(counts) == 1:
        return _Told(counts[0], "stated", voice, firm, start, end)
    highs = [c.high for c in counts if c.high is not None]
    high = sum(highs) if len(highs) == len(counts) else None
    basis = max((c.basis for c in counts), key=lambda b: _BASES[b])
    return _Told(
        Count(sum(c.low or 0 for c in counts), high, basis), "sum", voice, firm, start, end
    )


def _is_part(part: _Told, whole: _Told) -> bool:
    """Tell "two soldiers" as part of "five people"; of another voice it may be a rival total."""
    one, other = part.count, whole.count
    inside = whole.start <= part.start and part.end <= whole.end
    if one.of is None or one.of == other.of or other.basis == "vague":
        return False
    rival = 2 * (one.high or 0) >= (other.low or 0)
    if part.voice != whole.voice and rival and not inside:
        return False
    return one.high is not None and (other.low or 0) > one.high > 0
