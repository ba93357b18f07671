"""Words of a text as they are written, and the names that they may form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dateline.codebook import Grammar
from dateline.text import fold

Style = Literal["plain", "title", "caps", "lower"]
LONGEST_NAME = 8
_WORD = re.compile(r"[^\W_]+(?:['’\u02bc‘`][^\W_]+)*['’\u02bc‘]?(?=\W|$)|[^\W_]+")
_LONGER = re.compile(r"[^\W\d_]{4,}")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_OPENING = re.compile(r"[.!?:…]['\"”’)]*\s|\n|[“\"]|[—–-]\s")
_CAPS_SHARE, _TITLE_SHARE, _TITLE_WORDS, _TITLE_LONGEST = 0.75, 0.7, 4, 20


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its offsets (without a possessive), its folded form and how it is written.

    `gap` is what stands between it and the word before; `opening` is true where a capital letter
    says nothing, at the start of a sentence or quotation.
    """

    start: int
    end: int
    text: str
    key: str
    gap: str
    opening: bool
    style: Style

    @property
    def capital(self) -> bool:
        """Whether it is written as a name is: capital first letter, or a script without case."""
        first = self.text[0]
        return first.isupper() or (first.isalpha() and not first.islower() and len(self.text) > 3)  # noqa: PLR2004


def line_before(text: str, at: int, most: int) -> str:
    """What stands before an offset on its line, at most so many characters."""
    return text[max(text.rfind("\n", 0, at) + 1, at - most, 0) : at]


def line_after(text: str, at: int, most: int) -> str:
    """What stands behind an offset on its line, at most so many characters."""
    return text[at : at + most].partition("\n")[0]


@lru_cache(maxsize=1 << 14)
def folded(words: str) -> str:
    """`text.fold`, remembered: the same words come again in report after report."""
    return fold(words)


def words_of(text: str) -> list[Word]:
    """Cut a text into words; hyphens and dots separate, apostrophes inside a word do not."""
    lower = text.islower()
    words: list[Word] = []
    last = 0
    for begin, line in _lines(text):
        style: Style = "lower" if lower else _style(line)
        for match in _WORD.finditer(line):
            shown = _POSSESSIVE.sub("", match.group()) or match.group()
            start = begin + match.start()
            gap = text[last:start]
            opening = not words or (gap != " " and bool(_OPENING.search(gap)))
            end = start + len(shown)
            words.append(Word(start, end, shown, folded(shown), gap, opening, style))
            last = end
    return words


def _lines(text: str) -> Iterator[tuple[int, str]]:
    begin = 0
    for line in text.splitlines(keepends=True):
        yield begin, line
        begin += len(line)


def _style(line: str) -> Style:
    upper, letters = sum(map(str.isupper, line)), sum(map(str.isalpha, line))
    words = _LONGER.findall(line)
    if words and upper > _CAPS_SHARE * letters:
        return "caps"
    capital = sum(word[0].isupper() for word in words)
    sentence = line.rstrip().endswith((".", "!", "”", '"')) or len(words) > _TITLE_LONGEST
    if not sentence and len(words) >= _TITLE_WORDS and capital > _TITLE_SHARE * len(words):
        return "title"
    return "plain"


@lru_cache(maxsize=4)
def word_sets(grammar: Grammar) -> dict[str, frozenset[str]]:
    """The word lists of the grammar, folded, and `type_parts`: every word of its type words."""
    sets = {name: frozenset(map(fold, words)) for name, words in grammar.words.items()}
    types = grammar.tables["type_words"]
    sets["type_parts"] = frozenset(part for phrase in types for part in fold(phrase).split())
    sets["never_alone"] = sets["inner_words"] | sets["type_parts"] | sets["directions"]
    sets["ordinary"] = frozenset().union(
        *(sets[n] for n in ("common_words", "body_words", "titles", "never_alone"))
    )
    sets["common_words"] |= sets["body_words"] | sets["titles"] | sets["agencies"]
    return sets


def may_start(words: list[Word], at: int, grammar: Grammar) -> bool:
    """Whether a name may start with this word."""
    word, sets = words[at], word_sets(grammar)
    if word.style == "lower":
        before = [w.key for w in words[max(0, at - 3) : at]]
        return word.key not in sets["inner_words"] and any(
            key in sets["locative_words"] or key in sets["weak_locative_words"] for key in before
        )
    if word.capital:
        return True
    following = words[at + 1] if at + 1 < len(words) else None
    joined = (
        following is not None and following.gap in (" ", "-", "‑", "\u00a0") and following.capital
    )
    return word.key in sets["articles"] and joined


def name_ends(words: list[Word], at: int, grammar: Grammar) -> Iterator[int]:
    """Yield the index of each word that a name starting at `at` may end with, nearest first."""
    sets = word_sets(grammar)
    for last in range(at, min(at + LONGEST_NAME, len(words))):
        word = words[last]
        if last > at and not _joins(words[last - 1], word, sets):
            return
        named = word.capital or word.style == "lower" or word.text[0].isdigit()
        if (named and (last > at or word.capital or word.style == "lower")) or (
            word.key in sets["type_parts"] and last > at
        ):
            yield last
        elif word.key not in sets["inner_words"]:
            return


def _joins(left: Word, right: Word, sets: dict[str, frozenset[str]]) -> bool:
    if right.gap in (" ", "-", "‑", "–", "\u00a0", "'", "’", "‘"):
        return not (right.gap == "–" and right.style == "plain" and left.key in sets["inner_words"])
    dotted = left.key in sets["dotted_words"] or len(left.text) == 1
    return dotted and right.gap in (". ", ".", ".-")
