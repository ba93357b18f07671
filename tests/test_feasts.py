"""Feasts that move, against days that calendars and newspapers of those years printed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import FOLDER, read_toml
from dateline.resolve.feasts import feast_days

TABLES = read_toml(FOLDER, "grammars/dates.toml")["tables"]
MOVING = {name: feast for name, feast in TABLES["holidays"].items() if "moves" in feast}


def days(name: str, year: int) -> list[tuple[str, str]]:
    return [(str(first), str(last)) for first, last in feast_days(MOVING[name], year)]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("easter", "1991-03-31"),
        ("easter", "2008-03-23"),
        ("easter", "2019-04-21"),
        ("easter", "2038-04-25"),
        ("good friday", "2024-03-29"),
        ("orthodox easter", "2021-05-02"),
        ("orthodox easter", "2022-04-24"),
        ("orthodox easter", "2024-05-05"),
        ("coptic palm sunday", "2017-04-09"),
        ("thanksgiving", "1999-11-25"),
        ("thanksgiving", "2023-11-23"),
        ("yom kippur", "1973-10-06"),
        ("yom kippur", "2019-10-09"),
        ("purim", "1996-03-05"),
    ],
)
def test_a_feast_of_one_day_is_that_day(name, day):
    assert days(name, int(day[:4])) == [(day, day)]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("passover", "2002-03-28", "2002-04-04"),
        ("sukkot", "2023-09-30", "2023-10-06"),
        ("simchat torah", "2023-10-07", "2023-10-08"),
        ("hanukkah", "2008-12-22", "2008-12-29"),
        ("hanukkah", "2013-11-28", "2013-12-05"),
    ],
)
def test_a_feast_of_several_days_is_all_of_them(name, first, last):
    assert days(name, int(first[:4])) == [(first, last)]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("eid al-fitr", "1990-04-26"),
        ("eid al-fitr", "2017-06-25"),
        ("eid al-fitr", "2021-05-13"),
        ("eid al-fitr", "2024-04-10"),
        ("eid al-adha", "2006-12-31"),
        ("eid al-adha", "2018-08-21"),
        ("eid al-adha", "2023-06-28"),
        ("ashura", "2004-03-02"),
        ("ashura", "2011-12-06"),
        ("ashura", "2022-08-08"),
        ("arbaeen", "2019-10-19"),
        ("mawlid", "2013-01-24"),
        ("diwali", "2005-11-01"),
        ("diwali", "2020-11-14"),
        ("diwali", "2024-10-31"),
    ],
)
def test_a_feast_by_the_moon_lies_within_its_day_of_doubt(name, day):
    assert any(first <= day <= last for first, last in days(name, int(day[:4])))
    assert all(
        dt.date.fromisoformat(last) - dt.date.fromisoformat(first) <= dt.timedelta(2)
        for first, last in days(name, int(day[:4]))
    )


def test_an_islamic_feast_may_come_twice_in_a_year_of_ours():
    assert len(days("eid al-fitr", 2000)) == 2
    assert len(days("eid al-adha", 2006)) == 2


@given(st.sampled_from(sorted(MOVING)), st.integers(1950, 2080))
def test_every_feast_comes_every_year_in_order(name, year):
    found = list(feast_days(MOVING[name], year))
    assert 1 <= len(found) <= 2
    assert found == sorted(found)
    assert all(first <= last for first, last in found)


@given(st.integers(1950, 2080))
def test_easter_is_a_sunday_and_the_orthodox_one_never_comes_first(year):
    [(west, _)] = feast_days({"moves": "easter", "from": 0, "to": 0}, year)
    [(east, _)] = feast_days({"moves": "orthodox_easter", "from": 0, "to": 0}, year)
    assert west.weekday() == east.weekday() == 6
    assert dt.timedelta(0) <= east - west <= dt.timedelta(35)
