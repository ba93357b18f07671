"""Which of several namesakes is meant: one table a rule, in sentences of our own."""

import pytest

from dateline.codebook import Codebook, load_codebook
from dateline.resolve.gazetteer import Gazetteer, open_gazetteer
from dateline.resolve.places import context, find_places, resolve_parts
from dateline.values import Place, Unknown


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook()


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return open_gazetteer()


@pytest.fixture(scope="module")
def read(book, places):
    """Give the value of every name in a text, by name; the last one where a name comes again."""

    def read_text(text: str) -> dict[str, Place | Unknown]:
        toponyms = find_places(text, places, book)
        about = context(text, toponyms, places, book)
        return {one.name: value for t in toponyms for one, value in resolve_parts(t, about)}

    return read_text


def shown(value: Place | Unknown) -> str:
    if isinstance(value, Unknown):
        return "unknown"
    return "/".join(filter(None, (value.name, value.admin1, value.country)))


CASES = {
    "a name of very many places says nothing of the country it stands in": [
        ("Gunmen killed a man in San Jose.", "San Jose", "San Jose/California/US"),
        ("Gunmen killed a man in Santa Cruz.", "Santa Cruz", "unknown"),
        ("A bomb went off in Medina.", "Medina", "unknown"),
        (
            "Gunmen killed a man in San Jose, the Philippine army said.",
            "San Jose",
            "San Jose/Mimaropa/PH",
        ),
    ],
    "a state behind the name": [
        ("He was shot in Portland, Maine.", "Portland", "Portland/Maine/US"),
        ("A bomb was found in Columbus, Ga.", "Columbus", "Columbus/Georgia/US"),
        ("Men met in Springfield, Ohio, and left.", "Springfield", "Springfield/Ohio/US"),
        ("He was held in London, Ontario.", "London", "London/Ontario/CA"),
    ],
    "a name keeps the reading that was stated once": [
        (
            "He drove to Paris, Texas. A man was shot in Paris on Friday.",
            "Paris",
            "Paris/Texas/US",
        ),
    ],
    "names that lie close together are read together": [
        (
            "Shots were fired in Dublin, in Hilliard and in Columbus.",
            "Dublin",
            "Dublin/Ohio/US",
        ),
        (
            "He was seen in Athens, in Oconee County and in Atlanta.",
            "Athens",
            "Athens/Georgia/US",
        ),
        ("Fighting spread from Tripoli to Misrata.", "Tripoli", "Tripoli/Tripoli/LY"),
        ("Fighting spread from Tripoli to Sidon.", "Tripoli", "Tripoli/Liban-Nord/LB"),
    ],
    "the largest of its name where nothing else is said": [
        ("A bomb went off in Paris.", "Paris", "Paris/Île-de-France/FR"),
        ("A car bomb went off in Medellin.", "Medellin", "Medellín/Antioquia/CO"),
        ("Nothing moved in Birmingham.", "Birmingham", "Birmingham/England/GB"),
    ],
    "a division among divisions is no town": [
        (
            "Cases were found in Kansas, Oregon and California.",
            "California",
            "California/California/US",
        ),
        ("It was seen in Vermont, Virginia and Texas.", "Vermont", "Vermont/Vermont/US"),
    ],
    "countries in a list do not contain each other": [
        ("Troops stayed in Niger, Nigeria and Chad.", "Niger", "Niger/NE"),
        ("Troops stayed in Niger, Nigeria and Chad.", "Nigeria", "Nigeria/NG"),
    ],
    "a bare name is the town, not the division around it": [
        ("A bomb went off in Moscow.", "Moscow", "Moscow/Moscow/RU"),
        ("A bomb went off near Diwaniya, Iraq.", "Diwaniya", "Al Diwaniyah/Al Qādisīyah/IQ"),
        ("Shells hit Kharkiv, Ukraine.", "Kharkiv", "Kharkiv/Kharkivs’ka Oblast’/UA"),
    ],
    "the sea is meant, not the division on its shore": [
        ("A tanker was hit in the Red Sea, Egyptian police said.", "Red Sea", "Red Sea"),
    ],
    "a place beside the name says where it is": [
        ("A mine went off in Tarmiyah, 30 km north of Baghdad.", "Tarmiyah", "IQ"),
        ("A convoy was hit in Babil province, south of Baghdad.", "Babil", "IQ"),
    ],
    "an English word is no article of a name": [
        ("A bomb went off at Brussels airport.", "Brussels airport", "BE"),
        ("Shots were fired at Cairo airport.", "Cairo airport", "EG"),
    ],
    "what lies in a place the report names has no say elsewhere": [
        ("A car bomb hit Medellín's El Poblado district.", "El Poblado", "Antioquia/CO"),
    ],
    "a country's adjective puts its towns in focus": [
        ("Cameroonian police left Victoria.", "Victoria", "CM"),
        (
            "Canadian police searched a house in Victoria.",
            "Victoria",
            "Victoria/British Columbia/CA",
        ),
    ],
}


@pytest.mark.parametrize(
    ("rule", "text", "name", "expected"),
    [(rule, *case) for rule, cases in CASES.items() for case in cases],
)
def test_the_place_that_is_meant(read, rule, text, name, expected):
    found = shown(read(text)[name])
    assert found == expected or found.endswith(f"/{expected}"), rule


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A bomb hit the city of Kirkuk, US officials said.", ["city of Kirkuk"]),
        ("A drone hit Erbil, Iraq, officials said.", ["Erbil, Iraq"]),
        ("Shells fell on Mosul, Iraqi police said.", ["Mosul"]),
        ("The US-led coalition left.", []),
        ("Iran-backed groups fired on Kirkuk.", ["Kirkuk"]),
        ("ERBIL (Kurdistan 24) – Gunmen attacked.", ["ERBIL"]),
        ("MOSCOW (Sputnik - 3rd March, 2020) - A blast was heard.", ["MOSCOW"]),
        ("It was quiet, Xinhua said.", []),
        ("Iraqi troops left a village north of Baqouba.", ["north of Baqouba"]),
        ("Men hid in Makhmour, south of Erbil.", ["Makhmour, south of Erbil"]),
        ("It was said in Parliament that Iraqi troops left.", []),
        (
            "A mine went off in Tarmiyah, 30 km north of Baghdad.",
            ["Tarmiyah, 30 km north of Baghdad"],
        ),
    ],
)
def test_the_words_that_are_a_place(book, places, text, words):
    assert [text[t.start : t.end] for t in find_places(text, places, book)] == words


@pytest.mark.parametrize(
    ("words", "place_id"),
    [
        ("the Baghdad US embassy", "site:us-embassy-baghdad"),
        ("the embassy of the United States in Baghdad", "site:us-embassy-baghdad"),
        ("the Baghdad embassy of the US", "site:us-embassy-baghdad"),
        ("US Embassy Baghdad", "site:us-embassy-baghdad"),
        ("the American embassy in Baghdad", "site:us-embassy-baghdad"),
        ("the Kabul embassy of Pakistan", "site:pakistani-embassy-kabul"),
    ],
)
def test_an_embassy_is_named_by_state_and_city_in_either_order(book, places, words, place_id):
    text = f"A rocket hit {words} on Monday."
    [toponym] = find_places(text, places, book)
    [(_, value), *_] = resolve_parts(toponym, context(text, [toponym], places, book))
    assert isinstance(value, Place)
    assert value.id == place_id


def test_an_embassy_that_may_stand_anywhere_is_unknown(read):
    value = read("Smoke rose over the Iraqi embassy.")["Iraqi embassy"]
    assert value == Unknown("the report does not say in which country 'Iraqi embassy' stands")


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("A bomb hit the Iraqi embassy, Afghan police said.", "Iraqi embassy", "AF"),
        ("Smoke rose over the Iraq embassy in Kabul.", "Iraq embassy", "AF"),
        ("Smoke rose over the Iraq embassy, men in Baghdad said.", "Iraq embassy", "IQ"),
        (
            "Smoke over Iraq embassy\nShells hit the US embassy in Baghdad.",
            "Iraq embassy",
            "site:us-embassy-baghdad",
        ),
    ],
)
def test_an_embassy_stands_where_the_report_is_set(read, text, name, place_id):
    value = read(text)[name]
    assert isinstance(value, Place)
    assert place_id in (value.id, value.country)
