"""Plain text without page clutter, judged line by line."""

import itertools
import re
from collections.abc import Sequence
from typing import Any, Protocol

# A longer line is a paragraph, whatever it begins with.
LONGEST_CLUTTER = 420
LONGEST_TITLE = 200
LONGEST_BIOGRAPHY = 1200
# Two lines of the same words differ by this many marks and blanks at most.
_MOST_MARKS = 12


class Clutter(Protocol):
    """The grammar `clutter`: patterns of lines that are not part of a report, by name."""

    words: dict[str, list[str]]
    tables: dict[str, dict[str, Any]]

    def pattern(self, name: str) -> re.Pattern[str]:
        """Give a compiled pattern."""


def clean_text(text: str, clutter: Clutter) -> str:
    """Take the clutter of a saved page out of a plain text; the paragraphs stay as they are.

    Out go share buttons, author boxes, comment forms, file names and credits of images, teasers
    of other reports, cookie and newsletter lines, and a headline said twice. Line ends become
    line feeds, and stretches of blank lines one. Empty if nothing but clutter was there.
    """
    lines = [line.strip() for line in re.split(r"\r\n|[\n\r\f\u2028\u2029]", text.lstrip("\ufeff"))]
    while found := _find_clutter([line for line in lines if line], clutter):
        lines = _without(lines, found)
    return "\n".join(_without(lines, set()))


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


def is_headline(line: str, clutter: Clutter) -> bool:
    """Whether a line looks like a headline: short, and not ending as prose does."""
    return 0 < len(line) <= LONGEST_TITLE and not clutter.pattern("prose_end").fullmatch(line)


def same_words(left: str, right: str) -> bool:
    """Whether two lines are the same but for case, blanks and marks."""
    if abs(len(left) - len(right)) > _MOST_MARKS:
        return False
    return re.findall(r"\w+", left.casefold()) == re.findall(r"\w+", right.casefold())


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
    if lines and 0 not in found and is_headline(lines[0], clutter):
        found |= {i for i, line in enumerate(lines) if i and same_words(line, lines[0])}
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
            if not is_headline(lines[below], clutter) or len(lines[below].split()) < 4:  # noqa: PLR2004
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
    return len(line.split()) <= 5 and is_headline(line, clutter)  # noqa: PLR2004  (long names)
