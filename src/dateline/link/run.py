"""A pass of linking over a store: takes in what is new and touches only what that can change.

The result is the same as if everything were linked anew: clusters depend on chains of pairs alone,
and a pass takes every chain whole that a new event, a changed one or a word of a person touches.
"""

import datetime as dt
import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from dateline.codebook import Codebook, load_codebook
from dateline.link.blocking import keys_held
from dateline.link.cluster import cluster, newest_words
from dateline.link.identity import heirs, name_clusters
from dateline.link.index import Index, Linkable
from dateline.link.intake import Intake, keys_of, rows_of, take_in
from dateline.link.judging import COPIED, ORIGIN, judged, news
from dateline.link.pairs import Pair
from dateline.link.view import EventView, view_from_json
from dateline.link.weights import Weights, load_weights
from dateline.model import Judgement

_MANY = 500


@dataclass(frozen=True, slots=True)
class Linked:
    """What a pass came to: totals of the store, and how many judgements and ids changed."""

    events: int
    incidents: int
    judgements: int
    merges: int
    splits: int


def link(
    store: Linkable,
    codebook: Codebook | None = None,
    *,
    made: str | None = None,
    again: bool = False,
    weights: Weights | None = None,
) -> Linked:
    """Join the events of a store into incidents; give what changed.

    Takes in what was added or judged since the last pass, or everything `again`, which is needed
    after a change of the codebook or the weights. `made` is when, in ISO 8601 UTC; the present by
    default.
    """
    book = codebook or load_codebook()
    table = weights or load_weights()
    when = made or dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    with _uncollected():
        return _pass(store.link_index(), book, table, when, again=again)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the collector: a pass makes millions of objects that live to its end, and no cycles."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _pass(index: Index, book: Codebook, table: Weights, when: str, *, again: bool) -> Linked:
    words = index.words()
    codings, reports = index.news(whole=again)
    if len(codings) > _MANY and not again:
        # Where most is new, taking everything in at once is less work than looking things up.
        every = index.news(whole=True)
        again = 2 * len(codings) > len(every[0])
        codings, reports = every if again else (codings, reports)
    found = take_in(index, reports, book, table, whole=again)
    weighed = set() if again else index.weighed()
    spoken = {event for name in words.keys() - weighed for event in _two(words[name])}
    views, pairs = _touched(index, found, words, spoken, whole=again)
    copied = [pair for pair, weight in pairs.items() if weight >= COPIED]
    groups = cluster(views, pairs, table, words.values(), copied)
    rows = index.rows(whole=again)
    rows.events = {*views, *found.replaced}
    previous = _previous(index, found, rows.events, whole=again)
    minted = index.minted(set(previous.values()))
    retired = index.retired() if again else set()
    is_taken = retired.__contains__ if again else index.is_taken
    names, rows.changes = name_clusters(groups, previous, minted, is_taken, when)
    rows.members = {
        event: (name, views[event].report)
        for name, events in zip(names, groups, strict=True)
        for event in events
    }
    where = {event: number for number, events in enumerate(groups) for event in events}
    judgements = judged(views, pairs, groups, table)
    rows.judgements = news(judgements, index.said(views, ORIGIN), where, when)
    rows.codings, rows.weighed = codings, sorted(words.keys() - weighed)
    rows.old_views = sorted(found.replaced)
    rows.old_keys = [(key, v.id) for v in found.replaced.values() for key in keys_held(v)]
    rows.views, rows.keys = rows_of(found.views.values()), keys_of(found)
    rows.pairs, rows.copies = found.pairs, found.copies
    index.save(rows)
    kinds = [change.kind for change in rows.changes]
    new = len(rows.judgements)
    return Linked(*index.totals(), new, kinds.count("merge"), kinds.count("split"))


def _previous(index: Index, found: Intake, events: set[str], *, whole: bool) -> dict[str, str]:
    """Give the incident that each event had, or that the event had which it stands for."""
    known = index.all_members() if whole else index.members(events)
    gone = known.keys() - found.views.keys()
    forms = index.views(gone) if whole else {}
    old = {event: view_from_json(form) for event, form in forms.items()}
    old |= {event: view for event, view in found.replaced.items() if event in gone}
    new = (view for event, view in found.views.items() if event not in known)
    inherited = heirs(old.values(), new)
    return known | {event: known[other] for event, other in inherited.items()}


def _two(judgement: Judgement) -> tuple[str, str]:
    return judgement.left, judgement.right


def _touched(
    index: Index,
    found: Intake,
    words: Mapping[str, Judgement],
    spoken: set[str],
    *,
    whole: bool,
) -> tuple[dict[str, EventView], dict[Pair, float]]:
    """Give the views and pairs of all events whose incident may change."""
    if whole:
        return found.views, found.pairs
    gone = found.replaced.keys() - found.views.keys()
    pairs = dict(found.pairs)
    bound = [_two(w) for w in newest_words(words.values()).values() if w.verdict == "same"]
    near = {event for pair in index.pairs(found.replaced) for event in pair}
    near |= index.events_in(index.members(found.replaced).values())
    waiting = ({*found.views} | spoken | near) - gone
    touched: set[str] = set()
    while waiting:
        touched |= waiting
        known = index.pairs(waiting)
        pairs |= {
            pair: weight
            for pair, weight in known.items()
            if not found.replaced.keys() & set(pair) and pair not in pairs
        }
        reached = {event for pair in (*pairs, *bound) if waiting & set(pair) for event in pair}
        reached |= index.events_in(set(index.members(waiting).values()))
        waiting = reached - touched - gone
    views = {
        event: view_from_json(form)
        for event, form in index.views(touched - found.views.keys()).items()
    }
    views |= {event: view for event, view in found.views.items() if event in touched}
    inside = {pair: weight for pair, weight in pairs.items() if views.keys() >= set(pair)}
    return views, inside
