import json
import threading
from contextlib import contextmanager

import pytest
from fastapi.testclient import TestClient
from tests.explorer import BOOK, HERE, OURS, client_of

from dateline.engine import apart
from dateline.sources import fetch
from dateline.sources.fetch import Fetcher
from dateline.store.token_secrets import issue_token
from dateline.web.access import make_policy
from dateline.web.app import make_app
from dateline.web.desk import MOST_WAITING

TEXT = """Rockets hit base in western Iraq

Three rockets hit Ain al-Asad air base in Iraq on Monday, killing two soldiers, police said.
There have been 45 attacks on US interests in Iraq since the beginning of the year.
Kataib Hezbollah was trained and financed by Iran."""


@pytest.fixture
def store(empty_store):
    return empty_store


def served(store):
    policy = make_policy(store)
    policy.buckets.__init__(burst=1000)
    return TestClient(make_app(store, BOOK, policy=policy), base_url=HERE)


@pytest.fixture
def client(store):
    return served(store)


@pytest.fixture(scope="module")
def idle(idle_store):
    return served(idle_store)


def add(client, **form):
    answer = client.post("/api/reports", json={"by": "amina"} | form, headers=OURS)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in answer.text.splitlines()]


def added(client, text=TEXT, **form):
    stages = add(client, text=text, published="2021-07-06", **form)
    assert stages[-1]["stage"] == "done", stages
    return stages[-1]["report"]


def test_a_pasted_text_is_read_stage_by_stage_and_then_on_record(client):
    stages = add(client, text=TEXT, published="2021-07-06", publisher="Tigris Wire")
    assert [stage["stage"] for stage in stages] == ["cleaned", "read", "linked", "done"]
    assert stages[0]["title"] == "Rockets hit base in western Iraq"
    assert stages[0]["characters"] == len(TEXT)
    assert stages[1]["events"] >= 3
    (incident,) = stages[2]["incidents"]
    listed = client.get("/api/incidents").json()
    assert [card["id"] for card in listed["items"]] == [incident]


def test_a_report_that_was_read_before_says_so_and_adds_nothing(client):
    report = added(client)
    stages = add(client, text=TEXT, published="2021-07-06")
    assert stages[-1] == {"stage": "known", "report": report}
    assert client.get("/api/reports").json()["total"] == 1


def test_who_brought_a_report_in_is_on_record(client, store):
    report = added(client)
    origins = {one.origin for one in store.trail().codings([report])}
    assert "human:amina" in origins
    assert len(origins) == 2


def test_one_report_shows_its_text_its_events_and_where_each_value_stands(client):
    form = client.get(f"/api/reports/{added(client)}").json()
    text = form["report"]["text"]
    kinds = {event["kind"] for event in form["events"]}
    assert {"incident", "tally", "tie"} <= kinds
    incident = next(event for event in form["events"] if event["kind"] == "incident")
    assert incident["incident"].startswith("i_")
    assert "2 killed" in incident["headline"]
    for span in form["spans"]:
        assert text[span["start"] : span["end"]] == span["quote"]
    starts = [span["start"] for span in form["spans"]]
    assert starts == sorted(starts)
    assert {span["event"] for span in form["spans"]} == {e["event"] for e in form["events"]}


def test_what_a_report_tells_as_background_is_marked(client):
    text = (
        "Rockets hit base\n\nThree rockets hit a base in Mosul on Monday. The attack comes a week "
        "after an air strike killed 12 fighters in Raqqa."
    )
    events = client.get(f"/api/reports/{added(client, text)}").json()["events"]
    assert {event["reported"] for event in events} == {True, False}


def test_reports_are_listed_newest_first_page_by_page_and_found_by_their_words(client):
    for number in range(5):
        added(client, f"{TEXT} Number {number}.", title=f"Título {number} año", publisher="Wire")
    first = client.get("/api/reports", params={"limit": 2}).json()
    assert [row["title"] for row in first["items"]] == ["Título 4 año", "Título 3 año"]
    assert first["total"] == 5
    assert first["items"][0]["events"] >= 3
    rest = client.get("/api/reports", params={"limit": 10, "cursor": first["next"]}).json()
    assert [row["title"] for row in rest["items"]] == [f"Título {n} año" for n in (2, 1, 0)]
    assert rest["next"] is None
    found = client.get("/api/reports", params={"q": "TITULO 3"}).json()
    assert [row["title"] for row in found["items"]] == ["Título 3 año"]
    in_text = client.get("/api/reports", params={"q": "soldier killing 3"}).json()
    assert [row["title"] for row in in_text["items"]] == ["Título 3 año"]
    assert client.get("/api/reports", params={"q": "nothing such"}).json()["items"] == []
    page = client.get("/api/reports", params={"q": "wire", "limit": 3}).json()
    after = client.get("/api/reports", params={"q": "wire", "cursor": page["next"]}).json()
    assert len(page["items"]) + len(after["items"]) == page["total"] == 5


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"text": TEXT, "url": "https://example.org/"},
        {"text": ""},
        {"text": TEXT, "published": "Monday"},
        {"text": TEXT, "unknown": 1},
        {"text": 5},
        {"url": "https://example.org/" + "x" * 3000},
        {"url": "file:///etc/passwd"},
        {"url": "/etc/passwd"},
        {"url": "http://"},
        {"text": TEXT, "by": "a\u202eb"},
        {"text": TEXT, "by": ""},
    ],
)
def test_a_form_that_is_not_understood_is_refused_before_anything_is_read(idle, form):
    answer = idle.post("/api/reports", json={"by": "amina"} | form, headers=OURS)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert idle.get("/api/reports").json()["total"] == 0


@pytest.mark.parametrize(
    ("form", "detail"),
    [
        ({"text": " \n \n"}, "nothing but page clutter"),
        ({"text": "a\x00b rockets hit Mosul"}, "NUL"),
        ({"url": "http://:80/"}, "only http and https"),
        ({"url": "http://127.0.0.1/"}, "not a public address"),
        ({"url": "http://localhost:8765/api/tokens"}, "not a public address"),
        ({"url": "http://169.254.169.254/latest/meta-data/"}, "not a public address"),
        ({"url": "http://[::1]/"}, "not a public address"),
        ({"url": "http://[::ffff:127.0.0.1]/"}, "not a public address"),
        ({"url": "http://2130706433/"}, "not a public address"),
        ({"url": "http://0x7f.1/"}, "not a public address"),
        ({"url": "http://10.0.0.8/"}, "not a public address"),
        ({"url": "http://0.0.0.0/"}, "not a public address"),
        ({"url": "http://user:secret@127.0.0.1/"}, "not a public address"),
    ],
)
def test_what_cannot_or_may_not_be_read_fails_with_one_line(idle, form, detail):
    stages = add(idle, **form)
    assert [stage["stage"] for stage in stages] == ["failed"]
    assert detail in stages[0]["detail"]
    assert "\n" not in stages[0]["detail"]
    assert "secret" not in stages[0]["detail"]
    assert idle.get("/api/reports").json()["total"] == 0


def test_a_redirect_that_leads_inward_is_not_followed(client, pages, monkeypatch):
    """The first host is made to look public; where it points to is not."""
    outside = f"http://127.0.0.1:{pages.server_port}"
    client.app.state.desk._fetcher = Fetcher(allow_addresses=["127.0.0.1"], pause=0)
    found = add(client, url=f"{outside}/inward")
    assert found[0]["stage"] == "failed"
    assert "169.254.169.254, which is not a public address" in found[0]["detail"]
    assert add(client, url=f"{outside}/to-file")[0]["detail"].startswith("only http and https")


def test_a_page_is_fetched_cleaned_and_read(client, pages):
    client.app.state.desk._fetcher = Fetcher(allow_addresses=["127.0.0.1"], pause=0)
    address = f"http://127.0.0.1:{pages.server_port}/page"
    stages = add(client, url=address, publisher="Wire", published="2021-07-06")
    assert [stage["stage"] for stage in stages] == ["cleaned", "read", "linked", "done"]
    form = client.get(f"/api/reports/{stages[-1]['report']}").json()["report"]
    assert (form["url"], form["publisher"], form["published"]) == (address, "Wire", "2021-07-06")
    assert "<script>" not in form["text"]


def test_hostile_text_comes_back_as_text_in_json_that_no_browser_renders(client):
    hostile = "<script>alert(1)</script> <svg onload=alert(1)> \u202eevil\u202c </title> \u2028 x"
    text = f"{TEXT} Witnesses wrote {hostile.replace(chr(0x2028), ' ')} on a wall in Mosul."
    report = added(client, text, title=f"Title {hostile}")
    answer = client.get(f"/api/reports/{report}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    form = answer.json()["report"]
    assert form["title"] == f"Title {hostile}"
    assert "<script>alert(1)</script> <svg onload=alert(1)>" in form["text"]


def test_lists_answer_while_a_report_is_being_read(client, monkeypatch):
    started, go_on = threading.Event(), threading.Event()

    @contextmanager
    def slow():
        started.set()
        assert go_on.wait(20)
        with apart() as call:
            yield call

    monkeypatch.setattr(client.app.state.desk, "_apart", slow)
    reading = threading.Thread(target=added, args=(client,))
    reading.start()
    assert started.wait(20)
    assert client.get("/api/incidents").status_code == 200
    assert client.get("/api/reports").json()["total"] == 0
    go_on.set()
    reading.join(20)
    assert client.get("/api/reports").json()["total"] == 1


def test_no_more_reports_wait_than_can_be_read_soon(client, monkeypatch):
    desk = client.app.state.desk
    monkeypatch.setattr(desk, "_waiting", MOST_WAITING)
    answer = client.post("/api/reports", json={"text": TEXT, "by": "amina"}, headers=OURS)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "10"


def test_a_report_whose_reading_breaks_says_so_and_the_next_is_read(client, monkeypatch):
    def broken():
        raise MemoryError

    monkeypatch.setattr(client.app.state.desk, "_apart", broken)
    assert add(client, text=TEXT)[-1] == {
        "stage": "failed",
        "detail": "the report could not be read",
    }
    monkeypatch.setattr(client.app.state.desk, "_apart", apart)
    assert added(client)


def test_a_viewer_adds_nothing(store):
    secret = issue_token(store.token_index(), "vera", "viewer")
    client = client_of(store)
    headers = OURS | {"Authorization": f"Bearer {secret}"}
    answer = client.post("/api/reports", json={"text": TEXT}, headers=headers)
    assert answer.status_code == 403
    assert client.get("/api/reports", headers=headers).status_code == 200


def test_a_report_that_is_not_there_is_not_found(idle):
    answer = idle.get("/api/reports/r_nothing")
    assert answer.status_code == 404
    assert answer.json()["title"] == "Not found"


@pytest.fixture
def pages(monkeypatch):
    from http.server import BaseHTTPRequestHandler, HTTPServer

    places = {"/inward": "http://169.254.169.254/latest/", "/to-file": "file:///etc/passwd"}
    article = TEXT.replace("\n\n", "</h1><p>").replace("\n", "</p><p>")
    page = f"<html><body><article><h1>{article}</p></article><script>x()</script></body></html>"

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path in places:
                self.send_response(302)
                self.send_header("Location", places[self.path])
                self.end_headers()
            elif self.path == "/page":
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page.encode())
            else:
                self.send_error(404)

        def log_message(self, *_):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    assert fetch.is_public.__name__ == "is_public"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_number_that_no_column_holds_breaks_no_list(client):
    number = "99999999999999999999999"
    added(client, f"A bomb in Mosul killed {number} people on Monday, police said.")
    listed = client.get("/api/incidents", params={"sort": "-killed"}).json()
    assert listed["items"][0]["killed"]["low"] > 10**18
    assert client.get("/api/incidents/timeline").status_code == 200
    assert client.get("/api/incidents/facets").status_code == 200
