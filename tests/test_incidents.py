"""An incident over several reports: one voice each, named rules, independent sources, a grade."""

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest

from dateline.codebook import load_codebook
from dateline.incidents import events, incident_record
from dateline.incidents.sources import (
    Collapsed,
    credited_agency,
    independent_sources,
    publication_order,
)
from dateline.model import Claim, Copy, Incident, Report, Speaker, make_claim
from dateline.values import Actor, Count, Place, Term, Value, When

BOOK = load_codebook()
HIT = Place("geonames:98860", "Hīt", "IQ", "Al Anbar", 33.64, 42.83, "town")
KIRKUK = Place("geonames:94787", "Kirkuk", "IQ", "Kirkuk", 35.47, 44.39, "town")
MONDAY = When(dt.date(2021, 7, 5), dt.date(2021, 7, 5), "day", "publication")
TUESDAY = When(dt.date(2021, 7, 6), dt.date(2021, 7, 6), "day", "publication")


def report_of(name: str, published: str | None, publisher: str | None = None) -> Report:
    words = f"Words of report {name} that nobody else wrote."
    return Report(id=name, text=words, publisher=publisher or f"The {name}", published=published)


def claims_of(report: Report, *cells: tuple[str, Value], origin="lexicon/1") -> list[Claim]:
    kind = ("type", Term("event_type", "rocket_attack"))
    return [
        make_claim(f"e_{report.id}", role, report.span(at, at + 5), value, origin=origin)
        for at, (role, value) in enumerate([kind, *cells])
    ]


def row_of(*told: tuple[Report, list[Claim]]) -> dict:
    claims = tuple(claim for _, group in told for claim in group)
    incident = Incident("i_1", tuple(dict.fromkeys(c.event for c in claims)), claims)
    return incident_record(incident, {report.id: report for report, _ in told}, BOOK)


EARLY = report_of("a", "2021-07-05")
MIDDLE = report_of("b", "2021-07-06")
LATE = report_of("c", "2021-07-07T09:00:00+03:00")


def test_claims_are_grouped_by_event_in_order():
    claims = [*claims_of(EARLY, ("place", HIT)), *claims_of(MIDDLE)]
    assert {name: len(group) for name, group in events(claims).items()} == {"e_a": 2, "e_b": 1}


def test_casualties_follow_the_latest_report_with_the_range_beside_them():
    row = row_of(
        (LATE, claims_of(LATE, ("killed", Count(5, 5, "exact")))),
        (EARLY, claims_of(EARLY, ("killed", Count(2, 2, "exact")))),
        (MIDDLE, claims_of(MIDDLE, ("killed", Count(7, None, "at_least")))),
    )
    assert row["killed"] == {
        "low": 5, "high": 5, "basis": "exact", "of": None,
        "rule": "latest", "reported_low": 2, "reported_high": 5,
    }  # fmt: skip
    assert row["injured"] is None


def test_a_vague_later_number_does_not_replace_a_clear_one():
    row = row_of(
        (EARLY, claims_of(EARLY, ("killed", Count(12, 12, "exact")))),
        (LATE, claims_of(LATE, ("killed", Count(24, None, "vague")))),
    )
    assert (row["killed"]["low"], row["killed"]["basis"]) == (12, "exact")


def test_munitions_follow_most_reports():
    row = row_of(
        (EARLY, claims_of(EARLY, ("munitions", Count(3, 3, "exact")))),
        (MIDDLE, claims_of(MIDDLE, ("munitions", Count(3, 3, "exact")))),
        (LATE, claims_of(LATE, ("munitions", Count(14, 14, "exact")))),
    )
    assert (row["munitions"]["low"], row["munitions"]["rule"]) == (3, "most_reported")


def test_a_report_that_repeats_itself_has_one_voice():
    row = row_of(
        (EARLY, claims_of(EARLY, ("place", KIRKUK), ("place", KIRKUK), ("place", KIRKUK))),
        (MIDDLE, claims_of(MIDDLE, ("place", HIT), ("date", MONDAY))),
        (LATE, claims_of(LATE, ("place", HIT), ("date", MONDAY))),
    )
    assert row["place"]["name"] == "Hīt"
    assert row["date"]["earliest"] == "2021-07-05"


def test_a_persons_correction_of_one_event_holds_for_the_incident():
    row = row_of(
        (EARLY, [*claims_of(EARLY), *claims_of(EARLY, ("date", TUESDAY), origin="human:amina")]),
        (MIDDLE, claims_of(MIDDLE, ("date", MONDAY))),
        (LATE, claims_of(LATE, ("date", MONDAY))),
    )
    assert row["date"]["earliest"] == "2021-07-06"


def test_the_row_names_its_events_reports_and_quotes():
    row = row_of((LATE, claims_of(LATE)), (EARLY, claims_of(EARLY)))
    assert (row["incident"], row["kind"], row["aliases"]) == ("i_1", "incident", [])
    assert row["reports"] == ["a", "c"]
    assert row["events"] == ["e_a", "e_c"]
    assert [(c["report"], c["quote"]) for c in row["claims"]] == [("a", "Words"), ("c", "Words")]


def test_an_incident_is_reported_if_one_report_has_it_as_news():
    background = claims_of(EARLY, ("context", Term("context", "background")))
    assert row_of((EARLY, background))["reported"] is False
    assert row_of((EARLY, background), (LATE, claims_of(LATE)))["reported"] is True


def test_the_order_of_reports_changes_nothing():
    told = [
        (EARLY, claims_of(EARLY, ("killed", Count(2, 2, "exact")), ("place", HIT))),
        (MIDDLE, claims_of(MIDDLE, ("killed", Count(3, 3, "exact")), ("place", KIRKUK))),
        (report_of("d", None), claims_of(report_of("d", None), ("date", MONDAY))),
    ]
    assert len({str(row_of(*order)) for order in permutations(told)}) == 1


@pytest.mark.parametrize(
    ("published", "key"),
    [
        (None, (False, "", "r")),
        ("soon", (False, "soon", "r")),
        ("2021-07-05", (True, "2021-07-05T00:00:00", "r")),
        ("2021-07-05T23:30:00-05:00", (True, "2021-07-06T04:30:00", "r")),
    ],
)
def test_publication_is_compared_in_one_zone(published, key):
    assert publication_order(Report(id="r", text="x", published=published)) == key


# -- sources and grade ----------------------------------------------------------------------------


def test_copies_and_one_publisher_are_one_source():
    first = report_of("a", None, "The Ledger")
    same_words = replace(report_of("b", None, "The Mirror"), text=f"  {first.text}\n")
    stated_copy = replace(report_of("c", None, "The Post"), copy_of="b")
    same_publisher = report_of("d", None, "the ledger")
    other = report_of("e", None, "The Herald")
    reports = [first, same_words, stated_copy, same_publisher, other]
    assert independent_sources(reports, BOOK).count == 2
    assert independent_sources(reversed(reports), BOOK).count == 2


def test_unknown_publishers_count_as_one_and_an_address_names_its_publisher():
    nameless = [Report(id=n, text=n) for n in "ab"]
    assert independent_sources(nameless, BOOK).count == 1
    hosts = [replace(r, url=f"https://www.{r.id}.example/x") for r in nameless]
    assert independent_sources(hosts, BOOK).count == 2


def test_each_report_that_does_not_count_says_why():
    first = replace(report_of("a", "2021-07-05", "The Ledger / AFP"))
    agency = report_of("b", "2021-07-06", "The Mirror / AFP")
    copied = report_of("c", "2021-07-07", "The Post")
    sources = independent_sources(
        [copied, agency, first], BOOK, [Copy("b", "c", 0.8, "80% of the words are the same")]
    )
    assert sources.count == 1
    assert sources.collapsed == (
        Collapsed("b", "a", "both carry AFP"),
        Collapsed("c", "b", "80% of the words are the same"),
    )


@pytest.mark.parametrize(
    ("publisher", "text", "agency"),
    [
        ("The Ledger / Reuters", "Rockets hit a base.", "Reuters"),
        ("Agence France-Presse", "Rockets hit a base.", "AFP"),
        ("The Ledger", "MOSUL (Reuters) - Rockets hit a base.", "Reuters"),
        ("The Ledger", "Rockets hit a base.\nNobody was hurt.\nSource: AP", "AP"),
        ("The Ledger", "Rockets hit a base, AFP reported.\nNobody was hurt, the AP said.", None),
        ("The Apple Post", "Rockets hit a base near the tap.", None),
    ],
)
def test_an_agency_is_credited_beside_the_publisher_or_at_either_end(publisher, text, agency):
    report = Report(id="r", text=text, publisher=publisher)
    assert credited_agency(report, BOOK) == agency


def perpetrator(report: Report, actor: Actor, by: str = "", side=None, stance="asserted") -> Claim:
    speakers = [Speaker(by, side)] if by else []
    span = report.span(9, 15)
    return make_claim(f"e_{report.id}", "perpetrator", span, actor, stance=stance,
                      speakers=speakers, origin="lexicon/1")  # fmt: skip


NUJABA = Actor("harakat-hezbollah-al-nujaba", "Nujaba")
KATAIB = Actor("kataib-hezbollah", "Kataib Hezbollah")
ISLAMIC_STATE = Actor("islamic-state", "ISIS")
MILITIAS = Actor("iran-aligned-militias", "militias")


@pytest.mark.parametrize(
    ("claims", "grade"),
    [
        ([], "fair"),
        ([perpetrator(EARLY, NUJABA, "police")], "fair"),
        ([perpetrator(EARLY, NUJABA, "Nujaba", NUJABA.id)], "confirmed"),
        ([perpetrator(EARLY, NUJABA), perpetrator(LATE, ISLAMIC_STATE)], "contested"),
        ([perpetrator(EARLY, NUJABA), perpetrator(LATE, KATAIB)], "fair"),
        ([perpetrator(EARLY, NUJABA), perpetrator(LATE, MILITIAS)], "fair"),
        ([perpetrator(EARLY, NUJABA, "Nujaba", stance="denied")], "contested"),
    ],
)
def test_the_grade_says_how_well_it_is_known_who_did_it(claims, grade):
    row = row_of((EARLY, [*claims_of(EARLY), *claims]), (LATE, claims_of(LATE)))
    assert row["grade"] == grade


def test_one_source_is_weak():
    row = row_of((EARLY, claims_of(EARLY)))
    assert (row["independent_sources"], row["grade"]) == (1, "weak")


def test_both_sides_of_a_clash_may_be_named():
    clash = [replace(c, value=Term("event_type", "firefight")) for c in claims_of(EARLY)]
    sides = [perpetrator(EARLY, NUJABA), perpetrator(EARLY, ISLAMIC_STATE)]
    assert row_of((EARLY, [*clash, *sides]))["grade"] == "weak"
