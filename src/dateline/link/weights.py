"""How much each level of agreement speaks for one incident: Fellegi and Sunter's match weights.

A level has m, how often two reports of one incident agree so, and u, how often two incidents do.
Its weight is log2(m/u); the weights of a pair add up, and what is not told weighs nothing. From
the threshold up a pair is judged the same. The numbers are data (`weights.toml`), fitted by
`training/link_weights.py`. Fellegi and Sunter, A Theory for Record Linkage, JASA 64 (1969).
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from dateline.link.compare import COMPARISONS, Compare, compare
from dateline.link.view import EventView

FILE = Path(__file__).with_name("weights.toml")


@dataclass(frozen=True, slots=True)
class Level:
    """One row of the table; `weight` is log2(m/u), to a hundredth; below zero it speaks against."""

    m: float
    u: float
    says: str
    weight: float


@dataclass(frozen=True, slots=True)
class Part:
    """What one comparison of a pair came to; level None: one of the two does not tell."""

    name: str
    level: str | None
    says: str
    weight: float


@dataclass(frozen=True)
class Weights:
    """The table: levels by comparison, and two sums in bits.

    From `threshold` up a pair is the same; two clusters may be joined if the pairs across them
    weigh `mean` or more on average.
    """

    levels: Mapping[str, Mapping[str, Level]]
    threshold: float
    mean: float

    def explain(self, left: EventView, right: EventView) -> list[Part]:
        """Give one part for each comparison, also for those that are not told."""
        return [self._part(name, level) for name, level in compare(left, right).items()]

    def total(self, left: EventView, right: EventView) -> float:
        """Add up the weights of a pair, in bits."""
        total = 0.0
        for find, table in self._tables:
            total += table[find(left, right)]
        return round(total, 2)

    @cached_property
    def _tables(self) -> list[tuple[Compare, dict[str | None, float]]]:
        """The comparisons with the weight of each level; what is not told weighs nothing."""
        return [
            (find, {None: 0.0} | {level: row.weight for level, row in self.levels[name].items()})
            for name, find in COMPARISONS.items()
        ]

    def _part(self, name: str, level: str | None) -> Part:
        if level is None:
            return Part(name, None, "not told by both", 0.0)
        found = self.levels[name][level]
        return Part(name, level, found.says, found.weight)


@cache
def load_weights(file: Path = FILE) -> Weights:
    """Read a table of weights."""
    form = tomllib.loads(file.read_text("utf-8"))
    levels = {
        name: {level: _level(row) for level, row in rows.items()}
        for name, rows in form["comparisons"].items()
    }
    return Weights(levels, form["threshold"], form["mean"])


def _level(row: Mapping[str, float | str]) -> Level:
    m, u = float(row["m"]), float(row["u"])
    return Level(m, u, str(row["says"]), round(math.log2(m / u), 2))


def chance(total: float, threshold: float) -> float:
    """Give the chance that a pair is one incident, if one in two at the threshold is."""
    return round(1 / (1 + 2 ** min(60.0, threshold - total)), 3)
