"""The gazetteer: expanding it once, looking names up, spelling that varies."""

import lzma
import pickle
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ConfigError
from dateline.resolve.gazetteer import (
    ASSET,
    SEPARATOR,
    Gazetteer,
    open_gazetteer,
)
from dateline.resolve.loose_names import loose_key, loose_keys
from dateline.text import fold

MEGABYTES = 9


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return open_gazetteer()


@pytest.fixture
def tiny(tmp_path, monkeypatch) -> Path:
    rows = [
        (
            "geonames:1",
            "town",
            "Tésttown",
            "IQ",
            "01",
            "",
            "33.5",
            "44.5",
            "1000",
            "",
            "testtown",
            "",
        ),
        (
            "admin1:IQ.01",
            "admin1",
            "Al Anbar",
            "IQ",
            "01",
            "",
            "33",
            "42",
            "3",
            "geonames:1",
            "al anbar|anbar",
            "",
        ),
    ]
    asset = tmp_path / "tiny.tsv.xz"
    text = "".join(SEPARATOR.join(row) + "\n" for row in rows)
    asset.write_bytes(lzma.compress(text.encode()))
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    return asset


def test_the_shipped_table_is_small_enough_to_ship():
    assert ASSET.stat().st_size <= MEGABYTES * 1_000_000


def test_names_in_the_table_are_folded_as_the_code_folds_them():
    with lzma.open(ASSET, "rt", encoding="utf-8") as table:
        for number, line in enumerate(table):
            if number % 5000 == 0:
                *_, main, other = line.rstrip("\n").split(SEPARATOR)
                for key in filter(None, f"{main}|{other}".split("|")):
                    assert fold(key) == key


def test_expanding_writes_one_file_under_the_cache_folder(tiny, tmp_path):
    open_gazetteer(tiny)
    files = [path.name for path in (tmp_path / "cache").iterdir()]
    assert len(files) == 1
    assert files[0].endswith(".sqlite")


def test_two_that_expand_at_once_both_read_a_whole_file(tiny, tmp_path):
    found = []

    def expand():
        found.append(open_gazetteer.__wrapped__(tiny).lookup(["testtown"]))

    threads = [threading.Thread(target=expand) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(result["testtown"][0].id == "geonames:1" for result in found)
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".sqlite"]


def test_a_missing_table_is_one_clear_line(tmp_path):
    with pytest.raises(ConfigError, match="the gazetteer is missing"):
        open_gazetteer(tmp_path / "absent.tsv.xz")


def test_a_cache_folder_that_cannot_be_written_is_one_clear_line(tiny, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "file"))
    with pytest.raises(ConfigError, match="set DATELINE_CACHE"):
        open_gazetteer.__wrapped__(tiny)


def test_a_gazetteer_travels_to_another_process(tiny):
    gazetteer = pickle.loads(pickle.dumps(open_gazetteer(tiny)))  # noqa: S301
    assert gazetteer.lookup(["anbar"])["anbar"][0].name == "Al Anbar"


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Mosul", "geonames:99072"),
        ("Ain al-Assad base", "icao:ORAA"),
        ("Ain-Al-Assad air base", "icao:ORAA"),
        ("Bashur", "icao:ORBR"),
        ("Khmeimim", "icao:OSLK"),
        ("Tanf garrison", "site:al-tanf"),
        ("American embassy in Baghdad", "site:us-embassy-baghdad"),
        ("al-Hol camp", "site:al-hol"),
        ("Zaporizhzhia nuclear power plant", "site:zaporizhzhia-npp"),
        ("Red Sea", "sea:red-sea"),
        ("Deir Ezzor province", "admin1:SY.07"),
        ("Харків", "geonames:706483"),
        ("بغداد", "geonames:98182"),
    ],
)
def test_a_name_of_the_news_is_found(places, name, place_id):
    key = fold(name).removesuffix(" province")
    assert place_id in {candidate.id for candidate in places.lookup([key])[key]}


def test_a_name_the_gazetteer_lacks_gives_nothing(places):
    assert places.lookup(["xyzzyville"]) == {}
    assert places.find("xyzzyville") == []
    assert places.find(" ") == []


def test_find_puts_the_large_place_before_the_small_one(places):
    found = places.find("Mossul", limit=3)
    assert found[0].id == "geonames:99072"
    assert len(places.find("Spring", limit=5)) == 5


def test_a_division_is_named_as_geonames_names_it(places):
    assert places.admin1_name("IQ", "01") == "Al Anbar"
    assert places.admin1_name("IQ", "nowhere") is None
    assert places.admin1_name("", "") is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Al-Hudaydah", "Hodeida"),
        ("Miqdadiya", "al-Miqdadiyah"),
        ("Ain Assad", "Ayn al-Asad"),
        ("Qayyarah", "Qayara"),
        ("Mossoul", "Mosul"),
        ("Ash Shaddadi", "Shadadee"),
    ],
)
def test_transliterations_of_a_name_share_a_loose_key(left, right):
    assert loose_key(fold(left)) == loose_key(fold(right)) != ""


def test_short_names_and_other_scripts_have_no_loose_key():
    assert loose_key("hit") == ""
    assert loose_key(fold("بغداد")) == ""


@given(st.lists(st.text("abcdefhiklmnoqstuwy ", min_size=1, max_size=12).map(fold), min_size=1))
def test_names_loosened_together_are_those_loosened_one_by_one(names):
    together = loose_keys("|".join(names))
    assert together == {key for key in map(loose_key, names) if key}


def test_a_division_knows_the_town_it_is_governed_from(tiny):
    seat = open_gazetteer.__wrapped__(tiny).seat("admin1:IQ.01")
    assert seat is not None
    assert seat.id == "geonames:1"


@pytest.mark.parametrize(
    ("division", "town"),
    [
        ("admin1:IQ.09", "Nasiriyah"),
        ("admin1:IQ.10", "Baqubah"),
        ("admin1:CO.20", "Pasto"),
        ("admin1:US.TX", "Austin"),
        ("admin2:PH.14.60", "Jolo"),
    ],
)
def test_seats_are_the_capital_the_largest_town_or_a_namesake_that_is_no_village(
    places, division, town
):
    seat = places.seat(division)
    assert seat is not None
    assert seat.name == town


def test_a_place_that_is_no_division_has_no_seat(places):
    assert places.seat("icao:ORAA") is None
