"""Casualties and munitions of one event, weighed against each other; read by the lexicon."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dateline.codebook import load_codebook
from dateline.extract.lexicon import extractor
from dateline.incidents.record import event_record
from dateline.model import Claim, make_report
from dateline.values import Term

CASES = tomllib.loads((Path(__file__).parent / "cases" / "victims.toml").read_text("utf-8"))["case"]
ROLES = ("killed", "captured", "munitions")


def read(text: str) -> list[dict[str, Any]]:
    """Give the incidents that a report of 5 March 2024 tells as news."""
    book = load_codebook()
    report = make_report(text, published="2024-03-05")
    events: dict[str, list[Claim]] = {}
    for claim in extractor(book)([report]):
        assert report.quote(claim.span)
        events.setdefault(claim.event, []).append(claim)
    rows = [event_record(report, claims, book) for claims in events.values()]
    return [row for row in rows if row["kind"] == "incident" and row["reported"]]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_an_event_has_the_numbers_its_report_stands_by(case: dict[str, Any]) -> None:
    rows = read(case["text"])
    assert len(rows) == 1
    for role in set(ROLES) & set(case):
        count = rows[0][role]
        ends = [count["low"], "" if count["high"] is None else count["high"]] if count else "none"
        assert ends == case[role]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed 85 people in Kabul on Monday, officials have said, including 28 militants.",
        "Gunmen shot a guard near Gao on Monday. In all 70 soldiers have died in such raids.",
    ],
)
def test_the_dead_are_no_strength(text: str) -> None:
    book = load_codebook()
    claims = list(extractor(book)([make_report(text, published="2024-03-05")]))
    kinds = {claim.value.id for claim in claims if isinstance(claim.value, Term)}
    assert "strength" not in kinds
