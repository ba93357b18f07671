"""Incidents over HTTP, through the front door, on a store of a few reports."""

import csv
import io
import json

import pytest
from fastapi.testclient import TestClient

from dateline.codebook import load_codebook
from dateline.link import link
from dateline.model import Judgement, Speaker, event_id, make_claim, make_report
from dateline.store import open_store
from dateline.store.overview_index import Review
from dateline.values import Actor, Count, Place, Term, Text, When
from dateline.web.app import make_app

BOOK = load_codebook()
MADE = "2021-09-09T00:00:00+00:00"
ASAD = Place("icao:ORAA", "Al Asad Air Base", "IQ", "Al Anbar", 33.7856, 42.4412, "site")
SADR = Place("geonames:98182", "Baghdad", "IQ", "Baghdad", 33.341, 44.401, "town")
ANBAR = Place("p", "Al Anbar", "IQ", "Al Anbar", 32.5, 41.9, "province")
STATE = Speaker("Islamic State", "islamic-state")


def tell(store, text: str, kind: str, place: Place, day: str, *more, publisher: str = "Wire"):
    """Add a report whose every claim quotes its first word; give the id of its event."""
    import datetime as dt

    report = make_report(text, publisher=publisher, published=day, title=text, id=f"r_{len(text)}")
    span = report.span(0, text.index(" "))
    event = event_id(report, "incident", span)
    when = dt.date.fromisoformat(day)
    values = [("type", Term("event_type", kind)), ("place", place)]
    values += [("date", When(when, when, "day", "stated")), *more]
    claims = [make_claim(event, role, span, value, origin="test/1") for role, value in values[:]]
    if kind == "bombing":
        perpetrator = Actor("islamic-state", "Islamic State")
        claims.append(
            make_claim(event, "perpetrator", span, perpetrator, speakers=[STATE], origin="test/1")
        )
    store.add(report, claims, origin="test/1", made=MADE)
    return event


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Four incidents: two at bases, a bombing told twice, one known to a province only."""
    with open_store(tmp_path_factory.mktemp("web") / "s.db") as store:
        events = [
            tell(store, "Rockets hit the base", "rocket_attack", ASAD, "2021-07-05"),
            tell(
                store, "Bombing kills 35 in a market", "bombing", SADR, "2021-07-19",
                ("killed", Count(35, 35, "exact")), ("victim", Text("Ahmed al-Jabouri")),
                ("target", Text("market of Ahmed al-Jabouri")),
            ),
            tell(
                store, "Bombing in Sadr City kills thirty", "bombing", SADR, "2021-07-19",
                ("killed", Count(30, 30, "exact")), publisher="Gulf Reader",
            ),
            tell(store, "Drone seen somewhere over Anbar", "drone_strike", ANBAR, "2021-08-01"),
            tell(
                store, "=cmd|' /C calc'!A0 rockets again at the base", "rocket_attack", ASAD,
                "2021-09-05", ("target", Text("=HYPERLINK(1)")),
            ),
        ]  # fmt: skip
        link(store, BOOK)
        app = make_app(store, BOOK)
        yield store, events, TestClient(app, base_url="http://127.0.0.1:8765")


@pytest.fixture
def client(world):
    return world[2]


def ids(client, query: str = "") -> list[str]:
    answer = client.get(f"/api/incidents?{query}")
    assert answer.status_code == 200, answer.text
    return [card["id"] for card in answer.json()["items"]]


def problem(client, path: str) -> dict[str, object]:
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/problem+json"
    form = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(form)
    assert form["status"] == answer.status_code
    return form


def test_the_list_shows_the_newest_first(client):
    answer = client.get("/api/incidents").json()
    assert answer["total"] == 4
    assert answer["next"] is None
    days = [card["date"]["earliest"] for card in answer["items"]]
    assert days == ["2021-09-05", "2021-08-01", "2021-07-19", "2021-07-05"]
    card = answer["items"][2]
    assert card["headline"].startswith("Bombing or explosion in Baghdad, Iraq: 30")
    assert card["perpetrators"] == [
        {"id": "islamic-state", "name": "Islamic State", "stance": "asserted"}
    ]
    assert (card["sources"], card["reports"], card["claim_status"]) == (2, 2, "claimed")


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 200])
def test_pages_follow_each_other(client, limit):
    seen, cursor = [], ""
    while True:
        answer = client.get(f"/api/incidents?limit={limit}{cursor}").json()
        seen += [card["id"] for card in answer["items"]]
        if answer["next"] is None:
            break
        cursor = f"&cursor={answer['next']}"
    assert seen == ids(client)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=market", 1),
        ("q=Jabouri", 1),
        ("type=shelling_rocket_missile", 2),
        ("actor=islamic-state", 1),
        ("publisher=Gulf+Reader", 1),
        ("bbox=42,33,45,34", 3),
        ("killed_min=1", 1),
        ("from=2021-08-01&to=2021-08-31", 1),
        ("admin1=IQ/Al+Anbar&type=drone_strike", 1),
        ("claim_status=claimed&claim_status=not_mentioned", 4),
    ],
)
def test_lists_facets_and_downloads_agree(client, query, found):
    assert len(ids(client, query)) == found
    assert client.get(f"/api/incidents/facets?{query}").json()["total"] == found
    assert client.get(f"/api/incidents/map?{query}").json()["total"] == found
    lines = client.get(f"/api/export?form=jsonl&{query}").text.splitlines()
    assert {json.loads(line)["incident"] for line in lines} == set(ids(client, query))


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/api/incidents?sort=size", "sort"),
        ("/api/incidents?limit=0", "limit"),
        ("/api/incidents?limit=201", "limit"),
        ("/api/incidents?from=yesterday", "from"),
        ("/api/incidents?from=20210705", "from"),
        ("/api/incidents?from=1625443200", "from"),
        ("/api/incidents?bbox=1,2,nan,4", "bbox"),
        ("/api/incidents?nonsense=1", "nonsense"),
        ("/api/incidents/map?zoom=99", "zoom"),
        ("/api/incidents/facets?type=nonsense", "type"),
        ("/api/incidents/timeline?bbox=1", "bbox"),
        ("/api/export?form=xlsx", "form"),
        ("/api/export", "form"),
    ],
)
def test_a_wrong_query_is_refused_by_name(client, path, parameter):
    form = problem(client, path)
    assert form["status"] == 422
    assert parameter in [error["parameter"] for error in form["errors"]]


def test_a_map_gives_the_headline_of_what_stands_alone(client):
    drawn = client.get("/api/incidents/map?zoom=8").json()
    marks = {mark["level"]: mark for mark in drawn["marks"]}
    assert drawn["unplaced"] == 0
    assert (marks["site"]["count"], marks["site"]["id"]) == (2, None)
    assert marks["province"]["approximate"] == 1
    assert marks["province"]["headline"].startswith("Drone strike in Al Anbar")


def test_a_timeline_ignores_its_own_brush(client):
    whole = client.get("/api/incidents/timeline").json()
    brushed = client.get("/api/incidents/timeline?from=2021-08-01").json()
    assert whole == brushed
    assert whole["unit"] == "day"
    assert sum(bar["count"] for bar in whole["bins"]) == 4


def test_an_incident_comes_with_what_its_page_needs(client, world):
    name = ids(client, "type=bombing")[0]
    form = client.get(f"/api/incidents/{name}").json()
    assert form["incident"] == name
    assert form["sources"]["count"] == 2
    assert {head["publisher"] for head in form["report_heads"]} == {"Wire", "Gulf Reader"}
    assert form["killed"]["rule"] == "latest"
    assert form["review"] is None
    assert name in form["cite"]
    assert "reports give 30 to 35 killed" in [reason["says"] for reason in form["reasons"]]
    assert {claim["quote"] for claim in form["claims"]} == {"Bombing"}
    ranged = client.get(f"/api/incidents/{name}?rule=minmax").json()
    assert (ranged["killed"]["low"], ranged["killed"]["high"]) == (30, 35)


def test_the_id_of_an_event_gives_its_incident(client, world):
    assert client.get(f"/api/incidents/{world[1][0]}").json()["events"] == [world[1][0]]


@pytest.mark.parametrize(
    "path",
    [
        "/api/incidents?cursor=nonsense",
        "/api/incidents?cursor=W10",
        "/api/incidents/i_none",
        "/api/incidents/i_none/links",
        "/api/incidents/i_none/history",
        "/api/pairs/e_one/e_two",
        "/api/nothing",
        "/nothing.js",
    ],
)
def test_what_is_not_there_is_a_problem_of_status_404(client, path):
    assert problem(client, path)["status"] == 404


def test_nothing_was_known_of_an_incident_before_its_first_report(client):
    name = ids(client, "type=bombing")[0]
    assert client.get(f"/api/incidents/{name}?as_of=2021-07-20").status_code in {200, 404}
    assert problem(client, f"/api/incidents/{name}?as_of=1999-01-01")["status"] == 404


def test_links_explain_why_two_reports_are_one_incident(client, world):
    name = ids(client, "type=bombing")[0]
    form = client.get(f"/api/incidents/{name}/links").json()
    (pair,) = form["pairs"]
    assert pair["total"] >= form["threshold"]
    assert round(sum(part["weight"] for part in pair["parts"]), 2) == pytest.approx(
        pair["total"], abs=0.05
    )
    page = client.get(f"/api/pairs/{pair['left']}/{pair['right']}").json()
    assert page["same_incident"] is True
    assert page["left_event"]["event"] == pair["left"]
    assert page["right_head"]["id"] == pair["right_report"]


def test_the_history_begins_with_the_first_report(client):
    name = ids(client, "type=bombing")[0]
    items = client.get(f"/api/incidents/{name}/history").json()["items"]
    assert items[0]["kind"] == "report"
    assert [item["made"] for item in items] == sorted(item["made"] for item in items)


def test_a_download_keeps_names_of_victims_back_unless_asked(client):
    query = "/api/export?form=jsonl&type=bombing"
    assert "Jabouri" not in client.get(query).text
    assert "Jabouri" in client.get(f"{query}&include_names=1").text
    coarse = json.loads(client.get(f"{query}&place_level=country").text)
    assert (coarse["place"]["name"], coarse["place"]["lat"]) == ("IQ", None)


def test_a_csv_download_holds_no_formula(client):
    answer = client.get("/api/export?form=csv")
    assert answer.headers["content-disposition"].startswith('attachment; filename="incidents-')
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 4
    assert "'=HYPERLINK(1)" in [row["target"] for row in rows]
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_a_geojson_download_gives_no_point_for_a_province(client):
    form = client.get("/api/export?form=geojson").json()
    points = {one["properties"]["place_level"]: one["geometry"] for one in form["features"]}
    assert points["province"] is None
    assert points["site"]["coordinates"] == [42.4412, 33.7856]


def test_an_answer_that_did_not_change_is_not_sent_again(client, world):
    first = client.get("/api/incidents?country=IQ")
    tag = {"If-None-Match": first.headers["etag"]}
    again = client.get("/api/incidents?country=IQ", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/incidents?country=SY", headers=tag).status_code == 200


def test_a_review_is_seen_by_the_next_request(client, world):
    store = world[0]
    name = ids(client, "type=drone_strike")[0]
    tag = {"If-None-Match": client.get("/api/incidents").headers["etag"]}
    store.overview_index().add_review(Review(name, "reviewed", "amina", MADE, "seen"))
    assert client.get("/api/incidents", headers=tag).status_code == 200
    assert ids(client, "review=reviewed") == [name]
    review = client.get(f"/api/incidents/{name}").json()["review"]
    assert (review["state"], review["by"], review["note"]) == ("reviewed", "amina", "seen")
    kinds = [i["kind"] for i in client.get(f"/api/incidents/{name}/history").json()["items"]]
    assert "review" in kinds


def test_a_former_id_leads_to_the_one_that_holds(tmp_path):
    with open_store(tmp_path / "s.db") as store:
        left = tell(store, "Rockets hit the base", "rocket_attack", ASAD, "2021-07-05")
        right = tell(store, "Rockets hit the base once more", "rocket_attack", ASAD, "2021-09-05")
        link(store, BOOK)
        client = TestClient(make_app(store, BOOK), base_url="http://127.0.0.1:8765")
        before = set(ids(client))
        said = Judgement(*sorted((left, right)), "same", 1.0, (), "human:amina", MADE)
        store.add_judgement(said)
        link(store, BOOK)
        (kept,) = ids(client)
        (gone,) = before - {kept}
        moved = client.get(f"/api/incidents/{gone}", follow_redirects=False)
        assert (moved.status_code, moved.headers["location"]) == (308, f"/api/incidents/{kept}")
        form = client.get(f"/api/incidents/{gone}").json()
        assert (form["incident"], form["aliases"]) == (kept, [gone])
        (pair,) = client.get(f"/api/incidents/{kept}/links").json()["pairs"]
        assert [word["verdict"] for word in pair["said"]] == ["same"]
