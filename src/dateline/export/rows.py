"""The rows that are exported and shown: one record an incident, made from the store as it is."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dateline.codebook import Codebook
from dateline.incidents import incident_record
from dateline.model import Incident, Report

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

    for incident in store.incidents():
        names = sorted({claim.span.report_id for claim in incident.claims})
        reports = {name: found for name in names if (found := report(name))}
        yield incident_row(incident, reports, codebook, sorted(former.get(incident.id, ())))


def incident_row(
    incident: Incident, reports: dict[str, Report], codebook: Codebook, aliases: list[str]
) -> Row:
    """Give the record of one incident, with the names of its `publishers`."""
    row: Row = dict(incident_record(incident, reports, codebook, aliases=aliases))
    told = [reports[name].publisher for name in row["reports"]]
    return row | {"publishers": list(dict.fromkeys(name for name in told if name))}
