"""Incident ids that last: a cluster keeps the id that most of its events had."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from dateline.link.view import EventView
from dateline.model import Change, content_id

_NEAR = 200  # characters; about a sentence


def heirs(gone: Iterable[EventView], new: Iterable[EventView]) -> dict[str, str]:
    """Find the event that each event of a report coded anew stands for: old ids by new ones.

    One whose words stand in about the place of the old one's, nearest first; where a report told
    one event and tells one now, that one wherever it stands.
    """
    by_report: dict[str, tuple[list[EventView], list[EventView]]] = defaultdict(lambda: ([], []))
    for view in gone:
        by_report[view.report][0].append(view)
    for view in new:
        by_report[view.report][1].append(view)
    found: dict[str, str] = {}
    for old, fresh in by_report.values():
        alone = len(old) == len(fresh) == 1
        pairs = sorted((abs(a.start - b.start), a.id, b.id) for a in old for b in fresh)
        for apart, left, right in pairs:
            if (alone or apart <= _NEAR) and right not in found and left not in found.values():
                found[right] = left
    return found


def name_clusters(
    groups: Sequence[Sequence[str]],
    previous: Mapping[str, str],
    minted: Sequence[str],
    is_taken: Callable[[str], bool],
    made: str,
) -> tuple[list[str], list[Change]]:
    """Give the id of each cluster and what became of ids that changed.

    `previous` is the incident of each event before, `minted` the ids among them, oldest first;
    `is_taken` tells whether an id stands for events or for another id already. Of two clusters
    that had one id, the one with more of its events keeps it; of two ids in one cluster, the one of
    more events stays, of equals the older. A new id is made from the first event of its cluster.
    """
    age = {name: number for number, name in enumerate(minted)}
    had = [Counter(previous[e] for e in events if e in previous) for events in groups]
    wishes = sorted(
        (-number, age.get(old, len(age)), index, old)
        for index, counter in enumerate(had)
        for old, number in counter.items()
    )
    names: dict[int, str] = {}
    used: set[str] = set()
    for _, _, index, old in wishes:
        if index not in names and old not in used:
            names[index] = old
            used.add(old)
    changes: list[Change] = []
    taken = {*previous.values()}
    for index, events in enumerate(groups):
        if index not in names:
            names[index] = _mint(events[0], lambda name: name in taken or is_taken(name))
            taken.add(names[index])
            if had[index]:
                changes.append(Change("split", names[index], _most(had[index], age), made))
    return [names[i] for i in range(len(groups))], changes + _lost(had, names, previous, made)


def _mint(event: str, is_taken: Callable[[str], bool]) -> str:
    name = content_id("i", event)
    number = 1
    while is_taken(name):
        name = content_id("i", event, number)
        number += 1
    return name


def _most(counter: Counter[str], age: Mapping[str, int]) -> str:
    return min(counter, key=lambda old: (-counter[old], age.get(old, len(age)), old))


def _lost(
    had: Sequence[Counter[str]], names: Mapping[int, str], previous: Mapping[str, str], made: str
) -> list[Change]:
    went: dict[str, Counter[str]] = defaultdict(Counter)
    for index, counter in enumerate(had):
        for old, number in counter.items():
            went[old][names[index]] += number
    kept = set(names.values())
    changes = []
    for old in sorted(set(previous.values()) - kept):
        if went[old]:
            heir = min(went[old], key=lambda name: (-went[old][name], name))
            changes.append(Change("merge", heir, old, made))
        else:
            changes.append(Change("withdrawn", old, None, made))
    return changes
