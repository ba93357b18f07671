"""Sentences, tokens and folding keep the offsets of the text they were given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text import aligned_fold, fold, sentences, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The base was hit at 9 p.m. Monday. Nobody was hurt.", 2),
        ("Lt. Gen. Smith of the U.S. Army said so.", 1),
        ("A headline without a stop\nThe body begins here.", 2),
        ("A line\u2028another line\u2029and a third", 3),
        ("   ", 0),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected


@given(st.text(max_size=200))
def test_offsets_are_those_of_the_text(text: str) -> None:
    for sentence in sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
    for token in tokens(text):
        assert text[token.start : token.end] == token.text


@given(st.text(max_size=200))
def test_folding_in_place_keeps_the_length(text: str) -> None:
    assert len(aligned_fold(text)) == len(text)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Kata’ib Hizballah", "kataib  hizballah"), ("Türkiye", "turkiye"), ("AL-QAEDA", "al qaeda")],
)
def test_spellings_of_one_name_fold_to_the_same(left: str, right: str) -> None:
    assert fold(left) == fold(right)
