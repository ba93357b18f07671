"""The verbs about values by hand: correct, history."""

from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.options import AsOf
from dateline.cli.settings import settings_of
from dateline.cli.terminal import print_table, say
from dateline.errors import ConfigError

if TYPE_CHECKING:
    from dateline.model import Claim
    from dateline.store.database import Store


def correct(
    context: typer.Context,
    event: Annotated[
        str,
        typer.Argument(metavar="EVENT", help="An event or incident id, or a prefix only it has."),
    ],
    role: Annotated[str, typer.Argument(metavar="ROLE", help="What is wrong: killed, date ...")],
    value: Annotated[
        str | None, typer.Argument(metavar="VALUE", help="What is right, or unknown.")
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", envvar="DATELINE_NAME", help="Who says so.")
    ] = "somebody",
    quote: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The words of the report that say so.")
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last correction of the role back.")
    ] = False,
) -> None:
    """Put the right value of a role on record; a person's word wins, and nothing is lost.

    Of an incident the event that the value concerns is corrected. A corrected date or place may
    move the event to another incident.
    """
    from dateline.corrections import correct as correct_value
    from dateline.corrections import undo_correction

    if undo == (value is not None):
        hint = "give VALUE, or --undo alone to take the last correction back"
        raise ConfigError(f"{event} {role}: {hint}")
    settings = settings_of(context)
    codebook = settings.codebook()
    with settings.open_store() as store:
        if value is None:
            claim = undo_correction(store, event, role, by=by, codebook=codebook)
        else:
            claim = correct_value(store, codebook, event, role, value, by=by, quote=quote)
        _say_done(store, claim, "took back" if undo else "now")


def _say_done(store: "Store", claim: "Claim", done: str) -> None:
    from dateline.cli.detail import cell_words
    from dateline.incidents.forms import claim_form

    words = cell_words(claim_form(claim, None)["value"])
    incident = store.incident(claim.event)
    where = f"in {incident.id}" if incident else "in no incident"
    role = claim.role.replace("_", " ")
    say(f"{role}: {done} {words}; event {claim.event}, {where}")


def history(
    context: typer.Context,
    wanted: Annotated[
        str, typer.Argument(metavar="INCIDENT", help="An incident id, or a prefix only it has.")
    ],
    as_of: AsOf = None,
) -> None:
    """Tell the whole story of an incident, oldest first.

    Reports that told it, how they were read, what people corrected and judged, and what became of
    its id.
    """
    from dateline.cli.detail import find_id
    from dateline.export.wording import numbered
    from dateline.history import history as story

    settings = settings_of(context)
    with settings.open_store() as store:
        found = find_id(store, wanted)
        entries = story(store, settings.codebook(), found, as_of=as_of)
    rows = [
        (
            (entry.made or "undated")[:16],
            entry.kind,
            entry.who or "",
            entry.what,
            f"“{entry.quote}”" if entry.quote else "",
            entry.report or "",
        )
        for entry in entries
    ]
    headers = ("when", "step", "who", "what", "quote", "report")
    print_table(headers, rows, wrapping=("what", "quote"))
    then = f" by {as_of}, of the events that stand in it today" if as_of else ""
    say(f"{numbered(len(rows), 'step')}{then}")
