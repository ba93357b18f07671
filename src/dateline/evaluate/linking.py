"""Scores of linking alone: which reports of a labelled set are put into one incident.

The folder holds `reports.jsonl.gz` (id, incident, title, published, text) and `incidents.jsonl.gz`
(incident_id, date, state, city_or_county), one report telling one incident. A title that the text
does not begin with is put above it, as a feed's is when it is read.
"""

import datetime as dt
import gzip
import json
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dateline.codebook import Codebook
from dateline.coder import BATCH, Coder
from dateline.errors import ConfigError
from dateline.evaluate.copies import score_made_up
from dateline.link.cluster import cluster
from dateline.link.pairs import weigh
from dateline.link.view import EventView, views_of
from dateline.link.weights import load_weights
from dateline.model import Report, make_report
from dateline.values import Place

Row = Mapping[str, Any]
Views = dict[str, list[EventView]]


@dataclass(frozen=True, slots=True)
class LinkScore:
    """B-cubed and pairwise precision and recall of a clustering, and the number of reports."""

    precision: float
    recall: float
    pair_precision: float
    pair_recall: float
    size: int

    def __str__(self) -> str:
        """The scores in one line."""
        f1 = 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)
        pairs = f"pairs P {self.pair_precision:.3f} R {self.pair_recall:.3f}"
        bcubed = f"B3 P {self.precision:.3f} R {self.recall:.3f} F1 {f1:.3f}"
        return f"{bcubed} · {pairs} (n {self.size})"


def score_clusters(gold: Mapping[str, Hashable], made: Mapping[str, Hashable]) -> LinkScore:
    """Compare two clusterings of the same reports. B-cubed as of Bagga and Baldwin (1998)."""
    wanted, found = Counter(gold.values()), Counter(made[name] for name in gold)
    both = Counter((gold[name], made[name]) for name in gold)
    size = max(1, len(gold))
    precision = sum(n * n / found[cell] for (_, cell), n in both.items()) / size
    recall = sum(n * n / wanted[row] for (row, _), n in both.items()) / size
    right, said, true = (sum(n * (n - 1) // 2 for n in c.values()) for c in (both, found, wanted))
    return LinkScore(precision, recall, right / max(1, said), right / max(1, true), len(gold))


def evaluate_linking(folder: Path, coder: Coder, codebook: Codebook) -> Iterator[str]:
    """Score linking from our own coding of the texts, with day and town given, and copies.

    Raises ConfigError if the folder does not hold such a set.
    """
    rows = _read(folder / "reports.jsonl.gz")
    truth = {row["incident_id"]: row for row in _read(folder / "incidents.jsonl.gz")}
    gold: dict[str, Hashable] = {row["id"]: row["incident"] for row in rows}
    views = _coded(rows, coder, codebook)
    yield f"{'own coding':22} {score_clusters(gold, _clusters(views))}"
    told = {row["id"]: [_given(row, truth[row["incident"]], views[row["id"]])] for row in rows}
    yield f"{'day and town given':22} {score_clusters(gold, _clusters(told))}"
    yield f"{'copies, made up':22} {score_made_up(codebook)}"


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file}: no labelled reports to read there: {error}") from error


def reports_of(rows: Iterable[Row]) -> list[Report]:
    """Give the reports of such a set, each with its title above its text."""
    return [
        make_report(_titled(row), id=row["id"], title=row["title"], published=row["published"])
        for row in rows
    ]


def _titled(row: Row) -> str:
    title, text = (row["title"] or "").strip(), str(row["text"])
    return text if not title or text.lstrip().startswith(title) else f"{title}\n\n{text}"


def _coded(rows: Sequence[Row], coder: Coder, codebook: Codebook) -> Views:
    reports = reports_of(rows)
    codings = (
        coding
        for start in range(0, len(reports), BATCH)
        for coding in coder(reports[start : start + BATCH])
    )
    return {c.report.id: views_of(c.report, c.claims, codebook) for c in codings}


def _given(row: Row, truth: Row, views: Sequence[EventView]) -> EventView:
    """Give the first event of a report with the day and town of the incident put in."""
    named = row["id"]
    first = next((v for v in views if v.is_news), None) or EventView(
        f"e {named}", named, row["published"] or "", 0, is_lead=True, types=("shooting",)
    )
    day = dt.datetime.strptime(truth["date"], "%B %d, %Y").replace(tzinfo=dt.UTC).date()
    town, state = truth["city_or_county"], truth["state"]
    place = Place(f"{town}, {state}", town, "US", state, None, None, "town")
    return replace(first, earliest=day, latest=day, place=place)


def _clusters(views: Views) -> dict[str, Hashable]:
    """Give the incident of each report: of all it tells, the one that most reports tell.

    What it tells as background counts, too: news of an arrest or a trial is on an earlier attack.
    """
    weights = load_weights()
    flat = {view.id: view for found in views.values() for view in found}
    pairs = weigh(flat.values(), weights)
    groups = cluster(flat, pairs, weights)
    where = {event: number for number, events in enumerate(groups) for event in events}
    found: dict[str, Hashable] = {}
    for report, told in views.items():
        numbers = [where[view.id] for view in told]
        found[report] = max(numbers, key=lambda n: len(groups[n])) if numbers else report
    return found
