"""Who is named: registry names in any spelling, forces of the country in focus, whose side."""

import pytest

from dateline.codebook import load_codebook
from dateline.resolve.actors import find_actors, registry, resolve_actor, side_of
from dateline.resolve.transliteration import cluster, loose
from dateline.values import Actor, Unknown

BOOK = load_codebook()
KNOWN = registry(BOOK)
GRAMMAR = BOOK.grammar("actors")


@pytest.mark.parametrize(
    "spellings",
    [
        ("Kata'ib Hezbollah", "Kataib Hizbullah", "Kataeb Hizballah", "Kata’ib Hizbollah"),
        ("al-Shabaab", "Al Shabab", "Shebab"),
        ("Ansar Allah", "Ansarallah", "Ansarullah"),
        ("Lashkar-e-Taiba", "Lashkar e Tayyiba", "Lashkar-i-Toiba"),
        ("Jaysh al-Islam", "Jaish ul-Islam"),
        ("Jabhat al-Nusra", "Jabhat an-Nusrah"),
        ("Saraya Awliya al-Dam", "Saraya Aulia al Dam"),
    ],
)
def test_spellings_of_one_name_share_a_key(spellings):
    assert len({loose(name, GRAMMAR) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Kata'ib Hezbollah", "Hezbollah"),
        ("Ansar Allah", "Ansar al-Islam"),
        ("Jaysh al-Islam", "Jaysh al-Fatah"),
        ("Free Syrian Army", "Syrian Arab Army"),
    ],
)
def test_names_of_two_groups_do_not(left, right):
    assert loose(left, GRAMMAR) != loose(right, GRAMMAR)


def test_a_registered_group_is_found_in_a_spelling_the_registry_lacks():
    text = "Fighters of Kataeb Hizballah and of Asaeb Ahl el-Haqq left the town."
    found = [(m.name, m.id) for m in find_actors(text, KNOWN) if m.form == "name"]
    assert ("Kataeb Hizballah", "kataib-hezbollah") in found
    assert ("Asaeb Ahl el-Haqq", "asaib-ahl-al-haq") in found
    actor = resolve_actor("Kataeb Hizballah", KNOWN)
    assert isinstance(actor, Actor)
    assert actor.reason == "'Kataeb Hizballah' is another spelling of 'Kataib Hezbollah'"


def test_an_article_does_not_hide_a_registered_name():
    assert resolve_actor("the Allied Democratic Forces", KNOWN).id == "allied-democratic-forces"


@pytest.mark.parametrize("word", ["had", "is", "an"])
def test_an_everyday_word_is_no_acronym(word):
    assert isinstance(resolve_actor(word, KNOWN), Unknown)


def test_a_name_the_registry_lacks_stays_a_name():
    assert resolve_actor("Green Delta Brigades", KNOWN) == Actor(
        None, "Green Delta Brigades", "not in the registry"
    )


def test_names_cluster_under_their_commonest_spelling():
    names = ["Liwa al-Nahr", "Liwa an-Nahr", "Liwa al-Nahr", "Blue Column"]
    groups = [(name, dict(spellings)) for name, spellings in cluster(names, GRAMMAR)]
    assert groups == [
        ("Liwa al-Nahr", {"Liwa al-Nahr": 2, "Liwa an-Nahr": 1}),
        ("Blue Column", {"Blue Column": 1}),
    ]


@pytest.mark.parametrize(
    ("words", "focus", "expected"),
    [
        ("Shiite militias", ("IQ",), "iran-aligned-militias"),
        ("Shiite militias", (), "iran-aligned-militias"),
        ("Shiite militias", ("PK",), None),
        ("Shiite militias", ("PK", "IQ"), "iran-aligned-militias"),
        ("Iran-backed militias", ("PK",), "iran-aligned-militias"),
    ],
)
def test_a_class_of_groups_belongs_to_the_countries_that_have_it(words, focus, expected):
    assert resolve_actor(words, KNOWN, focus).id == expected


@pytest.mark.parametrize(
    ("words", "focus", "side"),
    [
        ("the army", ("CO",), "colombian-armed-forces"),
        ("a military spokesman", ("NG",), "nigerian-armed-forces"),
        ("police", ("KE",), "kenyan-police"),
        ("the defence ministry", ("UA",), "ukrainian-armed-forces"),
        ("the interior ministry", ("IQ",), "iraq"),
        ("the authorities", ("HT",), "haiti"),
        ("the army", ("IQ", "SY"), "army"),
        ("the defence ministry", ("IQ", "SY"), None),
        ("residents", ("IQ",), None),
        ("Kyiv", ("RU",), "ukraine"),
        ("Tehran", ("IQ",), "iran"),
        ("the Pentagon", ("IQ",), "us-military"),
        ("Turkish defence ministry", ("IQ",), "turkish-armed-forces"),
    ],
)
def test_a_body_without_a_state_is_that_of_the_one_country_in_focus(words, focus, side):
    assert side_of(words, KNOWN, focus) == side


def test_words_for_nobody_stay_unknown_in_any_country():
    assert isinstance(resolve_actor("unidentified gunmen", KNOWN, ("IQ",)), Unknown)


@pytest.mark.parametrize("ranks", ["Fighters of the ", "Members of ", "the "])
def test_fighters_of_a_registered_group_are_no_group_of_their_own(ranks):
    (mention,) = find_actors(f"{ranks}Allied Democratic Forces", KNOWN)
    assert mention.id == "allied-democratic-forces"


def test_forces_of_a_region_are_not_those_of_its_state():
    actor = resolve_actor("Forces from Ethiopia's Tigray region", KNOWN)
    assert isinstance(actor, Actor)
    assert actor.id is None
