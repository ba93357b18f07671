"""The app as a whole: its pages, its headers, and what lies on the edge of what may be asked."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.cli import main
from dateline.cli.serving import address_of, listen
from dateline.codebook import load_codebook
from dateline.errors import ConfigError
from dateline.store import open_store
from dateline.web.access import make_policy
from dateline.web.app import make_app

ROOT = Path(__file__).parent.parent
BOOK = load_codebook()
HOME = "http://127.0.0.1:8765"
WRITE = {"X-Dateline": "1"}


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A store of the example reports, coded and linked."""
    path = tmp_path_factory.mktemp("web") / "s.db"
    with pytest.raises(SystemExit) as done:
        main(["--db", str(path), "add", str(ROOT / "examples" / "reports")])
    assert done.value.code == 0
    return path


@pytest.fixture(scope="module")
def static(tmp_path_factory):
    """What a build of the front end leaves, in small."""
    folder = tmp_path_factory.mktemp("static")
    (folder / "assets").mkdir()
    (folder / "index.html").write_text("<!doctype html><title>dateline</title>", encoding="utf-8")
    (folder / "assets" / "index-3f2a.js").write_text("export {}", encoding="utf-8")
    (folder / "icon.svg").write_text("<svg/>", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def app(database, static):
    with open_store(database) as store:
        yield make_app(store, BOOK, static=static)


@pytest.fixture
def client(app):
    return TestClient(app, base_url=HOME, raise_server_exceptions=False)


@pytest.mark.parametrize(
    "path",
    ["/", "/incidents/i_1", "/reports", "/reports/r%2F1", "/review", "/actors/name:x", "/tallies"],
)
def test_a_page_of_the_front_end_opens_by_its_address(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "no-cache" in answer.headers["cache-control"]
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_built_files_may_be_kept_for_ever_and_others_are_checked(client):
    assert "immutable" in client.get("/assets/index-3f2a.js").headers["cache-control"]
    assert client.get("/icon.svg").status_code == 200
    assert client.get("/assets/index-none.js").status_code == 404


@pytest.mark.parametrize("path", ["/nowhere", "/maps/iraq"])
def test_a_wrong_address_is_a_page_for_readers_and_a_problem_for_programs(client, path):
    page = client.get(path, headers={"Accept": "text/html,*/*"})
    assert (page.status_code, page.text) == (404, client.get("/").text)
    assert client.get(path).headers["content-type"] == "application/problem+json"
    api = client.get(f"/api{path}", headers={"Accept": "text/html,*/*"})
    assert api.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/..%2fs.db", "/assets/../../s.db", "/assets/%2e%2e/index.html"])
def test_no_file_outside_the_built_ones_is_given_away(client, path):
    assert client.get(path).status_code == 404


def test_without_the_built_pages_the_api_answers_and_says_so(database, tmp_path):
    with open_store(database) as store:
        client = TestClient(make_app(store, BOOK, static=tmp_path / "none"), base_url=HOME)
        assert "not built" in client.get("/").text
        assert client.get("/api/meta").status_code == 200


def test_meta_tells_who_asks_and_how_much_is_on_record(client):
    meta = client.get("/api/meta").json()
    assert meta["counts"]["reports"] == 16
    listed = client.get("/api/incidents?background=1").json()["total"]
    assert meta["counts"]["incidents"] == listed > 10
    assert (meta["role"], meta["name"], meta["needs_token"]) == ("admin", None, False)
    assert meta["rules"][0] == "latest"
    assert meta["preparing"] == 0


def test_meta_tells_strangers_nothing_of_the_record(database):
    with open_store(database) as store:
        policy = make_policy(store, read_only=True)
        client = TestClient(make_app(store, BOOK, policy=policy), base_url=HOME)
        assert client.get("/api/meta").json()["read_only"] is True


def test_the_codebook_names_every_list_that_filters_choose_from(client):
    form = client.get("/api/codebook").json()
    assert {"event_types", "weapons", "target_types", "countries", "grades"} <= set(form)
    types = {term["id"]: term for term in form["event_types"]}
    assert types["rocket_attack"]["parent"] == "shelling_rocket_missile"
    assert form["claim_statuses"][0]["id"] == "claimed"


def test_the_codebook_says_what_numbers_of_other_schemes_stand_for(client):
    form = client.get("/api/codebook").json()
    assert {"id": "3", "label": "Bombing/Explosion", "definition": None, "parent": None} in form[
        "gtd_attacks"
    ]
    assert {"1": "state-based", "2": "non-state"}.items() <= {
        term["id"]: term["label"] for term in form["ucdp_types"]
    }.items()


def test_the_codebook_says_what_each_rule_does(client):
    rules = client.get("/api/codebook").json()["rules"]
    assert [rule["id"] for rule in rules] == client.get("/api/meta").json()["rules"]
    assert all(rule["label"] != rule["id"] and rule["definition"] for rule in rules)


def test_a_method_that_a_path_does_not_know_is_a_problem(client):
    answer = client.request("PUT", "/api/meta", headers=WRITE, json={})
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_large_answer_is_packed(client):
    packed = client.get("/api/codebook", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    small = client.get("/api/meta", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in small.headers


@pytest.mark.parametrize("tiles", ["javascript:alert(1)", "//tiles.example.org", "https://a b/"])
def test_tiles_come_from_a_web_server_or_not_at_all(database, tiles):
    with open_store(database) as store, pytest.raises(ConfigError, match="not the address"):
        make_app(store, BOOK, tiles=tiles)


def test_tiles_are_named_in_the_policy_and_to_the_page(database, static):
    with open_store(database) as store:
        app = make_app(
            store, BOOK, tiles="https://tiles.example.org/{z}/{x}/{y}.png", static=static
        )
        client = TestClient(app, base_url=HOME)
        policy = client.get("/").headers["content-security-policy"]
        assert "connect-src 'self' https://tiles.example.org;" in policy
        assert client.get("/api/meta").json()["tiles"].startswith("https://tiles.example.org/")


def test_a_port_that_is_taken_is_told_in_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"127.0.0.1 port {port}: .*--port"):
            listen("127.0.0.1", port)


def test_no_answer_waits_for_the_one_before():
    """Asyncio turns Nagle's waiting off for sockets that say they are TCP, and no others."""
    with listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


@pytest.mark.parametrize(
    ("host", "address"), [("127.0.0.1", "http://127.0.0.1:1/"), ("::1", "http://[::1]:1/")]
)
def test_the_address_can_be_opened_as_it_is_printed(host, address):
    assert address_of(host, 1) == address


def test_whether_memory_can_be_given_back_is_told_and_nothing_breaks():
    """In a process of its own: it holds for as long as the process lives."""
    said = subprocess.run(
        [sys.executable, "-c", "from dateline.web.memory import hold_little; print(hold_little())"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() in {"True", "False"}


# What the forms show


def test_every_form_of_incidents_has_an_example(client):
    schemas = client.get("/api/openapi.json").json()["components"]["schemas"]
    for name in ("Card", "MarkForm", "BinForm", "FacetForm", "MetaForm"):
        shown = [part for part in schemas[name]["properties"].values() if "examples" in part]
        assert len(shown) >= len(schemas[name]["properties"]) // 3, name


# Everything the document allows


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/incidents?from=0001-01-01&to=9999-12-31", 200),
        ("/api/incidents?killed_min=1000000000", 200),
        ("/api/incidents?killed_min=1000000001", 422),
        ("/api/incidents?killed_min=-1", 422),
        ("/api/incidents?limit=200&sort=-sources", 200),
        (f"/api/incidents?q={'x' * 200}", 200),
        (f"/api/incidents?q={'x' * 201}", 422),
        ("/api/incidents?q=%00%F0%9F%92%A5", 200),
        ("/api/incidents?publisher=", 422),
        ("/api/incidents?actor=name:", 200),
        ("/api/incidents/map?zoom=0&bbox=-180,-90,180,90", 200),
        ("/api/incidents/map?zoom=22&bbox=-999,-999,999,999", 200),
        ("/api/incidents/map?zoom=nan", 422),
        ("/api/incidents/map?zoom=22.1", 422),
        ("/api/incidents/i_%00", 422),
        (f"/api/incidents/{'i' * 80}", 404),
        (f"/api/incidents/{'i' * 81}", 422),
        ("/api/incidents/i_1?as_of=9999-12-31", 404),
        ("/api/export?form=geojson&from=9999-12-31", 200),
        (f"/api/incidents?cursor={'W' * 200}", 404),
    ],
)
def test_what_lies_on_the_edge_is_answered_or_refused(client, path, status):
    assert client.get(path).status_code == status
