"""Wire copies are found by their words, and reports made from one mould are not copies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import load_codebook
from dateline.link.copies import copy_keys, find_copy
from dateline.model import Report

GRAMMAR = load_codebook().grammar("copies")
WIRE = """MARAWAH, July 5 - Three rockets struck the perimeter of the Karda air base on Monday
afternoon, slightly damaging a hangar, two security officials told reporters.
Nobody was hurt in the attack, which came a week after a convoy was hit on the road to the town.
No group has said it was behind the rockets. Colonel Dara, who speaks for the base, said that the
launcher had been found in an orchard some six kilometres away and that the search went on.
Residents heard sirens for about an hour and were told to stay at home until the evening."""
LINES = WIRE.splitlines()


def report(text: str, name: str = "b", **details: str) -> Report:
    return Report(id=name, text=text, **details)


ORIGINAL = report(WIRE, "a")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (WIRE, "the same words"),
        (WIRE.replace("\n", "\n\n"), "the same words"),
        ("Rockets strike Karda\nBy our staff\n" + WIRE, "of the words are the same"),
        (WIRE.replace("Three rockets", "3 rockets"), "of the words are the same"),
        (WIRE.replace("slightly damaging", "damaging"), "of the words are the same"),
        ("\n".join(LINES[:4]), "of the words are the same"),
        ("\n".join(LINES[:3]), "of the shorter text stands in the longer"),
    ],
    ids=["itself", "set otherwise", "headed", "digits", "edited", "cut", "cut short"],
)
def test_a_copy_is_known_by_its_words(text, reason):
    copy = find_copy(report(text), ORIGINAL, GRAMMAR)
    assert copy is not None
    assert (copy.left, copy.right) == ("a", "b")
    assert reason in copy.reason
    assert find_copy(ORIGINAL, report(text), GRAMMAR) == copy


@pytest.mark.parametrize(
    "text",
    [
        "Police in Marawah said a grenade was thrown at a shop on Tuesday. " * 5,
        WIRE.replace("Karda", "Sinun").replace("Marawah", "Tell Abiad").replace("Dara", "Omar"),
        WIRE.replace("Three", "Eight").replace("Monday", "Friday").replace("six", "two"),
        "",
    ],
    ids=["another text", "another place", "another day and number", "no words"],
)
def test_what_tells_of_something_else_is_no_copy(text):
    assert find_copy(report(text), ORIGINAL, GRAMMAR) is None


def test_a_stated_copy_needs_no_words():
    copy = find_copy(report("Rockets hit a base.", copy_of="a"), ORIGINAL, GRAMMAR)
    assert copy is not None
    assert copy.reason == "a stated copy"


@pytest.mark.parametrize("text", [WIRE, "Rockets strike\n" + WIRE, "\n".join(LINES[:4])])
def test_copies_meet_under_a_key(text):
    assert set(copy_keys(report(text))) & set(copy_keys(ORIGINAL))


def test_a_thousand_reports_of_one_day_from_one_mould_are_no_copies():
    stems = ("Kar", "Sin", "Tell", "Mar", "Haz", "Dur", "Bel", "Qas", "Zan", "Ir")
    ends = ("da", "un", "abad", "awah", "mah", "ek", "iz", "or", "ush", "il")
    towns = [stem + end for stem in stems for end in ends]
    numbers = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Twelve")
    reports = [
        report(
            f"{many} rockets struck the outskirts of {town} on Monday, security officials said. "
            f"Nobody was hurt in {town}, they said, and no group has claimed the attack so far. "
            f"It was the second attack of its kind in the area since the spring.",
            f"{town}{many}",
        )
        for town in towns
        for many in numbers
    ]
    assert len(reports) == 1000
    under: dict[int, list[Report]] = {}
    for one in reports:
        for key in set(copy_keys(one)):
            under.setdefault(key, []).append(one)
    pairs = {
        tuple(sorted((a.id, b.id))): (a, b)
        for group in under.values()
        for a in group[:12]
        for b in group[:12]
        if a.id < b.id
    }
    assert [pair for pair in pairs.values() if find_copy(*pair, GRAMMAR)] == []


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one, two):
    left, right = report(one, "a"), report(two)
    assert find_copy(left, right, GRAMMAR) == find_copy(right, left, GRAMMAR)
    assert all(0 <= key < 2**63 for key in copy_keys(left))
