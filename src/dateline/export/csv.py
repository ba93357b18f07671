"""CSV: one row an incident, and one row a claim in a second file beside it.

UTF-8, comma, RFC 4180 quoting. Text that a spreadsheet would run as a formula gets a leading
apostrophe, after OWASP's advice on CSV injection; numbers stay numbers.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dateline.export import LossReport, Record
from dateline.export.files import open_whole
from dateline.export.flat import flat_row, lost_in
from dateline.export.wording import speaker_names, value_words

CLAIM_COLUMNS = (
    "incident", "event", "report", "claim", "role", "value", "quote", "start", "end", "stance",
    "speakers", "score", "origin",
)  # fmt: skip
FULL_WIDTH = (0xFF1D, 0xFF0B, 0xFF0D, 0xFF20)  # the same four marks, as East Asian text sets them
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", *map(chr, FULL_WIDTH))


def export(incidents: Iterable[Record], out: Path) -> LossReport:
    """Write incidents to `out` and their claims to the file beside it, `claims_path(out)`."""
    rows, dropped = 0, Counter[str]()
    with open_whole(out) as wide, open_whole(claims_path(out)) as long:
        table = csv.DictWriter(wide, list(flat_row({"incident": ""})), lineterminator="\r\n")
        claims = csv.DictWriter(long, CLAIM_COLUMNS, lineterminator="\r\n")
        table.writeheader()
        claims.writeheader()
        for incident in incidents:
            table.writerow(_cells(flat_row(incident)))
            for claim in incident.get("claims") or ():
                claims.writerow(_cells(claim_row(incident, claim)))
            dropped.update(lost_in(incident))
            rows += 1
    return LossReport(rows, dropped=+dropped)


def claims_path(out: Path) -> Path:
    """Give where the claims of a CSV file stand: `incidents.csv.claims.csv`."""
    return out.with_name(f"{out.name}.claims.csv")


def claim_row(incident: Record, claim: Mapping[str, Any]) -> dict[str, Any]:
    """Give the cells of one claim."""
    return {name: claim.get(name) for name in CLAIM_COLUMNS} | {
        "incident": incident["incident"],
        "claim": claim["id"],
        "value": value_words(claim.get("value")),
        "speakers": "; ".join(speaker_names(claim)) or None,
    }


def _cells(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: safe_cell(item) if isinstance(item, str) else item for name, item in row.items()}


def safe_cell(text: str) -> str:
    """Give text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
