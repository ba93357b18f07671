"""Spellings of one name: what is left when transliteration has had its way with it.

"Kata'ib", "Kataib" and "Kataeb" are one word; so are "al-Shabaab" and "Shabab". The key drops
articles, marks and doubled letters and treats all vowels alike. It is for comparing names, never
for showing them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from dateline.codebook import Grammar
from dateline.text import fold

_VOWELS = re.compile(r"(?<=[aeiou])[wy]+(?=[aeiou]|\b|[^aeiou])|[aeiou]+")
_LETTERS = re.compile(r"[a-z0-9]+")
_DOUBLED = re.compile(r"(.)\1+")
_FINAL = re.compile(r"(?<=a)h$")


def loose(name: str, grammar: Grammar) -> str:
    """Give the key that all spellings of a name share; empty for a name in another script.

    The articles to drop and the letters that stand for one sound are data of the actors' grammar.
    """
    return loose_key(letters_of(name), grammar)


@lru_cache(maxsize=16384)
def letters_of(name: str) -> tuple[str, ...]:
    """Give the words of a name in plain letters, cut at hyphens."""
    return tuple(_LETTERS.findall(fold(name.replace("-", " "))))


def loose_key(words: Sequence[str], grammar: Grammar) -> str:
    """Give the key of a name by its `letters_of`; those of neighbours may be put together."""
    articles = grammar.words["articles"]
    kept = [word for word in words if word not in articles] or words
    return "".join(_loose_word(word, grammar) for word in kept)


@lru_cache(maxsize=65536)
def _loose_word(word: str, grammar: Grammar) -> str:
    for letters, sound in grammar.tables["sounds"].items():
        word = word.replace(letters, sound)
    return _FINAL.sub("", _DOUBLED.sub(r"\1", _VOWELS.sub("a", _VOWELS.sub("a", word))))


def cluster(names: Iterable[str], grammar: Grammar) -> list[tuple[str, Counter[str]]]:
    """Group names by key: the commonest spelling and how often each occurs, most found first."""
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        groups[loose(name, grammar) or fold(name)][name] += 1
    found = [(min(group, key=lambda n: (-group[n], n)), group) for group in groups.values()]
    return sorted(found, key=lambda one: (-one[1].total(), one[0]))
