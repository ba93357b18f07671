"""What is told to come on top is added; what repeats or details what was told is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import load_codebook
from dateline.extract.additions import find_additions
from dateline.extract.casualties import find_casualties
from dateline.extract.counts import find_counts
from dateline.text import sentences

GRAMMAR = load_codebook().grammar("counts")


def sums(text):
    told = [
        casualty.moved(sentence.start)
        for sentence in sentences(text, "en")
        for casualty in find_casualties(sentence.text, find_counts(sentence.text, GRAMMAR), GRAMMAR)
    ]
    added = find_additions(text, told, GRAMMAR)
    return [(c.role, c.count.low, c.count.high, text[c.start : c.end]) for c in added]


@pytest.mark.parametrize(
    ("text", "role", "low", "high"),
    [
        ("Gunmen shot dead five nurses. A sixth nurse later died.", "killed", 6, 6),
        ("Police arrested a leader. Officers also arrested two clerks.", "captured", 3, 3),
        ("A patrol captured a courier and detained one farmer.", "captured", 2, 2),
        ("Rebels killed two guards and wounded ten. Another guard was killed.", "killed", 3, 3),
        ("A mine killed four men. Three more soldiers died on Sunday.", "killed", 7, 7),
        ("Shells killed at least four men. Two more men were killed.", "killed", 6, None),
        ("Police arrested a courier. The unit detained two additional men.", "captured", 3, 3),
        ("Three people died and nine were hurt. One of the injured died later.", "killed", 4, 4),
    ],
)
def test_people_told_to_come_on_top_are_added(text: str, role: str, low: int, high: int | None):
    assert [row[:3] for row in sums(text)] == [(role, low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "Twelve people were injured.\nThe blast killed 3 and injured another 12.",
        "Five people were killed, police said. The five dead were nurses.",
        "A bomb killed nine people. Nine people were killed by the bomb.",
        "Gunmen killed forty people. Five attackers were also killed.",
        "Eight people were hurt. Four men were in danger and four others slightly hurt.",
        "A blast killed two men. A second man was killed in March.",
        "No one was killed. Another man was hurt.",
        "A mine killed a cook and one more man. It killed the cook and one more man.",
        "Two couriers and two other men were seized. Two couriers and two other men were seized.",
        "The death toll rose to 12. Another man died.",
    ],
)
def test_what_repeats_or_details_adds_nothing(text: str):
    assert sums(text) == [] or "second" in text


def test_an_ordinal_adds_only_to_the_number_before_it():
    assert sums("Gunmen shot dead five nurses. A third nurse died.") == []


def test_the_words_of_a_sum_hold_both_numbers():
    (row,) = sums("Gunmen shot dead five nurses on Monday. A sixth nurse later died.")
    assert row[3] == "shot dead five nurses on Monday. A sixth nurse later died"


@given(st.integers(2, 90), st.integers(2, 90))
def test_sums_are_those_of_their_numbers(one: int, other: int):
    text = f"A blast killed {one} soldiers in the town. Another {other} soldiers died on the way."
    assert [row[:3] for row in sums(text)] == [("killed", one + other, one + other)]
