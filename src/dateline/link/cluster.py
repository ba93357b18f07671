"""Clusters of events that are one incident: pairs joined under constraints, surest first.

The result depends on the events, pairs and judgements alone, never on the order they came in, and
events that no chain of pairs connects do not touch each other. Machines never join two events of
one report, nor clusters whose members do not fit on the whole, nor across a day or place too far;
what people judged comes first and binds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.best import fineness
from dateline.link.pairs import Pair, pair_of
from dateline.link.reach import Reach, reach_of
from dateline.link.view import EventView
from dateline.link.weights import Weights
from dateline.model import Judgement, is_human

Views = Mapping[str, EventView]
_LOOKED_AT = 8  # members of a cluster that a newcomer is compared with
_NOWHERE = 99
_SURE = 6.0  # bits above the threshold that make up for a vague place or date
_CLEARLY = 3.0  # bits by which one of several incidents must fit better


class Clusters:
    """A union-find over events that refuses a join which its constraints forbid."""

    def __init__(
        self,
        views: Views,
        apart: Iterable[Pair],
        weights: Weights,
        weighed: Mapping[Pair, float],
    ) -> None:
        self._views = views
        self._weighed = weighed
        self._weights = weights
        self._root = {name: name for name in views}
        ordered = sorted(views, key=lambda name: views[name].order)
        self._rank = {name: number for number, name in enumerate(ordered)}
        self._members = {name: [name] for name in views}
        self._first = {name: [name] for name in views}
        self._reports = {name: {view.report} for name, view in views.items()}
        self._reach = {name: reach_of(view) for name, view in views.items()}
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
        return self._fit(one, two)

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
        first = sorted((*self._first[one], *self._first.pop(two)), key=self._rank.__getitem__)
        self._first[one] = first[:_LOOKED_AT]
        self._reports[one] |= self._reports.pop(two)
        self._apart[one] |= self._apart.pop(two, set())
        return True

    def surest_first(self, item: tuple[Pair, float]) -> tuple[float, int, int, int]:
        """Give the sort key of a pair and its weight."""
        (one, two), weight = item
        apart = abs(self._views[one].start - self._views[two].start)
        return -weight, apart, self._rank[one], self._rank[two]

    def shares_a_report(self, left: str, right: str) -> bool:
        """Tell whether one report tells an event of each of the two clusters."""
        return bool(self._reports[self.root(left)] & self._reports[self.root(right)])

    def groups(self) -> list[list[str]]:
        """Give all clusters; events and clusters in order of publication."""
        rank = self._rank.__getitem__
        found = [sorted(members, key=rank) for members in self._members.values()]
        return sorted(found, key=lambda members: rank(members[0]))

    def _fit(self, one: str, two: str) -> bool:
        """Tell whether the pairs across two clusters are the same on average, none too far."""
        ours = [self._views[name] for name in self._first[one]]
        theirs = [self._views[name] for name in self._first[two]]
        if any(a.is_beyond(b) for a in self._reaches(one) for b in self._reaches(two)):
            return False
        if len(ours) == len(theirs) == 1:
            return True
        totals = [self._weight(a, b) for a in ours for b in theirs]
        return sum(totals) >= self._weights.mean * len(totals)

    def _weight(self, left: EventView, right: EventView) -> float:
        known = self._weighed.get(pair_of(left, right))
        return self._weights.total(left, right) if known is None else known

    def _reaches(self, root: str) -> list[Reach]:
        return [self._reach[name] for name in self._first[root]]

    def _are_apart(self, one: str, two: str) -> bool:
        if len(self._apart.get(one, ())) > len(self._apart.get(two, ())):
            one, two = two, one
        return any(self.root(other) == two for other in self._apart.get(one, ()))


def cluster(
    views: Views,
    pairs: Mapping[Pair, float],
    weights: Weights,
    people: Iterable[Judgement] = (),
    copied: Sequence[Pair] = (),
) -> list[list[str]]:
    """Give the clusters of events, in order of publication.

    `pairs` are those that weigh as much as the threshold or more; `copied` are events of two
    copies of one text. Of the words of people the newest on a pair binds.
    """
    words = newest_words(people)
    apart = [pair for pair, word in sorted(words.items()) if word.verdict == "different"]
    # The weight of two copies is not that of what they tell.
    told = {pair: pairs[pair] for pair in pairs.keys() - set(copied)}
    clusters = Clusters(views, apart, weights, told)
    for (left, right), word in sorted(words.items()):
        if word.verdict == "same" and left in views and right in views:
            clusters.join(left, right, bound=True)
    for left, right in sorted(copied):
        if left in views and right in views and not clusters.shares_a_report(left, right):
            clusters.join(left, right, bound=True)
    firm: list[Pair] = []
    vague: dict[Pair, float] = {}
    for pair, weight in sorted(pairs.items(), key=clusters.surest_first):
        sharp = views[pair[0]].is_sharp and views[pair[1]].is_sharp
        if sharp or weight >= weights.threshold + _SURE:
            firm.append(pair)
        else:
            vague[pair] = weight
    for left, right in firm:
        clusters.join(left, right)
    _join_vague(clusters, views, vague)
    return clusters.groups()


def newest_words(people: Iterable[Judgement]) -> dict[Pair, Judgement]:
    """Give the last word of a person on each pair (by ids in order)."""
    newest: dict[Pair, Judgement] = {}
    for judgement in sorted(people, key=lambda j: (j.made, j.origin, j.verdict)):
        if is_human(judgement.origin):
            left, right = sorted((judgement.left, judgement.right))
            newest[left, right] = judgement
    return newest


def _join_vague(clusters: Clusters, views: Views, pairs: Mapping[Pair, float]) -> None:
    """Join what is told vaguely, and only if one incident fits clearly better than the others."""
    finer: dict[str, list[tuple[float, str]]] = defaultdict(list)
    peers: list[Pair] = []
    for (one, two), weight in pairs.items():
        left, right = views[one], views[two]
        if vagueness(left) == vagueness(right):
            peers.append((one, two))
        else:
            fine, vague = sorted((left, right), key=vagueness)
            finer[vague.id].append((-weight, fine.id))
    torn: set[str] = set()
    for name in sorted(finer, key=lambda n: (vagueness(views[n]), views[n].order)):
        best: dict[str, tuple[float, str]] = {}
        for weight, other in sorted(finer[name]):
            if clusters.may_join(name, other):
                best.setdefault(clusters.root(other), (weight, other))
        ranked = sorted(best.values())
        if len(ranked) == 1 or (ranked and ranked[1][0] - ranked[0][0] >= _CLEARLY):
            clusters.join(name, ranked[0][1])
        elif ranked:
            torn.add(name)
    for one, two in peers:
        if one not in torn and two not in torn:
            clusters.join(one, two)


def vagueness(view: EventView) -> tuple[bool, int, int]:
    """Rank how vaguely an event is told, by its place, then its days; the finest is lowest."""
    level = fineness(view.place) if view.place else _NOWHERE
    return not view.is_pinned, level, view.days or 1
