"""Which events lie too far apart in days or place to be one incident, told fast.

Most events that meet under a name that many reports hold do; seeing that needs no weights.
"""

import math
from dataclasses import dataclass

from dateline.link.view import EARTH_KM, EventView

SPREAD_DAYS = 1
SPREAD_KM = 300.0
_CHORD = (2 * math.sin(SPREAD_KM / EARTH_KM / 2)) ** 2  # of a unit sphere, squared
Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Reach:
    """The days of an event as numbers and its place as a point of the unit sphere, where told."""

    days: tuple[int, int] | None
    point: Point | None

    def is_beyond(self, other: "Reach") -> bool:
        """Tell whether two events lie further apart than one incident can spread."""
        if self.days and other.days:
            (first, last), (start, end) = self.days, other.days
            if first - end > SPREAD_DAYS or start - last > SPREAD_DAYS:
                return True
        if self.point is None or other.point is None:
            return False
        (x, y, z), (u, v, w) = self.point, other.point
        return (x - u) ** 2 + (y - v) ** 2 + (z - w) ** 2 > _CHORD


def reach_of(view: EventView) -> Reach:
    """Give the reach of an event; a place counts only where it is a site or a town."""
    days = None
    if view.earliest and view.latest:
        days = view.earliest.toordinal(), view.latest.toordinal()
    place = view.place
    if not view.is_pinned or place is None or place.latitude is None or place.longitude is None:
        return Reach(days, None)
    north, east = math.radians(place.latitude), math.radians(place.longitude)
    level = math.cos(north)
    return Reach(days, (level * math.cos(east), level * math.sin(east), math.sin(north)))
