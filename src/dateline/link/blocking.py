"""Which events are compared at all: each stands under some keys and looks under some.

Two events meet if one looks where the other stands; the rules are made so that then the other
looks where the one stands, too. So a new event finds all its partners by looking, whoever came
first. A key packs what it stands for and a day or month into 62 bits, so that an index of a
database holds it, and what happened close together stands close together there.
"""

import datetime as dt
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from zlib import crc32

from dateline.link.compare import folded
from dateline.link.reach import SPREAD_DAYS, is_fresh
from dateline.link.view import EventView
from dateline.link.words import rarest

_WEEK = 8
_LONGEST = 800  # days; an event known to two years only is not linked
_LATITUDE = 0.2  # degrees; a cell and its neighbours reach 20 km as far as 60 degrees
_LONGITUDE = 0.4
_NAMES = 12  # those with the lowest hashes; two reports that share many share one of these
_NEAR_NAMES = 5  # of a province, over months
_RAREST = 3  # words that two reports may meet under
_NAMED_DAYS = 3
_FRESH_DAYS = 3  # reports of one event come out close together
_WORD_DAYS = 1  # a rare word alone says less than a name
_WHEN_BITS = 22
_WHERE_BITS = 36
_COLUMNS = int(360 / _LONGITUDE)
Cell = tuple[int, int]


class _Kind(IntEnum):
    """What a key stands for, each with a day or a month."""

    NAME = 0  # a name or a rare word, the day of the event
    FRESH_NAME = 1  # the same, the day of publication
    FRESH = 2  # a cell, the day of publication
    UNDATED = 3  # the same, of events whose day is not told
    ANY = 4  # a country, the day of the event
    COARSE = 5  # the same, of events known no finer
    DAY = 6  # a cell, the day of the event
    SHORT = 7  # a cell, the month of an event of known days
    LONG = 8  # the same, of an event known less well
    NEAR_NAME = 9  # a name and a province, the month of publication
    NEAR_NEWS = 10  # the same, of news that tells its day
    FRESH_NEWS = 11  # a name or a rare word, the day of publication of such news


def keys_held(view: EventView) -> set[int]:
    """Give the keys an event stands under."""
    return set(_held(view))


def keys_asked(view: EventView) -> set[int]:
    """Give the keys under which an event looks for partners."""
    return set(_asked(view))


def _held(view: EventView) -> Iterator[int]:
    yield from _named(view, asked=False)
    cell = _cell(view) if view.is_pinned else 0
    published = _published(view)
    if view.is_pinned and published:
        yield _key(_Kind.FRESH, published, cell)
        if not view.days:
            yield _key(_Kind.UNDATED, published, cell)
    if not _is_placed(view):
        return
    country = _country(view)
    if view.days <= _WEEK and country:
        for day in _each_day(view):
            yield _key(_Kind.ANY, day, country)
            if not view.is_pinned:
                yield _key(_Kind.COARSE, day, country)
    if view.is_pinned and view.days <= _WEEK:
        yield from (_key(_Kind.DAY, day, cell) for day in _each_day(view))
        yield from (_key(_Kind.SHORT, month, cell) for month in _months(view))
    elif view.is_pinned:
        yield from (_key(_Kind.LONG, month, cell) for month in _months(view))


def _asked(view: EventView) -> Iterator[int]:
    yield from _named(view, asked=True)
    around = list(_around(view)) if view.is_pinned else []
    published = _published(view)
    if published:
        kind = _Kind.UNDATED if view.days else _Kind.FRESH
        for day in _around_day(published, _FRESH_DAYS):
            yield from (_key(kind, day, cell) for cell in around)
    if not _is_placed(view):
        return
    country = _country(view)
    if view.days <= _WEEK and country:
        kind = _Kind.COARSE if view.is_pinned else _Kind.ANY
        yield from (_key(kind, day, country) for day in _each_day(view))
    if not view.is_pinned:
        return
    if view.days <= _WEEK:
        days = {near for day in _each_day(view) for near in _around_day(day, 1)}
        yield from (_key(_Kind.DAY, day, cell) for day in days for cell in around)
    kinds = (_Kind.LONG,) if view.days <= _WEEK else (_Kind.SHORT, _Kind.LONG)
    months = _months(view)
    yield from (_key(kind, m, cell) for kind in kinds for m in months for cell in around)


def _is_placed(view: EventView) -> bool:
    return 0 < view.days <= _LONGEST and view.place is not None and bool(view.types)


def _named(view: EventView, *, asked: bool) -> Iterator[int]:
    """Give keys for names with the day of the event, that of publication, and its month and place.

    What is told of a deed weeks later, of an arrest or a trial, seldom says the day.
    """
    days = set(_each_day(view)) if 0 < view.days <= _NAMED_DAYS else set()
    # News of two days is never one incident, and that of one day meets by its day.
    is_news = bool(days) and is_fresh(view)
    if asked:
        days = {near for day in days for near in _around_day(day, SPREAD_DAYS)}
    published = _published(view)
    sketches = ((view.names[:_NAMES], _FRESH_DAYS), (rarest(view.words, _RAREST), _WORD_DAYS))
    for sketch, reach in sketches:
        fresh = _around_day(published, reach if asked else 0) if published else range(0)
        kinds = _kinds(_Kind.FRESH_NAME, _Kind.FRESH_NEWS, is_news=is_news, asked=asked)
        for name in sketch:
            short = name % (1 << _WHERE_BITS)
            yield from (_key(_Kind.NAME, day, short) for day in days)
            yield from (_key(kind, day, short) for kind in kinds for day in fresh)
    province = _province(view)
    if province and view.published_day:
        month = _month(view.published_day)
        months = _around_day(month, 1 if asked else 0)
        kinds = _kinds(_Kind.NEAR_NAME, _Kind.NEAR_NEWS, is_news=is_news, asked=asked)
        for name in view.names[:_NEAR_NAMES]:
            short = (name ^ province) % (1 << _WHERE_BITS)
            yield from (_key(kind, near, short) for kind in kinds for near in months)


def _kinds(other: _Kind, news: _Kind, *, is_news: bool, asked: bool) -> tuple[_Kind, ...]:
    """Give the kinds under which an event stands, or looks; news does not look for news."""
    if asked:
        return (other,) if is_news else (other, news)
    return (news,) if is_news else (other,)


def _published(view: EventView) -> int:
    """Give the day on which news came out, as a number; 0 if that is not known."""
    day = view.published_day if view.is_news else None
    return day.toordinal() if day else 0


@lru_cache(maxsize=512)
def _numbered(country: str) -> int:
    return crc32(country.encode()) or 1


def _country(view: EventView) -> int:
    """Give the country of an event as a number; 0 if that is not known."""
    country = view.place.country if view.place else None
    return _numbered(country) if country is not None else 0


def _province(view: EventView) -> int:
    """Give the province of an event as a number; 0 if that is not known."""
    place = view.place
    if place is None or place.country is None or place.admin1 is None:
        return 0
    return _numbered(f"{place.country} {folded(place.admin1)}")


def _cell(view: EventView) -> int:
    return _cell_number(*_row_and_column(view))


def _row_and_column(view: EventView) -> Cell:
    place = view.place
    if place is None or place.latitude is None or place.longitude is None:
        return 0, 0
    return int(place.latitude // _LATITUDE), int(place.longitude // _LONGITUDE)


def _cell_number(row: int, column: int) -> int:
    half = _COLUMNS // 2
    return (row + _COLUMNS) * _COLUMNS + (column + half) % _COLUMNS


def _around(view: EventView) -> Iterator[int]:
    row, column = _row_and_column(view)
    for down in (-1, 0, 1):
        yield from (_cell_number(row + down, column + right) for right in (-1, 0, 1))


def _each_day(view: EventView) -> range:
    first = view.earliest.toordinal() if view.earliest else 0
    return range(first, first + view.days)


def _around_day(day: int, reach: int) -> range:
    return range(day - reach, day + reach + 1)


def _months(view: EventView) -> range:
    if view.earliest is None or view.latest is None:
        return range(0)
    return range(_month(view.earliest), _month(view.latest) + 1)


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _key(kind: _Kind, when: int, where: int) -> int:
    return ((kind << _WHEN_BITS | when) << _WHERE_BITS) | where
