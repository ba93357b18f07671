"""The signs of patterns: no text without one of them has a match."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import load_codebook
from dateline.signs import signs_of
from dateline.text import aligned_fold

CORPUS = Path(__file__).parents[1] / "training" / "corpus"
PASSAGES = 60

PIECES = st.sampled_from(
    ["ab", "c", "[ab]", "[^a]", r"\s+", r"\w", "d?", "(?:ab|cd)", "(ab|c?)", "(?:a|b)+", "(?:ab)?"]
)
PATTERNS = st.lists(st.lists(PIECES, min_size=1, max_size=4).map("".join), min_size=1).map("|".join)


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        (r"\b(?:claim(?:ed|s)?|took)\s+responsibility\b", {"responsibility"}),
        (r"(?:was\s+)?(?:shot|hit)\b", {"hit", "shot"}),
        (r"(?:about\s+)*(?:days|weeks)\s+after", {"after"}),
        (r"(?:un)?known\w*", {"known"}),
        (r"arraign(?:ed|ment)", {"arrai"}),
        (r"(?=no)\w+\s\d", {""}),
        (r"(?:war|\w+)\s", {""}),
        (r"\w+", {""}),
    ],
)
def test_the_rarest_strings_that_every_match_holds_are_the_signs(pattern: str, signs: set[str]):
    assert set(signs_of(pattern, re.NOFLAG)) == signs


def test_where_case_is_ignored_every_form_of_a_letter_counts():
    signs = signs_of("kiss", re.IGNORECASE)
    for word in ("KISS", "\u212ais\u017f", "K\u0130SS", "k\u0131ss"):
        assert re.search("kiss", word, re.IGNORECASE)
        assert any(sign in aligned_fold(word) for sign in signs)


@given(PATTERNS, st.text("abcd e", max_size=12))
def test_a_text_without_a_sign_has_no_match(pattern: str, text: str):
    if re.search(pattern, text):
        assert any(sign in text for sign in signs_of(pattern, re.NOFLAG))


def test_no_pattern_of_the_grammars_matches_where_its_signs_are_missing():
    lines = (CORPUS / "a.jsonl").read_text("utf-8").splitlines()[:PASSAGES]
    texts = [json.loads(line)["text"] for line in lines]
    for grammar in load_codebook().grammars.values():
        for name in grammar.names():
            for text in texts:
                folded = aligned_fold(text)
                if not grammar.has_sign(name, folded):
                    found = [grammar.pattern(name).search(one) for one in (text, folded)]
                    assert found == [None, None], (grammar.name, name)
