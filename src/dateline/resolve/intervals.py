"""Says which days a time expression means, as a closed interval never finer than its words.

What it hangs on is always said: the words alone (`stated`), the publication date, or another
event of the report. Where that is missing, or the words fit no day, the answer is `Unknown`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from dateline.resolve import calendar_days, counted_days
from dateline.resolve.counted_days import anchor_of, move
from dateline.resolve.expressions import (
    NO_PUBLICATION,
    ONE_DAY,
    AbstainError,
    Expression,
    Frame,
    Reading,
    published_of,
)
from dateline.values import DateBasis, Unknown, When


def resolve_date(
    expression: Expression,
    published: dt.date | None,
    *,
    anchor: When | None = None,
    year_hint: int | None = None,
    country: str | None = None,
) -> When | Unknown:
    """Give the days an expression means, with the precision and basis of its words.

    `published` is the report's publication date; `anchor` the date of the event that "two days
    earlier" or "a week after the strikes" counts from; `year_hint` the year of a day stated
    without one; `country` the ISO alpha-2 code of where it is told of, for seasons and Easter,
    which are else those of the north and of the western churches. Abstains with a reason when what
    the expression counts from is not given, or when its words contradict each other.

    A time of day without a date takes the anchor's date; without an anchor both ends are None.
    """
    if expression.form == "clock":
        day = anchor or When(None, None, "unknown", "unknown")
        return replace(day, time=expression.time, zone=expression.zone)
    frame = Frame(published, anchor, year_hint, expression.direction, country)
    try:
        reading = _read(expression, frame)
    except AbstainError as abstained:
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


def _read(expression: Expression, frame: Frame) -> Reading:
    return _RULES[expression.rule](expression, frame)


def _overnight(expression: Expression, frame: Frame) -> Reading:
    """The night before publication, or the nights either side of a named day."""
    if expression.inner:
        day = _read(expression.inner[0], frame)
        latest = day.latest + ONE_DAY
        if day.basis == "publication" and frame.published:
            latest = max(day.latest, min(latest, frame.published))
        return Reading(day.earliest - ONE_DAY, latest, "range", day.basis, "night")
    published = published_of(frame)
    return Reading(published - ONE_DAY, published, "range", "publication", "night")


def _offset(expression: Expression, frame: Frame) -> Reading:
    """An amount of time from another event.

    "Two days earlier" counts from the anchor. "A week after the strikes" told of the anchor dates
    the strikes, so its sign turns; with a day inside the words ("a day after Monday's attack") it
    dates what happened then, counted from that day.
    """
    parts = expression.parts
    if expression.inner:
        inner = _read(expression.inner[0], frame)
        time = expression.inner[0].time or inner.time
        return move((inner.earliest, inner.latest), parts, parts["sign"], inner.basis, time)
    sign = -parts["sign"] if parts["of_other"] else parts["sign"]
    time = frame.anchor.time if frame.anchor else None
    return move(anchor_of(frame), parts, sign, "event", time)


def _part(expression: Expression, frame: Frame) -> Reading:
    """Early, mid, late: a half of the whole; earlier and later: up to or from publication."""
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


def _since(expression: Expression, frame: Frame) -> Reading:
    start = _read(expression.inner[0], frame)
    end = frame.published or (frame.anchor.latest if frame.anchor else None)
    if end is None:
        raise AbstainError(f"open since {start.earliest}: {NO_PUBLICATION}")
    if end < start.earliest:
        raise AbstainError("begins after the report was published")
    return Reading(start.earliest, end, "range", "publication")


def _between(expression: Expression, frame: Frame) -> Reading:
    """A range; its first day takes the year stated with the last, and lies before it."""
    first, last = expression.inner
    end = _read(last, frame)
    year = last.parts.get("year")
    if year is not None and first.parts.get("year") is None:
        start = _read(first, replace(frame, year_hint=year))
        if start.earliest > end.latest:
            start = _read(first, replace(frame, year_hint=year - 1))
    else:
        start = _read(first, frame)
    if start.earliest > end.latest and first.rule == last.rule == "weekday":
        start = replace(start, earliest=start.earliest - 7 * ONE_DAY)
    if start.earliest > end.latest:
        raise AbstainError("the range runs backwards")
    basis: DateBasis = start.basis if start.basis == end.basis else "publication"
    return Reading(start.earliest, end.latest, "range", basis, end.time)


def _vague(_: Expression, __: Frame) -> Reading:
    raise AbstainError("too vague to date")


_RULES: dict[str, Callable[[Expression, Frame], Reading]] = {
    "day": calendar_days.read_day,
    "numeric": calendar_days.read_numeric,
    "ordinal_day": calendar_days.read_ordinal_day,
    "month": calendar_days.read_month,
    "year": calendar_days.read_year,
    "years": calendar_days.read_years,
    "quarter": calendar_days.read_quarter,
    "season": calendar_days.read_season,
    "holiday": calendar_days.read_holiday,
    "weekday": counted_days.read_weekday,
    "today": counted_days.read_today,
    "overnight": _overnight,
    "weekend": counted_days.read_weekend,
    "unit": counted_days.read_unit,
    "ago": counted_days.read_ago,
    "back": counted_days.read_back,
    "ahead": counted_days.read_ahead,
    "offset": _offset,
    "told": counted_days.read_told,
    "told_weekday": counted_days.read_told_weekday,
    "part": _part,
    "since": _since,
    "between": _between,
    "vague": _vague,
}
