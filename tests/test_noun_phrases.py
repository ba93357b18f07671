"""Noun phrases around a head word: short, exact, and whole at their beginning."""

import pytest

from dateline.codebook import load_codebook
from dateline.extract.noun_phrases import noun_phrase

GRAMMAR = load_codebook().grammar("events")


@pytest.mark.parametrize(
    ("text", "head", "phrase"),
    [
        ("A rocket hit at least 30 people there.", "people", "at least 30 people"),
        ("Shells fell at the old market.", "market", "the old market"),
        ("Mortars hit a crowded market.", "market", "a crowded market"),
        ("It struck near police stations.", "stations", "police stations"),
    ],
)
def test_a_phrase_begins_with_its_determiner_or_its_bound(text: str, head: str, phrase: str):
    at = text.index(head)
    start, end = noun_phrase(text, at, at + len(head), 0, GRAMMAR)
    assert text[start:end] == phrase


@pytest.mark.parametrize(
    ("text", "head", "phrase"),
    [
        ("It struck a U.K.-flagged tanker.", "tanker", "a U.K.-flagged tanker"),
        ("Mortars hit the U.S. base.", "base", "the U.S. base"),
        ("They burned St. Mark's church.", "church", "St. Mark's church"),
        ("Men attacked a girls' school.", "school", "a girls' school"),
        ("In Aden, army posts were hit.", "posts", "army posts"),
    ],
)
def test_a_phrase_is_not_cut_inside_a_word(text: str, head: str, phrase: str):
    at = text.index(head)
    start, end = noun_phrase(text, at, at + len(head), 0, GRAMMAR)
    assert text[start:end] == phrase
