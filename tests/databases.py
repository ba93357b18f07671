"""Both databases a store may be, for the tests that must hold on each.

A test takes part by asking for `url` or `store`. Its module gets a PostgreSQL server of its own,
owned by a user without rights and gone afterwards.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline.store import open_store
from dateline.store.database import Store


def _postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    given_url = os.environ.get("DATELINE_TEST_POSTGRES")
    if given_url:
        yield given_url
        return
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("no PostgreSQL here: install it, or set DATELINE_TEST_POSTGRES to a URL")
    pytest.importorskip("psycopg", reason="the postgres extra is not installed")
    # PostgreSQL refuses to run as root; a socket's path must stay short.
    user = {"user": "nobody"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    if user:
        shutil.chown(folder, "nobody")

    def call(*command: str) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **user)

    try:
        cluster = str(folder / "data")
        call(f"{programs}/initdb", "-D", cluster, "-U", "tester", "-A", "trust", "-E", "UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        log = str(folder / "log")
        call(f"{programs}/pg_ctl", "-D", cluster, "-o", options, "-l", log, "-w", "start")
        try:
            yield f"postgresql+psycopg://tester@/postgres?host={folder}"
        finally:
            call(f"{programs}/pg_ctl", "-D", cluster, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


NUMBERS = count(1)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request, tmp_path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'dateline.db'}"
        return
    server = sa.make_url(request.getfixturevalue("postgres"))
    name = f"dateline_test_{os.getpid()}_{next(NUMBERS)}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


@pytest.fixture
def store(url) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened
