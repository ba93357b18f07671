"""Bounds of noun phrases around a head word, without a parser: enough for an exact, short quote."""

from collections.abc import Iterator

from dateline.codebook import Grammar
from dateline.extract.counts import word_set

_WORDS = 6


def noun_phrase(text: str, start: int, end: int, floor: int, grammar: Grammar) -> tuple[int, int]:
    """Widen a head word to its noun phrase: to the left up to a determiner or a boundary word.

    `floor` is where the segment begins. A word is never cut at a hyphen or an inner dot. To the
    right only "hosting American soldiers" and the like are taken in.
    """
    stops, determiners = word_set(grammar, "phrase_stops"), word_set(grammar, "determiners")
    deeds = word_set(grammar, "deeds")
    left = start
    words = [
        (m.start(), m[0].lower())
        for m in grammar.pattern("phrase_word").finditer(text, floor, start)
    ]
    for place in range(len(words) - 1, max(-1, len(words) - 1 - _WORDS), -1):
        at, word = words[place]
        bound = word == "at" and text[left:start].lower().startswith("least ")
        if not bound and (not word[0].isalnum() or word in stops):
            break
        # "They burned the church", but "the burned church".
        if word in deeds and (not place or words[place - 1][1] not in determiners):
            break
        if place and word.endswith("ed") and _does(text, words[place - 1][0], at, grammar):
            break
        left = at
        if bound or word in determiners:
            break
    tail = grammar.pattern("phrase_tail").match(text, end)
    right = end if tail is None or "\n" in tail.group() else tail.end()
    return left, len(text[:right].rstrip())


def _does(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Tell who does what the next word says: "gunmen pulled", but not "five armed"."""
    return grammar.pattern("does_so").fullmatch(text[start:end].rstrip()) is not None


def phrases(text: str, start: int, end: int, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Yield the noun phrases of a marked stretch of text, without the words that only join them on.

    A list is parted at its commas and conjunctions; a phrase that ends in "of" goes on with what it
    is of. A stretch of nothing but such words has no phrase.
    """
    joints = [m.span() for m in grammar.pattern("phrase_joint").finditer(text, start, end)]
    opens = [start, *(after for _, after in joints)]
    closes = [*(before for before, _ in joints), end]
    for left, right in zip(opens, closes, strict=True):
        begin = grammar.pattern("loose_start").match(text, left, right)
        rest = grammar.pattern("loose_end").search(text, left, right)
        first, last = begin.end() if begin else left, rest.start() if rest else right
        whole = rest and grammar.pattern("phrase_of").match(text, last)
        if rest and whole and rest.end() > whole.start("of"):
            last = whole.end()
        if first < last:
            yield first, last
