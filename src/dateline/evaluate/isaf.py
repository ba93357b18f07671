"""Scores on press releases of a military mission, each with one operation's record.

The folder holds `releases.jsonl`: `text`, and `gold` with `start_date`, `province` (a list),
`min_killed` and `min_captured`. The coders of the set wrote the least number the words allow and
read "several" as 3, "numerous" as 4 and "more than 30" as 31; so a vague count is right one or two
above the least that it can honestly mean, and an open one at its end or one above it. No count
stands for zero, and zero is a number like any other.

Where several incidents are told, the one that fits the record best is scored: the set gives one.
"""

import calendar
import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from dateline.codebook import Codebook, Grammar
from dateline.coder import Coder
from dateline.errors import ConfigError
from dateline.evaluate.exact import (
    Cell,
    ExactScore,
    ExactScores,
    Row,
    code_records,
    figure,
    is_same_name,
    read_rows,
)
from dateline.model import Report, make_report
from dateline.resolve.dates import find_dates, published_from_text, resolve_date
from dateline.values import When

FIELDS = ("date", "province", "killed", "captured")
HEAD = 400
SLACK = {"vague": (1, 2), "at_least": (0, 1)}


def evaluate_releases(folder: Path, coder: Coder, codebook: Codebook) -> ExactScores:
    """Code the releases of a folder and compare their incidents with the records.

    A cell counts as told where the record is not zero or empty. Raises ConfigError where no set
    lies in the folder.
    """
    path = folder / "releases.jsonl"
    rows = read_rows(path)
    scores = ExactScores({name: ExactScore() for name in FIELDS})
    try:
        reports = [
            release(row["text"], f"{number}", codebook.grammar("dates"))
            for number, row in enumerate(rows, 1)
        ]
        golds = [row["gold"] for row in rows]
        coded = code_records(reports, coder, codebook, scores)
        for report, gold, events in zip(reports, golds, coded, strict=True):
            scores.add(report.id, check_release(gold, events))
    except KeyError as error:
        raise ConfigError(f"{path}: a line has no {error}") from error
    return scores


def release(text: str, name: str, dates: Grammar) -> Report:
    """Make a report of a release, with the day of publication its head states."""
    # Unicode's line separator is a line end to its writers and to few readers.
    text = text.replace("\u2028", "\n")
    published = _publication_day(text, dates)
    return make_report(text, id=name, published=published.isoformat() if published else None)


def _publication_day(text: str, dates: Grammar) -> dt.date | None:
    """Give the day a head states; one without a year takes that of the release's number."""
    stated = published_from_text(text, dates)
    if stated is not None:
        return stated.earliest
    number = _number_pattern().search(text, 0, HEAD)
    if number is None:
        return None
    year, month = int(number["year"]), int(number["month"])
    last = dt.date(year, month, calendar.monthrange(year, month)[1])
    for found in find_dates(text[:HEAD], dates):
        day = resolve_date(found, last) if found.form == "day" else None
        if isinstance(day, When) and day.precision == "day":
            return day.earliest
    return None


@cache
def _number_pattern() -> re.Pattern[str]:
    form = tomllib.loads(Path(__file__).with_name("isaf.toml").read_text("utf-8"))
    return re.compile(form["release_number"])


def check_release(gold: Row, events: Sequence[Row]) -> list[Cell]:
    """Compare a record with the incident of a release that fits it best, the first of equals."""
    return max((_cells(gold, e) for e in events or [{}]), key=lambda c: sum(x.right for x in c))


def _cells(gold: Row, event: Row) -> list[Cell]:
    date, place = event.get("date") or {}, event.get("place") or {}
    day, coded = gold["start_date"], date.get("earliest")
    provinces = [name for name in gold["province"] if name]
    where = place.get("admin1") or place.get("name") or ""
    same = any(is_same_name(name, where) for name in provinces) if provinces else not where
    return [
        Cell("date", day, coded, (coded, date.get("latest")) == (day, day), told=bool(day)),
        Cell("province", gold["province"], where, same, told=bool(provinces)),
        *(_count(name, gold[f"min_{name}"], event.get(name)) for name in ("killed", "captured")),
    ]


def _count(name: str, gold: int, count: Row | None) -> Cell:
    coded = figure(count)
    right = coded == gold
    if count and count["basis"] in SLACK:
        right = gold - coded in SLACK[count["basis"]]
    return Cell(name, gold, coded, right, told=gold > 0)
