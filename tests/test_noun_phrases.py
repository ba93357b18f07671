"""Noun phrases around a head word: short, exact, and whole at their beginning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import load_codebook
from dateline.extract.noun_phrases import noun_phrase, phrases

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


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("the power substation and a", ["power substation"]),
        ("mormon church in the", ["mormon church"]),
        ("presidential residence located", ["presidential residence"]),
        ("pylons and transformers", ["pylons", "transformers"]),
        ("the mayor's office, two buses", ["mayor's office", "two buses"]),
        ("20 or 30 gunmen", ["20 or 30 gunmen"]),
        ("Department of Security (", ["Department of Security"]),
        ("an", []),
        ("of the", []),
    ],
)
def test_a_phrase_is_without_what_only_joins_it_on(marked: str, found: list[str]):
    text = f"They hit {marked} old town."
    at = text.index(marked)
    parts = phrases(text, at, at + len(marked), GRAMMAR)
    assert [text[start:end] for start, end in parts] == found


@pytest.mark.parametrize(
    ("text", "marked", "found"),
    [
        ("Members of the Free Front attacked it.", "Members of", "Members of the Free Front"),
        ("He sent 20 kg of explosives by bus.", "20 kg of", "20 kg of explosives"),
        ("It burned houses of, it says, rebels.", "houses of", "houses"),
    ],
)
def test_a_phrase_that_ends_in_of_goes_on(text: str, marked: str, found: str):
    at = text.index(marked)
    assert [text[start:end] for start, end in phrases(text, at, at + len(marked), GRAMMAR)] == [
        found
    ]


@given(text=st.text(alphabet="ab of,the(and)-. ", max_size=40), data=st.data())
def test_phrases_lie_in_order_and_hold_words(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = list(phrases(text, start, end, GRAMMAR))
    assert all(start <= first < last <= len(text) for first, last in found)
    assert all(any(mark.isalnum() for mark in text[first:last]) for first, last in found)
    assert found == sorted(found)
