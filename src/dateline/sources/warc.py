"""Web archives (WARC): the pages a crawl kept."""

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import IO, Any

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

CUT_OFF = "web archive cut off in the middle of a record"
_CHUNK = 1 << 16
_LONGEST_HEAD = 1 << 13
_HEAD_ONLY = re.compile(rb"WARC/\d\.\d\r\n(?:[^\r\n]+\r\n)+\r\n\Z")
KINDS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": "pdf",
}


class _Stream:
    """The bytes of an archive, unpacked; notices an end that is not the end of a record.

    warcio takes any end for the end of the archive, so it never sees the compressed bytes.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._chunks = _unpacked(file)
        self._last = b""
        self._read = 0

    def read(self, _: int = -1) -> bytes:
        """Give the next bytes, however many; empty at the end."""
        data = next(self._chunks, b"")
        self._last = (self._last + data)[-_LONGEST_HEAD:]
        self._read += len(data)
        return data

    def tell(self) -> int:
        """Count the bytes read."""
        return self._read

    def refuse_cut(self) -> None:
        """Raise SourceError unless the last bytes end a record."""
        ended = self._last.endswith((b"\r\n\r\n", b"\n\n"))
        if self._last and (not ended or _HEAD_ONLY.search(self._last)):
            raise SourceError(CUT_OFF)


def _unpacked(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a file, unpacked if it is gzip, where each record is a member."""
    pending = file.read(_CHUNK)
    if not pending.startswith(b"\x1f\x8b"):
        while pending:
            yield pending
            pending = file.read(_CHUNK)
        return
    unpacker = None
    while pending := pending or file.read(_CHUNK):
        unpacker = unpacker or zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        if data := unpacker.decompress(pending, _CHUNK):
            yield data
        pending = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        unpacker = None if unpacker.eof else unpacker
    if unpacker is not None:
        raise SourceError(CUT_OFF)


def read_warc(path: Path, origin: Origin, reading: Reading) -> Iterator[Outcome]:
    """Read the pages of a web archive, one record in memory at a time.

    Records that are no readable page (images, requests, errors) are passed over. A file that is
    cut off gives the records before the cut and then a failure.
    """
    from warcio.archiveiterator import ArchiveIterator

    pages = 0
    with path.open("rb") as file:
        stream = _Stream(file)
        archive = ArchiveIterator(stream)
        while True:
            try:
                # warcio writes its complaints to the terminal; a failure says them here.
                with refusing("web archive broken or cut off"), redirect_stderr(io.StringIO()):
                    record = _next_record(archive, stream)
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


def _next_record(archive: Any, stream: _Stream) -> Any:  # noqa: ANN401  (warcio has no types)
    """Give the next record, None at a sound end; raises SourceError at any other."""
    record = next(archive, None)
    if archive.err_count:
        raise SourceError("web archive with a record longer than it says")
    if record is None:
        stream.refuse_cut()
    return record


def _page_of(record: Any) -> bytes | None:  # noqa: ANN401  (warcio has no types)
    """Give the payload of a record that is a page, else None; raises if the record is cut off."""
    wanted = record.rec_type in {"response", "resource"} and _kind(record)
    if record.rec_type == "response":
        wanted = wanted and record.http_headers.get_statuscode() == "200"
    most = LIMITS.get(str(wanted), MOST_TEXT)
    payload = record.content_stream().read(most + 1) if wanted else b""
    while record.raw_stream.read(_CHUNK):
        pass
    if record.raw_stream.limit > 0:
        raise SourceError(CUT_OFF)
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
