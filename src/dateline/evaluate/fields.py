"""Whether one cell of a coded event is right, and how well an event fits a gold incident."""

import math
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

EARTH_DIAMETER_KM = 12742
RIGHT_KM = 25
ALIGNED_KM = 50
ALIGNED_EVENTS = 7
ALIGNED_SLOTS = 9
SAME_NAME = 0.8

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """One cell of one incident: the gold value, the coded one (None = none) and the verdict."""

    field: str
    gold: Any
    coded: Any
    right: bool


@dataclass(slots=True)
class Score:
    """Right, wrong and missed cells of one field."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, check: Check) -> bool:
        """Count a cell; gives whether there is nothing to complain about.

        A wrong value counts twice: it was coded wrongly, and the right one was missed.
        """
        if check.gold is None and check.coded is None:
            return True
        if check.right and check.gold is not None and check.coded is not None:
            self.right += 1
            return True
        self.wrong += check.coded is not None
        self.missed += check.gold is not None
        return False

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where there was nothing to find."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        wanted = self.right + self.missed
        return f"P {precision:.3f} R {recall:.3f} F1 {self.f1:.3f} (n {wanted})"


def check_cells(gold: Row, event: Row) -> Iterator[Check]:
    """Compare every cell of a gold incident with those of an event (empty = it was missed)."""
    place = event.get("place") or {}
    acled = event.get("acled")
    yield Check("type", gold["type"], acled, gold["type"] in _gold_types(acled))
    country = place.get("country")
    yield Check("country", gold["country"], country, gold["country"] == country)
    weapon, coded = _known(gold["weapon"]), _known(event.get("weapon"))
    yield Check("weapon", weapon, coded, gold["weapon"] == event.get("weapon"))
    target = event.get("target_type")
    yield Check("target_type", gold["target_type"], target, gold["target_type"] == target)
    yield from _check_date(gold, event.get("date") or {})
    if gold.get("lat") is not None:
        yield Check("place_25km", gold["place"], place.get("name"), _near(gold, place, RIGHT_KM))
    for name in ("munitions", "killed", "injured"):
        yield _check_count(name, gold, event.get(name))
    yield from _check_blame(gold, event)


def _check_date(gold: Row, date: Row) -> Iterator[Check]:
    day, earliest, latest = gold["date"], date.get("earliest"), date.get("latest")
    if gold["date_precision"] == "day":
        yield Check("date", day, earliest, (earliest, latest) == (day, day))
    elif gold["date_precision"] in {"week", "month"} and day:
        months = bool(earliest and latest and earliest[:7] <= day[:7] <= latest[:7])
        yield Check("date", day, earliest, months)


def _check_count(name: str, gold: Row, count: Row | None) -> Check:
    wanted = _ends(gold[f"{name}_min"], gold[f"{name}_max"])
    coded = _ends(count.get("low"), count.get("high")) if count else None
    if wanted is None or coded is None:
        return Check(name, wanted, coded, right=False)
    open_end = (wanted[1] is None and coded[0] == wanted[0]) or (
        wanted[0] is None and coded[1] == wanted[1]
    )
    return Check(name, wanted, coded, coded == wanted or open_end)


def _check_blame(gold: Row, event: Row) -> Iterator[Check]:
    names = [
        name
        for actor in event.get("perpetrators") or ()
        for name in (actor.get("name", ""), actor.get("id") or "", *actor.get("names", ()))
    ]
    who = gold["perpetrator"]
    if who is not None or not gold.get("perpetrator_hint"):
        coded = names[0] if names else None
        yield Check("perpetrator", who, coded, bool(who) and is_same_actor(who, names))
    status = event.get("claim_status")
    accepted = {_status(gold["claim"]), _status(gold.get("claim_alt"))}
    wanted = None if gold["claim"] == "not_mentioned" else _status(gold["claim"])
    stated = None if status in {None, "not_mentioned"} else status
    yield Check("claim_status", wanted, stated, status in accepted)
    claimed, attributed = event.get("claimed_by") or [], event.get("attributed_by") or []
    if gold["claimed_by"]:
        right = is_same_actor(gold["claimed_by"], claimed) or is_same_actor(who or "", claimed)
        yield Check("claimed_by", gold["claimed_by"], (claimed or [None])[0], right)
    if gold["attributed_by"]:
        right = any(is_same_actor(one, attributed) for one in gold["attributed_by"].split(";"))
        yield Check("attributed_by", gold["attributed_by"], (attributed or [None])[0], right)


def is_same_actor(gold: str, names: Sequence[str]) -> bool:
    """Whether one of the names means the gold actor.

    Equal after folding, one's telling words all among the other's, or spelt alike (ratio 0.8).
    """
    wanted = _plain(gold)
    for name in map(_plain, names):
        if not wanted or not name:
            continue
        left, right = _telling_words(wanted), _telling_words(name)
        alike = SequenceMatcher(None, wanted, name).ratio() >= SAME_NAME
        if wanted == name or left <= right or right <= left or alike:
            return True
    return False


def distance_km(one: Row, other: Row) -> float | None:
    """Great-circle distance of two rows with lat and lon; None where one has no point."""
    if one.get("lat") is None or other.get("lat") is None:
        return None
    north, south = math.radians(one["lat"]), math.radians(other["lat"])
    east = math.radians(other["lon"] - one["lon"])
    half = math.sin((south - north) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(math.sqrt(half))


def _near(one: Row, other: Row, limit: float) -> bool:
    distance = distance_km(one, other)
    return distance is not None and distance <= limit


def align(gold: Sequence[Row], events: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Pair gold incidents with events one to one, so that the pairs fit best in all.

    All pairings of up to seven events are tried; where they would be too many, in order.
    """
    events = events[:ALIGNED_EVENTS]
    slots: list[int | None] = [*range(len(events)), *[None] * len(gold)]
    if len(slots) > ALIGNED_SLOTS:
        return list(zip(gold, events, strict=False))
    best: tuple[float, list[tuple[Row, Row]]] = (-1.0, [])
    for chosen in permutations(slots, len(gold)):
        pairs = [(g, events[i]) for g, i in zip(gold, chosen, strict=True) if i is not None]
        total = sum(0.01 + _fit(g, e) for g, e in pairs)
        if total > best[0]:
            best = (total, pairs)
    return best[1]


def _fit(gold: Row, event: Row) -> float:
    date, place = event.get("date") or {}, event.get("place") or {}
    fit = float(gold["type"] in _gold_types(event.get("acled")))
    fit += bool(gold["date"] and str(date.get("earliest", "")).startswith(gold["date"][:10]))
    fit += _near(gold, place, ALIGNED_KM)
    for name in ("killed", "injured", "munitions"):
        low = (event.get(name) or {}).get("low")
        fit += 0.5 * (gold[f"{name}_min"] is not None and low == gold[f"{name}_min"])
    return fit


def _ends(low: int | None, high: int | None) -> tuple[int | None, int | None] | None:
    return None if low is None and high is None else (low, high)


def _known(weapon: str | None) -> str | None:
    return None if weapon == "unknown" else weapon


def _status(gold: str | None) -> str | None:
    return "unclaimed" if gold == "no_claim_stated" else gold


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).lower()
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def _telling_words(name: str) -> set[str]:
    words = set(name.split())
    return words - _scheme()[0] or words


def _gold_types(acled: str | None) -> frozenset[str]:
    return _scheme()[1].get(acled or "", frozenset())


@cache
def _scheme() -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    form = tomllib.loads(Path(__file__).with_name("live.toml").read_text("utf-8"))
    types = {name: frozenset(types) for name, types in form["types"].items()}
    return frozenset(form["weak_words"]), types
