"""Which acts of a report are incidents of their own, and which are none: short made-up reports."""

import pytest

from dateline.codebook import load_codebook
from dateline.extract.lexicon import extractor
from dateline.incidents.record import event_record
from dateline.model import make_report

BOOK = load_codebook()
PUBLISHED = "2011-05-21"  # a Saturday


def told(text, *names):
    """The named cells of the incidents that a report tells as news; counts as (low, high)."""
    events = {}
    for claim in extractor(BOOK)([make_report(text, published=PUBLISHED)]):
        events.setdefault(claim.event, []).append(claim)
    report = make_report(text, published=PUBLISHED)
    rows = [event_record(report, claims, BOOK) for claims in events.values()]
    news = [row for row in rows if row["kind"] == "incident" and row["reported"]]
    return [[cell(row[name]) for name in names] for row in news]


def cell(value):
    if not isinstance(value, dict):
        return value
    if "earliest" in value:
        return value["earliest"]
    return (value["low"], value["high"]) if "low" in value else value["name"]


@pytest.mark.parametrize(
    "text",
    [
        "A clerk was shot dead in Karachi on Friday, where such attacks have become frequent.",
        (
            "A grenade killed a vendor in Davao on Friday, police said, adding that rebels broke"
            " the truce six times in the past 24 hours."
        ),
        "Gunmen killed a judge in Culiacan on Friday, the third such attack this month.",
        "A guard was killed in Maiduguri on Friday, a day before the anniversary of the uprising.",
        (
            "A porter was killed in Basilan on Friday, where rebels have staged dozens of attacks"
            " this year."
        ),
        "A grenade killed a nurse at a memorial service in Derry on Friday, police said.",
        "A reporter who had received threats was shot dead in Choluteca on Friday.",
    ],
)
def test_one_death_beside_a_habit_a_total_or_a_feast_is_an_incident(text):
    assert told(text, "killed", "date") == [[(1, 1), "2011-05-20"]]


@pytest.mark.parametrize(
    "text",
    [
        "Dozens of people have been killed in such attacks in recent months.",
        "Rebels have carried out hundreds of attacks in the province this year.",
        "The army said on Friday that it had carried out 40 raids this month.",
        "Mourners met on Friday on the anniversary of the bombing that killed twelve people.",
    ],
)
def test_a_habit_a_total_and_a_feast_alone_are_none(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        (
            "Rebels ambushed a patrol near Bireuen on Friday, killing two guards and a driver, and"
            " soldiers later shot dead eleven villagers in reprisal, a witness said."
        ),
        (
            "Rebels ambushed a patrol near Bireuen on Friday, killing three men. Soldiers shot dead"
            " eleven villagers in retaliation, a witness said."
        ),
        (
            "A bomb killed three clerks in Derry on Friday, and hours later gunmen killed 11 men in"
            " a bar in Belfast."
        ),
    ],
)
def test_what_others_did_in_answer_is_an_incident_of_its_own(text):
    assert told(text, "killed", "date") == [
        [(3, 3), "2011-05-20"],
        [(11, 11), told(text, "date")[1][0]],
    ]
    assert told(text, "date")[1][0].startswith("2011-05-20")


def test_police_who_shoot_the_gunman_hours_later_end_the_same_incident():
    text = "A gunman killed three clerks in Lyon on Friday, and hours later police shot him dead."
    assert told(text, "killed")[0][0][0] == 3
    assert len(told(text)) == 1


def test_rockets_fired_later_are_not_part_of_a_raid():
    text = (
        "Troops shot dead nine gunmen in a raid in Jenin on Friday. Eight rockets were later fired"
        " from Gaza; six were intercepted."
    )
    assert told(text, "killed", "munitions", "date") == [
        [(9, 9), None, "2011-05-20"],
        [None, (8, 8), "2011-05-20"],
    ]


def test_a_separate_attack_hours_earlier_is_news_too():
    text = (
        "A senator was shot dead in Pereira on Friday night. In a separate attack in Cali hours"
        " earlier, a colonel was killed by four gunmen."
    )
    assert told(text, "place", "killed") == [["Pereira", (1, 1)], ["Cali", (1, 1)]]


def test_the_day_on_which_a_toll_rose_is_not_that_of_the_deed():
    text = (
        "The toll from a bomb in a market in Baquba rose to 31 on Friday after two people died in"
        " hospital. Wednesday's blast also wounded 60."
    )
    assert told(text, "date", "killed", "injured") == [["2011-05-18", (31, 31), (60, 60)]]


def test_a_dateline_with_a_year_of_two_digits_dates_the_report():
    text = "CALI, 20 MAY 11 -- A COUNCILMAN WAS SHOT DEAD IN PALMIRA ON THURSDAY."
    assert told(text, "date") == [["2011-05-19"]]


def test_counted_harm_elsewhere_in_the_country_is_news_of_the_same_day():
    text = (
        "Gunmen killed nine people in Kaduna on Friday, police said. Troops killed two bandits in"
        " Sokoto. A trader was shot dead in Kano."
    )
    assert told(text, "place", "killed") == [
        ["Kaduna", (9, 9)],
        ["Sokoto", (2, 2)],
        ["Kano", (1, 1)],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed nine people in Kaduna on Friday.{} They had killed two traders in Sokoto.",
        "Gunmen killed nine people in Kaduna on Friday.{} The attack in Sokoto killed two traders.",
        "Gunmen killed nine people in Kaduna on Friday.{} An air strike killed two men in Tripoli.",
    ],
)
def test_what_was_elsewhere_before_or_abroad_stays_background(text):
    between = " The governor spoke to the press. A curfew was imposed, he said."
    assert told(text.format(between), "place") == [["Kaduna"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Rebels killed six men in Apurimac on Friday, and in a separate incident in Tacna"
                " a guard was shot dead."
            ),
            [(6, 6), (1, 1)],
        ),
        (
            (
                "Two bombs killed 30 people in Pune on Friday. Hours earlier, militants threw"
                " grenades in Srinagar, killing eight."
            ),
            [(30, 30), (8, 8)],
        ),
        (
            (
                "Gunmen killed seven people in a bar in Derry on Friday. The group said the attack"
                " was revenge for a bombing in Belfast a week earlier that killed nine."
            ),
            [(7, 7)],
        ),
        (
            (
                "Raiders killed 17 people near Chibok on Thursday. The village was burned. Another"
                " ten died on Monday."
            ),
            [(17, 17)],
        ),
        (
            (
                "Gunmen killed 50 people in Tillaberi on Friday. They stopped four lorries and"
                " executed 20 of them, then killed villagers."
            ),
            [(50, 50)],
        ),
        (
            (
                "A mortar bomb killed 66 people in a market in Sarajevo on Friday. On Thursday"
                " three shells killed ten people in a queue for bread."
            ),
            [(66, 66)],
        ),
        (
            (
                "The death toll in the siege of a school in Grozny rose to 80 on Friday. All six"
                " gunmen were killed. Ten commandos also died."
            ),
            [(80, 80)],
        ),
    ],
)
def test_every_number_of_dead_goes_to_its_own_incident(text, expected):
    assert [row[0] for row in told(text, "killed")] == expected


def test_the_latest_attack_is_not_the_one_told_aside():
    text = (
        "Gunmen killed 34 people on a bus in Haryana on Friday, a day after a similar attack in"
        " Punjab left 38 dead. Police said eighteen others were wounded in the latest shooting."
    )
    assert told(text, "killed", "injured") == [[(34, 34), (18, 18)]]


def test_the_strikes_that_a_group_began_are_a_habit():
    text = (
        "A missile killed three sailors off Aden on Friday, the first deaths since the rebels began"
        " their attacks."
    )
    assert told(text, "killed") == [[(3, 3)]]
