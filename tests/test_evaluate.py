"""The measures of `dateline evaluate live`, on a gold set small enough to count by hand."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import ConfigError
from dateline.evaluate.fields import align, distance_km, is_same_actor
from dateline.evaluate.live import FIELDS, read_gold, score

SHARED = Path(__file__).parent.parent.parent / "shared"

TEXTS = {
    "one": "Two rockets hit Balad Air Base on Monday. Nobody was hurt.",
    "two": "A bomb killed 3 people in Kirkuk, police said.",
    "three": "The minister opened a bakery.",
}


def gold_incident(incident: str, **cells: Any) -> dict[str, Any]:
    empty = dict.fromkeys(
        ["place", "lat", "lon", "perpetrator", "claimed_by", "attributed_by"]
        + [f"{name}_{end}" for name in ("munitions", "killed", "injured") for end in ("min", "max")]
    )
    fixed = {"incident": incident, "main": True, "claim": "not_mentioned", "weapon": None}
    return empty | fixed | {"date_precision": "day", "target_type": "other"} | cells


ROCKETS = gold_incident(
    "balad",
    type="shelling_artillery_rocket_missile",
    date="2021-07-05",
    country="IQ",
    lat=33.94,
    lon=44.36,
    place="Balad Air Base",
    weapon="rocket",
    munitions_min=2,
    munitions_max=2,
    injured_min=0,
    injured_max=0,
    killed_min=0,
    killed_max=0,
)
BOMB = gold_incident(
    "kirkuk", type="ied_or_mine", date="2021-07-03", country="IQ", killed_min=3, killed_max=3
)
GOLD = {
    "one": {"id": "one", "relevant": True, "incidents": [ROCKETS]},
    "two": {"id": "two", "relevant": True, "incidents": [BOMB]},
    "three": {"id": "three", "relevant": False, "incidents": []},
}
ROCKETS_CODED = {
    "event": "e1",
    "kind": "incident",
    "reported": True,
    "acled": "Shelling/artillery/missile attack",
    "date": {"earliest": "2021-07-05", "latest": "2021-07-05"},
    "place": {"name": "Balad", "country": "IQ", "lat": 34.01, "lon": 44.14},
    "weapon": "rocket",
    "munitions": {"low": 2, "high": 2},
    "killed": {"low": 0, "high": 0},
    "injured": {"low": 1, "high": 1},
    "target_type": "other",
    "claim_status": "not_mentioned",
    "claims": [
        {"start": 0, "end": 11, "quote": "Two rockets"},
        {"start": 0, "end": 11, "quote": "two rockets"},
    ],
}


def test_each_field_counts_what_is_right_wrong_and_missed():
    scores = score(GOLD, TEXTS, {"one": [ROCKETS_CODED], "three": [ROCKETS_CODED]})
    counted = {name: (s.right, s.wrong, s.missed) for name, s in scores.fields.items()}
    assert counted == {
        "relevance": (1, 1, 1),
        "incidents": (1, 1, 1),
        "type": (1, 0, 1),
        "date": (1, 0, 1),
        "country": (1, 0, 1),
        "place_25km": (1, 0, 0),
        "weapon": (1, 0, 0),
        "munitions": (1, 0, 0),
        "target_type": (1, 0, 1),
        "killed": (1, 0, 1),
        "injured": (0, 1, 1),
        "perpetrator": (0, 0, 0),
        "claim_status": (0, 0, 0),
        "claimed_by": (0, 0, 0),
        "attributed_by": (0, 0, 0),
    }


def test_a_quote_that_is_not_in_the_text_is_counted():
    scores = score(GOLD, TEXTS, {"one": [ROCKETS_CODED]})
    assert (scores.quotes, scores.bad_quotes) == (2, 1)


def test_the_headline_is_the_mean_over_all_fields():
    scores = score(GOLD, TEXTS, {"one": [ROCKETS_CODED]})
    assert scores.macro_f1 == sum(s.f1 for s in scores.fields.values()) / 15
    *_, last = scores.lines()
    assert last == f"macro_f1 {scores.macro_f1:.3f} bad_quotes 1"


def test_background_events_and_tallies_are_not_predictions():
    background = ROCKETS_CODED | {"event": "e2", "reported": False}
    tally = ROCKETS_CODED | {"event": "e3", "kind": "tally"}
    scores = score(GOLD, TEXTS, {"three": [background, tally]})
    assert scores.fields["relevance"].wrong == 0
    assert scores.fields["incidents"].wrong == 0


@pytest.mark.parametrize(
    ("clusters", "expected"),
    [
        # Told by two reports and found in both: one cluster is right, two lose half the recall.
        ({"e1": "i", "e2": "i"}, (1.0, 1.0, 2)),
        ({"e1": "i", "e2": "j"}, (1.0, 0.5, 2)),
        ({}, (1.0, 0.5, 2)),
    ],
)
def test_linking_is_scored_by_b_cubed(clusters: dict[str, str], expected: tuple[float, float, int]):
    gold = {name: {"id": name, "relevant": True, "incidents": [ROCKETS]} for name in ("one", "two")}
    coded = {"one": [ROCKETS_CODED], "two": [ROCKETS_CODED | {"event": "e2"}]}
    assert score(gold, TEXTS, coded, clusters).linking == expected


def test_a_missed_mention_is_a_cluster_of_its_own():
    gold = {name: {"id": name, "relevant": True, "incidents": [ROCKETS]} for name in ("one", "two")}
    assert score(gold, TEXTS, {"one": [ROCKETS_CODED]}, {"e1": "i"}).linking == (1.0, 0.5, 2)


def test_events_are_aligned_where_they_fit_best():
    bomb = {"event": "e9", "acled": "Remote explosive/landmine/IED", "killed": {"low": 3}}
    pairs = align([ROCKETS, BOMB], [bomb, ROCKETS_CODED])
    assert [(g["incident"], e["event"]) for g, e in pairs] == [("balad", "e1"), ("kirkuk", "e9")]


@pytest.mark.parametrize(
    ("gold", "name", "same"),
    [
        ("Kataib Hezbollah", "Kata'ib Hezbollah", True),
        ("the Taliban group", "Taliban", True),
        ("Al-Shabaab", "Shabaab militia", True),
        ("Boko Haram", "Islamic State", False),
        ("", "Islamic State", False),
        ("Taliban", "", False),
    ],
)
def test_two_names_mean_one_actor(gold: str, name: str, same: bool):
    assert is_same_actor(gold, [name]) is same


def test_a_distance_needs_two_points():
    assert distance_km({"lat": 33.0, "lon": 44.0}, {}) is None
    one_degree = distance_km({"lat": 33.0, "lon": 44.0}, {"lat": 34.0, "lon": 44.0})
    assert one_degree == pytest.approx(111.19, abs=0.02)


def test_a_folder_without_a_gold_set_is_refused(tmp_path: Path):
    with pytest.raises(ConfigError, match=r"gold\.jsonl: no gold set"):
        read_gold(tmp_path)


def invented_events(row: dict[str, Any], chance: random.Random) -> list[dict[str, Any]]:
    """Events that are right in about half of their cells."""
    acled = {"shelling_artillery_rocket_missile": "Shelling/artillery/missile attack"}
    events = []
    for number, incident in enumerate(row["incidents"][:3]):
        half = {name: cell for name, cell in incident.items() if chance.random() < 0.5}
        events.append(
            {
                "event": f"{row['id']}-{number}",
                "reported": chance.random() < 0.9,
                "acled": acled.get(half.get("type"), "Attack"),
                "date": {"earliest": half.get("date"), "latest": half.get("date")},
                "place": {key: incident[key] for key in ("country", "lat", "lon")}
                if "place" in half
                else None,
                "weapon": half.get("weapon", "unknown"),
                "target_type": half.get("target_type"),
                "killed": {"low": half.get("killed_min"), "high": half.get("killed_max")},
                "perpetrators": [{"name": half.get("perpetrator") or "gunmen"}],
                "claim_status": half.get("claim", "claimed"),
                "claimed_by": [half.get("claimed_by") or "nobody"],
                "attributed_by": [half.get("attributed_by") or "police"],
                "claims": [{"start": 0, "end": 3, "quote": "The"}],
            }
        )
    return events


@pytest.mark.skipif(not SHARED.exists(), reason="../shared (the scoring script) is not here")
def test_the_table_is_the_one_of_the_scoring_script(tmp_path: Path):
    folder = SHARED / "data" / "live"
    chance = random.Random(7)  # noqa: S311  (the same events each time)
    gold = read_gold(folder)
    reports = (folder / "reports.jsonl").read_text("utf-8").splitlines()
    texts = {row["id"]: row["text"] for row in map(json.loads, reports)}
    coded = {name: invented_events(dict(row), chance) for name, row in gold.items()}
    clusters = {
        event["event"]: f"i{chance.randrange(40)}" for events in coded.values() for event in events
    }
    events, incidents = tmp_path / "events.jsonl", tmp_path / "incidents.jsonl"
    events.write_text(
        "".join(json.dumps({"report": k, "events": v}) + "\n" for k, v in coded.items())
    )
    incidents.write_text(
        "".join(json.dumps({"incident": i, "events": [e]}) + "\n" for e, i in clusters.items())
    )
    script = [
        sys.executable,
        SHARED / "score" / "live.py",
        folder,
        events,
        "--incidents",
        incidents,
    ]
    theirs = subprocess.run(script, capture_output=True, text=True, check=True).stdout.splitlines()
    assert list(score(gold, texts, coded, clusters).lines()) == theirs
    assert len(theirs) == len(FIELDS) + 3


def test_a_gold_line_that_lacks_a_cell_is_named_in_one_line(tmp_path: Path) -> None:
    line = {"id": "r1", "relevant": True, "incidents": [{"incident": "q", "main": True}]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    with pytest.raises(ConfigError, match="r1: an incident lacks 'type'"):
        read_gold(tmp_path)
