"""Scores of a coding run on a folder of news reports with the incidents people found in them.

The folder holds `reports.jsonl` and `gold.jsonl`. A gold line names a report (`id`), whether it is
`relevant`, and its `incidents`; only those marked `main` are wanted, the others are background.
"""

import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.errors import ConfigError
from dateline.evaluate.failures import Failures
from dateline.evaluate.fields import Check, Row, Score, align, check_cells

FIELDS = (
    "relevance", "incidents", "type", "date", "country", "place_25km", "weapon", "munitions",
    "target_type", "killed", "injured", "perpetrator", "claim_status", "claimed_by",
    "attributed_by",
)  # fmt: skip


@dataclass(slots=True)
class Scores:
    """One score a field, the quotes, how events were clustered, mistakes and failed inputs.

    `by_kind` are the mistakes counted.
    """

    fields: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in FIELDS})
    quotes: int = 0
    bad_quotes: int = 0
    linking: tuple[float, float, int] | None = None
    mistakes: list[str] = field(default_factory=list)
    by_kind: Failures = field(default_factory=Failures)
    failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def macro_f1(self) -> float:
        """The mean F1 of all fields, each counting the same."""
        return sum(score.f1 for score in self.fields.values()) / len(self.fields)

    def lines(self) -> Iterator[str]:
        """The table, a field a line, the headline last."""
        for name, score in self.fields.items():
            yield f"{name:14} {score}"
        yield f"{'quotes':14} {self.quotes} quotes, {self.bad_quotes} not in the text"
        tail = ""
        if self.linking:
            precision, recall, size = self.linking
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            yield f"{'linking B3':14} P {precision:.3f} R {recall:.3f} F1 {f1:.3f} (n {size})"
            tail = f" linking_b3 {f1:.3f}"
        yield f"macro_f1 {self.macro_f1:.3f}{tail} bad_quotes {self.bad_quotes}"


TERMS = ("type", "weapon", "target_type", "claim_status")
NEEDED = (
    "incident", "type", "date", "date_precision", "place", "country", "weapon", "target_type",
    "perpetrator", "claim", "claimed_by", "attributed_by",
)  # fmt: skip
"""What every main incident of a gold set states, be it null."""


def read_gold(folder: Path) -> dict[str, Row]:
    """Read `gold.jsonl` of a folder, by report id.

    Raises ConfigError if it is not there, or if a main incident lacks what is compared.
    """
    path = folder / "gold.jsonl"
    try:
        lines = path.read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        gold = {row["id"]: row for row in rows}
        missing = [
            f"{report}: an incident lacks {name!r}"
            for report, row in gold.items()
            for incident in row["incidents"]
            for name in NEEDED
            if incident["main"] and name not in incident
        ]
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: no gold set to read there: {error}") from error
    if missing:
        raise ConfigError(f"{path}: {missing[0]}; see docs/how-to/evaluate.md")
    return gold


def score(
    gold: Mapping[str, Row],
    texts: Mapping[str, str],
    coded: Mapping[str, Sequence[Row]],
    clusters: Mapping[str, str] | None = None,
) -> Scores:
    """Compare the events of each report with the gold incidents.

    `texts` are the reports' texts as the gold set's makers read them, `coded` the interchange
    events by report id, and `clusters` the incident id of each event, to score linking as well. A
    report that was not coded misses everything.
    """
    scores = Scores()
    aligned: dict[tuple[str, str], str] = {}
    for report, row in gold.items():
        events = coded.get(report, ())
        _count_quotes(scores, texts.get(report, ""), events)
        reported = [
            event
            for event in events
            if event.get("kind", "incident") == "incident" and event.get("reported", True)
        ]
        _score_relevance(scores, report, row, found=len(reported))
        mains = [incident for incident in row["incidents"] if incident["main"]]
        pairs = align(mains, reported)
        incidents = scores.fields["incidents"]
        incidents.right += len(pairs)
        incidents.missed += len(mains) - len(pairs)
        if not row.get("ambiguous"):
            incidents.wrong += max(0, len(reported) - len(pairs))
        _score_cells(scores, report, mains, pairs)
        aligned |= {(report, event["event"]): main["incident"] for main, event in pairs}
    if clusters is not None:
        scores.linking = _score_linking(gold, aligned, clusters)
    return scores


def _count_quotes(scores: Scores, text: str, events: Sequence[Row]) -> None:
    for event in events:
        for claim in event.get("claims", ()):
            scores.quotes += 1
            scores.bad_quotes += text[claim["start"] : claim["end"]] != claim["quote"]


def _score_relevance(scores: Scores, report: str, row: Row, *, found: int) -> None:
    if row.get("ambiguous"):
        return
    gold, coded = row["relevant"] or None, bool(found) or None
    if not scores.fields["relevance"].add(Check("relevance", gold, coded, gold == coded)):
        wanted = bool(row["relevant"])
        scores.mistakes.append(f"! relevance {report} gold {wanted} predicted {found}")


def _score_cells(
    scores: Scores, report: str, mains: Sequence[Row], pairs: Sequence[tuple[Row, Row]]
) -> None:
    """Score the cells of the aligned incidents; a missed incident misses all its cells."""
    found = {id(main) for main, _ in pairs}
    missed: list[tuple[Row, Row]] = [(main, {}) for main in mains if id(main) not in found]
    for main, event in [*pairs, *missed]:
        for check in check_cells(main, event):
            if not scores.fields[check.field].add(check):
                told = f"gold {check.gold!r} predicted {check.coded!r}"
                scores.mistakes.append(f"! {check.field} {report} {told}")
                scores.by_kind.add(
                    check.field,
                    check.gold,
                    check.coded,
                    found=bool(event),
                    is_term=check.field in TERMS,
                )


def _score_linking(
    gold: Mapping[str, Row], aligned: Mapping[tuple[str, str], str], clusters: Mapping[str, str]
) -> tuple[float, float, int]:
    """B-cubed precision, recall and size over (report, main incident) mentions.

    A mention the coding missed is a cluster of its own. Bagga and Baldwin (1998).
    """
    wanted: dict[tuple[str, str], str] = dict(aligned)
    made: dict[tuple[str, str], Hashable] = {
        (report, event): clusters.get(event, (report, event)) for report, event in aligned
    }
    for report, row in gold.items():
        got = {incident for (where, _), incident in aligned.items() if where == report}
        for main in row["incidents"]:
            if main["main"] and main["incident"] not in got:
                wanted[report, main["incident"]] = main["incident"]
                made[report, main["incident"]] = (report, main["incident"])
    members = list(wanted)
    size = max(1, len(members))
    by_gold, by_coding = _groups(members, wanted.__getitem__), _groups(members, made.__getitem__)
    precision = recall = 0.0
    for member in members:
        right, cluster = by_gold[wanted[member]], by_coding[made[member]]
        shared = len(right & cluster)
        precision += shared / len(cluster)
        recall += shared / len(right)
    return precision / size, recall / size, len(members)


def _groups(
    members: Sequence[tuple[str, str]], key: Callable[[tuple[str, str]], Any]
) -> dict[Any, set[tuple[str, str]]]:
    groups: dict[Any, set[tuple[str, str]]] = {}
    for member in members:
        groups.setdefault(key(member), set()).add(member)
    return groups
