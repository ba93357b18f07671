"""A moment to look back from: which reports were public by then, and what was on record."""

import datetime as dt
from dataclasses import dataclass

from dateline.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Moment:
    """The end of a day, or an hour of it, that a reader looks back from.

    `day` is ISO 8601; `until` is the last moment that counts, in the form and zone (UTC) in which
    the store says when something was made. `exact` is false for a whole day.
    """

    day: str
    until: str
    exact: bool

    def has_seen(self, published: str | None, made: str) -> bool:
        """Tell whether a report was known: it was public by then, undated ones once on record."""
        day = _day(published)
        if day is None:
            return made <= self.until
        told = _moment(published) if self.exact and published != day else None
        return day <= self.day if told is None else told <= self.until


def moment_of(as_of: str | None) -> Moment | None:
    """Read a day or a date-time (ISO 8601; UTC where no zone is given); None for the present.

    Raises ConfigError for anything else.
    """
    if as_of is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(as_of)
    except ValueError:
        raise ConfigError(f"{as_of}: is no date; write YYYY-MM-DD or YYYY-MM-DDTHH:MM") from None
    exact = len(as_of) > len("YYYY-MM-DD")
    if not exact:
        moment = dt.datetime.combine(moment.date(), dt.time.max)
    return Moment(moment.date().isoformat(), _utc(moment), exact)


def _day(stated: str | None) -> str | None:
    try:
        return dt.date.fromisoformat((stated or "")[:10]).isoformat()
    except ValueError:
        return None


def _moment(stated: str | None) -> str | None:
    try:
        return _utc(dt.datetime.fromisoformat(stated or ""))
    except ValueError:
        return None


def _utc(moment: dt.datetime) -> str:
    zoned = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    return zoned.isoformat(timespec="microseconds")
