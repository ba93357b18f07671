"""Checks on the data itself: the country table and the actor registry, read with plain tomllib."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dateline

CODEBOOK = Path(dateline.__file__).parent / "codebook"
ACTOR_FILES = sorted((CODEBOOK / "actors").glob("*.toml"))
KINDS = {
    "government",
    "state_force",
    "police",
    "rebel_group",
    "militia",
    "jihadist_group",
    "criminal_group",
    "communal_militia",
    "private_company",
    "coalition",
    "mission",
    "political_party",
    "generic",
}
RELATIONS = {"backed_by", "member_of", "facade_of", "part_of", "splinter_of", "allied_with"}
ACTOR_KEYS = {"name", "names", "acronyms", "kind", "country", "active_in", "offices"}
COUNTRY_KEYS = {
    "iso3",
    "numeric",
    "name",
    "names",
    "adjectives",
    "people",
    "capital",
    "metonyms",
}
LINK_KEYS = {"relation", "to", "since", "until", "source"}


def read_toml(path: Path) -> dict[str, dict[str, Any]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


COUNTRIES = read_toml(CODEBOOK / "countries.toml")
ENTRIES = [(path.stem, key, row) for path in ACTOR_FILES for key, row in read_toml(path).items()]
ACTORS = {key: row for _, key, row in ENTRIES}


def names_of(actor: dict[str, Any]) -> Iterator[str]:
    yield actor["name"]
    yield from actor["names"]


def links() -> Iterator[tuple[str, dict[str, str]]]:
    for key, actor in ACTORS.items():
        for link in actor.get("links", []):
            yield key, link


def owners(pairs: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    """The words that more than one key claims, each with its keys."""
    found = defaultdict(set)
    for word, key in pairs:
        found[word].add(key)
    return {word: keys for word, keys in found.items() if len(keys) > 1}


def test_every_country_has_all_columns_and_a_two_letter_code() -> None:
    for code, country in COUNTRIES.items():
        assert re.fullmatch(r"[A-Z]{2}", code)
        assert set(country) == COUNTRY_KEYS, code
        assert re.fullmatch(r"[A-Z]{3}", country["iso3"]), code


def test_country_codes_are_not_used_twice() -> None:
    assert max(Counter(c["iso3"] for c in COUNTRIES.values()).values()) == 1
    assigned = [c["numeric"] for c in COUNTRIES.values() if c["numeric"]]
    assert len(assigned) == len(set(assigned))


def test_states_that_news_names_are_in_the_table() -> None:
    assert len(COUNTRIES) >= 240
    assert {"IQ", "PS", "XK", "TW", "EH", "GL", "SS", "SU", "YU", "CS", "DD"} <= set(COUNTRIES)


def test_a_country_word_means_one_country() -> None:
    names = (
        (word.casefold(), code)
        for code, country in COUNTRIES.items()
        for word in [country["name"], *country["names"], *country["metonyms"]]
    )
    peoples = (
        (word.casefold(), code)
        for code, country in COUNTRIES.items()
        for word in [*country["adjectives"], *country["people"]]
    )
    assert owners(names) == {}
    assert owners(peoples) == {}


@pytest.mark.parametrize("table", ["countries", "actors"])
def test_no_word_is_empty_or_has_blanks_around_it(table: str) -> None:
    rows = COUNTRIES if table == "countries" else ACTORS
    for key, row in rows.items():
        for column, value in row.items():
            words = value if isinstance(value, list) else [value]
            texts = [word for word in words if isinstance(word, str)]
            assert all(text == " ".join(text.split()) for text in texts), (key, column)
            if isinstance(value, list):
                assert all(texts), (key, column)
                assert len(texts) == len(set(texts)), (key, column)


def test_the_world_regions_have_a_file_each() -> None:
    assert {path.stem for path in ACTOR_FILES} == {
        "africa_east",
        "africa_north",
        "africa_west",
        "americas",
        "asia_east",
        "asia_south",
        "europe_eurasia",
        "generic",
        "international",
        "middle_east",
    }


def test_actor_ids_are_unique_across_files_and_well_formed() -> None:
    counts = Counter(key for _, key, _ in ENTRIES)
    assert [key for key, count in counts.items() if count > 1] == []
    assert [key for key in counts if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []


def test_every_actor_has_all_columns_and_a_known_kind() -> None:
    for key, actor in ACTORS.items():
        assert set(actor) - {"links"} == ACTOR_KEYS, key
        assert actor["kind"] in KINDS, key
        assert actor["name"], key


def test_the_generic_file_holds_all_generic_classes_and_nothing_else() -> None:
    for stem, key, actor in ENTRIES:
        assert (actor["kind"] == "generic") == (stem == "generic"), key


def test_actor_countries_are_in_the_country_table() -> None:
    for key, actor in ACTORS.items():
        codes = {actor["country"], *actor["active_in"]} - {""}
        assert codes <= set(COUNTRIES), key


def test_every_link_has_a_known_relation_an_existing_target_and_a_source() -> None:
    for key, link in links():
        assert set(link) == LINK_KEYS, key
        assert link["relation"] in RELATIONS, key
        assert link["to"] in ACTORS, (key, link["to"])
        assert link["to"] != key
        assert link["source"].strip(), (key, link["to"])


def test_link_dates_are_years_or_dates_in_order() -> None:
    for key, link in links():
        for column in ("since", "until"):
            assert re.fullmatch(r"(\d{4}(-\d{2}(-\d{2})?)?)?", link[column]), (key, column)
        if link["since"] and link["until"]:
            assert link["since"] <= link["until"], key


def test_no_name_or_office_belongs_to_two_actors() -> None:
    words = (
        (word.casefold(), key)
        for key, actor in ACTORS.items()
        for word in [*names_of(actor), *actor["offices"]]
    )
    assert owners(words) == {}


def test_no_acronym_belongs_to_two_actors() -> None:
    words = ((word, key) for key, actor in ACTORS.items() for word in actor["acronyms"])
    assert owners(words) == {}


def test_no_bare_common_word_names_an_organisation() -> None:
    common = {
        *("army", "front", "police", "military", "movement", "brigade", "brigades", "base"),
        *("forces", "rebels", "militia", "militants", "party", "state", "resistance", "us"),
        *("navy", "air force", "government", "coalition", "insurgents", "gang", "cartel"),
    }
    for key, actor in ACTORS.items():
        if actor["kind"] != "generic":
            words = {word.casefold() for word in [*names_of(actor), *actor["offices"]]}
            assert not words & common, key


def test_the_registry_covers_the_world() -> None:
    kinds = Counter(actor["kind"] for actor in ACTORS.values())
    assert len(ACTORS) - kinds["generic"] >= 400
    assert kinds["government"] >= 70
    assert len({a["country"] for a in ACTORS.values() if a["kind"] == "state_force"}) >= 60


@pytest.mark.parametrize(
    "key",
    [
        "houthis",
        "hamas",
        "iran",
        "iran-aligned-militias",
        "iraq",
        "iraqi-armed-forces",
        "islamic-state",
        "israel",
        "israel-defense-forces",
        "popular-mobilization-forces",
        "russia",
        "taliban",
        "ukraine",
        "united-states",
        "us-led-coalition",
        "us-military",
    ],
)
def test_an_actor_that_other_data_names_is_there(key: str) -> None:
    assert key in ACTORS


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Hashd al-Shaabi", "popular-mobilization-forces"),
        ("Hashad al-Chaabi", "popular-mobilization-forces"),
        ("الحشد الشعبي", "popular-mobilization-forces"),
        ("pro-Iranian factions", "iran-aligned-militias"),
        ("Ashab al-Kahf", "ashab-al-kahf"),
        ("Iraqi army", "iraqi-armed-forces"),
        ("Farabundo Marti National Liberation Front", "fmln"),
        ("Shining Path", "shining-path"),
        ("Russian forces", "russian-armed-forces"),
        ("Viv Ansanm", "viv-ansanm"),
    ],
)
def test_a_name_from_the_news_finds_its_actor(name: str, key: str) -> None:
    assert name in set(names_of(ACTORS[key]))
