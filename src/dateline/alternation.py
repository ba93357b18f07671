"""A word list as one pattern that shares beginnings, so that most texts fail at the first letter.

Plain alternation tries every word at every place; here words branch only where they differ.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

# Letters that stand for an ASCII one when case is ignored, besides its capital.
_ALIKE = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}


def alternation(words: Iterable[str], *, folded: bool = False) -> str:
    r"""Give a pattern for any of some words; where several match, the longest is tried first.

    A blank stands for any white space. To be compiled with `re.IGNORECASE`, unless the text is
    `folded`: then letters stand for themselves.
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in map(_plain, word):
            node = node.setdefault(letter, {})
        node[""] = {}
    return _pattern(root, _letter if folded else _head)


def plain_alternation(words: Iterable[str]) -> str:
    """Give the same written out, for patterns that heed the case of some of their letters."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join("".join(map(_letter, word)) for word in longest)


def _pattern(node: dict[str, Any], head: Callable[[str], str]) -> str:
    longer = [(letter, below) for letter, below in node.items() if letter]
    if len(longer) == 1 and "" not in node:
        return _letter(longer[0][0]) + _pattern(longer[0][1], head)
    branches = [head(letter) + _pattern(below, head) for letter, below in longer]
    if "" in node:
        branches.append("")
    return f"(?:{'|'.join(branches)})" if longer else ""


def _plain(letter: str) -> str:
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


def _letter(letter: str) -> str:
    return r"\s+" if letter == " " else re.escape(letter)


def _head(letter: str) -> str:
    """Give a letter as a set that spells out both cases: such a branch is dismissed at a glance."""
    if not (letter.isascii() and letter.isalpha()):
        return _letter(letter)
    return f"(?-i:[{letter}{letter.upper()}{_ALIKE.get(letter, '')}])"
