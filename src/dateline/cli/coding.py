"""The verbs that read reports: add, code, link."""

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from dateline.cli.options import Extractor
from dateline.cli.settings import Settings, settings_of
from dateline.cli.terminal import json_line, progress, say, say_failure
from dateline.plugins import DEFAULT_EXTRACTOR

if TYPE_CHECKING:
    from dateline.codebook import Codebook
    from dateline.coder import Coder, Coding
    from dateline.sources import Failure
    from dateline.store.database import Store

INTERRUPTED = 130


def _day(text: str | None) -> str | None:
    """Refuse what is no date while it can still be said which option is wrong."""
    try:
        dt.datetime.fromisoformat(text or "0001-01-01")
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date; write YYYY-MM-DD") from None
    return text


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUTS",
        help="Files, folders, URLs, feeds, or - for standard input: "
        ".txt .md .html .htm .jsonl .pdf .warc .warc.gz",
    ),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", callback=_day, help="Publication date of inputs that state none."),
]
Engine = Annotated[str, typer.Option(metavar="NAME", help="Where it runs: local or pool.")]


def add(
    context: typer.Context,
    inputs: Inputs,
    published: Published = None,
    extractor: Extractor = DEFAULT_EXTRACTOR,
    engine: Engine = "local",
    again: Annotated[
        bool, typer.Option("--again", help="Code reports anew that are known already.")
    ] = False,
) -> None:
    """Add reports to the store.

    Reads, cleans and codes them, keeps them and links their events into incidents.

    What is known already is skipped, so the same command goes on after an interruption.
    """
    from dateline.add import add_reports
    from dateline.link import link as link_events
    from dateline.plugins import find_origin, find_plugin
    from dateline.sources import read

    settings = settings_of(context)
    codebook = settings.codebook()
    coder, run = _coder(settings, extractor), find_plugin("engine", engine)
    origin = find_origin(extractor)
    counted: Counter[str] = Counter()
    with settings.open_store(must_exist=False) as store:
        found = read(inputs, published=published, codebook=codebook)
        try:
            with progress("reading") as step:
                for outcome in add_reports(store, found, coder, run, origin=origin, again=again):
                    counted[outcome.status] += 1
                    if outcome.status == "failed":
                        say_failure(outcome.name, outcome.reason)
                    step(_counted(counted))
            with progress("linking"):
                link_events(store, codebook)
        except KeyboardInterrupt:
            kept = f"dateline: stopped; kept: {_counted(counted)}"
            say(f"{kept}; the same command goes on from here", error=True)
            raise typer.Exit(INTERRUPTED) from None
        total = _total(settings, store)
    say(f"reports: {_counted(counted)}")
    say(total)
    raise typer.Exit(1 if counted["failed"] else 0)


def _counted(counted: Counter[str]) -> str:
    return f"{counted['added']} added, {counted['known']} already known, {counted['failed']} failed"


def _total(settings: Settings, store: "Store") -> str:
    from dateline.export.wording import numbered

    kept = store.counts()
    numbers = ", ".join(numbered(kept[f"{n}s"], n) for n in ("report", "event", "incident"))
    return f"{settings.shown_database}: {numbers}"


def _coder(settings: Settings, extractor: str) -> "Coder":
    from dateline.coder import Coder
    from dateline.plugins import find_plugin

    return Coder(find_plugin("extractor", extractor), settings.codebook_folder)


def code(
    context: typer.Context,
    reports: Inputs,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help="JSON Lines; - for standard output.")
    ],
    published: Published = None,
    extractor: Extractor = DEFAULT_EXTRACTOR,
    engine: Engine = "local",
) -> None:
    """Code reports without a store.

    Writes one JSON line a report, in the order of the input.
    """
    from dateline.coder import code_all
    from dateline.plugins import find_plugin
    from dateline.sources import read

    settings = settings_of(context)
    codebook = settings.codebook()
    coder, run = _coder(settings, extractor), find_plugin("engine", engine)
    found = read(reports, published=published, codebook=codebook)
    failed = 0
    with _opened(out) as stream, progress("coding") as step:
        for number, item in enumerate(code_all(found, coder, run), 1):
            line, failure = _line(item, codebook)
            stream.write(line + "\n")
            if failure:
                failed += 1
                say_failure(*failure)
            step(f"{number} reports, {failed} failed")
    raise typer.Exit(1 if failed else 0)


def _line(item: "Coding | Failure", codebook: "Codebook") -> tuple[str, tuple[str, str] | None]:
    """Give the line of one input and, if it failed, its name and the reason."""
    from dateline.add import name_of
    from dateline.coder import Coding
    from dateline.incidents import report_record

    if not isinstance(item, Coding):
        form = {"report": item.source, "status": "failed", "message": item.reason, "events": []}
        return json_line(form), (item.source, item.reason)
    reason = None if item.status == "ok" else item.message
    line = json_line(report_record(item.report, item.claims, codebook, failure=reason))
    return line, None if reason is None else (name_of(item.report), reason)


@contextmanager
def _opened(out: Path) -> Iterator[TextIO]:
    from dateline.export.files import open_whole

    if str(out) != "-":
        with open_whole(out) as stream:
            yield stream
        return
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    yield sys.stdout


def link(context: typer.Context) -> None:
    """Link all events into incidents again.

    Judgements of people and ids of incidents stay. Needed after a change of the codebook; what is
    added is linked as it comes.
    """
    from dateline.link import link as link_events

    settings = settings_of(context)
    with settings.open_store() as store:
        with progress("linking"):
            link_events(store, settings.codebook(), again=True)
        total = _total(settings, store)
    say(total)
