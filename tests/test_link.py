"""Events become incidents in a store: views, passes, ids that last."""

import datetime as dt
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.codebook import load_codebook
from dateline.link import link, view_of
from dateline.link.identity import heirs
from dateline.link.view import EventView, views_of
from dateline.model import Change, Claim, Judgement, Report, event_id, make_claim
from dateline.store import open_store
from dateline.values import Count, Place, Term, Value, When

BOOK = load_codebook()
MADE = "2026-01-01T00:00:00+00:00"
DAY = dt.date(2021, 7, 5)
ASAD = Place("icao:ORAA", "Al Asad Air Base", "IQ", "Al Anbar", 33.786, 42.441, "site")
HIT = Place("geonames:98860", "Hīt", "IQ", "Al Anbar", 33.64, 42.83, "town")
ANBAR = Place("geonames:99592", "Al Anbar", "IQ", "Al Anbar", 33.0, 42.0, "province")


def word(left: str, right: str, verdict, made=MADE, by="amina") -> Judgement:
    return Judgement(left, right, verdict, 1.0, (), f"human:{by}", made)


# -- views, from claims ---------------------------------------------------------------------------


def coded(
    name: str,
    published: str | None,
    *cells: tuple[str, Value],
    text: str | None = None,
    kind: str = "rocket_attack",
) -> tuple[Report, list[Claim]]:
    report = Report(
        id=name, text=text or f"Report {name}: rockets hit the base.", published=published
    )
    told = [("type", Term("event_type", kind)), *cells]
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


def test_only_the_first_event_of_a_report_is_its_lead():
    report, claims = coded("a", "2021-07-06", ("place", ASAD))
    later = event_id(report, "incident", report.span(8, 14))
    told = make_claim(later, "type", report.span(8, 14), Term("event_type", "shooting"), origin="x")
    assert [view.is_lead for view in views_of(report, [told, *claims], BOOK)] == [True, False]


def test_background_has_a_view():
    report, claims = coded("a", None, ("context", Term("context", "background")))
    assert view_of(report, claims, BOOK) is not None


def view(name: str, start: int) -> EventView:
    return EventView(name, "r", "", start)


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
    before = (store.memberships(), list(store.judgements()))
    assert (first.events, first.incidents, first.judgements) == (2, 1, 1)
    second = link(store, BOOK)
    assert (second.judgements, second.merges, second.splits) == (0, 0, 0)
    assert (store.memberships(), list(store.judgements())) == before
    assert list(store.changes()) == []


def test_every_link_explains_itself(store):
    add(store, coded("a", "2021-07-05", *SHARP), coded("b", "2021-07-06", *SHARP))
    link(store, BOOK, made=MADE)
    (judgement,) = store.judgements()
    assert (judgement.verdict, judgement.origin, judgement.made) == ("same", "link/3", MADE)
    said = [reason.rpartition(" (")[0] for reason in judgement.reasons]
    assert said == [
        "date: same day",
        "place: the same site",
        "type: the same type",
        "time: at most half an hour apart",
        "lead: each the first that its report tells",
    ]


def test_an_incident_keeps_its_id_when_an_earlier_report_comes(store):
    add(store, coded("b", "2021-07-06", *SHARP))
    link(store, BOOK)
    (before,) = store.memberships().values()
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
    (gone,) = store.memberships().values()
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


# -- a pass touches what is new, and that is enough -----------------------------------------------


def partition(store) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for event, incident in store.memberships().items():
        groups.setdefault(incident, set()).add(event)
    return {frozenset(group) for group in groups.values()}


TOLD = st.lists(
    st.tuples(
        st.sampled_from([ASAD, HIT, ANBAR, None]),
        st.sampled_from([0, 0, 1, 2]),
        st.sampled_from([0, 0, 6, 30, None]),
        st.sampled_from(["rocket_attack", "mortar_attack", "drone_strike"]),
        st.sampled_from([None, 3, 14]),
        st.sampled_from(["alpha", "beta", "gamma"]),
    ),
    min_size=1,
    max_size=9,
)
SAID = st.lists(
    st.tuples(
        st.integers(0, 8), st.integers(0, 8), st.sampled_from(["same", "different", "unsure"])
    ),
    max_size=3,
)


def drawn_report(number: int, form) -> tuple[Report, list[Claim]]:
    place, first, length, kind, munitions, text = form
    cells: list[tuple[str, Value]] = []
    if length is not None:
        ends = DAY + dt.timedelta(first), DAY + dt.timedelta(first + length)
        cells.append(("date", When(*ends, "day" if not length else "range", "stated")))
    cells += [("place", place)] if place else []
    cells += [("munitions", Count(munitions, munitions, "exact"))] if munitions else []
    words = " ".join(f"{text} word{n} of a long report" for n in range(12))
    return coded(f"r{number}", "2021-07-06", *cells, text=words, kind=kind)


@settings(max_examples=20)
@given(TOLD, SAID, st.randoms(use_true_random=False))
def test_adding_one_by_one_in_any_order_equals_linking_all_anew(told, said, random: Random):
    reports = [drawn_report(number, form) for number, form in enumerate(told)]
    events = [claims[0].event for _, claims in reports]
    steps: list = [*reports]
    for number, (a, b, verdict) in enumerate(said):
        if a != b and max(a, b) < len(events):
            steps.append(word(events[a], events[b], verdict, made=f"2026-02-{number + 1:02}"))
    random.shuffle(steps)
    with open_store("sqlite://") as store:
        for number, step in enumerate(steps):
            if isinstance(step, Judgement):
                store.add_judgement(step)
            else:
                add(store, step)
            link(store, BOOK, made=f"2026-03-{number + 1:02}")
        found, ids = partition(store), store.memberships()
        anew = link(store, BOOK, made="2026-04-01", again=True)
        assert partition(store) == found
        assert store.memberships() == ids
        assert (anew.merges, anew.splits, anew.judgements) == (0, 0, 0)


def test_a_report_that_is_coded_anew_leaves_its_incident(store):
    one, two = add(store, coded("a", "2021-07-05", *SHARP), coded("b", "2021-07-06", *SHARP))
    link(store, BOOK)
    assert len(partition(store)) == 1
    far = (("date", MONDAY), ("place", replace(HIT, country="SY", latitude=36.0, admin1="Raqqa")))
    report, claims = coded("b", "2021-07-06", *far)
    store.add(report, claims, origin="lexicon/1", made="2026-05-01")
    link(store, BOOK)
    assert partition(store) == {frozenset({one}), frozenset({two})}
    found, ids = partition(store), store.memberships()
    link(store, BOOK, again=True)
    assert (partition(store), store.memberships()) == (found, ids)


@pytest.mark.parametrize("again", [False, True])
def test_an_incident_keeps_its_id_when_its_one_report_is_coded_anew_from_other_words(store, again):
    report, claims = coded("a", "2021-07-05", *SHARP)
    add(store, (report, claims))
    link(store, BOOK)
    (before,) = store.memberships().values()
    anchor = event_id(report, "incident", report.span(7, 15))
    anew = [
        make_claim(anchor, claim.role, report.span(7, 15), claim.value, origin="lexicon/2")
        for claim in claims
    ]
    store.add(report, anew, origin="lexicon/2", made="2026-05-01")
    link(store, BOOK, again=again)
    assert store.memberships() == {anchor: before}
    assert list(store.changes()) == []


def test_of_two_events_of_a_report_each_passes_its_id_to_the_one_nearest_to_its_words():
    old, fresh = [view("a", 10), view("b", 300)], [view("c", 290), view("d", 40), view("e", 900)]
    assert heirs(old, fresh) == {"c": "b", "d": "a"}
    assert heirs([view("a", 10)], [view("e", 900)]) == {"e": "a"}
    assert heirs([view("a", 10)], [replace(view("e", 10), report="other")]) == {}


def test_a_word_of_a_person_that_is_taken_back_binds_no_longer(store):
    one, two = add(store, coded("a", "2021-07-05", *SHARP), coded("b", "2021-07-06", *SHARP))
    store.add_judgement(word(one, two, "different"))
    link(store, BOOK)
    assert len(partition(store)) == 2
    store.add_judgement(word(one, two, "unsure", made="2026-02-01"))
    link(store, BOOK)
    assert partition(store) == {frozenset({one, two})}


def test_copies_are_kept_with_their_reason(store):
    text = "Rockets hit the base on Monday."
    add(store, coded("a", None, text=text), coded("b", None, text=text))
    link(store, BOOK)
    (copy,) = store.copies()
    assert (copy.left, copy.right, copy.reason) == ("a", "b", "the same words")
    assert store.copies(["a"]) == []


def test_where_most_is_new_everything_is_taken_in_at_once(store, monkeypatch):
    monkeypatch.setattr("dateline.link.run._MANY", 1)
    add(store, coded("a", "2021-07-05", *SHARP), coded("b", "2021-07-06", *SHARP))
    assert link(store, BOOK).incidents == 1
    add(store, coded("c", "2021-07-06", *SHARP), coded("d", "2021-07-06", *SHARP))
    link(store, BOOK)
    (incident,) = store.incidents()
    assert len(incident.events) == 4
