"""Tallies: "45 attacks since January" kept as a statement of its own, never as an incident."""

from collections.abc import Iterator
from dataclasses import replace

from dateline.extract.counts import Quantity
from dateline.extract.roles import Part
from dateline.extract.scan import Scan
from dateline.extract.tables import Tables
from dateline.resolve.actors import resolve_actor
from dateline.resolve.expressions import Expression
from dateline.resolve.intervals import resolve_date
from dateline.resolve.places import Context, resolve_place
from dateline.text import Sentence
from dateline.values import Count, Term, Text, Unknown

_PERIODS = ("span", "period")


def tallies(found: Scan, context: Context, known: Tables) -> Iterator[list[Part]]:
    """Yield one list of parts a tally: anchor, count, what, target, places, period, who counts.

    A number of attacks is a tally only where the sentence states the period it covers.
    """
    for sentence in found.sentences:
        period = _period(found, sentence)
        if period is None:
            continue
        counted = _counted(found, sentence, known)
        if counted is not None:
            yield [*_parts(found, sentence, counted, period, context, known)]


def _period(found: Scan, sentence: Sentence) -> Expression | None:
    dates = found.within(found.dates, sentence.start, sentence.end)
    return next((d for d in dates if d.form in _PERIODS), None)


def _counted(found: Scan, sentence: Sentence, known: Tables) -> tuple[int, int, int, Count] | None:
    """Give where the number begins, where the counted noun stands, and the count."""
    grammar = known.grammars["kinds"]
    nouns = frozenset(word.split()[-1] for word in grammar.words["counted"])
    for quantity in found.within(found.counts, sentence.start, sentence.end):
        if not quantity.noun:
            quantity = _with_counted(found, quantity, known)
        low = quantity.low if quantity.low is not None else quantity.high
        if quantity.noun in nouns and low is not None and low > 1:
            value = Count(quantity.low, quantity.high, quantity.basis, quantity.noun)
            return quantity.start, quantity.noun_start, quantity.noun_end, value
    ordinal = grammar.pattern("ordinal_attack").search(sentence.text)
    if ordinal:
        values = grammar.tables["ordinal_values"]
        number = (
            int(ordinal["digits"]) if ordinal["digits"] else int(values[ordinal["word"].lower()])
        )
        start, end = sentence.start + ordinal.start(), sentence.start + ordinal.end()
        return start, start, end, Count(number, number, "exact", "attacks")
    return None


def _with_counted(found: Scan, quantity: Quantity, known: Tables) -> Quantity:
    """Take the noun behind "a total of 45" where the number stands alone."""
    noun = known.grammars["kinds"].pattern("counted_noun").match(found.report.text, quantity.end)
    if noun is None:
        return quantity
    start, end = noun.span("noun")
    return replace(quantity, noun_start=start, noun_end=end, noun=noun["noun"].split()[-1].lower())


def _parts(
    found: Scan,
    sentence: Sentence,
    counted: tuple[int, int, int, Count],
    period: Expression,
    context: Context,
    known: Tables,
) -> Iterator[Part]:
    text, grammar = found.report.text, known.grammars["kinds"]
    start, noun_start, noun_end, count = counted
    left, right = sentence.start, sentence.start + len(sentence.text.rstrip(" .!?"))
    yield Part("type", left, right, Term("kind", "tally"))
    yield Part("count", start, noun_end, count)
    yield Part("what", noun_start, noun_end, Text(text[noun_start:noun_end]))
    target = grammar.pattern("tally_target").search(sentence.text)
    if target:
        at, to = sentence.start + target.start("target"), sentence.start + target.end("target")
        yield Part("target", at, to, Text(text[at:to]))
    for toponym in found.within(found.places, sentence.start, sentence.end):
        yield Part("places", toponym.start, toponym.end, resolve_place(toponym, context))
    value = resolve_date(period, found.report.published_day)
    yield Part("period", period.start, period.end, value)
    speaker = grammar.pattern("tally_speaker").search(text[sentence.start : start])
    if speaker:
        at, to = sentence.start + speaker.start("by"), sentence.start + speaker.end("by")
        yield Part("by", at, to, resolve_actor(text[at:to], known.actors))
    yield from _attributed(found, sentence, known)


def _attributed(found: Scan, sentence: Sentence, known: Tables) -> Iterator[Part]:
    """Yield whom the counted attacks are blamed on, here or in the next three sentences."""
    until = found.sentences[min(sentence.index + 3, len(found.sentences) - 1)]
    for blame in found.speech:
        if blame.kind not in ("blames", "suspects") or blame.object_start is None:
            continue
        inside = sentence.start <= blame.object_start < until.end
        if inside and until.paragraph == sentence.paragraph:
            start, end = blame.object_start, blame.object_end or blame.object_start
            value = resolve_actor(found.report.text[start:end], known.actors)
            if not isinstance(value, Unknown):
                yield Part("attributed_to", start, end, value)
                return
