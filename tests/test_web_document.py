"""The OpenAPI document of the explorer, and whether the server keeps to it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient
from tests.explorer import BOOK, HERE, OURS, client_of

from dateline.store.token_secrets import NAME, check_name, issue_token
from dateline.web.access import make_policy
from dateline.web.app import make_app

ROOT = Path(__file__).parent.parent
OPEN = {("post", "/api/session"), ("delete", "/api/session"), ("get", "/api/meta")}


@pytest.fixture
def client(empty_store):
    return client_of(empty_store)


@pytest.fixture(scope="module")
def idle(idle_store):
    return client_of(idle_store)


@pytest.fixture(scope="module")
def document(idle):
    return document_of(idle)


@pytest.fixture
def secret(empty_store):
    return issue_token(empty_store.token_index(), "keeper", "admin")


def document_of(client):
    return client.get("/api/openapi.json").json()


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def test_schemathesis_finds_nothing_on_any_operation():
    """All phases and all checks, with few examples; `make fuzz` tries many more.

    No check is switched off. The record has an admin's token, since the first token made would
    shut everybody else out; the pace of writes is not limited, since a 429 would hide the answer;
    reports are read by the lexicon, and the process cannot connect to anything.
    """
    command = [sys.executable, "-m", "tests.fuzzing", "--max-examples", "3", "--seed", "1",
               "--generation-deterministic", "--continue-on-failure"]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = done.stdout
    assert done.returncode == 0, said + done.stderr
    assert "Traceback" not in done.stderr
    assert re.search(r"Operations: +33 selected / 33 total", said)
    for phase in ("Examples", "Coverage", "Fuzzing", "Stateful"):
        assert re.search(rf"✅ +{phase}$", said, re.MULTILINE), said
    assert "Authentication failed" not in said


def test_the_document_is_openapi_3_1_and_describes_each_operation(document):
    assert document["openapi"].startswith("3.1")
    names = [operation["operationId"] for *_, operation in operations(document)]
    assert len(set(names)) == len(names)
    assert "HTTPValidationError" not in json.dumps(document)
    for method, path, operation in operations(document):
        assert operation.get("description") or operation.get("summary"), f"{method} {path}"


def test_each_refusal_is_a_problem_document_with_an_example_that_is_one(document):
    problem = jsonschema_rs.validator_for(document["components"]["schemas"]["Problem"])
    for method, path, operation in operations(document):
        refused = {int(status): one for status, one in operation["responses"].items()
                   if int(status) >= 400}  # fmt: skip
        assert {403, 421, 500, 503} <= set(refused), f"{method} {path}"
        assert (401 in refused) == ((method, path) != ("get", "/api/meta")
                                    and (method, path) != ("delete", "/api/session"))  # fmt: skip
        assert ({408, 413, 415, 429} <= set(refused)) == (method != "get"), f"{method} {path}"
        for status, response in refused.items():
            assert list(response["content"]) == ["application/problem+json"]
            example = response["content"]["application/problem+json"]["example"]
            assert problem.is_valid(example), example
            assert example["status"] == status
            assert "{" not in example["instance"] + example["detail"]


def test_whatever_is_sent_has_an_example_that_fits(document):
    for name in ("NewJudgement", "NewCorrection", "NewReview", "NewText", "NewAddress", "NewToken"):
        form = document["components"]["schemas"][name]
        example = {key: one["examples"][0] for key, one in form["properties"].items()
                   if "examples" in one}  # fmt: skip
        if "verdict" in form["properties"]:
            example["verdict"] = "same"
        if "state" in form["properties"]:
            example["state"] = "reviewed"
        assert jsonschema_rs.is_valid(form, example), name


def test_with_tokens_an_operation_needs_one_and_without_a_change_needs_a_name(client, empty_store):
    before = document_of(client)
    assert {} in before["security"]
    assert "by" in before["components"]["schemas"]["NewJudgement"]["required"]
    issue_token(empty_store.token_index(), "keeper", "admin")
    after = document_of(client)
    assert {} not in after["security"]
    assert "by" not in after["components"]["schemas"]["NewJudgement"]["required"]
    free = {(method, path) for method, path, one in operations(after)
            if "security" in one and (not one["security"] or {} in one["security"])}  # fmt: skip
    assert free == OPEN


@pytest.mark.parametrize(
    ("path", "by", "status"),
    [
        ("/api/judgements/j_1/undo", "amina", 404),
        ("/api/judgements/j_1/undo", "Amina  K.", 404),
        ("/api/judgements/j_1/undo", "x" * 61, 422),
        ("/api/judgements/j_1/undo", " amina", 422),
        ("/api/judgements/j_1/undo", "zero\u200bwidth", 422),
        ("/api/judgements/j_1/undo", None, 422),
        ("/api/incidents/i_1/review", None, 422),
    ],
)
def test_names_are_refused_as_the_document_says(idle, document, path, by, status):
    """By the pattern in the document, and not by a rule that only the server knows."""
    sent = {"by": by, "state": "open"} if "review" in path else {"by": by}
    answer = idle.post(path, json=sent, headers=OURS)
    assert answer.status_code == status
    if by is not None and len(by) <= 60 and status == 422:
        assert answer.json()["detail"].startswith("by: a name begins and ends with")
    schema = document["components"]["schemas"]["Sent"]
    assert jsonschema_rs.is_valid(schema, {"by": by}) == (status == 404)


@pytest.mark.parametrize("name", ["amina", "Amina K.", "أمينة", "Ana Mª Núñez", "𞤀𞤣𞤤𞤢𞤥", "李"])
def test_a_name_in_any_script_fits_the_pattern(name):
    assert jsonschema_rs.is_valid({"type": "string", "pattern": NAME}, name)
    check_name(name)


@pytest.mark.parametrize(
    ("form", "fits"),
    [
        ({"text": "A bomb."}, True),
        ({"url": "https://news.example/1"}, True),
        ({"url": "HTTP://news.example/1"}, True),
        ({"text": "A bomb.", "published": "2021-07-05T14:45:00+03:00"}, True),
        ({}, False),
        ({"text": "A bomb.", "url": "https://news.example/1"}, False),
        ({"text": ""}, False),
        ({"url": "file:///etc/passwd"}, False),
        ({"url": "/etc/passwd"}, False),
        ({"url": "http://a b/"}, False),
        ({"text": "A bomb.", "published": "Monday"}, False),
        ({"text": "A bomb.", "published": "2021-07-05 14:45"}, False),
        ({"text": "A bomb.", "published": "2021-02-30"}, False),
        ({"text": "A bomb.", "title": "NUL \x00"}, False),
    ],
)
def test_a_report_comes_by_text_or_address_as_the_document_says(idle, document, form, fits):
    body = document["paths"]["/api/reports"]["post"]["requestBody"]["content"]["application/json"]
    schema = body["schema"] | {"components": document["components"]}
    sent = {"by": "amina"} | form
    assert jsonschema_rs.is_valid(schema, sent, validate_formats=True) == fits
    if not fits:
        answer = idle.post("/api/reports", json=sent, headers=OURS)
        assert answer.status_code == 422
        named = {error["parameter"] for error in answer.json()["errors"]}
        assert named <= {"text", "url", "published", "title"}


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/api/meta", "GET, HEAD"),
        ("TRACE", "/api/tokens/amina", "DELETE"),
        ("PATCH", "/api/tokens", "GET, HEAD, POST"),
        ("GET", "/api/session", "POST, DELETE"),
        ("DELETE", "/api/incidents/i_1", "GET, HEAD"),
        ("QUERY", "/api/incidents", "GET, HEAD"),
        ("POST", "/reports", "GET, HEAD"),
    ],
)
def test_a_method_that_a_path_does_not_know_is_refused_with_those_it_does(
    idle, method, path, allowed
):
    answer = idle.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    assert answer.headers["content-type"] == "application/problem+json"
    asked = idle.request("OPTIONS", path)
    assert (asked.status_code, asked.headers["allow"]) == (204, allowed)


def test_head_gives_the_headers_of_get_and_no_body(idle):
    got, head = idle.get("/api/codebook"), idle.head("/api/codebook")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    assert idle.head("/api/reports/none").status_code == 404


def test_a_fault_of_the_server_is_a_problem_that_tells_nothing_of_it(empty_store, monkeypatch):
    app = make_app(empty_store, BOOK)
    client = TestClient(app, base_url=HERE, raise_server_exceptions=False)
    monkeypatch.setattr(app.state.explorer, "columns", lambda: 1 / 0)
    answer = client.get("/api/incidents")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "division" not in answer.text
    shown = document_of(client)["paths"]["/api/incidents"]["get"]["responses"]["500"]["content"]
    assert answer.json() == shown["application/problem+json"]["example"]


def test_what_an_example_says_is_what_the_server_says(client, empty_store, secret):
    """Title and detail, for refusals that anybody can provoke."""
    document = document_of(client)
    shown = {"Authorization": f"Bearer {secret}"}
    calls = [
        ("get", "/api/codebook", 401, {}),
        ("post", "/api/session", 401, {"json": {"token": "guess"}, "headers": OURS}),
        ("post", "/api/session", 415, {"content": b"{}", "headers": OURS}),
        ("get", "/api/incidents/{name}", 404, {"headers": shown}),
        ("get", "/api/actors/{key}", 404, {"headers": shown}),
        ("get", "/api/incidents", 404, {"params": {"cursor": "x"}, "headers": shown}),
        ("get", "/api/meta", 421, {"headers": {"Host": "other.example"}}),
        ("delete", "/api/tokens/{name}", 404, {"headers": OURS | shown}),
        ("post", "/api/tokens", 422, {"json": {"role": "admin"}, "headers": OURS | shown}),
    ]
    for method, path, status, sent in calls:
        responses = document["paths"][path][method]["responses"]
        example = responses[str(status)]["content"]["application/problem+json"]["example"]
        answer = client.request(method, example["instance"], **sent)
        assert answer.status_code == status, path
        said = answer.json()
        assert (said["status"], said["title"]) == (status, example["title"]), path
        if status != 422:
            assert said["detail"] == example["detail"], path


def test_nobody_ends_the_token_that_lets_them_in(empty_store, secret):
    index = empty_store.token_index()
    issue_token(index, "second", "admin")
    client = TestClient(make_app(empty_store, BOOK, policy=make_policy(empty_store)), base_url=HERE)
    headers = OURS | {"Authorization": f"Bearer {secret}"}
    answer = client.delete("/api/tokens/keeper", headers=headers)
    assert (answer.status_code, answer.json()["title"]) == (409, "Your own token")
    assert client.delete("/api/tokens/second", headers=headers).status_code == 204
