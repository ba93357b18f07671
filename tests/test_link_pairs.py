"""What speaks for and against one incident: levels, weights, and which events meet at all."""

import math
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.views import ANBAR, ASAD, BAGHDAD, BASE, BOOK, HIT, IRAQ, NEAR_ASAD, days, types

from dateline.link.blocking import keys_asked, keys_held
from dateline.link.compare import COMPARISONS, compare
from dateline.link.names import names_of
from dateline.link.pairs import weigh
from dateline.link.view import EventView, view_from_json, view_to_json
from dateline.link.weights import FILE, chance, load_weights
from dateline.values import Place

WEIGHTS = load_weights()


def words(first: int, last: int) -> frozenset[int]:
    """Give a sketch of words that are all equally rare."""
    return frozenset((15 << 44) + number for number in range(first, last))


WORDS = words(0, 8)
SYRIA = Place("iso:SY", "Syria", "SY", None, 35.0, 38.0, "country")
DISTRICT = Place("geonames:1", "Hit District", "IQ", "Al Anbar", 33.7, 42.6, "district")


def other(**changes) -> EventView:
    return replace(BASE, **({"id": "e_b", "report": "b"} | changes))


@pytest.mark.parametrize(
    ("name", "left", "right", "level"),
    [
        ("date", {}, {}, "same_day"),
        ("date", {}, days(0, 1), "overlapping_days"),
        ("date", {}, days(-3, 3), "within_week"),
        ("date", {}, days(-4, 26), "within_month"),
        ("date", {}, days(1, 1), "day_apart"),
        ("date", {}, days(40, 40), "far_apart"),
        ("date", {}, {"earliest": None, "latest": None}, None),
        ("published", {}, {"earliest": None, "latest": None}, "day_apart"),
        ("published", {}, {}, None),
        ("published", {}, days(-185, 179), "day_apart"),
        ("published", {}, days(-4, 20), None),
        ("place", {}, {}, "same_site"),
        ("place", {"place": HIT}, {"place": HIT}, "same_town"),
        ("place", {}, {"place": HIT}, "within_60_km"),
        ("place", {}, {"place": NEAR_ASAD}, "within_reach"),
        ("place", {}, {"place": DISTRICT}, "within_reach"),
        ("place", {}, {"place": replace(DISTRICT, admin1="Salah ad Din")}, "other_province"),
        ("place", {}, {"place": ANBAR}, "in_province"),
        ("place", {}, {"place": IRAQ}, "in_country"),
        ("place", {"place": IRAQ}, {"place": IRAQ}, "both_country"),
        ("place", {}, {"place": BAGHDAD}, "other_province"),
        ("place", {}, {"place": SYRIA}, "other_country"),
        ("place", {}, {"place": None}, None),
        ("type", {}, {}, "same"),
        ("type", {}, types("armed_attack"), "kind_of"),
        ("type", {}, types("mortar_attack"), "same_sub_event"),
        ("weapon", {}, {"weapon": "air"}, "different"),
        ("weapon", {}, {"weapon": None}, None),
        ("perpetrator", {"actors": ("a", "b")}, {"actors": ("b",)}, "shared"),
        ("munitions", {"munitions": (3, 3)}, {"munitions": (3, 3)}, "same"),
        ("munitions", {"munitions": (3, 3)}, {"munitions": (2, None)}, "overlapping"),
        ("munitions", {"munitions": (3, 3)}, {"munitions": (2, 2)}, "close"),
        ("munitions", {"munitions": (3, 3)}, {"munitions": (14, 14)}, "far"),
        ("killed", {"killed": (0, 0)}, {"killed": (0, 0)}, "none"),
        ("killed", {"killed": (0, 0)}, {"killed": (5, 5)}, "none_and_some"),
        ("time", {"minute": 90}, {"minute": 100}, "half_hour"),
        ("time", {"minute": 90}, {"minute": 300}, "far_apart"),
        ("time", {"minute": 90, "zone": "UTC"}, {"minute": 90, "zone": "+03:00"}, None),
        ("names", {"names": (1, 2, 3)}, {"names": (3, 4)}, "one"),
        ("names", {"names": (1, 2, 3)}, {"names": ()}, None),
        ("words", {"words": WORDS}, {"words": WORDS}, "nearly_all"),
        ("words", {"words": WORDS}, {"words": words(5, 13)}, "most"),
        ("words", {"words": WORDS}, {"words": words(20, 30)}, "none"),
        ("words", {"words": WORDS}, {"words": words(0, 3)}, None),
        ("lead", {}, {"is_lead": False}, "one"),
    ],
)
def test_a_comparison_names_its_level(name, left, right, level):
    one, two = replace(BASE, **left), other(**right)
    assert compare(one, two)[name] == level
    assert compare(two, one)[name] == level


def is_same(left: EventView, right: EventView) -> bool:
    return WEIGHTS.total(left, right) >= WEIGHTS.threshold


@pytest.mark.parametrize(
    "changes",
    [
        {},
        types("mortar_attack"),
        types("armed_attack"),
        days(0, 1),
        {"place": NEAR_ASAD},
        {"place": ANBAR},
        {"weapon": None},
        {"munitions": (2, 2)},
    ],
)
def test_one_attack_told_a_little_differently_is_the_same(changes):
    assert is_same(replace(BASE, munitions=(3, 3)), other(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        days(2, 2),
        days(40, 40),
        {"place": SYRIA},
        {"earliest": None, "latest": None, "published": "2021-09-01"},
        types("abduction") | {"weapon": "firearm", "place": HIT},
    ],
)
def test_another_day_place_or_kind_is_not(changes):
    assert not is_same(BASE, other(**changes))


def test_the_table_has_a_row_for_each_level_and_its_numbers_are_shares():
    form = tomllib.loads(FILE.read_text("utf-8"))
    assert list(form["comparisons"]) == list(COMPARISONS)
    for rows in form["comparisons"].values():
        for side in ("m", "u"):
            assert 0 < sum(row[side] for row in rows.values()) < 1.02
        assert all(row["says"] for row in rows.values())


def test_a_weight_is_the_logarithm_of_m_over_u_and_what_is_not_told_weighs_nothing():
    parts = {part.name: part for part in WEIGHTS.explain(BASE, other(weapon=None))}
    row = WEIGHTS.levels["date"]["same_day"]
    assert parts["date"].weight == pytest.approx(math.log2(row.m / row.u), abs=0.01)
    assert (parts["weapon"].level, parts["weapon"].weight) == (None, 0.0)
    total = sum(part.weight for part in parts.values())
    assert WEIGHTS.total(BASE, other(weapon=None)) == pytest.approx(total, abs=0.01)


def test_the_chance_at_the_threshold_is_even():
    assert chance(11.0, 11.0) == 0.5
    assert chance(14.0, 11.0) > 0.85
    assert chance(-200.0, 11.0) == 0.0


PLACES = [ASAD, HIT, BAGHDAD, ANBAR, IRAQ, NEAR_ASAD, None]
VIEWS = st.builds(
    lambda report, place, span, kind, published, news, names, rare: other(
        id=f"e_{report}", report=report, place=place, published=published, is_news=news,
        names=tuple(sorted(names)), words=words(rare, rare + 2),
        **(days(*span) if span else {"earliest": None, "latest": None}), **types(kind),
    ),
    st.sampled_from("abcdef"), st.sampled_from(PLACES),
    st.sampled_from([None, (0, 0), (1, 1), (2, 2), (0, 1), (-3, 3), (-4, 26), (-180, 180)]),
    st.sampled_from(["rocket_attack", "mortar_attack", "drone_strike"]),
    st.sampled_from(["", "2021-07-05", "2021-07-07", "2021-08-01"]), st.booleans(),
    st.sets(st.integers(1, 6), max_size=4), st.integers(0, 4),
)  # fmt: skip


@given(VIEWS, VIEWS)
def test_if_one_looks_where_the_other_stands_the_other_looks_back(one, two):
    assert bool(keys_asked(one) & keys_held(two)) == bool(keys_asked(two) & keys_held(one))


@given(VIEWS)
def test_a_view_comes_back_from_its_json_form(view):
    assert view_from_json(view_to_json(view)) == view


@pytest.mark.parametrize(
    "changes",
    [
        {},
        days(0, 1),
        days(1, 1),
        days(-4, 26),
        {"place": ANBAR},
        {"place": IRAQ},
        {"place": replace(ASAD, id=None, latitude=33.9)},
        {"earliest": None, "latest": None, "published": "2021-07-07"},
        {"place": None, "words": WORDS},
        {"place": HIT, "names": (7,), "published": "2021-08-20", **days(29, 29)},
    ],
)
def test_events_that_may_be_one_meet(changes):
    told = replace(BASE, names=(7, 9), words=WORDS)
    assert keys_asked(told) & keys_held(other(**changes))


@pytest.mark.parametrize("changes", [days(2, 2), {"place": BAGHDAD}, {"place": SYRIA}])
def test_events_far_from_each_other_do_not(changes):
    assert not keys_asked(BASE) & keys_held(other(**changes))


@pytest.mark.parametrize(
    ("changes", "paired"),
    [
        ({}, True),
        ({"place": None, "words": WORDS}, True),
        ({"place": None, "names": (7, 8)}, True),
        ({"place": None, "words": words(20, 28), "time": 600}, False),
    ],
)
def test_nothing_is_joined_of_which_nothing_says_that_it_was_in_one_place(changes, paired):
    clock = {"minute": changes.pop("time", 90), "zone": "UTC", "munitions": (3, 3)}
    one = replace(BASE, names=(7, 9), words=WORDS, **clock)
    two = other(names=(20, 21), **clock) if not changes else other(**clock, **changes)
    known = [(key, two) for key in keys_asked(one)]
    assert bool(weigh([one], WEIGHTS, known)) is paired


def test_names_are_two_capitals_side_by_side_outside_of_headlines():
    grammar = BOOK.grammar("linking")
    said = "He was shot on Elm Street, said Police Chief Ann Lowe of his death."
    text = f"Kevin Barbee Shot In Town\n{said}"
    same = "They asked Ann Lowe whether she had ever met the man before that day."
    assert names_of(text, grammar) == names_of(same, grammar)
    assert len(names_of(text, grammar)) == 1
