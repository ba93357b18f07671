import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.analyse.scopes import Scope, Tally, scope_of, tally_of
from dateline.analyse.tallies import Fact, Facts, belongs_to, reconcile
from dateline.codebook import load_codebook
from dateline.extract.lexicon import extractor
from dateline.model import make_report
from dateline.values import Actor, Count, Place, Unknown, When

BOOK = load_codebook()
IRAQ = Place("country:IQ", "Iraq", "IQ", None, 33.0, 44.0, "country")
SYRIA = Place("country:SY", "Syria", "SY", None, 35.0, 38.0, "country")
BAGHDAD = Place("geonames:98182", "Baghdad", "IQ", "Baghdad", 33.34, 44.4, "town")
ERBIL = Place("geonames:95446", "Erbil", "IQ", "Erbil", 36.19, 44.01, "town")
ALEPPO = Place("geonames:170063", "Aleppo", "SY", "Aleppo", 36.2, 37.16, "town")
PUBLISHED = dt.date(2021, 7, 6)
THIS_YEAR = When(dt.date(2021, 1, 1), PUBLISHED, "range", "publication")
US = Actor("united-states", "United States")

FORTY_FIVE = Tally(
    "e_1",
    count=Count(45, 45, "exact", "attacks"),
    what="attacks",
    places=(IRAQ,),
    period=THIS_YEAR,
    published=PUBLISHED,
)


def fact(number=1, day=dt.date(2021, 3, 1), **cells):
    cells = {"type": "rocket_attack", "place": BAGHDAD, "latest": day} | cells
    return Fact(f"i_{number}", earliest=day, **cells)


def many(count, **cells):
    return [fact(number, **cells) for number in range(count)]


def verdict(tally, facts):
    found = reconcile(tally, Facts(facts), BOOK)
    return found.verdict, found.difference


@pytest.mark.parametrize(
    ("count", "on_record", "expected"),
    [
        (Count(45, 45, "exact"), 45, ("agrees", 0)),
        (Count(45, 45, "exact"), 42, ("short", 3)),
        (Count(45, 45, "exact"), 50, ("more", 5)),
        (Count(45, 45, "exact"), 0, ("short", 45)),
        (Count(41, None, "at_least"), 60, ("agrees", 0)),
        (Count(41, None, "at_least"), 30, ("short", 11)),
        (Count(None, 10, "at_most"), 12, ("more", 2)),
        (Count(40, 40, "about"), 37, ("agrees", 0)),
        (Count(40, 40, "about"), 30, ("short", 6)),
        (Count(3, 3, "exact"), 3, ("agrees", 0)),
        (Count(24, None, "vague"), 50, ("cannot_compare", None)),
        (None, 50, ("cannot_compare", None)),
    ],
)
def test_a_figure_is_held_against_the_incidents_on_record(count, on_record, expected):
    tally = replace(FORTY_FIVE, count=count)
    assert verdict(tally, many(on_record)) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, True),
        ({"place": ALEPPO}, False),
        ({"day": dt.date(2020, 12, 31)}, False),
        ({"day": dt.date(2021, 7, 7)}, False),
        ({"day": dt.date(2020, 12, 20), "latest": dt.date(2021, 1, 10)}, None),
        ({"type": "kidnapping"}, False),
        ({"type": "armed_violence"}, None),
        ({"type": None}, None),
        ({"type": "ambush"}, True),
    ],
)
def test_an_incident_belongs_does_not_or_may(changed, expected):
    scope = scope_of(FORTY_FIVE, BOOK)
    assert belongs_to(fact(**changed), scope, BOOK) is expected


@pytest.mark.parametrize(
    ("tally", "place", "expected"),
    [
        ((BAGHDAD,), BAGHDAD, True),
        ((BAGHDAD,), ERBIL, False),
        ((BAGHDAD,), IRAQ, None),
        ((IRAQ, SYRIA), ALEPPO, True),
        ((BAGHDAD, IRAQ), ERBIL, False),
        ((BAGHDAD,), None, None),
    ],
)
def test_a_wider_place_may_be_the_one_and_of_nested_places_the_finer_counts(tally, place, expected):
    scope = scope_of(replace(FORTY_FIVE, places=tally), BOOK)
    assert belongs_to(fact(place=place), scope, BOOK) is expected


@pytest.mark.parametrize(
    ("target", "cells", "expected"),
    [
        ("US interests", {"sides": ("us-military",)}, True),
        ("American interests", {"target": "Iraqi airbase hosting American soldiers"}, True),
        ("US interests", {"target": "the base"}, None),
        ("US interests", {"sides": ("taliban",)}, False),
        ("military bases", {"target_type": "military_base"}, True),
        ("military bases", {"target_type": "soldiers"}, True),
        ("military bases", {"target_type": "media"}, False),
        ("military bases", {}, None),
    ],
)
def test_whose_the_target_is_and_what_it_is_are_both_asked(target, cells, expected):
    scope = scope_of(replace(FORTY_FIVE, target=target), BOOK)
    assert belongs_to(fact(**cells), scope, BOOK) is expected


@pytest.mark.parametrize(
    ("perpetrators", "expected"),
    [
        (("iran-aligned-militias",), True),
        (("kataib-hezbollah",), True),
        (("islamic-state",), False),
        ((), None),
    ],
)
def test_attacks_blamed_on_a_side_count_those_of_its_members(perpetrators, expected):
    blamed = Actor("iran-aligned-militias", "Iran-aligned militias")
    scope = scope_of(replace(FORTY_FIVE, attributed_to=blamed), BOOK)
    assert belongs_to(fact(perpetrators=perpetrators), scope, BOOK) is expected


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"what": None}, "not said what is counted"),
        ({"what": "sorties"}, "may count acts or people"),
        ({"what": "killings"}, "may count acts or people"),
        ({"what": "balloon launches"}, "no event type is called"),
        ({"what": "pre-dawn rocket attacks"}, "narrower than any event type"),
        ({"period": None}, "no period"),
        ({"period": Unknown("no publication date")}, "no publication date"),
        ({"period": When(None, PUBLISHED, "range", "stated")}, "when the period begins"),
        (
            {"period": When(dt.date(2021, 1, 1), None, "range", "stated"), "published": None},
            "period is open",
        ),
        ({"places": ()}, "no place"),
        ({"places": (Unknown("3 places of that name"),)}, "3 places of that name"),
        ({"target": "the blue chairs"}, "names nobody known"),
        ({"attributed_to": Actor(None, "the Foxes")}, "not in the registry"),
        ({"attributed_to": Actor("gunmen", "gunmen")}, "may be any group"),
        ({"attributed_to": Unknown("two groups of that name")}, "two groups of that name"),
    ],
)
def test_a_scope_that_cannot_be_asked_is_said_in_words(changed, why):
    found = reconcile(replace(FORTY_FIVE, **changed), Facts(many(45)), BOOK)
    assert found.verdict == "cannot_compare"
    assert why in found.why
    assert found.scope is None


def test_incidents_that_may_belong_leave_the_verdict_open_only_where_they_decide():
    loose = [fact(n, type="armed_violence") for n in range(100, 105)]
    assert verdict(FORTY_FIVE, [*many(42), *loose]) == ("cannot_compare", None)
    assert verdict(FORTY_FIVE, [*many(30), *loose]) == ("short", 10)
    assert verdict(FORTY_FIVE, [*many(50), *loose]) == ("more", 5)


def test_the_incidents_behind_a_figure_are_named_the_sure_ones_apart():
    found = reconcile(FORTY_FIVE, Facts([fact(1), fact(2, type="armed_violence")]), BOOK)
    assert (found.incidents, found.doubtful) == (("i_1",), ("i_2",))
    assert found.why == "1 incident of that scope is surely on record; 1 more incident may belong"


def test_people_are_counted_as_people_and_only_where_every_incident_tells():
    tally = replace(FORTY_FIVE, what="killed", count=Count(200, 200, "exact"))
    told = many(20, killed=(10, 10))
    assert verdict(tally, told) == ("agrees", 0)
    assert verdict(tally, [*told, fact(99, killed=(5, 5))]) == ("more", 5)
    assert verdict(tally, [*told[:15], fact(99, killed=None)]) == ("cannot_compare", None)
    assert verdict(tally, [*told[:15], fact(99, killed=(1, None))]) == ("cannot_compare", None)


def test_a_tally_counts_nothing_after_its_report_was_published():
    year = When(dt.date(2021, 1, 1), dt.date(2021, 12, 31), "year", "publication")
    scope = scope_of(replace(FORTY_FIVE, period=year), BOOK)
    assert isinstance(scope, Scope)
    assert scope.last == PUBLISHED


def test_incidents_without_day_or_country_belong_to_no_figure():
    facts = Facts([fact(1), fact(2, day=None, latest=None), fact(3, place=None)])
    found = reconcile(FORTY_FIVE, facts, BOOK)
    assert (found.incidents, found.doubtful) == (("i_1",), ())


@pytest.mark.parametrize(
    "sentence",
    [
        "A total of 45 attacks targeted US interests in Iraq since the beginning of the year.",
        "It was the 45th attack this year against American interests in Iraq, officials said.",
    ],
)
def test_the_words_of_a_report_become_a_scope(sentence):
    report = make_report(f"Rockets hit a base on Monday. {sentence}", published="2021-07-06")
    claims = list(extractor(BOOK)([report]))
    anchors = {c.event for c in claims if getattr(c.value, "id", None) == "tally"}
    (event,) = anchors
    tally = tally_of([c for c in claims if c.event == event], report.published_day)
    scope = scope_of(tally, BOOK)
    assert (tally.count.low, scope.type, scope.first) == (45, "armed_attack", dt.date(2021, 1, 1))
    assert {place.country for place in scope.places} == {"IQ"}
    assert "us-military" in scope.sides


DAYS = st.dates(dt.date(2020, 6, 1), dt.date(2021, 12, 31))
FACTS = st.builds(
    lambda number, day, length, **cells: Fact(
        f"i_{number}", earliest=day, latest=day + dt.timedelta(days=length), **cells
    ),
    st.integers(0, 10**6),
    DAYS,
    st.integers(0, 40),
    type=st.sampled_from([None, "rocket_attack", "ambush", "kidnapping", "armed_violence"]),
    place=st.sampled_from([None, IRAQ, BAGHDAD, ERBIL, ALEPPO]),
    target=st.sampled_from([None, "US embassy", "a market"]),
    perpetrators=st.sampled_from([(), ("kataib-hezbollah",), ("islamic-state",)]),
    killed=st.sampled_from([None, (0, 0), (2, 5), (7, None)]),
)


@given(st.lists(FACTS, max_size=20), FACTS, st.sampled_from(["attacks", "killed"]))
def test_one_more_incident_never_lowers_what_is_on_record(facts, one_more, what):
    tally = replace(FORTY_FIVE, what=what, target="US interests")
    before = reconcile(tally, Facts(facts), BOOK)
    after = reconcile(tally, Facts([*facts, one_more]), BOOK)
    assert after.certain >= before.certain
    assert after.possible is None or (before.possible or 0) <= after.possible
    assert set(before.incidents) <= set(after.incidents)


@given(st.lists(FACTS, max_size=20))
def test_every_incident_found_through_the_index_is_found_by_looking_at_all(facts):
    scope = scope_of(FORTY_FIVE, BOOK)
    found = reconcile(FORTY_FIVE, Facts(facts), BOOK)
    dated = [f for f in facts if f.place is not None]
    assert sorted(found.incidents) == sorted(
        f.id for f in dated if belongs_to(f, scope, BOOK) is True
    )


@given(st.lists(FACTS, max_size=12), st.integers(0, 20))
def test_a_verdict_holds_whichever_of_the_doubtful_incidents_belong(facts, figure):
    tally = replace(FORTY_FIVE, count=Count(figure, figure, "exact"))
    found = reconcile(tally, Facts(facts), BOOK)
    if found.verdict == "short":
        assert found.possible + found.difference == figure
    elif found.verdict == "more":
        assert found.certain - found.difference == figure
    elif found.verdict == "agrees":
        assert found.certain == found.possible == figure
    else:
        assert found.certain <= figure <= found.possible
