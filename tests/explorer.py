"""What tests of the explorer's API share: records of a few short reports, and asking for them."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.codebook import load_codebook
from dateline.extract.lexicon import extractor
from dateline.link import link
from dateline.model import Claim, Report, make_report
from dateline.overviews import refresh_overviews
from dateline.store import open_store
from dateline.store.database import Store
from dateline.web.app import make_app

BOOK = load_codebook()
HERE = "http://127.0.0.1:8765"
OURS = {"X-Dateline": "1"}


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("empty") / "d.db"
    open_store(file).close()
    return file


@pytest.fixture
def empty_store(tmp_path: Path, empty_file: Path) -> Iterator[Store]:
    """A store of the test's own, with nothing in it; a copy is quicker than a new one."""
    with open_store(shutil.copy(empty_file, tmp_path)) as store:
        yield store


@pytest.fixture(scope="module")
def idle_store(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Iterator[Store]:
    """One empty store for all tests of a module that change nothing, or must not."""
    with open_store(shutil.copy(empty_file, tmp_path_factory.mktemp("idle"))) as store:
        yield store


def record(
    file: Path,
    told: str,
    *,
    linked: str,
    change: Callable[[Report, list[Claim]], list[Claim]] | None = None,
) -> Path:
    """Make a record of reports told in lines of a day and a text; `change` may alter what is read.

    Each report has a publisher of its own and was read at noon of its day.
    """
    extract = extractor(BOOK)
    with open_store(file) as store:
        for line in told.strip().splitlines():
            day, _, text = line.partition(" ")
            report = make_report(text, published=day, publisher=f"Paper of {day}")
            claims = list(extract([report]))
            if change is not None:
                claims = change(report, claims)
            store.add(report, claims, origin="lexicon/2", made=f"{day}T12:00:00Z")
        link(store, BOOK, made=linked)
        assert list(refresh_overviews(store, BOOK))
    return file


def client_of(store: Store) -> TestClient:
    return TestClient(make_app(store, BOOK), base_url=HERE)


def get(client: TestClient, path: str, **query: object) -> Any:
    answer = client.get(f"/api{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def one_by_one(client: TestClient, path: str) -> Iterable[dict[str, Any]]:
    """Give the items of a list, one page after the other of one item each."""
    cursor: dict[str, str] = {}
    while True:
        page = get(client, path, limit=1, **cursor)
        yield from page["items"]
        if page["next"] is None:
            return
        cursor = {"cursor": page["next"]}
