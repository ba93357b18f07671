"""Files, folders and standard input."""

import io
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dateline.errors import SourceError
from dateline.sources.content import LIMITS, read_content
from dateline.sources.decode import find_kind, refuse_large
from dateline.sources.feeds import read_feed
from dateline.sources.jsonl import read_lines
from dateline.sources.outcome import (
    MOST_PDF,
    MOST_TEXT,
    Failure,
    Origin,
    Outcome,
    Reading,
    first_failure,
)
from dateline.sources.warc import read_warc

KINDS = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".pdf": "pdf",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".warc": "warc",
    ".warc.gz": "warc",
}
STANDARD_INPUT = "standard input"
_LOG = logging.getLogger(__name__)


def read_path(name: str, reading: Reading) -> Iterator[Outcome]:
    """Read a file, or all files below a folder; a failure for what is missing or of no kind."""
    path = Path(name)
    try:
        if path.is_dir():
            yield from _read_folder(path, reading)
        elif not path.exists():
            yield Failure(name, "no such file or folder")
        elif not path.is_file():
            yield Failure(name, "neither a file nor a folder")
        elif (kind := file_kind(path)) is None:
            kinds = " ".join(KINDS)
            yield Failure(name, f"files of this kind are not read; these are: {kinds}")
        else:
            yield from _read_file(path, kind, reading)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        yield Failure(name, f"could not be opened: {reason}")


def read_standard_input(reading: Reading) -> Iterator[Outcome]:
    """Read standard input: plain text, HTML, JSON Lines, a PDF or a feed, told apart."""
    stream = sys.stdin.buffer
    head = stream.peek(1) if hasattr(stream, "peek") else b""
    origin = Origin(STANDARD_INPUT)
    if find_kind(head) == "jsonl":
        yield from read_lines(stream, origin, reading)
        return
    data = stream.read(MOST_PDF + 1)
    kind = find_kind(data)
    if kind == "jsonl":
        yield from read_lines(io.BytesIO(data), origin, reading)
    elif kind == "feed":
        yield from read_feed(data, origin, reading)
    elif kind == "warc":
        yield Failure(STANDARD_INPUT, "a web archive is read from a file, not from a pipe")
    else:
        yield from read_content(data, kind, origin, reading)


def file_kind(path: Path) -> str | None:
    """Tell the kind of a file by its name; None for a name dateline does not read."""
    name = path.name.lower()
    return KINDS[".warc.gz"] if name.endswith(".warc.gz") else KINDS.get(Path(name).suffix)


def _read_folder(folder: Path, reading: Reading) -> Iterator[Outcome]:
    """Read the files below a folder in order of their paths; hidden ones are not looked at."""
    skipped: Counter[str] = Counter()
    found = False
    for path in sorted(_files(folder)):
        kind = file_kind(path)
        if kind is None:
            skipped[path.suffix or path.name] += 1
            continue
        found = True
        yield from read_path(str(path), reading)
    if skipped:
        kinds = ", ".join(f"{count} {name}" for name, count in sorted(skipped.items()))
        _LOG.warning("%s: files of other kinds were skipped: %s", folder, kinds)
    if not found:
        yield Failure(str(folder), "no file in it that dateline reads")


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names if not name.startswith("."))


def _read_file(path: Path, kind: str, reading: Reading) -> Iterator[Outcome]:
    origin = Origin(str(path))
    if kind == "warc":
        yield from read_warc(path, origin, reading)
        return
    if kind == "jsonl":
        with path.open("rb") as lines:
            yield from read_lines(lines, origin, reading)
        return
    try:
        refuse_large(path.stat().st_size, LIMITS.get(kind, MOST_TEXT))
    except SourceError as error:
        yield first_failure(origin.name, error)
        return
    data = path.read_bytes()
    if kind == "feed":
        yield from read_feed(data, origin, reading)
    elif kind == "text" and find_kind(data) == "html":
        yield from read_content(data, "html", origin, reading)
    else:
        yield from read_content(data, kind, origin, reading)
