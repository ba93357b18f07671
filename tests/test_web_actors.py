import datetime as dt
import shutil

import pytest
from tests.explorer import BOOK, OURS, client_of, get, one_by_one, record

from dateline.incidents.parts import parts_played
from dateline.model import make_claim
from dateline.store import open_store
from dateline.values import Actor

REPORTS = """
2021-07-06 Three rockets hit Ain al-Asad air base in Iraq on Monday. The United States blamed \
Kataib Hezbollah for the rocket attack.
2021-07-08 Kataib Hezbollah claimed responsibility for a drone attack on the US embassy in \
Baghdad on Wednesday that wounded four guards.
2021-08-01 Liwa al-Fajr al-Ahmar: three policemen were shot dead in Kirkuk on Saturday.
2021-08-09 Liwaa al-Fajr al-Ahmar: two soldiers were shot dead in Mosul on Sunday.
2021-08-13 There have been 45 attacks on US interests in Iraq since the beginning of the year. \
On Friday nothing happened. Kataib Hezbollah was trained and financed by Iran.
2021-08-14 Analysts said Kataib Hezbollah was financed by Iran.
2021-08-20 Police recorded 12 bombings in March in Kano state.
"""
UNREGISTERED = ("Liwa al-Fajr al-Ahmar", "Liwaa al-Fajr al-Ahmar")


def with_unregistered(report, claims):
    """What the reader finds, and the name before the colon as who did it."""
    for name in UNREGISTERED:
        if report.text.startswith(name):
            event = next(c.event for c in claims if c.role == "type")
            claims = [claim for claim in claims if claim.role != "perpetrator"]
            who = Actor(None, name)
            span = report.span(0, len(name))
            claims.append(make_claim(event, "perpetrator", span, who, origin="lexicon/2"))
    return claims


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    file = tmp_path_factory.mktemp("coded") / "d.db"
    return record(file, REPORTS, linked="2021-09-01T00:00:00+00:00", change=with_unregistered)


@pytest.fixture(scope="module")
def client(coded):
    """One server for all tests that only read."""
    with open_store(coded) as store:
        yield client_of(store)


@pytest.fixture
def writing(tmp_path, coded):
    with open_store(shutil.copy(coded, tmp_path / "own.db")) as store:
        yield client_of(store)


def parts(actor):
    return {name: actor[name] for name in ("did", "claimed", "blamed", "denied", "targeted")}


def test_each_actor_is_listed_with_what_it_did_claims_and_is_blamed_for(client):
    actors = {actor["key"]: actor for actor in get(client, "/actors")["items"]}
    kataib = actors["kataib-hezbollah"]
    assert parts(kataib) == {"did": 0, "claimed": 1, "blamed": 1, "denied": 0, "targeted": 0}
    assert (kataib["registered"], kataib["kind"]) == (True, "militia")
    assert (kataib["first"], kataib["last"]) == ("2021-07-05", "2021-07-07")


def test_spellings_of_an_unregistered_name_stand_together(client):
    found = get(client, "/actors", registered=0)["items"]
    (brigade,) = [actor for actor in found if "fajr" in actor["key"]]
    assert (brigade["did"], brigade["id"], brigade["registered"]) == (2, None, False)
    page = get(client, f"/actors/{brigade['key']}")
    assert len(page["names"]) == 2
    assert len(page["incidents"]) == 2
    other = next(n for n in page["names"] if n != brigade["name"])
    assert get(client, "/actors", q=other)["items"][0]["key"] == brigade["key"]


def test_actors_come_page_by_page_without_gap_or_repeat(client):
    total = get(client, "/actors")
    assert list(one_by_one(client, "/actors")) == total["items"]
    assert total["total"] == len(total["items"])


@pytest.mark.parametrize("name", ["KH", "kata'ib hezb", "كتائب حزب الله"])
def test_an_actor_is_found_by_any_of_its_names(client, name):
    assert [a["key"] for a in get(client, "/actors", q=name)["items"]] == ["kataib-hezbollah"]


def test_an_actors_page_has_its_ties_with_quotes_and_its_newest_incidents(client):
    page = get(client, "/actors/kataib-hezbollah")
    assert {(t["from"], t["relation"], t["to"]) for t in page["ties"]} == {
        ("iran", "trains", "kataib-hezbollah"),
        ("iran", "finances", "kataib-hezbollah"),
    }
    assert all("Iran" in tie["quote"] for tie in page["ties"])
    assert ("member_of", "popular-mobilization-forces") in {
        (link["relation"], link["to"]) for link in page["links"]
    }
    assert [card["date"]["latest"] for card in page["incidents"]] == ["2021-07-07", "2021-07-05"]


def test_an_actor_of_the_registry_has_a_page_before_it_did_anything(client):
    page = get(client, "/actors/boko-haram")
    assert set(parts(page).values()) == {0}
    assert client.get("/api/actors/name:nobody").status_code == 404


def test_ties_are_a_network_counted_by_statement_beside_those_of_the_registry(client):
    network = get(client, "/ties")
    edges = {(e["from"], e["relation"], e["to"]): e for e in network["edges"]}
    told = edges["iran", "finances", "kataib-hezbollah"]
    assert (told["stated"], told["registry"]) == (2, False)
    assert "financed by Iran" in told["quote"]
    known = edges["kataib-hezbollah", "member_of", "popular-mobilization-forces"]
    assert (known["stated"], known["registry"], known["quote"]) == (0, True, None)
    keys = {node["key"] for node in network["nodes"]}
    assert {end for edge in edges for end in (edge[0], edge[2])} == keys
    assert all(node["name"] != node["key"] for node in network["nodes"])


def test_tallies_stand_beside_the_incidents_of_their_scope_newest_first(client):
    listed = get(client, "/tallies")
    first, second = listed["items"]
    assert [first["count"]["low"], second["count"]["low"]] == [12, 45]
    assert second["quote"].startswith("There have been 45 attacks on US interests in Iraq")
    assert (second["what"], second["target"]) == ("attacks", "US interests")
    record = second["on_record"]
    assert record["certain"] == 1
    assert second["verdict"] == "short"
    assert second["difference"] == 45 - record["count"]
    assert record["filters"]["country"] == ["IQ"]
    assert record["filters"]["from"] == ["2021-01-01"]
    shown = client.get("/api/incidents", params=record["filters"]).json()
    ids = {card["id"] for card in shown["items"]}
    assert set(record["ids"]) <= ids
    assert record["exact"] == (ids == set(record["ids"]))
    page = get(client, "/tallies", limit=1)
    rest = get(client, "/tallies", limit=1, cursor=page["next"])
    assert [page["items"][0], rest["items"][0]] == [first, second]
    assert rest["next"] is None


def test_a_new_incident_changes_what_a_tally_is_held_against(writing):
    client = writing
    before = get(client, "/tallies")["items"][1]["on_record"]["count"]
    text = "Rockets hit the US embassy in Baghdad on Friday. Kataib Hezbollah claimed the attack."
    form = {"text": text, "published": "2021-05-08", "by": "amina"}
    assert client.post("/api/reports", json=form, headers=OURS).text.count("\n") == 4
    assert get(client, "/tallies")["items"][1]["on_record"]["count"] == before + 1
    kataib = get(client, "/actors/kataib-hezbollah")
    assert kataib["claimed"] == 2


def test_places_are_found_in_any_spelling_with_where_they_lie(client):
    places = get(client, "/places", q="al asad air base")
    assert (places[0]["id"], places[0]["country"], places[0]["level"]) == (
        "icao:ORAA",
        "IQ",
        "site",
    )
    assert len(get(client, "/places", q="san", limit=3)) == 3
    assert get(client, "/places", q="") == []


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/actors?limit=0", "limit"),
        ("/actors?registered=maybe", "registered"),
        ("/tallies?limit=1000", "limit"),
        ("/places?limit=x", "limit"),
        (f"/places?q={'x' * 201}", "q"),
    ],
)
def test_what_is_not_understood_is_named(client, path, parameter):
    answer = client.get(f"/api{path}")
    assert answer.status_code == 422
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIl0", "\u202e"])
@pytest.mark.parametrize("path", ["actors", "tallies", "reports", "review", "judgements"])
def test_a_cursor_that_was_never_given_leads_to_no_page(client, path, cursor):
    answer = client.get(f"/api/{path}", params={"cursor": cursor})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def claim(role, name, stance="asserted", speakers=(), sides=(), origin="lexicon/2"):
    value = {"kind": "actor", "id": None, "name": name, "reason": ""}
    return {
        "id": "c_1", "role": role, "value": value, "quote": name, "start": 0, "end": 1,
        "stance": stance, "speakers": list(speakers), "sides": list(sides), "score": 1.0,
        "origin": origin,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("form", "part"),
    [
        (claim("perpetrator", "Foxes"), "did"),
        (claim("perpetrator", "Foxes", "suspected"), "blamed"),
        (claim("perpetrator", "Foxes", "asserted", ["police"], [None]), "blamed"),
        (claim("perpetrator", "Foxes", "asserted", ["the Foxes"], [None]), "claimed"),
        (claim("perpetrator", "Foxes", "denied", ["the Foxes"], [None]), "denied"),
        (claim("perpetrator", "Foxes", "hypothetical"), None),
        (claim("target_actor", "Foxes"), "targeted"),
        (claim("target_actor", "Foxes", "denied"), None),
    ],
)
def test_who_says_it_tells_which_part_an_actor_plays(form, part):
    expected = [("name:foxes", "Foxes", part)] if part else []
    assert parts_played({"claims": [form]}, BOOK) == expected


def test_a_persons_word_on_who_did_it_replaces_what_was_read():
    forms = [
        claim("perpetrator", "Foxes"),
        claim("perpetrator", "Wolves", origin="human:amina"),
        claim("target_actor", "Hens"),
    ]
    assert parts_played({"claims": forms}, BOOK) == [
        ("name:wolves", "Wolves", "did"),
        ("name:hens", "Hens", "targeted"),
    ]


def test_days_of_an_actor_are_days(client):
    for actor in get(client, "/actors")["items"]:
        if actor["first"]:
            assert dt.date.fromisoformat(actor["first"]) <= dt.date.fromisoformat(actor["last"])
