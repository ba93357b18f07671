"""Word lists as patterns: they find what a plain alternation, longest first, finds."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.alternation import alternation, plain_alternation

WORDS = st.lists(st.text("abksAKé .-", min_size=1, max_size=5).filter(str.strip), min_size=1)


@given(WORDS, st.text("abksABKS .-é\n"))
def test_sharing_beginnings_changes_nothing_that_is_found(words: list[str], text: str):
    words = [" ".join(word.split()) for word in words]
    expected = [m.span() for m in re.finditer(plain_alternation(words), text, re.IGNORECASE)]
    assert [m.span() for m in re.finditer(alternation(words), text, re.IGNORECASE)] == expected


@given(WORDS, st.text("abksABKS .-é\n"))
def test_in_folded_text_letters_stand_for_themselves(words: list[str], text: str):
    words = [" ".join(word.lower().split()) for word in words]
    expected = [m.span() for m in re.finditer(plain_alternation(words), text)]
    assert [m.span() for m in re.finditer(alternation(words, folded=True), text)] == expected


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyz")
def test_a_first_letter_is_met_in_every_form_that_ignoring_case_allows(letter: str):
    every = "".join(map(chr, (c for c in range(sys.maxunicode) if not 0xD800 <= c < 0xE000)))
    alike = re.findall(letter, every, re.IGNORECASE)
    shared = re.compile(alternation([letter, "-"]), re.IGNORECASE)
    assert [m for m in shared.findall(every) if m != "-"] == alike


def test_a_blank_stands_for_any_white_space():
    found = re.search(alternation(["car bomb", "car"]), "a CAR\n  bomb", re.IGNORECASE)
    assert found
    assert found[0] == "CAR\n  bomb"
