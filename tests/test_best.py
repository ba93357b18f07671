"""Choosing among claims: what holds whatever the claims are. Cases stand in test_record.py."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.best import best_count, best_place, best_when, context_of, covers, days, kind_of
from dateline.model import Report, Speaker, make_claim
from dateline.values import Count, Place, Term, When

REPORT = Report(id="r1", text="x" * 200)
HIT = Place("geonames:98860", "Hīt", "IQ", "Al Anbar", 33.64, 42.83, "town")
ANBAR = Place("geonames:99592", "Anbar", "IQ", "Al Anbar", 33.0, 42.0, "province")
IRAQ = Place("iso:IQ", "Iraq", "IQ", None, 33.0, 44.0, "country")
SYRIA = Place("iso:SY", "Syria", "SY", None, 35.0, 38.0, "country")
NAMELESS = Place(None, "Al-Hit", None, None, None, None, "unknown")
DAY = dt.date(2021, 7, 5)

COUNTS = st.one_of(
    st.integers(1, 50).map(lambda n: Count(n, n, "exact")),
    st.integers(1, 50).map(lambda n: Count(n, None, "at_least")),
    st.sampled_from([Count(0, 0, "none"), Count(24, None, "vague"), Count(2, None, "vague")]),
)
WHENS = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(
    lambda n: When(DAY + dt.timedelta(n[0]), DAY + dt.timedelta(n[0] + n[1]), "range", "stated")
)


def claims_of(role, values, voices=()):
    named = [*voices, *[""] * len(values)]
    return [
        make_claim("e_1", role, REPORT.span(at * 15, at * 15 + 5), value, origin="lexicon/1",
                   speakers=[Speaker(name)] if name else [])
        for at, (value, name) in enumerate(zip(values, named, strict=False))
    ]  # fmt: skip


@given(st.lists(COUNTS, min_size=1, max_size=6), st.lists(st.sampled_from(["", "a", "b"])))
def test_the_best_count_lies_within_what_is_told(counts, voices):
    best = best_count(claims_of("killed", counts, voices))
    assert best is not None
    assert min(c.low for c in counts) <= best.count.low <= max(c.low for c in counts)
    if best.count.high is not None:
        assert best.count.high <= max(c.high or c.low for c in counts)
    assert best.rule in {"stated", "largest", "range"}


@given(st.lists(COUNTS, max_size=6), st.lists(st.sampled_from(["", "a", "b"])))
def test_zero_is_only_for_a_stated_zero(counts, voices):
    best = best_count(claims_of("killed", counts, voices))
    if best is not None and best.count.low == 0:
        assert all(count.high == 0 for count in counts)


@given(st.lists(WHENS, min_size=1, max_size=6))
def test_the_best_interval_is_one_that_was_told(whens):
    best = best_when(claims_of("date", whens))
    assert best in whens
    if all(when == whens[0] for when in whens):
        assert best == whens[0]


@given(st.lists(st.sampled_from([HIT, ANBAR, IRAQ]), min_size=1, max_size=5))
def test_among_places_that_cover_each_other_the_finest_is_best(places):
    finest = min(places, key=[HIT, ANBAR, IRAQ].index)
    assert best_place(claims_of("place", places)) == finest


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        (IRAQ, HIT, True),
        (ANBAR, HIT, True),
        (HIT, ANBAR, False),
        (SYRIA, HIT, False),
        (HIT, HIT, True),
        (NAMELESS, NAMELESS, True),
        (IRAQ, NAMELESS, False),
    ],
)
def test_a_country_and_a_province_cover_what_lies_in_them(outer, inner, expected):
    assert covers(outer, inner) is expected


def test_the_length_of_an_interval_counts_both_ends():
    assert days(When(DAY, DAY, "day", "stated")) == 1
    assert days(When(None, None, "unknown", "unknown")) == 0
    assert days(When(None, DAY, "range", "stated")) > 36000


def test_the_kind_and_context_of_an_event_are_read_from_its_claims():
    tally = claims_of("type", [Term("kind", "tally")])
    assert kind_of(tally) == "tally"
    assert (kind_of([]), context_of([])) == ("incident", "reported")
    assert context_of(claims_of("context", [Term("context", "planned")])) == "planned"


def told(rows):
    """Make claims from (low, high, of, voice, score), each in a stretch of its own."""
    return [
        make_claim("e_1", "killed", REPORT.span(at * 20, at * 20 + 5),
                   Count(low, high, "at_least" if high is None else "exact", of),
                   origin="lexicon/1", score=score, speakers=[Speaker(voice)] if voice else [])
        for at, (low, high, of, voice, score) in enumerate(rows)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A survivor counts more than the army does; one voice only tells of a rising toll.
        ([(12, None, "men", "army", 1.0), (15, None, None, "survivor", 1.0)], (12, 15)),
        ([(12, None, "men", "army", 1.0), (15, None, None, "army", 1.0)], (15, None)),
        ([(12, None, "men", "army", 1.0), (14, 14, None, "army", 1.0)], (14, 14)),
        # A lower number than a floor is out of date.
        ([(10, None, "men", "governor", 1.0), (8, 8, None, "mayor", 1.0)], (10, None)),
        # Rival totals of other people; a part of a whole.
        ([(3, 3, "guards", "", 1.0), (4, 4, "police", "rebels", 1.0)], (3, 4)),
        ([(6, 6, "passengers", "police", 1.0), (1, 1, "teacher", "mayor", 1.0)], (6, 6)),
        # Attackers weigh little beside victims.
        ([(9, 9, "worshippers", "", 1.0), (12, 12, "gunmen", "", 0.25)], (9, 9)),
    ],
)
def test_numbers_of_several_voices_make_a_range(rows, expected):
    best = best_count(told(rows))
    assert best is not None
    assert (best.count.low, best.count.high) == expected
