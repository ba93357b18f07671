"""Incidents and events as rows: pure views over claims, derived anew each time, never edited."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dateline.codebook import Codebook
from dateline.incidents.record import event_record, incident_record
from dateline.model import Claim, Report

__all__ = ["event_record", "events", "incident_record", "report_record"]


def events(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Group claims by event, in the order in which the events first appear."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.event, []).append(claim)
    return found


def report_record(
    report: Report, claims: Sequence[Claim], codebook: Codebook, *, failure: str | None = None
) -> Mapping[str, Any]:
    """Give the interchange line of a coded report: who published it, and its events.

    `failure` is the reason why the report could not be coded; its line then has no events.
    """
    told = events(sorted(claims, key=lambda c: (c.span.start, c.span.end, c.id)))
    anchored = sorted(told.items(), key=lambda item: _anchor(item[1]))
    line = {
        "report": report.id,
        "url": report.url,
        "publisher": report.publisher,
        "title": report.title,
        "published": report.published,
        "language": report.language,
        "sha256": report.raw_sha256,
        "status": "ok" if failure is None else "failed",
        "events": [event_record(report, group, codebook) for _, group in anchored],
    }
    return line if failure is None else line | {"message": failure}


def _anchor(claims: Sequence[Claim]) -> int:
    return next((c.span.start for c in claims if c.role == "type"), claims[0].span.start)
