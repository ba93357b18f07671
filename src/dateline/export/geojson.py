"""GeoJSON (RFC 7946): one feature an incident, longitude before latitude, WGS84.

Properties are flat, so that any map program can filter by them. A place known only as a district or
coarser has no point: its centre would read as the spot. `place_level` says what is known.
"""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dateline.export import LossReport, Record
from dateline.export.files import open_whole
from dateline.export.flat import flat_row

EXACT_LEVELS = {"site", "town", "near"}


def export(incidents: Iterable[Record], out: Path) -> LossReport:
    """Write a FeatureCollection; claims, with their quotes, have no place in it and are counted."""
    rows, dropped = 0, Counter[str]()
    with open_whole(out) as stream:
        stream.write('{"type": "FeatureCollection", "features": [')
        for incident in incidents:
            geometry = point_of(incident)
            if geometry is None and incident.get("place"):
                dropped["geometry of a place without a point"] += 1
            dropped["claims"] += bool(incident.get("claims"))
            feature = {
                "type": "Feature",
                "id": incident["incident"],
                "geometry": geometry,
                "properties": flat_row(incident),
            }
            stream.write(",\n" if rows else "\n")
            stream.write(json.dumps(feature, ensure_ascii=False))
            rows += 1
        stream.write("\n]}\n")
    return LossReport(rows, dropped=+dropped)


def point_of(incident: Record) -> dict[str, Any] | None:
    """Give the point of an incident's place, or None where it is not known that finely."""
    place = incident.get("place") or {}
    if place.get("level") not in EXACT_LEVELS or place.get("lat") is None:
        return None
    return {"type": "Point", "coordinates": [place["lon"], place["lat"]]}
