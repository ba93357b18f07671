"""Sentences, tokens and folding; every offset is a code point of the text it was given."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"\w+(?:[.'’\-‑]\w+)*|[^\w\s]")
_WORD = re.compile(r"\w+")
_PARAGRAPH = re.compile(r"[\n\u2028\u2029]+")
_CLOCK_SPLIT = re.compile(r"\b[ap]\.m\.\s*$")
_SAME = {
    "’": "'",
    "‘": "'",
    "\u02bc": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
}
_SAME |= dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | dict.fromkeys(
    "\u00a0\u2007\u2009\u202f\t\r\n", " "
)


class Token(NamedTuple):
    """A word, number or mark with its offsets in the text it was cut from."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its offsets in the report; `paragraph` counts from 0."""

    start: int
    end: int
    text: str
    index: int
    paragraph: int


def tokens(text: str) -> list[Token]:
    """Cut a text into words (inner dots, hyphens and apostrophes kept) and single marks."""
    return [Token(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text)]


def sentences(text: str, language: str = "en") -> list[Sentence]:
    """Split a text into sentences that never cross a line break; blank stretches are left out."""
    found: list[Sentence] = []
    start = 0
    for number, end in enumerate([*(m.start() for m in _PARAGRAPH.finditer(text)), len(text)]):
        for left, right in _split(text[start:end], language):
            piece = text[start + left : start + right]
            lead = len(piece) - len(piece.lstrip())
            piece = piece.strip()
            if piece:
                at = start + left + lead
                found.append(Sentence(at, at + len(piece), piece, len(found), number))
        start = end
    return found


def _split(line: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield sentence bounds of one line, rejoining a split after "a.m." before a weekday."""
    if not line.strip():
        return
    import sentencex

    pending: tuple[int, int] | None = None
    for part in sentencex.get_sentence_boundaries(language, line):
        left, right = part["start_index"], part["end_index"]
        if pending and _CLOCK_SPLIT.search(line[pending[0] : pending[1]]):
            pending = (pending[0], right)
            continue
        if pending:
            yield pending
        pending = (left, right)
    if pending:
        yield pending


def fold(text: str) -> str:
    """Reduce a name to what spellings share: lower case, no accents, one blank between words."""
    plain = aligned_fold(text)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain.replace("'", "")))


@lru_cache(maxsize=256)  # of a report and its sentences, many readers ask for the same
def aligned_fold(text: str) -> str:
    """Fold a text character by character, so that offsets stay those of the original.

    Lower case, accents dropped, typographic quotes, dashes and blanks made plain; the result has
    exactly the length of the input.
    """
    if text.isascii():
        return text.lower().translate(_BLANKS)
    return "".join(map(_fold_character, text))


_BLANKS = str.maketrans("\t\r\n", "   ")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    base = unicodedata.normalize("NFKD", character)[:1]
    lower = (base if unicodedata.category(base) != "Mn" else character).lower()
    return lower if len(lower) == 1 else character
