"""What a pass puts on record: for each event the pair that speaks best for where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dateline.link.cluster import Views
from dateline.link.pairs import Pair
from dateline.link.view import EventView
from dateline.link.weights import Weights, chance
from dateline.model import Judgement, Verdict

ORIGIN = "link/3"
COPIED = 99.0  # bits; two events of one text
_TORN = "another incident fits as well, or a third event keeps them apart"


def explained(left: EventView, right: EventView, weights: Weights, verdict: Verdict) -> Judgement:
    """Judge a pair, with the weight of each comparison as a reason; `made` is filled in later."""
    first, second = sorted((left, right), key=lambda view: view.id)
    parts = [part for part in weights.explain(first, second) if part.level is not None]
    reasons = tuple(f"{part.name}: {part.says} ({part.weight:+.1f})" for part in parts)
    score = chance(round(sum(part.weight for part in parts), 2), weights.threshold)
    return Judgement(first.id, second.id, verdict, score, reasons, ORIGIN, "")


def judged(
    views: Views, pairs: Mapping[Pair, float], groups: Sequence[Sequence[str]], weights: Weights
) -> list[Judgement]:
    """Give, for each event, the best pair inside its cluster and the best one that was not joined.

    The others of a cluster follow from these; any pair can be explained anew when asked.
    """
    where = {event: number for number, events in enumerate(groups) for event in events}
    best: dict[tuple[str, bool], tuple[float, Pair]] = {}
    for pair, weight in pairs.items():
        joined = where[pair[0]] == where[pair[1]]
        for event in pair:
            kept = best.get((event, joined))
            if kept is None or (-weight, pair) < kept:
                best[event, joined] = (-weight, pair)
    chosen = {pair: joined for (_, joined), (_, pair) in best.items()}
    return [
        _judgement(views[one], views[two], pairs[one, two], weights, joined=joined)
        for (one, two), joined in sorted(chosen.items())
    ]


def _judgement(
    left: EventView, right: EventView, weight: float, weights: Weights, *, joined: bool
) -> Judgement:
    found = explained(left, right, weights, "same" if joined else "unsure")
    if weight >= COPIED:
        found = replace(found, score=1.0, reasons=("copies of one text",))
    return found if joined else replace(found, reasons=(*found.reasons, _TORN))


def news(
    judgements: Iterable[Judgement],
    said: Mapping[Pair, Judgement],
    where: Mapping[str, int],
    made: str,
) -> list[Judgement]:
    """Give the judgements that say something else than what was said last of the pair.

    A pair that was the same and stands in two incidents now (`where`) is taken back.
    """
    now = {(j.left, j.right): j for j in judgements}
    new = [
        replace(judgement, made=made)
        for pair, judgement in now.items()
        if pair not in said or replace(said[pair], made="") != judgement
    ]
    for (left, right), old in said.items():
        stands = left in where and right in where
        parted = stands and where[left] != where[right] and (left, right) not in now
        if parted and old.verdict == "same":
            reasons = ("no longer supported",)
            new.append(replace(old, verdict="unsure", score=0.0, reasons=reasons, made=made))
    return new
