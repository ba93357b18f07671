"""Numbers in news text: how many of what, and sums of money; dates, clocks and ages are no counts.

A number is read from its own words and nothing else, so its value follows from its quote.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateline.codebook import Grammar
from dateline.text import aligned_fold
from dateline.values import CountBasis

_DIGIT = re.compile(r"\d")
_NOUN_WORDS = 6
_SCALE_STEP = 100


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and the noun phrase it counts, as half-open offsets into the text.

    An open end of the range is None. `noun` is the last word of the noun phrase, lower-case; it is
    empty, and `noun_start == noun_end == end`, where the number stands alone ("killing three").
    """

    start: int
    end: int
    low: int | None
    high: int | None
    basis: CountBasis
    noun_start: int
    noun_end: int
    noun: str = ""

    def moved(self, by: int) -> "Quantity":
        """Give the same quantity with its offsets moved, from those of a sentence to a report's."""
        start, end = self.noun_start + by, self.noun_end + by
        return Quantity(
            self.start + by, self.end + by, self.low, self.high, self.basis, start, end, self.noun
        )


@dataclass(frozen=True, slots=True)
class Money:
    """A sum of money; `currency` is an ISO 4217 code, an open end is None."""

    start: int
    end: int
    low: int | None
    high: int | None
    basis: CountBasis
    currency: str


def find_counts(text: str, grammar: Grammar) -> list[Quantity]:
    """Give every count of a text in order, never overlapping.

    Left out: dates, years, clock times, ages, ordinals, money, shares, calibres, numbered units,
    distances and durations. "a" and "another" before a noun count one.
    """
    folded = aligned_fold(text)
    found: list[Quantity] = []
    for left, right in _gaps(folded, grammar):
        for match in grammar.pattern("count").finditer(folded, left, right):
            quantity = _read_match(match, folded, left, grammar)
            found.append(_with_noun(quantity, folded, grammar))
    return found


def find_money(text: str, grammar: Grammar) -> list[Money]:
    """Give every sum of money of a text in order ("up to $ 3 million" is at most 3,000,000)."""
    return list(_money(aligned_fold(text), grammar))


@lru_cache(maxsize=64)
def word_set(grammar: Grammar, *names: str) -> frozenset[str]:
    """Give the words of several lists of a grammar as one set."""
    return frozenset(word for name in names for word in grammar.words[name])


def _money(folded: str, grammar: Grammar) -> Iterator[Money]:
    scales, currencies = grammar.tables["money_scales"], grammar.tables["currencies"]
    for match in grammar.finditer("money", folded):
        sign = match["before"] or match["after"]
        scale = match["scale"] or match["scale_b"]
        words = match["amount"] or match["amount_b"]
        amount = _digits(words) if words[0].isdigit() else _words(words, grammar)
        amount *= scales[scale] if scale else 1
        sign = " ".join(sign.split()).replace("us $", "us$")
        start, low, high, basis = _with_bound(folded, 0, match.start(), round(amount), grammar)
        yield Money(start, match.end(), low, high, basis, currencies[sign])


def _gaps(folded: str, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Yield the stretches between the numbers that count nothing."""
    excluded = grammar.pattern(
        "excluded_with_digits" if _DIGIT.search(folded) else "excluded_without"
    )
    taken = [(m.start(), m.end()) for m in excluded.finditer(folded)]
    taken += [(money.start, money.end) for money in _money(folded, grammar)]
    left = 0
    for start, end in sorted(taken):
        if start > left:
            yield left, start
        left = max(left, end)
    yield left, len(folded)


def _read_match(match: re.Match[str], folded: str, left: int, grammar: Grammar) -> Quantity:
    start, end = match.span()
    low: int | None
    high: int | None
    basis: CountBasis
    if match["none"]:
        low, high, basis = 0, 0, "none"
    elif match["single"]:
        low, high, basis = 1, 1, "exact"
    elif match["vague"]:
        form = grammar.tables["vague"][" ".join(match["vague"].split())]
        low, high, basis = form["low"], form.get("high"), form.get("basis", "vague")
    elif match["range"]:
        low, high = (_number(match[side], grammar) for side in ("low", "high"))
        if low >= high:
            words = match["low"]
            return _bounded_number(*match.span("low"), words, folded, left, grammar)
        basis = "exact"
        start, bound = _bound(folded, left, start, grammar)
        basis = "about" if bound == "about" else basis
    else:
        return _bounded_number(start, end, match["number"], folded, left, grammar)
    return Quantity(start, end, low, high, basis, end, end)


def _bounded_number(
    start: int, end: int, words: str, folded: str, left: int, grammar: Grammar
) -> Quantity:
    number = _number(words, grammar)
    start, low, high, basis = _with_bound(folded, left, start, number, grammar)
    after = grammar.pattern("after").match(folded, end)
    if after is not None:
        end = after.end()
        low, high = (number, None) if after["more"] else (0, number)
        basis = "at_least" if after["more"] else "at_most"
    elif basis == "exact" and words.endswith("dozen"):
        basis = "vague"
    return Quantity(start, end, low, high, basis, end, end)


def _bound(folded: str, left: int, start: int, grammar: Grammar) -> tuple[int, str]:
    match = grammar.pattern("before").search(folded, max(left, start - 40), start)
    return (match.start(), match.lastgroup or "") if match else (start, "")


def _with_bound(
    folded: str, left: int, start: int, number: int, grammar: Grammar
) -> tuple[int, int | None, int | None, CountBasis]:
    """Widen a number by the words before it.

    "More than 20" is at least 20: 21 stands nowhere in the words.
    """
    start, bound = _bound(folded, left, start, grammar)
    match bound:
        case "at_least" | "more_than":
            return start, number, None, "at_least"
        case "at_most" | "fewer_than":
            return start, 0, number, "at_most"
        case "about":
            return start, number, number, "about"
        case _:
            return start, number, number, "exact"


def _number(words: str, grammar: Grammar) -> int:
    return round(_words(words, grammar))


def _digits(words: str) -> float:
    return float(re.sub(r"[,\s]", "", words))


def _words(words: str, grammar: Grammar) -> float:
    """Read "two hundred and five", "1.5 million", "half a dozen" or "twenty-three"."""
    total, part = 0.0, 0.0
    tables = grammar.tables
    values = tables["units"] | tables["teens"] | tables["tens"]
    for word in re.findall(r"\d[\d,]*(?: \d{3})*(?:\.\d+)?|[a-z]+", words):
        if word[0].isdigit():
            part += _digits(word)
        elif word in values:
            part += values[word]
        elif word == "a":
            part = part or 1
        elif word == "half":
            part = 0.5
        elif word == "dozen":
            part = (part or 1) * 12
        elif word in tables["scales"]:
            part = (part or 1) * tables["scales"][word]
            if tables["scales"][word] > _SCALE_STEP:
                total, part = total + part, 0.0
    return total + part


def _with_noun(quantity: Quantity, folded: str, grammar: Grammar) -> Quantity:
    """Attach the noun phrase behind a number, up to its head."""
    opening = grammar.pattern("noun_opening").match(folded, quantity.end)
    if opening is None:
        return quantity
    stops = word_set(grammar, "function_words", "verbs")
    first = last = opening.end()
    head = ""
    many = quantity.low != 1 or quantity.high != 1
    at = first
    for _ in range(_NOUN_WORDS):
        word = grammar.pattern("word").match(folded, at)
        if word is None or word[0] in stops or _ends_noun(word[0], head, grammar, many=many):
            break
        last, head = word.end(), word[0]
        if not folded[last : last + 1].isspace():
            break
        at = last + 1
    if not head:
        return quantity
    low, high, basis = quantity.low, quantity.high, quantity.basis
    return Quantity(quantity.start, quantity.end, low, high, basis, first, last, head)


def _ends_noun(word: str, head: str, grammar: Grammar, *, many: bool) -> bool:
    """Say whether a word can no longer belong to the noun phrase whose last word is `head`."""
    if not head:
        return False
    if word.endswith("ed") and word not in word_set(grammar, "modifiers"):
        return True
    people = word_set(grammar, "people", "plural_people")
    plural = head in people or (head.endswith("s") and not head.endswith(("ss", "us", "'s")))
    return many and plural and word not in people and not word.endswith("s")
