"""Clusters: what joins, what keeps apart, and that the order of arrival does not matter."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.views import ANBAR, ASAD, BAGHDAD, BASE, HIT, IRAQ, NEAR_ASAD, days, types

from dateline.link.cluster import cluster
from dateline.link.pairs import weigh
from dateline.link.view import EventView
from dateline.link.weights import load_weights
from dateline.model import Judgement
from dateline.values import Place

WEIGHTS = load_weights()
MADE = "2026-01-01T00:00:00+00:00"
AIRPORT = Place("icao:ORBI", "Baghdad International Airport", "IQ", "Baghdad", 33.26, 44.23, "site")


def event(name: str, report: str | None = None, **changes) -> EventView:
    return replace(BASE, **({"id": name, "report": report or name} | changes))


def clusters_of(*views: EventView, people=(), copied=()) -> list[list[str]]:
    pairs = weigh(views, WEIGHTS)
    groups = cluster({view.id: view for view in views}, pairs, WEIGHTS, people, copied)
    return sorted(sorted(group) for group in groups)


def word(left: str, right: str, verdict, made=MADE, by="amina") -> Judgement:
    return Judgement(left, right, verdict, 1.0, (), f"human:{by}", made)


def test_three_reports_that_say_three_two_and_several_rockets_are_one_incident():
    told = [
        event("a", munitions=(3, 3)),
        event("b", munitions=(2, 2)),
        event("c", munitions=(3, None)),
    ]
    assert clusters_of(*told) == [["a", "b", "c"]]


def test_two_attacks_of_one_day_on_one_base_stay_two_by_weapon_target_and_hour():
    base = replace(BASE, targets=("military_base",), minute=60)
    other = {"weapon": "air", "targets": ("residential",), "minute": 1200, **types("drone_strike")}
    told = [replace(base, id=n, report=n) for n in "ab"]
    told += [replace(base, id=n, report=n, **other) for n in "cd"]
    assert clusters_of(*told) == [["a", "b"], ["c", "d"]]


def test_attacks_two_days_apart_do_not_chain_through_one_between_them():
    told = [event(n, names=(1, 2, 3, 4, 5, 6), **days(at, at)) for at, n in enumerate("abcde")]
    assert all(len(group) <= 2 for group in clusters_of(*told))


def test_events_of_one_report_stay_apart_through_others_too():
    twice = [event("a1", "a", munitions=(3, 3)), event("a2", "a", munitions=(4, 4))]
    assert len(clusters_of(*twice, event("b"), event("c"))) == 2


def test_two_like_attacks_of_one_report_pair_off_with_those_of_another():
    told = [
        event(f"{report}{n}", report, start=n, is_lead=n == 1) for report in "ab" for n in (1, 2)
    ]
    assert clusters_of(*told) == [["a1", "b1"], ["a2", "b2"]]


def test_a_place_mistaken_for_a_far_one_does_not_part_reports_that_share_names():
    told = {"killed": (4, 4), "injured": (17, 17), "targets": ("military_base",), "minute": 60}
    here = event("a", names=(1, 2, 3, 4, 5), **told)
    far = replace(ASAD, id="icao:XXXX", admin1="Basra", latitude=30.0)
    there = event("b", names=(1, 2, 3, 4, 5), place=far, **told)
    assert clusters_of(here, there) == [["a", "b"]]
    assert clusters_of(here, replace(there, names=(1, 7, 8, 9))) == [["a"], ["b"]]


def test_a_vague_event_joins_the_one_incident_that_fits():
    assert clusters_of(event("a"), event("b"), event("v", place=ANBAR)) == [["a", "b", "v"]]


def test_a_vague_event_stays_alone_when_two_incidents_fit_alike():
    one, two = event("a", place=ASAD), event("b", place=HIT, weapon="air", **types("drone_strike"))
    vague = event("v", place=ANBAR, weapon=None, **types("armed_attack"))
    assert clusters_of(one, two, vague) == [["a"], ["b"], ["v"]]


def test_a_background_event_joins_what_was_news_elsewhere():
    month = event("m", is_news=False, **days(-4, 26))
    assert clusters_of(event("a"), month) == [["a", "m"]]


def test_copies_are_one_even_where_nothing_else_is_told():
    bare = {"earliest": None, "latest": None, "place": None, "published": ""}
    told = [event(name, **bare) for name in "ab"]
    assert clusters_of(*told) == [["a"], ["b"]]
    assert clusters_of(*told, copied=[("a", "b")]) == [["a", "b"]]


def test_what_people_say_binds():
    apart = [word("b", "a", "different")]
    assert clusters_of(event("a"), event("b"), people=apart) == [["a"], ["b"]]
    far = event("f", place=BAGHDAD, **days(30, 30))
    assert clusters_of(event("a"), far, people=[word("a", "f", "same")]) == [["a", "f"]]


def test_the_newest_word_of_a_person_holds():
    words = [word("a", "b", "different"), word("a", "b", "same", made="2026-02-01", by="omar")]
    assert clusters_of(event("a"), event("b"), people=words) == [["a", "b"]]


def test_a_person_keeps_two_events_apart_through_others_too():
    groups = clusters_of(*map(event, "abc"), people=[word("a", "c", "different")])
    assert not any({"a", "c"} <= set(group) for group in groups)


PLACES = [ASAD, HIT, BAGHDAD, AIRPORT, ANBAR, IRAQ, NEAR_ASAD, None]
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
