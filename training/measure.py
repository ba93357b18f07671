"""How well a tagger reads passages of our own corpus: spans, triggers, pairs, relevance."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from dateline.evaluate.fields import Score
from dateline.extract.tagger import Tagged, TaggedSpan, TaggedTrigger
from training.passages import Mark, Passage

Fits = Callable[[Mark, TaggedSpan | TaggedTrigger], bool]


@dataclass(slots=True)
class Rate:
    """Right answers among all."""

    right: int = 0
    asked: int = 0

    def add(self, right: bool) -> None:  # noqa: FBT001
        """Count one answer."""
        self.right += right
        self.asked += 1

    def __str__(self) -> str:
        return f"{self.right / max(1, self.asked):.3f} (n {self.asked})"


@dataclass(slots=True)
class Measures:
    """Scores a layer, once with exact bounds and once where any overlap is right, and rates."""

    exact: dict[str, Score] = field(default_factory=dict)
    overlap: dict[str, Score] = field(default_factory=dict)
    rates: dict[str, Rate] = field(default_factory=dict)

    def rate(self, name: str) -> Rate:
        """Give the rate of a name, made when first asked for."""
        return self.rates.setdefault(name, Rate())

    def total(self, scores: dict[str, Score]) -> Score:
        """Sum the role layers: micro precision, recall and F1."""
        roles = [score for layer, score in scores.items() if layer != "trigger"]
        return Score(
            sum(score.right for score in roles),
            sum(score.wrong for score in roles),
            sum(score.missed for score in roles),
        )

    def lines(self) -> Iterator[str]:
        """The table, a layer a line."""
        for layer, score in self.exact.items():
            yield f"{layer:12} exact {score}   overlap {self.overlap[layer]}"
        yield f"{'roles':12} exact {self.total(self.exact)}   overlap {self.total(self.overlap)}"
        for name, rate in self.rates.items():
            yield f"{name:28} {rate}"


def is_exact(mark: Mark, span: TaggedSpan | TaggedTrigger) -> bool:
    """Tell whether the bounds are the same."""
    return (mark.start, mark.end) == (span.start, span.end)


def overlaps(mark: Mark, span: TaggedSpan | TaggedTrigger) -> bool:
    """Tell whether the two share a character."""
    return mark.start < span.end and span.start < mark.end


def measure(
    passages: Sequence[Passage], tagged: Sequence[Tagged], layers: Sequence[str]
) -> Measures:
    """Compare what was tagged with what is marked."""
    measures = Measures({layer: Score() for layer in layers}, {layer: Score() for layer in layers})
    for passage, found in zip(passages, tagged, strict=True):
        for layer in layers:
            gold = [mark for mark in passage.marks if mark.layer == layer]
            spans = spans_of(found, layer)
            add(measures.exact[layer], gold, spans, is_exact)
            add(measures.overlap[layer], gold, spans, overlaps)
        _facets(measures, passage, found)
        _pairs(measures, passage, found)
        if passage.relevant is not None:
            measures.rate("relevance").add((found.relevance >= 0.5) == passage.relevant)  # noqa: PLR2004
    return measures


def spans_of(found: Tagged, layer: str) -> Sequence[TaggedSpan | TaggedTrigger]:
    """Give what was tagged in one layer."""
    if layer == "trigger":
        return found.triggers
    return [span for span in found.spans if span.role == layer]


def add(
    score: Score, gold: Sequence[Mark], spans: Sequence[TaggedSpan | TaggedTrigger], fits: Fits
) -> None:
    """Count a layer of a passage; each mark is found once at most, each span finds one."""
    left = list(gold)
    for span in spans:
        hit = next((mark for mark in left if fits(mark, span)), None)
        if hit is None:
            score.wrong += 1
        else:
            left.remove(hit)
            score.right += 1
    score.missed += len(left)


def _facets(measures: Measures, passage: Passage, found: Tagged) -> None:
    for trigger in found.triggers:
        mark = _mark(passage, "trigger", trigger)
        if mark is not None:
            event = passage.events[mark.events[0]]
            measures.rate("type of found triggers").add(event.type == trigger.type)
            right = event.context == trigger.context
            measures.rate("context of found triggers").add(right)
            if event.context != "reported":
                measures.rate("  of those not reported").add(right)


def _pairs(measures: Measures, passage: Passage, found: Tagged) -> None:
    """Judge the pairs whose trigger and span were both found."""
    triggers = [_mark(passage, "trigger", trigger) for trigger in found.triggers]
    spans = [_mark(passage, span.role, span) for span in found.spans]
    several = len(passage.events) > 1
    for pair in found.pairs:
        trigger, span = triggers[pair.trigger], spans[pair.span]
        if trigger is None or span is None:
            continue
        together = bool(set(trigger.events) & set(span.events))
        right = (pair.score >= 0.5) == together  # noqa: PLR2004
        measures.rate("pairs").add(right)
        if several:
            measures.rate("  of several events").add(right)
            measures.rate("  of several, apart" if not together else "  of several, one").add(right)


def _mark(passage: Passage, layer: str, span: TaggedSpan | TaggedTrigger) -> Mark | None:
    marks = (mark for mark in passage.marks if mark.layer == layer)
    return next((mark for mark in marks if overlaps(mark, span)), None)
