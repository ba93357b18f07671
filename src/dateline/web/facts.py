"""What actors, tallies and the review desk ask of each incident: in memory, beside the columns.

Rows come from the overviews as they are made anew, so nothing here reads the store.
"""

import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.analyse.tallies import Fact, Facts
from dateline.incidents.parts import Part
from dateline.values import Place

_DID = {"did", "claimed", "blamed"}


@dataclass(frozen=True, slots=True)
class Known:
    """One incident: `parts` pairs the key of an actor with what it did; days are ordinals.

    `doubts` are the kinds of all its doubts.
    """

    number: int
    risk: float
    doubts: tuple[str, ...]
    parts: tuple[tuple[str, Part], ...]
    first: int | None
    last: int | None
    fact: Fact


class FactIndex:
    """The incidents by number; what is alike is kept once, since there may be 100,000 of them."""

    def __init__(self) -> None:
        """Begin with none."""
        self.version = 0
        self.names: dict[str, str] = {}
        self._known: dict[int, Known] = {}
        self._kept: dict[Any, Any] = {}
        self._facts: tuple[int, Facts] | None = None
        self._lock = threading.Lock()

    def take(self, rows: Iterable[tuple[int, str, Mapping[str, Any] | None, str | None]]) -> None:
        """Take in overviews: number, incident id, facts (None: it is gone), words."""
        with self._lock:
            known = dict(self._known)
            for number, name, facts, _ in rows:
                if facts is None:
                    known.pop(number, None)
                else:
                    known[number] = self._read(number, name, facts)
            self._known = known
            self.version += 1

    def __iter__(self) -> Iterator[Known]:
        """Give every incident, in no order."""
        return iter(self._known.values())

    def facts(self) -> Facts:
        """Give the incidents as tallies ask for them, sorted once for each version."""
        version, known = self.version, self._known
        kept = self._facts
        if kept is None or kept[0] != version:
            kept = (version, Facts(one.fact for one in known.values()))
            self._facts = kept
        return kept[1]

    def _read(self, number: int, name: str, facts: Mapping[str, Any]) -> Known:
        parts = self._once(tuple((str(key), part) for key, _, part in facts["parts"]))
        for key, label, _ in facts["parts"]:
            self.names.setdefault(key, label)
        blamed = dict.fromkeys(key for key, part in parts if part in _DID)
        aimed = dict.fromkeys(key for key, part in parts if part == "targeted")
        first, last = facts["first"], facts["last"]
        fact = Fact(
            name,
            type=self._once(facts["type"]),
            earliest=self._day(first),
            latest=self._day(last),
            place=self._place(facts),
            target_type=self._once(facts["target_type"]),
            target=facts["target"],
            sides=self._once(tuple(key for key in aimed if not key.startswith("name:"))),
            perpetrators=self._once(tuple(blamed)),
            killed=self._number(facts["killed"]),
            injured=self._number(facts["injured"]),
        )
        doubts = self._once(tuple(kind for kind, *_ in facts["doubts"]))
        return Known(number, facts["risk"], doubts, parts, first, last, fact)

    def _day(self, ordinal: int | None) -> dt.date | None:
        return None if ordinal is None else self._once(dt.date.fromordinal(ordinal))

    def _place(self, facts: Mapping[str, Any]) -> Place | None:
        name, level = facts["place"], facts["level"]
        if level is None:
            return None
        where = facts["country"], facts["admin1"], facts["lat"], facts["lon"]
        place: Place = self._once(Place(name[0], name[1] or "", *where, level))
        return place

    def _number(self, count: tuple[int | None, int | None]) -> tuple[int, int | None] | None:
        low, high = count
        if low is None and high is None:
            return None
        number: tuple[int, int | None] = self._once((low or 0, high))
        return number

    def _once(self, item: Any) -> Any:  # noqa: ANN401  (whatever is asked for comes back)
        return self._kept.setdefault(item, item)
