"""The lexicon against a table of short reports; the table is the specification."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.codebook import load_codebook
from dateline.extract.lexicon import extractor
from dateline.incidents.record import event_record
from dateline.model import Claim, make_report

CASES = tomllib.loads((Path(__file__).parent / "cases" / "reports.toml").read_text("utf-8"))["case"]


def read(text: str, published: str | None = None) -> list[dict[str, Any]]:
    book = load_codebook()
    report = make_report(text.strip(), published=published)
    events: dict[str, list[Claim]] = {}
    for claim in extractor(book)([report]):
        assert report.quote(claim.span)
        events.setdefault(claim.event, []).append(claim)
    return [event_record(report, claims, book) for claims in events.values()]


def incidents(rows: list[dict[str, Any]], *, reported: bool) -> list[dict[str, Any]]:
    return [row for row in rows if row["kind"] == "incident" and row["reported"] is reported]


def cell(row: dict[str, Any], name: str) -> Any:
    if name == "date":
        when = row["date"] or {}
        days = (when.get("earliest"), when.get("latest"))
        return days[0] if days[0] == days[1] else f"{days[0]}/{days[1]}"
    if name in ("country", "place"):
        return (row["place"] or {}).get("name" if name == "place" else "country")
    if name in ("killed", "injured", "captured", "munitions"):
        count = row[name]
        return count and [count["low"], "" if count["high"] is None else count["high"]]
    if name == "perpetrator":
        return next((p["id"] or p["name"] for p in row["perpetrators"]), None)
    if name in ("claimed_by", "attributed_by"):
        return next(iter(row[name]), None)
    return row[name]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_report_gives_the_incidents_it_tells(case: dict[str, Any]) -> None:
    rows = read(case["text"], case.get("published"))
    expected = case["events"]
    told = incidents(rows, reported=True)
    assert len(told) == len(expected)
    for row, cells in zip(told, expected, strict=True):
        actual = {name: cell(row, name) for name in cells}
        assert actual == {name: None if v == "none" else v for name, v in cells.items()}
    if "background" in case:
        assert len(incidents(rows, reported=False)) == case["background"]


def test_reading_twice_gives_the_same_claims() -> None:
    book = load_codebook()
    report = make_report(CASES[0]["text"].strip(), published=CASES[0]["published"])
    read_it = extractor(book)
    assert list(read_it([report])) == list(read_it([report]))


def test_a_number_is_never_more_than_its_quote() -> None:
    text = "The army has 2,500 troops there. 45 attacks took place this year. Two men were hurt."
    rows = read(text, "2021-07-06")
    for row in incidents(rows, reported=True):
        assert (row["killed"] or {}).get("low") in (None, 0)


TEXTS = [case["text"].strip() for case in CASES]
CUT = st.tuples(st.sampled_from(TEXTS), st.integers(0, 400), st.integers(1, 400))


@settings(max_examples=150, deadline=None)
@given(cuts=st.lists(CUT, min_size=1, max_size=4), upper=st.booleans())
def test_any_text_is_read_without_a_fall_and_every_quote_is_exact(
    cuts: list[tuple[str, int, int]], *, upper: bool
) -> None:
    text = "\n".join(text[start : start + length] for text, start, length in cuts).strip()
    text = text.upper() if upper else text
    for row in read(text or "x", "2021-07-06"):
        for claim in row["claims"]:
            assert (text or "x")[claim["start"] : claim["end"]] == claim["quote"]


@pytest.mark.parametrize(
    "opening",
    [
        "KABUL, Afghanistan (Aug. 24, 2011) – ",
        "Four killed in Herat\nKABUL, Afghanistan (Aug. 24) - ",
        "Four killed in Herat\n\n  KABUL (Agency) -- ",
    ],
)
def test_the_dateline_of_any_paragraph_is_not_where_it_happened(opening):
    text = f"{opening}Gunmen killed four policemen in Shindand district, Herat province, on Monday."
    rows = incidents(read(text, "2011-08-24"), reported=True)
    assert [row["place"]["admin1"] for row in rows] == ["Herat"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Sarin gas released in a market on Monday killed nine people", "2013-08-19"),
        ("Nine people were killed by a bomb. A suspect was released on Monday", None),
    ],
)
def test_a_release_of_gas_is_the_deed_and_one_of_suspects_comes_after(words, day):
    (row,) = incidents(read(f"ERBIL, Iraq - {words}, police said.", "2013-08-21"), reported=True)
    assert (row["date"] or {}).get("earliest") == day


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Gunmen stormed an air base, destroying two surveillance aircraft", "raid"),
        ("Rebels overran a barracks and destroyed four tanks", "raid"),
        ("Rockets hit an air base, destroying two aircraft", "rocket_attack"),
        ("Warplanes hit a base and destroyed rocket launchers", "air_strike"),
    ],
)
def test_what_is_destroyed_is_not_what_destroys(words, kind):
    (row,) = incidents(read(f"ADEN, Yemen - {words} on Monday.", "2019-08-21"), reported=True)
    assert row["type"] == kind


def test_hostages_who_are_freed_are_not_taken():
    text = "GAO, Mali - Troops freed four hostages in a raid on a camp on Monday, killing nine men."
    (row,) = incidents(read(text, "2019-08-21"), reported=True)
    assert row["type"] == "raid"
