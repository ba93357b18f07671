"""Corrections by people: they win, nothing is lost, what touches linking is linked anew."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.codebook import load_codebook
from dateline.corrections import correct, undo_correction
from dateline.corrections.typed import parse_typed
from dateline.errors import ConfigError
from dateline.export.rows import incident_row
from dateline.link import link
from dateline.model import Claim, Report, event_id, make_claim
from dateline.store import open_store
from dateline.store.database import Store
from dateline.values import Actor, Count, Place, Term, Text, Unknown, When

BOOK = load_codebook()
MADE = "2026-01-01T00:00:00+00:00"
TEXT = (
    "Rockets hit Balad Air Base in Iraq on Monday, July 5. Two soldiers were killed, police said. "
    "Later the governor spoke of five dead. There were 45 attacks this year."
)
FIRST = Report(id="r1", text=TEXT, publisher="The Ledger", published="2021-07-06")
OWN_WORDS = (
    "A captain on the scene gave this account: Rockets hit Balad Air Base late on Monday, July 5, "
    "and a fire broke out in the stores. Two soldiers were killed there. He knew of 45 attacks."
)
SECOND = Report(id="r2", text=OWN_WORDS, publisher="The Courier", published="2021-07-07")
BALAD = Place("icao:ORBD", "Balad Air Base", "IQ", "Salah ad Din", 33.94, 44.36, "site")
MONDAY = When(dt.date(2021, 7, 5), dt.date(2021, 7, 5), "day", "stated")


def told(report: Report, quote: str, role: str, value, kind="incident", anchor="Rockets") -> Claim:
    start, at = report.text.index(anchor), report.text.index(quote)
    event = event_id(report, kind, report.span(start, start + len(anchor)))
    return make_claim(event, role, report.span(at, at + len(quote)), value, origin="lexicon/1")


def claims_of(report: Report) -> list[Claim]:
    return [
        told(report, "Rockets", "type", Term("event_type", "rocket_attack")),
        told(report, "Balad Air Base", "place", BALAD),
        told(report, "Monday, July 5", "date", MONDAY),
        told(report, "Two soldiers", "killed", Count(2, 2, "exact", "soldiers")),
        told(report, "45 attacks", "type", Term("kind", "tally"), "tally", "45 attacks"),
        told(report, "45 attacks", "count", Count(45, 45, "exact"), "tally", "45 attacks"),
    ]


EVENT = told(FIRST, "Rockets", "type", None).event
TALLY = told(FIRST, "45 attacks", "type", None, "tally", "45 attacks").event


@pytest.fixture
def two(store: Store) -> Store:
    """A store with two reports of one incident, linked."""
    for report in (FIRST, SECOND):
        store.add(report, claims_of(report), origin="lexicon/1", made=MADE)
    link(store, BOOK, made=MADE)
    assert len(list(store.incidents())) == 1
    return store


def shown(store: Store, wanted: str = EVENT) -> dict:
    row = incident_row(store, BOOK, wanted)
    assert row is not None
    return row


def everything(store: Store) -> set[str]:
    """The ids of all claims ever put on record."""
    codings = store.trail().codings(report.id for report in store.reports())
    words = store.trail().corrections({c.event for c in store.claims()})
    return {c.id for one in codings for c in one.claims} | {w.claim.id for w in words if w.claim}


# -- what a person types --------------------------------------------------------------------------

TYPED = [
    ("killed", "3", Count(3, 3, "exact")),
    ("killed", "3-5", Count(3, 5, "exact")),
    ("killed", "3 to 5", Count(3, 5, "exact")),
    ("killed", "at least 12", Count(12, None, "at_least")),
    ("killed", "up to 5", Count(0, 5, "at_most")),
    ("killed", "about 30", Count(30, 30, "about")),
    ("killed", "dozens", Count(24, None, "vague")),
    ("killed", "2021", Count(2021, 2021, "exact")),
    ("killed", "0", Count(0, 0, "none")),
    ("killed", "none", Count(0, 0, "none")),
    ("killed", "3 civilians", Count(3, 3, "exact", "civilians")),
    ("killed", "unknown", Unknown("not known, says amina")),
    ("killed", "Unknown: toll of another attack", Unknown("toll of another attack")),
    ("date", "2021-07-04", When(dt.date(2021, 7, 4), dt.date(2021, 7, 4), "day", "stated")),
    ("date", "2021-07", When(dt.date(2021, 7, 1), dt.date(2021, 7, 31), "month", "stated")),
    ("date", "2020-02", When(dt.date(2020, 2, 1), dt.date(2020, 2, 29), "month", "stated")),
    ("date", "2021-12", When(dt.date(2021, 12, 1), dt.date(2021, 12, 31), "month", "stated")),
    ("date", "2021", When(dt.date(2021, 1, 1), dt.date(2021, 12, 31), "year", "stated")),
    ("date", "2021-07-03/2021-07-04",
     When(dt.date(2021, 7, 3), dt.date(2021, 7, 4), "range", "stated")),
    ("date", "2021-07-04 14:45",
     When(dt.date(2021, 7, 4), dt.date(2021, 7, 4), "day", "stated", "14:45")),
    ("date", "last Sunday",
     When(dt.date(2021, 7, 4), dt.date(2021, 7, 4), "day", "publication")),
    ("type", "drone_strike", Term("event_type", "drone_strike")),
    ("type", "Drone strike", Term("event_type", "drone_strike")),
    ("weapon", "mortar", Term("weapon", "mortar")),
    ("context", "background", Term("context", "background")),
    ("context", "denied", Term("context", "denied")),
    ("unclaimed", "unclaimed", Term("claim_status", "unclaimed")),
    ("perpetrator", "kataib-hezbollah", Actor("kataib-hezbollah", "Kataib Hezbollah")),
    ("perpetrator", "Liwa al-Nowhere", Actor(None, "Liwa al-Nowhere", "not in the registry")),
    ("target", "a fuel  depot", Text("a fuel depot")),
    ("place", "33.7856, 42.4412 site",
     Place(None, "33.7856, 42.4412", None, None, 33.7856, 42.4412, "site",
           "a point given by a person")),
    ("place", "-1.5,36.8 near a bridge",
     Place(None, "a bridge", None, None, -1.5, 36.8, "near", "a point given by a person")),
]  # fmt: skip


@pytest.fixture(scope="module")
def one(tmp_path_factory) -> Iterator[Store]:
    """A store with one report, for tests that leave its first event as it was or do not mind."""
    with open_store(tmp_path_factory.mktemp("one") / "dateline.db") as opened:
        opened.add(FIRST, claims_of(FIRST), origin="lexicon/1", made=MADE)
        link(opened, BOOK, made=MADE)
        yield opened


@pytest.mark.parametrize(("role", "typed", "value"), TYPED, ids=[f"{r} {t}" for r, t, _ in TYPED])
def test_a_value_is_read_by_its_role(role, typed, value):
    assert parse_typed(role, typed, FIRST, BOOK, "amina") == value


@pytest.mark.parametrize(
    ("typed", "place_id", "level"),
    [
        ("geonames:706483", "geonames:706483", "town"),
        ("Baghdad", "geonames:98182", "town"),
        ("Kharkiv, UA", "geonames:706483", "town"),
        ("Kharkiv, Ukraine", "geonames:706483", "town"),
        ("Hit, Anbar", "geonames:95788", "town"),
        ("admin1:IQ.01", "admin1:IQ.01", "province"),
    ],
)
def test_a_place_is_read_by_id_by_name_or_by_what_contains_it(typed, place_id, level):
    place = parse_typed("place", typed, FIRST, BOOK, "amina")
    assert isinstance(place, Place)
    assert (place.id, place.level) == (place_id, level)


FAULTS = [
    ("e_nothing", "killed", "3", "e_nothing: no incident or event of that id"),
    ("", "killed", "3", "no incident or event of that id"),
    (EVENT, "kiled", "3", "kiled: no role of that name; there are type,"),
    (EVENT, "killed", "lots", "lots: is no count; write 3, 3-5"),
    (EVENT, "killed", "3 dead and 4 hurt", "is no count"),
    (EVENT, "killed", "  ", "killed: no value; write unknown"),
    (EVENT, "date", "soon", "soon: is no date; write 2021-07-05"),
    (EVENT, "date", "2021-02-30", "no such day in the calendar|is no date"),
    (EVENT, "type", "rockett attack", "is no type; nearest: rocket_attack"),
    (EVENT, "context", "maybe", "maybe: is no context; there are reported, background"),
    (EVENT, "place", "Nowhereville", "Nowhereville: no place called"),
    (EVENT, "place", "Balad, Ukraine", "Balad, Ukraine: no such place in the gazetteer"),
    (EVENT, "place", "33.7, 42.4", "is no point; write latitude,longitude LEVEL"),
    (EVENT, "place", "133.7, 42.4 site", "is no point"),
    (EVENT, "count", "3", "count: no role of kind incident; it belongs to tally"),
    (TALLY, "killed", "3", "killed: no role of kind tally"),
    (TALLY, "type", "bombing", "type: a tally stays one"),
]


@pytest.mark.parametrize(("event", "role", "typed", "reason"), FAULTS)
def test_what_cannot_be_understood_is_one_line_and_changes_nothing(one, event, role, typed, reason):
    before = everything(one)
    with pytest.raises(ConfigError, match=reason) as fault:
        correct(one, BOOK, event, role, typed, by="amina")
    assert "\n" not in str(fault.value)
    assert everything(one) == before


@pytest.mark.parametrize("by", ["", "  ", "a\nb", "\x1b[31m"])
def test_somebody_without_a_name_corrects_nothing(one, by):
    with pytest.raises(ConfigError, match="is no name"):
        correct(one, BOOK, EVENT, "killed", "3", by=by)


# -- what it does, on both databases --------------------------------------------------------------


def test_a_correction_wins_and_the_machines_claim_stays_beside_it(two):
    correct(two, BOOK, EVENT, "killed", "5", by="amina", quote="five dead")
    row = shown(two)
    assert (row["killed"]["low"], row["killed"]["high"]) == (5, 5)
    killed = [(c["origin"], c["quote"]) for c in row["claims"] if c["role"] == "killed"]
    assert ("human:amina", "five dead") in killed
    assert ("lexicon/1", "Two soldiers") in killed


def test_without_a_quote_nothing_is_put_into_the_mouth_of_the_report(two):
    claim = correct(two, BOOK, EVENT, "killed", "4", by="amina")
    assert FIRST.quote(claim.span) == "Two soldiers"
    assert (claim.origin, claim.quoted, claim.speakers) == ("human:amina", False, ())
    (form,) = [c for c in shown(two)["claims"] if c["id"] == claim.id]
    assert (form["quote"], form["start"]) == (None, claim.span.start)
    fresh = correct(two, BOOK, EVENT, "injured", "7", by="amina")
    assert FIRST.quote(fresh.span) == "Rockets"


def test_a_quote_must_stand_in_the_report_exactly(two):
    with pytest.raises(ConfigError, match=r"“Five dead”: does not stand so in the report"):
        correct(two, BOOK, EVENT, "killed", "5", by="amina", quote="Five dead")
    with pytest.raises(ConfigError, match="does not stand so"):
        correct(two, BOOK, EVENT, "killed", "5", by="amina", quote="")


def test_the_newest_correction_of_a_role_holds_whoever_made_it(two):
    correct(two, BOOK, EVENT, "killed", "3", by="amina")
    correct(two, BOOK, EVENT, "killed", "4", by="ben")
    assert shown(two)["killed"]["low"] == 4
    correct(two, BOOK, EVENT, "killed", "3", by="amina")
    assert shown(two)["killed"]["low"] == 3
    people = [c for c in shown(two)["claims"] if c["origin"].startswith("human:")]
    assert [c["origin"] for c in people] == ["human:amina"]


def test_of_corrections_in_two_events_of_an_incident_the_newest_holds(two):
    other = told(SECOND, "Rockets", "type", None).event
    correct(two, BOOK, EVENT, "killed", "3", by="amina")
    correct(two, BOOK, other, "killed", "6", by="ben")
    assert shown(two)["killed"]["low"] == 6


def test_the_same_correction_twice_adds_one_row(two):
    first = correct(two, BOOK, EVENT, "killed", "5", by="amina")
    assert correct(two, BOOK, EVENT, "killed", "5", by="amina") == first
    assert len(two.trail().corrections([EVENT])) == 1


def test_taking_back_gives_the_correction_before_then_the_machine(two):
    correct(two, BOOK, EVENT, "killed", "3", by="amina")
    correct(two, BOOK, EVENT, "killed", "4", by="ben")
    assert undo_correction(two, EVENT, "killed", by="amina").value == Count(4, 4, "exact")
    assert shown(two)["killed"]["low"] == 3
    undo_correction(two, EVENT, "killed", by="amina")
    assert shown(two)["killed"]["low"] == 2
    with pytest.raises(ConfigError, match="nobody corrected its killed"):
        undo_correction(two, EVENT, "killed", by="amina")
    correct(two, BOOK, EVENT, "killed", "3", by="amina")
    assert shown(two)["killed"]["low"] == 3


def test_a_person_can_say_that_a_value_is_not_known(two):
    correct(two, BOOK, EVENT, "killed", "unknown: of another attack", by="amina")
    assert shown(two)["killed"] is None


def test_an_incident_is_corrected_where_its_value_comes_from(two):
    incident = shown(two)["incident"]
    claim = correct(two, BOOK, incident[:12], "killed", "9", by="amina")
    assert claim.span.report_id == "r2"  # the later report gives the number that is shown
    again = correct(two, BOOK, incident, "killed", "8", by="ben")
    assert again.event == claim.event
    assert shown(two)["killed"]["low"] == 8
    undo_correction(two, incident, "killed", by="ben")
    assert shown(two)["killed"]["low"] == 9


def test_a_quote_says_which_report_of_an_incident_is_meant(store):
    late = replace(SECOND, text=TEXT.replace("five dead", "eleven dead"))
    for report in (FIRST, late):
        store.add(report, claims_of(report), origin="lexicon/1", made=MADE)
    link(store, BOOK, made=MADE)
    (incident,) = store.incidents()
    claim = correct(store, BOOK, incident.id, "killed", "5", by="amina", quote="five dead")
    assert claim.span.report_id == "r1"
    with pytest.raises(ConfigError, match="stands in no report of"):
        correct(store, BOOK, incident.id, "killed", "5", by="amina", quote="six dead")


def test_a_corrected_date_moves_the_event_and_back(two):
    other = told(SECOND, "Rockets", "type", None).event
    correct(two, BOOK, other, "date", "2021-06-01", by="amina")
    assert len(list(two.incidents())) == 2
    assert shown(two, other)["date"]["earliest"] == "2021-06-01"
    assert shown(two)["date"]["earliest"] == "2021-07-05"
    undo_correction(two, other, "date", by="amina", codebook=BOOK)
    assert len(list(two.incidents())) == 1


def test_what_a_person_found_not_to_have_happened_stays_as_a_discounted_incident(two):
    correct(two, BOOK, EVENT, "context", "denied", by="amina")
    row = shown(two)
    assert (row["grade"], row["grade_reason"]) == (
        "discounted", "amina found that it did not happen",
    )  # fmt: skip
    assert EVENT in row["events"]


def test_an_event_of_another_kind_can_be_corrected_too(two):
    claim = correct(two, BOOK, TALLY, "count", "46", by="amina")
    current = [c for c in two.claims("r1") if c.event == TALLY and c.role == "count"]
    assert claim in current
    assert len(current) == 2


def test_a_new_coding_by_a_machine_does_not_undo_a_correction(two):
    correct(two, BOOK, EVENT, "killed", "5", by="amina")
    newer = [replace(claim, origin="lexicon/2") for claim in claims_of(FIRST)]
    two.add(FIRST, newer, origin="lexicon/2", made="2099-01-01T00:00:00+00:00")
    link(two, BOOK)
    assert shown(two)["killed"]["low"] == 5


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["killed", "injured"]), st.sampled_from(["1", "2", "unknown"])),
        st.tuples(st.sampled_from(["killed", "injured"]), st.none()),
    ),
    max_size=4,
)


@settings(max_examples=6)
@given(STEPS, st.sampled_from(["amina", "ben"]))
def test_corrections_and_undoing_them_never_remove_a_claim(one, steps, by):
    known = everything(one)
    for role, value in steps:
        if value is None:
            try:
                undo_correction(one, EVENT, role, by=by)
            except ConfigError:
                continue
        else:
            claim = correct(one, BOOK, EVENT, role, value, by=by)
            rows = len(one.trail().corrections([EVENT]))
            assert correct(one, BOOK, EVENT, role, value, by=by) == claim
            assert len(one.trail().corrections([EVENT])) == rows
            assert claim in set(one.claims("r1"))
        now = everything(one)
        assert now >= known
        known = now
