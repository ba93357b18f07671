"""The side of a store that linking reads and writes: small questions in, one answer back.

Views of events are opaque here; linking knows their form. A pass reads in short transactions and
writes in one, so that a long pass does not keep others from adding reports.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from dateline.model import Change, Claim, Copy, Judgement, Report
from dateline.store import schema as t
from dateline.store.current import current_claims, text_order
from dateline.store.opening import transaction
from dateline.store.rows import claim_from_row, judgement_from_row, report_from_row
from dateline.store.writing import cut

View = dict[str, Any]
_HUMAN = "human:%"


@dataclass(slots=True)
class LinkRows:
    """What a pass of linking adds to and takes from a store, written at once.

    `whole`: the pass looked at everything, so the old index and memberships go first. `members`
    maps each event to its incident and report; `events` are all that were looked at.
    """

    whole: bool
    events: set[str] = field(default_factory=set)
    members: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    judgements: Sequence[Judgement] = ()
    changes: Sequence[Change] = ()
    codings: Sequence[int] = ()
    weighed: Sequence[str] = ()
    old_views: Sequence[str] = ()
    old_keys: Sequence[tuple[int, str]] = ()
    views: Sequence[tuple[str, str, View]] = ()
    keys: Sequence[tuple[int, str]] = ()
    pairs: Mapping[tuple[str, str], float] = field(default_factory=dict)
    copies: Sequence[Copy] = ()


class LinkIndex:
    """Questions that linking asks of a store."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def rows(self, *, whole: bool) -> LinkRows:
        """Give an empty sheet for what a pass will write."""
        return LinkRows(whole)

    def news(self, *, whole: bool) -> tuple[list[int], list[int]]:
        """Give the good codings not taken in yet, and the numbers of their reports."""
        query = sa.select(t.codings.c.number, t.codings.c.report).where(
            t.codings.c.status == "good"
        )
        if not whole:
            seen = sa.select(t.linked.c.coding)
            query = query.where(t.codings.c.number.not_in(seen))
        with transaction(self._engine) as connection:
            found = connection.execute(query.order_by(t.codings.c.number)).all()
        return [row.number for row in found], list(dict.fromkeys(row.report for row in found))

    def told(self, reports: Sequence[int]) -> Iterator[tuple[Report, list[Claim]]]:
        """Stream reports by number, each with its current claims in text order."""
        for part in cut(reports, 200):
            query = sa.select(t.reports).where(t.reports.c.number.in_(part))
            claims = current_claims(reports=part).order_by(t.codings.c.report)
            with transaction(self._engine) as connection:
                found = [report_from_row(row) for row in connection.execute(query)]
                rows = connection.execute(claims).all()
            grouped = groupby(rows, key=lambda row: row.report_id)
            by_report = {name: sorted(map(claim_from_row, group), key=text_order)
                         for name, group in grouped}  # fmt: skip
            yield from ((report, by_report.get(report.id, [])) for report in found)

    def reports(self, names: Iterable[str]) -> dict[str, Report]:
        """Give reports by id."""
        rows = self._by(sa.select(t.reports), t.reports.c.id, names)
        return {row.id: report_from_row(row) for row in rows}

    def views(self, events: Iterable[str]) -> dict[str, View]:
        """Give the views of events, of those that have one."""
        rows = self._by(sa.select(t.link_views), t.link_views.c.event, events)
        return {row.event: row.view for row in rows}

    def views_of(self, reports: Iterable[int]) -> dict[str, View]:
        """Give the views of the events of reports, by number."""
        rows = self._by(sa.select(t.link_views), t.link_views.c.report, reports)
        return {row.event: row.view for row in rows}

    def owners(self, keys: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Stream who stands under keys: events, and reports for their words."""
        rows = self._by(sa.select(t.link_keys), t.link_keys.c.key, keys)
        yield from ((row.key, row.owner) for row in rows)

    def pairs(self, events: Iterable[str]) -> dict[tuple[str, str], float]:
        """Give the pairs that hold one of these events."""
        names = sorted(set(events))
        found = {}
        for side in (t.link_pairs.c.left, t.link_pairs.c.right):
            for row in self._by(sa.select(t.link_pairs), side, names):
                found[row.left, row.right] = row.weight
        return found

    def copies(self, reports: Iterable[str]) -> list[Copy]:
        """Give the copies that hold one of these reports."""
        names = sorted(set(reports))
        found = {}
        for side in (t.copies.c.left, t.copies.c.right):
            for row in self._by(sa.select(t.copies), side, names):
                found[row.left, row.right] = Copy(*row)
        return list(found.values())

    def events_of(self, reports: Iterable[str]) -> dict[str, View]:
        """Give the views of the events of reports, by id."""
        query = sa.select(t.link_views).join(t.reports)
        return {row.event: row.view for row in self._by(query, t.reports.c.id, reports)}

    def words(self) -> dict[str, Judgement]:
        """Give what people judged, oldest first, by the id of the judgement."""
        query = sa.select(t.judgements).where(t.judgements.c.origin.like(_HUMAN))
        with transaction(self._engine) as connection:
            rows = connection.execute(query.order_by(t.judgements.c.made, t.judgements.c.id)).all()
        return {row.id: judgement_from_row(row) for row in rows}

    def weighed(self) -> set[str]:
        """Give the ids of the judgements of people that earlier passes have taken in."""
        with transaction(self._engine) as connection:
            return set(connection.execute(sa.select(t.weighed.c.judgement)).scalars())

    def said(self, events: Iterable[str], origin: str) -> dict[tuple[str, str], Judgement]:
        """Give what an origin said last of the pairs whose first event is one of these."""
        query = sa.select(t.judgements).where(t.judgements.c.origin == origin)
        rows = self._by(query, t.judgements.c.left, events)
        ordered = sorted(rows, key=lambda row: (row.made, row.id))
        return {(row.left, row.right): judgement_from_row(row) for row in ordered}

    def members(self, events: Iterable[str]) -> dict[str, str]:
        """Give the incidents of events, of those that have one."""
        query = sa.select(t.memberships.c.event, t.incidents.c.id).join(t.incidents)
        return {row.event: row.id for row in self._by(query, t.memberships.c.event, events)}

    def events_in(self, incidents: Iterable[str]) -> set[str]:
        """Give the events of incidents."""
        query = sa.select(t.memberships.c.event).join(t.incidents)
        return {row.event for row in self._by(query, t.incidents.c.id, incidents)}

    def all_members(self) -> dict[str, str]:
        """Give the incident of every event."""
        query = sa.select(t.memberships.c.event, t.incidents.c.id).join(t.incidents)
        with transaction(self._engine) as connection:
            return {row.event: row.id for row in connection.execute(query)}

    def minted(self, incidents: Iterable[str]) -> list[str]:
        """Give those of these incident ids that were ever given, oldest first."""
        rows = self._by(sa.select(t.incidents), t.incidents.c.id, incidents)
        return [row.id for row in sorted(rows, key=lambda row: row.number)]

    def is_taken(self, incident: str) -> bool:
        """Tell whether an incident id stands for events now, or for another incident."""
        queries = (
            sa.select(t.memberships.c.event).join(t.incidents).where(t.incidents.c.id == incident),
            sa.select(t.aliases.c.old).where(t.aliases.c.old == incident),
        )
        with transaction(self._engine) as connection:
            return any(connection.execute(query.limit(1)).first() for query in queries)

    def retired(self) -> set[str]:
        """Give the incident ids that were merged away."""
        with transaction(self._engine) as connection:
            return set(connection.execute(sa.select(t.aliases.c.old)).scalars())

    def totals(self) -> tuple[int, int]:
        """Give how many events stand in how many incidents."""
        number = sa.func.count(t.memberships.c.incident.distinct())
        with transaction(self._engine) as connection:
            row = connection.execute(sa.select(sa.func.count(), number)).one()
        return int(row[0]), int(row[1])

    def save(self, rows: LinkRows) -> None:
        """Write what a pass came to, whole or not at all."""
        from dateline.store.link_writing import write_links

        with transaction(self._engine, writes=True) as connection:
            write_links(connection, rows)

    def _by(self, query: "sa.Select[Any]", column: Any, items: Iterable[Any]) -> list[Any]:  # noqa: ANN401
        """Give the rows whose column is one of many items."""
        wanted = sorted(set(items))
        with transaction(self._engine) as connection:
            return [
                row
                for part in cut(wanted)
                for row in connection.execute(query.where(column.in_(part)))
            ]
