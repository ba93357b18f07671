"""What the default extractor reaches on the labelled material of the project, and on its data."""

import hashlib
import inspect
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateline.cli.coding import add
from dateline.codebook import FOLDER, Codebook, load_codebook
from dateline.coder import Coder
from dateline.evaluate.fields import Check, Score
from dateline.evaluate.run import evaluate_folder
from dateline.incidents import report_record
from dateline.model import Report, make_report
from dateline.plugins import find_origin, find_plugin

from . import corpus

CASES = corpus.ROOT / "tests" / "cases" / "reports.toml"
LIVE = corpus.ROOT.parent / "shared" / "data" / "live"
CELLS = ("type", "killed", "injured", "munitions", "weapon", "country", "place", "date")

Row = dict[str, Any]


@dataclass(frozen=True)
class Measured:
    """The figures of one set, between 0 and 1, and the hash of the data they were taken on.

    `faults` are numbers that must not rise: quotes that are not in the text.
    """

    data: str
    figures: dict[str, float]
    faults: dict[str, int]


def default_extractor() -> str:
    """Give the extractor that `dateline add` uses unless told otherwise."""
    return str(inspect.signature(add).parameters["extractor"].default)


def measure() -> dict[str, Measured]:
    """Measure the sets that ship, and `live` where it lies beside the checkout."""
    measured = {"cases": measure_cases(), "corpus": measure_corpus()}
    if LIVE.is_dir():
        measured["live"] = measure_live()
    return measured


def measure_corpus() -> Measured:
    """Score the held-out passages of the training corpus."""
    book = load_codebook()
    held = corpus.held_out(corpus.CORPUS, FOLDER)
    reports = [
        make_report(one.passage.text, id=one.passage.id, published=one.published) for one in held
    ]
    events, bad = _code(reports, book)
    scores = corpus.score(list(zip(held, events, strict=True)), book)
    return Measured(_hash(corpus.lines_of(corpus.CORPUS)), _f1(scores), {"bad_quotes": bad})


def measure_cases() -> Measured:
    """Score the readable specification: its cells count where it gives them."""
    book = load_codebook()
    text = CASES.read_text("utf-8")
    cases = tomllib.loads(text)["case"]
    reports = [
        make_report(case["text"].strip(), id=case["name"], published=case.get("published"))
        for case in cases
    ]
    scores = {name: Score() for name in ("relevance", "incidents", *CELLS)}
    events, bad = _code(reports, book)
    for case, told in zip(cases, events, strict=True):
        wanted = case["events"]
        relevant, found = bool(wanted) or None, bool(told) or None
        scores["relevance"].add(Check("relevance", relevant, found, right=True))
        incidents, paired = scores["incidents"], min(len(wanted), len(told))
        incidents.right += paired
        incidents.missed += len(wanted) - paired
        incidents.wrong += len(told) - paired
        for cells, row in zip(wanted, told, strict=False):
            for name in set(CELLS) & set(cells):
                gold, coded = _wanted(cells[name]), _cell(row, name)
                scores[name].add(Check(name, gold, coded, gold == coded))
    return Measured(_hash([text]), _f1(scores), {"bad_quotes": bad})


def measure_live() -> Measured:
    """Score the folder of real reports with `dateline evaluate live`, linking left out."""
    name = default_extractor()
    coder = Coder(find_plugin("extractor", name))
    scores = evaluate_folder(LIVE, coder, load_codebook(), find_origin(name))
    figures = {
        "macro": round(scores.macro_f1, 4),
        "relevance": round(scores.fields["relevance"].f1, 4),
        "incidents": round(scores.fields["incidents"].f1, 4),
    }
    files = [(LIVE / file).read_text("utf-8") for file in ("reports.jsonl", "gold.jsonl")]
    return Measured(_hash(files), figures, {"bad_quotes": scores.bad_quotes})


def _code(reports: Sequence[Report], book: Codebook) -> tuple[list[list[Row]], int]:
    """Give the incidents each report tells as news, and how many quotes are not in the texts."""
    events: list[list[Row]] = []
    bad = 0
    for coding in Coder(find_plugin("extractor", default_extractor()))(reports):
        assert coding.status == "ok", f"{coding.report.id}: {coding.message}"
        record = report_record(coding.report, coding.claims, book)
        text = coding.report.text
        claims = [claim for event in record["events"] for claim in event["claims"]]
        bad += sum(text[c["start"] : c["end"]] != c["quote"] for c in claims)
        told = (e for e in record["events"] if e["kind"] == "incident" and e["reported"])
        events.append(list(told))
    return events, bad


def _wanted(value: Any) -> Any:
    return None if value == "none" else value


def _cell(row: Row, name: str) -> Any:
    if name == "date":
        when = row["date"] or {}
        first, last = when.get("earliest"), when.get("latest")
        return first if first == last else f"{first}/{last}"
    if name in ("country", "place"):
        return (row["place"] or {}).get("name" if name == "place" else "country")
    if name in ("killed", "injured", "munitions"):
        count = row[name]
        return count and [count["low"], "" if count["high"] is None else count["high"]]
    return row[name]


def _f1(scores: dict[str, Score]) -> dict[str, float]:
    return {name: round(score.f1, 4) for name, score in scores.items()}


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@lru_cache(maxsize=1)
def measured_once() -> dict[str, Measured]:
    """Measure once for all tests of a process."""
    return measure()
