import json

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from tests.explorer import HERE, OURS
from typer.testing import CliRunner

from dateline.cli import app as command_line
from dateline.errors import ConfigError
from dateline.store.token_secrets import check_name, find_token, hash_of, issue_token
from dateline.web.access import Coder, Guard, author_of, make_policy
from dateline.web.access_routes import router
from dateline.web.headers import SecurityHeaders, content_policy, origin_of
from dateline.web.limits import Buckets
from dateline.web.problems import tell_problems
from dateline.web.sessions import LASTS, Sessions

ANYWHERE = "0.0.0.0"  # noqa: S104  (a policy is made, nothing listens)


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def store(empty_store):
    return empty_store


def served(policy):
    """The guard before the smallest API there is: one page, one thing to read, one to write."""
    app = FastAPI()
    app.state.policy = policy
    app.include_router(router, prefix="/api")
    tell_problems(app)

    @app.get("/")
    def page():
        return "page"

    @app.get("/api/incidents")
    def read(request: Request):
        return {"name": request.state.visitor.name, "role": request.state.visitor.role}

    @app.post("/api/judgements")
    def write(form: dict, visitor: Coder):
        return {"by": author_of(visitor, form.get("by")), "length": len(str(form))}

    app.add_middleware(Guard, policy=policy)
    app.add_middleware(SecurityHeaders, tiles="https://tiles.example.org/{z}/{x}/{y}.png")
    return TestClient(app, base_url=HERE)


@pytest.fixture
def client(store):
    return served(make_policy(store))


def problem(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    form = answer.json()
    assert form["status"] == answer.status_code
    assert form["instance"].startswith("/")
    return answer.status_code, form["title"]


def test_on_loopback_without_tokens_whoever_sits_there_is_admin(client):
    assert client.get("/api/incidents").json() == {"name": None, "role": "admin"}
    answer = client.post("/api/judgements", json={"by": " Amina  K "}, headers=OURS)
    assert answer.json()["by"] == "Amina K"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost:8765", 200),
        ("LOCALHOST", 200),
        ("[::1]:8765", 200),
        ("127.8.8.8", 200),
        ("evil.example.com", 421),
        ("127.0.0.1.evil.example.com", 421),
        ("localhost.evil.example.com:8765", 421),
        ("192.168.1.5:8765", 421),
        ("", 421),
    ],
)
def test_a_name_that_was_made_to_point_here_is_refused(client, host, status):
    assert client.get("/", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Dateline": "1"}, 200),
        ({"X-Dateline": "1", "Origin": HERE}, 200),
        ({"X-Dateline": "1", "Sec-Fetch-Site": "same-origin"}, 200),
        ({}, 403),
        ({"X-Dateline": "0"}, 403),
        ({"X-Dateline": "1", "Origin": "https://evil.example.com"}, 403),
        ({"X-Dateline": "1", "Origin": "null"}, 403),
        ({"X-Dateline": "1", "Origin": "http://127.0.0.1:9999"}, 403),
        ({"X-Dateline": "1", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"X-Dateline": "1", "Sec-Fetch-Site": "same-site"}, 403),
        ({"X-Dateline": "1", "X-Forwarded-For": "203.0.113.9"}, 403),
    ],
)
def test_a_write_comes_from_the_explorers_own_page(client, headers, status):
    answer = client.post("/api/judgements", json={"by": "amina"}, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("text/plain", b'{"by": "a"}', (415, "Not JSON")),
        ("application/x-www-form-urlencoded", b"by=a", (415, "Not JSON")),
        ("multipart/form-data; boundary=x", b"--x--", (415, "Not JSON")),
        ("", b"{}", (415, "Not JSON")),
        ("application/json", b'{"by": ', (422, "Not understood")),
        ("application/json", b"[" * 100_000, (400, "Bad request")),
        ("application/json", b'{"a":' * 50_000 + b"1" + b"}" * 50_000, (400, "Bad request")),
        ("application/json", b"\xff\xfe", (422, "Not understood")),
        ("application/json", b'{"by": "x' + b"y" * 10_000_000 + b'"}', (413, "Too large")),
    ],
)
def test_a_body_that_is_no_small_json_is_refused(client, kind, body, expected):
    headers = OURS | {"Content-Type": kind}
    assert problem(client.post("/api/judgements", content=body, headers=headers)) == expected


def test_a_body_sent_in_chunks_is_bounded_too(client):
    chunks = (b"x" * 100_000 for _ in range(100))
    headers = OURS | {"Content-Type": "application/json"}
    answer = client.post("/api/judgements", content=chunks, headers=headers)
    assert problem(answer) == (413, "Too large")


@pytest.mark.parametrize(
    "by", ["", "   ", None, "x" * 61, "a\u202eb", "zero\u200bwidth", "bell\x07"]
)
def test_a_change_is_recorded_under_a_name_that_can_be_read(client, by):
    answer = client.post("/api/judgements", json={"by": by}, headers=OURS)
    assert problem(answer) == (422, "Name needed")
    assert answer.json()["errors"][0]["parameter"] == "by"


def test_a_read_only_server_refuses_every_write_but_lets_in(store):
    secret = issue_token(store.token_index(), "amina", "admin")
    client = served(make_policy(store, read_only=True))
    shown = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/incidents", headers=shown).status_code == 200
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = client.request(method, "/api/judgements", json={}, headers=OURS | shown)
        assert problem(answer) == (403, "Read-only")
    assert client.post("/api/session", json={"token": secret}, headers=OURS).status_code == 200
    assert client.get("/api/incidents").json()["name"] == "amina"


@pytest.mark.parametrize(
    ("role", "reading", "writing", "managing"),
    [("viewer", 200, 403, 403), ("coder", 200, 200, 403), ("admin", 200, 200, 200)],
)
def test_each_role_may_what_it_may(store, role, reading, writing, managing):
    secret = issue_token(store.token_index(), "amina", role)
    client = served(make_policy(store))
    headers = OURS | {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/incidents", headers=headers).status_code == reading
    answer = client.post("/api/judgements", json={"by": "somebody else"}, headers=headers)
    assert answer.status_code == writing
    if writing == 200:
        assert answer.json()["by"] == "amina"
    assert client.get("/api/tokens", headers=headers).status_code == managing


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer dateline_wrong", "Basic YTpi", b"Bearer \xed\xa0\x80"],
)
def test_once_a_token_exists_nobody_comes_in_without_one(store, header):
    issue_token(store.token_index(), "amina", "coder")
    client = served(make_policy(store))
    headers = {"Authorization": header} if header else {}
    answer = client.get("/api/incidents", headers=headers)
    assert problem(answer) == (401, "Token needed")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert client.get("/").status_code == 200


def test_a_session_lasts_until_it_is_left_the_token_revoked_or_its_time_over(store):
    clock = Clock()
    index = store.token_index()
    secret = issue_token(index, "amina", "coder")
    policy = make_policy(store)
    policy.sessions.__init__(clock)
    client = served(policy)

    def enter():
        answer = client.post("/api/session", json={"token": secret}, headers=OURS)
        assert answer.json() == {"name": "amina", "role": "coder"}
        return answer.headers["set-cookie"]

    cookie = enter()
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/"))
    assert secret not in cookie
    assert client.get("/api/incidents").status_code == 200
    assert client.delete("/api/session", headers=OURS).status_code == 204
    assert client.get("/api/incidents").status_code == 401
    enter()
    clock.now += LASTS
    assert client.get("/api/incidents").status_code == 401
    enter()
    assert index.revoke("amina", "2021-07-06T08:00:00+00:00")
    assert client.get("/api/incidents").status_code == 401


def test_the_cookie_alone_does_not_let_another_site_write(store):
    secret = issue_token(store.token_index(), "amina", "coder")
    client = served(make_policy(store))
    client.post("/api/session", json={"token": secret}, headers=OURS)
    answer = client.post("/api/judgements", json={"by": "x"})
    assert problem(answer) == (403, "Not from this page")


def test_a_wrong_token_opens_no_session(store):
    issue_token(store.token_index(), "amina", "coder")
    client = served(make_policy(store))
    answer = client.post("/api/session", json={"token": "dateline_guess"}, headers=OURS)
    assert problem(answer) == (401, "Token not known")
    assert "set-cookie" not in answer.headers


def test_an_admin_makes_and_ends_tokens_but_not_the_last_admins(client, store):
    first = client.post("/api/tokens", json={"name": "bo", "role": "coder"}, headers=OURS)
    assert problem(first) == (409, "No admin yet")
    made = client.post("/api/tokens", json={"name": "amina", "role": "admin"}, headers=OURS)
    secret = made.json()["token"]
    assert made.status_code == 201
    assert client.get("/api/tokens").status_code == 401
    headers = OURS | {"Authorization": f"Bearer {secret}"}
    client.post("/api/tokens", json={"name": "bo", "role": "coder"}, headers=headers)
    again = client.post("/api/tokens", json={"name": "bo", "role": "coder"}, headers=headers)
    assert problem(again) == (409, "Token not made")
    listed = client.get("/api/tokens", headers=headers)
    assert [(t["name"], t["role"]) for t in listed.json()["items"]] == [
        ("amina", "admin"),
        ("bo", "coder"),
    ]
    assert secret not in listed.text
    assert hash_of(secret) not in listed.text
    assert problem(client.delete("/api/tokens/amina", headers=headers)) == (409, "The last admin")
    assert client.delete("/api/tokens/bo", headers=headers).status_code == 204
    assert problem(client.delete("/api/tokens/bo", headers=headers)) == (404, "No such token")


def test_one_client_may_write_so_often_and_is_told_when_again(store):
    clock = Clock()
    policy = make_policy(store)
    policy.buckets.__init__(burst=3, per_second=0.5, clock=clock)
    client = served(policy)

    def write():
        return client.post("/api/judgements", json={"by": "amina"}, headers=OURS)

    assert [write().status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = write()
    assert problem(answer) == (429, "Too many changes")
    assert answer.headers["retry-after"] == "3"
    assert client.get("/api/incidents").status_code == 200
    clock.now += 2
    assert write().status_code == 200
    assert write().status_code == 429


@given(st.lists(st.floats(0, 30), max_size=60), st.integers(1, 10), st.floats(0.1, 5))
def test_a_bucket_never_gives_more_than_its_burst_and_its_pace(waits, burst, pace):
    clock = Clock()
    buckets = Buckets(burst, pace, clock)
    granted = 0
    for wait in waits:
        clock.now += wait
        granted += buckets.take("a") == 0
        assert granted <= burst + pace * (clock.now - 1000) + 1e-6
    assert buckets.take("b") == 0


def test_sessions_forget_the_oldest_first_and_know_no_guess():
    sessions = Sessions(Clock())
    names = [sessions.open(f"hash {n}") for n in range(10_001)]
    assert sessions.find(names[0]) is None
    assert sessions.find(names[-1]) == "hash 10000"
    assert sessions.find("") is None
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("host", [ANYWHERE, "::", "192.168.1.5", "explorer.example.org"])
def test_beyond_this_machine_nothing_is_served_without_a_token(store, host):
    with pytest.raises(ConfigError) as error:
        make_policy(store, host)
    assert "\n" not in str(error.value)
    assert "dateline token create" in str(error.value)
    secret = issue_token(store.token_index(), "amina", "viewer")
    assert make_policy(store, host).needs_token()
    store.token_index().revoke("amina", "2021-07-06T08:00:00+00:00")
    assert find_token(store.token_index(), secret) is None
    with pytest.raises(ConfigError):
        make_policy(store, host)


def test_a_server_open_to_others_stays_closed_when_the_last_token_ends(store):
    issue_token(store.token_index(), "amina", "viewer")
    client = served(make_policy(store, ANYWHERE, names=["Explorer.example.org"]))
    store.token_index().revoke("amina", "2021-07-06T08:00:00+00:00")
    assert client.get("/api/incidents").status_code == 401


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("explorer.example.org", 200),
        ("EXPLORER.example.org:443", 200),
        ("192.168.1.5:8765", 200),
        ("[2001:db8::5]:8765", 200),
        ("other.example.org", 421),
    ],
)
def test_a_server_open_to_others_answers_to_its_names_and_to_addresses(store, host, status):
    issue_token(store.token_index(), "amina", "viewer")
    client = served(make_policy(store, ANYWHERE, names=["Explorer.example.org"]))
    assert client.get("/", headers={"Host": host}).status_code == status


def test_the_store_keeps_a_hash_only(store, tmp_path):
    secret = issue_token(store.token_index(), "amina", "viewer")
    kept = store.token_index().all()
    assert [token.hash for token in kept] == [hash_of(secret)]
    assert len(secret) >= 43
    for file in tmp_path.iterdir():
        assert secret.encode() not in file.read_bytes()


@pytest.mark.parametrize("name", ["", " ", "a ", "x" * 61, "a\nb", "a\u202eb", "\u200f", "a\x00"])
def test_a_name_that_misleads_gets_no_token(name):
    with pytest.raises(ConfigError):
        check_name(name)


@pytest.mark.parametrize("name", ["amina", "Amina K.", "أمينة", "Ana Mª Núñez"])
def test_a_name_in_any_script_may_have_one(name):
    check_name(name)


def test_every_answer_tells_the_browser_to_run_nothing_foreign(client):
    for answer in (
        client.get("/"),
        client.get("/api/incidents"),
        client.get("/", headers={"Host": "evil.example.com"}),
        client.get("/nothing"),
    ):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "https://tiles.example.org" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert client.get("/api/incidents").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org"),
        ("http://127.0.0.1:8080/{z}/{x}/{y}", "http://127.0.0.1:8080"),
        ("https://{s}.tiles.example.org/{z}", "https://*.tiles.example.org"),
    ],
)
def test_a_map_server_is_named_by_its_origin(url, origin):
    assert origin_of(url) == origin
    assert f"connect-src 'self' {origin}" in content_policy(url)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "tiles/{z}", "https://a;script-src *", "https://a b/", "https:///x",
     "https://*/{z}", "https://user@host/"],
)  # fmt: skip
def test_what_is_no_map_server_gets_into_no_header(url):
    with pytest.raises(ValueError, match="not the address of a map server"):
        origin_of(url)


def test_tokens_are_made_listed_and_ended_on_the_command_line(tmp_path):
    run = CliRunner()
    store = ["--db", str(tmp_path / "d.db")]

    def call(*arguments):
        return run.invoke(command_line, [*store, "token", *arguments])

    made = call("create", "amina", "--role", "coder")
    assert made.exit_code == 0
    secret = made.stdout.strip()
    assert secret.startswith("dateline_")
    listed = call("list").stdout
    assert "amina" in listed
    assert "1 token in force" in listed
    assert secret not in listed
    assert isinstance(call("create", "amina").exception, ConfigError)
    assert call("revoke", "amina").stdout == "amina may no longer come in\n"
    assert isinstance(call("revoke", "amina").exception, ConfigError)
    assert "0 tokens in force" in call("list").stdout


def test_a_refusal_is_one_document_whatever_was_asked(client):
    answer = client.get("/api/nothing")
    assert problem(answer) == (404, "Not found")
    assert set(json.loads(answer.text)) == {"type", "title", "status", "detail", "instance"}
