"""What linking asks of a store; `dateline.store.link_index` answers."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from dateline.model import Claim, Copy, Judgement, Report

View = dict[str, Any]


class Index(Protocol):
    """Small questions about what is known, and one way to write what a pass came to."""

    def rows(self, *, whole: bool) -> Any:  # noqa: ANN401  (the store's own sheet)
        """Give an empty sheet for what the pass will write."""

    def news(self, *, whole: bool) -> tuple[list[int], list[int]]:
        """Give the codings not taken in yet (or all), and the numbers of their reports."""

    def told(self, reports: Sequence[int]) -> Iterator[tuple[Report, list[Claim]]]:
        """Stream reports by number, each with its current claims."""

    def reports(self, names: Iterable[str]) -> dict[str, Report]:
        """Give reports by id."""

    def views(self, events: Iterable[str]) -> dict[str, View]:
        """Give the views of events."""

    def views_of(self, reports: Iterable[int]) -> dict[str, View]:
        """Give the views of the events of reports, by number."""

    def events_of(self, reports: Iterable[str]) -> dict[str, View]:
        """Give the views of the events of reports, by id."""

    def owners(self, keys: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Stream who stands under keys."""

    def pairs(self, events: Iterable[str]) -> dict[tuple[str, str], float]:
        """Give the pairs that hold one of these events."""

    def copies(self, reports: Iterable[str]) -> list[Copy]:
        """Give the copies that hold one of these reports."""

    def words(self) -> dict[str, Judgement]:
        """Give what people judged, by id."""

    def weighed(self) -> set[str]:
        """Give the ids of the judgements of people that are taken in."""

    def said(self, events: Iterable[str], origin: str) -> dict[tuple[str, str], Judgement]:
        """Give what an origin said last of the pairs whose first event is one of these."""

    def members(self, events: Iterable[str]) -> dict[str, str]:
        """Give the incidents of events."""

    def events_in(self, incidents: Iterable[str]) -> set[str]:
        """Give the events of incidents."""

    def all_members(self) -> dict[str, str]:
        """Give the incident of every event."""

    def minted(self, incidents: Iterable[str]) -> list[str]:
        """Give those of these ids that were ever given, oldest first."""

    def is_taken(self, incident: str) -> bool:
        """Tell whether an incident id stands for events or another incident now."""

    def retired(self) -> set[str]:
        """Give the incident ids that were merged away."""

    def totals(self) -> tuple[int, int]:
        """Give how many events stand in how many incidents."""

    def save(self, rows: Any) -> None:  # noqa: ANN401  (as above)
        """Write what the pass came to."""


class Linkable(Protocol):
    """A store that can be linked."""

    def link_index(self) -> Index:
        """Give its side that linking reads and writes."""
