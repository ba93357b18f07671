"""Connecting to a database and bringing its schema up to date, all or nothing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from dateline.errors import StoreError

VERSION_TABLE = "dateline_version"
MIGRATIONS = Path(str(resources.files("dateline.store") / "migrations"))
_LOCK = 0x646174656C696E65  # "dateline"; the advisory lock of PostgreSQL takes 64 bits
_BUSY_MS = 30_000


def connect(location: str) -> sa.Engine:
    """Give an engine for a path or a URL; nothing is opened yet.

    Raises StoreError for a URL that is none, a database that is not supported, a missing driver
    or a folder that is not there.
    """
    url = _url(location)
    try:
        engine = sa.create_engine(url, json_serializer=_compact, connect_args=_arguments(url))
    except ModuleNotFoundError as error:
        message = f'{location}: needs {error.name}; pip install "dateline[postgres]"'
        raise StoreError(message) from error
    except (ArgumentError, NoSuchModuleError, TypeError) as error:
        message = f"{_shown(url)}: {_one_line(error)}"
        raise StoreError(message) from error
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _url(location: str) -> sa.URL:
    if "://" not in location:
        path = Path(location).expanduser()
        if path.is_dir():
            raise StoreError(f"{location}: is a folder; name a database file inside it")
        if not path.absolute().parent.is_dir():
            raise StoreError(f"{location}: there is no folder {path.absolute().parent}")
        return sa.URL.create("sqlite", database=str(path))
    try:
        url = sa.make_url(re.sub(r"^postgres://", "postgresql://", location))
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"{location}: not a database URL") from error
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreError(f"{_shown(url)}: not supported; use a file (SQLite) or postgresql://")
    return url


def _arguments(url: sa.URL) -> dict[str, Any]:
    return {"connect_timeout": 10} if url.get_backend_name() == "postgresql" else {}


def _compact(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _set_up_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  (any driver's)
    # The driver's own transactions leave schema changes outside; `_begin_sqlite` opens ours.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer takes its lock at once; a reader that turns writer half-way could not wait for it.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction(engine: sa.Engine, *, writes: bool = False) -> Iterator[sa.Connection]:
    """Open a transaction that commits whole or not at all; database errors become StoreError."""
    try:
        with engine.execution_options(writes=writes).begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise StoreError(f"{_shown(engine.url)}: {_one_line(error)}") from error


def migrate(engine: sa.Engine) -> None:
    """Bring the schema to this program's version in one transaction.

    Raises StoreError when the database belongs to another program or a newer dateline; a step
    that fails leaves the database as it was.
    """
    known = _revisions()
    with transaction(engine) as connection:
        version = _version(engine, connection, known)
    if version == known[-1]:
        return
    with transaction(engine, writes=True) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if _version(engine, connection, known) != known[-1]:
            _upgrade(connection)


def _revisions() -> list[str]:
    return sorted(
        path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")
    )


def _version(engine: sa.Engine, connection: sa.Connection, known: list[str]) -> str | None:
    tables = set(sa.inspect(connection).get_table_names())
    shown = _shown(engine.url)
    if VERSION_TABLE not in tables:
        ours = {"reports", "codings", "claims"}
        if tables if engine.dialect.name == "sqlite" else tables & ours:
            raise StoreError(f"{shown}: a database of another program; choose another one")
        return None
    version: str | None = connection.execute(
        sa.text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608  (our constant)
    ).scalar_one_or_none()
    if version is not None and version not in known:
        raise StoreError(
            f"{shown}: written by a newer dateline (schema {version}, this one knows "
            f"{known[-1]}); update dateline"
        )
    return version


def _upgrade(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection, "version_table": VERSION_TABLE})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")


def _shown(url: sa.URL) -> str:
    if url.get_backend_name() == "sqlite":
        return url.database or "SQLite in memory"
    return url.render_as_string(hide_password=True)


def _one_line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split())
