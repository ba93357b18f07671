"""An incident as one flat row: our own columns, and the names ACLED users know beside them.

Precision codes after the ACLED codebook: time 1 day, 2 week, 3 month; place 1 town or site,
2 near or part of a district, 3 coarser.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from dateline.codebook import FOLDER, read_toml

TIME_PRECISION = {"day": 1, "week": 2, "month": 3}
PLACE_PRECISION = {"site": 1, "town": 1, "near": 2, "district": 2}
COARSE_PLACE = 3
POINT_LEVELS = {"site", "town", "near"}
NO_POINT = "the point of a place known only as a wider area"
COUNTS = ("munitions", "killed", "injured", "captured", "missing")
COUNT_PARTS = ("low", "best", "high", "basis", "rule")
PEOPLE = ("claimed_by", "attributed_by", "denied_by")
PLAIN = ("target", "target_type", "weapon", "damage")

Row = dict[str, Any]


def flat_row(incident: Mapping[str, Any]) -> Row:
    """Give the cells of an incident by column name; a cell that is not known is None.

    Lists are joined with "; ". The same columns in the same order for every incident.
    """
    return _acled_like(incident) | _what_and_where(incident) | _who_and_how_many(incident)


def point_of(incident: Mapping[str, Any]) -> list[float] | None:
    """Give longitude and latitude of a site or town; None for wider places: a centre misleads."""
    place = incident.get("place") or {}
    if place.get("level") not in POINT_LEVELS or place.get("lat") is None:
        return None
    return [place["lon"], place["lat"]]


def _acled_like(incident: Mapping[str, Any]) -> Row:
    date, place = incident.get("date") or {}, incident.get("place") or {}
    sub_event, level = incident.get("acled"), place.get("level")
    day, country = date.get("earliest"), _countries().get(place.get("country") or "", {})
    killed = incident.get("killed") or {}
    longitude, latitude = point_of(incident) or (None, None)
    blamed = [a for a in incident.get("perpetrators") or () if a.get("stance") != "denied"]
    return {
        "event_id_cnty": incident["incident"],
        "event_date": day,
        "year": int(day[:4]) if day else None,
        "time_precision": TIME_PRECISION.get(date.get("precision", "")),
        "event_type": _event_types().get(sub_event or ""),
        "sub_event_type": sub_event,
        "actor1": _joined(actor["name"] for actor in blamed),
        "actor2": _joined(actor["name"] for actor in incident.get("target_actor") or ()),
        "iso": country.get("numeric") or None,
        "country": country.get("name"),
        "admin1": place.get("admin1"),
        "location": place.get("name"),
        "latitude": latitude,
        "longitude": longitude,
        "geo_precision": PLACE_PRECISION.get(level, COARSE_PLACE) if level else None,
        "source": _joined(incident.get("publishers") or ()),
        "fatalities": killed.get("low"),
    }


def _what_and_where(incident: Mapping[str, Any]) -> Row:
    date, place = incident.get("date") or {}, incident.get("place") or {}
    return {
        "incident": incident["incident"],
        "aliases": _joined(incident.get("aliases") or ()),
        "reported": incident.get("reported"),
        "type": incident.get("type"),
        "plover": incident.get("plover"),
        "date_earliest": date.get("earliest"),
        "date_latest": date.get("latest"),
        "date_precision": date.get("precision"),
        "time": date.get("time"),
        "place_id": place.get("id"),
        "place": place.get("name"),
        "place_level": place.get("level"),
        "country_code": place.get("country"),
        **{name: incident.get(name) for name in PLAIN},
    }


def _who_and_how_many(incident: Mapping[str, Any]) -> Row:
    row: Row = {}
    for name in COUNTS:
        count = incident.get(name) or {}
        row |= {f"{name}_{part}": count.get(part) for part in COUNT_PARTS}
    actors = incident.get("perpetrators") or ()
    return row | {
        "perpetrators": _joined(actor["name"] for actor in actors),
        "perpetrator_ids": _joined(actor.get("id") or "" for actor in actors),
        "perpetrator_stances": _joined(actor.get("stance") or "" for actor in actors),
        "claim_status": incident.get("claim_status"),
        **{name: _joined(incident.get(name) or ()) for name in PEOPLE},
        "independent_sources": incident.get("independent_sources"),
        "grade": incident.get("grade"),
        "grade_reason": incident.get("grade_reason"),
        "events": _joined(incident.get("events") or ()),
        "reports": _joined(incident.get("reports") or ()),
        "as_of": incident.get("as_of"),
    }


def lost_in(incident: Mapping[str, Any]) -> list[str]:
    """Name the parts that an incident has and a flat row has no place for."""
    lost = [NO_POINT] if incident.get("place") and point_of(incident) is None else []
    return lost + [part for part in ("ledger", "responsibility") if incident.get(part)]


def _joined(parts: Iterable[str]) -> str | None:
    return "; ".join(parts) or None


@cache
def _countries() -> dict[str, dict[str, Any]]:
    return read_toml(FOLDER, "countries.toml")


@cache
def _event_types() -> dict[str, str]:
    codes: dict[str, str] = read_toml(FOLDER, "schemes.toml")["acled"]["codes"]
    return codes
