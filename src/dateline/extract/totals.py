"""Numbers of attacks over a period: what a tally counts, found before triggers are read."""

from dataclasses import dataclass, replace

from dateline.extract.counts import Quantity, word_set
from dateline.extract.scan import Scan
from dateline.extract.tables import Tables
from dateline.resolve.expressions import Expression
from dateline.text import Sentence
from dateline.values import Count

_PERIODS = ("span", "period")


@dataclass(frozen=True, slots=True)
class Total:
    """A counted number of acts in one sentence and the period the sentence gives it."""

    sentence: Sentence
    start: int
    noun_start: int
    noun_end: int
    count: Count
    period: Expression


def find_totals(found: Scan, known: Tables) -> list[Total]:
    """Give at most one total a sentence; without a stated period a number of attacks is none."""
    totals = []
    for sentence in found.sentences:
        dates = found.within(found.dates, sentence.start, sentence.end)
        period = next((d for d in dates if d.form in _PERIODS), None)
        total = _total(found, sentence, period, known) if period else None
        if total is not None:
            totals.append(total)
    return totals


def _total(found: Scan, sentence: Sentence, period: Expression, known: Tables) -> Total | None:
    grammar = known.grammars["kinds"]
    nouns = word_set(grammar, "counted")
    heads = frozenset(noun.split()[-1] for noun in nouns)
    for told in found.within(found.counts, sentence.start, sentence.end):
        quantity = told if told.noun else _with_noun(found, told, known)
        low = quantity.low if quantity.low is not None else quantity.high
        if quantity.noun in heads and low is not None and low > 1:
            value = Count(quantity.low, quantity.high, quantity.basis, quantity.noun)
            start, end = quantity.noun_start, quantity.noun_end
            return Total(sentence, quantity.start, start, end, value, period)
    ordinal = grammar.pattern("ordinal_attack").search(sentence.text)
    if ordinal is None:
        return None
    values = grammar.tables["ordinal_values"]
    digits = ordinal["digits"]
    number = int(digits) if digits else int(values[ordinal["word"].lower()])
    start, end = sentence.start + ordinal.start(), sentence.start + ordinal.end()
    return Total(sentence, start, start, end, Count(number, number, "exact", "attacks"), period)


def _with_noun(found: Scan, quantity: Quantity, known: Tables) -> Quantity:
    """Take the noun behind "a total of 45" where the number stands alone."""
    noun = known.grammars["kinds"].pattern("counted_noun").match(found.report.text, quantity.end)
    if noun is None:
        return quantity
    start, end = noun.span("noun")
    return replace(quantity, noun_start=start, noun_end=end, noun=noun["noun"].split()[-1].lower())
