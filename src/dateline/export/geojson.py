"""GeoJSON (RFC 7946): one feature an incident, longitude before latitude, WGS84.

Properties are flat, so that any map program can filter by them. A place known only as a district or
coarser has no point: its centre would read as the spot. `place_level` says what is known.
"""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from dateline.export import LossReport, Record
from dateline.export.files import open_whole
from dateline.export.flat import flat_row, lost_in, point_of


def export(incidents: Iterable[Record], out: Path) -> LossReport:
    """Write a FeatureCollection; claims, with their quotes, have no place in it and are counted."""
    rows, dropped = 0, Counter[str]()
    with open_whole(out) as stream:
        stream.write('{"type": "FeatureCollection", "features": [')
        for incident in incidents:
            point = point_of(incident)
            dropped.update(lost_in(incident))
            dropped["claims"] += bool(incident.get("claims"))
            feature = {
                "type": "Feature",
                "id": incident["incident"],
                "geometry": point and {"type": "Point", "coordinates": point},
                "properties": flat_row(incident),
            }
            stream.write(",\n" if rows else "\n")
            stream.write(json.dumps(feature, ensure_ascii=False))
            rows += 1
        stream.write("\n]}\n")
    return LossReport(rows, dropped=+dropped)
