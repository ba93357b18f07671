"""Words of a text as they are written, and the names that they may form."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from dateline.codebook import Grammar
from dateline.text import fold

Style = Literal["plain", "title", "caps", "lower"]
LONGEST_NAME = 8
SHORTEST_SCRIPTLESS = 3
SAMPLE = 300
_WORD = re.compile(r"[^\W_]+(?:['’\u02bc‘`][^\W_]+)*\u02bc?")
_LONGER = re.compile(r"[^\W\d_]{4,}")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_OPENING = re.compile(r"[.!?:…]['\"”’)]*\s|\n|[“\"]|[—–-]\s")
_CAPS_SHARE, _TITLE_SHARE, _TITLE_WORDS, _TITLE_LONGEST = 0.75, 0.7, 4, 20


class Word(NamedTuple):
    """A word with its offsets (without a possessive), its folded form and how it is written.

    `gap` is what stands between it and the word before; `opening` is true where a capital letter
    says nothing, at the start of a sentence or quotation; `capital` where it is written as a name
    is: capital first letter, or a script without case.
    """

    start: int
    end: int
    text: str
    key: str
    gap: str
    opening: bool
    style: Style
    capital: bool


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
    new = tuple.__new__  # a third of the time of Word(...), a quarter million times
    last = 0
    for begin, line in _lines(text):
        style: Style = "lower" if lower else _style(line)
        for match in _WORD.finditer(line):
            shown, key, capital = _form(match.group())
            start = begin + match.start()
            gap = text[last:start]
            last = start + len(shown)
            opening = gap != " " and _opens(gap)
            words.append(new(Word, (start, last, shown, key, gap, opening, style, capital)))
    if words:
        words[0] = words[0]._replace(opening=True)
    return words


@lru_cache(maxsize=1 << 10)
def _opens(gap: str) -> bool:
    return bool(_OPENING.search(gap))


@lru_cache(maxsize=1 << 15)
def _form(written: str) -> tuple[str, str, bool]:
    """A word without its possessive, folded, and whether it is written as a name is."""
    shown = _POSSESSIVE.sub("", written) or written
    first = shown[0]
    scriptless = first.isalpha() and not first.islower() and len(shown) > SHORTEST_SCRIPTLESS
    return shown, fold(shown), first.isupper() or scriptless


def _lines(text: str) -> Iterator[tuple[int, str]]:
    begin = 0
    for line in text.splitlines(keepends=True):
        yield begin, line
        begin += len(line)


def _style(line: str) -> Style:
    sample = line[:SAMPLE]
    words = _LONGER.findall(sample)
    if words and sum(map(str.isupper, words)) > _CAPS_SHARE * len(words):
        return "caps"
    if len(words) < _TITLE_WORDS or len(words) > _TITLE_LONGEST:
        return "plain"
    sentence = line.rstrip().endswith((".", "!", "”", '"')) or len(line) > SAMPLE
    capital = sum(word[0].isupper() for word in words)
    return "plain" if sentence or capital <= _TITLE_SHARE * len(words) else "title"


@lru_cache(maxsize=4)
def word_sets(grammar: Grammar) -> dict[str, frozenset[str]]:
    """The word lists of the grammar, folded, and `type_parts`: every word of its type words."""
    sets = {name: frozenset(map(fold, words)) for name, words in grammar.words.items()}
    types = grammar.tables["type_words"]
    sets["type_parts"] = frozenset(part for phrase in types for part in fold(phrase).split())
    sets["never_alone"] = sets["inner_words"] | sets["type_parts"] | sets["directions"]
    sets["title_parts"] = frozenset(
        {"designate"}.union(*(fold(title).split() for title in grammar.words["titles"]))
    )
    before = ("locative_words", "weak_locative_words", "near_words", "directions", "modifiers")
    sets["before_names"] = sets["type_parts"].union(
        {"the", "of", "from", "off", "outside", "away", "to", "suburbs", "capital", "country", "s"},
        *(
            fold(name).split()
            for table in ("kilometres", "number_words")
            for name in grammar.tables[table]
        ),
        *(fold(words).split() for name in before for words in grammar.words[name]),
    )
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
        return word.key not in sets["inner_words"] and (
            at == 0
            or any(
                key in sets["locative_words"] or key in sets["weak_locative_words"]
                for key in before
            )
        )
    if word.capital:
        return True
    following = words[at + 1] if at + 1 < len(words) else None
    joined = (
        following is not None and following.gap in (" ", "-", "‑", "\u00a0") and following.capital
    )
    spaced = following is not None and following.gap == " "
    if spaced and word.key in sets["hyphen_articles"]:
        return False
    return word.key in sets["articles"] and joined


def goes_on(words: Sequence[Word], last: int, grammar: Grammar) -> bool:
    """Whether a name goes on behind a word with an article: "Ras" in "Ras al-Ain"."""
    if last + 2 >= len(words):
        return False
    article, noun = words[last + 1], words[last + 2]
    joined = article.gap == " " and noun.gap in ("-", "‑") and noun.capital
    return joined and not article.capital and article.key in word_sets(grammar)["articles"]


def key_of(text: str, words: Sequence[Word], first: int, last: int) -> str:
    """The folded form of some words that stand together."""
    if last == first:
        return words[first].key
    shown = text[words[first].start : words[last].end]
    if shown.isascii() and "'" not in shown:
        return " ".join(word.key for word in words[first : last + 1])
    return folded(shown)


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
