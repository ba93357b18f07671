"""RSS and Atom feeds: an entry with its full text is a report, another points to one."""

import calendar
import datetime as dt
import email.utils
import html
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from dateline.clean import Page, find_title, iso_date
from dateline.codebook import Grammar
from dateline.errors import SourceError
from dateline.sources.content import text_page
from dateline.sources.decode import refuse_empty, refuse_large
from dateline.sources.outcome import (
    MOST_TEXT,
    Failure,
    Origin,
    Outcome,
    Reading,
    first_failure,
    refusing,
    report_of,
)

ReadLink = Callable[[str], Iterator[Outcome]]
# A shorter text of an entry is a teaser where its page can be fetched.
FULL_TEXT = 600
_CAPTION = re.compile(r"<figcaption\b.*?</figcaption>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|blockquote|tr|ul|ol)>|<br\s*/?>", re.IGNORECASE)


def read_feed(
    data: bytes, origin: Origin, reading: Reading, read_link: ReadLink | None = None
) -> Iterator[Outcome]:
    """Read the entries of a feed, each a report or a failure.

    An entry whose own text is short is read from the page it links to with `read_link`; without
    it (a feed in a file) its own text is all there is. Publisher, author and date that the page
    does not state come from the feed.
    """
    try:
        refuse_large(len(data), MOST_TEXT)
        feed = _parse(data)
    except SourceError as error:
        yield first_failure(origin.name, error)
        return
    publisher = str(feed.feed.get("title") or "") or None
    for number, entry in enumerate(feed.entries, 1):
        yield from _read_entry(entry, publisher, origin.part(number), reading, read_link)


def _parse(data: bytes) -> Any:  # noqa: ANN401  (feedparser has no types)
    import feedparser

    refuse_empty(data)
    with refusing("not an RSS or Atom feed"):
        feed = feedparser.parse(io.BytesIO(data))
    if not feed.version:
        raise SourceError("not an RSS or Atom feed")
    if not feed.entries:
        raise SourceError("feed without entries")
    return feed


def _read_entry(
    entry: Any,  # noqa: ANN401  (feedparser has no types)
    publisher: str | None,
    origin: Origin,
    reading: Reading,
    read_link: ReadLink | None,
) -> Iterator[Outcome]:
    url = str(entry.get("link") or "") or None
    name = url or origin.name
    details = Page(
        text="",
        title=_one_line(entry.get("title")),
        author=_one_line(entry.get("author")),
        publisher=_one_line(entry.get("source", {}).get("title")) or publisher,
        published=_published(entry),
        url=url,
    )
    markup = _markup(entry)
    body = _body(markup)
    if url and read_link and len(body) < FULL_TEXT:
        for outcome in read_link(url):
            yield _completed(outcome, details)
        return
    try:
        yield report_of(_page(body, details, reading.clutter), markup.encode(), origin, reading)
    except SourceError as error:
        yield first_failure(name, error)


def _completed(outcome: Outcome, details: Page) -> Outcome:
    """Fill what a fetched page does not state from its feed; the id stays that of the page."""
    if isinstance(outcome, Failure):
        return outcome
    return replace(
        outcome,
        title=outcome.title or details.title,
        author=outcome.author or details.author,
        publisher=outcome.publisher or details.publisher,
        published=outcome.published or details.published,
    )


def _page(body: str, details: Page, clutter: Grammar) -> Page:
    if not body:
        raise SourceError("feed entry without text")
    text = f"{details.title}\n\n{body}" if details.title else body
    page = text_page(text, clutter)
    return replace(
        details,
        text=page.text,
        title=details.title or find_title(page.text, clutter),
        published=details.published or page.published,
        language=page.language,
    )


def _markup(entry: Any) -> str:  # noqa: ANN401  (feedparser has no types)
    contents = [str(content.get("value") or "") for content in entry.get("content", ())]
    return max([*contents, str(entry.get("summary") or "")], key=len)


def _body(markup: str) -> str:
    """Take the text out of an entry, which is a report by itself and no page around one."""
    text = _CAPTION.sub("", " ".join(markup.split()))
    text = html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", text)))
    return "\n\n".join(line.strip() for line in text.split("\n") if line.strip())


def _one_line(value: object) -> str | None:
    text = html.unescape(_TAG.sub("", str(value or "")))
    return " ".join(text.split()) or None


def _published(entry: Any) -> str | None:  # noqa: ANN401  (feedparser has no types)
    """Give the date as the feed states it, with its offset; feedparser's own reading is in UTC."""
    stated = str(entry.get("published") or "").strip()
    if day := iso_date(stated):
        return day
    try:
        return email.utils.parsedate_to_datetime(stated).isoformat()
    except ValueError:
        parsed = entry.get("published_parsed")
        return (
            dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC).isoformat()
            if parsed
            else None
        )
