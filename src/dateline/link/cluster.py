"""Clusters of events that are one incident: judgements joined under constraints.

The result depends on the events and judgements alone, never on the order they came in. Machines
never join two events of one report, nor two clusters that hold facts which exclude each other;
what people judged comes first and binds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from dateline.link.compare import agrees
from dateline.link.view import EventView


class Clusters:
    """A union-find over events that refuses a join which its constraints forbid."""

    def __init__(self, views: Mapping[str, EventView], apart: Iterable[tuple[str, str]]) -> None:
        self._views = views
        self._root = {name: name for name in views}
        self._members = {name: [name] for name in views}
        self._reports = {name: {view.report} for name, view in views.items()}
        self._told = {name: {view.told: view} for name, view in views.items()}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for left, right in apart:
            if left in views and right in views:
                self._apart[left].add(right)
                self._apart[right].add(left)

    def root(self, event: str) -> str:
        """Give the event that stands for a cluster."""
        top = event
        while self._root[top] != top:
            top = self._root[top]
        while self._root[event] != top:
            self._root[event], event = top, self._root[event]
        return top

    def may_join(self, left: str, right: str) -> bool:
        """Tell whether a machine may join the clusters of two events."""
        one, two = self.root(left), self.root(right)
        if one == two:
            return True
        if self._reports[one] & self._reports[two] or self._are_apart(one, two):
            return False
        return all(agrees(a, b) for a in self._told[one].values() for b in self._told[two].values())

    def join(self, left: str, right: str, *, bound: bool = False) -> bool:
        """Join the clusters of two events if that is allowed; give whether they are one now.

        `bound`: two copies of one text or a person's word; facts that differ do not matter then.
        """
        one, two = self.root(left), self.root(right)
        if one == two:
            return True
        if self._are_apart(one, two) or not (bound or self.may_join(one, two)):
            return False
        if len(self._members[one]) < len(self._members[two]):
            one, two = two, one
        self._root[two] = one
        self._members[one] += self._members.pop(two)
        self._reports[one] |= self._reports.pop(two)
        self._told[one] |= self._told.pop(two)
        self._apart[one] |= self._apart.pop(two, set())
        return True

    def shares_a_report(self, left: str, right: str) -> bool:
        """Tell whether one report tells an event of each of the two clusters."""
        return bool(self._reports[self.root(left)] & self._reports[self.root(right)])

    def groups(self) -> list[list[str]]:
        """Give all clusters; events and clusters in order of publication."""
        order = {name: view.order for name, view in self._views.items()}
        found = [sorted(members, key=order.__getitem__) for members in self._members.values()]
        return sorted(found, key=lambda members: order[members[0]])

    def _are_apart(self, one: str, two: str) -> bool:
        if len(self._apart.get(one, ())) > len(self._apart.get(two, ())):
            one, two = two, one
        return any(self.root(other) == two for other in self._apart.get(one, ()))
