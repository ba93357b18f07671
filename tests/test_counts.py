"""Numbers and sums of money in news text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import FOLDER, Grammar, read_toml
from dateline.extract.counts import find_counts, find_money


@pytest.fixture(scope="module")
def grammar():
    path = FOLDER / "grammars" / "counts.toml"
    return Grammar("counts", read_toml(FOLDER, "grammars/counts.toml"), path)


@pytest.mark.parametrize(
    ("text", "quote", "low", "high", "basis", "noun"),
    [
        ("2,500 troops left", "2,500", 2500, 2500, "exact", "troops"),
        ("1 200 refugees left", "1 200", 1200, 1200, "exact", "refugees"),
        ("1.5 million people fled", "1.5 million", 1_500_000, 1_500_000, "exact", "people"),
        ("twenty-three soldiers", "twenty-three", 23, 23, "exact", "soldiers"),
        ("a hundred and five shells", "a hundred and five", 105, 105, "exact", "shells"),
        (
            "three thousand two hundred men",
            "three thousand two hundred",
            3200,
            3200,
            "exact",
            "men",
        ),
        ("a dozen guerrillas", "a dozen", 12, 12, "vague", "guerrillas"),
        ("two dozen rockets", "two dozen", 24, 24, "vague", "rockets"),
        ("half a dozen men", "half a dozen", 6, 6, "vague", "men"),
        ("dozens of people", "dozens", 24, None, "vague", "people"),
        ("scores of shells", "scores", 40, None, "vague", "shells"),
        ("hundreds of families", "hundreds", 200, None, "vague", "families"),
        ("several mortars", "several", 2, None, "vague", "mortars"),
        ("a few drones", "a few", 2, None, "vague", "drones"),
        ("a couple of drones", "a couple", 2, 2, "vague", "drones"),
        ("at least 12 people", "at least 12", 12, None, "at_least", "people"),
        ("no fewer than nine men", "no fewer than nine", 9, None, "at_least", "men"),
        ("more than 30 rebels", "more than 30", 30, None, "at_least", "rebels"),
        ("100 or more shells", "100 or more", 100, None, "at_least", "shells"),
        ("up to 45 rockets", "up to 45", 0, 45, "at_most", "rockets"),
        ("as many as 40 men", "as many as 40", 0, 40, "at_most", "men"),
        ("fewer than 10 men", "fewer than 10", 0, 10, "at_most", "men"),
        ("about 20 mortar rounds landed", "about 20", 20, 20, "about", "rounds"),
        ("nearly 34 rockets were fired", "nearly 34", 34, 34, "about", "rockets"),
        ("between 3 and 5 drones", "between 3 and 5", 3, 5, "exact", "drones"),
        ("3 to 5 drones", "3 to 5", 3, 5, "exact", "drones"),
        ("3-5 drones", "3-5", 3, 5, "exact", "drones"),
        ("two or three men", "two or three", 2, 3, "exact", "men"),
        ("no one was seen", "no one", 0, 0, "none", ""),
        ("not a single rocket", "not a single", 0, 0, "none", "rocket"),
        ("another rocket fell", "another", 1, 1, "exact", "rocket"),
        ("a second drone fell", "a second", 1, 1, "exact", "drone"),
        ("three 122mm Grad rockets hit", "three", 3, 3, "exact", "rockets"),
    ],
)
def test_a_number_is_read_with_its_bounds_and_its_noun(
    grammar, text, quote, low, high, basis, noun
):
    [found] = find_counts(text, grammar)
    assert text[found.start : found.end] == quote
    assert (found.low, found.high, found.basis, found.noun) == (low, high, basis, noun)


@pytest.mark.parametrize(
    "text",
    [
        "on June 15, 1989",
        "on 9 March 2017",
        "in 2024",
        "at 2:45 p.m.",
        "at 7:20am",
        "at 1400 GMT",
        "the 24-year-old",
        "aged 12",
        "the 101st Airborne",
        "Brigade 45 and Resolution 2254",
        "AK-47 rifles and F-16 jets with Grad-21 launchers",
        "40 km south of Mosul",
        "for two weeks",
        "30 percent",
        "30% of homes",
        "$3 million",
        "5,000 euros",
        "12/03/2017",
        "two and a half years",
    ],
)
def test_what_is_no_count_is_left_out(grammar, text):
    assert [q for q in find_counts(text, grammar) if q.basis != "vague" and q.low != 1] == []


def test_two_numbers_joined_by_and_stay_two(grammar):
    assert [(q.low, q.noun) for q in find_counts("3 soldiers and 5 civilians", grammar)] == [
        (3, "soldiers"),
        (5, "civilians"),
    ]


@pytest.mark.parametrize(
    ("text", "quote", "low", "high", "currency"),
    [
        ("up to $ 3 million for a tip", "up to $ 3 million", 0, 3_000_000, "USD"),
        ("a $10,000 ransom", "$10,000", 10_000, 10_000, "USD"),
        ("at least 500 million euros", "at least 500 million euros", 500_000_000, None, "EUR"),
        ("US$2.5bn in aid", "US$2.5bn", 2_500_000_000, 2_500_000_000, "USD"),
    ],
)
def test_a_sum_of_money_has_its_currency(grammar, text, quote, low, high, currency):
    [found] = find_money(text, grammar)
    assert text[found.start : found.end] == quote
    assert (found.low, found.high, found.currency) == (low, high, currency)


@given(st.integers(min_value=0, max_value=999_999_999))
def test_any_number_in_digits_is_read_back(grammar, number):
    [found] = find_counts(f"the raid left {number:,} shells", grammar)
    assert (found.low, found.high, found.noun) == (number, number, "shells")


@given(st.text(alphabet="a two 3,5-dozen.of$%men at least", max_size=80))
def test_counts_lie_in_the_text_in_order_and_apart(grammar, text):
    end = 0
    for found in find_counts(text, grammar):
        assert end <= found.start < found.end <= found.noun_end <= len(text)
        assert found.low is None or found.high is None or found.low <= found.high
        end = found.end
