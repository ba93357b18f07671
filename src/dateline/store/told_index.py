"""The events that are no incidents, tallies and ties, read from a store as reports come in."""

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from dateline.model import Claim
from dateline.store import schema as t
from dateline.store.current import current_claims, text_order
from dateline.store.opening import transaction
from dateline.store.rows import claim_from_row
from dateline.store.writing import cut

_ROLES = ("relation", "what")  # a role that ties have, and one that tallies have; no incident does


class ToldIndex:
    """Questions about events that are told of no single incident."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def newest(self) -> int:
        """Give the number of the newest coding; it rises with whatever changes a claim."""
        query = sa.select(sa.func.coalesce(sa.func.max(t.codings.c.number), 0))
        with transaction(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def reports_since(self, coding: int) -> tuple[set[int], set[int]]:
        """Give the reports coded after a coding, and those of them that tell of tallies or ties."""
        new = sa.select(t.codings.c.report).where(t.codings.c.number > coding).distinct()
        telling = (
            sa.select(t.codings.c.report)
            .join(t.claims, t.claims.c.coding == t.codings.c.number)
            .where(t.codings.c.number > coding, t.claims.c.role.in_(_ROLES))
            .distinct()
        )
        with transaction(self._engine) as connection:
            every, some = (set(connection.execute(q).scalars()) for q in (new, telling))
        return every, some

    def events(self, reports: Sequence[int]) -> Iterator[tuple[int, list[Claim]]]:
        """Stream the number of a report with the current claims of one event, of any kind."""
        for part in cut(reports, 200):
            query = current_claims(t.codings.c.report, reports=part)
            with transaction(self._engine) as connection:
                rows = connection.execute(query).all()
            found: dict[tuple[int, str], list[Claim]] = {}
            for row in rows:
                found.setdefault((row.report, row.event), []).append(claim_from_row(row))
            for (number, _), claims in found.items():
                yield number, sorted(claims, key=text_order)

    def published(self, reports: Iterable[str]) -> dict[str, str]:
        """Give when reports were published, as stated; those that do not say so are left out."""
        query = sa.select(t.reports.c.id, t.reports.c.published)
        found: dict[str, str] = {}
        with transaction(self._engine) as connection:
            for part in cut(sorted(set(reports))):
                rows = connection.execute(query.where(t.reports.c.id.in_(part)))
                found |= {row.id: row.published for row in rows if row.published}
        return found
