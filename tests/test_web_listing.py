"""Filters, facets, pages, marks and bars over the columns: what comes back was asked for."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dateline.codebook import load_codebook
from dateline.web.columns import columns_of, joined
from dateline.web.filters import FilterQuery, ancestors_in, filter_of, narrower
from dateline.web.listing import FACETS, Filter, facets, page, select, without_days
from dateline.web.marks import marks
from dateline.web.problems import Problem
from dateline.web.timeline import timeline

BOOK = load_codebook()
SORTS = ("-date", "date", "-killed", "killed", "-risk", "-sources")


def fact(**known: object) -> dict[str, object]:
    day = known.pop("day", None)
    first, last = known.pop("days", (day, day))
    plain: dict[str, object] = {
        "headline": "Rocket attack",
        "first": ordinal(first),
        "last": ordinal(last),
        "lat": None,
        "lon": None,
        "level": None,
        "country": None,
        "admin1": None,
        "type": None,
        "weapon": None,
        "target_type": None,
        "claim_status": "not_mentioned",
        "grade": "weak",
        "review": "open",
        "killed": [None, None],
        "sources": 1,
        "risk": 0.0,
        "reported": True,
        "actors": [],
        "publishers": [],
    }
    assert set(known) <= set(plain)
    return plain | known


def ordinal(day: str | None) -> int | None:
    return dt.date.fromisoformat(day).toordinal() if day else None


def rows_of(facts: dict[str, dict[str, object]], words: dict[str, str] | None = None):
    return [
        (number, name, form, (words or {}).get(name, ""))
        for number, (name, form) in enumerate(facts.items(), 1)
    ]


WORLD = {
    "asad": fact(
        day="2021-07-05", lat=33.78, lon=42.44, level="site", country="IQ", admin1="Al Anbar",
        type="rocket_attack", weapon="rocket", target_type="military_base", killed=[0, 0],
        claim_status="unclaimed", publishers=["Tigris Wire", "Gulf Reader"], sources=2,
    ),
    "anbar": fact(
        days=("2021-07-01", "2021-07-31"), lat=32.5, lon=41.9, level="province", country="IQ",
        admin1="Al Anbar", type="drone_strike", weapon="drone", killed=[3, None], risk=0.4,
    ),
    "sadr": fact(
        day="2021-07-19", lat=33.38, lon=44.45, level="town", country="IQ", admin1="Baghdad",
        type="bombing", weapon="suicide_vest", target_type="market", killed=[35, 35],
        claim_status="claimed", grade="confirmed", review="reviewed",
        actors=[["islamic-state", "Islamic State"]], publishers=["Tigris Wire"],
    ),
    "kyiv": fact(
        day="2022-10-10", lat=50.45, lon=30.52, level="town", country="UA", type="missile_attack",
        killed=[5, 7], actors=[["russian-armed-forces", "Russia"], ["name:wagner", "Wagner"]],
        grade="contested",
    ),
    "fiji": fact(day="2022-01-01", lat=-17.0, lon=179.9, level="sea", type="armed_attack"),
    "nowhere": fact(type="armed_clash"),
    "untimely": fact(day="1991-02-13", country="IQ", type="air_strike", reported=False),
}  # fmt: skip
WORDS = {"asad": "rocket attack\nain al asad", "sadr": "bombing\nsadr city market", "kyiv": "kyiv"}
COLUMNS = columns_of(rows_of(WORLD, WORDS))
SHOWN = ["asad", "anbar", "sadr", "kyiv", "fiji", "nowhere"]


def shown(**query: object) -> list[str]:
    wanted = filter_of(FilterQuery.model_validate(query), BOOK)
    return [COLUMNS.ids[row] for row in select(COLUMNS, wanted).nonzero()[0]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, SHOWN),
        ({"background": "1"}, [*SHOWN, "untimely"]),
        ({"q": "Al-Asad"}, ["asad"]),
        ({"q": "market sadr"}, ["sadr"]),
        ({"q": "sadr rocket"}, []),
        ({"from": "2021-07-06", "to": "2021-07-18"}, ["anbar"]),
        ({"from": "2021-07-31", "to": "2021-07-31"}, ["anbar"]),
        ({"from": "2021-08-01"}, ["kyiv", "fiji"]),
        ({"to": "2021-07-04"}, ["anbar"]),
        ({"country": ["IQ"]}, ["asad", "anbar", "sadr"]),
        ({"country": ["IQ", "UA"]}, ["asad", "anbar", "sadr", "kyiv"]),
        ({"admin1": ["IQ/Al Anbar"]}, ["asad", "anbar"]),
        ({"bbox": "42,33,45,34"}, ["asad", "sadr"]),
        ({"bbox": "170,-30,-170,0"}, ["fiji"]),
        ({"bbox": "42,34,45,33"}, ["asad", "sadr"]),
        ({"from": "2021-07-18", "to": "2021-07-06"}, ["anbar"]),
        ({"bbox": "-200,-90,200,90"}, ["asad", "anbar", "sadr", "kyiv", "fiji"]),
        ({"type": ["rocket_attack"]}, ["asad"]),
        ({"type": ["shelling_rocket_missile"]}, ["asad", "kyiv"]),
        ({"type": ["bombing", "armed_clash"]}, ["sadr", "nowhere"]),
        ({"weapon": ["rocket"]}, ["asad"]),
        ({"target_type": ["market"]}, ["sadr"]),
        ({"actor": ["islamic-state"]}, ["sadr"]),
        ({"actor": ["name:wagner"]}, ["kyiv"]),
        ({"actor": ["name:nobody"]}, []),
        ({"actor": ["nobody-knows"]}, []),
        ({"killed_min": 1}, ["anbar", "sadr", "kyiv"]),
        ({"killed_min": 0, "killed_max": 0}, ["asad"]),
        ({"killed_max": 5}, ["asad", "anbar", "kyiv"]),
        ({"claim_status": ["claimed", "unclaimed"]}, ["asad", "sadr"]),
        ({"grade": ["contested"]}, ["kyiv"]),
        ({"review": ["reviewed"]}, ["sadr"]),
        ({"publisher": ["Gulf Reader"]}, ["asad"]),
        ({"country": ["IQ"], "type": ["bombing"], "killed_min": 30}, ["sadr"]),
    ],
)
def test_a_filter_shows_what_it_says(query: dict[str, object], expected: list[str]):
    assert shown(**query) == expected


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"type": ["nonsense"]}, "type"),
        ({"weapon": ["nonsense"]}, "weapon"),
        ({"country": ["QQ"]}, "country"),
    ],
)
def test_what_no_incident_could_have_is_refused_by_name(query: dict[str, object], parameter: str):
    with pytest.raises(Problem) as refusal:
        shown(**query)
    assert [error["parameter"] for error in refusal.value.errors] == [parameter]
    assert refusal.value.status == 422


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-date", ["kyiv", "fiji", "sadr", "asad", "anbar", "nowhere"]),
        ("date", ["anbar", "asad", "sadr", "fiji", "kyiv", "nowhere"]),
        ("-killed", ["sadr", "kyiv", "anbar", "asad", "fiji", "nowhere"]),
        ("killed", ["asad", "anbar", "kyiv", "sadr", "fiji", "nowhere"]),
        ("-risk", ["anbar", "asad", "sadr", "kyiv", "fiji", "nowhere"]),
        ("-sources", ["asad", "anbar", "sadr", "kyiv", "fiji", "nowhere"]),
    ],
)
def test_what_is_not_known_comes_last_in_every_order(sort: str, expected: list[str]):
    rows, last = page(COLUMNS, select(COLUMNS, Filter()), sort, 100)
    assert [COLUMNS.ids[row] for row in rows] == expected
    assert last is None


def test_a_facet_counts_under_all_filters_but_its_own():
    wanted = Filter(chosen={"country": ("IQ",), "claim_status": ("claimed",)})
    total, found = facets(COLUMNS, wanted, lambda name, value: ancestors_in(BOOK, name, value))
    counts = {name: {v.value: v.count for v in values} for name, values in found.items()}
    assert total == 1
    assert counts["country"] == {"IQ": 1}
    assert counts["claim_status"] == {"unclaimed": 1, "not_mentioned": 1, "claimed": 1}
    assert counts["publisher"] == {"Tigris Wire": 1}


def test_a_type_counts_what_is_filed_under_it():
    _, found = facets(COLUMNS, Filter(), lambda name, value: ancestors_in(BOOK, name, value))
    counts = {value.value: value.count for value in found["type"]}
    assert counts["shelling_rocket_missile"] == 2
    assert counts["armed_attack"] == 5


def test_an_exact_mark_never_holds_an_approximate_place():
    everywhere = marks(COLUMNS, select(COLUMNS, Filter()), zoom=0)
    levels = sorted((mark.level, mark.count, mark.approximate) for mark in everywhere)
    assert levels == [("province", 1, 1), ("sea", 1, 1), ("town", 3, 0)]
    town = next(mark for mark in everywhere if mark.level == "town")
    assert town.killed == 40
    assert town.box == (30.52, 33.38, 44.45, 50.45)
    assert town.row is None


def test_marks_come_apart_as_one_zooms_in():
    counts = [len(marks(COLUMNS, select(COLUMNS, Filter()), zoom)) for zoom in (0, 4, 12)]
    assert counts == sorted(counts)
    assert counts[-1] == 5


@pytest.mark.parametrize(
    ("days", "unit"),
    [
        (("2021-07-05", "2021-07-05"), "day"),
        (("2021-07-05", "2021-12-01"), "day"),
        (("2021-07-05", "2021-12-02"), "week"),
        (("2020-01-01", "2022-06-01"), "week"),
        (("2014-01-01", "2022-06-01"), "month"),
        (("1990-01-01", "2022-06-01"), "year"),
        (("0001-01-01", "9999-12-31"), "year"),
    ],
)
def test_a_timeline_takes_the_finest_unit_that_fits(days: tuple[str, str], unit: str):
    world = {name: fact(day=day) for name, day in zip(("first", "last"), days, strict=True)}
    columns = columns_of(rows_of(world))
    found = timeline(columns, select(columns, Filter()))
    assert found.unit == unit
    assert sum(bar.count for bar in found.bins) == 2
    assert found.bins[0].start <= dt.date.fromisoformat(days[0]) <= found.bins[0].end
    assert found.bins[-1].start <= dt.date.fromisoformat(days[1]) <= found.bins[-1].end
    gaps = {(b.start - a.end).days for a, b in zip(found.bins, found.bins[1:], strict=False)}
    assert gaps <= {1}


def test_a_store_without_incidents_has_empty_lists():
    columns = columns_of([])
    mask = select(columns, Filter())
    assert marks(columns, mask, 3) == []
    assert timeline(columns, mask).bins == ()
    assert page(columns, mask, "-date", 10) == (pytest.approx([]), None)
    assert all(v == [] for v in facets(columns, Filter(), lambda _, value: (value,))[1].values())


TYPES = ["rocket_attack", "drone_strike", "bombing", "armed_attack", None]
any_fact = some.builds(
    lambda days, where, country, kind, killed, actors, **rest: fact(
        days=tuple(dt.date.fromordinal(d).isoformat() if d else None for d in days),
        lat=where and where[0], lon=where and where[1], level=where and where[2],
        country=country, type=kind, killed=[killed, killed],
        actors=[[name, name] for name in actors], **rest,
    ),
    days=some.tuples(some.integers(730000, 730400), some.integers(0, 40)).map(
        lambda pair: (pair[0], pair[0] + pair[1])
    ) | some.just((None, None)),
    where=some.none() | some.tuples(
        some.floats(-90, 90),
        some.floats(-180, 180),
        some.sampled_from(["town", "near", "province"]),
    ),
    country=some.sampled_from(["IQ", "SY", None]),
    kind=some.sampled_from(TYPES),
    killed=some.none() | some.integers(0, 50),
    actors=some.lists(some.sampled_from(["a", "b", "c"]), unique=True),
    reported=some.booleans(),
    risk=some.sampled_from([0.0, 0.2, 0.9]),
)  # fmt: skip
worlds = some.lists(any_fact, max_size=25).map(
    lambda facts: {f"i_{number}": one for number, one in enumerate(facts)}
)
filters = some.builds(
    lambda country, kind, actor, **rest: Filter(
        chosen={
            name: tuple(values)
            for name, values in (
                ("country", country),
                ("type", narrower(BOOK, "type", kind)),
                ("actor", actor),
            )
            if values
        },
        **rest,
    ),
    country=some.lists(some.sampled_from(["IQ", "SY", "UA"]), max_size=2),
    kind=some.lists(some.sampled_from(TYPES[:4]), max_size=2),
    actor=some.lists(some.sampled_from(["a", "b"]), max_size=2),
    killed_min=some.none() | some.integers(0, 9),
    first=some.none() | some.integers(730000, 730440),
    background=some.booleans(),
)


@given(worlds, filters)
def test_a_facet_value_counts_what_the_list_shows_when_it_is_chosen(world, wanted):
    columns = columns_of(rows_of(world))
    total, found = facets(columns, wanted, lambda name, value: ancestors_in(BOOK, name, value))
    assert set(found) == set(FACETS)
    assert total == int(select(columns, wanted).sum())
    for name, values in found.items():
        for value in values:
            terms = narrower(BOOK, name, [value.value]) if name == "type" else [value.value]
            alone = Filter(
                killed_min=wanted.killed_min,
                first=wanted.first,
                background=wanted.background,
                chosen={**wanted.chosen, name: tuple(terms)},
            )
            assert value.count == int(select(columns, alone).sum()), (name, value)


@given(worlds, filters, some.sampled_from(SORTS), some.integers(1, 30))
def test_pages_of_any_size_make_the_whole_list(world, wanted, sort, size):
    columns = columns_of(rows_of(world))
    mask = select(columns, wanted)
    whole, _ = page(columns, mask, sort, 1000)
    seen, after = [], None
    while True:
        rows, after = page(columns, mask, sort, size, after)
        seen += rows.tolist()
        if after is None:
            break
        assert len(rows) == size
    assert seen == whole.tolist()
    assert len(seen) == int(mask.sum())


@given(worlds, filters, some.floats(0, 22))
def test_marks_hold_every_placed_incident_once(world, wanted, zoom):
    columns = columns_of(rows_of(world))
    mask = select(columns, wanted)
    drawn = marks(columns, mask, zoom)
    placed = [one for one, told in zip(world.values(), mask, strict=True) if told]
    assert sum(mark.count for mark in drawn) == sum(one["lat"] is not None for one in placed)
    for mark in drawn:
        west, south, east, north = mark.box
        assert west - 1e-4 <= mark.lon <= east + 1e-4
        assert south - 1e-4 <= mark.lat <= north + 1e-4
        assert (mark.row is None) == (mark.count > 1)
        if mark.level == "province":
            assert mark.approximate == mark.count


@given(worlds, filters)
def test_bars_and_undated_make_the_total(world, wanted):
    columns = columns_of(rows_of(world))
    mask = select(columns, without_days(wanted))
    found = timeline(columns, mask)
    assert sum(bar.count for bar in found.bins) + found.undated == int(mask.sum())
    assert len(found.bins) <= 150


@given(worlds, some.lists(some.tuples(some.integers(1, 30), some.none() | any_fact), max_size=10))
def test_columns_brought_up_to_date_are_those_made_anew(world, changes):
    before = {number: (name, form) for number, name, form, _ in rows_of(world)}
    after = dict(before)
    for number, form in changes:
        after.pop(number, None)
        if form is not None:
            after[number] = (f"i_new{number}", form)
    changed = [number for number, _ in changes]
    new = columns_of((n, *after[n], f"w{n}") for n in dict.fromkeys(changed) if n in after)
    old = columns_of((number, *pair, f"w{number}") for number, pair in before.items())
    made = joined(old, changed, new)
    anew = columns_of((number, *pair, f"w{number}") for number, pair in after.items())
    assert made.ids == anew.ids
    assert made.words == anew.words
    assert made.day.tolist() == anew.day.tolist()
    for name, column in anew.coded.items():
        assert _spelt(made.coded[name]) == _spelt(column)
    for name, column in anew.listed.items():
        assert _pairs(made.listed[name]) == _pairs(column)


def _spelt(column) -> list[str | None]:
    return [None if code < 0 else column.values[code] for code in column.codes]


def _pairs(column) -> list[tuple[int, str]]:
    pairs = zip(column.rows.tolist(), column.codes, strict=True)
    return sorted((row, column.values[code]) for row, code in pairs)
