"""One full pass of linking over a store; running it twice changes nothing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol

from dateline.codebook import Codebook, load_codebook
from dateline.link.compare import ORIGIN
from dateline.link.identity import name_clusters
from dateline.link.joining import cluster
from dateline.link.view import EventView, view_of
from dateline.model import Change, Claim, Judgement, Report, content_id, is_human


class Linkable(Protocol):
    """What linking needs of a store."""

    def reports(self) -> Iterator[Report]:
        """Stream all reports."""

    def claims(self) -> Iterator[Claim]:
        """Stream the current claims, report by report."""

    def judgements(self) -> Iterator[Judgement]:
        """Stream all judgements, oldest first."""

    def memberships(self) -> Mapping[str, str]:
        """Give the incident of each event."""

    def incident_ids(self) -> list[str]:
        """Give every incident id, oldest first."""

    def aliases(self) -> Mapping[str, str]:
        """Give the ids that were merged away."""

    def save_links(
        self,
        judgements: Iterable[Judgement],
        members: Mapping[str, tuple[str, str]],
        changes: Iterable[Change],
    ) -> None:
        """Keep the result of a pass."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a pass came to: totals, and how many judgements and changes of ids were new."""

    events: int
    incidents: int
    judgements: int
    merges: int
    splits: int


def link(store: Linkable, codebook: Codebook | None = None, *, made: str | None = None) -> Linked:
    """Join the events of a store into incidents; give what changed.

    `made` is when, in ISO 8601 UTC; the present by default.
    """
    book = codebook or load_codebook()
    when = made or dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    views, copies = _read(store, book)
    kept = list(store.judgements())
    groups, judged = cluster(views, (j for j in kept if is_human(j.origin)), copies)
    previous = store.memberships()
    names, changes = name_clusters(
        groups, previous, store.incident_ids(), set(store.aliases()), when
    )
    members = {
        event: (name, views[event].report)
        for name, events in zip(names, groups, strict=True)
        for event in events
    }
    new = _news(judged, kept, views, when)
    store.save_links(new, members, changes)
    kinds = [change.kind for change in changes]
    return Linked(len(members), len(groups), len(new), kinds.count("merge"), kinds.count("split"))


def _read(store: Linkable, codebook: Codebook) -> tuple[dict[str, EventView], list[list[str]]]:
    reports: dict[str, Report] = {}
    same_words: dict[str, list[str]] = defaultdict(list)
    for report in store.reports():
        reports[report.id] = replace(report, text="")
        same_words[content_id("t", " ".join(report.text.split()))].append(report.id)
    views: dict[str, EventView] = {}
    for name, claims in groupby(store.claims(), key=lambda claim: claim.span.report_id):
        told: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            told[claim.event].append(claim)
        for event, group in told.items():
            view = view_of(reports[name], group, codebook)
            if view is not None:
                views[event] = view
    return views, [sorted(names) for names in same_words.values() if len(names) > 1]


def _news(
    judged: Iterable[Judgement],
    kept: Iterable[Judgement],
    views: Mapping[str, EventView],
    made: str,
) -> list[Judgement]:
    """Give the judgements that say something else than what this module said last of the pair."""
    last = {(j.left, j.right): j for j in kept if j.origin == ORIGIN}
    now = {(j.left, j.right): j for j in reversed(list(judged))}
    new = []
    for pair, judgement in now.items():
        old = last.get(pair)
        if old is None or replace(old, made="") != judgement:
            new.append(replace(judgement, made=made))
    for pair, old in last.items():
        lives = pair not in now and old.verdict == "same" and views.keys() >= set(pair)
        if lives:
            reasons = ("no longer supported",)
            new.append(replace(old, verdict="unsure", score=0.0, reasons=reasons, made=made))
    return new
