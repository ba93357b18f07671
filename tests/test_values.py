"""Values: an exact JSON form, and ranges that never run backwards."""

import datetime as dt
import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.values import (
    Actor,
    Count,
    CountBasis,
    DateBasis,
    DatePrecision,
    Place,
    PlaceLevel,
    Term,
    Text,
    Unknown,
    When,
    value_from_json,
    value_to_json,
)

TEXTS = st.text(max_size=20)
PAIRS = st.tuples(st.dates(), st.dates()).map(sorted)
RANGES = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(sorted)


def maybe(strategy):
    return st.one_of(st.none(), strategy)


def of(literal):
    return st.sampled_from(get_args(literal))


VALUES = st.one_of(
    st.builds(Term, TEXTS, TEXTS),
    st.builds(Actor, maybe(TEXTS), TEXTS, TEXTS),
    st.builds(
        Place, maybe(TEXTS), TEXTS, maybe(TEXTS), maybe(TEXTS), maybe(st.floats(-90, 90)),
        maybe(st.floats(-180, 180)), of(PlaceLevel), TEXTS,
    ),
    st.builds(
        lambda pair, *rest: When(*pair, *rest),
        PAIRS, of(DatePrecision), of(DateBasis), maybe(TEXTS), maybe(TEXTS),
    ),
    st.builds(When, st.none(), st.none(), st.just("unknown"), of(DateBasis), maybe(TEXTS)),
    st.builds(lambda pair, *rest: Count(*pair, *rest), RANGES, of(CountBasis), maybe(TEXTS)),
    st.builds(Count, maybe(st.integers(0, 99)), st.none(), of(CountBasis)),
    st.builds(Text, TEXTS),
    st.builds(Unknown, TEXTS),
)  # fmt: skip


@given(maybe(VALUES))
def test_every_value_comes_back_from_json(value):
    form = json.loads(json.dumps(value_to_json(value)))
    assert value_from_json(form) == value


@given(VALUES)
def test_every_form_names_its_kind(value):
    form = value_to_json(value)
    assert form is not None
    assert form["kind"] == type(value).kind


@given(st.dates(), st.dates())
def test_an_interval_never_runs_backwards(one, other):
    if one <= other:
        assert When(one, other, "range", "stated").latest == other
    else:
        with pytest.raises(ValueError, match="backwards"):
            When(one, other, "range", "stated")


@given(st.integers(), st.integers())
def test_a_range_never_runs_backwards(low, high):
    if low <= high:
        assert Count(low, high, "exact").high == high
    else:
        with pytest.raises(ValueError, match="backwards"):
            Count(low, high, "exact")


def test_an_open_end_is_no_obstacle():
    assert Count(3, None, "at_least").high is None
    assert When(None, dt.date(2021, 7, 5), "range", "stated").earliest is None


@pytest.mark.parametrize("form", [{"kind": "price"}, {"low": 3}, {}])
def test_an_unknown_kind_is_refused_with_the_known_ones(form):
    with pytest.raises(ValueError, match="known: term, actor"):
        value_from_json(form)


def test_not_resolved_unknown_and_a_stated_zero_are_three_things():
    forms = [value_to_json(v) for v in (None, Unknown("3 places"), Count(0, 0, "none"))]
    assert len({json.dumps(form) for form in forms}) == 3
