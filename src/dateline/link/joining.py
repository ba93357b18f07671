"""From judgements to clusters, in an order that makes the surest joins first.

People, then copies of one text, then pairs that are fine on both sides, best score first. What is
told vaguely (a province, a week) joins last, and only if exactly one incident fits.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from dateline.best import fineness
from dateline.link.blocking import Lane, candidate_pairs, lanes
from dateline.link.cluster import Clusters
from dateline.link.compare import compare, is_firm, judge
from dateline.link.view import EventView
from dateline.model import Judgement, is_human

Views = Mapping[str, EventView]


def cluster(
    views: Views, people: Iterable[Judgement], copies: Sequence[Sequence[str]] = ()
) -> tuple[list[list[str]], list[Judgement]]:
    """Give the clusters of events, in order of publication, and the judgements made on the way.

    `people` are judgements by persons, of which the newest on a pair binds; `copies` are groups of
    reports with the same words.
    """
    words = _newest_words(people)
    same_text = [judgement for group in copies for judgement in _copied(views, group)]
    clusters = _start(views, words, same_text)
    judged = list(_judged(lanes(views.values())))
    same = sorted((j for j in judged if j.verdict == "same"), key=_surest_first)
    firm = [j for j in same if is_firm(views[j.left], views[j.right])]
    for judgement in firm:
        clusters.join(judgement.left, judgement.right)
    known = set(map(id, firm))
    _join_vague(views, clusters, [j for j in same if id(j) not in known])
    different = [j for j in judged if j.verdict == "different"]
    return clusters.groups(), [_settled(j, clusters) for j in (*same_text, *same)] + different


def _surest_first(judgement: Judgement) -> tuple[float, str, str]:
    return -judgement.score, judgement.left, judgement.right


def _newest_words(people: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    newest: dict[tuple[str, str], Judgement] = {}
    for judgement in sorted(people, key=lambda j: (j.made, j.origin, j.verdict)):
        if is_human(judgement.origin):
            left, right = sorted((judgement.left, judgement.right))
            newest[left, right] = judgement
    return newest


def _start(
    views: Views, words: Mapping[tuple[str, str], Judgement], copies: Sequence[Judgement]
) -> Clusters:
    apart = [pair for pair, word in sorted(words.items()) if word.verdict == "different"]
    clusters = Clusters(views, apart)
    for (left, right), word in sorted(words.items()):
        if word.verdict == "same" and left in views and right in views:
            clusters.join(left, right, bound=True)
    for copy in copies:
        if not clusters.shares_a_report(copy.left, copy.right):
            clusters.join(copy.left, copy.right, bound=True)
    return clusters


def _copied(views: Views, reports: Sequence[str]) -> list[Judgement]:
    """Judge that reports with the same words tell the same events, first to first and so on."""
    told: dict[str, list[EventView]] = {name: [] for name in reports}
    for view in sorted(views.values(), key=lambda v: (v.start, v.id)):
        if view.report in told:
            told[view.report].append(view)
    first, *others = sorted(told.values(), key=lambda group: [v.order for v in group])
    return [
        judge(one, other, "same", 1.0, ("copies of one text",))
        for group in others
        if [v.types for v in group] == [v.types for v in first]
        for one, other in zip(first, group, strict=True)
    ]


def _judged(groups: Sequence[Sequence[Lane]]) -> Iterable[Judgement]:
    for group in groups:
        for lane in group:
            chain = (compare(*pair) for pair in pairwise(lane.views))
            yield from (judgement for judgement in chain if judgement is not None)
    for left, right in candidate_pairs(groups):
        for one, other in zip(groups[left], groups[right], strict=False):
            pair = _of_two_reports(one, other)
            judgement = compare(*pair) if pair else None
            if judgement and judgement.verdict != "unsure":
                yield judgement


def _of_two_reports(one: Lane, other: Lane) -> tuple[EventView, EventView] | None:
    for left in one.views[:2]:
        for right in other.views[:2]:
            if left.report != right.report:
                return left, right
    return None


def _join_vague(views: Views, clusters: Clusters, same: Sequence[Judgement]) -> None:
    finer: dict[str, list[str]] = defaultdict(list)
    peers: list[Judgement] = []
    for judgement in same:
        left, right = views[judgement.left], views[judgement.right]
        if _vagueness(left) == _vagueness(right):
            peers.append(judgement)
        else:
            vague, fine = (left, right) if _vagueness(left) > _vagueness(right) else (right, left)
            finer[vague.id].append(fine.id)
    torn: set[str] = set()
    for name in sorted(finer, key=lambda n: (_vagueness(views[n]), views[n].order)):
        fits = {clusters.root(f): f for f in finer[name] if clusters.may_join(name, f)}
        if len(fits) == 1:
            clusters.join(name, *fits.values())
        elif fits:
            torn.add(name)
    for judgement in peers:
        if judgement.left not in torn and judgement.right not in torn:
            clusters.join(judgement.left, judgement.right)


def _vagueness(view: EventView) -> tuple[bool, int, int]:
    level = fineness(view.place) if view.place else 0
    return not view.is_pinned, level, view.days


def _settled(judgement: Judgement, clusters: Clusters) -> Judgement:
    if clusters.root(judgement.left) == clusters.root(judgement.right):
        return judgement
    reason = "another incident fits as well, or a third event keeps them apart"
    return replace(judgement, verdict="unsure", reasons=(*judgement.reasons, reason))
