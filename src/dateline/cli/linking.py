"""The verbs about links: explain, judge, judgements, changes."""

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.settings import settings_of
from dateline.cli.terminal import print_table, say
from dateline.errors import ConfigError

if TYPE_CHECKING:
    from dateline.link import EventView
    from dateline.model import Judgement
    from dateline.store.database import Store

NAMED = "An event id, or an incident id for its first event; a prefix only it has will do."
One = Annotated[str, typer.Argument(metavar="E1", help=NAMED)]
Other = Annotated[str, typer.Argument(metavar="E2", help="The other one.")]
Name = Annotated[
    str, typer.Option("--by", metavar="NAME", envvar="DATELINE_NAME", help="Who says so.")
]


class Said(StrEnum):
    """What a person may say of two events."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


def explain(context: typer.Context, one: One, other: Other) -> None:
    """Explain why two events are one incident or not.

    Prints what was compared, the level found, its weight in bits, the sum and the threshold.
    """
    from dateline.link import load_weights

    settings = settings_of(context)
    weights = load_weights()
    with settings.open_store() as store:
        left, right = (_view(store, _event(store, name)) for name in (one, other))
        where = store.link_index().members([left.id, right.id])
        pair = {left.id, right.id}
        words = [w for w in store.link_index().words().values() if {w.left, w.right} == pair]
    parts = weights.explain(left, right)
    total = weights.total(left, right)
    rows = [(p.name, p.says, f"{p.weight:+.2f}" if p.level else "0") for p in parts]
    print_table(("compared", "found", "weight"), rows, wrapping=("found",))
    verdict = "the same" if total >= weights.threshold else "not the same"
    say(f"sum {total:+.2f}, threshold {weights.threshold:+.2f}: by weight {verdict}")
    if left.report == right.report:
        say("one report tells both, so they are kept apart unless a person joins them")
    for said in words:
        name = said.origin.removeprefix("human:")
        say(f"{name} said {said.verdict} on {said.made[:10]}{_why(said)}")
    joined = where.get(left.id) is not None and where.get(left.id) == where.get(right.id)
    say(f"they stand in {'one incident' if joined else 'two incidents'}")


def judge(
    context: typer.Context,
    one: One,
    other: Other,
    verdict: Annotated[Said, typer.Argument(metavar="same|different|unsure", help="Your word.")],
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="Your reason.")] = None,
    by: Name = "somebody",
) -> None:
    """Say whether two events are one incident; your word overrules the weights.

    The newest word on a pair holds. "unsure" leaves the pair to the weights again.
    """
    from dateline.model import Judgement

    with settings_of(context).open_store() as store:
        left, right = sorted((_event(store, one), _event(store, other)))
        if left == right:
            raise ConfigError(f"{left}: is one event; a judgement takes two")
        reasons = (why,) if why else ()
        said = Judgement(left, right, verdict.value, 1.0, reasons, f"human:{by}", _now())
        _keep(context, store, said)


def judgements(
    context: typer.Context,
    undo: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Take a judgement back; it stays on record."),
    ] = None,
    by: Name = "somebody",
) -> None:
    """List what people judged, or take a judgement back."""
    from dateline.model import Judgement

    with settings_of(context).open_store() as store:
        words = store.link_index().words()
        if undo:
            known = [name for name in words if name.startswith(undo)]
            if len(known) != 1:
                reason = "no judgement of that id" if not known else f"{len(known)} ids begin so"
                raise ConfigError(f"{undo}: {reason}; dateline judgements lists them")
            old = words[known[0]]
            reason = f"takes back {known[0]}"
            new = Judgement(old.left, old.right, "unsure", 1.0, (reason,), f"human:{by}", _now())
            _keep(context, store, new)
            return
        rows = [
            (name, word.left, word.right, word.verdict, word.origin.removeprefix("human:"),
             word.made[:10], "; ".join(word.reasons))
            for name, word in words.items()
        ]  # fmt: skip
    if rows:
        print_table(("id", "event", "event", "verdict", "by", "on", "why"), rows, wrapping=("why",))
    say(f"{len(rows)} judgement{'' if len(rows) == 1 else 's'} by people")


def changes(
    context: typer.Context,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only changes on this day or later.")
    ] = None,
) -> None:
    """List what became of incident ids: merges, splits, withdrawals."""
    if since is not None:
        try:
            dt.datetime.fromisoformat(since)
        except ValueError:
            raise typer.BadParameter(f"{since!r} is not a date; write YYYY-MM-DD") from None
    with settings_of(context).open_store() as store:
        found = [change for change in store.changes() if change.made >= (since or "")]
    rows = [(change.made, change.kind, change.incident, change.other or "") for change in found]
    if rows:
        print_table(("when", "change", "incident", "took over, or came from"), rows)
    say(f"{len(rows)} change{'' if len(rows) == 1 else 's'} of incident ids")


def _event(store: "Store", wanted: str) -> str:
    from dateline.cli.detail import find_id

    found = find_id(store, wanted)
    incident = store.incident(found)
    if incident is not None and found not in incident.events:
        return incident.events[0]
    return found


def _view(store: "Store", event: str) -> "EventView":
    from dateline.link.view import view_from_json

    form = store.link_index().views([event]).get(event)
    if form is None:
        raise ConfigError(f"{event}: has no links; it is no incident, or dateline link did not run")
    return view_from_json(form)


def _keep(context: typer.Context, store: "Store", judgement: "Judgement") -> None:
    from dateline.link import link

    store.add_judgement(judgement)
    linked = link(store, settings_of(context).codebook())
    where = store.link_index().members([judgement.left, judgement.right])
    names = [where.get(event, event) for event in (judgement.left, judgement.right)]
    now = f"one incident: {names[0]}" if names[0] == names[1] else f"two: {names[0]}, {names[1]}"
    say(f"{judgement.verdict}: {judgement.left}, {judgement.right}; now {now}")
    if linked.merges or linked.splits:
        say("ids changed; dateline changes lists how")


def _why(judgement: "Judgement") -> str:
    return f": {'; '.join(judgement.reasons)}" if judgement.reasons else ""


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
