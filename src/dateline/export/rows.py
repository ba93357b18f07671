"""The rows that are exported and shown: one record an incident, made from the store as it is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dateline.codebook import Codebook
from dateline.incidents import incident_record
from dateline.incidents.rules import DEFAULT, named_rule
from dateline.model import Copy, Incident, Report

if TYPE_CHECKING:
    from dateline.store.database import Store

Row = dict[str, Any]


def incident_rows(
    store: "Store",
    codebook: Codebook,
    *,
    rule: str = DEFAULT,
    as_of: str | None = None,
    ids: Iterable[str] | None = None,
) -> Iterator[Row]:
    """Stream the record of every incident, with the names of its `publishers`.

    `rule` says how casualties are merged, `as_of` (a day or date-time) that only what was known by
    then counts, `ids` which incidents are wanted, in that order; ids that stand for none are left
    out. Raises ConfigError for a rule that has no such name.
    """
    named_rule(rule)
    if ids is not None:
        rows = (incident_row(store, codebook, name, rule=rule, as_of=as_of) for name in ids)
        yield from (row for row in rows if row is not None)
        return
    former: dict[str, list[str]] = {}
    for old, kept in store.aliases().items():
        former.setdefault(kept, []).append(old)

    @lru_cache(maxsize=4096)
    def report(name: str) -> Report | None:
        return store.report(name)

    copies: dict[str, list[Copy]] = {}
    for copy in store.copies():
        copies.setdefault(copy.left, []).append(copy)
    for incident in store.incidents(as_of=as_of):
        names = sorted({claim.span.report_id for claim in incident.claims})
        shared = [copy for name in names for copy in copies.get(name, ())]
        aliases = sorted(former.get(incident.id, ()))
        yield _row(incident, report, codebook, aliases, shared, rule, as_of)


def incident_row(
    store: "Store",
    codebook: Codebook,
    incident_id: str,
    *,
    rule: str = DEFAULT,
    as_of: str | None = None,
) -> Row | None:
    """Give the record of one incident by its id or a former one; None if there is none.

    Reads only what the incident needs. An id of an event gives the incident it belongs to.
    """
    named_rule(rule)
    incident = store.incident(incident_id, as_of=as_of)
    if incident is None:
        return None
    names = {claim.span.report_id for claim in incident.claims}
    aliases = store.trail().former_ids(incident.id)
    return _row(incident, store.report, codebook, aliases, store.copies(names), rule, as_of)


def _row(
    incident: Incident,
    report: Callable[[str], Report | None],
    codebook: Codebook,
    aliases: Sequence[str],
    copies: Sequence[Copy],
    rule: str,
    as_of: str | None,
) -> Row:
    names = sorted({claim.span.report_id for claim in incident.claims})
    reports = {name: found for name in names if (found := report(name))}
    made = incident_record(incident, reports, codebook, aliases=aliases, copies=copies, rule=rule)
    row: Row = dict(made)
    told = [reports[name].publisher for name in row["reports"]]
    row["publishers"] = list(dict.fromkeys(name for name in told if name))
    # Said only of the past: the present needs no date to be understood.
    return row if as_of is None else row | {"as_of": as_of}
