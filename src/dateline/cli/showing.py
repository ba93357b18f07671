"""The verb `show`: the table of incidents, and one incident with all that supports it."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.detail import event_cells, plain, show_one
from dateline.cli.options import AsOf, RuleName
from dateline.cli.settings import settings_of
from dateline.cli.terminal import print_table, say

if TYPE_CHECKING:
    from dateline.codebook import Codebook
    from dateline.store.database import Store

SHORT_ID = 10


class Kind(StrEnum):
    """What may be listed."""

    INCIDENT = "incident"
    TALLY = "tally"
    TIE = "tie"
    STRENGTH = "strength"
    REWARD = "reward"


def show(
    context: typer.Context,
    wanted: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="An incident or event id, or a prefix only it has."),
    ] = None,
    kind: Annotated[Kind, typer.Option(help="What to list.")] = Kind.INCIDENT,
    background: Annotated[
        bool, typer.Option("--background", help="List incidents told only as background too.")
    ] = False,
    rule: RuleName = "latest",
    as_of: AsOf = None,
) -> None:
    """List incidents, or show one with its quotes.

    With an id: every claim, its quote, speaker and stance, and what other reports say instead.
    """
    settings = settings_of(context)
    with settings.open_store() as store:
        codebook = settings.codebook()
        if wanted:
            show_one(store, codebook, wanted, rule=rule, as_of=as_of)
        elif kind is Kind.INCIDENT:
            _list_incidents(store, codebook, background=background, rule=rule, as_of=as_of)
        else:
            _list_events(store, codebook, kind)


def _list_incidents(
    store: "Store", codebook: "Codebook", *, background: bool, rule: str, as_of: str | None
) -> None:
    from dateline.export.rows import incident_rows
    from dateline.export.wording import numbered, short_count, short_date, short_place

    rows = list(incident_rows(store, codebook, rule=rule, as_of=as_of))
    listed = [row for row in rows if background or row["reported"]]
    listed.sort(key=lambda row: ((row["date"] or {}).get("earliest") or "", row["incident"]))
    short = _short_ids([row["incident"] for row in rows])
    cells = (
        (
            short[row["incident"]],
            short_date(row["date"] or {}),
            short_place(row["place"]) if row["place"] else "unknown",
            plain(row["type"]),
            short_count(row["killed"]) if row["killed"] else "",
            short_count(row["injured"]) if row["injured"] else "",
            plain(row["claim_status"]),
            str(row["independent_sources"]),
        )
        for row in listed
    )
    headers = ("id", "date", "place", "type", "killed", "injured", "claimed?", "sources")
    if listed:
        print_table(headers, cells, wrapping=("place", "type"))
    if not rows and as_of is None and store.counts()["events"]:
        say("no incidents yet, but events: dateline link makes incidents of them")
        return
    then = f" as known on {as_of}" if as_of else ""
    say(f"{numbered(len(listed), 'incident')}{then}; dateline show ID shows what supports one")
    if len(rows) > len(listed):
        more = len(rows) - len(listed)
        say(f"{more} more told only as background; --background lists them")


def _list_events(store: "Store", codebook: "Codebook", kind: Kind) -> None:
    from dateline.export.wording import numbered

    rows = [row for row in _event_rows(store, codebook) if row["kind"] == kind.value]
    if rows:
        roles = list(dict.fromkeys(role for row in rows for role in event_cells(row)))
        short = _short_ids([row["event"] for row in rows])
        table = (
            (
                short[row["event"]],
                *(event_cells(row).get(role, "") for role in roles),
                row["report"],
            )
            for row in rows
        )
        print_table(("id", *(plain(role) for role in roles), "report"), table)
    say(f"{numbered(len(rows), 'event')} of kind {kind.value}")


def _event_rows(store: "Store", codebook: "Codebook") -> Iterator[dict[str, Any]]:
    """Stream the record of every event, with the name of its report."""
    from itertools import groupby

    from dateline.incidents import event_record, events

    for name, claims in groupby(store.claims(), key=lambda claim: claim.span.report_id):
        report = store.report(name)
        if report is not None:
            for group in events(claims).values():
                row = event_record(report, group, codebook)
                yield dict(row) | {"report": report.publisher or report.title or report.id}


def _short_ids(names: Sequence[str]) -> dict[str, str]:
    """Give the shortest prefixes, ten characters or more, that tell all ids apart."""
    length = SHORT_ID
    while len({name[:length] for name in names}) < len(set(names)):
        length += 1
    return {name: name[:length] for name in names}
