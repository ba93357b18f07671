"""The bars of a timeline: incidents by day, week, month or year, whichever fits."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dateline.web.columns import NO_DAY, Columns, Mask

BINS = 150
Unit = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Bin:
    """A bar: its first and last day, the incidents that begin in it, lower bounds of the killed."""

    start: dt.date
    end: dt.date
    count: int
    killed: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars without a gap from the first to the last, and how many incidents have no day."""

    unit: Unit
    bins: tuple[Bin, ...]
    undated: int


def timeline(columns: Columns, mask: Mask) -> Timeline:
    """Count incidents by their earliest day, in the finest unit that needs 150 bars at most.

    Only years may need more. An incident with a wide interval is counted once, where it begins.
    """
    days = columns.day[mask]
    dated = days != NO_DAY
    undated = int((~dated).sum())
    if not dated.any():
        return Timeline("day", (), undated)
    days, killed = days[dated], np.maximum(columns.killed[mask][dated], 0)
    first, last = (dt.date.fromordinal(int(day)) for day in (days.min(), days.max()))
    unit = _unit(first, last)
    starts = list(_starts(unit, first, last))
    edges = np.array([day.toordinal() for day in starts])
    where = np.searchsorted(edges, days, side="right") - 1
    counts = np.bincount(where, minlength=len(starts)).tolist()
    dead = np.bincount(where, killed, minlength=len(starts)).astype(int).tolist()
    bins = (
        Bin(start, _end(unit, start), count, number)
        for start, count, number in zip(starts, counts, dead, strict=True)
    )
    return Timeline(unit, tuple(bins), undated)


def _unit(first: dt.date, last: dt.date) -> Unit:
    days = (last - first).days + 1
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if days <= BINS:
        return "day"
    if days <= 7 * (BINS - 1):
        return "week"
    return "month" if months <= BINS else "year"


def _starts(unit: Unit, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield the first day of each bar; weeks begin on Monday, as ISO 8601 has it."""
    if unit in {"day", "week"}:
        step = 7 if unit == "week" else 1
        begin = first.toordinal() - (first.weekday() if unit == "week" else 0)
        yield from map(dt.date.fromordinal, range(max(1, begin), last.toordinal() + 1, step))
        return
    for year in range(first.year, last.year + 1):
        for month in range(1, 13) if unit == "month" else (1,):
            day = dt.date(year, month, 1)
            if unit == "year" or first.replace(day=1) <= day <= last:
                yield day


def _end(unit: Unit, start: dt.date) -> dt.date:
    if unit == "day":
        return start
    if unit == "week":
        return dt.date.fromordinal(min(start.toordinal() + 6, dt.date.max.toordinal()))
    if unit == "year":
        return dt.date(start.year, 12, 31)
    rest = dt.date(start.year, start.month, 28).toordinal() + 4
    if rest > dt.date.max.toordinal():
        return dt.date.max
    return dt.date.fromordinal(rest).replace(day=1) - dt.timedelta(1)
