"""Tallies: "45 attacks since January" kept as a statement of its own, never as an incident."""

from collections.abc import Iterator

from dateline.extract.focus import country_of, focus_of
from dateline.extract.roles import Part
from dateline.extract.scan import Scan
from dateline.extract.tables import Tables
from dateline.extract.totals import Total
from dateline.extract.voices import speakers_of
from dateline.resolve.actors import resolve_actor
from dateline.resolve.intervals import resolve_date
from dateline.text import Sentence
from dateline.values import Term, Text, Unknown


def tallies(found: Scan, known: Tables) -> Iterator[list[Part]]:
    """Yield one list of parts a tally: anchor, count, what, target, places, period, who counts."""
    for total in found.totals.values():
        yield [*_parts(found, total, known)]


def _parts(found: Scan, total: Total, known: Tables) -> Iterator[Part]:
    sentence = total.sentence
    text, grammar = found.report.text, known.grammars["kinds"]
    left, right = sentence.start, sentence.start + len(sentence.text.rstrip(" .!?"))
    yield Part("type", left, right, Term("kind", "tally"))
    yield Part("count", total.start, total.noun_end, total.count)
    what = Text(text[total.noun_start : total.noun_end])
    yield Part("what", total.noun_start, total.noun_end, what)
    target = grammar.pattern("tally_target").search(sentence.text)
    if target:
        at, to = sentence.start + target.start("target"), sentence.start + target.end("target")
        yield Part("target", at, to, Text(text[at:to]))
    for toponym in found.within(found.places, sentence.start, sentence.end):
        yield Part("places", toponym.start, toponym.end, found.where[toponym])
    value = resolve_date(total.period, found.report.published_day, country=country_of(found))
    yield Part("period", total.period.start, total.period.end, value)
    speaker = grammar.pattern("tally_speaker").search(text[sentence.start : total.start])
    if speaker:
        at, to = sentence.start + speaker.start("by"), sentence.start + speaker.end("by")
        yield Part("by", at, to, resolve_actor(text[at:to], known.actors, focus_of(found)))
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
            value = resolve_actor(found.report.text[start:end], known.actors, focus_of(found))
            if not isinstance(value, Unknown):
                by = speakers_of(found, blame, known)
                yield Part("attributed_to", start, end, value, 1.0, "suspected", by)
                return
