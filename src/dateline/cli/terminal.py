"""Talking to a person: safe text, tables, progress, one line for each failure.

Everything printed passes `printable`: pages are hostile, and a quote must not move the cursor,
recolour the screen or turn the reading direction around.
"""

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

READABLE_WIDTH = 100
PIPED_WIDTH = 1_000_000
DIRECTION_MARKS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
DIRECTION_HINTS = "\u200e\u200f\u061c"


def printable(text: str) -> str:
    """Give text on one line, without control characters and direction marks."""
    return "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_hostile(c))


def _is_hostile(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Cc", "Cs"}
        or unicodedata.bidirectional(character) in DIRECTION_MARKS
        or character in DIRECTION_HINTS
    )


def say(line: str = "", *, error: bool = False) -> None:
    """Print one line."""
    stream = sys.stderr if error else sys.stdout
    stream.write(_encodable(printable(line), stream) + "\n")


def say_failure(source: str, reason: str) -> None:
    """Print one line on standard error for an input that failed."""
    say(f"{source}: {reason}", error=True)


def json_line(form: Any) -> str:  # noqa: ANN401  (any JSON)
    """Give a JSON form as one line, other scripts as they are."""
    return json.dumps(form, ensure_ascii=False)


def print_table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], wrapping: Sequence[str] = ()
) -> None:
    """Print a table: fitted to the terminal, or one plain aligned line a row where piped.

    On a terminal of 100 columns or more only the `wrapping` columns, if any are named, take more
    lines than one; on a narrower one all do.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    screen = sys.stdout.isatty()
    table = Table(box=None, pad_edge=False, header_style="bold underline" if screen else "")
    console = Console(highlight=False) if screen else Console(width=PIPED_WIDTH, highlight=False)
    whole = bool(wrapping) and console.width >= READABLE_WIDTH
    for header in headers:
        keep = whole and header not in wrapping
        table.add_column(Text(header), overflow="fold", no_wrap=keep)
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    if screen:
        console.print(table)
        return
    with console.capture() as capture:
        console.print(table)
    for line in capture.get().splitlines():
        sys.stdout.write(_encodable(line.rstrip(), sys.stdout) + "\n")


class Counter(Protocol):
    """What counts the steps of a long run."""

    def __call__(self, done: str) -> None:
        """Count one more step and show what is done so far."""


@contextmanager
def progress(doing: str) -> Iterator[Counter]:
    """Show a moving bar with counts on standard error; silent where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda done: None  # noqa: ARG005  (the same shape)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[done]}"),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True, highlight=False, markup=False)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(doing, total=None, done="")
        yield lambda done: bar.update(task, advance=1, done=done)


def _encodable(text: str, stream: Any) -> str:  # noqa: ANN401  (whatever stands for the terminal)
    """Replace what the terminal's encoding cannot show; a C locale must not end in a traceback."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)
