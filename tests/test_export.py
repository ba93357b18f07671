"""What leaves the store: the three forms, what they lose, and what is kept back."""

import csv
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ConfigError
from dateline.export import LossReport, export_incidents
from dateline.export.csv import claims_path, safe_cell
from dateline.export.csv import export as export_csv
from dateline.export.flat import NO_POINT
from dateline.export.geojson import export as export_geojson
from dateline.export.jsonl import export as export_jsonl
from dateline.export.privacy import is_name
from dateline.export.wording import short_count, short_date, short_place, value_words

EXPORTERS = {"csv": export_csv, "geojson": export_geojson, "jsonl": export_jsonl}


def claim(role: str, quote: str, value: Any, **more: Any) -> dict[str, Any]:
    fixed = {"id": f"c_{role}", "role": role, "value": value, "quote": quote, "report": "r_1"}
    evidence = {"start": 0, "end": len(quote), "stance": "asserted", "speakers": []}
    return fixed | evidence | {"event": "e_1", "score": 1.0, "origin": "lexicon/1"} | more


def incident(**cells: Any) -> dict[str, Any]:
    return {
        "incident": "i_1",
        "aliases": [],
        "kind": "incident",
        "reported": True,
        "type": "rocket_attack",
        "acled": "Shelling/artillery/missile attack",
        "plover": "ASSAULT/heavy-weapons",
        "date": {
            "earliest": "2021-07-05", "latest": "2021-07-05", "precision": "day", "time": "14:45",
        },
        "place": {
            "id": "icao:ORAA", "name": "Al Asad Air Base", "admin1": "Al Anbar", "country": "IQ",
            "lat": 33.7856, "lon": 42.4412, "level": "site",
        },
        "target": "an airbase in Anbar",
        "killed": {"low": 0, "high": 0, "basis": "none", "rule": "latest"},
        "perpetrators": [
            {"id": None, "name": "a brigade", "names": [], "stance": "suspected", "by": []}
        ],
        "claim_status": "unclaimed",
        "events": ["e_1"],
        "reports": ["r_1", "r_2"],
        "publishers": ["Rudaw", "AFP"],
        "claims": [],
    } | cells  # fmt: skip


PROVINCE = {"name": "Diyala", "admin1": "Diyala", "country": "IQ", "lat": 33.9, "lon": 45.0}
PROVINCE |= {"id": "g:1", "level": "province"}
VICTIM = claim("victim", "Ahmed al-Jabouri", {"kind": "text", "text": "Ahmed al-Jabouri"})
FARMER = claim("victim", "a farmer", {"kind": "text", "text": "a farmer"}, id="c_farmer")
KILLED = claim("killed", "killing Ahmed al-Jabouri and a farmer", {"low": 2, "high": 2})


@pytest.fixture(params=EXPORTERS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def written(
    form: str, out: Path, rows: list[dict[str, Any]], **options: Any
) -> tuple[str, LossReport]:
    losses = export_incidents(rows, out, EXPORTERS[form], **options)
    beside = claims_path(out).read_text("utf-8") if form == "csv" else ""
    return out.read_text("utf-8") + beside, losses


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_form_writes_every_incident_and_says_how_many(form: str, tmp_path: Path):
    text, losses = written(form, tmp_path / "out", [incident(), incident(incident="i_2")])
    assert losses.rows == 2
    assert "i_1" in text
    assert "i_2" in text
    assert next(iter(losses.lines())) == "2 incidents written"


def test_every_form_can_be_empty(form: str, tmp_path: Path):
    _, losses = written(form, tmp_path / "out", [])
    assert losses == LossReport(0)


def test_an_export_that_breaks_off_leaves_what_was_there(form: str, tmp_path: Path):
    out = tmp_path / "out"
    out.write_text("yesterday's")

    def broken() -> Iterator[dict[str, Any]]:
        yield incident()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        export_incidents(broken(), out, EXPORTERS[form])
    assert out.read_text() == "yesterday's"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_is_not_there_is_one_clear_line(form: str, tmp_path: Path):
    with pytest.raises(ConfigError, match="out: cannot be written: No such file or directory"):
        export_incidents([], tmp_path / "nowhere" / "out", EXPORTERS[form])


def test_an_export_is_as_readable_as_any_file(tmp_path: Path):
    export_incidents([], tmp_path / "out", export_jsonl)
    (tmp_path / "plain").touch()
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("out", "plain")}
    assert len(modes) == 1


def test_names_of_victims_stay_out_and_are_masked_in_other_quotes(form: str, tmp_path: Path):
    rows = [incident(claims=[VICTIM, FARMER, KILLED], target="Ahmed al-Jabouri's car")]
    text, losses = written(form, tmp_path / "out", rows)
    assert "Jabouri" not in text
    assert losses.withheld == {"names of victims": 1}
    assert "[name withheld]'s car" in text
    if form != "geojson":
        assert "killing [name withheld] and a farmer" in text
        assert "c_farmer" in text


def test_names_of_victims_are_exported_only_when_asked_for(tmp_path: Path):
    text, losses = written(
        "jsonl", tmp_path / "out", [incident(claims=[VICTIM])], include_names=True
    )
    assert "Ahmed al-Jabouri" in text
    assert losses.withheld == {}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ahmed al-Jabouri", True),
        ("Muhandis", True),
        ("أحمد الجبوري", True),
        ("a farmer", False),
        ("Iraqi soldiers", False),
        ("Two children", False),
        ("", False),
    ],
)
def test_a_name_ends_in_a_capitalised_word(words: str, expected: bool):
    assert is_name(words) is expected


@pytest.mark.parametrize(
    ("level", "name", "kept_level"),
    [("admin1", "Al Anbar", "province"), ("country", "IQ", "country")],
)
def test_a_fine_place_is_given_as_what_it_lies_in(
    form: str, level: Any, name: str, kept_level: str, tmp_path: Path
):
    fine = incident()["place"] | {"kind": "place"}
    place = claim("place", "Ain al-Asad", fine)
    target = claim("target", "the runway of Ain al-Asad", {"kind": "text", "text": "the runway"})
    out = tmp_path / "out"
    text, losses = written(form, out, [incident(claims=[place, target])], place_level=level)
    assert not [word for word in ("Asad", "33.78", "42.44", "icao:ORAA") if word in text]
    assert losses.withheld == {f"places finer than {level}": 1}
    if form == "jsonl":
        row = json.loads(text)
        assert (row["place"]["name"], row["place"]["level"]) == (name, kept_level)
        assert [c["quote"] for c in row["claims"]] == ["the runway of [place withheld]"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("hit Ain al-Asad air base in Anbar", "hit [place withheld]"),
        ("hit the Ain al-Asad base", "hit the [place withheld] base"),
        ("Al Asad Air Base was hit", "[place withheld] was hit"),
        ("a base in Anbar", "a base in Anbar"),
        ("a base", "a base"),
    ],
)
def test_part_of_a_fine_place_name_is_masked_too(text: str, masked: str, tmp_path: Path):
    fine = incident()["place"] | {"kind": "place"}
    place = claim("place", "Ain al-Asad air base in Anbar", fine)
    written(
        "jsonl", tmp_path / "out", [incident(claims=[place], target=text)], place_level="admin1"
    )
    assert json.loads((tmp_path / "out").read_text("utf-8"))["target"] == masked


def test_a_coarse_place_is_left_alone(tmp_path: Path):
    text, losses = written(
        "jsonl", tmp_path / "out", [incident(place=PROVINCE)], place_level="admin1"
    )
    assert json.loads(text)["place"] == PROVINCE
    assert losses.withheld == {}


def test_csv_has_acled_like_names_beside_our_own(tmp_path: Path):
    export_csv([incident()], tmp_path / "out.csv")
    (row,) = table(tmp_path / "out.csv")
    expected = {
        "event_id_cnty": "i_1",
        "event_date": "2021-07-05",
        "year": "2021",
        "time_precision": "1",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "a brigade",
        "iso": "368",
        "country": "Iraq",
        "admin1": "Al Anbar",
        "location": "Al Asad Air Base",
        "latitude": "33.7856",
        "longitude": "42.4412",
        "geo_precision": "1",
        "source": "Rudaw; AFP",
        "fatalities": "0",
        "incident": "i_1",
        "type": "rocket_attack",
        "country_code": "IQ",
        "killed_low": "0",
        "killed_basis": "none",
        "killed_rule": "latest",
        "injured_low": "",
        "claim_status": "unclaimed",
        "reports": "r_1; r_2",
    }
    assert {name: row[name] for name in expected} == expected


def test_csv_puts_the_claims_into_a_second_long_file(tmp_path: Path):
    spoken = claim(
        "killed", "nobody was hurt", {"kind": "count", "low": 0, "high": 0, "basis": "none"},
        speakers=["AFP", "a spokesman"],
    )  # fmt: skip
    export_csv([incident(claims=[spoken])], tmp_path / "out.csv")
    (row,) = table(tmp_path / "out.csv.claims.csv")
    assert row == {
        "incident": "i_1", "event": "e_1", "report": "r_1", "claim": "c_killed", "role": "killed",
        "value": "0", "quote": "nobody was hurt", "start": "0", "end": "15", "stance": "asserted",
        "speakers": "AFP; a spokesman", "score": "1.0", "origin": "lexicon/1",
    }  # fmt: skip


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "  =", "\uff1d"])
def test_csv_text_is_never_a_formula(start: str, tmp_path: Path):
    attack = f'{start}HYPERLINK("http://bad.example";"click")'
    quote = claim("target", attack, {"kind": "text", "text": attack})
    export_csv([incident(target=attack, claims=[quote])], tmp_path / "out.csv")
    (row,), (claim_row,) = table(tmp_path / "out.csv"), table(tmp_path / "out.csv.claims.csv")
    assert {row["target"], claim_row["quote"], claim_row["value"]} == {f"'{attack}"}


def test_csv_gives_no_point_for_a_province(tmp_path: Path):
    losses = export_csv([incident(place=PROVINCE)], tmp_path / "out.csv")
    (row,) = table(tmp_path / "out.csv")
    assert (row["latitude"], row["longitude"], row["geo_precision"]) == ("", "", "3")
    assert losses.dropped == {NO_POINT: 1}


def test_whoever_is_said_not_to_have_done_it_is_no_actor1(tmp_path: Path):
    denied = {"id": None, "name": "the army", "stance": "denied"}
    export_csv([incident(perpetrators=[denied])], tmp_path / "out.csv")
    (row,) = table(tmp_path / "out.csv")
    assert (row["actor1"], row["perpetrators"], row["perpetrator_stances"]) == (
        "",
        "the army",
        "denied",
    )


def test_csv_numbers_stay_numbers(tmp_path: Path):
    place = incident()["place"] | {"lon": -72.3, "lat": 18.5}
    export_csv([incident(place=place)], tmp_path / "out.csv")
    assert table(tmp_path / "out.csv")[0]["longitude"] == "-72.3"


@given(st.text(max_size=20))
def test_a_safe_cell_keeps_its_words(text: str):
    assert safe_cell(text).removeprefix("'") == text.removeprefix("'")


def test_geojson_puts_longitude_first_and_says_how_exact_the_place_is(tmp_path: Path):
    out = tmp_path / "out"
    losses = export_geojson([incident(), incident(place=PROVINCE), incident(place=None)], out)
    form = json.loads(out.read_text("utf-8"))
    assert form["type"] == "FeatureCollection"
    geometries = [feature["geometry"] for feature in form["features"]]
    assert geometries == [{"type": "Point", "coordinates": [42.4412, 33.7856]}, None, None]
    levels = [feature["properties"]["place_level"] for feature in form["features"]]
    assert levels == ["site", "province", None]
    assert losses.dropped == {NO_POINT: 1}


def test_geojson_properties_are_flat(tmp_path: Path):
    export_geojson([incident()], tmp_path / "out")
    (feature,) = json.loads((tmp_path / "out").read_text("utf-8"))["features"]
    assert not [v for v in feature["properties"].values() if isinstance(v, dict | list)]


def test_jsonl_keeps_everything(tmp_path: Path):
    row = incident(claims=[FARMER, KILLED], target="مطار \u2028 here")
    export_jsonl([row, row], tmp_path / "out")
    lines = (tmp_path / "out").read_text("utf-8").removesuffix("\n").split("\n")
    assert [json.loads(line) for line in lines] == [row, row]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, None),
        ({"kind": "count", "low": 3, "high": 3, "basis": "exact", "of": "rockets"}, "3 rockets"),
        ({"kind": "count", "low": 0, "high": 0, "basis": "none"}, "0"),
        ({"kind": "count", "low": 3, "high": None, "basis": "at_least"}, "at least 3"),
        ({"kind": "count", "low": None, "high": 5, "basis": "at_most"}, "up to 5"),
        ({"kind": "count", "low": 3, "high": 5, "basis": "exact"}, "3 to 5"),
        ({"kind": "count", "low": 12, "high": 12, "basis": "about"}, "about 12"),
        ({"kind": "count", "low": None, "high": None, "basis": "vague"}, "some"),
        (incident()["date"], "2021-07-05 (day) 14:45"),
        ({"earliest": None, "latest": None, "precision": "unknown"}, "unknown"),
        ({"earliest": "2021-06-28", "latest": "2021-07-04", "precision": "week"},
         "2021-06-28 to 2021-07-04 (week)"),
        (incident()["place"], "Al Asad Air Base (site), Al Anbar, IQ"),
        ({"kind": "unknown", "reason": "3 places of that name"}, "unknown: 3 places of that name"),
        ({"kind": "term", "scheme": "weapon", "id": "rocket"}, "rocket"),
        ({"kind": "actor", "id": None, "name": "gunmen", "reason": ""}, "gunmen"),
    ],
)  # fmt: skip
def test_a_value_in_words(value: Any, words: str | None):
    assert value_words(value) == words


@pytest.mark.parametrize(
    ("low", "high", "basis", "shown"),
    [
        (3, 3, "exact", "3"),
        (3, None, "at_least", "≥3"),
        (None, 5, "at_most", "≤5"),
        (3, 5, "exact", "3-5"),
        (12, 12, "about", "~12"),
        (None, None, "vague", "some"),
    ],
)
def test_a_count_for_a_narrow_column(low: int | None, high: int | None, basis: str, shown: str):
    assert short_count({"low": low, "high": high, "basis": basis}) == shown


def test_the_best_of_a_range_comes_first():
    count = {"low": 3, "high": 7, "best": 5, "basis": "exact"}
    assert (value_words(count), short_count(count)) == ("best 5 (3 to 7)", "5 (3-7)")
    assert value_words(count | {"low": 5, "high": 5}) == "5"


def test_a_claim_without_a_quote_masks_no_words(form: str, tmp_path: Path):
    corrected = claim("place", "", {"kind": "unknown", "reason": "not known"}) | {"quote": None}
    hurt = claim("injured", "None of them was hurt", {"low": 0, "high": 0})
    row = incident(claims=[corrected, hurt])
    text, _ = written(form, tmp_path / "out", [row], place_level="country")
    assert form == "geojson" or "None of them was hurt" in text


@pytest.mark.parametrize(
    ("earliest", "latest", "precision", "shown"),
    [
        ("2021-07-05", "2021-07-05", "day", "2021-07-05 (day)"),
        ("2021-06-28", "2021-07-04", "week", "2021-06-28/07-04 (week)"),
        ("2021-04-01", "2021-04-30", "month", "2021-04 (month)"),
        ("2020-01-01", "2020-12-31", "year", "2020 (year)"),
        ("2020-12-28", "2021-01-03", "week", "2020-12-28 to 2021-01-03 (week)"),
        (None, "2021-01-03", "range", "… to 2021-01-03 (range)"),
        (None, None, "unknown", "unknown"),
    ],
)
def test_a_date_for_a_narrow_column(earliest, latest, precision: str, shown: str):
    date = {"earliest": earliest, "latest": latest, "precision": precision, "time": "14:45"}
    assert short_date(date) == shown


def test_a_place_for_a_narrow_column():
    assert short_place(incident()["place"]) == "Al Asad Air Base, IQ (site)"
    assert short_place({"name": "Iraq", "country": "IQ", "level": "country"}) == "Iraq (country)"
