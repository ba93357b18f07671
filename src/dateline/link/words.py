"""Which rare words stand in a report, as a short sketch that can be compared with another's.

How rare a word is stands in a table of the words of news (`common_words.txt`, the most frequent
first), never in the store: so a pair weighs the same whoever came first. A word the table lacks is
as rare as can be. The table is of English; reports in other languages have no sketch.
"""

import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

FILE = Path(__file__).with_name("common_words.txt")
KEPT = 32
_RAREST = 15  # bits; a word that is not in the table
_COMMON = 6  # bits; the fifty words that are more frequent say nothing
_HEAD = 16  # the first ranks differ in bits by more than they differ in use
_HASH_BITS = 44
_WORD = re.compile(r"[^\W_][\w’'-]*")


def words_of(text: str, language: str | None = None) -> tuple[int, ...]:
    """Give the rarest words of a text as numbers, rarest first, 32 at most.

    A number holds how rare its word is, in bits, above 44 bits of a hash of it.
    """
    if language and language.partition("-")[0] != "en":
        return ()
    found = {plain_word(word) for word in _WORD.findall(text)}
    rare = ((rarity(word), word) for word in found if len(word) > 1)
    numbers = (bits << _HASH_BITS | _hash(word) for bits, word in rare if bits >= _COMMON)
    return tuple(sorted(numbers, reverse=True)[:KEPT])


def plain_word(word: str) -> str:
    """Give a word in lower case without an "'s", as the table holds it."""
    return word.lower().replace("’", "'").removesuffix("'s")


def rarity(word: str) -> int:
    """Tell how rare a plain word is: the logarithm of its rank to base two, 15 at most."""
    return _table().get(word, _RAREST)


def likeness(left: tuple[int, ...], right: tuple[int, ...]) -> float:
    """Tell how much two sketches share, 0 to 1: the cosine, a word weighing as it is rare."""
    ours, theirs = _weighed(left), _weighed(right)
    shared = _mass(ours[0] & theirs[0])
    return shared / math.sqrt(ours[1] * theirs[1]) if shared else 0.0


@lru_cache(maxsize=65536)
def _weighed(words: tuple[int, ...]) -> tuple[frozenset[int], int]:
    """Give a sketch as a set, and what it weighs."""
    return frozenset(words), _mass(words)


def _mass(numbers: Iterable[int]) -> int:
    return sum((number >> _HASH_BITS) ** 2 for number in numbers)


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest()) >> (64 - _HASH_BITS)


@cache
def _table() -> dict[str, int]:
    lines = FILE.read_text("utf-8").splitlines()
    words = (line for line in lines if not line.startswith("#"))
    return {word: int(math.log2(rank + _HEAD)) for rank, word in enumerate(words)}
