"""The verb `spans`: one report with the words behind every claim marked, coded without a store."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.coding import Published
from dateline.cli.marks import Closing, Mark, Opening, letter_of, marks_of, weave
from dateline.cli.options import Extractor
from dateline.cli.settings import settings_of
from dateline.cli.terminal import printable, say, say_failure
from dateline.errors import ConfigError
from dateline.plugins import DEFAULT_EXTRACTOR

if TYPE_CHECKING:
    from rich.text import Text

    from dateline.codebook import Codebook
    from dateline.coder import Coding

STYLES = {
    "type": "bold cyan",
    "date": "yellow",
    "place": "green",
    "target": "magenta",
    "victim": "magenta",
    "weapon": "blue",
    "munitions": "blue",
    "killed": "bold red",
    "injured": "red",
    "captured": "red",
    "missing": "red",
    "damage": "bright_red",
    "perpetrator": "bold yellow",
    "unclaimed": "yellow",
    "context": "bright_black",
}
OTHER_STYLE = "bright_cyan"
LABEL_STYLE = "dim"


def spans(
    context: typer.Context,
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="A file or URL, or - for standard input.")
    ],
    published: Published = None,
    extractor: Extractor = DEFAULT_EXTRACTOR,
) -> None:
    """Show one report with its spans marked.

    Codes it without a store. Each mark tells the role, the number of its event, its score if below
    1, and the origin if there are several. Where the output is no terminal, marks are brackets:
    [killed:1|three soldiers].
    """
    settings = settings_of(context)
    codebook = settings.codebook()
    coding = _coding(report, published, extractor, settings.codebook_folder, codebook)
    if coding.status == "failed":
        say_failure(report, coding.message)
        raise typer.Exit(1)
    origins = sorted({claim.origin for claim in coding.claims})
    numbers, background, told = _events(coding, codebook)
    marks = marks_of(coding.claims, numbers, background)
    if sys.stdout.isatty():
        _print_coloured(coding.report.text, marks, origins)
    else:
        for line in plain_text(coding.report.text, marks, origins).split("\n"):
            say(line)
    say()
    for line in told:
        say(line)
    for origin in origins:
        say(f"origin {letter_of(origin, origins)}: {origin}" if origins[1:] else f"origin {origin}")


def _coding(
    source: str, published: str | None, extractor: str, folder: Path, codebook: "Codebook"
) -> "Coding":
    """Read and code the one report of a source; raises ConfigError if it holds none or more."""
    from dateline.coder import Coder
    from dateline.model import Report
    from dateline.plugins import find_plugin
    from dateline.sources import read

    coder = Coder(find_plugin("extractor", extractor), folder)
    found = read([source], published=published, codebook=codebook)
    first, second = next(found, None), next(found, None)
    if first is None:
        raise ConfigError(f"{source}: no report there")
    if not isinstance(first, Report):
        raise ConfigError(f"{first.source}: {first.reason}")
    if second is not None:
        raise ConfigError(f"{source}: holds several reports; give a file or URL of one")
    return coder([first])[0]


def _events(
    coding: "Coding", codebook: "Codebook"
) -> tuple[dict[str, int], frozenset[str], list[str]]:
    """Number the events, tell which are not the news, and give the lines of the legend."""
    from dateline.incidents import event_record, events

    numbers: dict[str, int] = {}
    background = set()
    lines = []
    for number, (event, claims) in enumerate(events(coding.claims).items(), 1):
        record = event_record(coding.report, claims, codebook)
        numbers[event] = number
        kind = record["kind"]
        what = record.get("type") if kind == "incident" else kind
        told = record.get("context") or "reported"
        if kind == "incident" and not record["reported"]:
            background.add(event)
        lines.append(f"{number} {what}" + (f", {told}" if kind == "incident" else ""))
    return numbers, frozenset(background), lines or ["no events"]


def _label(mark: Mark, origins: Sequence[str]) -> str:
    words = ",".join(label.words(origins) for label in mark.labels)
    return f"{words}+" if mark.goes_on else words


def plain_text(text: str, marks: Sequence[Mark], origins: Sequence[str]) -> str:
    """Give a text with brackets around its marks; one that goes on behind a crossing has a plus."""
    return "".join(_plain_pieces(text, marks, origins))


def _plain_pieces(text: str, marks: Sequence[Mark], origins: Sequence[str]) -> Iterator[str]:
    for piece in weave(text, marks):
        if isinstance(piece, Opening):
            yield f"[{_label(piece.mark, origins)}|"
        elif isinstance(piece, Closing):
            yield "]"
        else:
            yield _safe(piece)


def coloured_text(text: str, marks: Sequence[Mark], origins: Sequence[str]) -> "Text":
    """Give a text in the colours of its roles, each mark followed by its label.

    The innermost mark gives the colour; what is told of background events only is dimmed.
    """
    from rich.text import Text

    shown = Text()
    opened: list[Mark] = []
    for piece in weave(text, marks):
        if isinstance(piece, Opening):
            opened.append(piece.mark)
        elif isinstance(piece, Closing):
            shown.append(f"<{_label(piece.mark, origins)}>", style=LABEL_STYLE)
            opened.pop()
        else:
            shown.append(_safe(piece), style=_style(opened[-1]) if opened else "")
    return shown


def _style(mark: Mark) -> str:
    style = STYLES.get(mark.labels[0].role, OTHER_STYLE)
    return f"dim {style}" if mark.dim else f"underline {style}"


def _safe(text: str) -> str:
    """Take control characters and direction marks out of a text; the lines stay."""
    return "\n".join(map(printable, text.split("\n")))


def _print_coloured(text: str, marks: Sequence[Mark], origins: Sequence[str]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    console.print(coloured_text(text, marks, origins))
    roles = dict.fromkeys(label.role for mark in marks for label in mark.labels)
    legend = Text("\n")
    for role in roles:
        legend.append(f"{role} ", style=STYLES.get(role, OTHER_STYLE))
    legend.append("dimmed: background", style=LABEL_STYLE)
    console.print(legend)
