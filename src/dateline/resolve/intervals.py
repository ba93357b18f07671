"""Says which days a time expression means, as a closed interval never finer than its words.

What it hangs on is always said: the words alone (`stated`), the publication date, or another
event of the report. Where that is missing, or the words fit no day, the answer is `Unknown`.
"""

import calendar
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from dateline.values import DateBasis, DatePrecision, Unknown, When

Form = Literal[
    "day", "weekday", "relative", "after_event", "span", "period", "vague", "clock"
]
Direction = Literal["past", "future", ""]
Days = tuple[datetime.date, datetime.date]

NO_PUBLICATION = "counts from the publication date, which is not known"
NO_EVENT = "hangs on an event whose date is not known"
ONE_DAY = datetime.timedelta(days=1)
WEEK_SLACK = 3
"""Days either side of "a week ago": half a week, so that the interval is one week wide."""

DAYS_OF_UNIT = {"hour": 0, "day": 1, "week": 7, "fortnight": 14}
MONTHS_OF_UNIT = {"month": 1, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression: the characters from `start` to `end`, and what its words say.

    `rule` names the pattern of the grammar and `parts` what it read (numbers, a unit, a
    direction); `inner` are the dates it is made of. `time` is "14:45" or a part of the day, `zone`
    "local", "UTC" or the letters of a zone. `direction` says whether its sentence looks ahead.
    """

    start: int
    end: int
    form: Form
    rule: str
    parts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    inner: tuple["Expression", ...] = ()
    time: str | None = None
    zone: str | None = None
    direction: Direction = ""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What an expression is read against."""

    published: datetime.date | None
    anchor: When | None
    year_hint: int | None
    direction: Direction


class _AbstainError(Exception):
    """Carries the reason out of a rule; never leaves this module."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """An interval on its way to become a When."""

    earliest: datetime.date
    latest: datetime.date
    precision: DatePrecision
    basis: DateBasis
    time: str | None = None


def resolve_date(
    expression: Expression,
    published: datetime.date | None,
    *,
    anchor: When | None = None,
    year_hint: int | None = None,
) -> When | Unknown:
    """Give the days an expression means, with the precision and basis of its words.

    `published` is the report's publication date; `anchor` the date of the event that "two days
    earlier" or "a week after the strikes" counts from; `year_hint` the year of a day stated
    without one. Abstains with a reason when what the expression counts from is not given, or when
    its words contradict each other.

    A time of day without a date takes the anchor's date; without an anchor both ends are None.
    """
    if expression.form == "clock":
        day = anchor or When(None, None, "unknown", "unknown")
        return replace(day, time=expression.time, zone=expression.zone)
    frame = _Frame(published, anchor, year_hint, expression.direction)
    try:
        reading = _read(expression, frame)
    except _AbstainError as abstained:
        return Unknown(str(abstained))
    except (ValueError, OverflowError):
        return Unknown("no such day in the calendar")
    time = expression.time or reading.time
    return When(
        reading.earliest,
        reading.latest,
        reading.precision,
        reading.basis,
        time,
        expression.zone,
    )


def _read(expression: Expression, frame: _Frame) -> _Reading:
    return _RULES[expression.rule](expression, frame)


def _published(frame: _Frame, kept: str = "") -> datetime.date:
    if frame.published is None:
        raise _AbstainError(f"{kept}: {NO_PUBLICATION}" if kept else NO_PUBLICATION)
    return frame.published


# --- days of the calendar ------------------------------------------------------------------


def _day(expression: Expression, frame: _Frame) -> _Reading:
    """A day of a month; without a year, the latest such day not after publication.

    Two days of grace: a report may name the local day of a place ahead of the publisher's.
    """
    parts = expression.parts
    month, weekday = parts["month"], parts.get("weekday")
    first, last = parts["day"], parts.get("day_to", parts["day"])
    year = parts.get("year")
    basis: DateBasis = "stated"
    if year is None and parts.get("told") is not None:
        year, basis = _published(frame).year + parts["told"], "publication"
    if year is None:
        year = frame.year_hint
    if year is None:
        year, basis = _nearest_year(month, first, weekday, frame), "publication"
    earliest = datetime.date(year, month, first)
    latest = datetime.date(year, parts.get("month_to", month), last)
    if latest < earliest:
        raise _AbstainError("the range of days runs backwards")
    if weekday is not None and weekday != earliest.weekday():
        raise _AbstainError(
            f"{earliest.isoformat()} is a {calendar.day_name[earliest.weekday()]}, "
            f"the words say {calendar.day_name[weekday]}"
        )
    return _Reading(earliest, latest, "day" if earliest == latest else "range", basis)


def _nearest_year(month: int, day: int, weekday: int | None, frame: _Frame) -> int:
    published = _published(frame, f"{calendar.month_name[month]} {day} of no stated year")
    limit = published + 2 * ONE_DAY
    years = range(published.year + 1, published.year - 9, -1)
    days = [datetime.date(y, month, day) for y in years if _exists(y, month, day)]
    if not days:
        raise _AbstainError("no such day in the calendar")
    if frame.direction == "future":
        return min(d for d in days if d >= published).year if days[0] >= published else days[0].year
    found = next((d for d in days if d <= limit), days[-1])
    ahead = [d for d in days if d > limit and d.year == published.year]
    if weekday is not None and found.weekday() != weekday and ahead:
        found = ahead[0] if ahead[0].weekday() == weekday else found
    return found.year


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _numeric(expression: Expression, frame: _Frame) -> _Reading:
    """A date in figures; read only when no more than one order of day and month fits."""
    first, second, year = (expression.parts[k] for k in ("first", "second", "year"))
    orders = {(d, m) for d, m in ((first, second), (second, first)) if m <= 12}
    if len(orders) > 1:
        raise _AbstainError(f"{first}/{second}/{year}: day and month can be read either way")
    if not orders:
        raise _AbstainError("no such day in the calendar")
    ((day, month),) = orders
    date = datetime.date(year, month, day)
    return _Reading(date, date, "day", "stated")


def _ordinal_day(expression: Expression, frame: _Frame) -> _Reading:
    """"The 7th": the latest such day not after publication."""
    day = expression.parts["day"]
    at = _published(frame, f"day {day} of no stated month").replace(day=1)
    published = _published(frame)
    for _ in range(3):
        if _exists(at.year, at.month, day) and at.replace(day=day) <= published:
            date = at.replace(day=day)
            return _Reading(date, date, "day", "publication")
        at = (at - ONE_DAY).replace(day=1)
    raise _AbstainError("no such day in the calendar")


def _month(expression: Expression, frame: _Frame) -> _Reading:
    parts = expression.parts
    month, year = parts["month"], parts.get("year")
    basis: DateBasis = "stated"
    if year is None and parts.get("told") is not None:
        year, basis = _published(frame).year + parts["told"], "publication"
    if year is None and parts.get("which") is None and frame.year_hint is not None:
        year = frame.year_hint
    if year is None:
        published = _published(frame, f"{calendar.month_name[month]} of no stated year")
        basis, which = "publication", parts.get("which")
        if which == -1:
            year = published.year - (month >= published.month)
        elif which == 1 or (which is None and frame.direction == "future"):
            year = published.year + (month < published.month + (which == 1))
        elif which == 0:
            year = published.year
        else:
            year = published.year - (month > published.month)
    return _months(year, month, month, "month", basis)


def _months(
    year: int, first: int, last: int, precision: DatePrecision, basis: DateBasis
) -> _Reading:
    latest = datetime.date(year, last, calendar.monthrange(year, last)[1])
    return _Reading(datetime.date(year, first, 1), latest, precision, basis)


def _year(expression: Expression, frame: _Frame) -> _Reading:
    return _months(expression.parts["year"], 1, 12, "year", "stated")


def _years(expression: Expression, frame: _Frame) -> _Reading:
    """A decade or a century."""
    first, count = expression.parts["year"], expression.parts["count"]
    earliest, latest = datetime.date(first, 1, 1), datetime.date(first + count - 1, 12, 31)
    return _Reading(earliest, latest, "range", "stated")


def _year_of(expression: Expression, frame: _Frame) -> tuple[int | None, DateBasis]:
    parts = expression.parts
    if parts.get("year") is not None:
        return parts["year"], "stated"
    if parts.get("told") is not None:
        return _published(frame).year + parts["told"], "publication"
    return frame.year_hint, "stated"


def _quarter(expression: Expression, frame: _Frame) -> _Reading:
    """A quarter or half of a year; without a year, the latest that began before publication."""
    size, ordinal = expression.parts["size"], expression.parts["ordinal"]
    year, basis = _year_of(expression, frame)
    first = (ordinal - 1) * size + 1
    if first > 12:
        raise _AbstainError("a year has no such part")
    if year is None:
        published = _published(frame)
        year, basis = published.year - (first > published.month), "publication"
    return _months(year, first, first + size - 1, "range", basis)


def _season(expression: Expression, frame: _Frame) -> _Reading:
    """A northern season by calendar months; "winter 2021" may be either end of that year."""
    first, last = expression.parts["months"]
    year, basis = _year_of(expression, frame)
    turns = first > last
    if year is not None and turns:
        return replace(
            _months(year, 1, 12, "range", basis),
            earliest=datetime.date(year - 1, first, 1),
            latest=datetime.date(year + 1, last, calendar.monthrange(year + 1, last)[1]),
        )
    if year is not None:
        return _months(year, first, last, "range", basis)
    published = _published(frame, "a season of no stated year")
    which = expression.parts.get("which")
    found = []
    for start in range(published.year - 2, published.year + 3):
        end = start + turns
        found.append(
            (
                datetime.date(start, first, 1),
                datetime.date(end, last, calendar.monthrange(end, last)[1]),
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
    return _Reading(*days, "range", "publication")


def _holiday(expression: Expression, frame: _Frame) -> _Reading:
    days = expression.parts["days"]
    if not days:
        raise _AbstainError("a feast whose day moves from year to year")
    first_month, first_day, last_month, last_day = days
    year, basis = _year_of(expression, frame)
    if year is None:
        published = _published(frame)
        year, basis = _nearest_year(first_month, first_day, None, frame), "publication"
        if expression.parts.get("which") == -1 and year == published.year:
            last = datetime.date(year, last_month, last_day)
            year -= last >= published
    earliest = datetime.date(year, first_month, first_day)
    latest = datetime.date(year, last_month, last_day)
    return _Reading(earliest, latest, "day" if earliest == latest else "range", basis)


# --- days counted from publication ---------------------------------------------------------


def _weekday(expression: Expression, frame: _Frame) -> _Reading:
    """The last such day on or before publication, or the next one where the words look ahead."""
    weekday, which = expression.parts["weekday"], expression.parts.get("which")
    published = _published(frame, f"a {calendar.day_name[weekday]}")
    back = (published.weekday() - weekday) % 7
    if which == -1:
        date = published - datetime.timedelta(days=back or 7)
    elif which == 1 or (which is None and frame.direction == "future"):
        date = published + datetime.timedelta(days=(-back % 7) or 7)
    elif which == 0 and frame.direction == "future":
        date = published + datetime.timedelta(days=-back % 7)
    else:
        date = published - datetime.timedelta(days=back)
    return _Reading(date, date, "day", "publication")


def _today(expression: Expression, frame: _Frame) -> _Reading:
    date = _published(frame) + datetime.timedelta(days=expression.parts["days"])
    return _Reading(date, date, "day", "publication", expression.parts["time"] or None)


def _overnight(expression: Expression, frame: _Frame) -> _Reading:
    """The night before publication, or the nights either side of a named day."""
    if expression.inner:
        day = _read(expression.inner[0], frame)
        latest = day.latest + ONE_DAY
        if day.basis == "publication" and frame.published:
            latest = max(day.latest, min(latest, frame.published))
        return _Reading(day.earliest - ONE_DAY, latest, "range", day.basis, "night")
    published = _published(frame)
    return _Reading(published - ONE_DAY, published, "range", "publication", "night")


def _weekend(expression: Expression, frame: _Frame) -> _Reading:
    """A Saturday and Sunday; in the middle of a week only words that look ahead or back decide."""
    published, which = _published(frame), expression.parts.get("which")
    monday = published - datetime.timedelta(days=published.weekday())
    if which == -1:
        shift = -1
    elif which == 1 or frame.direction == "future":
        shift = int(which == 1 and published.weekday() >= 5)
    elif published.weekday() >= 5:
        shift = 0
    elif which == 0 and published.weekday() >= 2:
        raise _AbstainError("this weekend: the words fit the one before and the one after")
    else:
        shift = -1
    saturday = monday + datetime.timedelta(days=7 * shift + 5)
    return _Reading(saturday, saturday + ONE_DAY, "range", "publication")


def _unit(expression: Expression, frame: _Frame) -> _Reading:
    """"Last week", "this year": the calendar unit that many units from publication."""
    return _calendar_unit(
        _published(frame), expression.parts["unit"], expression.parts["which"], "publication"
    )


def _calendar_unit(at: datetime.date, unit: str, shift: int, basis: DateBasis) -> _Reading:
    if unit == "day":
        date = at + shift * ONE_DAY
        return _Reading(date, date, "day", basis)
    if unit == "week":
        monday = at + datetime.timedelta(days=7 * shift - at.weekday())
        return _Reading(monday, monday + 6 * ONE_DAY, "week", basis)
    if unit == "month":
        moved = _add_months(at.replace(day=1), shift)
        return _months(moved.year, moved.month, moved.month, "month", basis)
    if unit == "year":
        return _months(at.year + shift, 1, 12, "year", basis)
    size = 10 if unit == "decade" else 100
    first = (at.year // size + shift) * size
    earliest, latest = datetime.date(first, 1, 1), datetime.date(first + size - 1, 12, 31)
    return _Reading(earliest, latest, "range", basis)


def _add_months(date: datetime.date, count: int) -> datetime.date:
    year, month = divmod(date.year * 12 + date.month - 1 + count, 12)
    return date.replace(
        year=year, month=month + 1, day=min(date.day, calendar.monthrange(year, month + 1)[1])
    )


def _shift(date: datetime.date, unit: str, count: int) -> datetime.date:
    if unit in MONTHS_OF_UNIT:
        return _add_months(date, count * MONTHS_OF_UNIT[unit])
    return date + datetime.timedelta(days=count * DAYS_OF_UNIT.get(unit, 0))


def _moved(days: Days, parts: Mapping[str, Any], sign: int, basis: DateBasis) -> _Reading:
    """Move an interval by an amount of a unit, and widen it by half a unit where that is coarse.

    Nobody means the minute with "two weeks ago": a week is good to 3 days, a month to a fortnight.
    """
    unit, low, high = parts["unit"], parts.get("low", 1), parts.get("high", 1)
    near = _shift(days[0], unit, sign * low), _shift(days[1], unit, sign * low)
    far = _shift(days[0], unit, sign * high), _shift(days[1], unit, sign * high)
    earliest, latest = min(near[0], far[0]), max(near[1], far[1])
    if unit in {"hour", "minute"}:
        return _hours_from(days, unit, sign * high, basis)
    slack = {"day": 0, "week": WEEK_SLACK, "fortnight": WEEK_SLACK, "month": 15, "year": 182}
    wide = datetime.timedelta(days=slack.get(unit, 365 * 5))
    one = low == high and days[0] == days[1]
    exact: dict[str, DatePrecision] = {
        "day": "day", "week": "week", "fortnight": "week", "month": "month", "year": "year"
    }  # fmt: skip
    precision = exact.get(unit, "range") if one else "range"
    return _Reading(earliest - wide, latest + wide, precision, basis)


def _hours_from(days: Days, unit: str, count: int, basis: DateBasis) -> _Reading:
    """Hours before or after a day of no known hour: that day or the one it may run into."""
    reach = -(-abs(count) // 24) if unit == "hour" else 1
    reach = max(reach, 1)
    earliest = days[0] - reach * ONE_DAY if count < 0 else days[0]
    latest = days[1] if count < 0 else days[1] + reach * ONE_DAY
    return _Reading(earliest, latest, "range", basis)


def _ago(expression: Expression, frame: _Frame) -> _Reading:
    published = _published(frame)
    return _moved((published, published), expression.parts, -1, "publication")


def _back(expression: Expression, frame: _Frame) -> _Reading:
    """"The past two weeks": from that long before publication up to it."""
    published, parts = _published(frame), expression.parts
    unit, high = parts["unit"], parts.get("high", 1)
    days = -(-high // 24) if unit == "hour" else 1
    earliest = (
        published - days * ONE_DAY
        if unit in {"hour", "minute"}
        else _shift(published, unit, -high)
    )
    return _Reading(earliest, published, "range", "publication")


def _ahead(expression: Expression, frame: _Frame) -> _Reading:
    published, parts = _published(frame), expression.parts
    unit, high = parts["unit"], parts.get("high", 1)
    latest = published + ONE_DAY if unit in {"hour", "minute"} else _shift(published, unit, high)
    return _Reading(published, latest, "range", "publication")


# --- days counted from another event -------------------------------------------------------


def _anchor(frame: _Frame) -> Days:
    anchor = frame.anchor
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        raise _AbstainError(NO_EVENT)
    return anchor.earliest, anchor.latest


def _offset(expression: Expression, frame: _Frame) -> _Reading:
    """An amount of time from another event.

    "Two days earlier" counts from the anchor. "A week after the strikes" told of the anchor dates
    the strikes, so its sign turns; with a day inside the words ("a day after Monday's attack") it
    dates what happened then, counted from that day.
    """
    parts = expression.parts
    if expression.inner:
        inner = _read(expression.inner[0], frame)
        return _moved((inner.earliest, inner.latest), parts, parts["sign"], inner.basis)
    sign = -parts["sign"] if parts["of_other"] else parts["sign"]
    return _moved(_anchor(frame), parts, sign, "event")


def _told(expression: Expression, frame: _Frame) -> _Reading:
    """"The same day", "the previous week": the calendar unit counted from another event."""
    first, last = _anchor(frame)
    unit, which = expression.parts["unit"], expression.parts["which"]
    start, end = (_calendar_unit(d, unit, which, "event") for d in (first, last))
    precision = start.precision if start == end else "range"
    return _Reading(start.earliest, end.latest, precision, "event")


def _told_weekday(expression: Expression, frame: _Frame) -> _Reading:
    first, last = _anchor(frame)
    weekday, which = expression.parts["weekday"], expression.parts["which"]
    if first != last:
        raise _AbstainError("a weekday counted from an event whose day is not known")
    back = (first.weekday() - weekday) % 7
    if which == 1:
        date = first + datetime.timedelta(days=(-back % 7) or 7)
    else:
        date = first - datetime.timedelta(days=back if which == 0 else back or 7)
    return _Reading(date, date, "day", "event")


# --- parts and ranges ----------------------------------------------------------------------


def _part(expression: Expression, frame: _Frame) -> _Reading:
    """Early, mid, late: the first, middle or last half; earlier, later: up to or from publication."""
    part, whole = expression.parts["part"], _read(expression.inner[0], frame)
    if whole.earliest == whole.latest:
        time = whole.time if part in {"earlier", "later"} else part
        return replace(whole, time=time)
    if part in {"earlier", "later"}:
        published = frame.published
        if published is None or not whole.earliest <= published <= whole.latest:
            return whole
        if part == "earlier":
            return replace(whole, precision="range", latest=published)
        return replace(whole, precision="range", earliest=published)
    length = (whole.latest - whole.earliest).days + 1
    quarter, half = length // 4, length // 2
    first, last = {
        "early": (0, half),
        "mid": (quarter, length - 1 - quarter),
        "late": (length - 1 - half, length - 1),
    }[part]
    return replace(
        whole,
        earliest=whole.earliest + first * ONE_DAY,
        latest=whole.earliest + last * ONE_DAY,
        precision="range",
    )


def _since(expression: Expression, frame: _Frame) -> _Reading:
    start = _read(expression.inner[0], frame)
    end = frame.published or (frame.anchor.latest if frame.anchor else None)
    if end is None:
        raise _AbstainError(f"open since {start.earliest}: {NO_PUBLICATION}")
    if end < start.earliest:
        raise _AbstainError("begins after the report was published")
    return _Reading(start.earliest, end, "range", "publication")


def _between(expression: Expression, frame: _Frame) -> _Reading:
    start, end = (_read(inner, frame) for inner in expression.inner)
    bases = {start.basis, end.basis}
    basis: DateBasis = start.basis if len(bases) == 1 else "publication"
    latest = end.latest
    if latest < start.earliest and "weekday" in {i.form for i in expression.inner}:
        raise _AbstainError("the range runs backwards")
    if latest < start.earliest:
        raise _AbstainError("the range runs backwards")
    return _Reading(start.earliest, latest, "range", basis, end.time)


def _vague(expression: Expression, frame: _Frame) -> _Reading:
    raise _AbstainError("too vague to date")


_RULES: dict[str, Callable[[Expression, _Frame], _Reading]] = {
    "day": _day,
    "numeric": _numeric,
    "ordinal_day": _ordinal_day,
    "month": _month,
    "year": _year,
    "years": _years,
    "quarter": _quarter,
    "season": _season,
    "holiday": _holiday,
    "weekday": _weekday,
    "today": _today,
    "overnight": _overnight,
    "weekend": _weekend,
    "unit": _unit,
    "ago": _ago,
    "back": _back,
    "ahead": _ahead,
    "offset": _offset,
    "told": _told,
    "told_weekday": _told_weekday,
    "part": _part,
    "since": _since,
    "between": _between,
    "vague": _vague,
}
