"""The command line: thin verbs over functions of the same names."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dateline import __version__
from dateline.cli import (
    coding,
    correcting,
    linking,
    lookup,
    output,
    serving,
    showing,
    spans,
    tokens,
)
from dateline.cli.settings import Settings
from dateline.cli.terminal import say
from dateline.codebook import FOLDER
from dateline.errors import DatelineError

ANYWHERE = ("--db", "--codebook")


class Verbs(TyperGroup):
    """The verbs, with the options that may stand before or after any of them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  (typer's own)
        """Move the options that hold for every verb to the front."""
        return super().parse_args(ctx, moved_to_front(args))


def moved_to_front(arguments: Sequence[str]) -> list[str]:
    """Give arguments with `--db` and `--codebook`, and their values, first; `--` ends options."""
    front: list[str] = []
    rest: list[str] = []
    stream = iter(arguments)
    for argument in stream:
        if argument == "--":
            rest += [argument, *stream]
        elif argument in ANYWHERE:
            front += [argument, *([value] if (value := next(stream, None)) is not None else [])]
        elif argument.partition("=")[0] in ANYWHERE:
            front.append(argument)
        else:
            rest.append(argument)
    return front + rest


app = typer.Typer(
    name="dateline",
    cls=Verbs,
    help="News reports about armed violence in, an incident record out that anyone can check.",
    epilog="--db and --codebook may stand before or after the verb.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("add")(coding.add)
app.command("code")(coding.code)
app.command("link")(coding.link)
app.command("explain")(linking.explain)
app.command("judge")(linking.judge)
app.command("judgements")(linking.judgements)
app.command("changes")(linking.changes)
app.command("correct")(correcting.correct)
app.command("history")(correcting.history)
app.command("show")(showing.show)
app.command("spans")(spans.spans)
app.command("export")(output.export)
app.command("serve")(serving.serve)
app.command("codebook")(lookup.codebook)
app.command("actors")(lookup.actors)
app.add_typer(lookup.gazetteer, name="gazetteer")
app.add_typer(tokens.token, name="token")
app.add_typer(output.evaluate, name="evaluate")


def _show_version(asked: bool) -> None:
    if asked:
        say(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    db: Annotated[
        str,
        typer.Option(envvar="DATELINE_DB", metavar="PATH_OR_URL", help="The store to use."),
    ] = "dateline.db",
    codebook: Annotated[
        Path, typer.Option(metavar="DIR", help="A codebook folder of your own.", show_default=False)
    ] = FOLDER,
    version: Annotated[  # noqa: ARG001  (its callback answers)
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    """Keep what holds for every verb."""
    context.obj = Settings(db, codebook)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exits with 0, 1 (something failed) or 2 (wrong usage)."""
    try:
        app(args=None if arguments is None else list(arguments), prog_name="dateline")
    except DatelineError as error:
        say(f"dateline: {error}", error=True)
        sys.exit(1)
