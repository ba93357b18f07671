"""What actors hold or offer: strengths ("2,500 troops") and rewards ("up to $3 million")."""

from collections.abc import Iterator

from dateline.extract.counts import find_money, word_set
from dateline.extract.focus import focus_of
from dateline.extract.roles import Part
from dateline.extract.scan import Scan
from dateline.extract.tables import Tables
from dateline.resolve.actors import resolve_actor
from dateline.text import Sentence
from dateline.values import Count, Place, Term, Text, Unknown

_LARGE = 20


def strengths(found: Scan, known: Tables) -> Iterator[list[Part]]:
    """Yield one list of parts a strength: anchor, actor, count, what, place.

    Numbers of the dead and hurt are never strengths; nor is a handful of people.
    """
    grammar = known.grammars["kinds"]
    nouns = word_set(grammar, "troops")
    for sentence in found.sentences:
        told = found.within(found.counts, sentence.start, sentence.end)
        large = [q for q in told if q.noun in nouns and (q.low or q.high or 0) >= _LARGE]
        if not (large and grammar.pattern("has_strength_cue").search(sentence.text)):
            continue
        for quantity in large:
            if any(c.start < quantity.end and quantity.start < c.end for c in found.casualties):
                continue
            before = sentence.text[: quantity.start - sentence.start]
            behind = sentence.text[quantity.noun_end - sentence.start :]
            if grammar.pattern("some_of").search(before) or grammar.pattern("harmed").match(behind):
                continue
            start, end = quantity.start, quantity.noun_end
            what = Text(found.report.text[quantity.noun_start : end])
            parts = [
                Part("type", start, end, Term("kind", "strength")),
                Part(
                    "count",
                    start,
                    end,
                    Count(quantity.low, quantity.high, quantity.basis, quantity.noun),
                ),
                Part("what", quantity.noun_start, end, what),
            ]
            parts += _owner(found, sentence, start, end, "actor", known)
            for toponym in found.within(found.places, end, sentence.end)[:1]:
                value = found.where[toponym]
                if isinstance(value, Place):
                    parts.append(Part("place", toponym.start, toponym.end, value))
            yield parts


def rewards(found: Scan, known: Tables) -> Iterator[list[Part]]:
    """Yield one list of parts a reward: anchor, by, amount, currency."""
    grammar = known.grammars["kinds"]
    for sentence in found.sentences:
        folded = found.folded[sentence.start : sentence.end]
        if not grammar.search("reward_cue", sentence.text, folded=folded):
            continue
        for money in find_money(sentence.text, known.grammars["counts"]):
            start, end = sentence.start + money.start, sentence.start + money.end
            tail = grammar.pattern("reward_tail").match(found.report.text, end, sentence.end)
            whole = tail.end() if tail else end
            parts = [
                Part("type", start, whole, Term("kind", "reward")),
                Part(
                    "amount", start, end, Count(money.low, money.high, money.basis, money.currency)
                ),
                Part("currency", start, end, Term("currency", money.currency)),
            ]
            yield [*parts, *_owner(found, sentence, start, start, "by", known)]


def _owner(
    found: Scan, sentence: Sentence, start: int, end: int, role: str, known: Tables
) -> Iterator[Part]:
    """Yield who holds or offers: the actor inside the phrase, else the subject of the sentence."""
    inside = found.within(found.actors, start, end)
    before = [a for a in found.within(found.actors, sentence.start, start) if a.end <= start]
    for actor in [*inside, *before]:
        value = resolve_actor(
            found.report.text[actor.start : actor.end], known.actors, focus_of(found)
        )
        entry = known.book.actors.get(value.id or "") if not isinstance(value, Unknown) else None
        if entry is not None and entry.kind != "generic":
            yield Part(role, actor.start, actor.end, value)
            return
