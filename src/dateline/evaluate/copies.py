"""Scores of finding copies: a made-up day of reports of one manner, with copies of some of them.

Every report tells of another place, with other numbers and people, in lines that hundreds share;
what a copy changes is what desks change: the headline, the credit, numbers in digits, the end.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

from dateline.codebook import Codebook
from dateline.evaluate.live import read_gold
from dateline.link.copies import copy_keys, find_copy
from dateline.model import Report
from dateline.sources import read

FILE = Path(__file__).with_name("copies.toml")
DISTINCT = 1000
COPIED = 250
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CopyScore:
    """How many pairs were found and wanted, and how many of those found are right."""

    found: int
    right: int
    wanted: int | None = None

    def __str__(self) -> str:
        """The scores in one line; precision is 1 where nothing is found."""
        precision = self.right / self.found if self.found else 1.0
        recall = f" R {self.right / self.wanted:.3f}" if self.wanted else ""
        return f"P {precision:.3f}{recall} ({self.right} of {self.found} pairs found are right)"


def find_pairs(reports: Iterable[Report], codebook: Codebook) -> set[Pair]:
    """Give the pairs of reports that are found to carry one text, as linking finds them."""
    known = {report.id: report for report in reports}
    under: dict[int, set[str]] = {}
    for report in known.values():
        for key in copy_keys(report):
            under.setdefault(key, set()).add(report.id)
    meeting = {pair for names in under.values() for pair in combinations(sorted(names), 2)}
    grammar = codebook.grammar("copies")
    return {pair for pair in meeting if find_copy(known[pair[0]], known[pair[1]], grammar)}


def score_made_up(codebook: Codebook) -> CopyScore:
    """Score a thousand reports of one day, no two of one incident, and 250 copies of some."""
    random = Random(7)  # noqa: S311  (a fixed sequence)
    reports = [_tell(number, random) for number in range(DISTINCT)]
    copies = [_copy(report, number) for number, report in enumerate(reports[:COPIED])]
    wanted = {(report.id, f"{report.id} copied") for report in reports[:COPIED]}
    found = find_pairs([*reports, *copies], codebook)
    return CopyScore(len(found), len(found & wanted), len(wanted))


def score_live(folder: Path, codebook: Codebook) -> CopyScore:
    """Score the copies found among the reports of a gold set: right if they tell one incident.

    Raises ConfigError without a gold set.
    """
    told = {
        name: {incident["incident"] for incident in row["incidents"] if incident["main"]}
        for name, row in read_gold(folder).items()
    }
    sources = read([str(folder / "reports.jsonl")], published=None, codebook=codebook)
    found = find_pairs((item for item in sources if isinstance(item, Report)), codebook)
    right = sum(bool(told.get(one, set()) & told.get(two, set())) for one, two in found)
    return CopyScore(len(found), right)


@cache
def _form() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def _tell(number: int, random: Random) -> Report:
    """Make up a report; the number of the report decides its town, so that no two share one."""
    facts: Mapping[str, Sequence[str]] = _form()["facts"]
    stems, ends = facts["stems"], facts["ends"]
    first, rest = divmod(number, len(stems) * len(ends))
    town = stems[rest % len(stems)] + ends[rest // len(stems)] + ("", *ends)[first]
    own = {
        name: random.choice(facts[name])
        for name in ("number", "weapon", "target", "time", "officials")
    }
    own |= {"killed": random.choice(facts["number"]), "hurt": random.choice(facts["number"])}
    own |= {"person": f"{random.choice(facts['given'])} {random.choice(facts['family'])}"}
    own |= {name.capitalize(): words[0].upper() + words[1:] for name, words in own.items()}
    lines = [random.choice(lines) for lines in _form()["parts"].values()]
    text = "\n".join(line.format(town=town, **own) for line in lines)
    return Report(id=f"r{number:04}", text=text, title=town, published="2023-05-01")


def _copy(report: Report, number: int) -> Report:
    """Make a copy as another paper would print it."""
    lines = report.text.splitlines()
    edits = tuple(_edits(report, lines))
    text = "\n".join(edits[number % len(edits)])
    return Report(id=f"{report.id} copied", text=text, published="2023-05-01")


def _edits(report: Report, lines: list[str]) -> Iterator[list[str]]:
    form = _form()["edits"]
    for head in form["heads"]:
        yield [head.format(town=report.title), *lines]
    yield [*lines, form["foot"]]
    yield lines[:-1]
    yield [form["heads"][0].format(town=report.title), *lines[:-1], form["foot"]]
    yield [line.replace("three", "3").replace("five", "5").replace("ten ", "10 ") for line in lines]
    yield [lines[0], *lines[2:]]
