from dateline.codebook import load_codebook
from dateline.incidents.overview import overview
from dateline.web.facts import FactIndex

BOOK = load_codebook()


def said(role, actor, name, stance="asserted"):
    value = {"kind": "actor", "id": actor, "name": name}
    words = {"start": 0, "end": 1, "speakers": [], "sides": [], "origin": "lexicon/2"}
    return {"id": f"c_{name}", "role": role, "value": value, "stance": stance, **words}


RECORD = {
    "incident": "i_9",
    "type": "rocket_attack",
    "place": {"id": "icao:ORAA", "name": "Al Asad Air Base", "admin1": "Al Anbar", "country": "IQ",
              "lat": 33.8, "lon": 42.4, "level": "site"},
    "date": {"earliest": "2021-07-05", "latest": "2021-07-05", "precision": "day", "time": None},
    "weapon_detail": "rocket",
    "target": "Iraqi airbase",
    "target_detail": "military_base",
    "target_actor": [],
    "killed": {"low": 0, "high": 0, "basis": "none"},
    "injured": None,
    "perpetrators": [],
    "claim_status": "not_mentioned",
    "grade": "weak",
    "independent_sources": 1,
    "reports": ["r_1"],
    "reported": True,
    "publishers": [],
    "claims": [
        said("target_actor", "us-military", "American soldiers"),
        said("target_actor", None, "villagers"),
        said("perpetrator", "iran-aligned-militias", "pro-Iranian factions", "suspected"),
        said("perpetrator", "iran", "Iran", "denied"),
    ],
}  # fmt: skip


def test_a_tally_sees_an_incident_as_its_overview_tells_it():
    index = FactIndex()
    index.take([(1, "i_9", overview(RECORD, BOOK).facts, None)])
    (known,) = index
    fact = known.fact
    assert (fact.id, str(fact.earliest), fact.place.country) == ("i_9", "2021-07-05", "IQ")
    assert (fact.sides, fact.perpetrators) == (("us-military",), ("iran-aligned-militias",))
    assert (fact.killed, fact.injured) == ((0, 0), None)
