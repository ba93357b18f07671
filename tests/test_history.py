"""The story of an incident, and what was known of it on a day in the past."""

import json
from dataclasses import asdict, replace

import pytest

from dateline.codebook import load_codebook
from dateline.corrections import correct, undo_correction
from dateline.errors import ConfigError
from dateline.export.rows import incident_row, incident_rows
from dateline.history import Entry, history
from dateline.link import link
from dateline.model import Claim, Judgement, Report, event_id, make_claim
from dateline.store.database import Store
from dateline.store.moment import moment_of
from dateline.values import Count, Place, Term, Value, When

BOOK = load_codebook()
MADE = "2021-07-06T10:00:00+00:00"
TEXT = "Rockets hit Balad Air Base on 2021-07-05. Two soldiers were killed, or five."
FIRST = Report(id="r1", text=TEXT, title="Rockets", publisher="The Ledger", published="2021-07-06")
SECOND = replace(FIRST, id="r2", publisher="The Courier", published="2021-07-08T09:00:00+03:00")
BALAD = Place("icao:ORBD", "Balad Air Base", "IQ", "Salah ad Din", 33.94, 44.36, "site")


def claims_of(report: Report, killed: int = 2, origin: str = "lexicon/1") -> list[Claim]:
    event = event_id(report, "incident", report.span(0, 7))

    def claim(role: str, quote: str, value: Value) -> Claim:
        at = TEXT.index(quote)
        return make_claim(event, role, report.span(at, at + len(quote)), value, origin=origin)

    day = __import__("datetime").date(2021, 7, 5)
    return [
        claim("type", "Rockets", Term("event_type", "rocket_attack")),
        claim("place", "Balad Air Base", BALAD),
        claim("date", "2021-07-05", When(day, day, "day", "stated")),
        claim("killed", "Two soldiers", Count(killed, killed, "exact")),
    ]


EVENT, OTHER = claims_of(FIRST)[0].event, claims_of(SECOND)[0].event


@pytest.fixture
def told(store: Store) -> Store:
    """Two reports of one incident, recorded two days apart as they were published."""
    store.add(FIRST, claims_of(FIRST), origin="lexicon/1", made=MADE)
    link(store, BOOK, made=MADE)
    later = "2021-07-08T10:00:00+00:00"
    store.add(SECOND, claims_of(SECOND, 3), origin="lexicon/1", made=later)
    link(store, BOOK, made=later)
    return store


def story(store: Store, wanted: str = EVENT, as_of: str | None = None) -> list[Entry]:
    return history(store, BOOK, wanted, as_of=as_of)


def steps(entries: list[Entry]) -> list[tuple[str, str | None]]:
    return [(entry.kind, entry.who) for entry in entries]


def test_the_story_tells_who_told_read_and_joined_it_in_order_of_time(told):
    assert steps(story(told)) == [
        ("report", "The Ledger"),
        ("coding", "lexicon/1"),
        ("report", "The Courier"),
        ("coding", "lexicon/1"),
        ("judgement", "link/3"),
    ]
    first, read, *_ = story(told)
    assert (first.made, first.what, first.report) == ("2021-07-06", "told of it “Rockets”", "r1")
    where = "Balad Air Base (site), Salah ad Din, IQ"
    assert read.what == f"4 claims: rocket attack, 2021-07-05 (day), {where}, killed 2"


def test_words_of_people_stand_with_their_name_quote_and_what_was_before(told):
    correct(told, BOOK, EVENT, "killed", "5", by="amina", quote="five")
    correct(told, BOOK, EVENT, "killed", "unknown", by="ben")
    undo_correction(told, EVENT, "killed", by="amina", codebook=BOOK)
    told.add_judgement(
        Judgement(EVENT, OTHER, "different", 1.0, ("two bases",), "human:cleo", "2099-01-01")
    )
    *_, first, second, undone, judged = story(told)
    assert (first.kind, first.who, first.quote) == ("correction", "amina", "five")
    assert first.what == "killed: 5 (before: 2)"
    assert (second.who, second.what, second.quote) == (
        "ben", "killed: unknown: not known, says ben (before: 5)", None,
    )  # fmt: skip
    assert (undone.kind, undone.who) == ("undo", "amina")
    assert undone.what.startswith("killed: took back unknown")
    assert (judged.kind, judged.who) == ("judgement", "cleo")
    assert judged.what == f"{EVENT} and {OTHER} are two incidents (two bases)"


def test_splits_and_merges_are_told_under_every_id_the_incident_had(told):
    (kept,) = told.incidents()
    verdicts = (("different", "2021-07-09"), ("same", "2021-07-10"))
    for verdict, made in verdicts:
        told.add_judgement(Judgement(EVENT, OTHER, verdict, 1.0, (), "human:cleo", made))
        link(told, BOOK, made=f"{made}T12:00:00+00:00")
    (whole,) = told.incidents()
    changes = [
        (entry.kind, entry.made) for entry in story(told) if entry.kind in {"split", "merge"}
    ]
    assert changes == [
        ("split", "2021-07-09T12:00:00+00:00"), ("merge", "2021-07-10T12:00:00+00:00"),
    ]  # fmt: skip
    (former,) = told.trail().former_ids(whole.id)
    assert story(told, former) == story(told, whole.id) == story(told, OTHER)
    assert kept.id in {whole.id, former}


def test_a_report_that_could_not_be_read_and_one_read_anew_are_steps(told):
    told.record_failure(FIRST, "tagger/1", "no weights", made="2021-07-09T00:00:00+00:00")
    newer = claims_of(FIRST, 4, "lexicon/2")
    told.add(FIRST, newer, origin="lexicon/2", made="2021-07-10T00:00:00+00:00")
    *_, failed, again = story(told)
    assert (failed.who, failed.what) == ("tagger/1", "could not be read: no weights")
    assert (again.who, again.what.endswith("killed 4")) == ("lexicon/2", True)


def test_a_story_is_ready_for_json(told):
    correct(told, BOOK, EVENT, "killed", "5", by="amina", quote="five")
    entries = story(told)
    assert [Entry(**form) for form in json.loads(json.dumps(list(map(asdict, entries))))] == entries


def test_an_id_that_is_not_there_is_one_line(told):
    with pytest.raises(ConfigError, match="i_nothing: no incident or event of that id"):
        story(told, "i_nothing")


# -- what was known then --------------------------------------------------------------------------

KNOWN = [
    ("2021-07-05", None, 0),
    ("2021-07-06", 2, 1),
    ("2021-07-07", 2, 1),
    ("2021-07-08", 3, 2),
    ("2021-07-08T05:00:00", 2, 1),
    ("2021-07-08T06:00:00", 3, 2),
    ("2021-07-08T08:59:00+03:00", 2, 1),
    ("2099-01-01", 3, 2),
    (None, 3, 2),
]


@pytest.mark.parametrize(("as_of", "killed", "reports"), KNOWN)
def test_reports_count_from_the_day_they_were_published(told, as_of, killed, reports):
    row = incident_row(told, BOOK, EVENT, as_of=as_of)
    if killed is None:
        assert row is None
        assert list(incident_rows(told, BOOK, as_of=as_of)) == []
        return
    assert (row["killed"]["low"], len(row["reports"])) == (killed, reports)
    assert row.get("as_of") == as_of
    assert [r["killed"] for r in incident_rows(told, BOOK, as_of=as_of)] == [row["killed"]]


def test_what_a_person_said_counts_from_when_it_was_said(told):
    correct(told, BOOK, EVENT, "killed", "5", by="amina")
    assert incident_row(told, BOOK, EVENT, as_of="2021-07-20")["killed"]["low"] == 3
    assert incident_row(told, BOOK, EVENT, as_of="2099-01-01")["killed"]["low"] == 5
    assert [e.kind for e in story(told, as_of="2021-07-20")].count("correction") == 0
    undo_correction(told, EVENT, "killed", by="amina", codebook=BOOK)
    assert incident_row(told, BOOK, EVENT, as_of="2099-01-01")["killed"]["low"] == 3


def test_of_readings_the_newest_made_by_then_counts_else_the_first_after(told):
    told.add(FIRST, claims_of(FIRST, 9), origin="lexicon/2", made="2021-07-20T00:00:00+00:00")
    told.add(FIRST, claims_of(FIRST, 8), origin="lexicon/3", made="2021-07-21T00:00:00+00:00")

    def killed(as_of: str) -> list[int]:
        row = incident_row(told, BOOK, EVENT, as_of=as_of)
        return [c["value"]["low"] for c in row["claims"] if c["role"] == "killed"]

    assert killed("2021-07-06") == [2]
    assert killed("2021-07-20") == [9, 3]
    assert killed("2021-07-21") == [8, 3]
    early = replace(FIRST, id="r0", published="2021-06-30")
    told.add(early, claims_of(early, 1), origin="lexicon/1", made="2022-01-01T00:00:00+00:00")
    link(told, BOOK)
    assert 1 in killed("2021-07-06")


def test_an_undated_report_counts_from_when_it_was_recorded(store):
    undated = replace(FIRST, published=None)
    store.add(undated, claims_of(undated), origin="lexicon/1", made=MADE)
    link(store, BOOK, made=MADE)
    assert incident_row(store, BOOK, EVENT, as_of="2021-07-05") is None
    assert incident_row(store, BOOK, EVENT, as_of="2021-07-06") is not None


def test_rows_can_be_asked_for_by_id_in_the_order_wanted(told):
    (incident,) = told.incidents()
    rows = incident_rows(told, BOOK, ids=["i_nothing", incident.id, EVENT], rule="minmax")
    assert [(row["incident"], row["killed"]["rule"]) for row in rows] == [
        (incident.id, "minmax"), (incident.id, "minmax"),
    ]  # fmt: skip
    (alone,) = incident_rows(told, BOOK)
    assert alone == incident_row(told, BOOK, incident.id)


@pytest.mark.parametrize("as_of", ["yesterday", "2021-13-01", ""])
def test_what_is_no_date_is_one_line(as_of):
    with pytest.raises(ConfigError, match="is no date; write YYYY-MM-DD"):
        moment_of(as_of)
