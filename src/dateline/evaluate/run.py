"""Coding and linking the reports of a gold set, in a store that is thrown away, to score them."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dateline.codebook import Codebook
from dateline.coder import Coder
from dateline.errors import SourceError
from dateline.evaluate.live import Scores, read_gold, score
from dateline.incidents import report_record
from dateline.link import link
from dateline.model import Report
from dateline.sources import read
from dateline.store import open_store

NEVER = "1970-01-01T00:00:00+00:00"


def evaluate_folder(folder: Path, coder: Coder, codebook: Codebook, origin: str) -> Scores:
    """Code `reports.jsonl` of a folder, link the events and score both with its `gold.jsonl`.

    Raises ConfigError without a gold set and SourceError for a report that cannot be read, since
    a score over fewer reports would mean something else. A report that fails misses everything.
    """
    gold = read_gold(folder)
    reports = []
    for found in read([str(folder / "reports.jsonl")], published=None, codebook=codebook):
        if not isinstance(found, Report):
            raise SourceError(f"{found.source}: {found.reason}")
        reports.append(found)
    coded: dict[str, list[Mapping[str, Any]]] = {}
    with (
        tempfile.TemporaryDirectory(prefix="dateline-") as home,
        open_store(Path(home) / "scored.db") as store,
    ):
        for coding in coder(reports):
            record = report_record(coding.report, coding.claims, codebook)
            coded[coding.report.id] = record["events"]
            store.add(coding.report, coding.claims, origin=origin, made=NEVER)
        link(store)
        clusters = store.memberships()
    texts = {report.id: report.text for report in reports}
    return score(gold, texts, coded, clusters)
