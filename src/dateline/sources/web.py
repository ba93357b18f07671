"""What stands at a URL: a page, a text, a PDF, JSON Lines, or a feed of links to more."""

from collections.abc import Iterator

from dateline.errors import SourceError
from dateline.sources.content import read_content
from dateline.sources.decode import find_kind
from dateline.sources.feeds import read_feed
from dateline.sources.fetch import Fetched, Fetcher
from dateline.sources.outcome import (
    MOST_TEXT,
    Failure,
    Origin,
    Outcome,
    Reading,
    first_failure,
)
from dateline.sources.warc import KINDS, split_content_type

_FEEDS = {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
}
_LINES = {"application/jsonl", "application/x-ndjson", "application/x-jsonlines", "text/jsonl"}
_UNDECLARED = {"application/octet-stream", "binary/octet-stream", "text/plain"}


def read_url(
    url: str, reading: Reading, fetcher: Fetcher, *, in_feed: bool = False
) -> Iterator[Outcome]:
    """Fetch a URL and read what is there; for a feed, also the pages its entries link to.

    `in_feed` says that a feed led here: another one would lead on without end and is a failure.
    """
    try:
        fetched = fetcher.fetch(url, MOST_TEXT)
        kind = _kind(fetched)
    except SourceError as error:
        yield first_failure(url, error)
        return
    charset = split_content_type(fetched.content_type)[1]
    origin = Origin(url, fetched.url, fetched.retrieved, charset)
    if kind != "feed":
        yield from read_content(fetched.data, kind, origin, reading)
    elif in_feed:
        yield Failure(url, "the feed links to another feed here, not to a report")
    else:
        yield from read_feed(
            fetched.data,
            origin,
            reading,
            lambda link: read_url(link, reading, fetcher, in_feed=True),
        )


def _kind(fetched: Fetched) -> str:
    """Tell the kind by the declared type, or by the first bytes where that says nothing."""
    declared = split_content_type(fetched.content_type)[0]
    if declared in _UNDECLARED:
        found = find_kind(fetched.data)
        if found == "warc":
            raise SourceError("a web archive is read from a file; download it first")
        return found
    if declared in _FEEDS:
        return "html" if find_kind(fetched.data) == "html" else "feed"
    if declared in _LINES:
        return "jsonl"
    if declared not in KINDS:
        raise SourceError(f"content type {declared} is none that dateline reads")
    return KINDS[declared]
