"""Dates counted from the publication date or from the date of another event."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dateline.resolve.expressions import (
    DAY_NAMES,
    NO_EVENT,
    ONE_DAY,
    AbstainError,
    Days,
    Expression,
    Frame,
    Reading,
    add_months,
    published_of,
    whole_months,
)
from dateline.values import DateBasis, DatePrecision

WEEK_SLACK = 3
"""Days either side of "a week ago": half a week, so that the interval is one week wide."""
DAYS_OF_UNIT = {"hour": 0, "day": 1, "week": 7, "fortnight": 14}
MONTHS_OF_UNIT = {"month": 1, "year": 12, "decade": 120, "century": 1200}
TUESDAY, SATURDAY = 1, 5
"""Weekdays as Python counts them."""


def read_weekday(expression: Expression, frame: Frame) -> Reading:
    """The last such day on or before publication, or the next one where the words look ahead."""
    weekday, which = expression.parts["weekday"], expression.parts.get("which")
    published = published_of(frame, f"a {DAY_NAMES[weekday]}")
    back = (published.weekday() - weekday) % 7
    if which == -1:
        date = published - dt.timedelta(days=back or 7)
    elif which == 1 or (which is None and frame.direction == "future"):
        date = published + dt.timedelta(days=(-back % 7) or 7)
    elif which == 0 and frame.direction == "future":
        date = published + dt.timedelta(days=-back % 7)
    elif which is None and frame.direction == "open" and back:
        name = DAY_NAMES[weekday]
        raise AbstainError(f"{name}: the words fit the one before and the one after")
    else:
        date = published - dt.timedelta(days=back)
    return Reading(date, date, "day", "publication")


def read_today(expression: Expression, frame: Frame) -> Reading:
    """A day as "yesterday", with its part of the day in "last night"."""
    date = published_of(frame) + dt.timedelta(days=expression.parts["days"])
    return Reading(date, date, "day", "publication", expression.parts["time"] or None)


def read_weekend(expression: Expression, frame: Frame) -> Reading:
    """A Saturday and Sunday; in the middle of a week only words that look ahead or back decide."""
    published, which = published_of(frame), expression.parts.get("which")
    monday = published - dt.timedelta(days=published.weekday())
    if which == -1:
        shift = -1
    elif which == 1 or frame.direction == "future":
        shift = int(which == 1 and published.weekday() >= SATURDAY)
    elif published.weekday() >= SATURDAY:
        shift = 0
    elif which == 0 and published.weekday() > TUESDAY:
        raise AbstainError("this weekend: the words fit the one before and the one after")
    else:
        shift = -1
    saturday = monday + dt.timedelta(days=7 * shift + SATURDAY)
    return Reading(saturday, saturday + ONE_DAY, "range", "publication")


def read_unit(expression: Expression, frame: Frame) -> Reading:
    """A calendar unit as "last week": the calendar unit that many units from publication."""
    return _calendar_unit(
        published_of(frame), expression.parts["unit"], expression.parts["which"], "publication"
    )


def _calendar_unit(at: dt.date, unit: str, shift: int, basis: DateBasis) -> Reading:
    if unit == "day":
        date = at + shift * ONE_DAY
        return Reading(date, date, "day", basis)
    if unit == "week":
        monday = at + dt.timedelta(days=7 * shift - at.weekday())
        return Reading(monday, monday + 6 * ONE_DAY, "week", basis)
    if unit == "month":
        moved = add_months(at.replace(day=1), shift)
        return whole_months(moved.year, moved.month, moved.month, "month", basis)
    if unit == "year":
        return whole_months(at.year + shift, 1, 12, "year", basis)
    size = 10 if unit == "decade" else 100
    first = (at.year // size + shift) * size
    earliest, latest = dt.date(first, 1, 1), dt.date(first + size - 1, 12, 31)
    return Reading(earliest, latest, "range", basis)


def _shift(date: dt.date, unit: str, count: int) -> dt.date:
    if unit in MONTHS_OF_UNIT:
        return add_months(date, count * MONTHS_OF_UNIT[unit])
    return date + dt.timedelta(days=count * DAYS_OF_UNIT.get(unit, 0))


def move(
    days: Days, parts: Mapping[str, Any], sign: int, basis: DateBasis, time: str | None = None
) -> Reading:
    """Move an interval by an amount of a unit, and widen it by half a unit where that is coarse.

    Nobody means the minute with "two weeks ago": a week is good to 3 days, a month to a fortnight.
    `time` is the time of day that hours are counted from, where it is known.
    """
    unit, low, high = parts["unit"], parts.get("low", 1), parts.get("high", 1)
    near = _shift(days[0], unit, sign * low), _shift(days[1], unit, sign * low)
    far = _shift(days[0], unit, sign * high), _shift(days[1], unit, sign * high)
    earliest, latest = min(near[0], far[0]), max(near[1], far[1])
    if unit in {"hour", "minute"}:
        known = _hours_of(time, parts.get("hours", {}))
        if known:
            return _hours_around(days, known, parts, sign, basis)
        return _hours_from(days, unit, sign * high, basis)
    slack = {"day": 0, "week": WEEK_SLACK, "fortnight": WEEK_SLACK, "month": 15, "year": 182}
    wide = dt.timedelta(days=slack.get(unit, 365 * 5))
    one = low == high and days[0] == days[1]
    exact: dict[str, DatePrecision] = {
        "day": "day", "week": "week", "fortnight": "week", "month": "month", "year": "year"
    }  # fmt: skip
    precision = exact.get(unit, "range") if one else "range"
    return Reading(earliest - wide, latest + wide, precision, basis)


def _hours_of(time: str | None, hours: Mapping[str, tuple[int, int]]) -> tuple[int, int] | None:
    """Give the first and last hour of "14:45" or of a part of the day; None where not known."""
    if time and time[0].isdigit():
        return int(time[:2]), int(time[:2]) + 1
    return hours.get(time or "")


def _hours_around(
    days: Days, known: tuple[int, int], parts: Mapping[str, Any], sign: int, basis: DateBasis
) -> Reading:
    """Hours before or after a time of day: "hours before Monday night" is still Monday."""
    size = 1 if parts["unit"] == "hour" else 60
    low, high = sign * parts["low"] // size, sign * -(-parts["high"] // size)
    first, last = known[0] + min(low, high), known[1] + max(low, high)
    earliest = days[0] + first // 24 * ONE_DAY
    latest = days[1] + (last - 1) // 24 * ONE_DAY
    return Reading(earliest, latest, "day" if earliest == latest else "range", basis)


def _hours_from(days: Days, unit: str, count: int, basis: DateBasis) -> Reading:
    """Hours before or after a day of no known hour: that day or the one it may run into."""
    reach = -(-abs(count) // 24) if unit == "hour" else 1
    reach = max(reach, 1)
    earliest = days[0] - reach * ONE_DAY if count < 0 else days[0]
    latest = days[1] if count < 0 else days[1] + reach * ONE_DAY
    return Reading(earliest, latest, "range", basis)


def read_ago(expression: Expression, frame: Frame) -> Reading:
    """An amount of time before publication."""
    published = published_of(frame)
    return move((published, published), expression.parts, -1, "publication")


def read_back(expression: Expression, frame: Frame) -> Reading:
    """A span as "the past two weeks": from that long before publication up to it."""
    published, parts = published_of(frame), expression.parts
    unit, high = parts["unit"], parts.get("high", 1)
    days = -(-high // 24) if unit == "hour" else 1
    earliest = (
        published - days * ONE_DAY if unit in {"hour", "minute"} else _shift(published, unit, -high)
    )
    return Reading(earliest, published, "range", "publication")


def read_ahead(expression: Expression, frame: Frame) -> Reading:
    """A span as "the coming days": from publication on."""
    published, parts = published_of(frame), expression.parts
    unit, high = parts["unit"], parts.get("high", 1)
    latest = published + ONE_DAY if unit in {"hour", "minute"} else _shift(published, unit, high)
    return Reading(published, latest, "range", "publication")


def anchor_of(frame: Frame) -> Days:
    """Give the days of the event counted from; abstains where they are not known."""
    anchor = frame.anchor
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        raise AbstainError(NO_EVENT)
    return anchor.earliest, anchor.latest


def read_told(expression: Expression, frame: Frame) -> Reading:
    """A calendar unit as "the same day" or "the previous week", counted from another event."""
    first, last = anchor_of(frame)
    unit, which = expression.parts["unit"], expression.parts["which"]
    start, end = (_calendar_unit(d, unit, which, "event") for d in (first, last))
    precision = start.precision if start == end else "range"
    time = expression.parts.get("time") or None
    return Reading(start.earliest, end.latest, precision, "event", time)


def read_told_weekday(expression: Expression, frame: Frame) -> Reading:
    """A weekday as "the following Friday", counted from another event."""
    first, last = anchor_of(frame)
    weekday, which = expression.parts["weekday"], expression.parts["which"]
    if first != last:
        raise AbstainError("a weekday counted from an event whose day is not known")
    back = (first.weekday() - weekday) % 7
    if which == 1:
        date = first + dt.timedelta(days=(-back % 7) or 7)
    else:
        date = first - dt.timedelta(days=back if which == 0 else back or 7)
    return Reading(date, date, "day", "event")
