"""Who did it, according to whom: rules of blame, claims and denials on whole reports."""

from typing import Any

import pytest

from dateline.codebook import load_codebook
from dateline.extract.lexicon import extractor
from dateline.extract.tables import tables
from dateline.incidents.record import event_record
from dateline.model import Claim, make_report
from dateline.resolve.actors import resolve_actor
from dateline.values import Unknown

BOOK = load_codebook()


def read(text: str) -> dict[str, Any]:
    """Give the first reported event of a report."""
    report = make_report(text.strip(), published="2020-05-06")
    events: dict[str, list[Claim]] = {}
    for claim in extractor(BOOK)([report]):
        events.setdefault(claim.event, []).append(claim)
    rows = [event_record(report, claims, BOOK) for claims in events.values()]
    return next(row for row in rows if row["kind"] == "incident" and row["reported"])


def blamed(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["id"] or one["name"], one["stance"]) for one in row["perpetrators"]]


BLAST = "A bomb exploded at a market in Maiduguri, Nigeria, on Monday and killed nine people. "


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (
            "A little-known group, the Green Delta Brigades, claimed the attack.",
            "Green Delta Brigades",
        ),
        (
            (
                "A previously unknown group, the lions of Sule, said its members had carried"
                " out the attack."
            ),
            "the lions of Sule",
        ),
    ],
)
def test_a_claimant_is_named_behind_the_comma(text, by):
    row = read(BLAST + text)
    assert row["claim_status"] == "claimed"
    assert [name.removeprefix("the ") for name in row["claimed_by"]] == [by.removeprefix("the ")]


@pytest.mark.parametrize(
    ("text", "speaker", "group"),
    [
        (
            (
                "General Sani Bello, head of the garrison, said he had no doubt that Boko Haram"
                " carried out the attack."
            ),
            "General Sani Bello",
            "boko-haram",
        ),
        (
            "Police said Boko Haram, an Islamist group, was behind it.",
            "Police",
            "boko-haram",
        ),
        (
            (
                "Radio Kano quoted a diplomat as saying investigators were asking whether the"
                " Boko Haram faction was involved."
            ),
            "diplomat",
            "boko-haram",
        ),
        (
            "The governor blamed elements operating outside the law and vowed to punish them.",
            "governor",
            "elements operating outside the law",
        ),
    ],
)
def test_blame_in_many_words_is_attributed(text, speaker, group):
    row = read(BLAST + text)
    assert group in [name for name, _ in blamed(row)]
    assert speaker in row["attributed_by"]


@pytest.mark.parametrize(
    ("text", "speaker", "group"),
    [
        ("The army said the gunmen were members of Boko Haram.", "army", "boko-haram"),
        ("Police said the bomber belonged to Boko Haram.", "Police", "boko-haram"),
        (
            "Police blamed Monday's bombing in Maiduguri, which emptied the town, on Boko Haram.",
            "Police",
            "boko-haram",
        ),
        ("The premier blamed Boko Haram and spoke of a dark day.", "premier", "boko-haram"),
        ("The army said Boko Haram had planted the bomb.", "army", "boko-haram"),
        ("The army said Boko Haram carried out Monday's bombing.", "army", "boko-haram"),
        ("It was an attack the army blamed on Boko Haram.", "army", "boko-haram"),
        ("The army said Boko Haram was responsible.", "army", "boko-haram"),
        ("The attack was the work of Boko Haram, the governor said.", "governor", "boko-haram"),
        ("The attack bears the hallmarks of Boko Haram, police said.", "police", "boko-haram"),
        ("Ten more were hurt, the army said, blaming Boko Haram.", "army", "boko-haram"),
        (
            "The blast was carried out by Boko Haram, an official said on condition of anonymity.",
            "official",
            "boko-haram",
        ),
        ("Officials suspect a local Islamist group, Boko Haram.", "Officials", "boko-haram"),
        (
            "The premier accused the National Movement for the Liberation of Azawad of it.",
            "premier",
            "mnla",
        ),
    ],
)
def test_blame_is_read_whole_and_no_further(text, speaker, group):
    row = read(BLAST + text)
    assert [name for name, _ in blamed(row)] == [group]
    assert row["attributed_by"] == [speaker]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Boko Haram said one of its fighters carried out the bombing.", "Boko Haram"),
        (
            "Boko Haram's spokesman, Abu Qaqa, said the group was responsible.",
            "Boko Haram's spokesman",
        ),
        ('"We are behind the blast," said Abu Qaqa, a spokesman for Boko Haram.', "Boko Haram"),
        ("Abu Qaqa, a spokesman for Boko Haram, claimed responsibility.", "Boko Haram"),
    ],
)
def test_a_group_claims_in_its_own_words_and_those_of_its_spokesman(text, by):
    row = read(BLAST + text)
    assert [name for name, _ in blamed(row)] == ["boko-haram"]
    assert (row["claim_status"], row["claimed_by"]) == ("claimed", [by])
    assert (row["attributed_by"], row["denied_by"]) == ([], [])


def test_an_outlet_of_a_group_claims_for_it():
    row = read(
        "A bomb killed nine people in Kabul, Afghanistan, on Monday. The Amaq news agency said an"
        " Islamic State fighter was behind the bombing."
    )
    assert (row["claim_status"], row["denied_by"]) == ("claimed", [])


@pytest.mark.parametrize(
    ("who", "status"),
    [("Amaq", "claimed"), ("Islamic State", "claimed"), ("Police", "not_mentioned")],
)
def test_a_group_that_shows_its_attack_claims_it(who, status):
    row = read(
        "Gunmen killed nine people in a raid on a jail in Hasakah, Syria, on Monday. "
        f"{who} released videos of Monday's raid."
    )
    assert row["claim_status"] == status


def test_said_the_army_at_the_end_covers_the_whole_sentence():
    row = read(
        "Fighters of the Red Front killed six people in a raid on a village near Bunia, Congo,"
        " on Monday, said the army."
    )
    assert row["attributed_by"] == ["army"]


def test_whose_helicopter_is_shot_down_did_not_do_it():
    row = read(
        "Rebels shot down a military helicopter near Myitkyina, Myanmar, on Monday, residents said."
    )
    assert "myanmar-armed-forces" not in [name for name, _ in blamed(row)]


def test_the_army_is_that_of_the_country_the_report_is_about():
    row = read(
        "Rebels attacked a village near Beni in eastern Congo on Monday and killed six people,"
        " army spokesman Captain Jean Ilunga said. They were members of the ADF, he said."
    )
    sides = {side for claim in row["claims"] for side in claim["sides"]}
    assert sides == {"congolese-armed-forces"}


def test_a_spokesman_without_a_side_speaks_for_the_body_of_his_sentence():
    row = read(
        "The Arab Coalition brought down a Houthi drone over Marib, Yemen, on Monday, spokesman"
        " General Saleh al-Harbi said."
    )
    sides = {side for claim in row["claims"] for side in claim["sides"]}
    assert sides == {"saudi-led-coalition"}


def test_its_troops_are_those_of_the_speaker():
    row = read(
        "Israeli soldiers shot dead two men in Jenin on Monday, residents said. The Israeli"
        " military said its troops had opened fire at gunmen."
    )
    assert [name for name, _ in blamed(row)] == ["israel-defense-forces"]
    assert row["claim_status"] == "claimed"


def test_a_strike_that_is_only_expected_has_no_doer():
    row = read(
        "Three soldiers were hurt when rockets hit a base near Hit, Iraq, on Monday, as the region"
        " waits for an expected Turkish strike on Syria."
    )
    assert blamed(row) == []


def test_who_intercepts_a_rocket_did_not_fire_it():
    row = read("Israel's air defences intercepted a rocket over Sderot on Monday, the army said.")
    assert blamed(row) == []


def test_an_office_takes_the_name_of_its_one_holder_further_down():
    row = read(
        BLAST + "Nigeria's defence minister accused Boko Haram of the attack. "
        "Minister Bashir Magashi said the town was calm."
    )
    assert row["attributed_by"] == ["Minister Bashir Magashi", "Nigeria's defence minister"]


def test_an_office_keeps_its_words_where_two_may_hold_it():
    row = read(
        BLAST + "Nigeria's defence minister accused Boko Haram of the attack. "
        "Minister Bashir Magashi said the town was calm. Minister Ada Obi said it was not."
    )
    assert row["attributed_by"] == ["Nigeria's defence minister"]


def test_a_dateline_is_no_part_of_a_speaker():
    row = read(
        "MAIDUGURI - Nigeria's army chief on Monday accused Boko Haram of bombing a market in"
        " Maiduguri, where nine people were killed."
    )
    assert row["attributed_by"] == ["Nigeria's army chief"]


def test_a_name_with_an_article_is_whole():
    row = read(
        "The Arab Coalition brought down a Houthi drone over Marib, Yemen, on Monday,"
        " spokesman Brigadier General Saleh al-Harbi said."
    )
    assert row["attributed_by"] == ["Brigadier General Saleh al-Harbi", "Arab Coalition"]


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        (
            "Army spokesman Colonel Musa Danjuma blamed Boko Haram for the attack.",
            ["Colonel Musa Danjuma", "Army spokesman"],
        ),
        (
            "Colonel Musa Danjuma, a spokesman for the Nigerian army, blamed Boko Haram.",
            ["Colonel Musa Danjuma", "Nigerian army"],
        ),
        ("The Nigerian army blamed Boko Haram for the attack.", ["Nigerian army"]),
        ("Residents blamed Boko Haram for the attack.", ["Residents"]),
    ],
)
def test_a_person_stands_beside_what_the_person_speaks_for(text, voices):
    assert read(BLAST + text)["attributed_by"] == voices


def test_who_stands_accused_denies_by_blaming_another():
    row = read(
        "Turkey stands accused of shelling a village near Duhok in Iraq on Monday, where six"
        " people were killed. Turkey said the PKK was behind it."
    )
    assert ("turkey", "suspected") in blamed(row)
    assert row["claim_status"] == "denied"
    assert row["denied_by"] == ["Turkey"]


def test_the_army_denied_it_is_a_denial():
    row = read(
        "Ten people died in an air strike on a market in Darfur, Sudan, on Monday. The RSF said the"
        " Sudanese air force was responsible. The army denied it."
    )
    assert (row["attributed_by"], row["denied_by"]) == (["RSF"], ["army"])


def test_blaming_others_is_no_denial_by_those_whom_nobody_accuses():
    row = read(BLAST + "Washington blamed Boko Haram.")
    assert row["denied_by"] == []


def test_what_a_state_always_denies_is_no_denial_of_this_attack():
    strike = "A Russian missile hit a station in Odesa, Ukraine, on Monday and killed two people. "
    assert read(strike + "Russia denies targeting civilian sites.")["denied_by"] == []
    assert read(strike + "Russia denied it was behind the attack.")["denied_by"] == ["Russia"]


def test_a_defender_that_counts_dead_attackers_does_not_claim_the_attack():
    row = read(
        "Islamic State attacked a jail in Hasakah, Syria, with two car bombs on Monday. "
        "The SDF said it killed 12 Islamic State members in the fighting."
    )
    assert row["claim_status"] == "not_mentioned"
    assert [name for name, _ in blamed(row)] == ["islamic-state"]


def test_the_force_of_a_state_claims_what_its_state_did():
    row = read(
        "Turkish jets bombed a village near Duhok in Iraq on Monday, the Turkish defence ministry"
        " said. Three people were killed."
    )
    assert row["claim_status"] == "claimed"
    assert row["claimed_by"] == ["Turkish defence ministry"]


def test_words_on_the_other_side_of_a_comma_give_a_speaker_no_side():
    row = read(
        "A depot in Belgorod, Russia, burned after a Ukrainian drone attack, a regional official"
        " said on Monday. Nobody was hurt."
    )
    assert (row["claim_status"], row["attributed_by"]) == ("not_mentioned", ["regional official"])


def test_a_jet_of_the_regime_is_that_of_the_country_of_the_report():
    row = read(
        "A regime jet bombed a school in Loikaw, Kayah State, Myanmar, on Monday and killed four"
        " people, residents said."
    )
    assert blamed(row)[0][0] == "myanmar-armed-forces"
    assert row["attributed_by"] == ["residents"]


def test_what_was_blown_up_by_a_bomb_did_not_do_it():
    row = read(
        "Army Convoy Blown Up By Mine\n\n"
        "A mine went off under a lorry of the Malian army near Gao in Mali on Monday."
    )
    assert blamed(row) == []


def test_a_headline_that_accuses_stays_where_the_body_only_denies():
    row = read(
        "Iraq blames Turkey for shelling of Zakho\n\n"
        "Shells killed six people in Zakho, Iraq, on Monday. Turkey denied it was responsible for"
        " the attack."
    )
    assert "Iraq" in row["attributed_by"]
    assert row["claim_status"] == "denied"


def test_rebels_whom_a_government_blames_are_none_of_its_forces():
    row = read(
        "Activists accused government forces of firing rockets at suburbs of Damascus on Tuesday. "
        "The government denied it and said rebels had fired the rockets."
    )
    blame = {one["id"]: one["by"] for one in row["perpetrators"] if one["stance"] != "denied"}
    assert blame["rebels"] == ["government"]


RAID = "Planes bombed a market in Hodeidah, Yemen, on Monday and killed nine people. "


@pytest.mark.parametrize(
    "words",
    [
        "The Saudi-led coalition acknowledged on Tuesday that its planes had struck the market.",
        "The Saudi-led coalition admitted that its aircraft mistakenly hit the stalls.",
        "The Saudi-led coalition admitted bombing the market.",
        "The Saudi-led coalition confessed to the attack.",
    ],
)
def test_who_admits_a_deed_claims_it(words):
    row = read(RAID + words)
    assert row["claim_status"] == "claimed"
    assert ("saudi-led-coalition", "asserted") in blamed(row)


@pytest.mark.parametrize(
    ("words", "group", "speaker"),
    [
        ("Boko Haram was behind the attack, said the governor.", "boko-haram", "governor"),
        ("Boko Haram is responsible for Monday's bombing, police said.", "boko-haram", "police"),
        ("The blast was the work of Boko Haram, a general said.", "boko-haram", "general"),
        (
            "The state governor put the toll at ten and said Boko Haram was behind it.",
            "boko-haram",
            "state governor",
        ),
        (
            "An anonymous caller to a radio station said Boko Haram carried out the attack.",
            "boko-haram",
            "anonymous caller to a radio station",
        ),
    ],
)
def test_blame_is_read_wherever_its_speaker_stands(words, group, speaker):
    row = read(BLAST + words)
    [one] = row["perpetrators"]
    assert (one["id"], one["by"]) == (group, [speaker])


def test_what_is_believed_is_suspected():
    row = read(BLAST + "Police believe that Boko Haram was behind the attack.")
    assert blamed(row) == [("boko-haram", "suspected")]


def test_the_coalition_is_the_one_named_before():
    row = read(
        "Planes of the Saudi-led coalition flew over Hodeidah, Yemen, on Monday. An air strike on"
        " a market there killed nine people. A doctor said the coalition was responsible."
    )
    assert ("saudi-led-coalition", "asserted") in blamed(row)


@pytest.mark.parametrize("home", ["Konduga", "neighbouring Chad", "the hills"])
def test_where_the_attackers_come_from_is_no_group(home):
    row = read(BLAST + f"The attackers came from {home}, a police officer said.")
    assert row["perpetrators"] == []


def test_a_claim_of_the_surge_in_attacks_is_a_claim_of_this_one():
    row = read(BLAST + "Boko Haram has claimed responsibility for the surge in attacks.")
    assert row["claim_status"] == "claimed"


def test_a_claim_of_many_attacks_is_no_claim_of_this_one():
    row = read(BLAST + "Boko Haram has claimed responsibility for a series of attacks.")
    assert row["claim_status"] != "claimed"


def test_neither_the_one_nor_the_other_has_claimed_it():
    row = read(BLAST + "Neither Boko Haram nor the Islamic State has claimed responsibility.")
    assert row["perpetrators"] == []


def test_a_denial_behind_a_semicolon_is_that_of_its_own_clause():
    row = read(BLAST + "Chad blamed Boko Haram; the militants condemned it and denied any role.")
    assert ("boko-haram", "asserted") in blamed(row)
    assert "chad" not in [group for group, _ in blamed(row)]


def test_a_group_is_known_as_what_its_name_says():
    row = read(BLAST + "Police blamed bandits known as the Boko Haram for the attack.")
    assert [group for group, _ in blamed(row)] == ["boko-haram"]


def test_who_makes_arrests_after_the_deed_did_not_do_it():
    row = read(BLAST + "Nigerian police arrested five men after the bomb exploded.")
    assert row["perpetrators"] == []


@pytest.mark.parametrize(
    "words",
    [
        "Chad blamed Libya for supporting the rebels.",
        "Chad has blamed Boko Haram for earlier attacks.",
        "Boko Haram has been accused of past bombings.",
        "Boko Haram has claimed several attacks in the state.",
        "Boko Haram has claimed responsibility for dozens of bombings.",
        "Chad accused Boko Haram of harbouring smugglers.",
    ],
)
def test_blame_for_something_else_is_no_blame_for_this(words):
    assert blamed(read(BLAST + words)) == []


def test_an_office_and_its_holder_speak_as_one():
    row = read(
        BLAST + "Army spokesman Sani Bello put the toll at ten and said Boko Haram was behind it."
    )
    [one] = row["perpetrators"]
    assert "Sani Bello" in one["by"][-1]


@pytest.mark.parametrize(
    "words",
    [
        "A caller in Nicosia claimed responsibility on behalf of Boko Haram.",
        "An e-mail to a newspaper claimed responsibility in the name of Boko Haram.",
        "Boko Haram leader Abubakar Shekau said his group was behind the attack.",
    ],
)
def test_a_claim_is_that_of_the_group_the_claimant_speaks_for(words):
    row = read(BLAST + words)
    assert row["claim_status"] == "claimed"
    assert blamed(row) == [("boko-haram", "asserted")]


def test_a_caller_who_names_no_group_claims_for_nobody():
    row = read(BLAST + "A caller in Nicosia claimed responsibility.")
    assert row["perpetrators"] == []


def test_a_speaker_does_not_reach_back_over_and_into_another_clause():
    row = read(BLAST + "Chad called it terror and Niger said Boko Haram was responsible.")
    [one] = row["perpetrators"]
    assert one["by"][-1] == "Niger"


@pytest.mark.parametrize("guise", ["dressed as soldiers", "in police uniforms", "posing as police"])
def test_who_dresses_up_as_somebody_is_not_that_one(guise):
    value = resolve_actor(f"men {guise}", tables(BOOK).actors)
    assert isinstance(value, Unknown)


@pytest.mark.parametrize("fate", ["were shot dead", "were gunned down", "were ambushed"])
def test_those_to_whom_it_was_done_did_not_do_it(fate):
    row = read(f"Two soldiers {fate} in Cesar, Colombia, on Sunday.")
    assert row["perpetrators"] == []


@pytest.mark.parametrize(
    "because", ["saying it was revenge for", "in revenge for", "as payback for"]
)
def test_a_claim_is_of_the_attack_and_not_of_what_it_avenges(because):
    row = read(f"{BLAST}Boko Haram claimed responsibility, {because} the killing of its chief.")
    assert row["claimed_by"] == ["Boko Haram"]
    assert row["killed"]["low"] == 9


def doers_of(text: str) -> list[tuple[str, str]]:
    return blamed(read(text))


def test_the_military_is_the_force_told_of_before_and_not_that_of_the_country():
    row = read(
        "JENIN, West Bank - Israeli troops killed four Palestinians in a raid in Jenin on Monday,"
        " the health ministry said. The military said it had killed two gunmen."
    )
    assert blamed(row) == [("israel-defense-forces", "asserted")]


def test_the_army_is_nobodys_where_two_states_have_one():
    row = read(
        "Pakistani troops shelled a village in Kashmir on Monday and killed three people, Indian"
        " soldiers said. The army said it had shot dead two soldiers in reply."
    )
    [_, claimed] = row["perpetrators"]
    assert claimed["id"] == "army"


def test_a_dispatch_from_abroad_does_not_lend_its_army():
    row = read(
        "CAIRO, May 5 - Gunmen shot dead four people in eastern Sudan on Monday. The army said it"
        " had killed three people in the attack."
    )
    assert "egyptian-armed-forces" not in dict(blamed(row))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (
            "Ethiopian or Eritrean troops killed nine people in Axum on Monday, aid workers said.",
            {"ethiopian-armed-forces", "eritrean-armed-forces"},
        ),
        (
            "Nine people were killed on Monday in Butembo by the ADF or Mai Mai fighters.",
            {"allied-democratic-forces", "mai-mai"},
        ),
    ],
)
def test_of_two_possible_doers_both_are_only_suspected(text, ids):
    told = doers_of(text)
    assert {one for one, _ in told} == ids
    assert {stance for _, stance in told} == {"suspected"}


def test_a_possible_doer_beside_one_without_a_name_is_unknown():
    assert doers_of("Nine people were killed in Butembo on Monday by deserters or the ADF.") == []


def test_two_names_of_one_group_are_one_doer():
    told = doers_of(
        "Nine people were killed by the Islamic State, or ISIS, in Maiduguri on Monday."
    )
    assert told == [("islamic-state", "asserted")]


@pytest.mark.parametrize(
    "text",
    [
        "The attack was claimed by both Boko Haram and the Islamic State.",
        "Boko Haram and the Islamic State both claimed responsibility for the attack.",
        "Boko Haram and the Islamic State claimed the attack in a joint statement.",
        "Boko Haram and the Islamic State claimed responsibility.",
    ],
)
def test_two_who_claim_a_deed_are_two(text):
    row = read(BLAST + text)
    assert {one for one, _ in blamed(row)} == {"boko-haram", "islamic-state"}
    assert len(row["claimed_by"]) == 2


def test_one_name_with_an_and_in_it_stays_one_claimant():
    row = read(BLAST + "The Movement for Unity and Jihad claimed responsibility.")
    assert len(row["claimed_by"]) == 1


@pytest.mark.parametrize(
    "claimant", ["The Front for Unity and Justice", "The local group Green Delta"]
)
def test_who_claims_a_deed_is_its_own_speaker(claimant):
    row = read(BLAST + f"{claimant} claimed responsibility.")
    assert row["claimed_by"] == [claimant.removeprefix("The ")]
    assert row["attributed_by"] == []


def test_a_government_blames_others_for_the_attack_and_not_for_its_own_answer():
    row = read(
        "Gunmen shot dead nine worshippers in a mosque in Bobo-Dioulasso, Burkina Faso, on Monday."
        " The Burkinabe army said it launched air strikes on camps in Mali in response."
        " The government blamed Boko Haram."
    )
    assert ("boko-haram", "asserted") in blamed(row)


def test_those_whose_aircraft_was_brought_down_did_not_do_it():
    assert doers_of("A bomb brought down an Indian plane off Ireland on Monday, killing 300.") == []


@pytest.mark.parametrize(
    "text", ["Police blamed a feud between rival clans.", "Officials blamed a gas leak."]
)
def test_a_feud_and_an_accident_are_no_culprits(text):
    assert blamed(read(BLAST + text)) == []


def test_a_state_denies_that_its_aircraft_struck():
    row = read(
        "Chadian or Libyan jets bombed a village near Faya on Monday, killing nine, villagers said."
        " Libya's foreign ministry said neither Libyan nor allied planes had carried out any raids."
    )
    assert ("libya", "denied") in blamed(row)


def test_the_army_that_claims_a_strike_abroad_is_the_one_told_to_have_made_it():
    row = read(
        "An Israeli air strike on the outskirts of Tyre killed a commander on Monday, a source"
        " said. The army said it had carried out a strike in the Lebanese city."
    )
    assert "lebanese-armed-forces" not in dict(blamed(row))


def test_two_possible_doers_of_whom_one_has_no_name_are_nobody():
    text = "Unidentified gunmen or soldiers killed nine people in Cibitoke, Burundi, on Monday."
    assert doers_of(text) == []


def test_two_who_are_blamed_together_are_two():
    row = read(BLAST + "Chad blamed Boko Haram and the Islamic State.")
    assert {one for one, _ in blamed(row)} == {"boko-haram", "islamic-state"}


def test_it_blames_for_the_body_that_spoke_before():
    row = read(
        "A bomb killed nine people in Maiduguri, Nigeria, on Monday, state television said."
        " It blamed Boko Haram."
    )
    [one] = row["perpetrators"]
    assert one["by"] == ["state television"]


def test_an_army_denies_that_its_soldiers_took_part():
    row = read(
        "Gunmen shot dead nine people in Cibitoke, Burundi, on Monday. An opposition party blamed"
        " the army. The army denied its soldiers had taken part."
    )
    assert row["claim_status"] == "denied"


def test_an_army_that_killed_raiders_did_not_do_what_they_did():
    row = read(
        "Gunmen killed at least 60 people in a village in Plateau, Nigeria, on Monday, a witness"
        " said. On Tuesday the army said it had killed 20 armed men who took part."
    )
    assert row["claimed_by"] == []
    assert "nigerian-armed-forces" not in dict(blamed(row))


def test_a_group_told_of_as_a_faction_of_another_claims_for_itself():
    row = read(BLAST + "Ansaru-al-Haqq, a faction of Boko Haram, said it carried out the attack.")
    assert row["claimed_by"] == ["Ansaru-al-Haqq"]


def test_a_spokesman_for_the_group_claims_for_the_group_named_before():
    row = read(BLAST + "The army blamed Boko Haram. A spokesman for the group claimed it.")
    assert row["claim_status"] == "claimed"
    assert blamed(row) == [("boko-haram", "asserted")]


def test_the_coalition_at_the_start_of_a_sentence_is_the_one_named_before():
    row = read(
        "The Saudi-led coalition bombed a wedding near Taiz, Yemen, on Monday and killed nine"
        " people, villagers said. The coalition denied any role in the attack."
    )
    assert blamed(row) == [("saudi-led-coalition", "asserted")]
    assert row["claim_status"] == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "Elite police shot dead the gunmen who killed nine people in a mall in Nairobi on Monday.",
        "Commandos stormed a hotel in Bamako on Monday and shot two men who had killed 20 guests.",
    ],
)
def test_who_kills_the_raiders_is_not_who_did_what_they_did(text):
    assert doers_of(text) == []


def test_who_kills_those_who_fired_on_them_did_it():
    text = (
        "Belgian police shot dead two men who attacked officers during a raid in Liege on Monday."
    )
    assert doers_of(text) == [("belgian-police", "asserted")]


def test_who_kills_all_the_attackers_did_not_do_what_they_did():
    row = read("Six gunmen killed 62 people in Luxor on Monday. Soldiers later killed all six.")
    assert row["perpetrators"] == []
    assert row["killed"]["low"] == 62
