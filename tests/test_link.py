"""Events become incidents: what joins, what keeps apart, and ids that last."""

import datetime as dt
import time
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import load_codebook
from dateline.link import EventView, compare, link, view_of
from dateline.link.joining import cluster
from dateline.model import Change, Claim, Judgement, Report, event_id, make_claim
from dateline.store import open_store
from dateline.values import Count, Place, Term, Value, When

BOOK = load_codebook()
MADE = "2026-01-01T00:00:00+00:00"
DAY = dt.date(2021, 7, 5)
ASAD = Place("icao:ORAA", "Al Asad Air Base", "IQ", "Al Anbar", 33.786, 42.441, "site")
HIT = Place("geonames:98860", "Hīt", "IQ", "Al Anbar", 33.64, 42.83, "town")
AIRPORT = Place("icao:ORBI", "Baghdad International Airport", "IQ", "Baghdad", 33.26, 44.23, "site")
BAGHDAD = Place("geonames:98182", "Baghdad", "IQ", "Baghdad", 33.34, 44.40, "town")
GREEN_ZONE = Place("site:1", "Green Zone", "IQ", "Baghdad", 33.31, 44.39, "site")
ANBAR = Place("geonames:99592", "Al Anbar", "IQ", "Al Anbar", 33.0, 42.0, "province")
IRAQ = Place("iso:IQ", "Iraq", "IQ", None, 33.0, 44.0, "country")
SYRIA = Place("iso:SY", "Syria", "SY", None, 35.0, 38.0, "country")
DISTRICT = Place("geonames:1", "Hit District", "IQ", "Al Anbar", 33.7, 42.6, "district")
NEAR_ASAD = replace(ASAD, id=None, latitude=33.9, level="near")


def types(kind: str) -> dict:
    return {
        "types": tuple(BOOK.ancestors("event_types", kind)),
        "sub_event": BOOK.crosswalk("event_types", kind, "acled"),
    }


BASE = EventView(
    "e_a", "a", "2021-07-06", 10, earliest=DAY, latest=DAY, place=ASAD, **types("rocket_attack")
)


def other(**changes) -> EventView:
    return replace(BASE, **({"id": "e_b", "report": "b"} | changes))


def days(first: int, last: int) -> dict:
    return {"earliest": DAY + dt.timedelta(first), "latest": DAY + dt.timedelta(last)}


# -- pairs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "same"),
        (types("mortar_attack"), "same"),
        (types("armed_attack"), "same"),
        (days(0, 1), "same"),
        (days(-3, 3), "same"),
        ({"place": NEAR_ASAD}, "same"),
        ({"place": ANBAR}, "same"),
        ({"place": IRAQ}, "same"),
        (days(-4, 26), "same"),
        (days(-180, 180), "unsure"),
        ({"place": DISTRICT}, "same"),
        ({"place": replace(DISTRICT, admin1="Salah ad Din")}, None),
        (days(-4, 26) | {"place": ANBAR}, "unsure"),
        (days(1, 1), None),
        ({"earliest": None, "latest": None}, None),
        ({"place": None}, None),
        ({"place": HIT}, None),
        ({"place": SYRIA}, None),
        ({"types": ()}, None),
        (types("abduction"), None),
        ({"report": "a"}, "different"),
    ],
)
def test_days_place_and_type_decide(changes, verdict):
    judgement = compare(BASE, other(**changes))
    assert (judgement.verdict if judgement else None) == verdict
    assert compare(other(**changes), BASE) == judgement


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ({"weapon": "air"}, {"weapon": "firearm"}, "different weapons"),
        ({"munitions": (3, 3)}, {"munitions": (14, 14)}, "different numbers"),
        ({"minute": 90}, {"minute": 300}, "three hours"),
    ],
)
def test_a_fact_that_contradicts_keeps_two_events_apart(left, right, reason):
    judgement = compare(replace(BASE, **left), other(**right))
    assert judgement.verdict == "different"
    assert reason in judgement.reasons[0]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"weapon": "air"}, {"weapon": None}),
        ({"munitions": (3, 3)}, {"munitions": (5, None)}),
        ({"minute": 90}, {"minute": 260}),
        ({"minute": 90, "zone": "UTC"}, {"minute": 300, "zone": "+03:00"}),
    ],
)
def test_small_or_missing_differences_do_not(left, right):
    assert compare(replace(BASE, **left), other(**right)).verdict == "same"


def test_an_attack_and_its_interception_agree_by_weapon_if_day_and_place_are_fine():
    armed = {"weapon": "air", **types("drone_strike")}
    caught = {"weapon": "air", **types("interception")}
    assert compare(replace(BASE, **armed), other(**caught)).verdict == "same"
    assert compare(replace(BASE, **armed), other(**caught, place=ANBAR)) is None
    assert compare(replace(BASE, **armed), other(**types("interception"))) is None


def test_two_places_known_only_by_country_need_more_than_a_day_and_a_type():
    left, right = replace(BASE, place=IRAQ), other(place=IRAQ)
    assert compare(left, right).verdict == "unsure"
    armed = {"weapon": "explosive_projectile"}
    assert compare(replace(left, **armed), replace(right, **armed)).verdict == "same"


# -- clusters -------------------------------------------------------------------------------------


def clusters_of(*views: EventView, people=(), copies=()) -> list[list[str]]:
    groups, _ = cluster({view.id: view for view in views}, people, copies)
    return sorted(sorted(group) for group in groups)


def event(name: str, report: str | None = None, **changes) -> EventView:
    return other(id=name, report=report or name, **changes)


def test_events_of_one_report_stay_apart_through_others_too():
    twice = [event("a1", "a", munitions=(3, 3)), event("a2", "a", munitions=(4, 4))]
    assert len(clusters_of(*twice, event("b"), event("c"))) == 2


def test_two_like_attacks_of_one_report_pair_off_with_those_of_another():
    told = [event(f"{report}{n}", report, start=n) for report in "ab" for n in (1, 2)]
    assert clusters_of(*told) == [["a1", "b1"], ["a2", "b2"]]


def test_a_vague_event_joins_the_one_incident_that_fits():
    assert clusters_of(event("a"), event("b"), event("v", place=ANBAR)) == [["a", "b", "v"]]


def test_a_vague_event_stays_alone_when_two_incidents_fit():
    one, two = event("a", place=ASAD), event("b", place=HIT)
    assert clusters_of(one, two, event("v", place=ANBAR)) == [["a"], ["b"], ["v"]]


def test_a_town_does_not_bridge_two_sites_in_it():
    sites = [event("a", place=AIRPORT), event("b", place=GREEN_ZONE, weapon="air")]
    assert clusters_of(*sites, event("v", place=BAGHDAD, weapon="air")) == [["a"], ["b", "v"]]
    assert len(clusters_of(event("a", place=AIRPORT), event("v", place=BAGHDAD))) == 1


def test_a_background_event_joins_what_was_news_elsewhere():
    month = event("m", **days(-4, 26))
    assert clusters_of(event("a"), month) == [["a", "m"]]


def test_copies_of_one_text_tell_the_same_events_even_without_dates():
    bare = {"earliest": None, "latest": None, "place": None}
    told = [event(f"{r}{n}", r, start=n, **bare) for r in "ab" for n in (1, 2)]
    assert clusters_of(*told) == [["a1"], ["a2"], ["b1"], ["b2"]]
    assert clusters_of(*told, copies=[["a", "b"]]) == [["a1", "b1"], ["a2", "b2"]]


def word(left: str, right: str, verdict, made=MADE, by="amina") -> Judgement:
    return Judgement(left, right, verdict, 1.0, (), f"human:{by}", made)


def test_what_people_say_binds():
    assert clusters_of(event("a"), event("b"), people=[word("b", "a", "different")]) == [
        ["a"],
        ["b"],
    ]
    far = event("f", place=HIT)
    assert clusters_of(event("a"), far, people=[word("a", "f", "same")]) == [["a", "f"]]


def test_the_newest_word_of_a_person_holds():
    words = [word("a", "b", "different"), word("a", "b", "same", made="2026-02-01", by="omar")]
    assert clusters_of(event("a"), event("b"), people=words) == [["a", "b"]]


def test_a_person_keeps_two_events_apart_through_others_too():
    groups = clusters_of(*map(event, "abc"), people=[word("a", "c", "different")])
    assert not any({"a", "c"} <= set(group) for group in groups)


def test_a_machine_same_that_did_not_join_is_kept_as_unsure():
    views = {v.id: v for v in (event("a"), event("b", place=HIT), event("v", place=ANBAR))}
    _, judged = cluster(views, ())
    assert {(j.left, j.right): j.verdict for j in judged} == {
        ("a", "v"): "unsure",
        ("b", "v"): "unsure",
    }


PLACES = [ASAD, HIT, BAGHDAD, GREEN_ZONE, AIRPORT, ANBAR, IRAQ, NEAR_ASAD, None]
VIEWS = st.builds(
    lambda report, place, first, length, kind, weapon, munitions: {
        "report": report, "place": place, "weapon": weapon, "munitions": munitions,
        **days(first, first + length), **types(kind),
    },
    st.sampled_from("abcdef"), st.sampled_from(PLACES), st.integers(0, 2),
    st.sampled_from([0, 0, 0, 1, 6, 30]),
    st.sampled_from(["rocket_attack", "mortar_attack", "armed_attack", "drone_strike"]),
    st.sampled_from([None, "air", "explosive_projectile"]),
    st.sampled_from([None, (3, 3), (14, 14)]),
)  # fmt: skip
NAMES = "abcdefghijkl"
WORDS = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11), st.sampled_from(["same", "different"])),
    max_size=3,
)


@given(st.lists(VIEWS, max_size=12), WORDS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing_and_constraints_hold(drawn, said, random: Random):
    views = [event(NAMES[n], start=n, **form) for n, form in enumerate(drawn)]
    verdicts = {(NAMES[a], NAMES[b]): verdict for a, b, verdict in said if a < b}
    people = [word(*pair, verdict) for pair, verdict in verdicts.items()]
    groups = clusters_of(*views, people=people)
    random.shuffle(views)
    assert clusters_of(*views, people=people) == groups
    report = {view.id: view.report for view in views}
    bound = {name for pair, verdict in verdicts.items() if verdict == "same" for name in pair}
    for group in groups:
        free = [report[name] for name in group if name not in bound]
        assert len(free) == len(set(free))
        for pair, verdict in verdicts.items():
            assert verdict == "same" or not set(pair) <= set(group)


def test_ten_times_the_events_take_about_ten_times_as_long():
    def seconds(size: int) -> float:
        random = Random(7)  # noqa: S311  (a fixed sequence)
        views = {}
        for n in range(size):
            day = DAY + dt.timedelta(random.randrange(365))
            town = random.randrange(200)
            place = replace(
                HIT, id=f"t{town}", latitude=20 + town / 10, longitude=30 + town % 14, country="XX"
            )
            kind = types(random.choice(["rocket_attack", "drone_strike", "armed_attack"]))
            view = event(f"e{n}", f"r{n}", earliest=day, latest=day, place=place, **kind)
            views[view.id] = view
        start = time.perf_counter()
        cluster(views, ())
        return time.perf_counter() - start

    small, large = seconds(1_000), seconds(10_000)
    assert large < 25 * small + 0.5


# -- views, from claims ---------------------------------------------------------------------------


def coded(name: str, published: str | None, *cells: tuple[str, Value], text: str | None = None):
    report = Report(
        id=name, text=text or f"Report {name}: rockets hit the base.", published=published
    )
    told = [("type", Term("event_type", "rocket_attack")), *cells]
    anchor = event_id(report, "incident", report.span(0, 6))
    claims = [
        make_claim(anchor, role, report.span(at, at + 6), value, origin="lexicon/1")
        for at, (role, value) in enumerate(told)
    ]
    return report, claims


MONDAY = When(DAY, DAY, "day", "publication", "14:45", "+03:00")


def test_a_view_takes_the_best_of_the_claims():
    report, claims = coded(
        "a", "2021-07-06", ("date", MONDAY), ("place", ASAD), ("munitions", Count(3, 3, "exact")),
        ("weapon", Term("weapons", "mortar")),
    )  # fmt: skip
    view = view_of(report, claims, BOOK)
    assert view is not None
    assert view.types[0] == "rocket_attack"
    assert (view.days, view.minute, view.zone) == (1, 885, "+03:00")
    assert (view.place, view.munitions, view.weapon) == (ASAD, (3, 3), "explosive_projectile")
    assert view.is_sharp


@pytest.mark.parametrize(
    "cell",
    [("type", Term("kind", "tally")), ("context", Term("context", "planned"))],
    ids=["a tally", "a plan"],
)
def test_what_did_not_happen_as_one_incident_has_no_view(cell):
    report, claims = coded("a", None, cell)
    assert view_of(report, claims, BOOK) is None


def test_background_has_a_view():
    report, claims = coded("a", None, ("context", Term("context", "background")))
    assert view_of(report, claims, BOOK) is not None


# -- a store --------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "link.db") as opened:
        yield opened


def add(store, *told: tuple[Report, list[Claim]], made=MADE) -> list[str]:
    for report, claims in told:
        store.add(report, claims, origin="lexicon/1", made=made)
    return [claims[0].event for _, claims in told]


SHARP = (("date", MONDAY), ("place", ASAD))


def test_linking_twice_changes_nothing(store):
    add(store, coded("a", "2021-07-05", *SHARP), coded("b", "2021-07-06", *SHARP))
    first = link(store, BOOK)
    before = (store.memberships(), list(store.judgements()), store.incident_ids())
    assert (first.events, first.incidents, first.judgements) == (2, 1, 1)
    second = link(store, BOOK)
    assert (second.judgements, second.merges, second.splits) == (0, 0, 0)
    assert (store.memberships(), list(store.judgements()), store.incident_ids()) == before
    assert list(store.changes()) == []


def test_every_link_explains_itself(store):
    add(store, coded("a", "2021-07-05", *SHARP), coded("b", "2021-07-06", *SHARP))
    link(store, BOOK, made=MADE)
    (judgement,) = store.judgements()
    assert (judgement.verdict, judgement.origin, judgement.made) == ("same", "link/1", MADE)
    assert judgement.reasons == (
        "same day", "same place: Al Asad Air Base", "same type: rocket_attack",
    )  # fmt: skip


def test_an_incident_keeps_its_id_when_an_earlier_report_comes(store):
    add(store, coded("b", "2021-07-06", *SHARP))
    link(store, BOOK)
    (before,) = store.incident_ids()
    add(store, coded("a", "2021-07-05", *SHARP))
    link(store, BOOK)
    assert set(store.memberships().values()) == {before}


def test_ids_do_not_depend_on_the_order_of_reports(tmp_path):
    told = [coded(name, "2021-07-06", *SHARP) for name in "abc"]
    told += [coded(name, "2021-07-06", ("date", MONDAY), ("place", HIT)) for name in "de"]
    ids = []
    for number, order in enumerate((told, told[::-1])):
        with open_store(tmp_path / f"{number}.db") as store:
            add(store, *order)
            link(store, BOOK)
            ids.append(store.memberships())
    assert ids[0] == ids[1]


def test_a_merge_leaves_an_alias_and_a_split_mints_one_id(store):
    one, two = add(store, coded("a", "2021-07-05", *SHARP), coded("b", "2021-07-06"))
    link(store, BOOK)
    old = store.memberships()
    store.add_judgement(word(one, two, "same"))
    assert link(store, BOOK, made=MADE).merges == 1
    assert set(store.memberships().values()) == {old[one]}
    assert store.aliases() == {old[two]: old[one]}
    store.add_judgement(word(one, two, "different", made="2026-02-01"))
    assert link(store, BOOK, made=MADE).splits == 1
    now = store.memberships()
    assert now[one] == old[one]
    assert now[two] not in old.values()
    assert list(store.changes()) == [
        Change("merge", old[one], old[two], MADE),
        Change("split", now[two], old[one], MADE),
    ]
    assert store.incident(old[two]).id == old[one]


def test_an_incident_whose_last_event_went_is_withdrawn(store):
    (report, claims) = coded("a", "2021-07-05", *SHARP)
    add(store, (report, claims))
    link(store, BOOK)
    (gone,) = store.incident_ids()
    store.add(report, [], origin="lexicon/2", made="2026-03-01")
    assert link(store, BOOK, made=MADE).incidents == 0
    assert list(store.changes()) == [Change("withdrawn", gone, None, MADE)]
    store.add(report, claims, origin="lexicon/3", made="2026-04-01")
    link(store, BOOK)
    assert set(store.memberships().values()) == {gone}


def test_wire_copies_without_a_date_link_by_their_text(store):
    text = "Rockets hit the base on Monday."
    add(store, coded("a", None, text=text), coded("b", None, text=f"{text}\n"))
    assert link(store, BOOK).incidents == 1
