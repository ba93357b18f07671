"""The rows that are exported and shown: one record an incident, made from the store as it is."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dateline.codebook import Codebook
from dateline.incidents import incident_record
from dateline.model import Copy, Incident, Report

if TYPE_CHECKING:
    from dateline.store.database import Store

Row = dict[str, Any]


def incident_rows(store: "Store", codebook: Codebook) -> Iterator[Row]:
    """Stream the record of every incident, with the names of its `publishers`."""
    former: dict[str, list[str]] = {}
    for old, kept in store.aliases().items():
        former.setdefault(kept, []).append(old)

    @lru_cache(maxsize=4096)
    def report(name: str) -> Report | None:
        return store.report(name)

    copies: dict[str, list[Copy]] = {}
    for copy in store.copies():
        copies.setdefault(copy.left, []).append(copy)
    for incident in store.incidents():
        names = sorted({claim.span.report_id for claim in incident.claims})
        reports = {name: found for name in names if (found := report(name))}
        shared = [copy for name in names for copy in copies.get(name, ())]
        aliases = sorted(former.get(incident.id, ()))
        yield incident_row(incident, reports, codebook, aliases, shared)


def incident_row(
    incident: Incident,
    reports: dict[str, Report],
    codebook: Codebook,
    aliases: Sequence[str],
    copies: Sequence[Copy] = (),
) -> Row:
    """Give the record of one incident, with the names of its `publishers`."""
    row: Row = dict(incident_record(incident, reports, codebook, aliases=aliases, copies=copies))
    told = [reports[name].publisher for name in row["reports"]]
    return row | {"publishers": list(dict.fromkeys(name for name in told if name))}
