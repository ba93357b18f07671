"""Tallies and ties of all reports: in memory, and never older than the store."""

import threading
from typing import TYPE_CHECKING

from dateline.best import kind_of
from dateline.model import Claim

if TYPE_CHECKING:
    from dateline.store.database import Store

KINDS = ("tally", "tie")
Events = dict[str, list[Claim]]


class Statements:
    """The claims of each tally and tie, by event; safe to ask from many threads."""

    def __init__(self, store: "Store") -> None:
        """Keep the store; nothing is read yet."""
        from dateline.store.told_index import ToldIndex

        self._index: ToldIndex = store.told_index()
        self._coding = 0
        self._by_report: dict[int, list[tuple[str, list[Claim]]]] = {}
        self._events: dict[str, Events] = {kind: {} for kind in KINDS}
        self._lock = threading.Lock()

    @property
    def version(self) -> int:
        """What rises whenever an answer may change; ask for `events` first."""
        return self._coding

    def events(self, kind: str) -> Events:
        """Give the events of a kind as they are now, with their claims in text order."""
        newest = self._index.newest()
        if newest != self._coding:
            with self._lock:
                if newest != self._coding:
                    self._read(newest)
        return self._events[kind]

    def _read(self, newest: int) -> None:
        every, telling = self._index.reports_since(self._coding)
        by_report = {n: events for n, events in self._by_report.items() if n not in every}
        for number, claims in self._index.events(sorted(telling | (every & {*self._by_report}))):
            kind = kind_of(claims)
            if kind in KINDS:
                by_report.setdefault(number, []).append((kind, claims))
        self._events = {
            kind: {
                claims[0].event: claims
                for number in sorted(by_report)
                for found, claims in by_report[number]
                if found == kind
            }
            for kind in KINDS
        }
        self._by_report = by_report
        self._coding = newest
