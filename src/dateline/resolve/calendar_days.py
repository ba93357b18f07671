"""Dates that name a place in the calendar: a day, a month, a year, a season, a feast."""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dateline.resolve.expressions import (
    DAY_NAMES,
    MONTH_NAMES,
    MONTHS,
    ONE_DAY,
    AbstainError,
    Days,
    Direction,
    Expression,
    Frame,
    Reading,
    published_of,
    whole_months,
)
from dateline.resolve.feasts import feast_days
from dateline.values import DateBasis

Feast = Mapping[str, Any]
ORTHODOX = {"easter": "orthodox_easter"}
NEAR_FEAST = 21 * ONE_DAY
"""How far from publication "Eid" may lie and still be told from the other Eid."""


def read_day(expression: Expression, frame: Frame) -> Reading:
    """A day of a month; without a year, the latest such day not after publication.

    Two days of grace: a report may name the local day of a place ahead of the publisher's.
    """
    parts = expression.parts
    month, weekday = parts["month"], parts.get("weekday")
    first, last = parts["day"], parts.get("day_to", parts["day"])
    year = parts.get("year")
    basis: DateBasis = "stated"
    if year is None and parts.get("told") is not None:
        year, basis = published_of(frame).year + parts["told"], "publication"
    if year is None:
        year = frame.year_hint
    if year is None:
        year, basis = nearest_year(month, first, weekday, frame), "publication"
    earliest = dt.date(year, month, first)
    latest = dt.date(year, parts.get("month_to", month), last)
    if latest < earliest:
        raise AbstainError("the range of days runs backwards")
    if weekday is not None and weekday != earliest.weekday():
        raise AbstainError(
            f"{earliest.isoformat()} is a {DAY_NAMES[earliest.weekday()]}, "
            f"the words say {DAY_NAMES[weekday]}"
        )
    return Reading(earliest, latest, "day" if earliest == latest else "range", basis)


def nearest_year(month: int, day: int, weekday: int | None, frame: Frame) -> int:
    """Choose the year of a day: the latest up to publication, or as its sentence and weekday say.

    Where the sentence may look either way the nearest is taken.
    """
    published = published_of(frame, f"{MONTH_NAMES[month]} {day} of no stated year")
    limit = published + 2 * ONE_DAY
    years = range(published.year + 1, published.year - 9, -1)
    days = [dt.date(y, month, day) for y in years if _exists(y, month, day)]
    if not days:
        raise AbstainError("no such day in the calendar")
    if frame.direction == "future":
        return min(d for d in days if d >= published).year if days[0] >= published else days[0].year
    if frame.direction == "open":
        return min(days, key=lambda day: abs(day - published)).year
    found = next((d for d in days if d <= limit), days[-1])
    ahead = [d for d in days if d > limit and d.year == published.year]
    if weekday is not None and found.weekday() != weekday and ahead:
        found = ahead[0] if ahead[0].weekday() == weekday else found
    return found.year


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= day <= calendar.monthrange(year, month)[1]


def read_numeric(expression: Expression, _: Frame) -> Reading:
    """A date in figures; read only when no more than one order of day and month fits."""
    first, second, year = (expression.parts[k] for k in ("first", "second", "year"))
    orders = {(d, m) for d, m in ((first, second), (second, first)) if m <= MONTHS}
    if len(orders) > 1:
        raise AbstainError(f"{first}/{second}/{year}: day and month can be read either way")
    if not orders:
        raise AbstainError("no such day in the calendar")
    ((day, month),) = orders
    date = dt.date(year, month, day)
    return Reading(date, date, "day", "stated")


def read_ordinal_day(expression: Expression, frame: Frame) -> Reading:
    """A day as "the 7th": the latest such day not after publication."""
    day = expression.parts["day"]
    at = published_of(frame, f"day {day} of no stated month").replace(day=1)
    published = published_of(frame)
    for _ in range(3):
        if _exists(at.year, at.month, day) and at.replace(day=day) <= published:
            date = at.replace(day=day)
            return Reading(date, date, "day", "publication")
        at = (at - ONE_DAY).replace(day=1)
    raise AbstainError("no such day in the calendar")


def read_month(expression: Expression, frame: Frame) -> Reading:
    """A month; without a year, the latest that began before publication."""
    parts = expression.parts
    month, year = parts["month"], parts.get("year")
    basis: DateBasis = "stated"
    if year is None and parts.get("told") is not None:
        year, basis = published_of(frame).year + parts["told"], "publication"
    if year is None and parts.get("which") is None and frame.year_hint is not None:
        year = frame.year_hint
    if year is None:
        published = published_of(frame, f"{MONTH_NAMES[month]} of no stated year")
        basis, which = "publication", parts.get("which")
        if which == -1:
            year = published.year - (month >= published.month)
        elif which == 1 or (which is None and frame.direction == "future"):
            year = published.year + (month < published.month + (which == 1))
        elif which == 0:
            year = published.year
        elif which is None and frame.direction == "open":
            years = range(published.year - 1, published.year + 2)
            year = min(years, key=lambda y: abs(dt.date(y, month, 15) - published))
        else:
            year = published.year - (month > published.month)
    return whole_months(year, month, month, "month", basis)


def read_year(expression: Expression, _: Frame) -> Reading:
    """A year of the calendar."""
    return whole_months(expression.parts["year"], 1, 12, "year", "stated")


def read_years(expression: Expression, _: Frame) -> Reading:
    """A decade or a century."""
    first, count = expression.parts["year"], expression.parts["count"]
    earliest, latest = dt.date(first, 1, 1), dt.date(first + count - 1, 12, 31)
    return Reading(earliest, latest, "range", "stated")


def _year_of(expression: Expression, frame: Frame) -> tuple[int | None, DateBasis]:
    parts = expression.parts
    if parts.get("year") is not None:
        return parts["year"], "stated"
    if parts.get("told") is not None:
        return published_of(frame).year + parts["told"], "publication"
    return frame.year_hint, "stated"


def read_quarter(expression: Expression, frame: Frame) -> Reading:
    """A quarter or half of a year; without a year, the latest that began before publication."""
    size, ordinal = expression.parts["size"], expression.parts["ordinal"]
    year, basis = _year_of(expression, frame)
    first = (ordinal - 1) * size + 1
    if first > MONTHS:
        raise AbstainError("a year has no such part")
    if year is None:
        published = published_of(frame)
        year, basis = published.year - (first > published.month), "publication"
    return whole_months(year, first, first + size - 1, "range", basis)


def read_season(expression: Expression, frame: Frame) -> Reading:
    """A season by calendar months; "winter 2021" may be either end of that year.

    It is a northern one, unless the country told of lies south of the tropics.
    """
    first, last = expression.parts["months"]
    if frame.country in expression.parts.get("southern", ()):
        first, last = (first + 5) % 12 + 1, (last + 5) % 12 + 1
    year, basis = _year_of(expression, frame)
    turns = first > last
    if year is not None and turns:
        return replace(
            whole_months(year, 1, 12, "range", basis),
            earliest=dt.date(year - 1, first, 1),
            latest=dt.date(year + 1, last, calendar.monthrange(year + 1, last)[1]),
        )
    if year is not None:
        return whole_months(year, first, last, "range", basis)
    published = published_of(frame, "a season of no stated year")
    which = expression.parts.get("which")
    found = []
    for start in range(published.year - 2, published.year + 3):
        end = start + turns
        found.append(
            (
                dt.date(start, first, 1),
                dt.date(end, last, calendar.monthrange(end, last)[1]),
            )
        )
    ahead = which == 1 or (which is None and frame.direction == "future")
    if ahead:
        days = next(d for d in found if d[0] > published)
    elif which == -1:
        days = next(d for d in reversed(found) if d[1] < published)
    elif which == 0:
        days = next(d for d in found if d[0].year == published.year)
    else:
        days = next(d for d in reversed(found) if d[0] <= published)
    return Reading(*days, "range", "publication")


def read_holiday(expression: Expression, frame: Frame) -> Reading:
    """A feast: of fixed days, or moving with the moon or a rule of its own.

    Without a year it is the latest that began before publication, or as its sentence says. Abstains
    where a name stands for two feasts and neither is near.
    """
    days = expression.parts["days"]
    if not days:
        raise AbstainError("a feast that each country has on a day of its own")
    if isinstance(days[0], Mapping):
        return _read_moving(expression, days, frame)
    first_month, first_day, last_month, last_day = days
    year, basis = _year_of(expression, frame)
    if year is None:
        published = published_of(frame)
        year, basis = nearest_year(first_month, first_day, None, frame), "publication"
        if expression.parts.get("which") == -1 and year == published.year:
            last = dt.date(year, last_month, last_day)
            year -= last >= published
    earliest = dt.date(year, first_month, first_day)
    latest = dt.date(year, last_month, last_day)
    return Reading(earliest, latest, "day" if earliest == latest else "range", basis)


def _read_moving(expression: Expression, feasts: Sequence[Feast], frame: Frame) -> Reading:
    year, basis = _year_of(expression, frame)
    if frame.country in expression.parts.get("orthodox", ()):
        feasts = [dict(f, moves=ORTHODOX.get(f["moves"], f["moves"])) for f in feasts]
    if year is not None:
        found = [days for feast in feasts for days in feast_days(feast, year)]
    else:
        basis, published = "publication", published_of(frame)
        years = range(published.year - 2, published.year + 3)
        every = sorted(days for f in feasts for y in years for days in feast_days(f, y))
        found = [_chosen(every, expression.parts.get("which"), published, frame.direction)]
        if len(feasts) > 1 and abs(found[0][0] - published) > NEAR_FEAST:
            raise AbstainError("one of two feasts of that name, neither near publication")
    if len(found) != 1:
        raise AbstainError(f"a feast that comes {len(found)} times in {year}")
    earliest, latest = found[0]
    return Reading(earliest, latest, "day" if earliest == latest else "range", basis)


def _chosen(
    days: Sequence[Days], which: int | None, published: dt.date, direction: Direction
) -> Days:
    """Choose one of the days a feast falls on in the years around publication."""
    if which == -1:
        return max(day for day in days if day[1] < published)
    if which == 1 or (which is None and direction == "future"):
        return min(day for day in days if day[0] >= published)
    if which == 0 or direction == "open":
        return min(days, key=lambda day: abs(day[0] - published))
    return max(day for day in days if day[0] <= published + 2 * ONE_DAY)
