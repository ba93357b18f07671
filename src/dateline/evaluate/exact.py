"""Cells that are right or not, of sets that give one record a report and no words for it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from dateline.codebook import Codebook
from dateline.coder import Coder
from dateline.errors import ConfigError
from dateline.evaluate.failures import Failures
from dateline.incidents import report_record
from dateline.model import Report
from dateline.text import fold

BATCH = 16
SAME_NAME = 0.8

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what people wrote, what was coded, and whether they agree.

    `told` says whether the text itself tells what people wrote; they may have read it elsewhere.
    """

    field: str
    gold: Any
    coded: Any
    right: bool
    told: bool = True


@dataclass(slots=True)
class ExactScore:
    """How many cells of a field are right: of all, and of those the text tells."""

    right: int = 0
    size: int = 0
    told_right: int = 0
    told_size: int = 0

    def add(self, cell: Cell) -> None:
        """Count a cell."""
        self.size += 1
        self.right += cell.right
        self.told_size += cell.told
        self.told_right += cell.told and cell.right

    @property
    def share(self) -> float:
        """The share of all cells that are right."""
        return self.right / max(1, self.size)

    @property
    def told_share(self) -> float:
        """The share of the cells told by the text that are right."""
        return self.told_right / max(1, self.told_size)

    def __str__(self) -> str:
        told = f"exact {self.told_share:.3f} of {self.told_size} told"
        return f"{told}, {self.share:.3f} of all {self.size}"


@dataclass(slots=True)
class ExactScores:
    """One score a field, with the mistakes and the reports that could not be coded.

    `by_kind` counts the mistakes in what the text tells.
    """

    fields: dict[str, ExactScore]
    mistakes: list[str] = field(default_factory=list)
    by_kind: Failures = field(default_factory=Failures)
    failures: list[tuple[str, str]] = field(default_factory=list)

    def add(self, report: str, cells: Sequence[Cell]) -> None:
        """Count the cells of one report."""
        for cell in cells:
            self.fields[cell.field].add(cell)
            if not cell.right:
                kind = "" if cell.told else " (not told)"
                told = f"gold {cell.gold!r} predicted {cell.coded!r}{kind}"
                self.mistakes.append(f"! {cell.field} {report} {told}")
                # Of what the text does not tell, no reading can be right or wrong.
                if cell.told:
                    self.by_kind.add(cell.field, cell.gold or None, cell.coded or None)

    def lines(self) -> Iterator[str]:
        """The table, a field a line."""
        for name, score in self.fields.items():
            yield f"{name:14} {score}"


def read_rows(path: Path) -> list[Row]:
    """Read the objects of a JSON Lines file; raises ConfigError if there are none."""
    try:
        lines = path.read_text("utf-8").split("\n")
        rows = [json.loads(line) for line in lines if line.strip()]
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ConfigError(f"{path}: no set to read there: {error}") from error
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise ConfigError(f"{path}: no set to read there: its lines are not JSON objects")
    return rows


def code_records(
    reports: Sequence[Report], coder: Coder, codebook: Codebook, scores: ExactScores
) -> Iterator[list[Row]]:
    """Yield the incidents each report tells as news, in its order; none where coding failed."""
    for start in range(0, len(reports), BATCH):
        for coding in coder(reports[start : start + BATCH]):
            if coding.status == "failed":
                scores.failures.append((coding.report.id, coding.message))
            record = report_record(coding.report, coding.claims, codebook)
            yield [
                event
                for event in record["events"]
                if event["kind"] == "incident" and event["reported"]
            ]


def figure(count: Row | None) -> int:
    """Give the number a coded count stands for, its lower end first; zero where none is coded."""
    if not count:
        return 0
    return int(next((end for end in (count["low"], count["high"]) if end is not None), 0))


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are one, spelt alike (ratio 0.8) or with more words on one side.

    "Paktya" is "Paktiya", and "Wardak" is "Maidan Wardak Province".
    """
    left, right = fold(one), fold(other)
    if not left or not right:
        return left == right
    words, others = set(left.split()), set(right.split())
    return (
        words <= others
        or others <= words
        or SequenceMatcher(None, left, right).ratio() >= SAME_NAME
    )
