"""Scores on short accounts of attacks with the dead, the injured and who did it.

The folder holds `attacks.jsonl`: `Description`, `Year`, `Dead`, `Injured` and `Perpetrator`.
The set's figures come from encyclopedia tables and are often not those of the text, so each field
is scored twice: over all accounts, and over those whose text tells it. A figure is told where it
stands in the text in digits or in words; zero counts as told, and one where the text has a word of
harm. A perpetrator is told where a telling word of the name stands there.

Only the first incident told as news is compared. No count stands for zero. The tables leave out the
attackers, so a count of nobody but attackers stands for zero too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

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
    read_rows,
)
from dateline.evaluate.fields import is_same_actor
from dateline.model import make_report
from dateline.text import fold

FIELDS = ("dead", "injured", "perpetrator")
TELLING = 4


def evaluate_attacks(folder: Path, coder: Coder, codebook: Codebook) -> ExactScores:
    """Code the accounts of a folder and compare their first incident with the table.

    Raises ConfigError where no set lies in the folder.
    """
    path = folder / "attacks.jsonl"
    rows = read_rows(path)
    scores = ExactScores({name: ExactScore() for name in FIELDS})
    try:
        reports = [
            make_report(row["Description"], id=str(number), published=row["Year"])
            for number, row in enumerate(rows, 1)
        ]
        coded = code_records(reports, coder, codebook, scores)
        for report, row, events in zip(reports, rows, coded, strict=True):
            scores.add(report.id, check_attack(row, events, codebook.grammar("counts")))
    except KeyError as error:
        raise ConfigError(f"{path}: a line has no {error}") from error
    except ValueError as error:
        raise ConfigError(f"{path}: a figure is not a number: {error}") from error
    return scores


def check_attack(row: Row, events: Sequence[Row], counts: Grammar) -> list[Cell]:
    """Compare one account's figures and perpetrator with its first incident."""
    event: Mapping[str, Any] = events[0] if events else {}
    numbers = numbers_in(row["Description"], counts)
    harm = counts.pattern("harm").search(row["Description"].lower()) is not None
    cells = []
    for name, role, key in (("dead", "killed", "Dead"), ("injured", "injured", "Injured")):
        gold, coded = int(row[key]), figure(_victims(event.get(role), counts))
        told = gold == 0 or gold in numbers or (gold == 1 and harm)
        cells.append(Cell(name, gold, coded, gold == coded, told=told))
    names = [
        name
        for actor in event.get("perpetrators") or ()
        for name in (actor.get("name", ""), actor.get("id") or "", *actor.get("names", ()))
    ]
    who = row["Perpetrator"]
    text = fold(row["Description"])
    told = any(word in text for word in fold(who).split() if len(word) >= TELLING)
    right = is_same_actor(who, names)
    cells.append(Cell("perpetrator", who, (names or [None])[0], right, told=told))
    return cells


def _victims(count: Row | None, counts: Grammar) -> Row | None:
    """Give a count, or None where it counts attackers."""
    people = ((count or {}).get("of") or "").lower().split()
    return None if people and people[-1] in counts.words["attackers"] else count


def numbers_in(text: str, counts: Grammar) -> set[int]:
    """Give every number of a text, in digits or as one word ("twelve")."""
    return set(_numbers(text.lower(), counts))


def _numbers(text: str, counts: Grammar) -> Iterator[int]:
    tables = counts.tables
    words = tables["units"] | tables["teens"] | tables["tens"]
    for found in re.findall(r"\d[\d,]*|[a-z]+", text):
        if found[0].isdigit():
            yield int(found.replace(",", ""))
        elif found in words:
            yield int(words[found])
