"""Which rare words stand in a report, as a short sketch that can be compared with another's.

How rare a word is stands in a table of the words of news (`common_words.txt`, the most frequent
first), never in the store: so a pair weighs the same whoever came first. A word the table lacks is
as rare as can be. The table is of English; reports in other languages have no sketch.
"""

import math
import re
from collections.abc import Collection
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

FILE = Path(__file__).with_name("common_words.txt")
KEPT = 32
MANY_WORDS = 0.22  # of likeness; reports that share more tell one story
_RAREST = 15  # bits; a word that is not in the table
_COMMON = 6  # bits; the fifty words that are more frequent say nothing
_HEAD = 16  # the first ranks differ in bits by more than they differ in use
_HASH_BITS = 44
_SHORTEST = 2
_NOTHING = 0  # the number of a word that says nothing
Sketch = frozenset[int]
_WORD = re.compile(r"[^\W_][\w'-]*")


def words_of(text: str, language: str | None = None) -> Sketch:
    """Give the rarest words of a text as numbers, 32 at most.

    A number holds how rare its word is, in bits, above 44 bits of a hash of it.
    """
    if language and language.partition("-")[0] != "en":
        return frozenset()
    numbers = {_number(word) for word in set(plain_words(text))} - {_NOTHING}
    return frozenset(rarest(numbers, KEPT))


def rarest(numbers: Collection[int], most: int) -> list[int]:
    """Give the numbers of the rarest words, rarest first."""
    return sorted(numbers, reverse=True)[:most]


def plain_words(text: str) -> list[str]:
    """Give the words of a text in lower case without an "'s", as the table holds them."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return [word.removesuffix("'s") for word in words]


def rarity(word: str) -> int:
    """Tell how rare a plain word is: the logarithm of its rank to base two, 15 at most."""
    return _table().get(word, _RAREST)


def likeness(left: Sketch, right: Sketch) -> float:
    """Tell how much two sketches share, 0 to 1: the cosine, a word weighing as it is rare."""
    shared = left & right
    return _mass(shared) / math.sqrt(_weight(left) * _weight(right)) if shared else 0.0


def _mass(sketch: Sketch) -> int:
    return sum([(number >> _HASH_BITS) ** 2 for number in sketch])


_weight = lru_cache(maxsize=4096)(_mass)  # a report is compared with the others of its days


@lru_cache(maxsize=65536)  # reports that name one word hold one number of it
def _number(word: str) -> int:
    bits = rarity(word)
    if len(word) < _SHORTEST or bits < _COMMON:
        return _NOTHING
    digest = blake2b(word.encode(), digest_size=8).digest()
    return bits << _HASH_BITS | int.from_bytes(digest) >> (64 - _HASH_BITS)


@cache
def _table() -> dict[str, int]:
    lines = FILE.read_text("utf-8").splitlines()
    words = (line for line in lines if not line.startswith("#"))
    return {word: int(math.log2(rank + _HEAD)) for rank, word in enumerate(words)}
