"""Grades in the words of Airwars, each with its reason; who did it according to whom and when."""

import pytest

from dateline.codebook import load_codebook
from dateline.incidents import incident_record
from dateline.model import Claim, Incident, Report, Speaker, make_claim
from dateline.values import Actor, Term, Value

BOOK = load_codebook()
IS, ARMY = "islamic-state", "iraqi-armed-forces"


def report_of(name: str, day: str = "2021-07-06", publisher: str | None = None) -> Report:
    words = f"Words of report {name} that nobody else wrote."
    return Report(id=name, text=words, publisher=publisher or f"The {name}", published=day)


A, B = report_of("a", "2021-07-06"), report_of("b", "2021-07-07")
AGAIN = report_of("c", "2021-07-08", publisher="The a")


def claim(
    report: Report,
    role: str,
    value: Value,
    by: tuple[str, str | None] | None = None,
    stance="asserted",
    origin="lexicon/1",
) -> Claim:
    speakers = [Speaker(*by)] if by else []
    at = {"type": 0, "context": 6}.get(role, 12)
    span = report.span(at, at + 5)
    event = f"e_{report.id}"
    return make_claim(event, role, span, value, speakers=speakers, stance=stance, origin=origin)


def anchor(report: Report, kind: str = "bombing", **details) -> Claim:
    return claim(report, "type", Term("event_type", kind), **details)


def blame(report: Report, actor: str, **details) -> Claim:
    return claim(report, "perpetrator", Actor(actor, BOOK.actors[actor].name), **details)


def denied(report: Report, **details) -> Claim:
    return claim(report, "context", Term("context", "denied"), **details)


def row_of(*claims: Claim) -> dict:
    reports = {report.id: report for report in (A, B, AGAIN)}
    events = tuple(dict.fromkeys(c.event for c in claims))
    return incident_record(Incident("i_1", events, claims), reports, BOOK)


TWO = (anchor(A), anchor(B))

GRADES = [
    ("one report", [anchor(A)], "weak", "one source tells of it"),
    ("two reports", [*TWO], "fair", "2 independent sources tell of it"),
    ("one publisher twice", [anchor(A), anchor(AGAIN)],
     "weak", "its 2 reports count as one source"),
    ("a claim", [anchor(A), blame(A, IS, by=("the group", IS))],
     "confirmed", "the group (The a, 2021-07-06) said it did it"),
    ("blamed by others", [*TWO, blame(B, IS, by=("the army", ARMY))],
     "fair", "2 independent sources tell of it"),
    ("a denial", [*TWO, blame(B, ARMY, by=("the army", ARMY), stance="denied")],
     "contested", "the army (The b, 2021-07-07) denied it, and nobody claimed it"),
    ("two sides", [*TWO, blame(A, IS), blame(B, ARMY)],
     "contested", "are both named, and nothing ties them"),
    ("a state and its army", [*TWO, blame(A, "iraq"), blame(B, ARMY)],
     "fair", "2 independent sources tell of it"),
    ("two sides of a clash", [anchor(A, "armed_clash"), blame(A, IS), blame(A, ARMY)],
     "weak", "one source tells of it"),
    ("a person denies it", [*TWO, denied(A, origin="human:amina")],
     "discounted", "amina found that it did not happen"),
    ("a later report denies it", [*TWO, denied(B)],
     "discounted", "every independent report since 2021-07-07 denies that it happened"),
    ("the same publisher denies it", [anchor(A), anchor(AGAIN), denied(AGAIN)],
     "weak", "its 2 reports count as one source"),
    ("denied first, then told", [*TWO, denied(A)], "fair", "2 independent sources tell of it"),
    ("never told, only denied", [anchor(A), denied(A)], "weak", "one source tells of it"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "word", "reason"), [g[1:] for g in GRADES], ids=[g[0] for g in GRADES]
)
def test_a_grade_comes_with_its_reason(claims, word, reason):
    row = row_of(*claims)
    assert row["grade"] == word
    assert row["grade_reason"].endswith(reason)


def lines_of(*claims: Claim) -> list[tuple]:
    lines = row_of(anchor(A), anchor(B), *claims)["responsibility"]
    return [
        (line["status"], (line["actor"] or {}).get("id"), line["by"], line["publisher"])
        for line in lines
    ]


def test_responsibility_says_who_claimed_blamed_and_denied_in_which_report():
    first, *rest = lines_of(
        blame(A, IS, by=("the army", ARMY)),
        blame(B, IS, by=("the group", IS)),
        blame(B, ARMY, by=("a general", ARMY), stance="denied"),
    )
    assert first == ("attributed", IS, "the army", "The a")
    assert sorted(rest) == [
        ("claimed", IS, "the group", "The b"),
        ("denied", ARMY, "a general", "The b"),
    ]


def test_what_the_report_itself_says_is_attributed_by_nobody_else():
    assert lines_of(blame(A, IS)) == [("attributed", IS, None, "The a")]


def test_an_attack_is_unclaimed_as_of_the_day_of_the_report_that_says_so():
    unclaimed = claim(B, "unclaimed", Term("claim_status", "unclaimed"))
    (line,) = row_of(anchor(A), anchor(B), unclaimed)["responsibility"]
    assert (line["status"], line["as_of"], line["quote"]) == (
        "unclaimed", "2021-07-07", B.text[12:17],
    )  # fmt: skip


def test_a_correction_of_who_did_it_stands_alone_with_the_name_of_the_person():
    row = row_of(*TWO, blame(A, IS, by=("the army", ARMY)), blame(B, ARMY, origin="human:amina"))
    (line,) = row["responsibility"]
    assert (line["actor"]["id"], line["person"], line["by"]) == (ARMY, "amina", None)


def test_one_voice_in_one_report_is_one_line():
    said = {"by": ("the army", ARMY)}
    second = make_claim(
        "e_a", "perpetrator", A.span(20, 25), Actor(IS, "IS"), speakers=[Speaker("the army", ARMY)],
        origin="lexicon/1",
    )  # fmt: skip
    assert len(lines_of(blame(A, IS, **said), second)) == 1
