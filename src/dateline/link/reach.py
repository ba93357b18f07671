"""Which events lie too far apart in days or place to be one incident, told fast.

Most events that meet under a name that many reports hold do; seeing that needs no weights.
"""

import math
from dataclasses import dataclass

from dateline.link.view import EARTH_KM, EventView

SPREAD_DAYS = 1
SPREAD_KM = 300.0
MANY_NAMES = 2
_CHORD = (2 * math.sin(SPREAD_KM / EARTH_KM / 2)) ** 2  # of a unit sphere, squared
Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Reach:
    """The days of an event as numbers and its place as a point of the unit sphere, where told.

    `names` are those of its report.
    """

    days: tuple[int, int] | None
    point: Point | None
    names: frozenset[int]

    def is_beyond(self, other: "Reach") -> bool:
        """Tell whether two events lie further apart than one incident can spread.

        Where reports share two names a far place was more likely mistaken for another of its name.
        """
        if self.days and other.days:
            (first, last), (start, end) = self.days, other.days
            if first - end > SPREAD_DAYS or start - last > SPREAD_DAYS:
                return True
        return self._is_far(other) and len(self.names & other.names) < MANY_NAMES

    def _is_far(self, other: "Reach") -> bool:
        if self.point is None or other.point is None:
            return False
        (x, y, z), (u, v, w) = self.point, other.point
        return (x - u) ** 2 + (y - v) ** 2 + (z - w) ** 2 > _CHORD


def reach_of(view: EventView) -> Reach:
    """Give the reach of an event; a place counts only where it is a site or a town."""
    days = None
    if view.earliest and view.latest:
        days = view.earliest.toordinal(), view.latest.toordinal()
    place, names = view.place, frozenset(view.names)
    if not view.is_pinned or place is None or place.latitude is None or place.longitude is None:
        return Reach(days, None, names)
    north, east = math.radians(place.latitude), math.radians(place.longitude)
    level = math.cos(north)
    point = level * math.cos(east), level * math.sin(east), math.sin(north)
    return Reach(days, point, names)
