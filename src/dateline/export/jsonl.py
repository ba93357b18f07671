"""JSON Lines: one interchange record a line, nothing left out."""

import json
from collections.abc import Iterable
from pathlib import Path

from dateline.export import LossReport, Record
from dateline.export.files import open_whole


def export(incidents: Iterable[Record], out: Path) -> LossReport:
    """Write every incident whole, with the claims of all its events."""
    rows = 0
    with open_whole(out) as stream:
        for incident in incidents:
            stream.write(json.dumps(incident, ensure_ascii=False) + "\n")
            rows += 1
    return LossReport(rows)
