"""Numbers of attacks over a period: what a tally counts, found before triggers are read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.codebook import Grammar
from dateline.extract.counts import Quantity
from dateline.resolve.expressions import Expression
from dateline.text import Sentence
from dateline.values import Count

_PERIODS = ("span", "period")
_CALENDAR = ("month", "year")


@dataclass(frozen=True, slots=True)
class Total:
    """A counted number of acts in one sentence and the period the sentence gives it."""

    sentence: Sentence
    start: int
    noun_start: int
    noun_end: int
    count: Count
    period: Expression


def find_totals(
    sentences: Sequence[Sentence],
    dates: Sequence[Expression],
    counts: Sequence[Quantity],
    grammar: Grammar,
) -> dict[int, Total]:
    """Give at most one total a sentence, by the index of the sentence.

    Without a stated period a number of attacks is no total.
    """
    totals = {}
    for sentence in sentences:
        inside = [d for d in dates if sentence.start <= d.start < sentence.end]
        period = next((d for d in inside if is_period(d)), None)
        here = [q for q in counts if sentence.start <= q.start < sentence.end]
        total = _total(sentence, here, period, grammar) if period else None
        if total is not None:
            totals[sentence.index] = total
    return totals


def is_period(date: Expression) -> bool:
    """Tell a stretch of time ("since January", "this year") from a day."""
    return date.form in _PERIODS or (date.rule == "unit" and date.parts.get("unit") in _CALENDAR)


def _total(
    sentence: Sentence, counts: Sequence[Quantity], period: Expression, grammar: Grammar
) -> Total | None:
    heads = frozenset(noun.split()[-1] for noun in grammar.words["counted"])
    for told in counts:
        quantity = told if told.noun else _with_noun(sentence, told, grammar)
        low = quantity.low if quantity.low is not None else quantity.high
        if quantity.noun in heads and low is not None and low > 1:
            value = Count(quantity.low, quantity.high, quantity.basis, quantity.noun)
            start, end = quantity.noun_start, quantity.noun_end
            return Total(sentence, quantity.start, start, end, value, period)
    ordinal = grammar.pattern("ordinal_attack").search(sentence.text)
    if ordinal is None:
        return None
    values, digits = grammar.tables["ordinal_values"], ordinal["digits"]
    number = int(digits) if digits else int(values[ordinal["word"].lower()])
    start, end = sentence.start + ordinal.start(), sentence.start + ordinal.end()
    return Total(sentence, start, start, end, Count(number, number, "exact", "attacks"), period)


def _with_noun(sentence: Sentence, quantity: Quantity, grammar: Grammar) -> Quantity:
    """Take the noun behind "a total of 45" where the number stands alone."""
    at = quantity.end - sentence.start
    noun = grammar.pattern("counted_noun").match(sentence.text, at)
    if noun is None:
        return quantity
    start, end = (sentence.start + place for place in noun.span("noun"))
    return replace(quantity, noun_start=start, noun_end=end, noun=noun["noun"].split()[-1].lower())
