"""Names of persons, so that a family name is not taken for the town it is also called after."""

import re
from dataclasses import dataclass

from dateline.codebook import Grammar
from dateline.resolve.spelling import Word, word_sets

LONGEST_PERSON = 5


@dataclass(frozen=True, slots=True)
class People:
    """Where persons are named: word positions, and the last words of their names."""

    positions: frozenset[int]
    last_names: frozenset[str]


def find_people(text: str, words: list[Word], grammar: Grammar) -> People:
    """Find names by a title or given name before them, or an age behind them."""
    positions: set[int] = set()
    last_names: set[str] = set()
    sets = word_sets(grammar)
    for first, last in _runs(words, sets):
        start = _person_start(text, words, first, last, grammar)
        if start is None:
            continue
        end = min(last, start + LONGEST_PERSON - 1)
        positions.update(range(start, end + 1))
        if end > start or start > first or words[start].key not in sets["first_names"]:
            last_names.add(words[end].key)
    return People(frozenset(positions), frozenset(last_names))


def _runs(words: list[Word], sets: dict[str, frozenset[str]]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    free = 0
    capital = [at for at, word in enumerate(words) if word.capital]
    for at in capital:
        if at < free or words[at].style in ("caps", "lower"):
            continue
        last = at
        while last + 1 < len(words):
            step = 2 if _is_article(words, last + 1, sets) else 1
            following = words[last + step] if last + step < len(words) else None
            if not following or not following.capital or not _adjoins(words[last], words[last + 1]):
                break
            last += step
        runs.append((at, last))
        free = last + 1
    return runs


def _is_article(words: list[Word], at: int, sets: dict[str, frozenset[str]]) -> bool:
    return words[at].key in sets["articles"] and at + 1 < len(words) and words[at + 1].gap in " -"


def _adjoins(left: Word, right: Word) -> bool:
    return right.gap in (" ", "-", "\u00a0") or (right.gap == ". " and len(left.text) <= 3)  # noqa: PLR2004


def _person_start(
    text: str, words: list[Word], first: int, last: int, grammar: Grammar
) -> int | None:
    sets = word_sets(grammar)
    begin = words[first].start
    titled = first and words[first - 1].key in sets["title_parts"]
    if titled and grammar.pattern("title_before").search(text[max(0, begin - 30) : begin]):
        return first
    for at in range(first, last):
        if words[at].key in sets["titles"] and at + 1 <= last:
            beyond = [w for w in range(at + 1, last + 1) if words[w].key not in sets["titles"]]
            return beyond[0] if beyond else None
    for at in range(first, last):
        if words[at].key in sets["first_names"] and words[at + 1].key not in sets["type_parts"]:
            return at
    aged = grammar.pattern("age_after").match(text[words[last].end : words[last].end + 12])
    if aged and last > first and re.match(r"[A-Z]", words[first].text):
        return first
    return None
