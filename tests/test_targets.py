"""What an event was aimed at: the object of the act, never who did it or who tells of it."""

import pytest
from tests.test_lexicon import incidents, read


def main_of(text: str) -> dict[str, object]:
    return incidents(read(text, "2015-06-10"), reported=True)[0]


@pytest.mark.parametrize(
    ("text", "target", "kind"),
    [
        (
            "Guerrillas dynamited a rural power station near Ayacucho on Tuesday, the mayor said.",
            "a rural power station",
            "power_plant",
        ),
        (
            "Two oil depots east of Benghazi were shelled on Tuesday by rebels, officials said.",
            "Two oil depots",
            "oil_facility",
        ),
        (
            "Insurgents said on their channel that its fighters had bombed an army base in Gao.",
            "an army base",
            "military_base",
        ),
        (
            "Suspected militants shot dead a judge in Quetta on Tuesday.",
            "a judge",
            "judges",
        ),
        (
            "Three policemen were shot dead in their homes in Kano on Tuesday.",
            "Three policemen",
            "police",
        ),
        (
            "A bomb destroyed a bus carrying soldiers near Diyarbakir on Tuesday, killing nine.",
            "a bus carrying soldiers",
            "soldiers",
        ),
        (
            "Gunmen threw grenades at the home of a provincial minister in Herat on Tuesday.",
            "the home of a provincial minister",
            "politicians",
        ),
    ],
)
def test_the_object_of_the_act_is_the_target(text: str, target: str, kind: str) -> None:
    row = main_of(text)
    assert (row["target"], row["target_detail"]) == (target, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Four people were killed in clashes in Jos on Tuesday, hospital officials said.",
        "Hours after rebels looted the town of Goma on Tuesday, soldiers fired into the air.",
        "Twelve were killed in Homs on Tuesday by militants.",
    ],
)
def test_who_did_it_or_tells_of_it_is_no_target(text: str) -> None:
    targets = {row["target_detail"] for row in incidents(read(text, "2015-06-10"), reported=True)}
    assert targets <= {None, "civilians", "village"}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (
            "A missile struck the Northern Heron, a Greek-owned oil tanker, off Aden on Monday.",
            "the Northern Heron, a Greek-owned oil tanker",
        ),
        (
            "Pirates fired rockets at a Danish-flagged cargo ship, the Alma, in the Gulf of Aden.",
            "a Danish-flagged cargo ship, the Alma",
        ),
    ],
)
def test_a_ship_is_quoted_with_the_name_that_commas_set_off(text: str, target: str) -> None:
    assert main_of(text)["target"] == target


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Israeli air strikes brought down an apartment block in Tyre on Tuesday.", "air_strike"),
        ("A Grad rocket brought down a school roof in Horlivka on Tuesday.", "rocket_attack"),
        ("Air defences brought down a Su-25 over Luhansk on Tuesday.", "interception"),
        ("The army shot down two quadcopters near Erbil on Tuesday.", "interception"),
        ("Of seven rockets, five were intercepted over Sderot on Tuesday.", "interception"),
    ],
)
def test_only_what_flies_is_intercepted(text: str, kind: str) -> None:
    assert main_of(text)["type"] == kind


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("A mine hit a supplier's fuel truck near Mopti on Tuesday.", "fuel truck"),
        (
            "Two doctors of a Belgian charity were abducted near Baidoa on Tuesday.",
            "Two doctors",
        ),
        ("A freighter said it was hit by a rocket off Aden on Tuesday.", "A freighter"),
        (
            "Gunmen attacked a barracks in Bria on Tuesday. At least 30 rebels have been killed.",
            "a barracks",
        ),
        (
            "Four guards were shot dead in Basra, hospital officials, police and medics said.",
            "Four guards",
        ),
    ],
)
def test_neither_owners_nor_tolls_nor_lists_of_speakers_are_targets(text: str, target: str) -> None:
    assert str(main_of(text)["target"] or target).endswith(target)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A wave of Shahed drones hit a port in Izmail on Tuesday.", "drone_strike"),
        ("TYRE, May 9 - Israeli air strikes hit a village near Tyre on Tuesday.", "air_strike"),
        ("Saboteurs blew up a gas pipeline near Arish on Tuesday, officials said.", "bombing"),
        ("Gunmen raided a European Union office in Bangui on Tuesday.", "raid"),
        ("Gunmen attacked a museum in Lahore on Tuesday, killing 19 people.", "shooting"),
    ],
)
def test_words_that_look_harmless_or_usual_do_not_hide_an_act(text: str, kind: str) -> None:
    assert main_of(text)["type"] == kind


@pytest.mark.parametrize(
    ("text", "weapon"),
    [
        (
            "Rebels ambushed a truck near Tete on Tuesday. A helicopter sent there was shot down.",
            None,
        ),
        ("Rebels shot down a military transport plane over Huambo on Tuesday.", None),
        ("Government helicopters bombed a village near Malakal on Tuesday.", "air_strike"),
    ],
)
def test_an_aircraft_that_was_shot_down_is_no_weapon(text: str, weapon: str | None) -> None:
    assert main_of(text)["weapon"] == weapon


def test_a_kidnapping_told_by_a_gerund_is_one() -> None:
    row = main_of(
        "Militants attacked a drilling rig off Warri on Tuesday, kidnapping three welders."
    )
    assert row["type"] == "kidnapping"


def test_an_anti_ship_missile_hits_no_ship_by_its_name() -> None:
    row = main_of("The Houthis fired two anti-ship missiles near Mokha on Tuesday, officials said.")
    assert row["target"] is None


def test_a_police_academy_is_quoted_whole() -> None:
    row = main_of("A car bomb blew up at a police cadet academy in Cali on Tuesday, killing nine.")
    assert row["target"] == "a police cadet academy"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Israeli jets struck Hezbollah positions near Tyre on Tuesday.", "militia_position"),
        ("Rebels shelled army positions near Goma on Tuesday.", "military_base"),
        ("Pirates boarded a bulk carrier, the Golden Trader, off Benin on Tuesday.", "ship"),
    ],
)
def test_who_holds_a_position_says_what_it_is(text: str, kind: str) -> None:
    assert main_of(text)["target_detail"] == kind


def test_what_was_burned_besides_does_not_rename_an_attack() -> None:
    text = "Rebels attacked an army camp in Gulu on Tuesday, killing nine. They also looted a bank."
    assert main_of(text)["type"] not in ("looting", "arson")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("A huge truck bomb exploded in Oklahoma City on Tuesday, killing dozens.", None),
        ("Three car bombs went off in Athens on Tuesday, police said.", None),
        ("Two van attacks shook Barcelona on Tuesday, police said.", None),
        (
            "A lorry packed with explosives blew up outside a bank in Colombo on Tuesday.",
            "a bank",
        ),
        (
            "A bomb-laden fishing boat struck a ferry off Jaffna on Tuesday, killing nine.",
            "a ferry",
        ),
    ],
)
def test_a_vehicle_that_is_the_weapon_is_no_target(text: str, target: str | None) -> None:
    assert main_of(text)["target"] == target


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("No soldiers were hurt when rockets hit the airport in Kigali on Tuesday.", "the airport"),
        ("None of the pupils was hurt when mortars hit a school in Osijek on Tuesday.", "a school"),
        ("Rebels fired on a hotel in Monrovia on Tuesday. No tourists were killed.", "a hotel"),
    ],
)
def test_nobody_is_no_target(text: str, target: str) -> None:
    assert main_of(text)["target"] == target


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("A bomb exploded behind a courthouse in Bastia on Tuesday, killing four.", "a courthouse"),
        (
            "A bomb blew a hole in the hull of a Spanish frigate in Bilbao on Tuesday.",
            "a Spanish frigate",
        ),
        ("A rocket hit the roof of a monastery near Pristina on Tuesday.", "a monastery"),
        (
            "Gunmen dragged young prosecutors from a bar and shot them in Cali on Tuesday.",
            "young prosecutors",
        ),
        ("A car bomb flattened a police station in Derry on Tuesday.", "a police station"),
    ],
)
def test_the_whole_of_what_was_hit_is_the_target(text: str, target: str) -> None:
    assert main_of(text)["target"] == target


@pytest.mark.parametrize(
    ("text", "kind", "weapon"),
    [
        (
            "A suicide bomber rammed a lorry into a bus carrying sailors in Galle on Tuesday.",
            "suicide_car_bomb",
            "car_bomb",
        ),
        (
            "A suicide attacker drove a van up to a barracks in Jalalabad on Tuesday, killing six.",
            "suicide_car_bomb",
            "car_bomb",
        ),
        (
            "A suicide bomber blew up a bus in Haifa on Tuesday, killing 15 people.",
            "suicide_bombing",
            "suicide_vest",
        ),
        (
            "A man drove a car into a crowd in Graz on Tuesday, killing three people.",
            "vehicle_ramming",
            "vehicle",
        ),
        (
            "A booby-trapped car blew up outside a school in Sidon on Tuesday, killing two.",
            "car_bomb",
            "car_bomb",
        ),
    ],
)
def test_a_charge_and_its_driver_tell_a_vehicle_bomb(text: str, kind: str, weapon: str) -> None:
    row = main_of(text)
    assert (row["type"], row["weapon"]) == (kind, weapon)


@pytest.mark.parametrize(
    ("text", "kind", "detail"),
    [
        (
            "A bomb brought down an Indian airliner off Cork on Tuesday, killing all aboard.",
            "bombing",
            "airport",
        ),
        (
            "Rebels shot down an army helicopter near Kindu on Tuesday.",
            "aircraft_shot_down",
            "military_vehicle",
        ),
        ("A transport plane was shot down near Juba on Tuesday.", "aircraft_shot_down", "airport"),
        ("The army shot down two drones near Herat on Tuesday.", "interception", None),
    ],
)
def test_an_aircraft_with_people_in_it_is_shot_down_not_intercepted(
    text: str, kind: str, detail: str | None
) -> None:
    row = main_of(text)
    assert (row["type"], row["target_detail"]) == (kind, detail)


def test_a_fire_that_an_attack_caused_is_no_second_event() -> None:
    text = (
        "A missile attack killed two sailors on a tanker in the Black Sea on Monday. The "
        "Cyprus-flagged Ariadne was set ablaze 30 miles off Odesa. Five others were injured."
    )
    rows = incidents(read(text, "2015-06-10"), reported=True)
    assert [row["type"] for row in rows] == ["missile_attack"]
    assert rows[0]["injured"]["low"] == 5


def test_a_killing_in_a_village_that_was_burned_besides_is_no_arson() -> None:
    text = (
        "Raiders attacked a village near Jos on Tuesday, killing 14 people and razing the huts. "
        "Two granaries were set on fire."
    )
    assert main_of(text)["type"] not in ("arson", "sabotage")


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("Gunmen attacked a United Nations camp near Kidal on Tuesday.", "military_base"),
        ("Gunmen attacked a United Nations office in Juba on Tuesday.", "diplomatic"),
    ],
)
def test_the_camp_of_a_mission_is_that_of_its_troops(text: str, detail: str) -> None:
    assert main_of(text)["target_detail"] == detail


def test_a_blast_in_one_place_near_another_hit_the_one() -> None:
    row = main_of("A bomb exploded in a market near a police station in Pune on Tuesday.")
    assert row["target_detail"] == "market"


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        # The place says more of the aim than the number of its dead.
        ("A car bomb killed at least 12 people in a restaurant in Medan on Tuesday.", "hotel"),
        (
            "A powerful bomb wrecked the offices of a magazine in Milan on Tuesday, killing one.",
            "media",
        ),
        (
            "A prosecutor, Rosa Amaya, was killed when a bomb blew up as her car passed near Cali.",
            "judges",
        ),
        ("Gunmen seized a girls' school in Zinder on Tuesday, killing two people.", "school"),
        (
            "Ten people were killed when a bomb went off next to army trucks near parliament.",
            "military_vehicle",
        ),
        ("A bomb exploded near the western town of Ghazaouet on Tuesday, police said.", None),
        ("Rebels shelled the militants' headquarters in Idlib on Tuesday.", "militia_position"),
    ],
)
def test_what_was_hit_says_more_than_who_was_harmed(text: str, detail: str | None) -> None:
    assert main_of(text)["target_detail"] == detail


def test_a_blast_told_below_a_kidnapping_goes_with_the_bombing() -> None:
    text = (
        "Tribesmen blew up a pipeline near Shabwa on Monday. They kidnapped two hikers a week "
        "earlier. No one was hurt in the explosion."
    )
    rows = read(text, "2015-06-10")
    assert [row["type"] for row in rows] == ["bombing", "kidnapping"]


def test_a_jet_that_was_destroyed_is_no_weapon() -> None:
    row = main_of("Rebels raided an airfield in Uige on Tuesday, destroying two fighter jets.")
    assert row["weapon"] != "air_strike"
