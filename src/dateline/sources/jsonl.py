"""Reports as JSON Lines: one object a line, its text kept to the letter."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from dateline.clean import find_language, iso_date
from dateline.errors import SourceError
from dateline.model import Report, make_report
from dateline.sources.decode import BinaryError, refuse_binary, refuse_large
from dateline.sources.outcome import (
    MOST_TEXT,
    Failure,
    Origin,
    Outcome,
    Reading,
    first_failure,
    refuse_broken,
)

_DETAILS = ("url", "publisher", "title", "author", "language")


def read_lines(stream: IO[bytes], origin: Origin, reading: Reading) -> Iterator[Outcome]:
    """Read reports, one a line; a line that gives none is a failure that names the line.

    One line is in memory at a time. A stream that begins like a binary file is one failure.
    """
    written = False
    for number, line in enumerate(_lines(stream), 1):
        if not line.strip():
            continue
        try:
            if not written:
                refuse_binary(line, reading.clutter)
            yield _report(line, reading)
        except BinaryError as error:
            yield first_failure(origin.name, error)
            return
        except SourceError as error:
            yield first_failure(origin.part(number).name, error)
        written = True
    if not written:
        yield Failure(origin.name, "empty")


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield lines; of one beyond the limit a little more than the limit, and never the rest."""
    while line := stream.readline(MOST_TEXT + 1):
        yield line
        while len(line) > MOST_TEXT and not line.endswith(b"\n"):
            line = stream.readline(MOST_TEXT + 1)


def _report(line: bytes, reading: Reading) -> Report:
    refuse_large(len(line), MOST_TEXT)
    form = _parse(line)
    text = _string(form, "text")
    if not text or not text.strip():
        raise SourceError("no text in this report")
    refuse_broken(text)
    details = {key: _string(form, key) for key in _DETAILS}
    details["language"] = details["language"] or find_language(text, reading.clutter)
    given = form.get("id")
    return make_report(
        text,
        id=str(given) if isinstance(given, int) else _string(form, "id"),
        published=_published(form) or reading.published,
        raw_sha256=hashlib.sha256(text.encode()).hexdigest(),
        **details,
    )


def _parse(line: bytes) -> dict[str, Any]:
    try:
        form = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceError("broken encoding: this line is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        message = f"this line is not JSON: {error}"
        raise SourceError(message) from error
    if not isinstance(form, dict):
        raise SourceError("this line is JSON but not an object")
    return form


def _string(form: dict[str, Any], key: str) -> str | None:
    value = form.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise SourceError(f"{key} is not a string")
    refuse_broken(value)
    return value or None


def _published(form: dict[str, Any]) -> str | None:
    """Give the date a line states; a month or a year alone is kept as stated, never made a day."""
    stated = _string(form, "published")
    if stated is None or re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", stated):
        return stated or None
    day = iso_date(stated)
    if day is None:
        raise SourceError(f"published {stated!r} is not an ISO 8601 date; write 2021-07-05")
    return day
