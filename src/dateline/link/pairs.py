"""Pairs of events that meet in a block and weigh enough to be one incident."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from dateline.link.blocking import keys_asked, keys_held
from dateline.link.compare import is_located
from dateline.link.reach import Reach, reach_of
from dateline.link.view import EventView
from dateline.link.weights import Weights

Pair = tuple[str, str]


def pair_of(left: EventView, right: EventView) -> Pair:
    """Name a pair by its ids, in order."""
    return (left.id, right.id) if left.id < right.id else (right.id, left.id)


def standing(views: Iterable[EventView]) -> dict[int, list[EventView]]:
    """Give the events that stand under each key."""
    found: dict[int, list[EventView]] = defaultdict(list)
    for view in views:
        for key in keys_held(view):
            found[key].append(view)
    return found


def weigh(
    views: Iterable[EventView], blocks: Mapping[int, Iterable[EventView]], weights: Weights
) -> dict[Pair, float]:
    """Give the pairs of these events with those of the blocks that reach the threshold.

    Two events of one report, two that lie too far apart to be joined, and two of which nothing says
    that they were in one place make no pair.
    """
    found: dict[Pair, float] = {}
    reaches: dict[str, Reach] = {}
    seen: set[str] = set()
    for view in views:
        seen.add(view.id)
        own = reaches.get(view.id) or reaches.setdefault(view.id, reach_of(view))
        met = {other.id: other for key in keys_asked(view) for other in blocks.get(key, ())}
        for name, other in met.items():
            if name in seen or other.report == view.report:
                continue
            its = reaches.get(name) or reaches.setdefault(name, reach_of(other))
            if own.is_beyond(its):
                continue
            total = weights.total(view, other)
            if total >= weights.threshold and is_located(view, other):
                found[pair_of(view, other)] = total
    return found
