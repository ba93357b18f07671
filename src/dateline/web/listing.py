"""What lists ask of the columns: pure functions, one answer each.

A mask is one truth value a row. Filters on one thing are joined by "or", on different things by
"and". What is not known passes no filter but the absence of one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from dateline.web.columns import LISTED, NO_DAY, Coded, Columns, Listed, Mask, Rows

FACETS = (
    "country", "admin1", "type", "weapon", "target_type", "actor", "claim_status", "grade",
    "review", "publisher",
)  # fmt: skip
Ancestors = Callable[[str, str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; nothing set passes everything that is no background.

    `words` are folded and must all occur. `first` and `last` are ordinals of days: the interval of
    an incident must touch them. `box` is west, south, east, north in degrees; west may lie east of
    east, across the antimeridian. The counts are compared with the lower bound of the killed.
    `chosen` holds for each facet the values of which one must hold, narrower terms included.
    """

    words: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    box: tuple[float, float, float, float] | None = None
    killed_min: int | None = None
    killed_max: int | None = None
    background: bool = False
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def select(columns: Columns, wanted: Filter) -> Mask:
    """Mark the rows that pass."""
    mask = _base(columns, wanted)
    for part in _chosen(columns, wanted).values():
        mask &= part
    return mask


def without_days(wanted: Filter) -> Filter:
    """Give the same filter for any day."""
    return replace(wanted, first=None, last=None)


def _base(columns: Columns, wanted: Filter) -> Mask:
    mask = np.ones(columns.size, np.bool_) if wanted.background else columns.reported.copy()
    first, last = columns.first, columns.last
    if wanted.first is not None:
        mask &= (last >= wanted.first) | ((last == NO_DAY) & (first != NO_DAY))
    if wanted.last is not None:
        mask &= (first <= wanted.last) & ((first != NO_DAY) | (last != NO_DAY))
    if wanted.box is not None:
        mask &= _inside(columns, wanted.box)
    if wanted.killed_min is not None:
        mask &= columns.killed >= max(0, wanted.killed_min)
    if wanted.killed_max is not None:
        mask &= (columns.killed >= 0) & (columns.killed <= wanted.killed_max)
    for word in wanted.words:
        rows = np.flatnonzero(mask)
        texts = columns.words
        mask[rows] = [word in texts[row] for row in rows.tolist()]
    return mask


def _inside(columns: Columns, box: tuple[float, float, float, float]) -> Mask:
    west, south, east, north = box
    lon, lat = columns.lon, columns.lat
    across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    return across & (lat >= south) & (lat <= north)


def _chosen(columns: Columns, wanted: Filter) -> dict[str, Mask]:
    found: dict[str, Mask] = {}
    for name, values in wanted.chosen.items():
        if name in LISTED:
            found[name] = columns.listed[name].mask(values, columns.size)
        else:
            column = columns.coded[name]
            found[name] = np.isin(column.codes, column.code_of(values))
    return found


def page(
    columns: Columns, mask: Mask, sort: str, limit: int, after: tuple[float, int] | None = None
) -> tuple[Rows, tuple[float, int] | None]:
    """Give the rows of one page, and what the next one comes after; None at the end.

    `after` is the sort key and number of the last row seen, so that pages neither repeat nor leave
    out a row while others come and go.
    """
    order = columns.order(sort)
    rows = order[mask[order]]
    key = columns.sort_key(sort)
    if after is not None:
        keys, numbers = key[rows], columns.numbers[rows]
        rows = rows[(keys > after[0]) | ((keys == after[0]) & (numbers > after[1]))]
    found = rows[:limit]
    if len(rows) <= limit:
        return found, None
    last = found[-1]
    return found, (float(key[last]), int(columns.numbers[last]))


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value with the number of incidents there would be if it alone were chosen."""

    value: str
    label: str | None
    count: int


def facets(
    columns: Columns, wanted: Filter, ancestors: Ancestors
) -> tuple[int, dict[str, list[FacetValue]]]:
    """Count what passes, and the values of each facet under all filters but its own.

    The most frequent value comes first. A term counts what is filed under its narrower terms too.
    """
    base = _base(columns, wanted)
    chosen = _chosen(columns, wanted)
    passed = sum(
        (part.astype(np.int8) for part in chosen.values()), np.zeros(columns.size, np.int8)
    )
    everything = base & (passed == len(chosen))
    found = {}
    for name in FACETS:
        own = chosen.get(name)
        mask = everything if own is None else base & (passed - own >= len(chosen) - 1)
        if name in LISTED:
            found[name] = _count_listed(columns.listed[name], mask)
        else:
            found[name] = _count_coded(name, columns.coded[name], mask, ancestors)
    return int(everything.sum()), found


def _count_listed(column: Listed, mask: Mask) -> list[FacetValue]:
    counts = np.bincount(column.codes[mask[column.rows]], minlength=len(column.values))
    return _ranked(
        FacetValue(column.values[code], column.labels[code], int(counts[code]))
        for code in np.flatnonzero(counts)
    )


def _count_coded(name: str, column: Coded, mask: Mask, ancestors: Ancestors) -> list[FacetValue]:
    # Codes are moved up by one, so that what is not known is counted as 0 and left out.
    counts = np.bincount(column.codes[mask] + 1, minlength=len(column.values) + 1)[1:]
    found: dict[str, int] = {}
    for code in np.flatnonzero(counts):
        value = column.values[code]
        for term in ancestors(name, value):
            found[term] = found.get(term, 0) + int(counts[code])
    return _ranked(FacetValue(value, None, count) for value, count in found.items())


def _ranked(found: Iterable[FacetValue]) -> list[FacetValue]:
    return sorted(found, key=lambda one: (-one.count, one.value))
