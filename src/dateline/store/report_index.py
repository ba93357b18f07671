"""What lists of reports read from a store: heads without texts, and words to find them by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from dateline.store import schema as t
from dateline.store.current import current_claims
from dateline.store.opening import transaction
from dateline.store.report_words import find_report_words
from dateline.store.writing import cut


@dataclass(frozen=True, slots=True)
class Head:
    """A report without its text; `number` rises in the order in which reports were added."""

    number: int
    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str | None
    copy_of: str | None


_COLUMNS = tuple(t.reports.c[name] for name in Head.__dataclass_fields__)


class ReportIndex:
    """Questions that lists of reports ask of a store."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def total(self) -> int:
        """Give how many reports are kept."""
        with transaction(self._engine) as connection:
            query = sa.select(sa.func.count(t.reports.c.number))
            return int(connection.execute(query).scalar_one())

    def newest(self, limit: int, before: int | None = None) -> list[Head]:
        """Give the heads added last, or last before one of that number."""
        query = sa.select(*_COLUMNS).order_by(t.reports.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(t.reports.c.number < before)
        with transaction(self._engine) as connection:
            return [Head(*row) for row in connection.execute(query)]

    def heads(self, numbers: Sequence[int]) -> dict[int, Head]:
        """Give heads by number."""
        found: dict[int, Head] = {}
        with transaction(self._engine) as connection:
            for part in cut(numbers):
                query = sa.select(*_COLUMNS).where(t.reports.c.number.in_(part))
                found |= {row.number: Head(*row) for row in connection.execute(query)}
        return found

    def added_after(self, number: int) -> Iterator[Head]:
        """Stream the heads added after one of that number, in the order of adding."""
        query = sa.select(*_COLUMNS).where(t.reports.c.number > number)
        options = {"yield_per": 5000}
        with (
            transaction(self._engine) as connection,
            connection.execute(
                query.order_by(t.reports.c.number), execution_options=options
            ) as rows,
        ):
            for row in rows:
                yield Head(*row)

    def telling(self, words: Sequence[str]) -> Sequence[int]:
        """Give the numbers of reports in which words begin like each of some folded ones.

        Looked at are title, publisher and text; one or two letters must be the whole word.
        """
        with transaction(self._engine) as connection:
            return find_report_words(connection, words)

    def events_told(self, numbers: Sequence[int]) -> dict[int, int]:
        """Give how many events reports tell, of any kind; reports without one are left out."""
        found: dict[int, int] = {}
        with transaction(self._engine) as connection:
            for part in cut(numbers, 200):
                claims = current_claims(t.codings.c.report, reports=part).subquery()
                count = sa.func.count(claims.c.event.distinct())
                query = sa.select(claims.c.report, count).group_by(claims.c.report)
                found |= {row[0]: int(row[1]) for row in connection.execute(query)}
        return found
