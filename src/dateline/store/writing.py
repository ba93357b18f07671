"""Writing rows inside the transaction of a store's method."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from dateline.errors import StoreError
from dateline.model import Judgement, Report, content_id, is_human, report_to_json
from dateline.store import schema as t
from dateline.store.report_words import put_report_words

T = TypeVar("T")
_MANY = 500  # variables a statement may have in any version of SQLite, with room to spare


def put_report(connection: sa.Connection, report: Report) -> tuple[int, bool]:
    """Keep a report; give its number and whether it was new. Raises StoreError."""
    row = report_to_json(report)
    for name, item in row.items():
        if item is not None and not _is_storable(item):
            raise StoreError(f"report {report.id}: {name} holds characters no database can keep")
    new = insert_new(connection, t.reports, [row]) > 0
    # The lock makes two programs that add one report take turns (SQLite has done so already).
    query = sa.select(t.reports.c.number, t.reports.c.text).where(t.reports.c.id == report.id)
    number, text = connection.execute(query.with_for_update()).one()
    if text != report.text:
        raise StoreError(f"report {report.id} is known with another text; give it its own id")
    if new:
        put_report_words(connection, number, report.title, report.publisher, text)
    return number, new


def _is_storable(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text if c > "\ud7ff")


def put_coding(
    connection: sa.Connection,
    report: int,
    origin: str,
    made: str,
    status: str,
    message: str | None,
) -> int:
    """Keep the record of a coding run; give its number."""
    row = {"report": report, "origin": origin, "made": made, "status": status, "message": message}
    statement = t.codings.insert().returning(t.codings.c.number)
    return int(connection.execute(statement, [row]).scalar_one())


def kept_claims(
    connection: sa.Connection, report: int, origin: str
) -> dict[str, dict[str, Any]] | None:
    """Give what an origin said of a report last (a person: ever), or None if it never coded it."""
    query = sa.select(t.codings.c.number).where(
        t.codings.c.report == report, t.codings.c.origin == origin, t.codings.c.status == "good"
    )
    newest_first = query.order_by(t.codings.c.made.desc(), t.codings.c.number.desc())
    numbers = list(connection.execute(newest_first).scalars())
    if not numbers:
        return None
    wanted = numbers if is_human(origin) else numbers[:1]
    rows = connection.execute(sa.select(t.claims).where(t.claims.c.coding.in_(wanted)))
    kept = {row["id"]: dict(row) for row in rows.mappings()}
    for row in kept.values():
        del row["coding"]
    return kept


def put_judgements(connection: sa.Connection, judgements: Iterable[Judgement]) -> int:
    """Keep the judgements that are not there yet; give how many were new."""
    rows = []
    for j in judgements:
        row = {"left": j.left, "right": j.right, "verdict": j.verdict, "score": j.score}
        row |= {"reasons": list(j.reasons), "origin": j.origin, "made": j.made}
        rows.append({"id": content_id("j", *row.values()), **row})
    return insert_new(connection, t.judgements, rows)


def cut(items: Sequence[T], size: int = _MANY) -> Iterator[Sequence[T]]:
    """Cut a list into parts that one statement can take."""
    yield from (items[at : at + size] for at in range(0, len(items), size))


def insert_new(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> int:
    """Insert the rows whose key is not there yet; give how many were new."""
    if not rows:
        return 0
    statement: Any
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_postgresql

        statement = insert_postgresql(table).on_conflict_do_nothing()
    else:
        from sqlalchemy.dialects.sqlite import insert as insert_sqlite

        statement = insert_sqlite(table).on_conflict_do_nothing()
    key = table.primary_key.columns[0]
    return len(connection.execute(statement.returning(key), rows).all())
