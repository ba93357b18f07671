import shutil

import pytest
from fastapi.testclient import TestClient
from tests.explorer import BOOK, HERE, OURS, client_of, get, one_by_one, record

from dateline.store import open_store
from dateline.store.token_secrets import issue_token
from dateline.web.access import make_policy
from dateline.web.app import make_app

REPORTS = """
2021-07-06 Three rockets hit Ain al-Asad air base in Iraq on Monday, killing two soldiers.
2021-07-07 Rockets struck the Ain al-Asad air base in western Iraq on Monday. Officials said five \
soldiers were killed in the rocket attack.
2021-08-01 Gunmen of the Red Dawn Brigade killed three policemen in Kirkuk on Saturday.
2021-09-01 A drone strike killed a man somewhere last week.
"""


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    file = tmp_path_factory.mktemp("coded") / "d.db"
    return record(file, REPORTS, linked="2021-10-01T00:00:00+00:00")


@pytest.fixture
def store(tmp_path, coded):
    with open_store(shutil.copy(coded, tmp_path)) as opened:
        yield opened


@pytest.fixture
def client(store):
    return client_of(store)


def post(client, path, **form):
    answer = client.post(f"/api{path}", json={"by": "amina"} | form, headers=OURS)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(client, path, **form):
    answer = client.post(f"/api{path}", json={"by": "amina"} | form, headers=OURS)
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    assert "\n" not in answer.json()["detail"]
    return answer.status_code


def incident_at(client, place):
    cards = get(client, "/incidents")["items"]
    return next(card for card in cards if place in card["headline"])


def events_at(client, place):
    name = incident_at(client, place)["id"]
    return get(client, f"/incidents/{name}")["events"]


def test_the_queue_begins_with_the_riskiest_incident_and_says_why(client):
    queue = get(client, "/review")
    risks = {card["id"]: card["risk"] for card in get(client, "/incidents")["items"]}
    order = [risks[item["incident"]] for item in queue["items"]]
    assert order == sorted(order, reverse=True)
    assert queue["total"] == len(queue["items"])
    assert len({item["key"] for item in queue["items"]}) == queue["total"]
    why = {(item["kind"], item["role"]): item["why"] for item in queue["items"]}
    assert why["disagreement", "killed"] == "reports give 2 to 5 killed"
    assert why["place", "place"] == "no place is known"
    assert "not in the registry" in why["actor", "perpetrator"]
    assert all(0 < item["risk"] <= 1 and item["headline"] for item in queue["items"])


def test_the_queue_comes_page_by_page_and_by_kind(client):
    every = get(client, "/review")["items"]
    assert list(one_by_one(client, "/review")) == every
    places = get(client, "/review", kind="place")
    assert {item["kind"] for item in places["items"]} == {"place"}
    assert places["total"] == len(places["items"]) == sum(i["kind"] == "place" for i in every)
    assert client.get("/api/review", params={"kind": "weather"}).status_code == 422


def test_a_word_on_two_events_parts_or_joins_them_and_can_be_taken_back(client):
    left, right = events_at(client, "Al Asad")
    said = post(
        client, "/judgements", left=right, right=left, verdict="different", why=" two \n raids "
    )
    assert (said["by"], said["why"], said["verdict"]) == ("amina", "two raids", "different")
    assert len(said["incidents"]) == 2
    assert len(get(client, "/incidents")["items"]) == 4
    assert [c["kind"] for c in get(client, "/changes")["items"]] == ["split"]
    undone = post(client, f"/judgements/{said['id']}/undo", by="bo")
    assert (undone["by"], undone["why"]) == ("bo", f"takes back {said['id']}")
    assert len(undone["incidents"]) == 1
    assert len(get(client, "/incidents")["items"]) == 3
    listed = get(client, "/judgements")
    assert [word["id"] for word in listed["items"]] == [undone["id"], said["id"]]
    assert listed["total"] == 2
    assert refused(client, f"/judgements/{said['id']}/undo") == 409
    assert refused(client, "/judgements/j_nothing/undo") == 404


def test_a_link_that_a_person_confirmed_is_no_doubt_any_more(client):
    left, right = events_at(client, "Al Asad")
    post(client, "/judgements", left=left, right=right, verdict="same")
    assert not [i for i in get(client, "/review")["items"] if i["events"] == sorted([left, right])]


@pytest.mark.parametrize(
    "form",
    [
        {"verdict": "maybe"},
        {"left": ""},
        {"left": "e nothing"},
        {"why": "\x00"},
        {"extra": 1},
        {"why": "x" * 1001},
        {"by": "a\u202eb"},
        {"by": None},
    ],
)
def test_a_judgement_that_is_not_understood_changes_nothing(client, form):
    left, right = events_at(client, "Al Asad")
    sent = {"left": left, "right": right, "verdict": "same"} | form
    assert refused(client, "/judgements", **sent) == 422
    assert get(client, "/judgements")["total"] == 0


def test_an_event_is_not_judged_against_itself(client):
    (event, *_) = events_at(client, "Al Asad")
    assert refused(client, "/judgements", left=event, right=event, verdict="same") == 409


def test_an_event_that_is_not_on_record_is_judged_by_nobody(client):
    (event, *_) = events_at(client, "Al Asad")
    assert refused(client, "/judgements", left=event, right="e_nothing", verdict="same") == 404
    assert refused(client, "/judgements", left="e_nothing", right=event, verdict="same") == 404


def test_a_correction_holds_at_once_and_can_be_taken_back(client):
    (event,) = events_at(client, "Kirkuk")
    name = incident_at(client, "Kirkuk")["id"]
    claim = post(client, "/corrections", event=event, role="killed", value="at least 4")
    assert (claim["value"]["low"], claim["value"]["basis"]) == (4, "at_least")
    assert (claim["origin"], claim["quote"], claim["incident"]) == ("human:amina", None, name)
    assert incident_at(client, "Kirkuk")["killed"]["low"] == 4
    history = get(client, f"/incidents/{name}/history")["items"]
    assert any(item["kind"] == "correction" and item["who"] == "amina" for item in history)
    undone = post(client, "/corrections/undo", event=event, role="killed", by="bo")
    assert undone["id"] == claim["id"]
    assert incident_at(client, "Kirkuk")["killed"]["low"] == 3
    assert refused(client, "/corrections/undo", event=event, role="killed") == 409


def test_a_corrected_place_leaves_the_queue(client):
    (event,) = events_at(client, "Drone strike")
    assert any(i["role"] == "place" for i in get(client, "/review", kind="place")["items"])
    claim = post(client, "/corrections", event=event, role="place", value="Kandahar, Afghanistan")
    assert claim["value"]["country"] == "AF"
    assert incident_at(client, "Drone strike")["place"]["admin1"] == "Kandahar"
    assert get(client, "/review", kind="place")["items"] == []


def test_a_correction_may_name_the_words_that_say_so(client):
    (event,) = events_at(client, "Kirkuk")
    quote = "three policemen"
    claim = post(client, "/corrections", event=event, role="killed", value="3", quote=quote)
    assert claim["quote"] == quote
    form = {"event": event, "role": "killed", "value": "3", "quote": "thirty policemen"}
    assert refused(client, "/corrections", **form) == 409


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"value": "many many"}, 409),
        ({"value": "9" * 40}, 409),
        ({"value": "1" * 500}, 409),
        ({"value": "1" * 501}, 422),
        ({"value": " "}, 409),
        ({"value": ""}, 422),
        ({"value": "4\x00"}, 422),
        ({"role": "weather"}, 422),
        ({"role": "relation", "value": "backs"}, 409),
        ({"role": "type", "value": "picnic"}, 409),
        ({"event": "e_nothing"}, 404),
        ({"event": "e_"}, 404),
        ({"event": "i_"}, 404),
        ({"by": ""}, 422),
    ],
)
def test_a_correction_that_is_not_understood_changes_nothing(client, form, status):
    (event,) = events_at(client, "Kirkuk")
    sent = {"event": event, "role": "killed", "value": "4"} | form
    assert refused(client, "/corrections", **sent) == status
    assert incident_at(client, "Kirkuk")["killed"]["low"] == 3


def test_an_incident_that_was_reviewed_leaves_the_queue_until_it_is_opened_again(client):
    name = incident_at(client, "Al Asad")["id"]
    found = post(client, f"/incidents/{name}/review", state="reviewed", note="  read both  ")
    assert (found["state"], found["by"], found["note"]) == ("reviewed", "amina", "read both")
    assert name not in {item["incident"] for item in get(client, "/review")["items"]}
    assert incident_at(client, "Al Asad")["review"] == "reviewed"
    assert get(client, f"/incidents/{name}")["review"]["by"] == "amina"
    post(client, f"/incidents/{name}/review", state="open")
    assert name in {item["incident"] for item in get(client, "/review")["items"]}
    assert refused(client, f"/incidents/{name}/review", state="done") == 422
    assert refused(client, "/incidents/i_nothing/review", state="open") == 404


def test_what_is_said_survives_a_restart(store, client):
    name = incident_at(client, "Al Asad")["id"]
    post(client, f"/incidents/{name}/review", state="disputed")
    again = client_of(store)
    assert incident_at(again, "Al Asad")["review"] == "disputed"


def test_changes_are_listed_from_a_day_on(client):
    left, right = events_at(client, "Al Asad")
    post(client, "/judgements", left=left, right=right, verdict="different")
    assert len(get(client, "/changes", since="2021-01-01")["items"]) == 1
    assert get(client, "/changes", since="2999-01-01")["items"] == []
    assert client.get("/api/changes", params={"since": "Monday"}).status_code == 422


def test_with_a_token_the_word_is_its_bearers_and_a_viewer_has_none(store):
    secrets = {role: issue_token(store.token_index(), role, role) for role in ("coder", "viewer")}
    client = client_of(store)

    def headers(role):
        return OURS | {"Authorization": f"Bearer {secrets[role]}"}

    cards = client.get("/api/incidents", headers=headers("viewer")).json()["items"]
    path = f"/api/incidents/{cards[0]['id']}/review"
    form = {"state": "reviewed", "by": "somebody else"}
    assert client.post(path, json=form, headers=headers("viewer")).status_code == 403
    assert client.post(path, json=form, headers=headers("coder")).json()["by"] == "coder"
    assert client.post(path, json=form, headers=OURS).status_code == 401


def test_a_read_only_server_takes_no_word(store):
    client = TestClient(
        make_app(store, BOOK, policy=make_policy(store, read_only=True)),
        base_url=HERE,
    )
    for path in ("/judgements", "/corrections", "/corrections/undo", "/incidents/i/review"):
        assert refused(client, path) == 403
