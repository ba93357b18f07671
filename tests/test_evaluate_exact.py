"""The measures of `dateline evaluate isaf` and `attacks`, on sets small enough to count by hand."""

import json
from pathlib import Path

import pytest

from dateline.cli import main
from dateline.codebook import load_codebook
from dateline.errors import ConfigError
from dateline.evaluate.attacks import check_attack, numbers_in
from dateline.evaluate.exact import Cell, ExactScore, ExactScores, figure, is_same_name, read_rows
from dateline.evaluate.isaf import check_release, release

RELEASE = """2012-06-S-026
For Immediate Release

KABUL, Afghanistan (June 14) - A security force raided a compound in Ghazni province yesterday, \
killing two insurgents. Three suspected insurgents were captured."""
RECORD = {
    "start_date": "2012-06-13",
    "province": ["ghazni"],
    "min_killed": 2,
    "min_captured": 3,
}
ATTACK = {
    "Year": "2019",
    "Perpetrator": "Red Front",
    "Dead": "3",
    "Injured": "12",
    "Description": "A car bomb exploded at a market in Lahore, killing 3 people and wounding "
    "twelve. The Red Front claimed responsibility.",
}


def count(low, high, basis="exact"):
    return {"low": low, "high": high, "basis": basis}


def right_of(cells):
    return {cell.field: cell.right for cell in cells}


@pytest.mark.parametrize(
    ("gold", "coded", "right"),
    [
        (3, count(3, 3), True),
        (3, count(4, 4), False),
        (3, count(3, None, "at_least"), True),
        (31, count(30, None, "at_least"), True),
        (32, count(30, None, "at_least"), False),
        (3, count(2, None, "vague"), True),
        (4, count(2, None, "vague"), True),
        (2, count(2, None, "vague"), False),
        (0, None, True),
        (0, count(0, 0, "none"), True),
        (2, None, False),
    ],
)
def test_a_record_holds_the_least_number_and_several_is_three_or_four(gold, coded, right):
    record = RECORD | {"min_killed": gold}
    assert right_of(check_release(record, [{"killed": coded}]))["killed"] is right


def test_a_release_is_scored_by_the_incident_that_fits_its_record_best():
    other = {"killed": count(7, 7)}
    fitting = {
        "date": {"earliest": "2012-06-13", "latest": "2012-06-13"},
        "place": {"name": "Andar", "admin1": "Ghaznī"},
        "killed": count(2, 2),
        "captured": count(3, 3),
    }
    assert all(right_of(check_release(RECORD, [other, fitting])).values())


def test_a_release_without_an_incident_has_no_day_no_province_and_zero_of_each():
    record = RECORD | {"min_killed": 0}
    assert right_of(check_release(record, [])) == {
        "date": False,
        "province": False,
        "killed": True,
        "captured": False,
    }


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("KABUL, Afghanistan (Jan. 25, 2013) - A force", "2013-01-25"),
        ("2012-06-S-026\n\nKABUL, Afghanistan (June 14) - A force", "2012-06-14"),
        ("ISAF 2010-12-CA-080\u2028KABUL, Afghanistan (Dec. 24) - A force", "2010-12-24"),
        ("A force of the army searched a house.", None),
    ],
)
def test_a_day_without_a_year_takes_it_from_the_number_of_the_release(head, published):
    assert release(head, "1", load_codebook().grammar("dates")).published == published


def test_a_figure_counts_as_told_only_where_the_text_has_it():
    event = {"killed": count(3, None), "injured": count(12, 12), "perpetrators": []}
    counts = load_codebook().grammar("counts")
    told = {cell.field: cell.told for cell in check_attack(ATTACK, [event], counts)}
    assert told == {"dead": True, "injured": True, "perpetrator": True}
    elsewhere = ATTACK | {"Dead": "5", "Injured": "0", "Perpetrator": "Blue Front"}
    cells = check_attack(elsewhere | {"Description": "A bomb killed 3."}, [event], counts)
    assert {cell.field: cell.told for cell in cells} == {
        "dead": False,
        "injured": True,
        "perpetrator": False,
    }


@pytest.mark.parametrize(
    ("of", "right"),
    [("the attacker", True), ("Two suicide bombers", True), ("shoppers", False), (None, False)],
)
def test_a_count_of_attackers_alone_stands_for_zero(of: str | None, right: bool):
    event = {"killed": count(1, 1) | {"of": of}}
    assert right_of(check_attack(ATTACK | {"Dead": "0"}, [event], COUNTS))["dead"] is right


def test_numbers_are_read_in_digits_and_in_words():
    assert numbers_in("Some 1,200 fled; twelve died, 3 of them at 4:30.", COUNTS) == {
        1200, 12, 3, 4, 30,
    }  # fmt: skip


COUNTS = load_codebook().grammar("counts")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("paktya", "Paktiya", True),
        ("wardak", "Maidan Wardak Province", True),
        ("kunar", "Kunduz", False),
        ("kunar", "", False),
    ],
)
def test_a_province_may_be_spelt_otherwise_or_with_more_words(one: str, other: str, same: bool):
    assert is_same_name(one, other) is same


def test_an_open_count_stands_for_its_lower_end():
    assert [figure(c) for c in (count(5, None), count(None, 7), count(0, 9), None)] == [5, 7, 0, 0]


def test_shares_are_counted_over_all_cells_and_over_those_told():
    scores = ExactScores({"dead": ExactScore()})
    scores.add("one", [Cell("dead", 1, 1, right=True), Cell("dead", 2, 1, right=False)])
    scores.add("two", [Cell("dead", 9, 0, right=False, told=False)])
    assert list(scores.lines()) == ["dead           exact 0.500 of 2 told, 0.333 of all 3"]
    assert scores.mistakes == [
        "! dead one gold 2 predicted 1",
        "! dead two gold 9 predicted 0 (not told)",
    ]


@pytest.mark.parametrize("content", [None, "", "[1]\n", "{"])
def test_a_folder_without_a_set_is_a_clear_error(tmp_path: Path, content: str | None):
    path = tmp_path / "attacks.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"attacks\.jsonl: no set to read there"):
        read_rows(path)


@pytest.mark.parametrize(
    ("verb", "name", "row", "field"),
    [
        ("isaf", "releases.jsonl", {"text": RELEASE, "gold": RECORD}, "captured"),
        ("attacks", "attacks.jsonl", ATTACK, "dead"),
    ],
)
def test_the_verb_prints_a_line_a_field_and_the_mistakes_if_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str, name: str, row, field: str
):
    (tmp_path / name).write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", verb, str(tmp_path), "--errors"])
    printed = capsys.readouterr().out
    assert ended.value.code == 0
    assert f"\n{field:14} exact 1.000 of 1 told, 1.000 of all 1\n" in f"\n{printed}"


def test_the_verb_counts_the_mistakes_by_kind_if_asked(tmp_path: Path, capsys):
    wrong = ATTACK | {"Dead": "5", "Description": f"{ATTACK['Description']} Five is a number."}
    (tmp_path / "attacks.jsonl").write_text(json.dumps(wrong) + "\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["evaluate", "attacks", str(tmp_path), "--failures"])
    assert "\n| dead | 0 | 0 | 1 | 0 | 0 | 0 |\n" in capsys.readouterr().out


@pytest.mark.parametrize("verb", ["isaf", "attacks"])
def test_a_line_that_lacks_a_key_is_a_clear_error(tmp_path: Path, verb: str, capsys):
    for name in ("releases.jsonl", "attacks.jsonl"):
        (tmp_path / name).write_text('{"text": "A bomb."}\n', encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", verb, str(tmp_path)])
    assert ended.value.code == 1
    assert "a line has no" in capsys.readouterr().err
