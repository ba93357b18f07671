"""Report text without page clutter: from a saved web page or from plain text.

The clean text is what a report stores and what all offsets refer to. Cleaning takes whole lines
out and never edits inside one, and cleaning a clean text changes nothing. Which lines are clutter
is data: the grammar `clutter` of the codebook.
"""

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from dateline.errors import SourceError

# A longer line is a paragraph, whatever it begins with.
LONGEST_CLUTTER = 420
LONGEST_TITLE = 200
LONGEST_BIOGRAPHY = 1200
# Work grows with the square of the elements: this many are read in seconds, and a long feature
# has a tenth of them. The parser drops what is nested deeper than its own limit, so a page that
# reaches it would lose text in silence.
MOST_ELEMENTS = 40_000
DEEPEST = 250
SHORTEST_FOR_LANGUAGE = 20
# Two lines of the same words differ by this many marks and blanks at most.
_MOST_MARKS = 12


class Clutter(Protocol):
    """The grammar `clutter`: patterns of lines that are not part of a report, by name."""

    words: dict[str, list[str]]
    tables: dict[str, dict[str, Any]]

    def pattern(self, name: str) -> re.Pattern[str]:
        """Give a compiled pattern."""


class Tree(Protocol):
    """What is used of a parsed page; lxml has no types."""

    def get(self, name: str) -> str | None:
        """Give an attribute."""

    def iter(self, *names: str) -> Iterator["Tree"]:
        """Walk the elements of these names, or all."""

    def xpath(self, path: str) -> Any:  # noqa: ANN401  (whatever the path asks for)
        """Evaluate a path."""


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


def clean_text(text: str, clutter: Clutter) -> str:
    """Take the clutter of a saved page out of a plain text; the paragraphs stay as they are.

    Out go share buttons, author boxes, comment forms, file names and credits of images, teasers
    of other reports, cookie and newsletter lines, and a headline said twice. Line ends become
    line feeds, and stretches of blank lines one. Empty if nothing but clutter was there.
    """
    lines = [line.strip() for line in re.split(r"\r\n|[\n\r\f\u2028\u2029]", text.lstrip("\ufeff"))]
    while True:
        written = [index for index, line in enumerate(lines) if line]
        clean = _without(lines, _find_clutter([lines[index] for index in written], clutter))
        if clean == lines:
            return "\n".join(clean)
        lines = clean


def find_title(text: str, clutter: Clutter) -> str | None:
    """Give the first line if it is a headline: short, with more below, and no full stop."""
    first, _, rest = text.strip().partition("\n")
    return first if rest.strip() and _is_headline(first, clutter) else None


def find_language(text: str, clutter: Clutter) -> str | None:
    """Identify the language of a text; None if it is too short to tell."""
    if sum(map(str.isalpha, text[:1000])) < SHORTEST_FOR_LANGUAGE:
        return None
    from py3langid import langid

    code = str(langid.classify(text[:5000])[0])
    return str(clutter.tables["languages"].get(code, code))


def find_published(text: str, clutter: Clutter) -> str | None:
    """Read a line near the top or at the end that is a date of publication and nothing more.

    Gives an ISO 8601 day. A day and month that could be read either way is no date here.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    for line in [*lines[:5], *lines[5:][-2:]]:
        match = clutter.pattern("date_line").fullmatch(line.strip())
        if match and (day := _day(match.groupdict(), clutter.tables["months"])):
            return day
    return None


def unwrap(text: str) -> str:
    """Join lines that were broken at a fixed width, so that a paragraph is one line.

    A stretch of lines is joined only if every one of them is so long that the first word of the
    next would not have fitted.
    """
    joined = []
    for block in re.split(r"(\n[ \t]*\n\s*)", text.replace("\r\n", "\n")):
        lines = block.split("\n")
        width = max(map(len, lines))
        full = all(
            below.strip() and len(line.rstrip()) + 1 + len(below.split()[0]) > width
            for line, below in itertools.pairwise(lines)
        )
        wrapped = len(lines) > 1 and full and 40 <= width <= 120  # noqa: PLR2004  (print widths)
        joined.append(" ".join(map(str.strip, lines)) if wrapped else block)
    return "".join(joined)


def clean_html(markup: str, clutter: Clutter, url: str | None = None) -> Page:
    """Read the report of a web page: its text without clutter, headline first, and who and when.

    The date is the page's own: schema.org `datePublished`, then the `<meta>` names of the
    grammar, both with their offset from UTC, then what htmldate finds in the page's head or
    address. Nothing is downloaded. Raises SourceError if the page has no text, is nested too
    deeply or has too many elements.
    """
    from trafilatura import bare_extraction, load_html
    from trafilatura.settings import Document

    if not re.search(r"<(?:html|body)\b", markup[:5000], re.IGNORECASE):
        markup = f"<html><body>{markup}</body></html>"
    tree = load_html(markup)
    if tree is None:
        raise SourceError("not a web page: no HTML in it")
    _refuse_bomb(tree)
    published = _stated_date(tree, clutter)
    settings = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
    extracted = bare_extraction(
        tree, url=url, include_comments=False, with_metadata=True, date_extraction_params=settings
    )
    found = extracted.as_dict() if isinstance(extracted, Document) else {}
    body = clean_text(re.sub(r"\n+", "\n\n", found.get("text") or ""), clutter)
    if not body:
        raise SourceError("no report text in this page")
    title = _page_title(found["title"], found["sitename"], body, clutter)
    text = clean_text(f"{title}\n\n{_below_title(title, body)}" if title else body, clutter)
    return Page(
        text=text,
        title=title,
        author=found["author"] or None,
        publisher=found["sitename"] or None,
        published=published or found["date"] or None,
        language=find_language(text, clutter) or _declared_language(tree),
        url=url or found["url"] or None,
    )


def iso_date(stated: object) -> str | None:
    """Give an ISO 8601 day or date-time as it was stated; None if it is not one."""
    text = stated.strip() if isinstance(stated, str) else ""
    if not re.match(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        if len(text) <= len("2021-07-05"):
            return dt.date.fromisoformat(text).isoformat()
        return dt.datetime.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _without(lines: Sequence[str], clutter: set[int]) -> list[str]:
    """Leave out the numbered written lines, and all but one blank line between two others."""
    kept: list[str] = []
    number = -1
    for line in lines:
        number += bool(line)
        if (line and number not in clutter) or (not line and kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _find_clutter(lines: Sequence[str], clutter: Clutter) -> set[int]:
    """Number the lines that are clutter, alone or beside their neighbours."""
    found = {
        index
        for index, line in enumerate(lines)
        if len(line) <= LONGEST_CLUTTER
        and clutter.pattern("clutter_line" if index else "head_line").fullmatch(line)
    }
    if lines and 0 not in found and _is_headline(lines[0], clutter):
        found |= {i for i, line in enumerate(lines) if i and _same_words(line, lines[0])}
    found |= _author_boxes(lines, clutter)
    found |= _link_lists(lines, clutter)
    return found | _readers_comments(lines, clutter)


def _author_boxes(lines: Sequence[str], clutter: Clutter) -> set[int]:
    """Number the biographies below an author heading, and one that is sure and stands last."""
    found = set()
    for index, line in enumerate(lines):
        if not clutter.pattern("author_heading").fullmatch(line):
            continue
        below = index + 1
        if below + 1 < len(lines) and _is_name(lines[below], clutter):
            below += 1
        if below < len(lines) and _matches("biography", lines[below], clutter):
            found |= set(range(index, below + 1))
    last = len(lines) - 1
    if last > 0 and _matches("biography_sure", lines[last], clutter):
        found.add(last)
    return found


def _link_lists(lines: Sequence[str], clutter: Clutter) -> set[int]:
    """Number the headings of lists of other reports, and the headlines below them."""
    found = set()
    for index, line in enumerate(lines):
        if not index or not _matches("list_heading", line, clutter):
            continue
        found.add(index)
        for below in range(index + 1, len(lines)):
            if not _is_headline(lines[below], clutter) or len(lines[below].split()) < 4:  # noqa: PLR2004
                break
            found.add(below)
    return found


def _readers_comments(lines: Sequence[str], clutter: Clutter) -> set[int]:
    """Number all lines from the readers' comments on, if there are any."""
    for index, line in enumerate(lines):
        if index and clutter.pattern("comment_list").fullmatch(line):
            near = lines[index + 1 : index + 4]
            if any(clutter.pattern("comment_by").fullmatch(comment) for comment in near):
                return set(range(index, len(lines)))
    return set()


def _matches(name: str, line: str, clutter: Clutter) -> bool:
    return len(line) <= LONGEST_BIOGRAPHY and bool(clutter.pattern(name).fullmatch(line))


def _is_name(line: str, clutter: Clutter) -> bool:
    return len(line.split()) <= 5 and _is_headline(line, clutter)  # noqa: PLR2004  (long names)


def _is_headline(line: str, clutter: Clutter) -> bool:
    return 0 < len(line) <= LONGEST_TITLE and not clutter.pattern("prose_end").fullmatch(line)


def _same_words(left: str, right: str) -> bool:
    if abs(len(left) - len(right)) > _MOST_MARKS:
        return False
    return re.findall(r"\w+", left.casefold()) == re.findall(r"\w+", right.casefold())


def _day(groups: Mapping[str, str | None], months: Mapping[str, int]) -> str | None:
    if groups["iso"]:
        return iso_date(groups["iso"])
    month = (groups["month"] or groups["month_after"] or "").lower()
    day = groups["day"] or groups["day_first"] or 0
    year = groups["year"] or groups["year_after"] or 0
    try:
        return dt.date(int(year), months[month], int(day)).isoformat()
    except ValueError:
        return None


def _refuse_bomb(tree: Tree) -> None:
    if tree.xpath(f"boolean({'/*' * (DEEPEST + 1)})"):
        raise SourceError(f"HTML nested more than {DEEPEST} deep, which no page needs")
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise SourceError(f"HTML of more than {MOST_ELEMENTS:,} elements: too much to clean")


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
    if named and sitename and _same_words(named[2], sitename):
        title = named[1]
    return first if first and _same_words(first, title[: len(first)]) else title


def _below_title(title: str, body: str) -> str:
    first, _, rest = body.partition("\n")
    return rest.strip() if _same_words(first, title) else body


def _declared_language(tree: Tree) -> str | None:
    declared = str(tree.get("lang") or "").partition("-")[0].lower()
    return declared if re.fullmatch("[a-z]{2,3}", declared) else None
