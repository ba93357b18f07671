"""The verbs that look things up: codebook, actors, gazetteer."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.settings import settings_of
from dateline.cli.terminal import print_table, progress, say
from dateline.errors import ConfigError

if TYPE_CHECKING:
    from dateline.model import Claim
    from dateline.store.database import Store

QUOTED_BEFORE, QUOTED_AFTER = 40, 60
"""Characters of the report shown either side of a name."""

gazetteer = typer.Typer(help="Look places up, or add more of them.", no_args_is_help=True)


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


def actors(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="How many names to list at most.")] = 20,
) -> None:
    """List the names of actors in the store that the registry lacks, most frequent first.

    Spellings of one name stand together, with the words around one of them. Put the names you know
    into actors/*.toml of a codebook folder of your own.
    """
    from collections import Counter

    from dateline.resolve.transliteration import cluster

    settings = settings_of(context)
    names: Counter[str] = Counter()
    reports: dict[str, set[str]] = {}
    example: dict[str, Claim] = {}
    with settings.open_store() as store:
        for name, claim in _unregistered(store):
            names[name] += 1
            reports.setdefault(name, set()).add(claim.span.report_id)
            example.setdefault(name, claim)
        groups = cluster(names.elements(), settings.codebook().grammar("actors"))[:limit]
        rows = [
            (
                name,
                str(spellings.total()),
                str(len(set().union(*(reports[one] for one in spellings)))),
                ", ".join(one for one, _ in spellings.most_common() if one != name),
                _surroundings(store, example[name]),
            )
            for name, spellings in groups
        ]
    if not rows:
        say("every actor named in the store is in the registry", error=True)
        return
    print_table(("name", "claims", "reports", "also spelt", "example"), rows, ("example",))


def _unregistered(store: "Store") -> "Iterator[tuple[str, Claim]]":
    from dateline.values import Actor

    for claim in store.claims():
        if isinstance(claim.value, Actor) and claim.value.id is None:
            yield claim.value.name, claim


def _surroundings(store: "Store", claim: "Claim") -> str:
    report = store.report(claim.span.report_id)
    if report is None:
        return ""
    start = max(0, claim.span.start - QUOTED_BEFORE)
    return report.text[start : claim.span.end + QUOTED_AFTER].strip()


@gazetteer.callback()
def _gazetteer() -> None:
    """Stand for the group, so that its verbs stay verbs."""


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


@gazetteer.command("import")
def import_places(
    context: typer.Context,
    dump: Annotated[
        Path, typer.Argument(metavar="FILE", help="allCountries.zip, or a country's zip or txt.")
    ],
) -> None:
    """Add the places of a GeoNames dump to the gazetteer.

    They are kept in the cache folder and asked for names that the gazetteer lacks. An import that
    was stopped goes on where it ended; a new one replaces the one before.
    """
    from dateline.resolve.geonames import import_dump

    features = settings_of(context).codebook().grammar("places").tables["features"]
    with progress(f"reading {dump.name}") as count:
        done = import_dump(dump, features, lambda rows: count(f"{rows:,} rows"))
    if done.resumed:
        say(f"{dump}: went on after {done.resumed:,} rows", error=True)
    left = "features that reports seldom name are left out"
    say(f"{dump}: {done.places:,} places of {done.rows:,} rows; {left}")
    say(f"kept in {done.path}")
