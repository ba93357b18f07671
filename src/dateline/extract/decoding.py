"""From the network's numbers to spans: pieces to words, words to spans, spans to pairs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_OUTSIDE, _BEGIN, _INSIDE = 0, 1, 2
_STEEPEST = 30.0  # logits beyond are as sure as can be
_HYPHENS = "-‐‑"
_SEPARATORS = ".,:"


@dataclass(frozen=True, slots=True)
class Scheme:
    """What the columns of the network mean, and how its numbers become decisions.

    `layers` are the span layers in order: `trigger`, the roles, then the slots. A threshold a
    layer; `reach` is told by `runs`; temperatures make the scores probabilities, and the shift
    makes relevance even-handed where relevant and other texts are equally many.
    """

    roles: tuple[str, ...]
    slots: tuple[str, ...]
    types: tuple[str, ...]
    contexts: tuple[str, ...]
    stances: tuple[str, ...]
    pair_size: int
    window: int
    overlap: int
    opening: int
    closing: int
    reach: float
    thresholds: Mapping[str, float]
    temperatures: Mapping[str, float]
    relevance_shift: float
    origin: str

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of the span layers, in the order of their columns."""
        return ("trigger", *self.roles, *self.slots)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many columns each part has: spans, type, context, stance, asks, answers."""
        facets = (len(self.types), len(self.contexts), len(self.stances))
        return (3 * len(self.layers), *facets, self.pair_size, self.pair_size)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text: half-open ranges of pieces, and their characters."""

    pieces: "NDArray[np.int64]"
    starts: "NDArray[np.int64]"
    ends: "NDArray[np.int64]"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words in one layer: half-open word indexes and the mean probability."""

    first: int
    last: int
    score: float


def words_of(text: str, word_ids: Sequence[int], offsets: Sequence[tuple[int, int]]) -> Words:
    """Give the words of a text from what the tokenizer calls words, which end at every mark.

    Those on both sides of a hyphen are one word ("pro-government"), and so are the letters of
    "U.S." and the digits of "2,500".
    """
    import numpy as np

    numbers = np.array(word_ids, dtype=np.int64)
    places = np.array(offsets, dtype=np.int64).reshape(-1, 2)
    firsts = np.flatnonzero(np.diff(numbers, prepend=-1))
    lasts = np.append(firsts, len(numbers))[1:]
    starts, ends = places[firsts, 0], places[lasts - 1, 1]
    glued = np.zeros(len(firsts), dtype=bool)
    bounds = list(zip(starts.tolist(), ends.tolist(), strict=True))
    for index in (np.flatnonzero(starts[1:] == ends[:-1]) + 1).tolist():
        left, right = (text[start:end] for start, end in bounds[index - 1 : index + 1])
        glued[index] = _is_glued(text, bounds[index][0], left, right)
    begins = np.flatnonzero(~glued)
    closes = np.append(begins, len(firsts))[1:] - 1
    pieces = np.stack([firsts[begins], lasts[closes]], axis=1)
    return Words(pieces, starts[begins], ends[closes])


def _is_glued(text: str, place: int, left: str, right: str) -> bool:
    """Tell whether two neighbours without a blank between them, parted at `place`, are one word."""
    mark, at = (left, place - len(left)) if not left.isalnum() else (right, place)
    before, after = text[max(0, at - 2) : at], text[at + 1 : at + 2]
    if mark in _HYPHENS:
        return before[-1:].isalnum() and after.isalnum()
    if mark == "." and before[-1:].isalpha():
        return not before[:-1].isalnum() and (mark == right or after.isalpha())
    return mark in _SEPARATORS and before[-1:].isdigit() and after.isdigit()


def split(columns: "Floats", scheme: Scheme) -> list["Floats"]:
    """Part the columns as `Scheme.sizes` says; the first part is pieces by layers by 3."""
    import numpy as np

    parts = np.split(columns, np.cumsum(scheme.sizes)[:-1], axis=1)
    parts[0] = parts[0].reshape(len(columns), len(scheme.layers), 3)
    return parts


def softmax(logits: "Floats", temperature: float = 1.0) -> "Floats":
    """Turn logits along the last axis into probabilities."""
    import numpy as np

    scaled = logits / temperature
    raised = np.exp(scaled - scaled.max(-1, keepdims=True))
    result: Floats = raised / raised.sum(-1, keepdims=True)
    return result


def sigmoid(logit: float, temperature: float = 1.0) -> float:
    """Turn one logit into a probability."""
    scaled = max(-_STEEPEST, min(_STEEPEST, logit / temperature))
    return 1 / (1 + exp(-scaled))


def word_probabilities(
    spans: "Floats", words: Words, scheme: Scheme, layers: Sequence[str]
) -> tuple["Floats", Any]:
    """Give, for words by `layers`, the probability of being inside and whether it begins a span.

    Inside is the mean over the word's pieces; where a span begins is for its first piece to say.
    """
    import numpy as np

    spans = spans.take([scheme.layers.index(layer) for layer in layers], axis=1)
    heat = np.array([_temperature(layer, scheme) for layer in layers], dtype=np.float32)
    inside = 1 - softmax(spans, heat[:, None])[..., _OUTSIDE]  # type: ignore[arg-type]
    firsts = words.pieces[:, 0]
    sums = np.add.reduceat(inside, firsts, axis=0)
    lengths = (words.pieces[:, 1] - firsts)[:, None]
    begins = spans[firsts, :, _BEGIN] > spans[firsts, :, _INSIDE]
    return (sums / lengths).astype(np.float32), begins


def _temperature(layer: str, scheme: Scheme) -> float:
    return scheme.temperatures["trigger" if layer == "trigger" else "spans"]


def runs(inside: "Floats", begins: Any, threshold: float, reach: float) -> Iterator[Run]:  # noqa: ANN401
    """Yield the runs of one layer, parted where a word begins a span of its own.

    A run has a word at or over the threshold, and goes as far to both sides as words are at or over
    `reach` times the threshold: the surest word finds a span, the doubtful ones only bound it.
    """
    kept = (inside >= threshold * reach).nonzero()[0].tolist()
    if not kept or inside.max() < threshold:
        return
    first = last = kept[0]
    for index in [*kept[1:], len(inside) + 1]:
        if index == last + 1 and not begins[index]:
            last = index
            continue
        scores = inside[first : last + 1].tolist()
        if max(scores) >= threshold:
            yield Run(first, last + 1, sum(scores) / len(scores))
        first = last = index


def means(rows: "Floats", group: Sequence[Run], words: Words) -> "Floats":
    """Give the mean of the rows of each run, those of its words' pieces."""
    import numpy as np

    bounds = words.pieces.ravel().take([i for r in group for i in (2 * r.first, 2 * r.last - 1)])
    # A stretch may end where the rows do, and no stretch may begin there.
    padded = np.concatenate([rows, rows[-1:]])
    sums = np.add.reduceat(padded, bounds, axis=0)[::2]
    result: Floats = sums / (bounds[1::2] - bounds[::2])[:, None]
    return result


def pair_scores(asks: "Floats", answers: "Floats", scheme: Scheme) -> list[list[float]]:
    """Give how likely each role span belongs to each trigger, from the mean vectors of both."""
    import numpy as np

    logits = asks @ answers.T * scheme.pair_size**-0.5
    scaled = np.clip(logits / scheme.temperatures["pairs"], -_STEEPEST, _STEEPEST)
    found: list[list[float]] = (1 / (1 + np.exp(-scaled))).tolist()
    return found
