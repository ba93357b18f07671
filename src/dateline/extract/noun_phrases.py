"""Bounds of noun phrases around a head word, without a parser: enough for an exact, short quote."""

from dateline.codebook import Grammar
from dateline.extract.counts import word_set
from dateline.text import tokens

_WORDS = 6


def noun_phrase(text: str, start: int, end: int, floor: int, grammar: Grammar) -> tuple[int, int]:
    """Widen a head word to its noun phrase: to the left up to a determiner or a boundary word.

    `floor` is where the segment begins. To the right only "hosting American soldiers" and the
    like are taken in.
    """
    stops, determiners = word_set(grammar, "phrase_stops"), word_set(grammar, "determiners")
    left = start
    for token in reversed(tokens(text[floor:start])[-_WORDS:]):
        word = token.text.lower()
        bound = word == "at" and text[left:start].lower().startswith("least ")
        if not bound and (not word[0].isalnum() or word in stops):
            break
        left = floor + token.start
        if bound or word in determiners:
            break
    tail = grammar.pattern("phrase_tail").match(text, end)
    right = end if tail is None or "\n" in tail.group() else tail.end()
    return left, len(text[:right].rstrip())
