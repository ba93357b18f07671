"""Where an event was that is told without a place of its own."""

import pytest

from dateline.codebook import load_codebook
from dateline.extract.lexicon import extractor
from dateline.incidents import report_record
from dateline.model import make_report


def read(text: str) -> list[dict]:
    book = load_codebook()
    report = make_report(text, published="2024-03-06")
    record = report_record(report, list(extractor(book)([report])), book)
    return [row for row in record["events"] if row["kind"] == "incident" and row["reported"]]


def test_other_news_of_a_report_was_near_the_one_place_it_tells_of():
    first, second = read(
        "Gunmen shot dead five people in Tarmiyah, in Baghdad province, on Monday.\n\n"
        "On Tuesday relatives of the dead attacked a police post in revenge and killed two."
    )
    assert first["place"]["level"] == "town"
    assert second["place"]["level"] == "near"
    assert second["place"]["id"] == first["place"]["id"]


def test_other_news_keeps_to_the_country_where_the_report_tells_of_two_places():
    *_, last = read(
        "Gunmen shot dead five people in Kirkuk on Monday.\n\nA bomb killed one in Mosul on Sunday."
        "\n\nOn Tuesday relatives of the dead attacked a police post in revenge and killed two."
    )
    assert last["place"]["level"] == "country"


def test_rockets_without_a_target_fell_near_where_they_were_fired_from():
    [event] = read("Two rockets were fired from the Gaza Strip on Tuesday. Nobody was hurt.")
    assert event["place"]["level"] == "near"
    assert event["place"]["country"] is None


def test_what_flies_far_says_nothing_of_where_it_fell():
    [event] = read("Two drones fired from Hodeidah were shot down on Tuesday. Nobody was hurt.")
    assert (event["place"] or {}).get("level") != "near"


def test_a_direction_yields_to_a_place_named_besides():
    [event] = read(
        "Gunmen attacked a village northeast of Baghdad on Tuesday and killed 11 civilians.\n\n"
        "It happened in the village of Qwertopolis, northeast of Baqubah in Diyala, police said."
    )
    assert event["place"]["name"] == "Baqubah"


@pytest.mark.parametrize("apart", ["minutes", "moments"])
def test_two_blasts_moments_apart_are_one_attack(apart):
    events = read(
        "At least 20 people died on Tuesday when two bombs went off at a church in Jolo.\n\n"
        f"The first bomb exploded at 8am, the second bomb went off {apart} later in a car park."
    )
    assert len(events) == 1


@pytest.mark.parametrize("where", ["northwestern Syria", "north-west Syria", "central Syria"])
def test_a_part_of_a_country_is_at_least_in_that_country(where):
    [event] = read(f"A drone strike in {where} killed two men on Tuesday.")
    assert (event["place"]["country"], event["place"]["level"]) == ("SY", "country")


def test_a_refinery_in_a_region_is_the_one_that_bears_its_name():
    [event] = read("A drone set fire to an oil refinery in Russia's Saratov region on Tuesday.")
    assert (event["place"]["name"], event["place"]["level"]) == ("Saratov refinery", "site")


@pytest.mark.parametrize(
    "text",
    [
        "A drone hit a warehouse in the Saratov region on Tuesday.",
        "A drone hit a refinery in the Samara region on Tuesday.",
    ],
)
def test_what_bears_no_name_of_the_region_stays_in_the_region(text):
    [event] = read(text)
    assert event["place"]["level"] == "province"


@pytest.mark.parametrize(
    "sequel",
    [
        "A suspect was arrested on Wednesday near Maroua.",
        "The wounded were treated at a hospital in Maroua.",
        "The dead were buried in Maroua on Thursday.",
        "Two men appeared in court in Maroua.",
        "Reinforcements were sent to Maroua.",
        "The bus was on its way from Maroua to Kousseri.",
        "One of the dead, a teacher, was born in Maroua.",
    ],
)
def test_where_a_deed_was_followed_up_is_not_where_it_was_done(sequel):
    event, *_ = read(f"Gunmen shot dead four people in Cameroon on Tuesday. {sequel}")
    assert event["place"]["level"] == "country"
    assert not [c for c in event["claims"] if c["role"] == "place" and "Maroua" in c["quote"]]


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("A mine buried in a road near Kidal killed three soldiers on Monday.", "Kidal"),
        ("Mourners at a funeral in Basra were hit by a mortar shell on Monday.", "Basrah"),
        ("Soldiers were sent to Kasese, where gunmen shot dead three guards on Monday.", "Kasese"),
        ("A bomb killed nine at a hospital in Quetta on Monday.", "Quetta"),
        ("Troops killed two rebels and detained five in a raid in Kidal on Monday.", "Kidal"),
    ],
)
def test_a_scene_of_the_deed_stays_its_place(text, town):
    [event] = read(text)
    assert event["place"]["name"] == town


def test_an_arrest_was_where_it_was_made():
    [event] = read("Police arrested five men with explosives in Bilbao on Monday.")
    assert (event["type"], event["place"]["name"]) == ("arrests", "Bilbao")


def test_the_same_town_is_the_one_told_before():
    first, second = read(
        "BAMAKO, March 6 - Gunmen shot dead four people in Kidal on Sunday.\n\n"
        "On Tuesday, a bomb killed two guards in the same town. The market in Gao was shut."
    )
    assert first["place"]["id"] == second["place"]["id"]


@pytest.mark.parametrize(
    ("dateline", "when", "day"),
    [
        ("LIMA, March 4 - ", "today", "2024-03-04"),
        ("LIMA, March 4 - ", "on Tuesday", "2024-03-05"),
        ("LIMA, Jan. 4 - ", "today", "2024-03-06"),
        ("LIMA - ", "today", "2024-03-06"),
    ],
)
def test_today_is_the_day_of_a_dateline_of_these_days(dateline, when, day):
    [event] = read(f"{dateline}A car bomb killed two people in Callao, Peru, {when}.")
    assert event["date"]["earliest"] == day


def test_the_capital_is_that_of_the_one_country_a_report_is_about():
    [event] = read(
        "LILONGWE, March 4 - Gunmen attacked a prison in the capital late on Saturday and killed"
        " two guards, police said."
    )
    assert event["place"]["name"] == "Lilongwe"


def test_the_capital_of_one_of_several_countries_is_not_guessed():
    [event] = read(
        "Gunmen from Zambia attacked a bank in the capital on Saturday and killed two guards, the"
        " governments of Malawi and Zambia said."
    )
    assert event["place"] is None


def test_a_dateline_without_capitals_tells_the_country():
    [event] = read(
        "lilongwe, march 4 - gunmen attacked a prison in the capital late on saturday and killed"
        " two guards, police said."
    )
    assert (event["place"]["name"], event["date"]["earliest"]) == ("Lilongwe", "2024-03-02")


def test_what_stands_at_a_states_own_building_is_in_that_state():
    [event] = read("A car bomb exploded at Chad's education ministry on Monday and killed six.")
    assert event["place"]["country"] == "TD"


def test_what_somebody_typically_does_is_no_event_and_blame_is_for_the_news():
    [event] = read(
        "NDJAMENA, March 5 - A bomb killed nine people at Chad's trade ministry on Monday. It was"
        " the deadliest attack since a truck bomb exploded there in May 2020. The prime minister"
        " blamed Boko Haram. The group, which typically avoids claiming attacks, said nothing."
    )
    [one] = event["perpetrators"]
    assert (one["id"], one["by"]) == ("boko-haram", ["prime minister"])


@pytest.mark.parametrize(
    "text",
    [
        "BAMAKO, March 5 - Gunmen ambushed a French patrol on Monday and killed two soldiers.",
        "Gunmen attacked the Central American University on Monday and killed two guards.",
    ],
)
def test_whose_a_target_is_does_not_tell_where_it_was(text):
    [event] = read(text)
    assert (event["place"] or {}).get("country") not in ("FR", "US")
