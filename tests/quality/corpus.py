"""Scores on the held-out passages of our own corpus: what was marked against what was coded.

An incident told as news and not denied is wanted. It is found by the coded incident whose claims
share most stretches with its marks, each used once. Types agree where their ACLED codes do; an
armed clash and an attack count as one. A marked number is read from its own words. Of places and
times any common letter will do, since how much of a phrase belongs to it is a matter of taste.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.mapping import read_labels, read_map
from training.passages import Mark, Passage, part_of
from training.sets import own

from dateline.codebook import Codebook
from dateline.evaluate.fields import Check, Score
from dateline.extract.counts import find_counts

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "training" / "corpus"
FIELDS = ("relevance", "incidents", "type", "killed", "injured", "place", "time")
SPANS = {"place": "place", "time": "date"}
ONE_KIND = {"Armed clash", "Attack"}
NEGATIVE = ("no", "not", "none", "nobody", "without")

Row = Mapping[str, Any]
Ends = tuple[int | None, int | None]


@dataclass(frozen=True)
class HeldOut:
    """A passage with what the corpus says of it that the reader of passages makes coarser."""

    passage: Passage
    published: str | None
    types: Mapping[str, str]


def lines_of(folder: Path) -> list[str]:
    """Give the lines of a corpus that hold passages no weights have learned from."""
    lines = [
        line
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    return [line for line in lines if part_of(json.loads(line)["id"]) != "train"]


def held_out(folder: Path, codebook: Path) -> list[HeldOut]:
    """Give the passages of a corpus that no weights have learned from, in its order."""
    rows = {row["id"]: row for row in map(json.loads, lines_of(folder))}
    passages = own.read(folder, read_map("own"), read_labels().types, codebook)
    return [
        HeldOut(
            passage,
            rows[passage.id].get("published"),
            {name: event["type"] for name, event in rows[passage.id]["events"].items()},
        )
        for passage in passages
        if passage.id in rows
    ]


def score(read: Sequence[tuple[HeldOut, Sequence[Row]]], book: Codebook) -> dict[str, Score]:
    """Score the incidents that were coded as news from each passage."""
    scores = {name: Score() for name in FIELDS}
    for held, incidents in read:
        relevant, found = bool(held.passage.relevant) or None, bool(incidents) or None
        scores["relevance"].add(Check("relevance", relevant, found, right=True))
        if relevant:
            _score_incidents(scores, held, incidents, book)
    return scores


def _score_incidents(
    scores: Mapping[str, Score], held: HeldOut, incidents: Sequence[Row], book: Codebook
) -> None:
    wanted = [
        name
        for name, event in held.passage.events.items()
        if event.context == "reported" and event.stance != "denied"
    ]
    pairs = pair_up(held.passage, wanted, incidents)
    scores["incidents"].right += len(pairs)
    scores["incidents"].missed += len(wanted) - len(pairs)
    scores["incidents"].wrong += len(incidents) - len(pairs)
    for name, incident in pairs:
        gold = book.crosswalk("event_types", held.types[name], "acled")
        coded = incident["acled"]
        same = gold == coded or {gold, coded} <= ONE_KIND
        scores["type"].add(Check("type", gold, coded, same))
        for role in ("killed", "injured"):
            check = _check_count(role, held.passage, name, incident, book)
            if check is not None:
                scores[role].add(check)
        for layer, role in SPANS.items():
            marked = _marked(held.passage, name, layer)
            told = [c for c in incident["claims"] if c["role"] == role]
            shared = any(_meets(mark, claim) for mark in marked for claim in told)
            check = Check(layer, bool(marked) or None, bool(told) or None, shared)
            scores[layer].add(check)


def pair_up(
    passage: Passage, wanted: Sequence[str], incidents: Sequence[Row]
) -> list[tuple[str, Row]]:
    """Pair each coded incident, in order, with the wanted one it shares most with, if any."""
    left = list(wanted)
    pairs = []
    for incident in incidents:
        shared = {
            name: sum(
                _meets(mark, claim)
                for mark in passage.marks
                if name in mark.events
                for claim in incident["claims"]
            )
            for name in left
        }
        best = max(left, key=shared.__getitem__, default=None)
        if best is not None and shared[best]:
            pairs.append((best, incident))
            left.remove(best)
    return pairs


def _meets(mark: Mark, claim: Row) -> bool:
    return bool(mark.start < claim["end"] and claim["start"] < mark.end)


def _marked(passage: Passage, event: str, layer: str) -> list[Mark]:
    return [m for m in passage.marks if m.layer == layer and event in m.events]


def _check_count(
    role: str, passage: Passage, event: str, incident: Row, book: Codebook
) -> Check | None:
    """Compare a number with those marked; None where the marked words hold no number to compare.

    One person named as a victim needs no marked number.
    """
    marked = [passage.text[m.start : m.end] for m in _marked(passage, event, role)]
    gold = [ends for words in marked for ends in _numbers(words, book)]
    count = incident[role]
    coded = (count["low"], count["high"]) if count else None
    if marked and not gold:
        return None
    if not gold and coded == (1, 1) and _marked(passage, event, "victim"):
        return None
    lows = {low for low, _ in gold} | {sum(low or 0 for low, _ in gold)}
    right = coded is not None and (coded in gold or coded[0] in lows)
    return Check(role, tuple(gold) or None, coded, right)


def _numbers(words: str, book: Codebook) -> list[Ends]:
    counted = find_counts(f"{words} people", book.grammar("counts"))
    if not counted and set(words.lower().split()) & set(NEGATIVE):
        return [(0, 0)]
    return [(quantity.low, quantity.high) for quantity in counted]
