"""Which names stand in a report, as a short sketch that can be compared with another's.

A name is two words with capitals side by side, in a line that is not set in title case. Of many
names those with the lowest hashes are kept, so that two reports keep the same ones of what they
share (bottom-k sketch, Cohen and Kaplan 2007).
"""

from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise

from dateline.codebook import Grammar
from dateline.text import fold

KEPT = 32
_TITLE = 0.5  # a line with more capitals than this is a headline
_SHORTEST_LINE = 5


def names_of(text: str, grammar: Grammar) -> tuple[int, ...]:
    """Give 48-bit hashes of the names in a text, lowest first, 32 at most."""
    common = set(grammar.words["common"])
    found = {_hash(name) for line in text.splitlines() for name in _names(line, grammar, common)}
    return tuple(sorted(found)[:KEPT])


def _names(line: str, grammar: Grammar, common: set[str]) -> Iterator[str]:
    words = list(grammar.pattern("word").finditer(line))
    capitals = sum(word.group()[0].isupper() for word in words)
    if len(words) < _SHORTEST_LINE or capitals > _TITLE * len(words):
        return
    for one, two in pairwise(words):
        if line[one.end() : two.start()] not in {" ", ". "}:
            continue
        if not (one.group()[0].isupper() and two.group()[0].isupper()):
            continue
        pair = one.group().lower().replace("’", "'"), two.group().lower().replace("’", "'")
        if not common.intersection(pair) and min(map(len, pair)) > 1:
            yield fold(" ".join(pair)).removesuffix(" s")


def _hash(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=6).digest())
