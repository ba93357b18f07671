"""Writing what a pass of linking came to, inside one transaction."""

from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dateline.store import schema as t
from dateline.store.overview_index import stale
from dateline.store.writing import cut, insert_new, put_judgements

if TYPE_CHECKING:
    from dateline.store.link_index import LinkRows

_DERIVED = (t.linked, t.weighed, t.link_views, t.link_keys, t.link_pairs, t.copies)
_ROWS = 5000
_CACHE_KIB = 65536  # the indexes of a large store are written out of order
_USUAL_KIB = 2000  # what SQLite itself takes


def write_links(connection: sa.Connection, rows: "LinkRows") -> None:
    """Take out what a pass replaces and put in what it found."""
    _allow_cache(connection, _CACHE_KIB)
    if rows.whole:
        for table in _DERIVED:
            connection.execute(table.delete())
    else:
        _take_out(connection, rows)
    put_judgements(connection, rows.judgements)
    _put_index(connection, rows)
    _put_members(connection, rows)
    history = [
        {"kind": c.kind, "incident": c.incident, "other": c.other, "made": c.made}
        for c in rows.changes
    ]
    if history:
        connection.execute(t.changes.insert(), history)
    merged = [{"old": c.other, "kept": c.incident} for c in rows.changes if c.kind == "merge"]
    insert_new(connection, t.aliases, merged)
    # The connection is kept for other work, and would keep what it took.
    _allow_cache(connection, _USUAL_KIB)


def _allow_cache(connection: sa.Connection, size: int) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{size}")


def _take_out(connection: sa.Connection, rows: "LinkRows") -> None:
    for part in cut(list(rows.old_views)):
        connection.execute(t.link_views.delete().where(t.link_views.c.event.in_(part)))
        for side in (t.link_pairs.c.left, t.link_pairs.c.right):
            connection.execute(t.link_pairs.delete().where(side.in_(part)))
    if rows.old_keys:
        one = (t.link_keys.c.key == sa.bindparam("k")) & (t.link_keys.c.owner == sa.bindparam("o"))
        wanted = [{"k": key, "o": owner} for key, owner in rows.old_keys]
        connection.execute(t.link_keys.delete().where(one), wanted)


def _put_index(connection: sa.Connection, rows: "LinkRows") -> None:
    names = {report for _, report, _ in rows.views} | {r for _, r in rows.members.values()}
    numbers = _numbers(connection, t.reports, names)
    _put(connection, t.linked, ((number,) for number in rows.codings))
    _put(connection, t.weighed, ((name,) for name in rows.weighed))
    _put(connection, t.link_views, ((e, numbers[r], view) for e, r, view in rows.views))
    _put(connection, t.link_keys, rows.keys)
    _put(connection, t.link_pairs, ((*pair, weight) for pair, weight in rows.pairs.items()))
    _put(connection, t.copies, ((c.left, c.right, c.share, c.reason) for c in rows.copies))


def _put_members(connection: sa.Connection, rows: "LinkRows") -> None:
    """Make the memberships of the events that were looked at exactly these."""
    members = rows.members
    minted = dict.fromkeys(incident for incident, _ in members.values())
    insert_new(connection, t.incidents, [{"id": name} for name in minted])
    incidents = _numbers(connection, t.incidents, set(minted))
    reports = _numbers(connection, t.reports, {report for _, report in members.values()})
    wanted = {event: (incidents[i], reports[r]) for event, (i, r) in members.items()}
    query = sa.select(t.memberships)
    found: list[Any] = []
    if rows.whole:
        found = list(connection.execute(query))
    else:
        for part in cut(sorted(rows.events)):
            found += connection.execute(query.where(t.memberships.c.event.in_(part)))
    kept = {row.event: (row.incident, row.report) for row in found}
    gone = [event for event, row in kept.items() if wanted.get(event) != row]
    for part in cut(gone):
        connection.execute(t.memberships.delete().where(t.memberships.c.event.in_(part)))
    new = (
        (event, incident, report)
        for event, (incident, report) in wanted.items()
        if kept.get(event) != (incident, report)
    )
    _put(connection, t.memberships, new)
    _put(connection, t.overviews, ((number,) for number in incidents.values()))
    if rows.whole:
        stale(connection)
    else:
        for numbers in cut(sorted({*incidents.values(), *(row.incident for row in found)})):
            stale(connection, numbers)


def _numbers(connection: sa.Connection, table: sa.Table, names: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in cut(sorted(names)):
        query = sa.select(table.c.id, table.c.number).where(table.c.id.in_(part))
        found |= {row.id: row.number for row in connection.execute(query)}
    return found


def _put(connection: sa.Connection, table: sa.Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows that are not there yet, many at a time; values as the columns, the key first."""
    statement: Any = table.insert()
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_postgresql

        statement = insert_postgresql(table).on_conflict_do_nothing()
    else:
        statement = statement.prefix_with("OR IGNORE")
    names = table.columns.keys()
    # A table that is ordered by its key grows fastest in the order of its key.
    for part in cut(sorted(rows, key=itemgetter(0)), _ROWS):
        connection.execute(statement, [dict(zip(names, row, strict=False)) for row in part])
