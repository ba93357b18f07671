"""Places: which words are a place, and which place they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import Codebook, load_codebook
from dateline.resolve.gazetteer import Gazetteer, open_gazetteer
from dateline.resolve.geometry import distance_km, point_at
from dateline.resolve.places import (
    Toponym,
    context,
    find_countries,
    find_places,
    resolve_place,
)
from dateline.resolve.seats import at_seat
from dateline.values import Place, Unknown

LEVELS = ["site", "town", "near", "district", "province", "area", "sea", "country"]
AL_ASAD = ("icao:ORAA", "Al Asad Air Base", "IQ", "Al Anbar", 33.7856, 42.4412, "site")


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook()


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return open_gazetteer()


@pytest.fixture(scope="module")
def read(book, places):
    """Give the words and the value of every place in a text."""

    def read_text(text: str, **details) -> list[tuple[str, Place | Unknown]]:
        toponyms = find_places(text, places, book)
        about = context(text, toponyms, places, book, **details)
        return [(text[t.start : t.end], resolve_place(t, about)) for t in toponyms]

    return read_text


@pytest.mark.parametrize(
    "words",
    [
        "Ain al-Assad base in Anbar",
        "Ain Assad airbase in Anbar province",
        "Ain-Al-Assad",
        "Al Asad Air Base",
        "Ain al-Asad airbase, Iraq",
    ],
)
def test_every_spelling_of_al_asad_is_the_air_base(read, words):
    [(quote, place)] = read(f"Rockets struck {words} on Monday.")
    assert quote == words
    assert (
        place.id,
        place.name,
        place.country,
        place.admin1,
        place.latitude,
        place.longitude,
        place.level,
    ) == AL_ASAD


@pytest.mark.parametrize(
    ("text", "quote", "place_id", "level"),
    [
        ("A bomb went off in Erbil, Iraq, at noon.", "Erbil, Iraq", "geonames:95446", "town"),
        (
            "Troops left the town of Bucha, near Kyiv, in March.",
            "town of Bucha, near Kyiv",
            "geonames:711350",
            "town",
        ),
        ("The Kharkiv region was shelled.", "Kharkiv region", "admin1:UA.07", "province"),
        ("A car bomb exploded near Baghdad.", "near Baghdad", "geonames:98182", "near"),
        (
            "Rockets hit the US embassy in Baghdad.",
            "US embassy in Baghdad",
            "site:us-embassy-baghdad",
            "site",
        ),
        ("Gunmen stormed a mosque in Kabul.", "Kabul", "geonames:1138958", "town"),
        ("Drones flew over northern Iraq.", "Iraq", "country:IQ", "country"),
        ("A tanker was hit in the Red Sea.", "Red Sea", "sea:red-sea", "sea"),
        (
            "Clashes broke out in Iraqi Kurdistan.",
            "Iraqi Kurdistan",
            "area:kurdistan-region",
            "area",
        ),
        ("The blast hit Syria's Idlib.", "Syria's Idlib", "geonames:169389", "town"),
        ("KABUL, March 3 - A man was shot.", "KABUL", "geonames:1138958", "town"),
        ("BAGHDAD (AP) — A man was shot.", "BAGHDAD", "geonames:98182", "town"),
        (
            "He was shot in Springfield, Ill., on Friday.",
            "Springfield, Ill.",
            "geonames:4250542",
            "town",
        ),
        ("BOMBER KILLS DOZENS IN PESHAWAR MOSQUE", "PESHAWAR", "geonames:1168197", "town"),
        (
            "gunmen attacked a bank in medellin, colombia",
            "medellin, colombia",
            "geonames:3674962",
            "town",
        ),
        ("Fire hit the Zaatari refugee camp.", "Zaatari refugee camp", "site:zaatari", "site"),
        ("Gangs fought in Port-au-Prince.", "Port-au-Prince", "geonames:3718426", "town"),
        (
            "A mine exploded in Tibú, Norte de Santander.",
            "Tibú, Norte de Santander",
            "geonames:3667202",
            "town",
        ),
    ],
)
def test_a_place_is_found_and_named(read, text, quote, place_id, level):
    found = {words: (place.id, place.level) for words, place in read(text)}
    assert found == {quote: (place_id, level)}


@pytest.mark.parametrize(
    "text",
    [
        "Police said the reading was most nice.",
        "Col. Wayne Marotto said nobody was hurt.",
        "President Joe Biden and Governor Andrey Bocharov agreed.",
        "Washington said Iran had fired first.",
        "Baghdad denied the report.",
        "The Islamic State claimed the attack on Monday.",
        "The Baghdad Operations Command said so.",
        "A US-born man, John Houston, 34, was held.",
        "Resort city officials met. Iraqi forces left in May.",
        "The Islamic State of Iraq and the Levant said so.",
        "President Bashar al-Assad spoke. The al-Assad regime denied it.",
        "Rebels rammed a lorry into the Central Bank building on Monday.",
        "It happened on Nov. 7, or on 3 Mar 1998, or on Sept 6.",
        "The shooting was at Santiago Torres' house.",
        "It stood at the Gateway of all plenty.",
    ],
)
def test_what_is_no_place_is_left_alone(read, text):
    assert read(text) == []


def test_a_capital_is_a_place_behind_a_preposition_only(read):
    found = read("Washington denied it, an official in Washington said.")
    assert [words for words, _ in found] == ["Washington"]


def test_a_blocked_span_is_never_a_place(book, places):
    text = "The Mosul Brigades struck in Mosul."
    blocked = [(4, 18)]
    assert [t.start for t in find_places(text, places, book, blocked)] == [text.rindex("Mosul")]


def test_a_distance_and_direction_move_the_point(read):
    [(quote, place)] = read("A bomb exploded 60 km north-west of Baghdad.")
    assert quote == "60 km north-west of Baghdad"
    assert place.level == "near"
    assert 59 < distance_km((place.latitude, place.longitude), (33.341, 44.401)) < 61
    assert place.latitude > 33.341
    assert place.longitude < 44.401
    assert "60 km from Baghdad" in place.reason


def test_a_direction_alone_moves_the_point_a_little_and_says_that_the_distance_is_not_told(read):
    [(_, place)] = read("Gunmen attacked a village northeast of Baqubah.")
    at = (33.754, 44.605)
    assert distance_km(at, (place.latitude, place.longitude)) == pytest.approx(20, abs=0.5)
    assert place.level == "near"
    assert "distance not stated" in place.reason


def test_a_village_that_the_gazetteer_lacks_lies_where_its_direction_points(read):
    [(_, place)] = read("It happened in the village of Qwertopolis, 30 km north of Baqubah, Iraq.")
    assert place.level == "near"
    assert (place.latitude, place.longitude) == pytest.approx((34.024, 44.605), abs=0.01)


def test_a_province_that_is_a_division_of_the_second_order_is_that_one(read):
    [(_, place)] = read("Soldiers clashed with gunmen in Sulu province, Philippines.")
    assert (place.id, place.level) == ("admin2:PH.14.60", "district")


def test_a_province_is_shown_at_its_seat_and_stays_a_province(read, places):
    [(_, place)] = read("A bomb hit a convoy in Dhi Qar province, Iraq.")
    seated = at_seat(place, places)
    assert isinstance(seated, Place)
    assert (seated.level, seated.name) == ("province", place.name)
    assert distance_km((31.058, 46.257), (seated.latitude, seated.longitude)) < 1
    assert seated.reason.endswith("shown at its seat, Nasiriyah")


@pytest.mark.parametrize("text", ["Rockets hit Ain al-Asad base.", "Rockets hit Kirkuk city."])
def test_only_divisions_have_a_seat(read, places, text):
    [(_, place)] = read(text)
    assert at_seat(place, places) == place


@pytest.mark.parametrize(
    ("text", "quote", "town"),
    [
        ("Blasts killed 64 in the Ugandan capital on Sunday.", "Ugandan capital", "Kampala"),
        ("A drone hit Ukraine's capital overnight.", "Ukraine's capital", "Kyiv"),
        ("Rockets hit the Iraqi capital, Baghdad.", "Baghdad", "Baghdad"),
        ("Shells hit the Syrian capital Damascus.", "Damascus", "Damascus"),
    ],
)
def test_a_capital_is_told_by_its_country_unless_a_name_follows(read, text, quote, town):
    [(words, place)] = read(text)
    assert (words, place.name) == (quote, town)


def test_a_weapon_is_no_town(read):
    assert read("The navy launched Tomahawk cruise missiles and an Apache helicopter fired.") == []


def test_money_is_no_capital(read):
    assert read("Saudi capital goods cost more, and Turkish capital markets fell.") == []


def test_a_town_lies_in_the_country_whose_adjective_stands_before_it(read):
    [(quote, place)] = read("A car bomb killed ten in the Syrian town of Xanqoor.")
    assert quote == "Syrian town of Xanqoor"
    assert (place.id, place.level) == ("country:SY", "country")
    [(_, jizan)] = read("A missile struck the Saudi Arabian city of Jizan.")
    assert (jizan.name, jizan.country, jizan.level) == ("Jizan", "SA", "town")


@pytest.mark.parametrize("state", ["Mali", "Malian"])
def test_a_country_before_town_of_is_not_the_town(read, state):
    *_, (_, place) = read(f"Two peacekeepers died in the {state} town of Kidal.")
    assert (place.name, place.level) == ("Kidal", "town")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Bombs went off in the southern Thai city of Yala.", "Yala", "TH"),
        ("Insurgents raided the northern Mozambique town of Palma.", "Palma", "MZ"),
    ],
)
def test_a_town_lies_in_the_country_that_stands_before_its_kind(read, text, name, country):
    *_, (quote, place) = read(text)
    assert (place.name, place.country) == (name, country)
    assert quote == quote.strip()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In Karbala, 50 people died when a man set off a vest.", ["Karbala"]),
        ("In Karbala, aged 50, he was shot dead.", []),
        ("Near Mosul lived Paul Karbala, 50, a baker.", ["Mosul"]),
    ],
)
def test_a_number_of_people_behind_a_town_is_nobodys_age(read, text, found):
    assert [place.name for _, place in read(text) if isinstance(place, Place)] == found


def test_a_town_is_known_by_the_name_of_its_district(read):
    [(_, place)] = read("Two youths were shot dead in Jenin.")
    assert (place.name, place.country) == ("Janīn", "PS")


def test_the_camp_of_a_country_is_in_no_town_abroad_of_its_name(read):
    [(_, place)] = read("Gunmen attacked the youth camp of Norway's ruling party.")
    assert (place.name, place.level) == ("Norway", "country")


def test_a_name_with_an_article_inside_is_read_whole(read):
    [(quote, place)] = read("Shells hit the border town of Ras al-Ain, in Syria.")
    assert quote == "town of Ras al-Ain, in Syria"
    assert place.country == "SY"


def test_near_the_capital_says_which_town_is_meant(read):
    [(quote, _)] = read("A bomb went off in Tarmiyah, near the Iraqi capital Baghdad.")
    assert quote == "Tarmiyah, near the Iraqi capital Baghdad"


def test_an_adjective_moves_no_town_that_the_gazetteer_has_elsewhere(read):
    [(quote, place)] = read("Troops entered the Turkish town of Kobani.")
    assert (quote, place.country) == ("town of Kobani", "SY")


def test_a_large_town_is_meant_rather_than_a_province_elsewhere(read):
    [(_, place)] = read("Israel launched fresh strikes into Gaza in response.")
    assert (place.country, place.level) == ("PS", "town")


def test_a_distance_without_direction_keeps_the_point_and_says_so(read):
    [(quote, place)] = read("An ambush took place 20 miles outside Mosul.")
    assert quote == "20 miles outside Mosul"
    assert (place.latitude, place.longitude) == (36.335, 43.119)
    assert "about 32 km" in place.reason


def test_an_unknown_village_is_the_place_that_contains_it(read):
    [(quote, place)] = read("Troops raided Xanqoor village in Anbar province.")
    assert quote == "Xanqoor village in Anbar province"
    assert (place.id, place.level) == ("admin1:IQ.01", "province")
    assert "'Xanqoor' is not in the gazetteer" in place.reason


def test_an_unknown_village_alone_is_unknown(read):
    [(_, value)] = read("Troops raided Xanqoor village.")
    assert value == Unknown("no place called 'Xanqoor' in the gazetteer")


def test_two_places_that_weigh_the_same_are_both_named_and_none_is_taken(book, places):
    twin = Toponym(0, 7, "La Unión")
    value = resolve_place(twin, context("", [], places, book))
    assert isinstance(value, Unknown)
    assert "weigh the same" in value.reason


def test_the_country_in_focus_decides_between_namesakes(read):
    [_, (_, in_libya)] = read("Libyan forces left Sirte. Shells fell on Tripoli, in Tripoli.")[:2]
    assert in_libya.country == "LY"
    found = read("Lebanese troops were shot at in Tripoli.")
    assert [place.country for _, place in found] == ["LB"]


def test_the_publisher_weighs_least(read):
    [(_, far)] = read("Two men were shot in Georgetown.", publisher_country="GY")
    assert far.country == "GY"
    [(_, near)] = read("Malaysian police shot two men in Georgetown.", publisher_country="GY")
    assert near.country == "MY"


def test_places_of_a_list_are_kept_apart(read):
    found = read("Bombs went off in Mosul, Kirkuk and Erbil.")
    assert [words for words, _ in found] == ["Mosul", "Kirkuk", "Erbil"]


def test_country_words_are_told_apart_by_form(book):
    text = "Iraqi troops met Turks in Syria, Washington said. Latin American envoys left."
    found = [(text[m.start : m.end], m.code, m.form) for m in find_countries(text, book)]
    assert found == [
        ("Iraqi", "IQ", "adjective"),
        ("Turks", "TR", "people"),
        ("Syria", "SY", "name"),
        ("Washington", "US", "metonym"),
    ]


@pytest.mark.parametrize(
    "name", ["Baghdad", "Anbar province", "Iraq", "Al Asad Air Base", "the Sinai"]
)
def test_near_is_never_finer_than_its_reference(read, name):
    [(_, at)] = read(f"It happened in {name}.")
    [(_, near)] = read(f"It happened near {name}.")
    assert LEVELS.index(near.level) >= LEVELS.index(at.level)
    assert near.level not in ("site", "town")


NAMES = ["Mosul", "Anbar", "Iraq", "al-Asad", "The", "US", "embassy", "(Iraq)", "’s", "Hit", "É"]
OTHERS = ["in", "near", "of", "the", ",", ".", "and", "province", "base", "10 km of", "بغداد"]
WORDS = st.sampled_from(NAMES + OTHERS)


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_spans_are_exact_apart_and_resolved_the_same_each_time(text):
    book, places = load_codebook(), open_gazetteer()
    toponyms = find_places(text, places, book)
    assert toponyms == find_places(text, places, book)
    end = 0
    for toponym in toponyms:
        assert end <= toponym.start < toponym.end <= len(text)
        assert toponym.name in text[toponym.start : toponym.end]
        for part in toponym.parts:
            assert text[part.start : part.end] == part.name
        end = toponym.end
    about = context(text, toponyms, places, book)
    again = context(text, toponyms, places, book)
    for toponym in toponyms:
        assert resolve_place(toponym, about) == resolve_place(toponym, again)


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(0, 359), st.floats(0, 500))
def test_a_point_at_a_distance_is_that_far_away(latitude, longitude, bearing, distance):
    start = (latitude, longitude)
    assert distance_km(start, point_at(start, bearing, distance)) == pytest.approx(
        distance, abs=0.1
    )


def test_a_small_town_in_a_country_not_told_of_is_not_taken_for_a_village_unknown_here(read):
    told = dict(
        read(
            "Shells fell in Ganja, Azerbaijan. Azeri forces shelled the village of Talish at dawn."
        )
    )
    assert isinstance(told["village of Talish"], Unknown)
