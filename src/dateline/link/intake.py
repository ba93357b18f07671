"""Taking reports in: views, the pairs they make with what is known, and copies of one text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from dateline.codebook import Codebook
from dateline.link.blocking import keys_asked, keys_held
from dateline.link.copies import copy_keys, find_copy
from dateline.link.index import Index
from dateline.link.judging import COPIED
from dateline.link.pairs import Pair, pair_of, weigh
from dateline.link.view import EventView, view_from_json, view_to_json, views_of
from dateline.link.weights import Weights
from dateline.model import Copy

_AT_ONCE = 500  # copies whose texts are held in memory together


@dataclass(slots=True)
class Intake:
    """What a pass took in: new views, views they replace, pairs and copies found."""

    views: dict[str, EventView] = field(default_factory=dict)
    replaced: dict[str, EventView] = field(default_factory=dict)
    pairs: dict[Pair, float] = field(default_factory=dict)
    copies: list[Copy] = field(default_factory=list)
    copy_keys: dict[str, list[int]] = field(default_factory=dict)


def take_in(
    index: Index, reports: Sequence[int], codebook: Codebook, weights: Weights, *, whole: bool
) -> Intake:
    """Read reports by number and find their partners, among each other and in the index."""
    found = Intake()
    by_report: dict[str, list[EventView]] = {}
    for report, claims in index.told(reports):
        by_report[report.id] = views_of(report, claims, codebook)
        found.copy_keys[report.id] = copy_keys(report)
        found.views |= {view.id: view for view in by_report[report.id]}
    if not whole:
        found.replaced = _read(index.views_of(reports))
    found.pairs = weigh(found.views.values(), weights, [] if whole else _known(index, found))
    found.copies = _copies(index, found.copy_keys, codebook, whole=whole)
    known = [] if whole else index.copies(by_report)
    every = {(copy.left, copy.right): copy for copy in (*known, *found.copies)}
    others = {name for pair in every for name in pair} - by_report.keys()
    for view in _read(index.events_of(others)).values() if others else ():
        by_report.setdefault(view.report, []).append(view)
    for left, right in every:
        for pair in paired_off(by_report.get(left, ()), by_report.get(right, ())):
            found.pairs[pair] = COPIED
    return found


def _read(forms: Mapping[str, dict[str, object]]) -> dict[str, EventView]:
    return {event: view_from_json(form) for event, form in forms.items()}


def _known(index: Index, found: Intake) -> list[tuple[int, EventView]]:
    """Give the views in the index that stand where new events look, by key."""
    asked = {key for view in found.views.values() for key in keys_asked(view)}
    owners = [
        (key, event)
        for key, event in index.owners(asked)
        if event not in found.replaced and event not in found.views
    ]
    views = _read(index.views({event for _, event in owners}))
    return [(key, views[event]) for key, event in owners if event in views]


def _copies(
    index: Index, keys: Mapping[str, Sequence[int]], codebook: Codebook, *, whole: bool
) -> list[Copy]:
    # Nearly all keys of a whole store have one owner, and a set for each would take most of memory.
    keys_met = _repeated(keys.values()) if whole else {key for own in keys.values() for key in own}
    owners: dict[int, set[str]] = defaultdict(set)
    for name, own in keys.items():
        for key in keys_met.intersection(own):
            owners[key].add(name)
    if not whole:
        for key, name in index.owners(keys_met):
            owners[key].add(name)
    pairs = sorted({
        pair
        for names in owners.values()
        for pair in combinations(sorted(names), 2)
        if pair[0] in keys or pair[1] in keys
    })  # fmt: skip
    grammar = codebook.grammar("copies")
    found: list[Copy] = []
    for start in range(0, len(pairs), _AT_ONCE):
        part = pairs[start : start + _AT_ONCE]
        texts = index.reports({name for pair in part for name in pair})
        copies = (find_copy(texts[a], texts[b], grammar) for a, b in part if {a, b} <= texts.keys())
        found += [copy for copy in copies if copy is not None]
    return found


def _repeated(keys: Iterable[Sequence[int]]) -> set[int]:
    once: set[int] = set()
    twice: set[int] = set()
    for own in keys:
        twice |= once.intersection(own)
        once.update(own)
    return twice


def paired_off(left: Iterable[EventView], right: Iterable[EventView]) -> list[Pair]:
    """Pair the events of two copies of one text, first to first, where all are of one type."""
    ours, theirs = (sorted(side, key=lambda v: (v.start, v.id)) for side in (left, right))
    if [view.types for view in ours] != [view.types for view in theirs]:
        return []
    return [pair_of(one, other) for one, other in zip(ours, theirs, strict=True)]


def keys_of(found: Intake) -> list[tuple[int, str]]:
    """Give the keys under which new events and reports stand from now on."""
    events = [(key, view.id) for view in found.views.values() for key in keys_held(view)]
    texts = [(key, name) for name, keys in found.copy_keys.items() for key in set(keys)]
    return events + texts


def rows_of(views: Iterable[EventView]) -> list[tuple[str, str, dict[str, object]]]:
    """Give views as rows: event, report, JSON form."""
    return [(view.id, view.report, view_to_json(view)) for view in views]
