"""Which events are compared at all: each stands under some keys and looks under some.

Two events meet if one looks where the other stands; the rules are made so that then the other
looks where the one stands, too. So a new event finds all its partners by looking, whoever came
first. Keys are hashes, small enough for an index of a database.
"""

import datetime as dt
from collections.abc import Iterator
from hashlib import blake2b

from dateline.link.view import EventView

_WEEK = 8
_LONGEST = 800  # days; an event known to two years only is not linked
_LATITUDE = 0.2  # degrees; a cell and its neighbours reach 20 km as far as 60 degrees
_LONGITUDE = 0.4
_NAMES = 12  # those with the lowest hashes; two reports that share many share one of these
_NAMED_DAYS = 3
_FRESH_DAYS = 3  # reports of one event come out close together
Cell = tuple[int, int]


def keys_held(view: EventView) -> set[int]:
    """Give the keys an event stands under."""
    return {_hashed(*key) for key in _held(view)}


def keys_asked(view: EventView) -> set[int]:
    """Give the keys under which an event looks for partners."""
    return {_hashed(*key) for key in _asked(view)}


def _held(view: EventView) -> Iterator[tuple[object, ...]]:
    yield from _named(view, asked=False)
    country = view.place.country if view.place else None
    if view.is_pinned and view.is_news and view.published_day:
        yield "fresh", view.published_day, _cell(view)
        if not view.days:
            yield "undated", view.published_day, _cell(view)
    if not _is_placed(view):
        return
    if view.days <= _WEEK and country is not None:
        for day in _each_day(view):
            yield "any", day, country
            if not view.is_pinned:
                yield "coarse", day, country
    if view.is_pinned:
        cell = _cell(view)
        if view.days <= _WEEK:
            yield from (("day", day, cell) for day in _each_day(view))
            yield from (("short", month, cell) for month in _months(view))
        else:
            yield from (("long", month, cell) for month in _months(view))


def _asked(view: EventView) -> Iterator[tuple[object, ...]]:
    yield from _named(view, asked=True)
    around = list(_around(_cell(view))) if view.is_pinned else []
    if view.is_news and view.published_day:
        kind = "undated" if view.days else "fresh"
        for day in _around_day(view.published_day, _FRESH_DAYS):
            yield from ((kind, day, cell) for cell in around)
    if not _is_placed(view):
        return
    country = view.place.country if view.place else None
    if view.days <= _WEEK and country is not None:
        kind = "coarse" if view.is_pinned else "any"
        yield from ((kind, day, country) for day in _each_day(view))
    if view.is_pinned:
        if view.days <= _WEEK:
            days = {near for day in _each_day(view) for near in _around_day(day, 1)}
            yield from (("day", day, cell) for day in days for cell in around)
        kinds = ("long",) if view.days <= _WEEK else ("short", "long")
        months = _months(view)
        yield from ((kind, m, cell) for kind in kinds for m in months for cell in around)


def _is_placed(view: EventView) -> bool:
    return 0 < view.days <= _LONGEST and view.place is not None and bool(view.types)


def _named(view: EventView, *, asked: bool) -> Iterator[tuple[object, ...]]:
    """Give keys for each name with the day of the event, and with that of its publication."""
    days = list(_each_day(view)) if 0 < view.days <= _NAMED_DAYS else []
    fresh: list[dt.date] = []
    if view.is_news and view.published_day:
        fresh = list(_around_day(view.published_day, _FRESH_DAYS if asked else 0))
    for name in view.names[:_NAMES]:
        yield from (("name", day, name) for day in days)
        yield from (("fresh name", day, name) for day in fresh)


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


def _around_day(day: dt.date, reach: int) -> Iterator[dt.date]:
    yield from (day + dt.timedelta(away) for away in range(-reach, reach + 1))


def _months(view: EventView) -> list[tuple[int, int]]:
    if view.earliest is None or view.latest is None:
        return []
    first = view.earliest.year * 12 + view.earliest.month - 1
    last = view.latest.year * 12 + view.latest.month - 1
    return [divmod(number, 12) for number in range(first, last + 1)]


def _hashed(*key: object) -> int:
    digest = blake2b(repr(key).encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> 1  # a signed 64-bit column holds it
