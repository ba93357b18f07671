"""Distances and containment between places; angles in degrees (WGS84), lengths in kilometres."""

import math

from dateline.resolve.gazetteer import Candidate

EARTH_KM = 6371.0
DEGREE_KM = 111.0
SITE_REACH_KM = 45
SUBURB_REACH_KM = 60
DISTRICT_REACH_KM = 60
AREA_REACH_KM = 450
AREAS = ("area", "sea")


def distance_km(left: tuple[float, float], right: tuple[float, float]) -> float:
    """Great-circle distance between two points (latitude, longitude), by the haversine formula."""
    a, b, c, d = map(math.radians, (*left, *right))
    part = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(part, 1.0)))


def within(left: Candidate, right: Candidate, reach: float) -> bool:
    """Whether two places lie less than so many kilometres apart."""
    # Most pairs are far apart in latitude alone, which is cheap to see.
    if abs(left.latitude - right.latitude) * DEGREE_KM > reach:
        return False
    return distance_km(point_of(left), point_of(right)) < reach


def point_at(start: tuple[float, float], bearing: float, distance: float) -> tuple[float, float]:
    """The point reached from a start on a bearing (clockwise from north) after a distance."""
    latitude, longitude, course = map(math.radians, (*start, bearing))
    arc = distance / EARTH_KM
    north = math.asin(
        math.sin(latitude) * math.cos(arc) + math.cos(latitude) * math.sin(arc) * math.cos(course)
    )
    east = longitude + math.atan2(
        math.sin(course) * math.sin(arc) * math.cos(latitude),
        math.cos(arc) - math.sin(latitude) * math.sin(north),
    )
    return math.degrees(north), (math.degrees(east) + 540) % 360 - 180


def point_of(place: Candidate) -> tuple[float, float]:
    """Latitude and longitude of a candidate."""
    return place.latitude, place.longitude


def contains(outer: Candidate, inner: Candidate) -> bool:  # noqa: PLR0911  (a table of cases)
    """Whether one place of the gazetteer lies in, or beside and under, another.

    Divisions are compared by code. A town contains the sites around it and smaller towns close by,
    which is how reports give a suburb or a village; an area contains what is within its reach.
    """
    if outer.id == inner.id:
        return False
    same = outer.country == inner.country
    if outer.kind == "country":
        return same and inner.kind != "country"
    if outer.kind == "admin1":
        return same and outer.admin1 == inner.admin1 and inner.kind not in ("admin1", "country")
    if outer.kind == "admin2":
        if inner.admin2 or inner.kind in ("admin1", "country"):
            return same and outer.admin1 == inner.admin1 and outer.admin2 == inner.admin2
        return same and outer.admin1 == inner.admin1 and within(outer, inner, DISTRICT_REACH_KM)
    if outer.kind in AREAS:
        fitting = (same or not outer.country) and inner.kind != "country"
        return fitting and within(outer, inner, AREA_REACH_KM)
    if inner.kind in ("country", "admin1", "admin2", *AREAS):
        return False
    if not same or outer.kind != "town":
        return False
    if inner.kind == "town":
        return outer.population > inner.population and within(outer, inner, SUBURB_REACH_KM)
    return within(outer, inner, SITE_REACH_KM)
