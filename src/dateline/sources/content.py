"""Content of a known kind to reports: web page, plain text, Markdown, JSON Lines, PDF."""

import io
from collections.abc import Iterator
from dataclasses import replace

from dateline.clean import (
    Page,
    clean_html,
    clean_text,
    find_language,
    find_published,
    find_title,
    iso_date,
    unwrap,
)
from dateline.codebook import Grammar
from dateline.errors import SourceError
from dateline.sources.decode import decode, refuse_empty, refuse_large
from dateline.sources.jsonl import read_lines
from dateline.sources.outcome import (
    MOST_PDF,
    MOST_TEXT,
    Origin,
    Outcome,
    Reading,
    first_failure,
    refusing,
    report_of,
)
from dateline.sources.pdf import pdf_text

LIMITS = {"pdf": MOST_PDF}


def read_content(data: bytes, kind: str, origin: Origin, reading: Reading) -> Iterator[Outcome]:
    """Read content of one kind: html, text, markdown, pdf or jsonl; a failure where it gives none.

    Feeds and web archives hold other content and have modules of their own.
    """
    if kind == "jsonl":
        yield from read_lines(io.BytesIO(data), origin, reading)
        return
    try:
        refuse_large(len(data), LIMITS.get(kind, MOST_TEXT))
        refuse_empty(data)
        with refusing("could not be read"):
            page = _page(data, kind, origin, reading.clutter)
        yield report_of(page, data, origin, reading)
    except SourceError as error:
        yield first_failure(origin.name, error)


def _page(data: bytes, kind: str, origin: Origin, clutter: Grammar) -> Page:
    if kind == "pdf":
        return text_page(pdf_text(data), clutter)
    text = decode(data, clutter, origin.charset)
    if kind == "html":
        return clean_html(text, clutter, origin.url)
    if kind == "markdown":
        return _markdown_page(text, clutter)
    return text_page(unwrap(text), clutter)


def text_page(text: str, clutter: Grammar) -> Page:
    """Clean a plain text; raises SourceError if nothing is left."""
    text = clean_text(text, clutter)
    if not text:
        raise SourceError("nothing but page clutter in it")
    return Page(
        text=text,
        title=find_title(text, clutter),
        published=find_published(text, clutter),
        language=find_language(text, clutter),
    )


def _markdown_page(text: str, clutter: Grammar) -> Page:
    """Read Markdown as text: marks of headings, links and strong words gone, front matter kept."""
    head: dict[str, str] = {}
    if front := clutter.pattern("front_matter").match(text.replace("\r\n", "\n")):
        text = text.replace("\r\n", "\n")[front.end() :]
        for line in front["head"].splitlines():
            if match := clutter.pattern("front_matter_line").fullmatch(line):
                head[match["key"].lower()] = match["value"]
    text = clutter.pattern("markdown_image").sub("", text)
    text = clutter.pattern("markdown_link").sub(r"\1", text)
    text = clutter.pattern("markdown_strong").sub(r"\2", text)
    lines = [clutter.pattern("markdown_heading").sub(r"\1", line) for line in text.splitlines()]
    text = unwrap("\n".join(lines))
    title = head.get("title")
    if title and text.strip().partition("\n")[0].strip() != title:
        text = f"{title}\n\n{text}"
    page = text_page(text, clutter)
    stated = iso_date(head.get("published") or head.get("date"))
    return replace(
        page,
        title=title or page.title,
        author=head.get("author"),
        publisher=head.get("publisher"),
        published=stated or page.published,
        url=head.get("url"),
    )
