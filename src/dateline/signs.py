"""The signs of a pattern: strings one of which stands in whatever text it matches in.

To look for a string costs a fraction of a search, and most patterns of the grammars are searched
for in vain. Signs are read off the pattern itself, so that they always agree with it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from dateline.text import aligned_fold

Strings = frozenset[str]
Part = tuple[Any, Any]  # what it is and its value, as the parser of `re` has them

_DOTLESS = "\u0131"
# What `alternation` writes for an ASCII letter that case is ignored of.
_ALIKE = {"\u0130": "i", _DOTLESS: "i", "\u212a": "k", "\u017f": "s"}
_NOTHING: Strings = frozenset([""])
_MOST = 256  # strings that one stretch of a pattern may stand for
_MOST_SIGNS = 48
_LONG = 5  # letters that make a sign rare
# How many texts a string of so many letters stands in, roughly; a longer one in fewer still.
_SHARES = (1.0, 0.9, 0.6, 0.3, 0.12, 0.05)
_LEAST_SHARE = 0.02
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_ZERO_WIDTH = (op.AT, op.ASSERT, op.ASSERT_NOT)


def signs_of(pattern: str, flags: re.RegexFlag) -> tuple[str, ...]:
    """Give the signs of a pattern, to be looked for in text folded by `text.aligned_fold`.

    Where none of them stands, the pattern has no match. A pattern without any such strings, or
    with too many to be worth it, has the one sign "", which stands in every text. Where a pattern
    ignores case, a dotless i passes for an i: it is a sign then, since folding leaves it.
    """
    signs = _needed(_parser.parse(pattern, flags)) or _NOTHING
    dotless = [_DOTLESS] if flags & re.IGNORECASE or "(?i" in pattern else []
    return (*_merged(signs), *dotless) if len(signs) <= _MOST_SIGNS else ("",)


def _needed(parts: Iterable[Part], before: Strings = _NOTHING) -> Strings | None:
    """Give the rarest strings one of which is in every match of a sequence; None if none are.

    `before` are the strings that the sequence follows at once.
    """
    found = [_shortest(strings) for strings in _stretches(parts, before) if "" not in strings]
    return min(found, key=lambda strings: sum(map(_share, strings)), default=None)


def _stretches(parts: Iterable[Part], run: Strings) -> Iterator[Strings]:
    """Yield sets of strings of which each match of a sequence holds one, set by set."""
    for part in parts:
        strings = _all_of(*part)
        joined = _products(run, strings) if strings is not None else None
        if joined is not None:
            run = joined
            continue
        yield run
        inner = _inside(*part, run) if strings is None else None
        if inner is not None:
            yield inner
        run = strings or _NOTHING
    yield run


def _inside(code: Any, value: Any, before: Strings) -> Strings | None:  # noqa: ANN401
    """Give the same of one part, which matches too many strings to list them."""
    if code is op.BRANCH:
        branches = [_needed(branch, before) for branch in value[1]]
        known = [branch for branch in branches if branch is not None]
        return frozenset().union(*known) if len(known) == len(branches) else None
    if code is op.SUBPATTERN:
        return _needed(value[3], before)
    if code is op.ATOMIC_GROUP:
        return _needed(value, before)
    return _needed(value[2], before) if code in _REPEATS and value[0] else None


def _all_of(code: Any, value: Any) -> Strings | None:  # noqa: ANN401, PLR0911
    """Give every string that a part can match, folded; None where they are not few."""
    if code is op.LITERAL:
        return _letter(value)
    if code is op.IN:
        return _union(_letter(one) if kind is op.LITERAL else None for kind, one in value)
    if code in _ZERO_WIDTH:
        return _NOTHING
    if code is op.BRANCH:
        return _union(map(_whole, value[1]))
    if code is op.SUBPATTERN:
        return _whole(value[3])
    if code is op.ATOMIC_GROUP:
        return _whole(value)
    if code in _REPEATS and value[1] == 1:
        return _union([_whole(value[2]), *([] if value[0] else [_NOTHING])])
    return None


@lru_cache(maxsize=1 << 8)
def _letter(code: int) -> Strings | None:
    """Give a character as folding leaves all that match it; None for the few where that varies."""
    letter = chr(code)
    if letter in _ALIKE:
        return frozenset([_ALIKE[letter]])
    cased = not letter.isascii() and letter.lower() != letter.upper()
    return None if cased or letter == "`" else frozenset([aligned_fold(letter)])


def _whole(parts: Iterable[Part]) -> Strings | None:
    strings: Strings | None = _NOTHING
    for part in parts:
        more = _all_of(*part)
        strings = None if strings is None or more is None else _products(strings, more)
        if strings is None:
            return None
    return strings


def _products(left: Strings, right: Strings) -> Strings | None:
    if right is _NOTHING:
        return left
    if len(left) * len(right) > _MOST:
        return None
    return frozenset([one + other for one in left for other in right])


def _union(several: Iterable[Strings | None]) -> Strings | None:
    whole: set[str] = set()
    for strings in several:
        if strings is None or len(whole) > _MOST:
            return None
        whole |= strings
    return frozenset(whole)


def _merged(signs: Strings) -> list[str]:
    """Put what long signs that begin alike share in the place of them all."""
    starts = Counter(sign[:_LONG] for sign in signs)
    merged = {sign[:_LONG] if starts[sign[:_LONG]] > 1 else sign for sign in signs}
    return sorted(merged, key=len)


def _shortest(strings: Strings) -> Strings:
    """Leave out the strings that hold another one."""
    return frozenset(s for s in strings if not any(o != s and o in s for o in strings))


def _share(string: str) -> float:
    return _SHARES[len(string)] if len(string) < len(_SHARES) else _LEAST_SHARE
