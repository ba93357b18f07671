"""The gate itself: no figure falls below its floor unseen, and no floor falls by accident."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2]))

from tests.quality import __main__ as program
from tests.quality import corpus, gate, measure
from tests.quality.measure import Measured

from dateline.codebook import load_codebook

NOW = Measured("hash", {"killed": 0.8}, {"bad_quotes": 0})
PINS = {"corpus": {"data": "hash", "floors": {"killed": 0.8}, "most": {"bad_quotes": 0}}}


def test_the_cases_reach_their_floors():
    assert gate.find_problems(gate.read_floors(), {"cases": measure.measure_cases()}) == []


def test_the_held_out_passages_reach_their_floors():
    assert gate.find_problems(gate.read_floors(), {"corpus": measure.measure_corpus()}) == []


@pytest.mark.skipif(not measure.LIVE.is_dir(), reason=f"{measure.LIVE} is not there")
def test_the_live_reports_reach_their_floors():
    assert gate.find_problems(gate.read_floors(), {"live": measure.measure_live()}) == []


@pytest.mark.parametrize(
    ("now", "problem"),
    [
        (NOW, None),
        (replace(NOW, figures={"killed": 0.9}), None),
        (replace(NOW, figures={"killed": 0.7951}), None),
        (replace(NOW, figures={"killed": 0.7949}), "killed: 0.7949 is below the floor 0.8000"),
        (replace(NOW, data="other"), "the data is not that of the floors"),
        (replace(NOW, figures={"injured": 0.9}), "other figures are measured than pinned"),
        (replace(NOW, faults={"bad_quotes": 1}), "bad_quotes: 1 where at most 0 are allowed"),
    ],
)
def test_half_a_point_is_let_pass_and_no_more(now: Measured, problem: str | None):
    problems = gate.find_problems(PINS, {"corpus": now})
    assert len(problems) == (problem is not None)
    assert problem is None or problem in problems[0]


def test_a_set_that_is_not_pinned_is_a_problem_and_one_that_is_not_measured_is_none():
    assert "not pinned" in gate.find_problems({}, {"corpus": NOW})[0]
    assert gate.find_problems(PINS, {}) == []


@pytest.mark.parametrize(
    ("now", "falls"),
    [
        (replace(NOW, figures={"killed": 0.81}), []),
        (replace(NOW, figures={"killed": 0.799}), ["corpus killed: 0.8000 to 0.799"]),
        (replace(NOW, figures={}), ["corpus killed: 0.8000 to None"]),
        (replace(NOW, faults={"bad_quotes": 2}), ["corpus bad_quotes: 0 to 2"]),
    ],
)
def test_pinning_tells_every_floor_that_would_fall(now: Measured, falls: list[str]):
    assert gate.lowered(PINS, gate.pinned(PINS, {"corpus": now})) == falls


def test_pinning_keeps_the_sets_that_were_not_measured(tmp_path: Path):
    pins = gate.pinned(PINS | {"live": PINS["corpus"]}, {"corpus": replace(NOW, data="new")})
    assert pins["live"] == PINS["corpus"]
    gate.write_floors(pins, tmp_path / "floors.json")
    assert gate.read_floors(tmp_path / "floors.json") == pins


@pytest.mark.parametrize(
    ("killed", "words", "code", "kept"),
    [
        (0.9, ["--update"], 0, 0.9),
        (0.7, ["--update"], 1, 0.8),
        (0.7, ["--update", "--allow-regression"], 0, 0.7),
        (0.7, [], 1, 0.8),
        (0.8, [], 0, 0.8),
    ],
)
def test_a_floor_is_lowered_on_purpose_only(tmp_path, monkeypatch, killed, words, code, kept):
    path = tmp_path / "floors.json"
    gate.write_floors(PINS, path)
    monkeypatch.setattr(program, "read_floors", lambda: gate.read_floors(path))
    monkeypatch.setattr(program, "write_floors", lambda pins: gate.write_floors(pins, path))
    monkeypatch.setattr(
        program, "measure", lambda: {"corpus": replace(NOW, figures={"killed": killed})}
    )
    assert program.main(words) == code
    assert gate.read_floors(path)["corpus"]["floors"] == {"killed": kept}


HELD = next(name for name in map(str, range(99)) if corpus.part_of(name) == "test")
ROW = {
    "id": HELD,
    "relevant": True,
    "published": "2021-07-06",
    "events": {
        "e1": {"type": "rocket_attack", "context": "reported", "stance": "asserted"},
        "e2": {"type": "drone_strike", "context": "background", "stance": "asserted"},
    },
    "text": "<<e1.weapon|Rockets>> <<e1.trigger|hit>> <<e1.place|Balad>> <<e1.time|on Monday>>, "
    "killing <<e1.killed|two>> <<e1.victim|men>>. <<e2.trigger|A drone strike>> came before.",
}


def written(folder: Path, rows) -> Path:
    lines = (json.dumps(row) for row in rows)
    (folder / "x.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def coded(**cells):
    claims = [
        {"role": role, "start": start, "end": end}
        for role, start, end in (("type", 0, 11), ("place", 12, 17), ("date", 18, 27))
    ]
    empty = {"killed": None, "injured": None, "claims": claims, "acled": None}
    return empty | cells


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        ({"killed": {"low": 2, "high": 2}}, {"killed": 1}),
        ({"killed": {"low": 3, "high": 3}}, {"killed": 0}),
        ({"killed": None}, {"killed": 0}),
        ({"acled": "Shelling/artillery/missile attack"}, {"type": 1}),
        ({"acled": "Attack"}, {"type": 0}),
    ],
)
def test_a_passage_is_scored_cell_by_cell(cells, right, tmp_path):
    (held,) = corpus.held_out(written(tmp_path, [ROW]), measure.FOLDER)
    scores = corpus.score([(held, [coded(**cells)])], load_codebook())
    assert {name: scores[name].right for name in right} == right
    kept = ("relevance", "incidents", "place", "time")
    assert {name: scores[name].f1 for name in kept} == dict.fromkeys(kept, 1.0)


def test_only_passages_that_no_weights_learned_from_are_scored(tmp_path):
    rows = [ROW | {"id": f"a-{number:04}"} for number in range(200)]
    kept = {held.passage.id for held in corpus.held_out(written(tmp_path, rows), measure.FOLDER)}
    assert 0 < len(kept) < 60
    assert kept == {row["id"] for row in rows if corpus.part_of(row["id"]) != "train"}
