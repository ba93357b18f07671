"""Passages as arrays: word pieces, a label a layer and piece, and which spans belong together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.mapping import Labels
from training.passages import Mark, Passage

# The labels of a piece in a layer. SOME is inside a span whose bounds the set does not tell.
OUTSIDE, BEGIN, INSIDE, SOME, UNKNOWN = 0, 1, 2, 3, -1
# Around a head, the rest of its noun phrase: this many pieces to each side are not judged.
_LEFT, _RIGHT = 5, 4
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One window of a passage, without the two special pieces around it.

    `layers` is pieces by layers; `facets` is pieces by (type, context, stance), UNKNOWN outside
    triggers. `triggers` and `spans` are half-open ranges of pieces, `pairs` their 0/1 table.
    `relevant` is nan where the set does not say.
    """

    ids: Ints
    layers: Ints
    facets: Ints
    triggers: tuple[tuple[int, int], ...]
    spans: tuple[tuple[int, int], ...]
    pairs: NDArray[np.float32]
    relevant: float
    weight: float


def read_tokenizer(path: str) -> Tokenizer:
    """Load a tokenizer that neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encode(
    passage: Passage, tokenizer: Tokenizer, labels: Labels, size: int, offset: int = 0
) -> Iterator[Example]:
    """Yield a passage as windows of at most `size` pieces; the first ends `offset` pieces early."""
    encoding = tokenizer.encode(passage.text, add_special_tokens=False)
    starts = np.array([start for start, _ in encoding.offsets], dtype=np.int64)
    ends = np.array([end for _, end in encoding.offsets], dtype=np.int64)
    ids = np.array(encoding.ids, dtype=np.int64)
    layers, facets = _labels(passage, starts, ends, labels)
    ranges = [(m, _range(m, starts, ends)) for m in passage.marks if m.events]
    first = 0
    while first < len(ids):
        last = min(len(ids), first + size - (offset if first == 0 else 0))
        kept = [(m, (a - first, b - first)) for m, (a, b) in ranges if first <= a < b <= last]
        yield _example(
            passage, kept, first, ids[first:last], layers[first:last], facets[first:last]
        )
        first = last


def _range(mark: Mark, starts: Ints, ends: Ints) -> tuple[int, int]:
    """Give the half-open range of pieces that a mark's characters touch."""
    first = int(np.searchsorted(ends, mark.start, side="right"))
    return first, int(np.searchsorted(starts, mark.end, side="left"))


def _labels(passage: Passage, starts: Ints, ends: Ints, labels: Labels) -> tuple[Ints, Ints]:
    layers = np.full((len(starts), len(labels.layers)), UNKNOWN, dtype=np.int64)
    facets = np.full((len(starts), 3), UNKNOWN, dtype=np.int64)
    for number, layer in enumerate(labels.layers):
        if layer in passage.layers:
            layers[:, number] = OUTSIDE
    column = {layer: number for number, layer in enumerate(labels.layers)}
    for mark in passage.unknown:
        first, last = _range(mark, starts, ends)
        layers[first:last, column[mark.layer]] = UNKNOWN
    for mark in (m for m in passage.marks if not m.whole):
        first, last = _range(mark, starts, ends)
        around = layers[max(0, first - _LEFT) : last + _RIGHT, column[mark.layer]]
        around[around == OUTSIDE] = UNKNOWN
    for mark in sorted(passage.marks, key=lambda m: m.start - m.end):
        first, last = _range(mark, starts, ends)
        cells = layers[first:last, column[mark.layer]]
        if last <= first or (cells > OUTSIDE).any():
            continue
        cells[:] = INSIDE if mark.whole else SOME
        if mark.whole:
            cells[0] = BEGIN
        if mark.layer == "trigger":
            facets[first:last] = _facets(passage, mark, labels)
    return layers, facets


def _facets(passage: Passage, mark: Mark, labels: Labels) -> list[int]:
    event = passage.events[mark.events[0]]
    told = (
        (event.type, labels.types),
        (event.context, labels.contexts),
        (event.stance, labels.stances),
    )
    return [UNKNOWN if value is None else names.index(value) for value, names in told]


def _example(
    passage: Passage,
    kept: list[tuple[Mark, tuple[int, int]]],
    first: int,
    ids: Ints,
    layers: Ints,
    facets: Ints,
) -> Example:
    triggers = [item for item in kept if passage.paired and item[0].layer == "trigger"]
    spans = [item for item in kept if passage.paired and item[0].layer != "trigger"]
    pairs = [[float(bool(set(t.events) & set(s.events))) for s, _ in spans] for t, _ in triggers]
    known = passage.relevant is not None and first == 0
    return Example(
        ids=ids,
        layers=layers,
        facets=facets,
        triggers=tuple(place for _, place in triggers),
        spans=tuple(place for _, place in spans),
        pairs=np.array(pairs, dtype=np.float32).reshape(len(triggers), len(spans)),
        relevant=float(bool(passage.relevant)) if known else float("nan"),
        weight=passage.weight,
    )


def without_headline(passage: Passage) -> Passage:
    """Give a passage less its first line, where more follows."""
    cut = passage.text.find("\n") + 1
    return passage if cut == 0 else _moved(passage, passage.text[cut:], -cut, "")


def join_passages(passages: Sequence[Passage]) -> Passage:
    """Make one text of several; whether it is relevant is then not asked."""
    text = "\n".join(passage.text for passage in passages)
    marks: list[Mark] = []
    events = {}
    place = 0
    for number, passage in enumerate(passages):
        moved = _moved(passage, text, place, f"{number}.")
        marks += moved.marks
        events |= dict(moved.events)
        place += len(passage.text) + 1
    return replace(passages[0], text=text, marks=tuple(marks), events=events, relevant=None)


def _moved(passage: Passage, text: str, by: int, prefix: str) -> Passage:
    marks = tuple(
        replace(
            mark,
            start=mark.start + by,
            end=mark.end + by,
            events=tuple(prefix + event for event in mark.events),
        )
        for mark in passage.marks
        if mark.start + by >= 0
    )
    events = {prefix + name: event for name, event in passage.events.items()}
    return replace(passage, text=text, marks=marks, events=events)
