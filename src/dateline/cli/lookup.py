"""The verbs that look things up: codebook, gazetteer."""

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.settings import settings_of
from dateline.cli.terminal import print_table, say
from dateline.errors import ConfigError

gazetteer = typer.Typer(help="Look places up.", no_args_is_help=True)


def codebook(
    context: typer.Context,
    term: Annotated[
        str | None,
        typer.Argument(
            metavar="TERM",
            help="An id, a label, a word, a list or an actor; with --check, a folder.",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Check a codebook folder: DIR, or --codebook's.")
    ] = False,
) -> None:
    """Explain a term, or check a codebook folder.

    Says what it means, which words name it and how it maps to ACLED, UCDP, GTD and PLOVER.
    """
    settings = settings_of(context)
    if check:
        _check(Path(term) if term else settings.codebook_folder)
        return
    from dateline.codebook_describe import describe

    for line in describe(settings.codebook(), term or "").splitlines():
        say(line)


def _check(folder: Path) -> None:
    from dateline.codebook_check import find_problems
    from dateline.export.wording import numbered

    problems = list(find_problems(folder))
    for problem in problems:
        say(problem)
    if problems:
        raise ConfigError(f"{folder}: {numbered(len(problems), 'problem')}")
    say(f"{folder}: no problems")


@gazetteer.callback()
def _gazetteer() -> None:
    """Stand for the group, so that `find` is a verb of its own."""


@gazetteer.command("find")
def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place name, in any spelling.")],
    limit: Annotated[int, typer.Option(min=1, help="How many places to list at most.")] = 10,
) -> None:
    """List the places a name may mean, likeliest first."""
    from dateline.resolve.gazetteer import open_gazetteer

    places = open_gazetteer()
    found = places.find(name, limit)
    if not found:
        raise ConfigError(f"{name}: no place of that name in the gazetteer")
    rows = [
        (
            place.id,
            place.name,
            place.kind,
            places.admin1_name(place.country, place.admin1) or "",
            place.country,
            f"{place.latitude:.4f}, {place.longitude:.4f}",
            str(place.population or ""),
        )
        for place in found
    ]
    print_table(("id", "name", "kind", "admin1", "country", "lat, lon", "population"), rows)
