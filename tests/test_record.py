"""The row of an event: the interchange form, and which claim each cell takes."""

import datetime as dt
import json

import pytest

from dateline.codebook import load_codebook
from dateline.incidents import event_record, report_record
from dateline.model import Claim, Report, Speaker, make_claim
from dateline.values import Actor, Count, Place, Term, Text, Unknown, Value, When

TEXT = (
    "Two soldiers and a clerk were killed when rockets hit the Hit barracks on Monday, police said."
    " The Nujaba movement said its fighters did it; Tehran denied a role. Nobody had claimed it."
)
REPORT = Report(id="r1", text=TEXT, publisher="The Ledger", published="2021-07-06", language="en")
BOOK = load_codebook()
HIT = Place("geonames:98860", "Hīt", "IQ", "Al Anbar", 33.64, 42.83, "town")
ANBAR = Place("geonames:99592", "Al Anbar", "IQ", "Al Anbar", 33.0, 42.0, "province")
IRAQ = Place("iso:IQ", "Iraq", "IQ", None, 33.0, 44.0, "country")
KIRKUK = Place("geonames:94787", "Kirkuk", "IQ", "Kirkuk", 35.47, 44.39, "town")
MONDAY = When(dt.date(2021, 7, 5), dt.date(2021, 7, 5), "day", "publication")
TUESDAY = When(dt.date(2021, 7, 6), dt.date(2021, 7, 6), "day", "publication")
JULY = When(dt.date(2021, 7, 1), dt.date(2021, 7, 31), "month", "stated")
ROCKETS = Term("event_type", "rocket_attack")


def claim(role: str, quote: str, value: Value | None, by: str = "", side: str | None = None,
          stance="asserted", origin="lexicon/1") -> Claim:  # fmt: skip
    start = TEXT.index(quote)
    speakers = [Speaker(by, side)] if by else []
    return make_claim("e_1", role, REPORT.span(start, start + len(quote)), value, stance=stance,
                      speakers=speakers, origin=origin)  # fmt: skip


def row_of(*claims: Claim) -> dict:
    return event_record(REPORT, [claim("type", "rockets hit", ROCKETS), *claims], BOOK)


def test_an_event_has_every_key_of_the_interchange_form_and_null_for_what_is_not_stated():
    row = row_of()
    assert row["event"] == "e_1"
    assert (row["kind"], row["reported"]) == ("incident", True)
    assert row["type"] == "rocket_attack"
    assert row["acled"] == "Shelling/artillery/missile attack"
    assert row["plover"] == "ASSAULT/heavy-weapons"
    assert row["gtd"] == "3"
    for key in ("date", "place", "target", "target_type", "weapon", "munitions", "killed",
                "injured", "damage", "ucdp"):  # fmt: skip
        assert row[key] is None
    for key in ("perpetrators", "claimed_by", "attributed_by", "denied_by"):
        assert row[key] == []
    assert row["claim_status"] == "not_mentioned"
    assert [c["quote"] for c in row["claims"]] == ["rockets hit"]
    json.dumps(row)


def test_a_place_and_a_date_carry_their_precision():
    row = row_of(claim("place", "Hit", HIT), claim("date", "Monday", MONDAY))
    assert row["place"] == {
        "id": "geonames:98860", "name": "Hīt", "admin1": "Al Anbar", "country": "IQ",
        "lat": 33.64, "lon": 42.83, "level": "town",
    }  # fmt: skip
    assert row["date"] == {
        "earliest": "2021-07-05", "latest": "2021-07-05", "precision": "day",
        "basis": "publication", "time": None, "zone": None,
    }  # fmt: skip


def test_terms_come_in_the_words_of_the_interchange_form_and_in_full():
    row = row_of(
        claim("target_type", "soldiers", Term("target_types", "soldiers")),
        claim("weapon", "rockets", Term("weapons", "cruise_missile")),
    )
    assert (row["target_type"], row["target_detail"]) == ("military_base", "soldiers")
    assert (row["weapon"], row["weapon_detail"]) == ("missile", "cruise_missile")


def test_what_is_unknown_is_null_and_its_reason_stays_with_the_claim():
    row = row_of(claim("date", "Monday", Unknown("no publication date")))
    assert row["date"] is None
    assert row["claims"][1]["value"] == {"kind": "unknown", "reason": "no publication date"}


def test_what_is_not_resolved_yet_is_null_too():
    row = row_of(claim("place", "Hit", None))
    assert row["place"] is None
    assert row["claims"][1]["value"] is None


@pytest.mark.parametrize(
    ("places", "best"),
    [
        ([IRAQ, HIT], "Hīt"),
        ([HIT, ANBAR, IRAQ], "Hīt"),
        ([KIRKUK, HIT, ANBAR], "Hīt"),
        ([HIT, KIRKUK, KIRKUK], "Kirkuk"),
        ([ANBAR, IRAQ], "Al Anbar"),
        ([Place(None, "Hit", None, None, None, None, "unknown"), IRAQ], "Iraq"),
    ],
)
def test_the_best_place_is_the_finest_with_most_support(places, best):
    quotes = ["Hit", "barracks", "Monday"]
    row = row_of(*(claim("place", q, p) for q, p in zip(quotes, places, strict=False)))
    assert row["place"]["name"] == best


@pytest.mark.parametrize(
    ("whens", "earliest"),
    [
        ([JULY, MONDAY], "2021-07-05"),
        ([MONDAY, JULY, TUESDAY], "2021-07-05"),
        ([TUESDAY, MONDAY, MONDAY], "2021-07-05"),
        ([JULY], "2021-07-01"),
    ],
)
def test_the_best_date_is_the_narrowest_with_most_support(whens, earliest):
    quotes = ["Hit", "barracks", "Monday"]
    row = row_of(*(claim("date", q, w) for q, w in zip(quotes, whens, strict=False)))
    assert row["date"]["earliest"] == earliest


def test_a_clock_time_joins_its_day():
    clock = When(None, None, "unknown", "unknown", "14:45", "+03:00")
    row = row_of(claim("date", "Monday", MONDAY), claim("date", "barracks", clock))
    assert (row["date"]["latest"], row["date"]["time"]) == ("2021-07-05", "14:45")


EXACT, FLOOR, NONE = "exact", "at_least", "none"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([Count(3, 3, EXACT)], (3, 3, EXACT, "stated")),
        ([Count(0, 0, NONE)], (0, 0, NONE, "stated")),
        ([Count(0, 0, NONE), Count(2, 2, EXACT)], (2, 2, EXACT, "stated")),
        ([Count(3, 3, EXACT), Count(2, None, FLOOR)], (3, 3, EXACT, "stated")),
        ([Count(2, 2, EXACT), Count(9, None, FLOOR)], (9, None, FLOOR, "stated")),
        ([Count(4, None, FLOOR), Count(9, None, FLOOR)], (9, None, FLOOR, "stated")),
        ([Count(24, None, "vague"), Count(30, None, FLOOR)], (30, None, FLOOR, "stated")),
        ([Count(24, None, "vague")], (24, None, "vague", "stated")),
        ([Count(24, None, "vague"), Count(23, 23, EXACT)], (23, 23, EXACT, "stated")),
        ([Count(24, None, "vague"), Count(2, 2, EXACT)], (24, None, "vague", "stated")),
        ([Count(2, 2, EXACT, "children"), Count(30, None, FLOOR)], (30, None, FLOOR, "stated")),
        ([Count(3, 3, EXACT), Count(5, 5, EXACT)], (5, 5, EXACT, "largest")),
    ],
)
def test_the_count_one_voice_stands_by(counts, expected):
    quotes = ["Two soldiers", "police", "Monday"]
    row = row_of(*(claim("killed", q, c) for q, c in zip(quotes, counts, strict=False)))
    killed = row["killed"]
    assert (killed["low"], killed["high"], killed["basis"], killed["rule"]) == expected


def test_voices_that_differ_make_a_range():
    row = row_of(
        claim("killed", "Two soldiers", Count(2, 2, "exact"), by="police"),
        claim("killed", "Monday", Count(7, 7, "exact"), by="the Nujaba movement"),
    )
    assert row["killed"] == {"low": 2, "high": 7, "basis": "about", "of": None, "rule": "range"}


def test_a_rocket_beside_a_number_of_rockets_is_not_a_count():
    row = row_of(
        claim("munitions", "rockets", Count(1, 1, "exact", "rocket"), by="police"),
        claim("munitions", "Monday", Count(14, 14, "exact", "rocket")),
    )
    assert (row["munitions"]["low"], row["munitions"]["rule"]) == (14, "stated")


def test_different_people_told_side_by_side_are_added():
    row = row_of(
        claim("killed", "Two soldiers", Count(2, 2, "exact", "soldiers")),
        claim("killed", "a clerk", Count(1, 1, "exact", "clerk")),
    )
    assert row["killed"] == {"low": 3, "high": 3, "basis": "exact", "of": None, "rule": "sum"}


@pytest.mark.parametrize("stance", ["denied", "hypothetical"])
def test_what_is_denied_or_hypothetical_never_becomes_a_number(stance):
    row = row_of(claim("killed", "Two soldiers", Count(2, 2, "exact"), stance=stance))
    assert row["killed"] is None
    assert len(row["claims"]) == 2


def test_what_a_person_said_wins_over_machines():
    row = row_of(
        claim("killed", "Two soldiers", Count(2, 2, "exact")),
        claim("killed", "a clerk", Count(1, 1, "exact"), origin="human:amina"),
    )
    assert (row["killed"]["low"], row["killed"]["high"]) == (1, 1)


def test_a_person_can_take_a_value_away():
    wrong = Unknown("this is the toll of another attack")
    row = row_of(
        claim("killed", "Two soldiers", Count(2, 2, "exact")),
        claim("killed", "Two soldiers", wrong, origin="human:amina"),
    )
    assert row["killed"] is None


@pytest.mark.parametrize("context", ["background", "hypothetical", "planned"])
def test_what_is_not_the_news_is_not_reported(context):
    row = row_of(claim("context", "Monday", Term("context", context)))
    assert row["reported"] is False
    assert row["context"] == context
    assert row["type"] == "rocket_attack"


# -- who did it -----------------------------------------------------------------------------------

NUJABA = Actor("harakat-hezbollah-al-nujaba", "The Nujaba movement")
TEHRAN = Actor("iran", "Tehran")


def who(row: dict) -> tuple:
    return row["claim_status"], row["claimed_by"], row["attributed_by"], row["denied_by"]


def test_a_perpetrator_who_says_so_itself_claims():
    row = row_of(claim("perpetrator", "its fighters", NUJABA, by="Nujaba", side=NUJABA.id))
    assert who(row) == ("claimed", ["Nujaba"], [], [])
    (entry,) = row["perpetrators"]
    assert (entry["id"], entry["name"], entry["stance"]) == (NUJABA.id, "its fighters", "asserted")
    assert entry["by"] == ["Nujaba"]
    assert entry["names"][0] == "Harakat Hezbollah al-Nujaba"
    assert entry["names"][-2:] == ["The Nujaba movement", "its fighters"]


@pytest.mark.parametrize(
    ("actor", "speaker", "status"),
    [
        ("turkey", "turkish-armed-forces", "claimed"),
        ("turkish-armed-forces", "turkey", "claimed"),
        ("kenyan-police", "kenyan-armed-forces", "claimed"),
        ("turkey", "iraqi-armed-forces", "not_mentioned"),
        ("harakat-hezbollah-al-nujaba", "iraq", "not_mentioned"),
    ],
)
def test_a_state_its_forces_and_its_police_are_one_side(actor, speaker, status):
    told = claim("perpetrator", "its fighters", Actor(actor, "it"), by="spokesman", side=speaker)
    assert who(row_of(told))[0] == status


def test_a_claim_in_the_same_name_needs_no_registry():
    unknown = Actor(None, "Lions of the Valley")
    row = row_of(claim("perpetrator", "its fighters", unknown, by="the lions of the valley"))
    assert who(row)[:2] == ("claimed", ["the lions of the valley"])


def test_somebody_else_attributes():
    row = row_of(claim("perpetrator", "its fighters", TEHRAN, by="police", stance="suspected"))
    assert who(row) == ("not_mentioned", [], ["police"], [])
    assert row["perpetrators"][0]["stance"] == "suspected"


def test_a_denial_is_kept_beside_the_attribution():
    row = row_of(
        claim("perpetrator", "Tehran", TEHRAN, by="police"),
        claim("perpetrator", "Tehran denied a role", TEHRAN, by="Tehran", stance="denied"),
    )
    assert who(row) == ("denied", [], ["police"], ["Tehran"])
    (entry,) = row["perpetrators"]
    assert (entry["stance"], entry["by"]) == ("asserted", ["police"])


def test_nobody_has_claimed_it_is_a_statement():
    row = row_of(claim("unclaimed", "Nobody had claimed it", Term("claim_status", "unclaimed")))
    assert who(row) == ("unclaimed", [], [], [])


def test_a_claim_outweighs_nobody_has_claimed_it():
    row = row_of(
        claim("unclaimed", "Nobody had claimed it", Term("claim_status", "unclaimed")),
        claim("perpetrator", "its fighters", NUJABA, by="Nujaba", side=NUJABA.id),
    )
    assert row["claim_status"] == "claimed"


def test_the_reports_own_voice_attributes_to_nobody_in_particular():
    row = row_of(claim("perpetrator", "Tehran", TEHRAN))
    assert who(row) == ("not_mentioned", [], [], [])
    assert row["perpetrators"][0]["by"] == []


# -- other kinds, and the line of a report --------------------------------------------------------


def test_a_tally_carries_its_own_roles_and_no_casualties():
    claims = [
        claim("type", "rockets", Term("kind", "tally")),
        claim("count", "Two", Count(45, 45, "exact", "attacks")),
        claim("places", "Hit", IRAQ),
        claim("places", "barracks", HIT),
        claim("attributed_to", "Tehran", TEHRAN),
        claim("target", "clerk", Text("US interests")),
    ]
    row = event_record(REPORT, claims, BOOK)
    assert row["kind"] == "tally"
    assert row["count"]["low"] == 45
    assert [place["name"] for place in row["places"]] == ["Iraq", "Hīt"]
    assert row["attributed_to"] == {"id": "iran", "name": "Tehran"}
    assert (row["target"], row["what"], row["period"]) == ("US interests", None, None)
    assert "killed" not in row


def test_the_line_of_a_report_lists_its_events_in_text_order():
    later = make_claim("e_2", "type", REPORT.span(100, 110), ROCKETS, origin="lexicon/1")
    line = report_record(REPORT, [later, claim("type", "rockets hit", ROCKETS)], BOOK)
    assert [event["event"] for event in line["events"]] == ["e_1", "e_2"]
    assert (line["report"], line["status"], line["publisher"]) == ("r1", "ok", "The Ledger")
    failed = report_record(REPORT, [], BOOK, failure="no weights")
    assert (failed["status"], failed["message"], failed["events"]) == ("failed", "no weights", [])
