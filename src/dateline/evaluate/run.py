"""Coding and linking the reports of a gold set, in a store that is thrown away, to score them."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dateline.codebook import Codebook
from dateline.coder import Coder
from dateline.evaluate.live import Scores, read_gold, score
from dateline.incidents import report_record
from dateline.link import link
from dateline.model import Report
from dateline.sources import read
from dateline.store import open_store

NEVER = "1970-01-01T00:00:00+00:00"


def evaluate_folder(folder: Path, coder: Coder, codebook: Codebook, origin: str) -> Scores:
    """Code `reports.jsonl` of a folder, link the events and score both with its `gold.jsonl`.

    Raises ConfigError without a gold set. A report that cannot be read or coded misses everything
    and stands in the `failures` of the scores.
    """
    gold = read_gold(folder)
    reports: list[Report] = []
    failures: list[tuple[str, str]] = []
    for found in read([str(folder / "reports.jsonl")], published=None, codebook=codebook):
        if isinstance(found, Report):
            reports.append(found)
        else:
            failures.append((found.source, found.reason))
    coded: dict[str, list[Mapping[str, Any]]] = {}
    with (
        tempfile.TemporaryDirectory(prefix="dateline-") as home,
        open_store(Path(home) / "scored.db") as store,
    ):
        for coding in coder(reports):
            if coding.status == "failed":
                failures.append((coding.report.id, coding.message))
                continue
            record = report_record(coding.report, coding.claims, codebook)
            coded[coding.report.id] = record["events"]
            store.add(coding.report, coding.claims, origin=origin, made=NEVER)
        link(store, codebook)
        clusters = store.memberships()
    texts = {report.id: report.text for report in reports}
    scores = score(gold, texts, coded, clusters)
    scores.failures = failures
    return scores
