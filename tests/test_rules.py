"""Named rules for casualties, and the ledger they look at: who said how many when."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.best import BestCount
from dateline.codebook import load_codebook
from dateline.errors import ConfigError
from dateline.incidents import incident_record
from dateline.incidents.rules import RULES, Figure, merge, rule_words
from dateline.model import Claim, Incident, Report, Speaker, make_claim
from dateline.values import Actor, Count, Term

BOOK = load_codebook()
ARMY, REBELS = "iraqi-armed-forces", "islamic-state"


def report_of(name: str, published: str | None, publisher: str | None = None) -> Report:
    words = f"Words of report {name} that nobody else wrote."
    return Report(id=name, text=words, publisher=publisher or f"The {name}", published=published)


def said(
    report: Report,
    count: Count,
    by: str | None = None,
    side: str | None = None,
    origin: str = "lexicon/1",
    at: int = 10,
) -> Claim:
    speakers = [Speaker(by, side)] if by else []
    span = report.span(at, at + 5)
    return make_claim(f"e_{report.id}", "killed", span, count, speakers=speakers, origin=origin)


def row_of(*told: tuple[Report, Claim], rule: str = "latest", more: tuple[Claim, ...] = ()) -> dict:
    reports = {report.id: report for report, _ in told}
    anchors = [
        make_claim(f"e_{r.id}", "type", r.span(0, 5), Term("event_type", "bombing"), origin="x/1")
        for r in reports.values()
    ]
    claims = (*anchors, *(claim for _, claim in told), *more)
    events = tuple(dict.fromkeys(claim.event for claim in claims))
    return incident_record(Incident("i_1", events, claims), reports, BOOK, rule=rule)


def exact(number: int) -> Count:
    return Count(number, number, "exact")


def at_least(number: int) -> Count:
    return Count(number, None, "at_least")


def vague(floor: int) -> Count:
    return Count(floor, None, "vague")


NONE = Count(0, 0, "none")
A = report_of("a", "2021-07-05")
B = report_of("b", "2021-07-06")
C = report_of("c", "2021-07-07")
D = report_of("d", "2021-07-08")


# Each line: what reports a, b, c say in turn, and what each rule makes of it (low, high, best).
CASES = [
    ("one number", [exact(3)], (3, 3), (3, 3), (3, 3, 3), (3, 3)),
    ("a rising toll", [exact(2), exact(5)], (5, 5), (2, 5), (5, 5, 5), (5, 5)),
    ("a falling one", [exact(5), exact(3)], (3, 3), (3, 5), (3, 5, 3), (3, 3)),
    ("two against one", [exact(7), exact(4), exact(4)], (4, 4), (4, 7), (4, 7, 4), (4, 4)),
    ("no casualties, then some", [NONE, exact(3)], (3, 3), (0, 3), (3, 3, 3), (3, 3)),
    ("dozens", [vague(24)], (24, None), (24, None), (24, None, 24), (12, 12)),
    ("tens", [vague(20)], (20, None), (20, None), (20, None, 20), (10, 10)),
    ("hundreds", [vague(200)], (200, None), (200, None), (200, None, 200), (100, 100)),
    ("several", [vague(2)], (2, None), (2, None), (2, None, 2), (2, 2)),
    ("two dozen", [Count(24, 24, "vague")], (24, 24), (24, 24), (24, 24, 24), (24, 24)),
    ("a number, then dozens", [exact(30), vague(24)], (30, 30), (30, 30), (30, 30, 30), (30, 30)),
    ("a few, then dozens", [exact(3), vague(24)], (3, 3), (3, None), (24, None, 24), (12, 12)),
    ("a floor", [at_least(30)], (30, None), (30, None), (30, None, 30), (30, 30)),
    ("a floor, then more", [at_least(7), exact(9)], (9, 9), (7, 9), (9, 9, 9), (9, 9)),
    ("a number, then a floor it has passed", [exact(17), at_least(15)],
     (17, 17), (15, 17), (15, 17, 15), (15, 15)),
    ("a floor above", [exact(2), at_least(9)], (9, None), (2, None), (9, None, 9), (9, 9)),
    ("a range", [Count(3, 5, "exact")], (3, 5), (3, 5), (3, 5, 3), (3, 3)),
    ("up to", [Count(0, 5, "at_most")], (0, 5), (0, 5), (0, 5, 5), (5, 5)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "latest", "minmax", "ucdp", "acled"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_each_rule_answers_its_own_question(counts, latest, minmax, ucdp, acled):
    told = [(report, said(report, count)) for report, count in zip((A, B, C), counts, strict=False)]
    expected = {"latest": latest, "minmax": minmax, "ucdp": ucdp, "acled": acled}
    for rule, (low, high, *best) in expected.items():
        killed = row_of(*told, rule=rule)["killed"]
        assert killed["rule"] == rule
        assert (killed["low"], killed["high"]) == (low, high), rule
        assert killed.get("best") == (best[0] if best else None)


def test_what_all_reports_say_stands_beside_every_rule():
    told = [(A, said(A, exact(2))), (B, said(B, exact(5)))]
    for rule in RULES:
        killed = row_of(*told, rule=rule)["killed"]
        assert (killed["reported_low"], killed["reported_high"]) == (2, 5)


def test_a_rule_that_has_no_such_name_is_one_line_with_the_names():
    with pytest.raises(ConfigError, match=r"mean: no rule of that name; there are latest, minmax"):
        row_of((A, said(A, exact(2))), rule="mean")


def test_a_role_that_nobody_tells_stays_empty_under_every_rule():
    for rule in RULES:
        assert row_of((A, said(A, exact(2))), rule=rule)["injured"] is None


def test_the_best_number_is_that_of_most_sources_not_of_most_reports():
    copy = report_of("c", "2021-07-06", publisher="The b")
    told = [(A, said(A, exact(4))), (B, said(B, exact(7))), (copy, said(copy, exact(7)))]
    told += [(D, said(D, exact(4)))]
    assert row_of(*told, rule="ucdp")["killed"]["best"] == 4


def test_two_sides_that_disagree_give_the_lower_number_to_the_conservative_rule():
    told = [(A, said(A, exact(80), "a rebel", REBELS)), (B, said(B, NONE, "the army", ARMY))]
    assert row_of(*told, rule="acled")["killed"]["low"] == 0
    assert row_of(*told, rule="minmax")["killed"]["high"] == 80


def test_what_only_the_attacker_says_of_its_victims_does_not_count_for_best():
    blamed = make_claim("e_a", "perpetrator", A.span(20, 25), Actor(REBELS, "IS"), origin="x/1")
    told = [(A, said(A, exact(80), "a rebel", REBELS)), (B, said(B, exact(3), "the army", ARMY))]
    killed = row_of(*told, rule="ucdp", more=(blamed,))["killed"]
    assert (killed["low"], killed["best"], killed["high"]) == (3, 3, 3)
    alone = row_of(told[0], rule="ucdp", more=(blamed,))["killed"]
    assert alone["best"] == 80


def test_every_rule_follows_a_person():
    told = [(A, said(A, exact(2))), (B, said(B, exact(5)))]
    corrected = said(A, exact(4), origin="human:amina", at=11)
    for rule in RULES:
        killed = row_of(*told, (A, corrected), rule=rule)["killed"]
        assert (killed["low"], killed["high"]) == (4, 4)


counts = st.one_of(
    st.integers(0, 400).map(exact),
    st.integers(1, 400).map(at_least),
    st.sampled_from([2, 20, 24, 200]).map(vague),
    st.tuples(st.integers(0, 50), st.integers(0, 50)).map(
        lambda pair: Count(min(pair), max(pair), "about")
    ),
)


@given(st.lists(counts, min_size=1, max_size=6), st.sampled_from(sorted(RULES)))
def test_a_merged_number_lies_within_what_was_told(told, rule):
    merged = merge(
        [BestCount(count, "stated") for count in told],
        [Figure(count, str(at)) for at, count in enumerate(told)],
        rule,
    )
    assert merged is not None
    lows = [count.low or 0 for count in told]
    units = {20: 10, 24: 12, 200: 100}
    assert (merged["low"] or 0) >= min(units.get(low, low) for low in lows)
    if all(count.high is not None for count in told):
        assert merged["high"] is not None
        assert merged["high"] <= max(count.high or 0 for count in told)


@settings(max_examples=15)
@given(st.lists(counts, min_size=1, max_size=3))
def test_the_order_in_which_reports_are_added_changes_no_number(told):
    pairs = [(r, said(r, count)) for r, count in zip((A, B, C, D), told, strict=False)]
    for rule in RULES:
        rows = {str(row_of(*order, rule=rule)["killed"]) for order in permutations(pairs)}
        assert len(rows) == 1


def test_every_rule_says_what_it_does():
    words = rule_words()
    assert list(words) == list(RULES)
    assert all(set(one) == {"label", "definition"} for one in words.values())


# -- the ledger -----------------------------------------------------------------------------------


def ledger_of(*told: tuple[Report, Claim]) -> list[dict]:
    return row_of(*told)["ledger"]["killed"]


def test_a_line_says_who_said_how_many_when_in_which_words():
    (line,) = ledger_of((A, said(A, at_least(3), "the army", ARMY)))
    assert line == {
        "report": "a", "publisher": "The a", "published": "2021-07-05", "speaker": "the army",
        "side": ARMY, "low": 3, "high": None, "basis": "at_least", "of": None,
        "stance": "asserted", "quote": A.text[10:15], "claim": line["claim"], "by": None,
        "revises": None, "disagrees": [],
    }  # fmt: skip


SIDES = {"army": ("the army", ARMY), "rebels": ("a rebel", REBELS), "doctor": ("a doctor", None)}

# Two lines, told on a day each by somebody: does the second revise the first, or do they disagree?
RELATIONS = [
    ("a side raises its toll", (A, 3, "army"), (B, 5, "army"), "revises"),
    ("a side lowers its toll", (A, 5, "army"), (B, 3, "army"), "revises"),
    ("the reports' own toll rises", (A, 3, None), (B, 5, None), "revises"),
    ("another publisher says fewer", (A, 5, None), (B, 3, None), "disagrees"),
    ("two sides", (A, 3, "army"), (B, 5, "rebels"), "disagrees"),
    ("two sides, the later lower", (A, 5, "army"), (B, 3, "rebels"), "disagrees"),
    ("somebody of no side says more later", (A, 3, "army"), (B, 5, "doctor"), "revises"),
    ("the same number", (A, 3, "army"), (B, 3, "rebels"), None),
    ("on one day", (A, 3, None), (report_of("b2", "2021-07-05"), 5, None), "disagrees"),
    ("later on one day", (report_of("a2", "2021-07-05T08:00"), 3, None),
     (report_of("b2", "2021-07-05T20:00"), 5, None), "revises"),
    ("undated", (report_of("a3", None), 3, None), (B, 5, None), "disagrees"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "relation"), [r[1:] for r in RELATIONS], ids=[r[0] for r in RELATIONS]
)
def test_a_later_toll_revises_and_two_sides_disagree(first, second, relation):
    told = [
        (report, said(report, exact(number), *SIDES.get(who or "", ())))
        for report, number, who in (first, second)
    ]
    lines = ledger_of(*told)
    assert lines[1]["revises"] == (0 if relation == "revises" else None)
    assert lines[0]["disagrees"] == ([1] if relation == "disagrees" else [])
    assert lines[1]["disagrees"] == ([0] if relation == "disagrees" else [])


def test_a_government_and_its_army_are_one_side():
    first = (A, said(A, exact(3), "the army", ARMY))
    second = (B, said(B, exact(5), "Baghdad", "government-of-iraq"))
    state = next(a.id for a in BOOK.actors.values() if a.kind == "government" and a.country == "IQ")
    second = (B, said(B, exact(5), "Baghdad", state))
    assert ledger_of(first, second)[1]["revises"] == 0


def test_two_voices_in_one_report_disagree():
    lines = ledger_of(
        (A, said(A, exact(3), "the army", ARMY)),
        (A, said(A, exact(9), "a rebel", REBELS, at=20)),
    )
    assert [line["disagrees"] for line in lines] == [[1], [0]]


def test_a_toll_that_was_revised_disagrees_with_nobody_any_more():
    lines = ledger_of(
        (A, said(A, exact(3), "the army", ARMY)),
        (B, said(B, exact(5), "the army", ARMY)),
        (C, said(C, exact(5), "a rebel", REBELS)),
    )
    assert [line["revises"] for line in lines] == [None, 0, None]
    assert [line["disagrees"] for line in lines] == [[], [], []]


def test_a_correction_stands_in_the_ledger_with_the_name_of_the_person():
    lines = ledger_of((A, said(A, exact(3))), (A, said(A, exact(4), origin="human:amina", at=11)))
    assert [(line["by"], line["low"]) for line in lines] == [(None, 3), ("amina", 4)]
    assert [line["disagrees"] for line in lines] == [[], []]
