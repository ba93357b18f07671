"""A moment to look back from: which reports were public by then, and what was on record."""

import datetime as dt
from dataclasses import dataclass

from dateline.errors import ConfigError
from dateline.model import Report


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
        try:
            dt.date.fromisoformat((published or "")[:10])
        except ValueError:
            return made <= self.until
        stated = published or ""
        if self.exact and len(stated) > len(self.day):
            return _utc(dt.datetime.fromisoformat(stated)) <= self.until
        return stated[:10] <= self.day

    def has_published(self, report: Report) -> bool:
        """Tell whether a report that states its date was public by then."""
        return self.has_seen(report.published, "\U0010ffff")


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


def _utc(moment: dt.datetime) -> str:
    zoned = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    return zoned.isoformat(timespec="microseconds")
