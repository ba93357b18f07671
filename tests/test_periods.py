"""Totals of people over a period or a war: what counts no one incident, and what still does."""

import pytest

from dateline.codebook import FOLDER, Grammar, read_toml
from dateline.extract.casualties import find_casualties
from dateline.extract.counts import find_counts

TOTALS = [
    "More than 90 people have been killed in the province since tribal fighting broke out in June.",
    "So far this year, 214 people have been killed by land mines in the region.",
    "Rebels have killed 40 soldiers in the past month.",
    "Over the last two years, bandits have killed 300 villagers and abducted more than 1,000.",
    "Around 3,000 people have died since the war began.",
    "The killing brings to 14 the number of journalists killed this year.",
    "Two guards were shot, bringing the number killed this year to 45.",
    "The insurgency has killed more than 30,000 people and displaced two million.",
    "The conflict, which has left 13,000 dead, began in 2014.",
    "More than 13,000 people have been killed in the conflict in the east.",
    "Attacks by the group have killed 300 civilians since January, a rights body said.",
    "In recent weeks, gunmen have killed 12 teachers in the south.",
    "Violence in the state has claimed at least 200 lives this year.",
    "The death toll in the war has passed 30,000.",
    "The army says 120 soldiers have died in five months of war.",
    "Police said 22 officers had been killed in similar attacks.",
    "At least 17 people were killed in sectarian attacks last month.",
    "Since the offensive started in May, 70 civilians have died, the monitor said.",
    "The rebels' 12-year campaign has cost some 25,000 lives.",
    "The gang, which has killed hundreds, is based in the hills.",
    "Last year 158 militants were killed in the valley.",
    "Raids on border posts since 1992 have killed more than 100 people.",
    "LAGOS (Wire) - Since January, more than 60 people have been abducted on the road.",
]
OF_DAYS = [
    "At least 31 people have been killed in Karabakh since hostilities resumed on Sunday.",
    "Six guards have been killed in the past three days.",
]
OF_ONE = [
    "At least 30 people have been killed in the deadliest attack on the capital since 2003.",
    "A bombing there killed 12 people, the worst since the war ended.",
    "Israeli strikes have killed 40 people in the strip since dawn.",
    "Gunmen have killed at least 12 people in an attack on a village, officials say.",
    "The death toll from Monday's attack has risen to 24.",
    "Nineteen people were killed, bringing the death toll to 33.",
    "Three men were killed last week in an ambush.",
    "Two more people have died since the blast, doctors said.",
    "A bomb killed 30 people in the city earlier this year.",
    "Twin bombings killed 40 people on Sunday in a series of attacks in the capital.",
    "Since the attack, police have arrested 12 people.",
    "The war-torn town was hit by a shell that killed 4 people.",
    "Three people were killed on Monday, the second attack in recent weeks.",
    "The fire killed 12 people, the first such deaths since the war began.",
    "In the past 24 hours, 12 civilians were killed by shelling.",
    "The country's worst riots since the war leave 22 dead",
    "Last year gunmen killed 12 worshippers in an attack on the same mosque.",
    "The blast, which has killed hundreds, was heard across the city.",
    "The number of confirmed dead in last week's bombing of a school rose to 80 on Monday.",
    "Nobody has been killed there since March.",
]


@pytest.fixture(scope="module")
def grammar():
    path = FOLDER / "grammars" / "counts.toml"
    return Grammar("counts", read_toml(FOLDER, "grammars/counts.toml"), path)


def periods(text, grammar):
    return {c.period for c in find_casualties(text, find_counts(text, grammar), grammar)}


@pytest.mark.parametrize("text", TOTALS)
def test_a_total_of_weeks_or_of_a_war_is_known(text, grammar):
    assert periods(text, grammar) == {"long"}


@pytest.mark.parametrize("text", OF_DAYS)
def test_a_total_of_days_is_told_apart_for_it_may_be_the_news(text, grammar):
    assert periods(text, grammar) == {"days"}


@pytest.mark.parametrize("text", OF_ONE)
def test_the_toll_of_one_incident_is_no_total(text, grammar):
    assert periods(text, grammar) == {None}
