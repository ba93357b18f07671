"""The words of this folder about time: an expression, what it is read against, what it gives."""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dateline.values import DateBasis, DatePrecision, When

Form = Literal["day", "weekday", "relative", "after_event", "span", "period", "vague", "clock"]
Direction = Literal["future", "open", ""]
Days = tuple[dt.date, dt.date]

NO_PUBLICATION = "counts from the publication date, which is not known"
NO_EVENT = "hangs on an event whose date is not known"
ONE_DAY = dt.timedelta(days=1)
DAY_NAMES = tuple(calendar.day_name)
MONTH_NAMES = tuple(calendar.month_name)
MONTHS = 12


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
class Frame:
    """What an expression is read against."""

    published: dt.date | None
    anchor: When | None
    year_hint: int | None
    direction: Direction
    country: str | None = None


class AbstainError(Exception):
    """Carries the reason out of a rule; `resolve_date` turns it into Unknown."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An interval on its way to become a When."""

    earliest: dt.date
    latest: dt.date
    precision: DatePrecision
    basis: DateBasis
    time: str | None = None


def published_of(frame: Frame, kept: str = "") -> dt.date:
    """Give the publication date, or abstain with what the words keep without it."""
    if frame.published is None:
        raise AbstainError(f"{kept}: {NO_PUBLICATION}" if kept else NO_PUBLICATION)
    return frame.published


def whole_months(
    year: int, first: int, last: int, precision: DatePrecision, basis: DateBasis
) -> Reading:
    """Give the days from the first of one month to the end of another of the same year."""
    latest = dt.date(year, last, calendar.monthrange(year, last)[1])
    return Reading(dt.date(year, first, 1), latest, precision, basis)


def add_months(date: dt.date, count: int) -> dt.date:
    """Move a date by months; the 31st becomes the last day of a shorter month."""
    year, month = divmod(date.year * 12 + date.month - 1 + count, 12)
    return date.replace(
        year=year, month=month + 1, day=min(date.day, calendar.monthrange(year, month + 1)[1])
    )
