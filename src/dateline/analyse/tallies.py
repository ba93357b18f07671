"""Does a figure agree with the record? A tally becomes a query over incidents of its scope.

Each incident belongs, does not belong, or may belong, where the record is too coarse to tell (a
month that the period cuts, a target whose owner is not told). So the record gives a range, and a
verdict is given only where every reading of it leads to the same one.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.analyse.scopes import Scope, Tally, scope_of, sides_in
from dateline.best import covers, fineness
from dateline.codebook import Codebook
from dateline.values import Count, Place, Unknown

Verdict = Literal["agrees", "short", "more", "cannot_compare"]
Number = tuple[int, int | None]
_ABOUT = 0.1  # "about 40" is 36 to 44
_LONGEST = 400  # days; an incident dated more loosely is not dated for a tally


@dataclass(frozen=True, slots=True)
class Fact:
    """An incident as a tally sees it; what is not known is None or empty.

    `types` and `target_types` are the term alone, its broader ones being found in the codebook;
    `sides` are registry ids of those it was aimed at, `target` the words for it.
    """

    id: str
    type: str | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    place: Place | None = None
    target_type: str | None = None
    target: str | None = None
    sides: tuple[str, ...] = ()
    perpetrators: tuple[str, ...] = ()
    killed: Number | None = None
    injured: Number | None = None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the record holds under the scope of a tally, and whether the figure agrees.

    `certain` incidents (or people, where people are counted) surely belong, `possible` are those
    and the ones that may belong; None: no end is known. `difference` is how many the record has
    too few or too many, at least.
    """

    verdict: Verdict
    why: str
    certain: int = 0
    possible: int | None = 0
    difference: int | None = None
    incidents: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    scope: Scope | None = None


class Facts:
    """The incidents of a record, found by country and day."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        """Sort the facts; those without a day or a country can belong to no figure."""
        by_country: dict[str, list[tuple[dt.date, str, Fact]]] = {}
        for fact in facts:
            country = fact.place.country if fact.place else None
            if country is not None and fact.latest is not None and _is_dated(fact):
                by_country.setdefault(country, []).append((fact.latest, fact.id, fact))
        self._by_country = {
            country: sorted(rows, key=lambda row: row[:2]) for country, rows in by_country.items()
        }

    def near(self, scope: Scope) -> list[Fact]:
        """Give the facts of the countries of a scope that do not end before it begins."""
        found = []
        for country in sorted({place.country or "" for place in scope.places}):
            rows = self._by_country.get(country, [])
            start = bisect_left(rows, (scope.first, ""), key=lambda row: row[:2])
            stop = scope.last + dt.timedelta(days=_LONGEST)
            for latest, _, fact in rows[start:]:
                if latest > stop:
                    break
                found.append(fact)
        return found


def reconcile(tally: Tally, facts: Facts, codebook: Codebook) -> Reconciled:
    """Compare a figure with the record; `why` says in words what the verdict rests on.

    Abstains (`cannot_compare`) where the scope is not clear, the number has no bounds, or the
    incidents that may or may not belong decide.
    """
    scope = scope_of(tally, codebook)
    if isinstance(scope, Unknown):
        return Reconciled("cannot_compare", scope.reason)
    told = _bounds(tally.count)
    if isinstance(told, Unknown):
        return Reconciled("cannot_compare", told.reason, scope=scope)
    inside: list[Fact] = []
    doubtful: list[Fact] = []
    for fact in facts.near(scope):
        belongs = belongs_to(fact, scope, codebook)
        if belongs is not False:
            (inside if belongs else doubtful).append(fact)
    certain, possible = _number(scope, inside, doubtful)
    verdict, difference = _verdict(told, certain, possible)
    return Reconciled(
        verdict,
        _why(verdict, scope, certain, possible, len(doubtful)),
        certain,
        possible,
        difference,
        tuple(fact.id for fact in inside),
        tuple(fact.id for fact in doubtful),
        scope,
    )


def belongs_to(fact: Fact, scope: Scope, codebook: Codebook) -> bool | None:
    """Tell whether an incident is of a scope: True, False, or None where it may be."""
    answers = (
        _day(fact, scope),
        _place(fact.place, scope.places),
        _term(fact.type, scope.type, scope.types, codebook, "event_types"),
        _term(fact.target_type, scope.target_type, scope.target_types, codebook, "target_types"),
        _aimed(fact, scope, codebook),
        _shared(fact.perpetrators, scope.perpetrators),
    )
    if False in answers:
        return False
    return None if None in answers else True


def _is_dated(fact: Fact) -> bool:
    if fact.earliest is None or fact.latest is None:
        return False
    return (fact.latest - fact.earliest).days <= _LONGEST


def _day(fact: Fact, scope: Scope) -> bool | None:
    if not _is_dated(fact) or fact.earliest is None or fact.latest is None:
        return None
    if fact.latest < scope.first or fact.earliest > scope.last:
        return False
    return True if scope.first <= fact.earliest and fact.latest <= scope.last else None


def _place(place: Place | None, wanted: Sequence[Place]) -> bool | None:
    if place is None or place.country is None:
        return None
    if any(covers(outer, place) for outer in wanted):
        return True
    # An incident known to lie in Iraq may lie in Mosul; one known to lie in Erbil does not.
    coarser = any(fineness(place) > fineness(w) and covers(place, w) for w in wanted)
    return None if coarser else False


def _term(
    term: str | None, asked: str | None, terms: frozenset[str], codebook: Codebook, listing: str
) -> bool | None:
    """Tell whether a term is asked for; one that is broader than what is asked may be."""
    if asked is None or term in terms:
        return True
    if term is None or term in set(codebook.ancestors(listing, asked)):
        return None
    return False


def _aimed(fact: Fact, scope: Scope, codebook: Codebook) -> bool | None:
    """Tell whether somebody of the sides asked for was the target, by actor or in the words."""
    if not scope.sides:
        return True
    named = sides_in(fact.target, codebook) if fact.target else frozenset()
    return _shared((*fact.sides, *named), scope.sides)


def _shared(told: Sequence[str], wanted: frozenset[str]) -> bool | None:
    if not wanted or wanted.intersection(told):
        return True
    return False if told else None


def _bounds(count: Count | None) -> Number | Unknown:
    """Give the range that a figure means; an open end is None."""
    if count is None or (count.low is None and count.high is None):
        return Unknown("no number is told")
    low, high = count.low or 0, count.high
    if count.basis == "vague":
        return Unknown("the number is vague")
    if count.basis == "about" and high is not None:
        slack = max(1, round(_ABOUT * high))
        return max(0, low - slack), high + slack
    if count.basis == "at_least":
        return low, None
    return low, high


def _number(
    scope: Scope, inside: Sequence[Fact], doubtful: Sequence[Fact]
) -> tuple[int, int | None]:
    """Give how many surely and at most are of a scope: incidents, or people in them."""
    if scope.counts == "incidents":
        return len(inside), len(inside) + len(doubtful)
    role = scope.counts
    certain = [getattr(fact, role) for fact in inside]
    every = [*certain, *(getattr(fact, role) for fact in doubtful)]
    if any(number is None or number[1] is None for number in every):
        return sum(number[0] for number in certain if number), None
    return sum(number[0] for number in certain), sum(number[1] for number in every)


def _verdict(told: Number, certain: int, possible: int | None) -> tuple[Verdict, int | None]:
    low, high = told
    if possible is not None and possible < low:
        return "short", low - possible
    if high is not None and certain > high:
        return "more", certain - high
    fits = certain >= low and (high is None or (possible is not None and possible <= high))
    return ("agrees", 0) if fits else ("cannot_compare", None)


def _why(verdict: Verdict, scope: Scope, certain: int, possible: int | None, doubtful: int) -> str:
    people = scope.counts != "incidents"
    of = f"people {scope.counts}" if people else _plural("incident", certain)
    if people and possible is None:
        return f"{certain} {of} at least are on record; not every incident tells how many"
    are = "is" if certain == 1 and possible in {1, None} and not people else "are"
    if not doubtful:
        number = str(certain) if possible == certain else f"{certain} to {possible}"
        return f"{number} {of} of that scope {are} on record"
    surely = f"{certain} {of} of that scope {'is' if certain == 1 else 'are'} surely on record"
    tail = ", and they decide" if verdict == "cannot_compare" else ""
    return f"{surely}; {doubtful} more {_plural('incident', doubtful)} may belong{tail}"


def _plural(noun: str, number: int) -> str:
    return noun if number == 1 else f"{noun}s"
