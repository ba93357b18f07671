"""Casualties told one after another: "killed two soldiers ... a third soldier died later" is three.

Who is told to come on top is known by words ("another", "two more", "also", "a sixth") and by two
verbs side by side in one sentence ("captured a leader and detained two men"). The sum is a casualty
of its own, whose words run from the first number to the last, so that it follows from its quote.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.codebook import Grammar
from dateline.extract.harm import Casualty
from dateline.text import aligned_fold
from dateline.values import Count, CountBasis

_REACH = 700
_BEFORE = 12  # characters before a verb that hold "also"


def find_additions(text: str, told: Sequence[Casualty], grammar: Grammar) -> Iterator[Casualty]:
    """Yield the sums of casualties of one event that are told to add up, in text order.

    `told` are the casualties a report tells of the event, with offsets into `text`. Tolls that
    count everybody already, stated zeros and people told before ("the wounded") add nothing.
    """
    folded = aligned_fold(text)
    from_wounded = grammar.pattern("from_wounded")
    counted = [
        one
        for one in sorted(told, key=lambda c: (c.start, c.end))
        if _adds(one) or (one.role == "killed" and from_wounded.match(folded, one.start))
    ]
    for role in dict.fromkeys(one.role for one in counted):
        whole: Casualty | None = None
        last_end = 0
        for one in (c for c in counted if c.role == role):
            if whole is None or one.start < last_end:
                whole = whole or one
            elif _comes_on_top(folded, whole, last_end, one, counted, grammar):
                whole = _sum(whole, one)
                yield whole
            else:
                whole = one
            last_end = max(last_end, one.end)


def _adds(casualty: Casualty) -> bool:
    count = casualty.count
    plain = not (casualty.negative or casualty.cumulative or casualty.subset or casualty.suspected)
    return plain and not casualty.definite and bool(count.low) and count.basis != "at_most"


def _comes_on_top(
    folded: str,
    whole: Casualty,
    last_end: int,
    one: Casualty,
    counted: Sequence[Casualty],
    grammar: Grammar,
) -> bool:
    between = folded[last_end : one.start]
    if one.start - whole.start > _REACH or "\n\n" in between or one.attackers != whole.attackers:
        return False  # the dead of an attack are told apart from those who made it
    if grammar.pattern("from_wounded").match(folded, one.start):
        return True
    opening = max(folded.rfind(mark, 0, one.start) for mark in (". ", "\n"))
    ordinal = grammar.pattern("ordinal_victim").match(folded, one.start, one.end)
    ordinal = ordinal or grammar.pattern("ordinal_apposed").search(folded, opening + 1, one.start)
    if ordinal is not None:
        place: int = grammar.tables["victim_ordinals"][ordinal["word"]]
        return (whole.count.low or 0) + 1 == place
    if any(c.role != one.role and opening < c.start < one.start for c in counted):
        return False  # "killed two and wounded three more": more than the dead
    if opening < last_end:
        return grammar.pattern("second_verb").fullmatch(between) is not None
    return _says_more(folded[opening + 1 : one.start], folded[one.start : one.end], grammar)


def _says_more(before: str, words: str, grammar: Grammar) -> bool:
    """Say whether a later sentence marks its casualty as additional."""
    # "The leader and one additional man were seized" tells again, "also" adds wherever it stands.
    first = words.partition(" and ")[0]
    others = grammar.pattern("others_on_top").search(first)
    if others is not None and not grammar.pattern("number").search(before):
        return True  # but "four were in danger and four others slightly hurt" are parts
    if grammar.pattern("more_on_top").search(before[-_BEFORE:] + first):
        return True
    return grammar.pattern("on_top").search(before[-_BEFORE:] + words) is not None


def _sum(whole: Casualty, one: Casualty) -> Casualty:
    left, right = whole.count, one.count
    low = (left.low or 0) + (right.low or 0)
    open_end = left.high is None or right.high is None
    high = None if left.high is None or right.high is None else left.high + right.high
    basis: CountBasis = "exact"
    if open_end:
        basis = "at_least"
    elif "about" in (left.basis, right.basis) or "vague" in (left.basis, right.basis):
        basis = "about"
    return replace(
        whole,
        end=one.end,
        count=Count(low, high, basis),
        victim_start=None,
        victim_end=None,
        attackers=whole.attackers and one.attackers,
    )
