"""Which events are compared at all: those that share a day and a neighbourhood or a country.

Events that tell exactly the same are one *lane* and stand for each other, so that the number of
comparisons follows the variety of what is told, not the number of reports that tell it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from dateline.link.compare import THRESHOLD, compare
from dateline.link.view import EventView

_WEEK = 8
_LONGEST = 800  # days; an event known to two years only is not linked
_LATITUDE = 0.2  # degrees; a cell and its neighbours reach 20 km as far as 60 degrees
_LONGITUDE = 0.4
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lane:
    """Events of different reports that tell the same, in order of publication.

    A report that tells the same twice (two like attacks in one town) has its second in lane 1.
    """

    number: int
    views: tuple[EventView, ...]

    @property
    def first(self) -> EventView:
        """The event that stands for the lane."""
        return self.views[0]


def lanes(views: Iterable[EventView]) -> list[list[Lane]]:
    """Group the views that can be linked by what they tell; each group has one or more lanes.

    Left out are events without a date or a place, and those told too vaguely to match even one
    that tells the same.
    """
    groups: dict[tuple[object, ...], list[EventView]] = defaultdict(list)
    for view in sorted(views, key=lambda v: v.order):
        if 0 < view.days <= _LONGEST and view.place is not None and view.types:
            groups[view.told].append(view)
    return [_part(group) for group in groups.values() if _is_telling(group[0])]


def _is_telling(view: EventView) -> bool:
    twin = compare(view, replace(view, id=f"{view.id} twin", report=f"{view.report} twin"))
    return twin is not None and twin.score >= THRESHOLD


def _part(group: Sequence[EventView]) -> list[Lane]:
    seen: dict[str, int] = defaultdict(int)
    parts: dict[int, list[EventView]] = defaultdict(list)
    for view in group:
        parts[seen[view.report]].append(view)
        seen[view.report] += 1
    return [Lane(number, tuple(parts[number])) for number in sorted(parts)]


def candidate_pairs(groups: Sequence[Sequence[Lane]]) -> Iterator[tuple[int, int]]:
    """Yield each pair of groups (by index, smaller first) that is worth comparing, once."""
    seen: set[tuple[int, int]] = set()
    for blocks in _blocks([group[0].first for group in groups]):
        for key, asking in blocks.asking.items():
            for one, other in product(asking, blocks.asked.get(key, ())):
                pair = (one, other) if one < other else (other, one)
                if one != other and pair not in seen:
                    seen.add(pair)
                    yield pair


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Views by key: those that can be found under it, and those that look there."""

    asked: dict[object, list[int]] = field(default_factory=lambda: defaultdict(list))
    asking: dict[object, list[int]] = field(default_factory=lambda: defaultdict(list))


def _blocks(views: Sequence[EventView]) -> tuple[_Blocks, ...]:
    near, country, month = _Blocks(), _Blocks(), _Blocks()
    for index, view in enumerate(views):
        short = view.days <= _WEEK
        if view.is_pinned:
            _pin(view, index, near if short else None, month)
        code = view.place.country if view.place else None
        if short and code is not None:
            for day in _each_day(view):
                country.asked[day, code].append(index)
                if not view.is_pinned:
                    country.asking[day, code].append(index)
    return near, country, month


def _pin(view: EventView, index: int, near: _Blocks | None, month: _Blocks) -> None:
    """Enter a view at its own cell and let it ask around: by day, or by month if it is long."""
    cell = _cell(view)
    for key in _months(view):
        month.asked[key, cell].append(index)
    blocks = month if near is None else near
    for moment in _months(view) if near is None else _each_day(view):
        if near is not None:
            near.asked[moment, cell].append(index)
        for other in _around(cell):
            blocks.asking[moment, other].append(index)


def _cell(view: EventView) -> Cell:
    place = view.place
    if place is None or place.latitude is None or place.longitude is None:
        return 0, 0
    return int(place.latitude // _LATITUDE), int(place.longitude // _LONGITUDE)


def _around(cell: Cell) -> Iterator[Cell]:
    around = int(360 / _LONGITUDE)
    half = around // 2
    for row in (-1, 0, 1):
        for column in (-1, 0, 1):
            yield cell[0] + row, (cell[1] + column + half) % around - half


def _each_day(view: EventView) -> Iterator[dt.date]:
    if view.earliest is not None:
        yield from (view.earliest + dt.timedelta(days=n) for n in range(view.days))


def _months(view: EventView) -> list[tuple[int, int]]:
    if view.earliest is None or view.latest is None:
        return []
    first = view.earliest.year * 12 + view.earliest.month - 1
    last = view.latest.year * 12 + view.latest.month - 1
    return [divmod(number, 12) for number in range(first, last + 1)]
