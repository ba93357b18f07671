"""What linking looks at in an event: its best type, days, place, weapon and munitions."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.best import (
    believed,
    best_count,
    best_place,
    best_term,
    best_when,
    context_of,
    fineness,
    kind_of,
    prevailing,
)
from dateline.codebook import Codebook
from dateline.model import Claim, Report
from dateline.values import Place

_LINKED_CONTEXTS = {"reported", "background"}
_SHARP_LEVELS = {"site", "town"}
_SHARP_DAYS = 2  # a night has two days
_KM = 6371.0


@dataclass(frozen=True, slots=True)
class EventView:
    """One event as linking sees it; what the report does not tell is None or empty.

    `types` is the type with its ancestors, `munitions` a range, `minute` the local minute of the
    day. `published` is the publication date as stated, empty if unknown.
    """

    id: str
    report: str
    published: str
    start: int
    types: tuple[str, ...] = ()
    sub_event: str | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    minute: int | None = None
    zone: str | None = None
    place: Place | None = None
    weapon: str | None = None
    munitions: tuple[int, int | None] | None = None

    @property
    def days(self) -> int:
        """The length of the interval of days; 0 if an end is not known."""
        return (self.latest - self.earliest).days + 1 if self.earliest and self.latest else 0

    @property
    def is_sharp(self) -> bool:
        """Whether both day and place are fine enough to tell two incidents apart."""
        return 0 < self.days <= _SHARP_DAYS and self.is_pinned

    @property
    def is_pinned(self) -> bool:
        """Whether the place is a site or a town with coordinates."""
        place = self.place
        return place is not None and place.level in _SHARP_LEVELS and place.latitude is not None

    @property
    def order(self) -> tuple[bool, str, str, int, str]:
        """The sort key: by publication (undated last), report, place in the text, id."""
        return not self.published, self.published, self.report, self.start, self.id

    @property
    def told(self) -> tuple[object, ...]:
        """All that is compared: views that tell the same are equal here."""
        place = self.place
        where = place and (place.id or place.name, place.latitude, place.longitude, place.level)
        when = self.earliest, self.latest, self.minute, self.zone
        return self.types, when, where, self.weapon, self.munitions


def view_of(report: Report, claims: Sequence[Claim], codebook: Codebook) -> EventView | None:
    """Give the view of an event, or None for what is no incident: other kinds, plans, threats."""
    if kind_of(claims) != "incident" or context_of(claims) not in _LINKED_CONTEXTS:
        return None
    ordered = sorted(claims, key=lambda c: (c.span.start, c.span.end, c.id))
    roles: dict[str, list[Claim]] = {}
    for claim in ordered:
        roles.setdefault(claim.role, []).append(claim)
    anchors = prevailing(roles.get("type", ordered))
    kind = best_term(anchors, codebook, "event_types")
    when = best_when(believed(roles.get("date", [])))
    weapon = best_term(believed(roles.get("weapon", [])), codebook, "weapons")
    munitions = best_count(believed(roles.get("munitions", [])))
    return EventView(
        id=ordered[0].event,
        report=report.id,
        published=report.published or "",
        start=anchors[0].span.start,
        types=tuple(codebook.ancestors("event_types", kind)) if kind else (),
        sub_event=codebook.crosswalk("event_types", kind, "acled") if kind else None,
        earliest=when.earliest if when else None,
        latest=when.latest if when else None,
        minute=_minute(when.time) if when and when.time else None,
        zone=when.zone if when else None,
        place=best_place(believed(roles.get("place", []))),
        weapon=_family(weapon, codebook),
        munitions=_range(munitions.count.low, munitions.count.high) if munitions else None,
    )


def _minute(time: str) -> int | None:
    hours, _, minutes = time.partition(":")
    return int(hours) * 60 + int(minutes[:2] or 0) if hours.isdecimal() else None


def _family(weapon: str | None, codebook: Codebook) -> str | None:
    entry = codebook.lists["weapons"].get(weapon or "")
    family = entry.details.get("family", weapon) if entry else weapon
    return None if family in {None, "unknown"} else str(family)


def _range(low: int | None, high: int | None) -> tuple[int, int | None] | None:
    return None if low is None and high is None else (low or 0, high)


def kilometres(left: Place, right: Place) -> float | None:
    """Give the great-circle distance of two places; None where one has no coordinates."""
    if None in (left.latitude, left.longitude, right.latitude, right.longitude):
        return None
    a, b = math.radians(left.latitude or 0), math.radians(right.latitude or 0)
    turn = math.radians((right.longitude or 0) - (left.longitude or 0))
    part = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * _KM * math.asin(math.sqrt(min(1.0, part)))


def coarser(left: Place, right: Place) -> Place:
    """Give the place of the coarser level."""
    return left if fineness(left) >= fineness(right) else right
