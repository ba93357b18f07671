"""Importing a GeoNames dump of the user's own beside the shipped gazetteer."""

import zipfile
from pathlib import Path

import pytest

from dateline.cli import main
from dateline.codebook import load_codebook
from dateline.errors import ConfigError
from dateline.resolve import geonames
from dateline.resolve.gazetteer import Gazetteer, imported_path, open_gazetteer
from dateline.resolve.geonames import import_dump
from dateline.resolve.places import context, find_places, resolve_place
from dateline.values import Place

FEATURES = load_codebook().grammar("places").tables["features"]
ROWS = 5_000


def row(number: int, name: str, *, feature: str = "P.PPL", other: str = "", **cells: str) -> str:
    kind, code = feature.split(".")
    at = (cells.get("lat", "33.5"), cells.get("lon", "44.5"))
    place = (cells.get("country", "IQ"), "", cells.get("admin1", "07"), "", "", "")
    return "\t".join(
        (
            str(number),
            name,
            name,
            other,
            *at,
            kind,
            code,
            *place,
            "0",
            "",
            "40",
            "Asia/Baghdad",
            "-",
        )
    )


def village(number: int) -> str:
    return row(10_000_000 + number, f"Xq{number}abad")


@pytest.fixture(scope="module")
def shipped() -> Path:
    return open_gazetteer().path


@pytest.fixture
def cache(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def dump(tmp_path) -> Path:
    lines = [village(number) for number in range(ROWS)]
    lines[7] = row(7, "Zqarlin", other="Zkarlin,ABC,http://x,زقرلين")
    lines[8] = row(8, "Zqarlin Creek", feature="H.STM")
    lines[9] = row(9, "Zqarlin Prison", feature="S.PRN")
    path = tmp_path / "allCountries.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readMe.txt", "nothing")
        packed.writestr("allCountries.txt", "\n".join(lines) + "\n")
    return path


@pytest.fixture
def with_import(shipped, cache, dump) -> Gazetteer:
    done = import_dump(dump, FEATURES)
    return Gazetteer(shipped, done.path)


def test_a_dump_is_read_and_what_reports_seldom_name_is_left_out(cache, dump):
    done = import_dump(dump, FEATURES)
    assert (done.rows, done.places, done.resumed) == (ROWS, ROWS - 1, 0)
    assert done.path == imported_path()
    assert [path.name for path in cache.iterdir()] == [done.path.name]


@pytest.mark.parametrize("key", ["zqarlin", "zkarlin", "زقرلين"])
def test_an_imported_place_is_found_under_all_its_names(with_import, key):
    [candidate] = with_import.lookup([key])[key]
    assert (candidate.id, candidate.kind, candidate.imported) == ("geonames:7", "town", True)
    assert with_import.place("geonames:7").name == "Zqarlin"


def test_codes_addresses_and_left_out_features_are_no_names(with_import):
    assert with_import.lookup(["abc", "http x", "zqarlin creek"]) == {}


def test_a_shipped_name_keeps_its_places(with_import):
    assert all(not one.imported for one in with_import.lookup(["baghdad"])["baghdad"])


def test_a_village_of_the_dump_is_resolved_in_its_province(with_import):
    book = load_codebook()
    text = "Troops raided Zqarlin village in Baghdad province, Iraq."
    [toponym] = find_places(text, with_import, book)
    value = resolve_place(toponym, context(text, [toponym], with_import, book))
    assert isinstance(value, Place)
    assert (value.id, value.level) == ("geonames:7", "town")


def test_a_bare_word_is_no_hamlet(with_import):
    assert find_places("He believed in Zqarlin.", with_import, load_codebook()) == []


def test_an_import_that_was_stopped_goes_on_where_it_ended(cache, dump, monkeypatch):
    monkeypatch.setattr(geonames, "BATCH", 1_000)

    def stop(rows: int) -> None:
        if rows == 2_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_dump(dump, FEATURES, stop)
    assert not imported_path().exists()
    counted: list[int] = []
    done = import_dump(dump, FEATURES, counted.append)
    assert (done.rows, done.places, done.resumed) == (ROWS, ROWS - 1, 2_000)
    assert counted == [3_000, 4_000, 5_000]


def test_the_verb_says_what_was_done_and_lookups_know_it(cache, dump, capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["gazetteer", "import", str(dump)])
    assert "4,999 places of 5,000 rows" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", "one\ttwo\n", "row 1 has 2 columns, not 19"),
        ("b.txt", village(1).replace("33.5", "north") + "\n", "row 1 has no coordinates"),
        ("c.txt", "", "no place in it"),
        ("d.txt", "\udcff" + village(1), "cannot be read to its end"),
    ],
)
def test_a_bad_dump_is_one_line(cache, tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError, match=reason) as error:
        import_dump(path, FEATURES)
    assert "\n" not in str(error.value)
    assert not imported_path().exists()


def test_a_zip_that_is_cut_off_or_holds_no_text_is_one_line(cache, tmp_path, dump):
    cut = tmp_path / "cut.zip"
    cut.write_bytes(dump.read_bytes()[:2000])
    empty = tmp_path / "empty.zip"
    with zipfile.ZipFile(empty, "w") as packed:
        packed.writestr("x.csv", "")
    for path in (cut, empty, tmp_path / "none.zip"):
        with pytest.raises(ConfigError) as error:
            import_dump(path, FEATURES)
        assert "\n" not in str(error.value)
        assert str(path) in str(error.value)
