"""Scores of the reading of dates on folders of TimeML documents (TimeBank, AQUAINT, platinum).

A document states when it was made (DCT) and marks its time expressions (TIMEX3) with a value. Only
those of type DATE and TIME are wanted: durations and sets of times date nothing.

Two expressions match where they share a character, one to one in text order: the relaxed match of
TempEval-3 (UzZaman et al. 2013). Whatever else is read is wrong, also where a duration is marked.
The value of a matched expression is right where its days agree with the marked value; see `agrees`.
"""

import datetime as dt
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from dateline.codebook import Grammar
from dateline.errors import ConfigError
from dateline.resolve.dates import Expression, find_dates, resolve_date
from dateline.values import Unknown, When

WANTED = {"DATE", "TIME"}
ENDING = "*.tml"
VAGUE = {"PRESENT_REF", "PAST_REF", "FUTURE_REF"}
MONTHS_OF = {"Q": 3, "H": 6}
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
ANCHORS = {"day", "weekday", "relative"}
ROUND = {"ago", "back", "ahead", "offset"}
"""Rules that read an amount of time, which news rounds."""
RANGES = {"since", "between"}
ONE_DAY = dt.timedelta(days=1)

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Marked:
    """A time expression that people marked, with its TIMEX3 type, value and modifier."""

    start: int
    end: int
    type: str
    value: str
    mod: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a TimeML document, the day it was made and its marked expressions in order."""

    name: str
    text: str
    made: dt.date | None
    marked: tuple[Marked, ...]


@dataclass(slots=True)
class TimeScores:
    """What was found, missed and read right, over all documents, and how long it took."""

    documents: int = 0
    characters: int = 0
    seconds: float = 0.0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    values: int = 0
    mistakes: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The harmonic mean of relaxed precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    @property
    def value_accuracy(self) -> float:
        """The share of matched expressions whose days agree."""
        return self.values / max(1, self.right)

    def lines(self) -> Iterator[str]:
        """The table, the headline last."""
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        wanted = self.right + self.missed
        speed = self.characters / max(1e-9, self.seconds)
        yield f"spans  P {precision:.3f} R {recall:.3f} F1 {self.f1:.3f} (n {wanted})"
        yield f"values {self.value_accuracy:.3f} of {self.right} matched"
        yield (
            f"speed  {self.documents} documents, {self.characters} characters in "
            f"{self.seconds:.2f} s, {speed:,.0f} characters a second"
        )
        yield f"relaxed_f1 {self.f1:.3f} value_accuracy {self.value_accuracy:.3f}"


def evaluate_times(folder: Path, grammar: Grammar) -> TimeScores:
    """Read the dates of every TimeML document below a folder and score them.

    Raises ConfigError where there is no such document or one that is not TimeML.
    """
    paths = sorted(folder.rglob(ENDING))
    if not paths:
        message = f"{folder}: no TimeML documents ({ENDING}) below it; name their folder"
        raise ConfigError(message)
    scores = TimeScores()
    for path in paths:
        score_document(read_document(path), grammar, scores)
    return scores


def read_document(path: Path) -> Document:
    """Read a TimeML file; raises ConfigError if it is none."""
    try:
        root = ET.fromstring(path.read_bytes())  # noqa: S314  (a gold set of the user's own)
    except (OSError, ET.ParseError) as error:
        message = f"{path}: not a TimeML document: {error}"
        raise ConfigError(message) from error
    body = root.find("TEXT")
    if body is None:
        message = f"{path}: not a TimeML document: it has no TEXT element"
        raise ConfigError(message)
    made = root.find("DCT/TIMEX3")
    days = days_of(made.get("value", "")) if made is not None else None
    marked: list[Marked] = []
    text = "".join(_walk(body, 0, marked))
    return Document(path.stem, text, days[0] if days else None, tuple(marked))


def _walk(element: ET.Element, at: int, marked: list[Marked]) -> Iterator[str]:
    """Yield the text below an element, which begins at an offset, noting marked expressions."""
    pieces = [element.text or ""]
    length = at + len(pieces[0])
    for child in element:
        inner = "".join(_walk(child, length, marked))
        if child.tag == "TIMEX3" and inner:
            kind, value = child.get("type", ""), child.get("value", "")
            end = length + len(inner)
            marked.append(Marked(length, end, kind, value, child.get("mod", "")))
        pieces += [inner, child.tail or ""]
        length += len(inner) + len(child.tail or "")
    yield from pieces


def score_document(document: Document, grammar: Grammar, scores: TimeScores) -> None:
    """Add one document to the scores.

    What hangs on another event ("two days earlier") counts from the last day read before it, as
    these documents say nothing of events that a report would be about.
    """
    begun = time.perf_counter()
    read = list(_resolved(document, grammar))
    scores.seconds += time.perf_counter() - begun
    scores.documents += 1
    scores.characters += len(document.text)
    wanted = [one for one in document.marked if one.type in WANTED]
    pairs, spare = pair(wanted, [expression for expression, _ in read])
    values = dict(read)
    scores.right += len(pairs)
    scores.missed += len(wanted) - len(pairs)
    for marked, expression in pairs:
        value = values[expression]
        if agrees(marked, expression, value):
            scores.values += 1
        else:
            words = document.text[expression.start : expression.end]
            told = f"{words!r} gold {marked.value} {marked.mod}".rstrip()
            scores.mistakes.append(f"! value {document.name} {told} read {_shown(value)}")
    for missed in set(wanted) - {marked for marked, _ in pairs}:
        words = document.text[missed.start : missed.end]
        scores.mistakes.append(f"! missed {document.name} {words!r} {missed.value}")
    for expression in spare:
        scores.wrong += 1
        words = document.text[expression.start : expression.end]
        scores.mistakes.append(f"! extra {document.name} {words!r}")


def _resolved(document: Document, grammar: Grammar) -> Iterator[tuple[Expression, When | Unknown]]:
    anchor: When | None = None
    for expression in find_dates(document.text, grammar):
        value = resolve_date(expression, document.made, anchor=anchor)
        if isinstance(value, When) and value.earliest and expression.form in ANCHORS:
            anchor = value
        yield from _ends(expression, value, document.made)


def _ends(
    expression: Expression, value: When | Unknown, made: dt.date | None
) -> Iterator[tuple[Expression, When | Unknown]]:
    """Give the two ends of a range one by one, as TIMEX3 marks them; else the expression itself."""
    if expression.rule not in RANGES:
        yield expression, value
        return
    ends = expression.inner
    years = [end.parts["year"] for end in ends if end.parts.get("year")]
    for end in ends:
        yield end, resolve_date(end, made, year_hint=years[-1] if years else None)


def pair(
    wanted: Sequence[Marked], read: Sequence[Expression]
) -> tuple[list[tuple[Marked, Expression]], list[Expression]]:
    """Pair overlapping expressions one to one in text order; give the pairs and what is left."""
    pairs: list[tuple[Marked, Expression]] = []
    spare = list(read)
    for marked in wanted:
        found = next((one for one in spare if _overlap(marked, one)), None)
        if found is not None:
            pairs.append((marked, found))
            spare.remove(found)
    return pairs, spare


def _overlap(marked: Marked, expression: Expression) -> bool:
    return marked.start < expression.end and expression.start < marked.end


def agrees(marked: Marked, expression: Expression, value: When | Unknown) -> bool:
    """Tell whether a value agrees with the marked one.

    The days must be the same, but for two differences that are no mistakes: round words ("two
    months ago") are right where our range holds the marked days or the marked days hold its middle,
    and words for a part ("early 2020", "earlier this week") where the marked whole holds ours. A
    mark that names no days (PAST_REF) wants an abstention or a vague expression. Times of day are
    not compared.
    """
    wanted = days_of(marked.value)
    if wanted is None:
        return isinstance(value, Unknown) or expression.form == "vague" or value.earliest is None
    if isinstance(value, Unknown) or value.earliest is None or value.latest is None:
        return False
    ours = value.earliest, value.latest
    if expression.rule in ROUND:
        middle = ours[0] + (ours[1] - ours[0]) / 2
        return _holds(ours, wanted) or _holds(wanted, (middle, middle))
    part = expression.rule == "part" or bool(marked.mod)
    return ours == wanted or (part and _holds(wanted, ours))


def _holds(outer: Days, inner: Days) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def days_of(value: str) -> Days | None:
    """Give the first and last day of a TIMEX3 value; None for one that names no days.

    Unknown parts at its end make it coarser: "1998-10-XX" is October 1998, "198X" the 1980s.
    """
    try:
        return _days(re.sub(r"(?:-?X+)+$", "", value))
    except ValueError:
        return None


def _days(value: str) -> Days | None:
    if day := re.match(r"(\d{4})-(\d\d)-(\d\d)(?:T|$)", value):
        date = dt.date(*map(int, day.groups()))
        return date, date
    if week := re.fullmatch(r"(\d{4})-W(\d\d?)(-WE)?", value):
        monday = dt.date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return monday + 5 * ONE_DAY if week[3] else monday, monday + 6 * ONE_DAY
    if part := re.fullmatch(r"(\d{4})-(\d\d|[QH][1-4]|SP|SU|FA|WI)", value):
        return _months(int(part[1]), *_first_and_last(part[2]))
    if years := re.fullmatch(r"\d{2,4}", value):
        factor: int = 10 ** (4 - len(years[0]))
        first = int(years[0]) * factor
        return dt.date(max(1, first), 1, 1), dt.date(first + factor - 1, 12, 31)
    return None


def _first_and_last(part: str) -> tuple[int, int]:
    """Give the first and last month of "04", "Q2", "H1" or "SU"."""
    if part in SEASONS:
        return SEASONS[part]
    if part.isdigit():
        return int(part), int(part)
    last = MONTHS_OF[part[0]] * int(part[1])
    return last - MONTHS_OF[part[0]] + 1, last


def _months(year: int, first: int, last: int) -> Days:
    end = dt.date(year + (last < first) + last // 12, last % 12 + 1, 1) - ONE_DAY
    return dt.date(year, first, 1), end


def _shown(value: When | Unknown) -> str:
    return value.reason if isinstance(value, Unknown) else f"{value.earliest}..{value.latest}"
