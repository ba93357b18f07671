"""Which events lie too far apart in days or place to be one incident, told fast.

Most events that meet under a name that many reports hold do; seeing that needs no weights.
"""

import math
from dataclasses import dataclass

from dateline.link.view import EARTH_KM, EventView
from dateline.link.words import MANY_WORDS, Sketch, likeness

SPREAD_DAYS = 1
SPREAD_KM = 300.0
MANY_NAMES = 2
_NEWS_DAYS = 2  # news is told within
_CHORD = (2 * math.sin(SPREAD_KM / EARTH_KM / 2)) ** 2  # of a unit sphere, squared
Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Reach:
    """The days of an event as numbers and its place as a point of the unit sphere, where told.

    `names` and `words` are those of its report; `is_fresh` tells news of the days just before its
    publication.
    """

    days: tuple[int, int] | None
    point: Point | None
    names: tuple[int, ...] = ()
    words: Sketch = frozenset()
    is_fresh: bool = False

    def is_beyond(self, other: "Reach") -> bool:
        """Tell whether two events lie further apart than one incident can spread.

        Where two reports tell one story a far place was more likely mistaken for another of its
        name, and the day of an arrest or a trial for that of the deed: one of the two is then news
        of its own day and the other is not. Two that are news of two days tell two incidents,
        however like they are.
        """
        late, far = self._is_days_off(other), self._is_far(other)
        if late and self.is_fresh == other.is_fresh:
            return True
        return (late or far) and not self._tells_the_story_of(other)

    def _tells_the_story_of(self, other: "Reach") -> bool:
        if len(set(self.names).intersection(other.names)) >= MANY_NAMES:
            return True
        return likeness(self.words, other.words) > MANY_WORDS

    def _is_days_off(self, other: "Reach") -> bool:
        if self.days is None or other.days is None:
            return False
        (first, last), (start, end) = self.days, other.days
        return first - end > SPREAD_DAYS or start - last > SPREAD_DAYS

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
    names, words, fresh = view.names, view.words, is_fresh(view)
    place = view.place
    if not view.is_pinned or place is None or place.latitude is None or place.longitude is None:
        return Reach(days, None, names, words, fresh)
    north, east = math.radians(place.latitude), math.radians(place.longitude)
    level = math.cos(north)
    point = level * math.cos(east), level * math.sin(east), math.sin(north)
    return Reach(days, point, names, words, fresh)


def is_fresh(view: EventView) -> bool:
    """Tell news of the days just before its publication."""
    published = view.published_day
    if not view.is_news or published is None or view.latest is None:
        return False
    return (published - view.latest).days <= _NEWS_DAYS
