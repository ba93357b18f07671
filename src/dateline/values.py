"""The values a claim can carry: one small frozen type per kind, with an exact JSON form.

`None` in place of a value means *not resolved yet*; `Unknown` means *tried and abstained*.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal, get_args

CountBasis = Literal["exact", "at_least", "at_most", "about", "vague", "none"]
DatePrecision = Literal["day", "week", "month", "year", "range", "unknown"]
DateBasis = Literal["stated", "publication", "event", "unknown"]
PlaceLevel = Literal[
    "site", "town", "near", "district", "province", "area", "country", "sea", "unknown"
]


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a codebook list, such as `Term("event_type", "rocket_attack")`."""

    kind: ClassVar[str] = "term"
    scheme: str
    id: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: `id` is the registry's, or None when only the name is known."""

    kind: ClassVar[str] = "actor"
    id: str | None
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place, never finer than `level`; coordinates are WGS84 decimal degrees.

    `country` is ISO 3166-1 alpha-2. `latitude` and `longitude` of a level coarser than `near` are
    those of a representative point and must not be shown as exact.
    """

    kind: ClassVar[str] = "place"
    id: str | None
    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    level: PlaceLevel
    reason: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A closed interval of days, with a local time of day ("14:45") where one is stated.

    `basis` says what the interval hangs on: the words alone (`stated`), the publication date, or
    another event of the report. Both ends are None only when `precision` is "unknown".
    """

    kind: ClassVar[str] = "when"
    earliest: dt.date | None
    latest: dt.date | None
    precision: DatePrecision
    basis: DateBasis
    time: str | None = None
    zone: str | None = None

    def __post_init__(self) -> None:
        """Refuse an interval that runs backwards."""
        if self.earliest and self.latest and self.earliest > self.latest:
            message = f"interval runs backwards: {self.earliest} to {self.latest}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of `of` (people, rockets, US dollars); an open end is None."""

    kind: ClassVar[str] = "count"
    low: int | None
    high: int | None
    basis: CountBasis
    of: str | None = None

    def __post_init__(self) -> None:
        """Refuse a range that runs backwards."""
        if self.low is not None and self.high is not None and self.low > self.high:
            message = f"range runs backwards: {self.low} to {self.high}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Text:
    """Words kept as they stand, for roles that no list can hold (a target, a date's words)."""

    kind: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Tried and abstained; `reason` says why in words a reader understands."""

    kind: ClassVar[str] = "unknown"
    reason: str


Value = Term | Actor | Place | When | Count | Text | Unknown
_KINDS: dict[str, Any] = {kind.kind: kind for kind in get_args(Value)}


def value_to_json(value: Value | None) -> dict[str, Any] | None:
    """Give the JSON form of a value: its fields and `kind`; dates are ISO 8601 strings."""
    if value is None:
        return None
    form: dict[str, Any] = {"kind": value.kind}
    for field in fields(value):
        item = getattr(value, field.name)
        form[field.name] = item.isoformat() if isinstance(item, dt.date) else item
    return form


def value_from_json(form: Mapping[str, Any] | None) -> Value | None:
    """Read back what `value_to_json` wrote; raises ValueError on an unknown kind."""
    if form is None:
        return None
    items = dict(form)
    kind = _KINDS.get(items.pop("kind", ""))
    if kind is None:
        message = f"no value kind {form.get('kind')!r}; known: {', '.join(_KINDS)}"
        raise ValueError(message)
    for name in ("earliest", "latest"):
        if kind is When and items.get(name):
            items[name] = dt.date.fromisoformat(items[name])
    value: Value = kind(**items)
    return value
