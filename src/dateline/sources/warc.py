"""Web archives (WARC): the pages a crawl kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.errors import SourceError
from dateline.sources.content import LIMITS, read_content
from dateline.sources.decode import refuse_large
from dateline.sources.outcome import (
    MOST_TEXT,
    Failure,
    Origin,
    Outcome,
    Reading,
    first_failure,
    refusing,
)

KINDS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": "pdf",
}


def read_warc(path: Path, origin: Origin, reading: Reading) -> Iterator[Outcome]:
    """Read the pages of a web archive, one record in memory at a time.

    Records that are no readable page (images, requests, errors) are passed over. A file that is
    cut off gives the records before the cut and then a failure.
    """
    from warcio.archiveiterator import ArchiveIterator

    pages = 0
    with path.open("rb") as stream:
        records = iter(ArchiveIterator(stream))
        while True:
            try:
                with refusing("web archive broken or cut off"):
                    record = next(records, None)
                    if record is None:
                        break
                    kept = _page_of(record)
            except SourceError as error:
                where = f"after {pages} page{'s' * (pages != 1)}"
                yield first_failure(origin.name, SourceError(f"{error} ({where})"))
                return
            if kept is None:
                continue
            pages += 1
            yield from _read_page(kept, record, origin, reading)
    if not pages:
        yield Failure(origin.name, "web archive without a readable page")


def _page_of(record: Any) -> bytes | None:  # noqa: ANN401  (warcio has no types)
    """Give the payload of a record that is a page, else None; raises if the record is cut off."""
    wanted = record.rec_type in {"response", "resource"} and _kind(record)
    if record.rec_type == "response":
        wanted = wanted and record.http_headers.get_statuscode() == "200"
    most = LIMITS.get(str(wanted), MOST_TEXT)
    payload = record.content_stream().read(most + 1) if wanted else b""
    while record.raw_stream.read(1 << 16):
        pass
    if record.raw_stream.limit > 0:
        raise SourceError("web archive cut off in the middle of a record")
    return payload if wanted else None


def _read_page(payload: bytes, record: Any, origin: Origin, reading: Reading) -> Iterator[Outcome]:  # noqa: ANN401
    url = record.rec_headers.get_header("WARC-Target-URI")
    place = Origin(
        name=f"{origin.name}: {url}",
        url=url,
        retrieved=record.rec_headers.get_header("WARC-Date"),
        charset=_content_type(record)[1],
    )
    kind = _kind(record)
    try:
        refuse_large(len(payload), LIMITS.get(kind, MOST_TEXT))
    except SourceError as error:
        yield first_failure(place.name, error)
        return
    yield from read_content(payload, kind, place, reading)


def _kind(record: Any) -> str:  # noqa: ANN401  (warcio has no types)
    return KINDS.get(_content_type(record)[0], "")


def _content_type(record: Any) -> tuple[str, str | None]:  # noqa: ANN401  (warcio has no types)
    headers = record.http_headers or record.rec_headers
    return split_content_type(headers.get_header("Content-Type") or "")


def split_content_type(stated: str) -> tuple[str, str | None]:
    """Split a Content-Type header into its media type and charset."""
    from email.message import Message

    message = Message()
    message["Content-Type"] = stated or "application/octet-stream"
    return message.get_content_type(), message.get_content_charset()
