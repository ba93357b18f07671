"""The side of a store that lists read: one overview an incident, derived, made anew when stale.

Overviews are opaque here; `dateline.incidents.overview` knows their form. An overview without a
stamp waits to be made; the stamps of those that are made only rise, so that a reader who knows the
highest one asks for nothing but what is new.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dateline.store import schema as t
from dateline.store.opening import transaction
from dateline.store.writing import cut

_LOCK = 0x6F7665727669  # "overvi"; stamps must become visible in their order on PostgreSQL too


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """An overview as it is kept; all three parts are None where an incident has no events left."""

    number: int
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
        highest = sa.select(sa.func.coalesce(sa.func.max(t.overviews.c.stamp), 0))
        with transaction(self._engine) as connection:
            stamp = connection.execute(highest).scalar_one()
            waiting = connection.execute(_waiting(sa.func.count())).scalar_one()
        return int(stamp), int(waiting)

    def waiting(self, limit: int) -> list[tuple[int, str]]:
        """Give number and id of incidents whose overview is to be made, newest first."""
        query = (
            sa.select(t.incidents.c.number, t.incidents.c.id)
            .join(t.overviews, t.overviews.c.incident == t.incidents.c.number)
            .where(t.overviews.c.stamp.is_(None))
            .order_by(t.incidents.c.number.desc())
            .limit(limit)
        )
        with transaction(self._engine) as connection:
            return [(row.number, row.id) for row in connection.execute(query)]

    def save(self, rows: Sequence[OverviewRow]) -> None:
        """Keep overviews under a new stamp; those that another program made meanwhile stand."""
        with transaction(self._engine, writes=True) as connection:
            if self._engine.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            highest = sa.select(sa.func.coalesce(sa.func.max(t.overviews.c.stamp), 0))
            stamp = int(connection.execute(highest).scalar_one()) + 1
            statement = (
                t.overviews.update()
                .where(t.overviews.c.incident == sa.bindparam("number"))
                .values(
                    stamp=stamp,
                    facts=sa.bindparam("new_facts"),
                    card=sa.bindparam("new_card"),
                    words=sa.bindparam("new_words"),
                )
            )
            filled = [
                {
                    "number": row.number,
                    "new_facts": row.facts,
                    "new_card": row.card,
                    "new_words": row.words,
                }
                for row in rows
            ]
            if filled:
                connection.execute(statement, filled)

    def since(self, stamp: int) -> Iterator[tuple[int, str, Mapping[str, Any] | None, str | None]]:
        """Stream number, incident id, facts and words of what was stamped later, in no order."""
        query = (
            sa.select(
                t.overviews.c.incident, t.incidents.c.id, t.overviews.c.facts, t.overviews.c.words
            )
            .join(t.incidents, t.incidents.c.number == t.overviews.c.incident)
            .where(t.overviews.c.stamp > stamp)
        )
        options = {"yield_per": 5000}
        with (
            transaction(self._engine) as connection,
            connection.execute(query, execution_options=options) as rows,
        ):
            for row in rows:
                yield row.incident, row.id, row.facts, row.words

    def cards(self, numbers: Iterable[int]) -> dict[int, Mapping[str, Any]]:
        """Give the cards of incidents by number, of those that have one."""
        found: dict[int, Mapping[str, Any]] = {}
        with transaction(self._engine) as connection:
            for part in cut(list(numbers)):
                query = sa.select(t.overviews.c.incident, t.overviews.c.card).where(
                    t.overviews.c.incident.in_(part), t.overviews.c.card.is_not(None)
                )
                found |= {row.incident: row.card for row in connection.execute(query)}
        return found

    def mark_stale(self, incidents: Iterable[str]) -> None:
        """Let the overviews of incidents, given by id, wait to be made anew."""
        with transaction(self._engine, writes=True) as connection:
            for part in cut(sorted(set(incidents))):
                numbers = sa.select(t.incidents.c.number).where(t.incidents.c.id.in_(part))
                stale(connection, numbers)

    def mark_all_stale(self) -> None:
        """Let every overview wait to be made anew, as after a change of the codebook."""
        with transaction(self._engine, writes=True) as connection:
            connection.execute(t.overviews.update().values(stamp=None))

    def add_review(self, review: Review) -> None:
        """Keep what a person found of an incident; the newest word on an incident holds."""
        row = {
            "incident": review.incident,
            "state": review.state,
            "by": review.by,
            "made": review.made,
            "note": review.note,
        }
        with transaction(self._engine, writes=True) as connection:
            connection.execute(t.reviews.insert(), [row])
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


def stale(connection: sa.Connection, numbers: "sa.Select[Any] | Sequence[int]") -> None:
    """Let the overviews of incidents, given by number, wait to be made anew."""
    chosen = t.overviews.c.incident.in_(numbers)
    connection.execute(t.overviews.update().where(chosen).values(stamp=None))


def _waiting(what: "sa.ColumnElement[Any]") -> "sa.Select[Any]":
    return sa.select(what).select_from(t.overviews).where(t.overviews.c.stamp.is_(None))
