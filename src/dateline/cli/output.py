"""The verbs that give results away or measure them: export, evaluate."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.options import AsOf, Extractor, RuleName
from dateline.cli.settings import settings_of
from dateline.cli.terminal import say, say_failure
from dateline.errors import ConfigError
from dateline.plugins import DEFAULT_EXTRACTOR

if TYPE_CHECKING:
    from dateline.codebook import Codebook
    from dateline.coder import Coder
    from dateline.evaluate.exact import ExactScores
    from dateline.evaluate.live import Scores


Errors = Annotated[bool, typer.Option("--errors", help="List every mistake first.")]
ByKind = Annotated[
    bool, typer.Option("--failures", help="Count the mistakes by kind, in tables, last.")
]
evaluate = typer.Typer(help="Measure the coding against what people found.", no_args_is_help=True)


class Level(StrEnum):
    """How fine an exported place may be."""

    ADMIN1 = "admin1"
    COUNTRY = "country"


def export(
    context: typer.Context,
    to: Annotated[str, typer.Option(metavar="FORM", help="csv, jsonl or geojson.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="The file to write.")],
    place_level: Annotated[
        Level | None, typer.Option(help="Give no place finer than this.")
    ] = None,
    include_names: Annotated[
        bool, typer.Option("--include-names", help="Export names of victims too.")
    ] = False,
    rule: RuleName = "latest",
    as_of: AsOf = None,
) -> None:
    """Write all incidents to a file.

    What the form cannot hold and what was kept back is told on standard error.
    """
    from dateline.export import export_incidents
    from dateline.export.rows import incident_rows
    from dateline.plugins import find_plugin

    settings = settings_of(context)
    exporter = find_plugin("exporter", to)
    with settings.open_store() as store:
        losses = export_incidents(
            incident_rows(store, settings.codebook(), rule=rule, as_of=as_of),
            out,
            exporter,
            place_level=None if place_level is None else place_level.value,
            include_names=include_names,
        )
    for line in losses.lines():
        say(f"{out}: {line}", error=True)


@evaluate.callback()
def _evaluate() -> None:
    """Stand for the group, so that its verbs stay verbs."""


@evaluate.command("live")
def live(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Holds reports.jsonl and gold.jsonl.")
    ],
    errors: Errors = False,
    failures: ByKind = False,
    extractor: Extractor = DEFAULT_EXTRACTOR,
) -> None:
    """Score the coding of a folder of news reports.

    Prints precision, recall and F1 of each field, the mean of all fields last.
    """
    from dateline.evaluate.run import evaluate_folder
    from dateline.plugins import find_origin

    scores = evaluate_folder(folder, *_coding(context, extractor), find_origin(extractor))
    _say_scores(scores, errors=errors, failures=failures)


@evaluate.command("linking")
def linking(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="Holds reports.jsonl.gz and incidents.jsonl.gz, or a live set."
        ),
    ],
    extractor: Extractor = DEFAULT_EXTRACTOR,
) -> None:
    """Score which reports are put into one incident.

    Prints B-cubed and pairwise precision and recall: from our own coding of the texts, then with
    the day and town of each incident given; then how well copies are found among a thousand
    made-up reports of one day. Of a set for `live`, prints its line on linking, and how many of the
    copies found there tell one incident.
    """
    from dateline.evaluate.copies import score_live
    from dateline.evaluate.linking import evaluate_linking
    from dateline.evaluate.run import evaluate_folder
    from dateline.plugins import find_origin

    coder, book = _coding(context, extractor)
    if (folder / "gold.jsonl").exists():
        scores = evaluate_folder(folder, coder, book, find_origin(extractor))
        linked = [line for line in scores.lines() if line.startswith("linking")]
        lines: Iterable[str] = [*linked, f"{'copies':14} {score_live(folder, book)}"]
    else:
        lines = evaluate_linking(folder, coder, book)
    for line in lines:
        say(line)


@evaluate.command("geo")
def geo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Holds LGL or GeoVirus XML files.")],
    errors: Errors = False,
) -> None:
    """Score finding and placing toponyms, for each XML file of a folder.

    Prints how many are recognised, how many of those lie within 161 km of where people put them,
    both together as F1, and toponyms per second.
    """
    from dateline.evaluate.geo import read_documents, score_documents
    from dateline.resolve.gazetteer import open_gazetteer

    book, places = settings_of(context).codebook(), open_gazetteer()
    files = sorted(folder.glob("*.xml"))
    if not files:
        raise ConfigError(f"{folder}: no .xml files there; give a folder of LGL or GeoVirus files")
    for path in files:
        scores, mistakes = score_documents(read_documents(path), places, book)
        say(path.name)
        for line in [*(mistakes if errors else ()), *scores.lines()]:
            say(line)


@evaluate.command("time")
def time(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Holds TimeML documents, at any depth.")
    ],
    errors: Errors = False,
) -> None:
    """Score the reading of dates on TimeML documents.

    Prints relaxed precision, recall and F1 of expressions of type DATE and TIME, the share of
    matched ones whose days agree with the marked value, and the speed.
    """
    from dateline.evaluate.time import evaluate_times

    scores = evaluate_times(folder, settings_of(context).codebook().grammar("dates"))
    for line in [*(scores.mistakes if errors else ()), *scores.lines()]:
        say(line)


@evaluate.command("isaf")
def isaf(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Holds releases.jsonl.")],
    errors: Errors = False,
    failures: ByKind = False,
    extractor: Extractor = DEFAULT_EXTRACTOR,
) -> None:
    """Score date, province, killed and captured on ISAF press releases.

    Prints the share that is exact: of the records that are not zero or empty, then of all.
    """
    from dateline.evaluate.isaf import evaluate_releases

    _say_scores(
        evaluate_releases(folder, *_coding(context, extractor)), errors=errors, failures=failures
    )


@evaluate.command("attacks")
def attacks(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Holds attacks.jsonl.")],
    errors: Errors = False,
    failures: ByKind = False,
    extractor: Extractor = DEFAULT_EXTRACTOR,
) -> None:
    """Score dead, injured and perpetrator on short accounts of attacks.

    Prints the share that is exact: of what the text itself tells, then of all.
    """
    from dateline.evaluate.attacks import evaluate_attacks

    _say_scores(
        evaluate_attacks(folder, *_coding(context, extractor)), errors=errors, failures=failures
    )


def _coding(context: typer.Context, extractor: str) -> "tuple[Coder, Codebook]":
    from dateline.coder import Coder
    from dateline.plugins import find_plugin

    settings = settings_of(context)
    coder = Coder(find_plugin("extractor", extractor), settings.codebook_folder)
    return coder, settings.codebook()


def _say_scores(scores: "Scores | ExactScores", *, errors: bool, failures: bool) -> None:
    for source, reason in scores.failures:
        say_failure(source, reason)
    for line in [*(scores.mistakes if errors else ()), *scores.lines()]:
        say(line)
    for line in ("", *scores.by_kind.lines()) if failures else ():
        say(line)
    raise typer.Exit(1 if scores.failures else 0)


@evaluate.command("muc4")
def muc4(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Holds dev.jsonl, or is a file.")],
) -> None:
    """Score the tagger's slots on MUC-4 documents, entity by entity (CEAF-REE).

    Prints precision, recall and F1 of each slot, all slots together last.
    """
    from dateline.codebook import load_codebook
    from dateline.evaluate.muc4 import score_muc4
    from dateline.extract.tagger import load_tagger

    grammar = load_codebook().grammar("events")
    for line in score_muc4(folder, load_tagger(), grammar).lines():
        say(line)


@evaluate.command("wikievents")
def wikievents(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Holds dev.jsonl and coref/dev.jsonlines.")
    ],
) -> None:
    """Score the tagger's triggers and roles on WikiEvents documents; any overlap is right.

    Prints precision, recall and F1 of triggers and of each role, all roles together last.
    """
    from dateline.evaluate.wikievents import score_wikievents
    from dateline.extract.tagger import load_tagger

    for line in score_wikievents(folder, load_tagger()).lines():
        say(line)
