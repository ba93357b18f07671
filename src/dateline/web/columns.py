"""Incidents as columns in memory, so that lists need no database; immutable, made anew on change.

A row is an incident. A cell that is not known is -1 among codes and counts, NaN among coordinates
and `NO_DAY` among days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]
Facts = Mapping[str, Any]
_MOST = 10**12  # killed; a page may claim any number, and a column holds 64 bits

CODED = (
    "country", "admin1", "level", "type", "weapon", "target_type",
    "claim_status", "grade", "review",
)  # fmt: skip
LISTED = ("actor", "publisher")
NO_DAY = 0  # the ordinals of days begin with 1
Sort = Literal["-date", "date", "-killed", "killed", "-risk", "-sources"]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words from a small list: `codes` points into `values`, -1 where none is known."""

    codes: NDArray[np.int32]
    values: tuple[str, ...]

    def code_of(self, words: Iterable[str]) -> NDArray[np.int32]:
        """Give the codes of words, of those that occur."""
        known = {value: code for code, value in enumerate(self.values)}
        return np.array([known[w] for w in words if w in known], np.int32)


@dataclass(frozen=True, slots=True)
class Listed:
    """A column with any number of words a row, as pairs of row and code, rows rising."""

    rows: Rows
    codes: NDArray[np.int32]
    values: tuple[str, ...]
    labels: tuple[str, ...]

    def mask(self, words: Iterable[str], size: int) -> Mask:
        """Mark the rows that have one of the words."""
        known = {value: code for code, value in enumerate(self.values)}
        wanted = [known[w] for w in words if w in known]
        found = np.zeros(size, np.bool_)
        found[self.rows[np.isin(self.codes, wanted)]] = True
        return found


@dataclass(frozen=True)
class Columns:
    """All incidents, one row each, in the order of their numbers."""

    numbers: NDArray[np.int64]
    ids: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    first: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    last: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    lat: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    lon: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    killed: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    sources: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    risk: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    reported: Mask = field(default_factory=lambda: np.zeros(0, np.bool_))
    coded: Mapping[str, Coded] = field(default_factory=dict)
    listed: Mapping[str, Listed] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many incidents there are."""
        return len(self.numbers)

    @cached_property
    def day(self) -> NDArray[np.int32]:
        """The day an incident is sorted and binned by: its earliest, else its latest."""
        return np.where(self.first != NO_DAY, self.first, self.last)

    @cached_property
    def _orders(self) -> dict[str, Rows]:
        return {}

    def order(self, sort: str) -> Rows:
        """Give all rows in the order of a sort; ties by number, unknown cells last."""
        if sort not in self._orders:
            self._orders[sort] = np.lexsort((self.numbers, self.sort_key(sort)))
        return self._orders[sort]

    def sort_key(self, sort: str) -> NDArray[np.float64]:
        """Give the number by which each row is sorted, rising; unknown cells are infinite."""
        name = sort.removeprefix("-")
        columns: dict[str, NDArray[Any]] = {
            "date": self.day,
            "killed": self.killed,
            "risk": self.risk,
            "sources": self.sources,
        }
        column = columns[name]
        key = column.astype(np.float64)
        unknown = {"date": column == NO_DAY, "killed": column < 0}.get(name)
        key = -key if sort.startswith("-") else key
        return key if unknown is None else np.where(unknown, np.inf, key)


def columns_of(rows: Iterable[tuple[int, str, Facts, str]]) -> Columns:
    """Make columns of overviews: number, incident id, facts, words."""
    table = sorted(rows, key=lambda row: row[0])
    facts = [row[2] for row in table]

    def column(name: str) -> list[Any]:
        return [fact[name] for fact in facts]

    coded = {name: _coded(column(name)) for name in CODED if name != "admin1"}
    coded["admin1"] = _coded([_province(f["country"], f["admin1"]) for f in facts])
    actors = column("actors")
    publishers = [[(name, name) for name in names] for names in column("publishers")]
    return Columns(
        numbers=np.array([row[0] for row in table], np.int64),
        ids=tuple(row[1] for row in table),
        headlines=tuple(column("headline")),
        words=tuple(row[3] for row in table),
        first=np.array([day or NO_DAY for day in column("first")], np.int32),
        last=np.array([day or NO_DAY for day in column("last")], np.int32),
        lat=np.array(column("lat"), np.float64),
        lon=np.array(column("lon"), np.float64),
        killed=np.array(
            [-1 if n is None else min(n, _MOST) for n, _ in column("killed")], np.int64
        ),
        sources=np.array(column("sources"), np.int64),
        risk=np.array(column("risk"), np.float64),
        reported=np.array(column("reported"), np.bool_),
        coded=coded,
        listed={"actor": _listed(actors), "publisher": _listed(publishers)},
    )


def _province(country: str | None, admin1: str | None) -> str | None:
    return f"{country}/{admin1}" if country and admin1 else None


def _coded(words: Sequence[str | None]) -> Coded:
    known: dict[str, int] = {}
    codes = [-1 if w is None else known.setdefault(w, len(known)) for w in words]
    return Coded(np.array(codes, np.int32), tuple(known))


def _listed(cells: Sequence[Sequence[Sequence[str]]]) -> Listed:
    known: dict[str, int] = {}
    labels: dict[str, str] = {}
    rows: list[int] = []
    codes: list[int] = []
    for row, cell in enumerate(cells):
        for value, label in {pair[0]: pair[1] for pair in cell}.items():
            rows.append(row)
            codes.append(known.setdefault(value, len(known)))
            labels.setdefault(value, label)
    return Listed(
        np.array(rows, np.int64), np.array(codes, np.int32), tuple(known), tuple(labels.values())
    )


def joined(old: Columns, changed: Sequence[int], new: Columns) -> Columns:
    """Give columns in which the rows of some incidents, by number, are replaced by new ones."""
    kept = np.flatnonzero(~np.isin(old.numbers, np.array(changed, np.int64)))
    order = np.argsort(np.concatenate([old.numbers[kept], new.numbers]), kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    rows = np.full(old.size, -1, np.int64)
    rows[kept] = place[: len(kept)]
    made: dict[str, Any] = {}
    for part in fields(Columns):
        left, right = getattr(old, part.name), getattr(new, part.name)
        if isinstance(left, np.ndarray):
            made[part.name] = np.concatenate([left[kept], right])[order]
        elif isinstance(left, tuple):
            both = [*map(left.__getitem__, kept.tolist()), *right]
            made[part.name] = tuple(map(both.__getitem__, order.tolist()))
    made["coded"] = {
        name: _joined_codes(old.coded[name], new.coded[name], kept, order) for name in old.coded
    }
    made["listed"] = {
        name: _joined_lists(old.listed[name], new.listed[name], rows, place[len(kept) :])
        for name in old.listed
    }
    return Columns(**made)


def _joined_codes(left: Coded, right: Coded, kept: Rows, order: Rows) -> Coded:
    known = {value: code for code, value in enumerate(left.values)}
    codes = [known.setdefault(value, len(known)) for value in right.values]
    mapped = np.array([*codes, -1], np.int32)[right.codes]
    return Coded(np.concatenate([left.codes[kept], mapped])[order], tuple(known))


def _joined_lists(left: Listed, right: Listed, old_rows: Rows, new_rows: Rows) -> Listed:
    known = {value: code for code, value in enumerate(left.values)}
    labels = dict(zip(left.values, left.labels, strict=True))
    labels |= dict(zip(right.values, right.labels, strict=True))
    codes = np.array([known.setdefault(v, len(known)) for v in right.values], np.int32)
    stays = old_rows[left.rows] >= 0
    rows = np.concatenate([old_rows[left.rows[stays]], new_rows[right.rows]])
    every = np.concatenate([left.codes[stays], codes[right.codes]])
    order = np.argsort(rows, kind="stable")
    return Listed(rows[order], every[order], tuple(known), tuple(labels[v] for v in known))
