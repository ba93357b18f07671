"""The report of a web page: its text without clutter, and who published it and when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from dateline.clean.head import find_language, find_title, iso_date
from dateline.clean.lines import Clutter, clean_text, same_words
from dateline.errors import SourceError

# This many elements are cleaned in seconds; a long feature has a tenth of them. What is nested
# deeper than the parser's own limit it drops in silence, so such a page is refused.
MOST_ELEMENTS = 40_000
DEEPEST = 250


@dataclass(frozen=True, slots=True)
class Page:
    """What a page or a plain text says about itself, and its text without clutter.

    `published` is an ISO 8601 day or date-time with the offset the page states; None where it
    states none. `language` is an ISO 639-1 code, None for a text too short to tell.
    """

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None


class Tree(Protocol):
    """What is used of a parsed page; lxml has no types."""

    def get(self, name: str) -> str | None:
        """Give an attribute."""

    def iter(self, *names: str) -> Iterator["Tree"]:
        """Walk the elements of these names, or all."""

    def xpath(self, path: str) -> Any:  # noqa: ANN401  (whatever the path asks for)
        """Evaluate a path."""


def clean_html(markup: str, clutter: Clutter, url: str | None = None) -> Page:
    """Read the report of a web page: its text without clutter, headline first, and who and when.

    The date is the page's own: schema.org `datePublished`, then the `<meta>` names of the
    grammar, both with their offset from UTC, then what htmldate finds in the page's head or
    address. Nothing is downloaded. Raises SourceError if the page has no text, is nested too
    deeply or has too many elements.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    tree = _parse(markup)
    published = _stated_date(tree, clutter)
    settings = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
    extracted = bare_extraction(
        tree, url=url, include_comments=False, with_metadata=True, date_extraction_params=settings
    )
    found = extracted.as_dict() if isinstance(extracted, Document) else {}
    body = re.sub(r"\n+", "\n\n", found.get("text") or "").strip()
    title = _page_title(found["title"], found["sitename"], body, clutter) if body else None
    text = clean_text(f"{title}\n\n{_below_title(title, body)}" if title else body, clutter)
    if text in {"", title}:
        raise SourceError("no report text in this page")
    return Page(
        text=text,
        title=title,
        author=found["author"] or None,
        publisher=found["sitename"] or None,
        published=published or found["date"] or None,
        language=find_language(text, clutter) or _declared_language(tree),
        url=url or found["url"] or None,
    )


def _parse(markup: str) -> Tree:
    from trafilatura import load_html

    if not re.search(r"<(?:html|body)\b", markup[:5000], re.IGNORECASE):
        markup = f"<html><body>{markup}</body></html>"
    tree: Tree | None = load_html(markup)
    if tree is None:
        raise SourceError("not a web page: no HTML in it")
    if tree.xpath(f"boolean({'/*' * (DEEPEST + 1)})"):
        raise SourceError(f"HTML nested more than {DEEPEST} deep, which no page needs")
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise SourceError(f"HTML of more than {MOST_ELEMENTS:,} elements: too much to clean")
    return tree


def _stated_date(tree: Tree, clutter: Clutter) -> str | None:
    """Find what the page itself states, schema.org before meta tags before marked-up times."""
    kinds = clutter.words["report_kinds"]
    stated: dict[int, str] = {}
    for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
        for thing in _things(script):
            names = thing.get("@type") or ()
            kind = {str(name).lower() for name in ([names] if isinstance(names, str) else names)}
            if day := iso_date(thing.get("datePublished")):
                rank = min((kinds.index(name) for name in kind & {*kinds}), default=len(kinds))
                stated.setdefault(rank, day)
    if stated:
        return stated[min(stated)]
    metas: dict[str, str] = {}
    for meta in tree.iter("meta", "time"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if day := iso_date(meta.get("content") or meta.get("datetime")):
            metas.setdefault(name.lower(), day)
    return next((metas[name] for name in clutter.words["published_meta"] if name in metas), None)


def _things(script: str) -> list[dict[str, Any]]:
    """List the objects of a JSON-LD script: the top ones and those of a graph; none if broken."""
    import json

    try:
        form = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return []
    top = [thing for thing in _listed(form) if isinstance(thing, dict)]
    parts = [part for thing in top for part in _listed(thing.get("@graph"))]
    return top + [part for part in parts if isinstance(part, dict)]


def _listed(form: object) -> list[Any]:
    return form if isinstance(form, list) else [form]


def _page_title(title: str | None, sitename: str | None, body: str, clutter: Clutter) -> str | None:
    """Choose the page's headline: without the publisher's name that browsers show after it."""
    first = find_title(body, clutter)
    if not title:
        return first
    title = re.sub(r"\s+", " ", title).strip()
    named = re.fullmatch(r"(.+)\s[|–—-]\s(.+)", title)
    if named and sitename and same_words(named[2], sitename):
        title = named[1]
    return first if first and same_words(first, title[: len(first)]) else title


def _below_title(title: str, body: str) -> str:
    first, _, rest = body.partition("\n")
    return rest.strip() if same_words(first, title) else body


def _declared_language(tree: Tree) -> str | None:
    declared = str(tree.get("lang") or "").partition("-")[0].lower()
    return declared if re.fullmatch("[a-z]{2,3}", declared) else None
