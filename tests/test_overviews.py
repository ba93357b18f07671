"""Overviews: headline, doubts, and that they are made anew when what they rest on changes."""

import datetime as dt

import pytest

from dateline.codebook import load_codebook
from dateline.incidents.overview import find_doubts, headline, overview, risk_of
from dateline.link import link
from dateline.model import Judgement, event_id, make_claim, make_report
from dateline.overviews import overviews_of, records_of, refresh_overviews
from dateline.store.overview_index import Review
from dateline.values import Count, Place, Term, When

BOOK = load_codebook()
MADE = "2021-07-06T00:00:00+00:00"
PLACE = Place("icao:ORAA", "Al Asad Air Base", "IQ", "Al Anbar", 33.7856, 42.4412, "site")
RECORD = {
    "incident": "i_1",
    "type": "rocket_attack",
    "place": None,
    "date": {"earliest": "2021-07-05", "latest": "2021-07-05", "precision": "day", "time": None},
    "weapon_detail": "rocket",
    "target": "the base",
    "target_detail": "military_base",
    "target_actor": [],
    "killed": None,
    "injured": None,
    "perpetrators": [],
    "claim_status": "not_mentioned",
    "grade": "weak",
    "independent_sources": 1,
    "reports": ["r_1"],
    "reported": True,
    "publishers": ["Tigris Wire"],
    "claims": [],
}


def place(level: str, name: str = "Hit", **more: object) -> dict[str, object]:
    form = {"id": "g", "name": name, "admin1": "Al Anbar", "country": "IQ"}
    return form | {"lat": 33.6, "lon": 42.8, "level": level} | more


def count(low: int | None, high: int | None, basis: str = "exact", **more: object):
    ends = {"reported_low": low, "reported_high": high}
    return {"low": low, "high": high, "basis": basis, "of": None, **ends, **more}


def blamed(name: str, actor: str | None = None, stance: str = "suspected") -> dict[str, object]:
    return {"id": actor, "name": name, "names": [name], "stance": stance, "by": []}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, "Rocket attack"),
        ({"type": None}, "Incident"),
        ({"place": place("site", "Al Asad Air Base")}, "Rocket attack at Al Asad Air Base, Iraq"),
        ({"place": place("town")}, "Rocket attack in Hit, Iraq"),
        ({"place": place("near")}, "Rocket attack near Hit, Iraq"),
        ({"place": place("country", "Iraqi")}, "Rocket attack in Iraq"),
        ({"killed": count(0, 0, "none"), "injured": count(0, 0, "none")}, ": no casualties"),
        ({"injured": count(0, 0, "none")}, ": nobody injured"),
        ({"killed": count(35, 35), "injured": count(60, 60)}, ": 35 killed, 60 injured"),
        ({"killed": count(1200, None, "at_least")}, ": at least 1,200 killed"),
        ({"killed": count(None, 5, "at_most")}, ": up to 5 killed"),
        ({"killed": count(2, 4, "about")}, ": 2 to 4 killed"),
        ({"killed": count(12, 12, "about")}, ": about 12 killed"),
        ({"killed": count(None, None, "vague")}, ": some killed"),
        ({"claim_status": "unclaimed"}, ": unclaimed"),
        ({"perpetrators": [blamed("ISIS", "islamic-state")]}, ": attributed to Islamic State"),
        (
            {"perpetrators": [blamed("ISIS", "islamic-state")], "claim_status": "claimed"},
            ": claimed by Islamic State",
        ),
        (
            {"perpetrators": [blamed("one"), blamed("two"), blamed("three")]},
            ": attributed to one and 2 others",
        ),
        ({"perpetrators": [blamed("the army", stance="denied")], "claim_status": "denied"}, ""),
    ],
)
def test_a_headline_is_made_of_the_roles(known: dict[str, object], expected: str):
    line = headline(RECORD | known, BOOK)
    assert line == (f"Rocket attack{expected}" if expected[:1] in {":", ""} else expected)


@pytest.mark.parametrize(
    ("known", "kinds"),
    [
        ({"place": place("site")}, []),
        ({}, ["place"]),
        ({"place": place("town", lat=None)}, ["place"]),
        ({"place": place("province")}, ["place"]),
        ({"place": place("town"), "date": None}, ["date"]),
        (
            {"place": place("town"), "killed": count(2, 2, reported_low=2, reported_high=9)},
            ["disagreement"],
        ),
        ({"place": place("town"), "perpetrators": [blamed("gunmen")]}, ["actor"]),
        ({"place": place("town"), "grade": "contested"}, ["disagreement"]),
        ({"place": place("town"), "claims": [{"role": "type", "score": 0.3}]}, ["score"]),
    ],
)
def test_a_doubt_names_what_to_look_at(known: dict[str, object], kinds: list[str]):
    assert [doubt.kind for doubt in find_doubts(RECORD | known)] == kinds


def test_doubts_add_up_but_never_to_certainty():
    found = list(find_doubts(RECORD | {"date": None}))
    assert [doubt.risk for doubt in found] == [0.3, 0.3]
    assert risk_of(found) == 0.51
    assert risk_of([]) == 0


def test_an_incident_that_was_reviewed_has_no_risk_left():
    assert overview(RECORD, BOOK).card["risk"] == 0.3
    assert overview(RECORD, BOOK, review="reviewed").card["risk"] == 0


def test_a_search_finds_an_incident_by_title_target_and_weapon_but_not_by_a_victim():
    claims = [
        {"role": "victim", "value": {"kind": "text", "text": "Ahmed al-Jabouri"}, "score": 1},
        {"role": "target", "value": {"kind": "text", "text": "Ain al-Asad"}, "score": 1},
        {"role": "target", "value": None, "score": 1},
    ]
    words = overview(RECORD | {"claims": claims}, BOOK, titles=["Rockets at dawn"]).words
    assert {"rockets at dawn", "ain al asad", "rocket"} <= set(words.split("\n"))
    assert "jabouri" not in words


# Keeping them in a store


def tell(store, text: str, *, day: int = 5, killed: int | None = None, publisher: str = "Wire"):
    """Add a report of a rocket attack and link it; give the id of its event."""
    hour = len(list(store.reports()))
    report = make_report(text, publisher=publisher, published=f"2021-07-0{day}T{hour:02}:00:00")
    event = event_id(report, "incident", report.span(0, 6))
    when = dt.date(2021, 7, day)
    values = [
        ("type", Term("event_type", "rocket_attack")),
        ("place", PLACE),
        ("date", When(when, when, "day", "stated")),
    ]
    values += [("killed", Count(killed, killed, "exact"))] if killed is not None else []
    claims = [
        make_claim(event, role, report.span(0, 6), value, origin="test/1") for role, value in values
    ]
    store.add(report, claims, origin="test/1", made=MADE)
    link(store, BOOK)
    return event


def refresh(store) -> int:
    return max(refresh_overviews(store, BOOK), default=0)


def cards(store) -> list[dict[str, object]]:
    rows = [number for number, _, facts, _ in store.overview_index().since(0) if facts]
    return list(store.overview_index().cards(rows).values())


def test_only_what_waits_is_made_and_stamps_rise(store):
    tell(store, "Rocket at dawn")
    index = store.overview_index()
    assert index.version()[1] == 1
    assert refresh(store) == 1
    first, waiting = index.version()
    assert (first > 0, waiting) == (True, 0)
    assert refresh(store) == 0
    tell(store, "Rocket at noon, two days later", day=7)
    assert refresh(store) == 1
    assert index.version()[0] > first
    assert len(list(index.since(first))) == 1


def test_a_second_report_of_an_incident_renews_its_overview(store):
    tell(store, "Rocket kills two", killed=2)
    refresh(store)
    assert [(card["reports"], card["killed"]["low"]) for card in cards(store)] == [(1, 2)]
    tell(store, "Rocket kills three at the base", killed=3, publisher="Other")
    assert refresh(store) == 1
    assert [(card["reports"], card["killed"]["low"]) for card in cards(store)] == [(2, 3)]


def test_a_word_of_a_person_renews_both_incidents(store):
    left = tell(store, "Rocket kills two", killed=2)
    right = tell(store, "Rocket kills two at the base", killed=2, publisher="Other")
    refresh(store)
    assert len(cards(store)) == 1
    said = Judgement(*sorted((left, right)), "different", 1.0, (), "human:amina", MADE)
    store.add_judgement(said)
    link(store, BOOK)
    assert refresh(store) == 2
    assert sorted(card["reports"] for card in cards(store)) == [1, 1]


def test_an_incident_that_was_merged_away_leaves_the_lists(store):
    left = tell(store, "Rocket kills two", killed=2)
    right = tell(store, "Rocket kills two elsewhere in the week", day=8, killed=2)
    refresh(store)
    assert len(cards(store)) == 2
    said = Judgement(*sorted((left, right)), "same", 1.0, (), "human:amina", MADE)
    store.add_judgement(said)
    link(store, BOOK)
    refresh(store)
    assert [card["reports"] for card in cards(store)] == [2]
    gone = [number for number, _, facts, _ in store.overview_index().since(0) if facts is None]
    assert len(gone) == 1


def test_a_correction_renews_the_overview_before_any_linking(store):
    event = tell(store, "Rocket kills two", killed=2)
    refresh(store)
    report = next(store.reports())
    claim = make_claim(
        event, "killed", report.span(0, 6), Count(4, 4, "exact"), origin="human:amina"
    )
    store.add(report, [claim], origin="human:amina", made=MADE)
    assert refresh(store) == 1
    assert [card["killed"]["low"] for card in cards(store)] == [4]


def test_a_review_shows_and_the_newest_word_holds(store):
    tell(store, "Rocket at dawn")
    refresh(store)
    name = cards(store)[0]["id"]
    index = store.overview_index()
    for state in ("disputed", "reviewed"):
        index.add_review(Review(name, state, "amina", MADE, None))
    assert refresh(store) == 1
    assert [(card["review"], card["risk"]) for card in cards(store)] == [("reviewed", 0.0)]
    assert [review.state for review in index.reviews([name])] == ["disputed", "reviewed"]


def test_a_review_of_a_former_id_holds_for_what_took_it_over(store):
    left = tell(store, "Rocket kills two", killed=2)
    right = tell(store, "Rocket kills two elsewhere in the week", day=8, killed=2)
    refresh(store)
    for event in (left, right):
        name = store.incident(event).id
        store.overview_index().add_review(Review(name, "reviewed", "amina", MADE))
    said = Judgement(*sorted((left, right)), "same", 1.0, (), "human:amina", MADE)
    store.add_judgement(said)
    link(store, BOOK)
    refresh(store)
    assert [card["review"] for card in cards(store)] == ["reviewed"]


def test_stamps_rise_also_where_the_only_incident_changes(store):
    tell(store, "Rocket kills two", killed=2)
    refresh(store)
    index = store.overview_index()
    seen = [index.version()]
    for change in (3, 4):
        link(store, BOOK, again=True)
        assert index.version()[1] == 1
        refresh(store)
        seen.append(index.version())
        assert len(list(index.since(seen[-2][0]))) == 1, change
    assert seen == sorted(set(seen))


def test_an_overview_that_went_stale_while_it_was_made_is_made_again(store):
    from dateline.store.overview_index import OverviewRow

    tell(store, "Rocket at dawn")
    refresh(store)
    index = store.overview_index()
    (number,) = (number for number, *_ in index.since(0))
    index.mark_stale([number])
    ((_, seen),) = index.waiting(9)
    index.mark_stale([number])
    index.save([OverviewRow(number, seen, {"old": True}, {}, "")])
    assert index.version()[1] == 1
    assert refresh(store) == 1
    assert "old" not in next(index.since(0))[2]


def test_what_waits_is_shown_as_it_was(store):
    tell(store, "Rocket at dawn")
    refresh(store)
    index = store.overview_index()
    index.mark_stale(number for number, *_ in index.since(0))
    assert index.version()[1] == 1
    assert len(cards(store)) == 1


def test_linking_all_again_makes_every_overview_wait(store):
    tell(store, "Rocket at dawn")
    tell(store, "Rocket at noon, two days later", day=7)
    refresh(store)
    link(store, BOOK, again=True)
    assert store.overview_index().version()[1] == 2


def test_an_unsure_link_is_a_doubt(store):
    tell(store, "Rocket kills two", killed=2)
    tell(store, "Rocket kills two at the base", killed=2, publisher="Other")
    (number,) = [number for number, *_ in store.overview_index().waiting(9)]
    made = overviews_of(store, BOOK, [number])[number]
    chances = [j.score for j in store.judgements() if j.verdict == "same"]
    links = [doubt for doubt in made.doubts if doubt.kind == "link"]
    assert bool(links) == (min(chances) < 0.9)


def test_records_come_in_the_order_they_were_asked_for(store):
    for day in (1, 5, 9):
        tell(store, f"Rocket on day {day}", day=day)
    numbers = [number for number, _ in store.overview_index().waiting(9)]
    found = [row["date"]["earliest"] for row in records_of(store, BOOK, numbers)]
    assert found == ["2021-07-09", "2021-07-05", "2021-07-01"]
    assert next(records_of(store, BOOK, numbers[:1], rule="minmax"))["publishers"] == ["Wire"]


def test_an_id_is_found_by_event_and_by_former_id(store):
    left = tell(store, "Rocket kills two", killed=2)
    right = tell(store, "Rocket kills two elsewhere in the week", day=8, killed=2)
    before = store.incident(right).id
    said = Judgement(*sorted((left, right)), "same", 1.0, (), "human:amina", MADE)
    store.add_judgement(said)
    link(store, BOOK)
    index = store.overview_index()
    assert index.find(before) == index.find(left) == index.find(right)
    assert index.find("i_nothing") is None
