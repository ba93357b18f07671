"""Joining noun phrases that name people: "two soldiers and a civilian" are three."""

from collections.abc import Sequence
from dataclasses import replace

from dateline.codebook import Grammar
from dateline.extract.counts import word_set
from dateline.extract.people import People, Reading
from dateline.values import CountBasis


def join_people(
    reading: Reading, people: Sequence[People], grammar: Grammar, *, subject: bool
) -> list[People]:
    """Join "two soldiers and a civilian" into one phrase whose count is the sum of its parts.

    A first number that is the sum of those behind it has told them already: "twelve people, five
    soldiers and seven clerks".
    """
    groups: list[list[People]] = []
    joined: list[People] = []
    for current in people:
        before = joined[-1] if joined else None
        if before is not None and _is_apposition(reading, before, current):
            certain = before.certain or current.certain
            joined[-1] = replace(before, last=current.last, end=current.end, certain=certain)
        elif before is not None and _are_joined(reading, before, current, grammar, subject=subject):
            groups[-1].append(current)
            joined[-1] = add_people(before, current)
        else:
            groups.append([current])
            joined.append(current)
    return [_told_once(one, parts) for one, parts in zip(joined, groups, strict=True)]


def _told_once(joined: People, parts: Sequence[People]) -> People:
    first, rest = parts[0], parts[1:]
    if len(rest) < 2 or not first.counted or sum(p.low or 0 for p in rest) != first.low:  # noqa: PLR2004
        return joined
    return replace(joined, low=first.low, high=first.high, basis=first.basis, told_once=True)


def _same_person(left: People, right: People) -> bool:
    """Say whether "a writer and former minister" are one: the second has no article of its own."""
    single = left.low == left.high == right.low == right.high == 1
    return single and right.certain and not (right.counted or right.definite) and left.certain


def _is_apposition(reading: Reading, left: People, right: People) -> bool:
    """Say whether commas set off a name for the person before it, or what a named person is."""
    single = left.low == left.high == right.low == right.high == 1
    named = left.certain != right.certain and bool((left if left.certain else right).head)
    link = reading.folded[left.end : right.start].strip(" ")
    return single and named and link == "," and reading.word(right.last) == ","


def _are_joined(
    reading: Reading, left: People, right: People, grammar: Grammar, *, subject: bool
) -> bool:
    link = reading.folded[left.end : right.start].strip(" ")
    linked = link.strip(" ,") in word_set(grammar, "adding")
    comma = link == "," and (_covers(left, right) or _list_goes_on(reading, right, grammar))
    if not (linked or comma) or "none" in (left.basis, right.basis):
        return False
    if not left.certain and not left.counted and not right.certain and not subject:
        return False
    if (
        not left.certain
        and not left.counted
        and right.certain
        and not (right.counted or right.definite)
    ):
        return False  # "US and Iraqi soldiers": two adjectives
    if subject:
        return _are_one_subject(reading, left, right, grammar)
    # "Killing a captain, and troops later shot dead two": the troops open a clause.
    last, verbs = right.last, word_set(grammar, "be", "have", "verbs")
    while reading.word(last) in word_set(grammar, "adverbs") - verbs and last not in reading.cues:
        last += 1
    after = reading.word(last)
    return not (after in verbs or after.endswith("ed") or last in reading.cues)


def _are_one_subject(reading: Reading, left: People, right: People, grammar: Grammar) -> bool:
    bare = right.counted and not right.head and right.last in reading.cues
    if bare and not left.counted:
        return False  # "80 dead, mostly guards, and 170 hurt"
    if reading.word(right.first) in word_set(grammar, "others_apart"):
        return False
    before = reading.word(left.first - 1)
    return not before or not before[0].isalnum() or before in word_set(grammar, "clause_starts")


def _covers(left: People, right: People) -> bool:
    """Say whether a number counts the plural behind it as well: "30 nurses, cooks and guards"."""
    several = left.counted and (left.low or left.high or 0) > 1
    plural = right.certain and right.basis == "vague" and not right.counted
    return several and plural and not right.owned


def _list_goes_on(reading: Reading, people: People, grammar: Grammar) -> bool:
    rest = reading.folded[people.end :].lstrip(" ,").split(" ", 1)[0]
    named = not people.certain and not people.counted
    own = people.owned and "'s " not in reading.folded[people.start : people.end]
    return (people.counted or named or own) and rest in word_set(grammar, "adding")


def add_people(left: People, right: People) -> People:
    """Give two phrases as one whose count is their sum; that of one person told twice stays."""
    if _same_person(left, right):
        return replace(left, last=right.last, end=right.end)
    if _covers(left, right):
        return replace(left, last=right.last, end=right.end, certain=left.certain or right.certain)
    low = None if left.low is None or right.low is None else left.low + right.low
    high = None if left.high is None or right.high is None else left.high + right.high
    bases = {left.basis, right.basis} - {"exact"}
    basis: CountBasis = "exact"
    if bases:
        order: tuple[CountBasis, ...] = ("vague", "at_least", "at_most", "about")
        basis = next((one for one in order if one in bases), "exact")
    return People(
        left.first,
        right.last,
        left.start,
        right.end,
        low,
        high,
        basis,
        left.head,
        left.certain or right.certain,
        left.counted or right.counted,
    )
