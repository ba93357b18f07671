"""Pairs of events that meet in a block and weigh enough to be one incident."""

from collections import defaultdict
from collections.abc import Iterable

from dateline.link.blocking import keys_asked, keys_held
from dateline.link.compare import is_located
from dateline.link.reach import Reach, reach_of
from dateline.link.view import EventView
from dateline.link.weights import Weights

Pair = tuple[str, str]


def pair_of(left: EventView, right: EventView) -> Pair:
    """Name a pair by its ids, in order."""
    return (left.id, right.id) if left.id < right.id else (right.id, left.id)


def weigh(
    views: Iterable[EventView], weights: Weights, known: Iterable[tuple[int, EventView]] = ()
) -> dict[Pair, float]:
    """Give the pairs of these events, and of them with `known` ones under their keys, that may be.

    Such a pair reaches the threshold. Two events of one report, two that lie too far apart to be
    joined, and two of which nothing says that they were in one place make no pair.
    """
    found: dict[Pair, float] = {}
    reaches: dict[str, Reach] = {}
    blocks: dict[int, list[EventView]] = defaultdict(list)
    for key, view in known:
        blocks[key].append(view)
    for view in views:
        own = reach_of(view)
        # Events look where others stand both ways, so it is enough to look back.
        met = {other.id: other for key in keys_asked(view) for other in blocks.get(key, ())}
        for name, other in met.items():
            if other.report == view.report:
                continue
            its = reaches.get(name) or reaches.setdefault(name, reach_of(other))
            if own.is_beyond(its):
                continue
            total = weights.total(view, other)
            if total >= weights.threshold and is_located(view, other):
                found[pair_of(view, other)] = total
        reaches[view.id] = own
        for key in keys_held(view):
            blocks[key].append(view)
    return found
