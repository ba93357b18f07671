"""Thresholds and temperatures, set on passages that were kept out of training."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import log
from typing import Any

import numpy as np

from dateline.codebook import load_codebook
from dateline.evaluate.fields import Score
from dateline.evaluate.muc4 import SlotScores, count, gold_entities, likely, read
from dateline.extract.decoding import Run, runs, sigmoid, split, word_probabilities
from dateline.extract.tagger import Reading, TaggedSpan, Tagger
from training.mapping import Labels
from training.measure import add, is_exact, overlaps
from training.passages import Passage

_TEMPERATURES = tuple(round(0.5 + 0.1 * step, 2) for step in range(26))
_THRESHOLDS = tuple(round(0.25 + 0.05 * step, 2) for step in range(14))
_SHIFTS = tuple(round(-2 + 0.25 * step, 2) for step in range(29))
# A threshold has to earn its distance from one half: small samples make it wander.
_PULL = 0.05
_TURNS = 3


def calibrate(
    tagger: Tagger,
    labels: Labels,
    passages: Sequence[Passage],
    documents: Sequence[Mapping[str, Any]],
) -> None:
    """Set the tagger's thresholds and temperatures in place.

    Temperatures and the thresholds of trigger and roles come from passages of our own corpus, the
    thresholds of the slots from documents of MUC-4 (to which its figures are optimistic then).
    """
    readings = [tagger.run(passage.text) for passage in passages]
    for name, layers in (("trigger", ("trigger",)), ("spans", labels.roles)):
        _set(
            tagger,
            "temperatures",
            name,
            _best_temperature(tagger, passages, readings, layers, name),
        )
    temperature, shift = _relevance(passages, readings)
    _set(tagger, "temperatures", "relevance", temperature)
    tagger.scheme = replace(tagger.scheme, relevance_shift=shift)
    for layer in ("trigger", *labels.roles):
        _set(tagger, "thresholds", layer, _best_threshold(tagger, layer, passages, readings))
    _set(tagger, "temperatures", "pairs", _pairs(tagger, passages, readings))
    _slots(tagger, labels, documents)


def _set(tagger: Tagger, table: str, name: str, value: float) -> None:
    changed = dict(getattr(tagger.scheme, table)) | {name: value}
    tagger.scheme = replace(tagger.scheme, **{table: changed})


def _surprise(answers: Iterable[tuple[float, bool]]) -> float:
    """Give the summed negative log-likelihood of yes/no answers."""
    bounded = ((min(max(p, 1e-6), 1 - 1e-6), yes) for p, yes in answers)
    return -sum(log(p if yes else 1 - p) for p, yes in bounded)


def _least(cost: Callable[[float], float]) -> float:
    return min(_TEMPERATURES, key=cost)


def _best_temperature(
    tagger: Tagger,
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    layers: Sequence[str],
    name: str,
) -> float:
    def cost(temperature: float) -> float:
        _set(tagger, "temperatures", name, temperature)
        total = 0.0
        for passage, reading in zip(passages, readings, strict=True):
            inside = _inside(tagger, reading)[0]
            for layer in layers:
                number = tagger.scheme.layers.index(layer)
                wanted = np.zeros(len(inside), dtype=bool)
                for mark in passage.marks:
                    if mark.layer == layer:
                        words = reading.words
                        wanted |= (words.starts < mark.end) & (words.ends > mark.start)
                sure = np.clip(inside[:, number], 1e-6, 1 - 1e-6)
                total -= float(np.log(np.where(wanted, sure, 1 - sure)).sum())
        return total

    return _least(cost)


def _inside(tagger: Tagger, reading: Reading) -> tuple[Any, Any]:
    parts = split(reading.columns, tagger.scheme)
    return word_probabilities(parts[0], reading.words, tagger.scheme, tagger.scheme.layers)


def _relevance(passages: Sequence[Passage], readings: Sequence[Reading]) -> tuple[float, float]:
    """Give temperature and shift of relevance, relevant and other passages weighing the same."""
    told = [(r.relevance, bool(p.relevant)) for p, r in zip(passages, readings, strict=True)]
    relevant = sum(yes for _, yes in told)
    weight = {True: 1 / max(1, relevant), False: 1 / max(1, len(told) - relevant)}

    def cost(pair: tuple[float, float]) -> float:
        temperature, shift = pair
        return sum(
            weight[yes] * _surprise([(sigmoid(logit - shift, temperature), yes)])
            for logit, yes in told
        )

    return min(((t, s) for t in _TEMPERATURES for s in _SHIFTS), key=cost)


def _best_threshold(
    tagger: Tagger, layer: str, passages: Sequence[Passage], readings: Sequence[Reading]
) -> float:
    """Give the threshold of the best mean of exact and overlapping F1."""
    number = tagger.scheme.layers.index(layer)
    cells = [_inside(tagger, reading) for reading in readings]

    def worth(threshold: float) -> float:
        exact, loose = Score(), Score()
        for passage, reading, (inside, begins) in zip(passages, readings, cells, strict=True):
            found = runs(inside[:, number], begins[:, number], threshold, tagger.scheme.reach)
            spans = _spans(layer, found, reading)
            gold = [mark for mark in passage.marks if mark.layer == layer]
            add(exact, gold, spans, is_exact)
            add(loose, gold, spans, overlaps)
        return (exact.f1 + loose.f1) / 2 - _PULL * abs(threshold - 0.5)

    return max(_THRESHOLDS, key=worth)


def _pairs(tagger: Tagger, passages: Sequence[Passage], readings: Sequence[Reading]) -> float:
    _set(tagger, "temperatures", "pairs", 1.0)
    told: list[tuple[float, bool]] = []
    for passage, reading in zip(passages, readings, strict=True):
        found = tagger.decode(reading)
        for pair in found.pairs:
            trigger, span = found.triggers[pair.trigger], found.spans[pair.span]
            left = [m for m in passage.marks if m.layer == "trigger" and overlaps(m, trigger)]
            right = [m for m in passage.marks if m.layer == span.role and overlaps(m, span)]
            if left and right:
                sure = min(max(pair.score, 1e-4), 1 - 1e-4)
                told.append(
                    (log(sure / (1 - sure)), bool(set(left[0].events) & set(right[0].events)))
                )
    return _least(lambda t: _surprise((sigmoid(logit, t), yes) for logit, yes in told))


def _slots(tagger: Tagger, labels: Labels, documents: Sequence[Mapping[str, Any]]) -> None:
    """Set the thresholds of the MUC-4 slots, in turns, to what makes the F1 of all slots best."""
    gold = [gold_entities(row) for row in documents]
    grammar = load_codebook().grammar("events")
    weighed = [read(row["doctext"], tagger, grammar) for row in documents]
    counted: dict[float, dict[str, Score]] = {}
    for threshold in _THRESHOLDS:
        scores = SlotScores()
        for wanted, entities in zip(gold, weighed, strict=True):
            count(scores, wanted, likely(entities, dict.fromkeys(labels.slots, threshold)))
        counted[threshold] = scores.slots
    chosen = dict.fromkeys(labels.slots, 0.5)

    def worth(slot: str, threshold: float) -> float:
        told = chosen | {slot: threshold}
        total = SlotScores({name: counted[least][name] for name, least in told.items()}).total
        return total.f1 - _PULL * abs(threshold - 0.5) / len(labels.slots)

    for slot in _TURNS * labels.slots:
        chosen[slot] = max(_THRESHOLDS, key=partial(worth, slot))
    for slot, threshold in chosen.items():
        _set(tagger, "thresholds", slot, threshold)


def _spans(layer: str, found: Iterable[Run], reading: Reading) -> list[TaggedSpan]:
    words = reading.words
    return [
        TaggedSpan(layer, int(words.starts[run.first]), int(words.ends[run.last - 1]), run.score)
        for run in found
    ]
