"""What reading an input gives: reports and failures, and the settings of one run of reading."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from dateline.clean import Page
from dateline.codebook import Grammar
from dateline.errors import SourceError
from dateline.model import Report, make_report

MEGABYTE = 1_000_000
MOST_TEXT = 10 * MEGABYTE
MOST_PDF = 100 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Failure:
    """An input, or a part of one, that gave no report: its name and the reason, one line each."""

    source: str
    reason: str


Outcome = Report | Failure


@dataclass(frozen=True, slots=True)
class Reading:
    """What one run of reading shares: the grammar of clutter, and a date for undated inputs."""

    clutter: Grammar
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where content came from: its name in messages; for what was fetched its URL and when."""

    name: str
    url: str | None = None
    retrieved: str | None = None
    charset: str | None = None

    def part(self, name: object) -> "Origin":
        """Name a part of this input (a line, an entry, a record)."""
        return Origin(f"{self.name}:{name}", retrieved=self.retrieved)


def report_of(page: Page, raw: bytes, origin: Origin, reading: Reading) -> Report:
    """Make the report of a cleaned page; raises SourceError if its text cannot be stored."""
    refuse_broken(page.text)
    return make_report(
        page.text,
        url=origin.url or page.url,
        publisher=page.publisher,
        title=page.title,
        author=page.author,
        published=page.published or reading.published,
        retrieved=origin.retrieved,
        language=page.language,
        raw_sha256=hashlib.sha256(raw).hexdigest(),
    )


def refuse_broken(text: str) -> None:
    """Raise SourceError for characters that no store keeps: NUL and halves of a pair."""
    if "\x00" in text:
        raise SourceError("text with a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise SourceError("text with half of a surrogate pair") from error


def first_failure(source: str, error: Exception) -> Failure:
    """Turn an error into one line."""
    reason = " ".join(str(error).split()) or type(error).__name__
    return Failure(source, reason[:300])


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """Turn whatever a parser of hostile input raises into a SourceError that says `what`."""
    try:
        yield
    except (SourceError, MemoryError):
        raise
    except (AttributeError, LookupError, TypeError) as error:
        # The parser stumbled over its own feet: its message is about the parser, not the input.
        raise SourceError(what) from error
    except Exception as error:
        detail = " ".join(str(error).split())[:200] or type(error).__name__
        message = f"{what}: {detail}"
        raise SourceError(message) from error
