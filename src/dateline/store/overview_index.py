"""The side of a store that lists read: one overview an incident, derived, made anew when stale.

Overviews are opaque here; `dateline.incidents.overview` knows their form. An overview whose stamp
is not positive waits to be made: the last one it had is kept below zero. So stamps only rise, and a
reader who knows the highest asks for nothing but what is new.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from dateline.model import Incident
from dateline.store import schema as t
from dateline.store.current import current_claims
from dateline.store.opening import transaction
from dateline.store.rows import claim_from_row
from dateline.store.writing import cut

_STAMP = sa.func.coalesce(t.overviews.c.stamp, 0)
_WAITS = sa.or_(t.overviews.c.stamp.is_(None), t.overviews.c.stamp <= 0)
_LOCK = 0x6F7665727669  # "overvi"; stamps must become visible in their order on PostgreSQL too


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """An overview as it is kept; all three parts are None where an incident has no events left.

    `seen` is the stamp it had when what it is made of was read.
    """

    number: int
    seen: int
    facts: Mapping[str, Any] | None = None
    card: Mapping[str, Any] | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What a person found after looking at an incident: `state` is open, reviewed or disputed."""

    incident: str
    state: str
    by: str
    made: str
    note: str | None = None


class OverviewIndex:
    """Questions that lists ask of a store, and what they put there."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def version(self) -> tuple[int, int]:
        """Give the highest stamp and how many overviews wait; cheap, changes with every change."""
        with transaction(self._engine) as connection:
            waiting = sa.select(sa.func.count()).select_from(t.overviews).where(_WAITS)
            return _highest(connection), int(connection.execute(waiting).scalar_one())

    def waiting(self, limit: int) -> list[tuple[int, int]]:
        """Give number and stamp of incidents whose overview is to be made, newest first."""
        query = (
            sa.select(t.overviews.c.incident, _STAMP.label("seen"))
            .where(_WAITS)
            .order_by(t.overviews.c.incident.desc())
            .limit(limit)
        )
        with transaction(self._engine) as connection:
            return [(row.incident, row.seen) for row in connection.execute(query)]

    def save(self, rows: Sequence[OverviewRow]) -> None:
        """Keep overviews under a new stamp, but those that went stale once more since."""
        with transaction(self._engine, writes=True) as connection:
            if self._engine.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            statement = (
                t.overviews.update()
                .where(t.overviews.c.incident == sa.bindparam("number"))
                .where(sa.bindparam("seen") == _STAMP)
                .values(
                    stamp=_highest(connection) + 1,
                    facts=sa.bindparam("new_facts"),
                    card=sa.bindparam("new_card"),
                    words=sa.bindparam("new_words"),
                )
            )
            filled = [
                {
                    "number": row.number,
                    "seen": row.seen,
                    "new_facts": row.facts,
                    "new_card": row.card,
                    "new_words": row.words,
                }
                for row in rows
            ]
            if filled:
                connection.execute(statement, filled)

    def since(self, stamp: int) -> Iterator[tuple[int, str, Mapping[str, Any] | None, str | None]]:
        """Stream number, incident id, facts and words of what was stamped later, in no order.

        What waits to be made anew comes as it was made last.
        """
        query = (
            sa.select(
                t.overviews.c.incident, t.incidents.c.id, t.overviews.c.facts, t.overviews.c.words
            )
            .join(t.incidents, t.incidents.c.number == t.overviews.c.incident)
            .where(sa.or_(t.overviews.c.stamp > stamp, t.overviews.c.stamp < -stamp))
        )
        options = {"yield_per": 5000}
        with (
            transaction(self._engine) as connection,
            connection.execute(query, execution_options=options) as rows,
        ):
            for row in rows:
                yield row.incident, row.id, row.facts, row.words

    def incidents(self, numbers: Iterable[int]) -> list[tuple[int, Incident]]:
        """Give incidents by number with their claims in force, in order of publication."""
        found: list[tuple[int, Incident]] = []
        for part in cut(sorted(set(numbers))):
            members = sa.select(t.memberships).where(t.memberships.c.incident.in_(part))
            with transaction(self._engine) as connection:
                reports = sorted({row.report for row in connection.execute(members)})
                rows = [
                    row
                    for some in cut(reports)
                    for row in connection.execute(_claims_of(part, some))
                ]
            rows.sort(key=lambda row: row.incident_number)
            for number, group in groupby(rows, key=lambda row: row.incident_number):
                ordered = sorted(group, key=_publication_order)
                claims = tuple(map(claim_from_row, ordered))
                events = tuple(dict.fromkeys(claim.event for claim in claims))
                found.append((number, Incident(ordered[0].incident_id, events, claims)))
        return found

    def find(self, name: str) -> tuple[int, str] | None:
        """Give number and id of the incident that an id, a former id or an event stands for."""
        kept = sa.select(t.aliases.c.kept)
        by_id = sa.select(t.incidents.c.number, t.incidents.c.id)
        by_event = by_id.join(t.memberships, t.memberships.c.incident == t.incidents.c.number)
        with transaction(self._engine) as connection:
            while found := connection.execute(kept.where(t.aliases.c.old == name)).scalar():
                name = found
            row = connection.execute(by_id.where(t.incidents.c.id == name)).first()
            row = row or connection.execute(by_event.where(t.memberships.c.event == name)).first()
        return (row.number, row.id) if row else None

    def former(self, incidents: Iterable[str]) -> dict[str, list[str]]:
        """Give, for incidents by id, the ids that were merged into them, however many steps ago."""
        found: dict[str, list[str]] = {}
        top = {name: name for name in incidents}
        with transaction(self._engine) as connection:
            while top:
                olds: dict[str, str] = {}
                for part in cut(sorted(top)):
                    query = sa.select(t.aliases).where(t.aliases.c.kept.in_(part))
                    olds |= {row.old: top[row.kept] for row in connection.execute(query)}
                for old, name in olds.items():
                    found.setdefault(name, []).append(old)
                top = olds
        return {name: sorted(olds) for name, olds in found.items()}

    def totals(self) -> tuple[int, int]:
        """Give how many reports are kept and how many events stand in incidents."""
        reports = sa.select(sa.func.count(t.reports.c.number))
        events = sa.select(sa.func.count(t.memberships.c.event))
        with transaction(self._engine) as connection:
            found = (connection.execute(query).scalar_one() for query in (reports, events))
            return int(next(found)), int(next(found))

    def cards(self, numbers: Iterable[int]) -> dict[int, Mapping[str, Any]]:
        """Give the cards of incidents by number, of those that have one."""
        return self._kept(t.overviews.c.card, numbers)

    def facts(self, numbers: Iterable[int]) -> dict[int, Mapping[str, Any]]:
        """Give the facts of incidents by number, of those that have some."""
        return self._kept(t.overviews.c.facts, numbers)

    def mark_stale(self, numbers: Iterable[int]) -> None:
        """Let the overviews of incidents, given by number, wait to be made anew."""
        with transaction(self._engine, writes=True) as connection:
            for part in cut(sorted(set(numbers))):
                stale(connection, part)

    def add_review(self, review: Review) -> None:
        """Keep what a person found of an incident; the newest word on an incident holds."""
        with transaction(self._engine, writes=True) as connection:
            connection.execute(t.reviews.insert(), [asdict(review)])
            number = sa.select(t.incidents.c.number).where(t.incidents.c.id == review.incident)
            stale(connection, number)

    def reviews(self, incidents: Iterable[str]) -> list[Review]:
        """Give the reviews of incidents by id, oldest first; name former ids too."""
        found: list[tuple[int, Review]] = []
        with transaction(self._engine) as connection:
            for part in cut(sorted(set(incidents))):
                query = sa.select(t.reviews).where(t.reviews.c.incident.in_(part))
                found += [
                    (row.number, Review(row.incident, row.state, row.by, row.made, row.note))
                    for row in connection.execute(query)
                ]
        return [review for _, review in sorted(found, key=lambda item: item[0])]

    def _kept(
        self, column: "sa.Column[Any]", numbers: Iterable[int]
    ) -> dict[int, Mapping[str, Any]]:
        found: dict[int, Mapping[str, Any]] = {}
        with transaction(self._engine) as connection:
            for part in cut(list(numbers)):
                query = sa.select(t.overviews.c.incident, column.label("kept")).where(
                    t.overviews.c.incident.in_(part), column.is_not(None)
                )
                found |= {row.incident: row.kept for row in connection.execute(query)}
        return found


def stale(
    connection: sa.Connection, numbers: "sa.Select[Any] | Sequence[int] | None" = None
) -> None:
    """Let overviews wait to be made anew: those of incidents given by number, or all."""
    statement = t.overviews.update().values(stamp=-(sa.func.abs(_STAMP) + 1))
    if numbers is not None:
        statement = statement.where(t.overviews.c.incident.in_(numbers))
    connection.execute(statement)


def _highest(connection: sa.Connection) -> int:
    """Give the highest stamp there is, that of stale overviews without its sign."""
    ends = sa.select(sa.func.max(t.overviews.c.stamp)), sa.select(sa.func.min(t.overviews.c.stamp))
    return max(abs(int(connection.execute(end).scalar() or 0)) for end in ends)


def _claims_of(incidents: Sequence[int], reports: Sequence[int]) -> "sa.Select[Any]":
    return (
        current_claims(
            t.incidents.c.id.label("incident_id"),
            t.incidents.c.number.label("incident_number"),
            t.reports.c.published,
            reports=reports,
        )
        .join(t.memberships, t.memberships.c.event == t.claims.c.event)
        .join(t.incidents, t.incidents.c.number == t.memberships.c.incident)
        .where(t.memberships.c.report == t.codings.c.report)
        .where(t.memberships.c.incident.in_(incidents))
    )


def _publication_order(row: "sa.Row[Any]") -> tuple[Any, ...]:
    undated = row.published is None
    return undated, row.published or "", row.report_id, row.start, row.end, row.id
