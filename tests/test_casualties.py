"""Casualties, one sentence at a time: roles, numbers, spans, and what must not be counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import FOLDER, Grammar, read_toml
from dateline.extract.casualties import find_casualties
from dateline.extract.counts import find_counts


@pytest.fixture(scope="module")
def grammar():
    path = FOLDER / "grammars" / "counts.toml"
    return Grammar("counts", read_toml(FOLDER, "grammars/counts.toml"), path)


def casualties_of(text, grammar):
    return find_casualties(text, find_counts(text, grammar), grammar)


def rows(text, grammar):
    """Role, the words of the clause, low and high: what most tests here are about."""
    return [
        (c.role, text[c.start : c.end], c.count.low, c.count.high)
        for c in casualties_of(text, grammar)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A mine went off on the road to Saravena, killing three and wounding 14 others.",
            [("killed", "killing three", 3, 3), ("injured", "wounding 14 others", 14, 14)],
        ),
        (
            "Air raids on a depot near Mosul, which killed a dozen guerrillas.",
            [("killed", "killed a dozen guerrillas", 12, 12)],
        ),
        (
            "The strike left 5 dead and 12 wounded.",
            [("killed", "5 dead", 5, 5), ("injured", "12 wounded", 12, 12)],
        ),
        ("Grenade wounds two in Kharkiv", [("injured", "wounds two", 2, 2)]),
        (
            "Bomb kills 5 in Medellin",
            [("killed", "kills 5", 5, 5)],
        ),
        (
            "5 killed, 12 hurt in Mosul blast",
            [("killed", "5 killed", 5, 5), ("injured", "12 hurt", 12, 12)],
        ),
        ("Two US troops injured", [("injured", "Two US troops injured", 2, 2)]),
        (
            "Three people were killed and two hurt.",
            [("killed", "Three people were killed", 3, 3), ("injured", "two hurt", 2, 2)],
        ),
        (
            "At least 12 people have been killed.",
            [("killed", "At least 12 people have been killed", 12, None)],
        ),
        (
            "346 people were killed, and over 246 injured, in Baghdad.",
            [
                ("killed", "346 people were killed", 346, 346),
                ("injured", "over 246 injured", 246, None),
            ],
        ),
        ("A soldier was killed.", [("killed", "A soldier was killed", 1, 1)]),
        ("The mayor was shot dead.", [("killed", "The mayor was shot dead", 1, 1)]),
        (
            "The strike killed Gen. Luis Mora in Arauca.",
            [("killed", "killed Gen. Luis Mora", 1, 1)],
        ),
        ("A shell hit the house, killing an engineer.", [("killed", "killing an engineer", 1, 1)]),
        (
            "Hassan al-Tamimi was killed on Monday.",
            [("killed", "Hassan al-Tamimi was killed", 1, 1)],
        ),
        (
            "A well-known writer and former minister was shot dead.",
            [("killed", "A well-known writer and former minister was shot dead", 1, 1)],
        ),
        (
            "US and Iraqi soldiers were wounded.",
            [("injured", "Iraqi soldiers were wounded", 2, None)],
        ),
        ("A family of five was killed.", [("killed", "A family of five was killed", 5, 5)]),
        ("US contractor killed in rocket fire", [("killed", "US contractor killed", 1, 1)]),
        ("Troops killed one of the attackers.", [("killed", "killed one of the attackers", 1, 1)]),
        (
            "Gunmen shot and wounded 6 African asylum seekers.",
            [("injured", "wounded 6 African asylum seekers", 6, 6)],
        ),
        (
            "Three officers were shot and injured.",
            [("injured", "Three officers were shot and injured", 3, 3)],
        ),
        (
            "One man was injured and taken to hospital.",
            [("injured", "One man was injured and taken to hospital", 1, 1)],
        ),
        (
            "At least 52 soldiers queuing at a base in northeast Aden were killed.",
            [
                (
                    "killed",
                    "At least 52 soldiers queuing at a base in northeast Aden were killed",
                    52,
                    None,
                )
            ],
        ),
        (
            "The blast killed 40, and twin bombings at least 32.",
            [("killed", "killed 40", 40, 40), ("killed", "at least 32", 32, None)],
        ),
        ("Police confirmed Khan's death.", [("killed", "Khan's death", 1, 1)]),
        (
            "They named four fighters as dead.",
            [("killed", "four fighters as dead", 4, 4)],
        ),
        ("One of the injured died later.", [("killed", "One of the injured died", 1, 1)]),
        (
            "The guards met the threat, killing two raiders.",
            [("killed", "killing two raiders", 2, 2)],
        ),
        (
            "Up to 23 survivors were treated.",
            [("injured", "Up to 23 survivors were treated", 0, 23)],
        ),
        (
            "Ten others, five guards and five clerks, injured in blast.",
            [("injured", "Ten others, five guards and five clerks, injured", 10, 10)],
        ),
        (
            "The mayor was shot by a hooded man as he left a church and died in hospital.",
            [
                (
                    "killed",
                    "The mayor was shot by a hooded man as he left a church and died",
                    1,
                    1,
                )
            ],
        ),
        (
            "Two clerks were hit by shots at the gate and died an hour later.",
            [("killed", "Two clerks were hit by shots at the gate and died", 2, 2)],
        ),
        (
            "Three guards were wounded, and one died.",
            [("injured", "Three guards were wounded", 3, 3), ("killed", "one died", 1, 1)],
        ),
        (
            "The envoy was killed along with four of his guards.",
            [("killed", "The envoy was killed along with four of his guards", 5, 5)],
        ),
        (
            "The envoy was killed along with the gunmen.",
            [("killed", "The envoy was killed", 1, 1)],
        ),
        (
            "Raiders shot dead a chief, his son and two farmhands.",
            [("killed", "shot dead a chief, his son and two farmhands", 4, 4)],
        ),
        (
            "Five nurses, their driver and a guard were killed.",
            [("killed", "Five nurses, their driver and a guard were killed", 7, 7)],
        ),
        (
            "Bandits killed a sergeant and two privates, and troops later shot dead nine farmers.",
            [
                ("killed", "killed a sergeant and two privates", 3, 3),
                ("killed", "shot dead nine farmers", 9, 9),
            ],
        ),
        (
            "An editor who had received threats was killed.",
            [("killed", "An editor who had received threats was killed", 1, 1)],
        ),
        (
            "Three drivers were found shot dead.",
            [("killed", "Three drivers were found shot dead", 3, 3)],
        ),
        (
            "Men in masks pulled nine miners off a bus and shot them dead.",
            [("killed", "nine miners off a bus and shot them dead", 9, 9)],
        ),
        (
            "The rebels kidnapped two priests and later killed them.",
            [
                ("captured", "kidnapped two priests", 2, 2),
                ("killed", "two priests and later killed them", 2, 2),
            ],
        ),
        (
            "Gunmen took 40 shoppers hostage in Jos.",
            [("captured", "took 40 shoppers hostage", 40, 40)],
        ),
        ("The raiders seized 12 hostages.", [("captured", "seized 12 hostages", 12, 12)]),
        ("They freed 12 hostages.", []),
        (
            "Gunmen dragged 11 inmates from a prison in Basra and killed them.",
            [("killed", "11 inmates from a prison in Basra and killed them", 11, 11)],
        ),
        (
            "A bomber killed himself and nine clerks.",
            [("killed", "killed himself and nine clerks", 9, 10)],
        ),
        (
            "Troops shot dead a farmer, his wife and their children.",
            [("killed", "shot dead a farmer, his wife and their children", 4, None)],
        ),
        (
            "A guard was stabbed and later died.",
            [("killed", "A guard was stabbed and later died", 1, 1)],
        ),
        (
            "13 people, four of them men, wounded in blast.",
            [("injured", "13 people, four of them men, wounded", 13, 13)],
        ),
        ("Eight pupils were in hospital.", [("injured", "Eight pupils were in hospital", 8, 8)]),
        ("He saw a wounded man.", []),
        ("They counted three dead civilians.", [("killed", "three dead civilians", 3, 3)]),
        (
            "At least 30 nurses and guards died.",
            [("killed", "At least 30 nurses and guards died", 30, None)],
        ),
        ("Gunmen came at half past nine on Friday and were shot dead.", []),
        ("Two to three men were killed.", [("killed", "Two to three men were killed", 2, 3)]),
        ("The arrested leader was asked about two raids.", []),
        ("Prisoners were treated badly.", []),
        (
            "A man stabbed 4 people to death.",
            [("killed", "4 people to death", 4, 4)],
        ),
        (
            "At least 14 passengers were taken off a bus and shot dead by gunmen.",
            [
                (
                    "killed",
                    "At least 14 passengers were taken off a bus and shot dead",
                    14,
                    None,
                )
            ],
        ),
    ],
)
def test_a_verb_of_harm_carries_its_victims(grammar, text, expected):
    assert rows(text, grammar) == expected


@pytest.mark.parametrize(
    ("text", "quote", "number"),
    [
        (
            "They killed a leader, Ahmad Raza, along with one other man.",
            "killed a leader, Ahmad Raza, along with one other man",
            2,
        ),
        (
            "Three Americans, a soldier and two contractors, were killed.",
            "Three Americans, a soldier and two contractors, were killed",
            3,
        ),
        (
            "It killed 12 people, five soldiers and seven clerks.",
            "killed 12 people, five soldiers and seven clerks",
            12,
        ),
        (
            "Thirty patients, nurses and doctors were killed.",
            "Thirty patients, nurses and doctors were killed",
            30,
        ),
        (
            "Ten people, two of them guards and one a girl, were killed.",
            "Ten people, two of them guards and one a girl, were killed",
            10,
        ),
        (
            "Tor Gul was killed along with three guards.",
            "Tor Gul was killed along with three guards",
            4,
        ),
        (
            "A 12-year-old girl and her 70-year-old grandmother died.",
            "A 12-year-old girl and her 70-year-old grandmother died",
            2,
        ),
        ("Two soldiers and a civilian were killed.", "Two soldiers and a civilian were killed", 3),
        (
            "The governor and two bodyguards were killed.",
            "The governor and two bodyguards were killed",
            3,
        ),
        ("It killed 5 policemen and a child.", "killed 5 policemen and a child", 6),
        (
            "Its commanders Ali Avesta, Piran Pir and Omar Feqir were killed.",
            "Its commanders Ali Avesta, Piran Pir and Omar Feqir were killed",
            3,
        ),
    ],
)
def test_a_list_of_victims_adds_up(grammar, text, quote, number):
    assert rows(text, grammar) == [("killed", quote, number, number)]


@pytest.mark.parametrize(
    "text",
    [
        "12 people, including three children, were killed.",
        "12 people including soldiers and policemen were killed.",
        "12 people, three of them civilians, have been killed.",
        "The blast killed 12 people, including three children.",
    ],
)
def test_a_subset_does_not_add(grammar, text):
    [casualty] = casualties_of(text, grammar)
    assert (casualty.count.low, casualty.count.high) == (12, 12)


@pytest.mark.parametrize(
    ("text", "quote", "roles"),
    [
        (
            "He said there were no injuries or casualties.",
            "there were no injuries or casualties",
            "ik",
        ),
        ("There were no casualties.", "There were no casualties", "ik"),
        ("No casualties were reported.", "No casualties were reported", "ik"),
        ("It landed without causing casualties.", "without causing casualties", "ik"),
        ("The shell caused no casualties.", "caused no casualties", "ik"),
        ("There were no victims.", "There were no victims", "ik"),
        ("No one was hurt in the raid.", "No one was hurt", "ik"),
        ("Nobody was hurt.", "Nobody was hurt", "ik"),
        ("Nobody was injured.", "Nobody was injured", "ik"),
        ("There are no injuries, he said.", "There are no injuries", "i"),
        ("It did not cause any injuries.", "did not cause any injuries", "i"),
        ("No deaths were reported.", "No deaths were reported", "k"),
        ("There was no loss of life.", "There was no loss of life", "k"),
        ("The rocket did not kill anyone.", "did not kill anyone", "k"),
    ],
)
def test_a_denial_of_harm_is_zero_for_the_roles_it_names(grammar, text, quote, roles):
    found = casualties_of(text, grammar)
    assert [c.role for c in found] == [{"i": "injured", "k": "killed"}[r] for r in roles]
    for casualty in found:
        assert text[casualty.start : casualty.end] == quote
        assert (casualty.count.low, casualty.count.high, casualty.count.basis) == (0, 0, "none")
        assert casualty.negative
        assert not casualty.subset


@pytest.mark.parametrize(
    "text",
    [
        "No American soldier was hurt.",
        "The minister was not injured.",
        "The mayor was unhurt.",
    ],
)
def test_a_zero_for_some_people_says_so(grammar, text):
    found = casualties_of(text, grammar)
    assert found
    assert all(c.negative and c.subset and c.count.high == 0 for c in found)


@pytest.mark.parametrize(
    ("text", "quote", "number"),
    [
        ("The death toll rose to 14 on Monday.", "death toll rose to 14", 14),
        ("A death toll of 12 was confirmed.", "death toll of 12", 12),
        (
            "A guard died, bringing to 45 the number of people killed.",
            "bringing to 45 the number of people killed",
            45,
        ),
    ],
)
def test_a_running_toll_is_marked(grammar, text, quote, number):
    [casualty] = [c for c in casualties_of(text, grammar) if c.cumulative]
    assert text[casualty.start : casualty.end] == quote
    assert casualty.count.low == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid resulted in three deaths.", [("killed", "three deaths", 3, 3)]),
        (
            "There were five fatalities and two minor injuries.",
            [("killed", "five fatalities", 5, 5), ("injured", "two minor injuries", 2, 2)],
        ),
        ("The bombing claimed 12 lives.", [("killed", "claimed 12 lives", 12, 12)]),
        (
            "It claimed the lives of 13 soldiers.",
            [("killed", "claimed the lives of 13 soldiers", 13, 13)],
        ),
        ("The killing of three soldiers.", [("killed", "killing of three soldiers", 3, 3)]),
    ],
)
def test_a_noun_of_harm_carries_its_number(grammar, text, expected):
    assert rows(text, grammar) == expected


def test_a_toll_may_stand_before_a_colon(grammar):
    assert rows("He gave a toll of 19: rebels and guards.", grammar)[0][2:] == (19, 19)


def test_the_toll_of_a_place_is_read_behind_its_commas(grammar):
    text = "The toll of the attack on a mosque in Peshawar, Pakistan, has risen to 59."
    assert [row[2:] for row in rows(text, grammar)] == [(59, 59)]


def test_one_number_for_two_harms_bounds_each_of_them(grammar):
    found = casualties_of("12 people were killed or injured.", grammar)
    assert {(c.role, c.count.low, c.count.high, c.count.basis) for c in found} == {
        ("killed", 0, 12, "at_most"),
        ("injured", 0, 12, "at_most"),
    }


@pytest.mark.parametrize(
    ("text", "role", "number"),
    [
        ("Two insurgents were detained.", "captured", 2),
        ("Six people were taken hostage.", "captured", 6),
        ("Gunmen kidnapped two engineers.", "captured", 2),
        ("20 people are missing.", "missing", 20),
    ],
)
def test_the_captured_and_the_missing(grammar, text, role, number):
    [casualty] = casualties_of(text, grammar)
    assert (casualty.role, casualty.count.low) == (role, number)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Three gunmen were killed.", "attackers"),
        ("The bomber died.", "attackers"),
        ("The device could kill dozens of people.", "hypothetical"),
        ("They threatened to kill 10 hostages.", "hypothetical"),
        ("It would have killed many people.", "hypothetical"),
        ("He planned to kill the president.", "hypothetical"),
        ("Ten people are feared dead.", "suspected"),
    ],
)
def test_what_kind_of_statement_it_is(grammar, text, flag):
    [casualty] = casualties_of(text, grammar)
    assert getattr(casualty, flag)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("A contractor died of a heart attack.", "illness"),
        ("12 people were killed in a helicopter crash.", "accident"),
        ("At least 50 people were killed in an earthquake.", "disaster"),
        ("Ten people died in 1998.", "past"),
        ("Ten people died in the shelling.", None),
    ],
)
def test_a_death_without_a_weapon_keeps_its_cause(grammar, text, cause):
    [casualty] = casualties_of(text, grammar)
    assert casualty.cause == cause


@pytest.mark.parametrize(
    "text",
    [
        "A total of 45 attacks targeted the port since January.",
        "The country retains 2,500 troops in the north.",
        "It offered up to $ 3 million for information.",
        "Three rockets targeted an airbase.",
        "The army captured 12 villages.",
        "Fifty of the wounded have gone home.",
    ],
)
def test_other_numbers_never_become_casualties(grammar, text):
    assert rows(text, grammar) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "12",
                "two",
                "people",
                "soldiers",
                "were",
                "was",
                "killed",
                "wounded",
                "no",
                "one",
                "and",
                ",",
                "including",
                "killing",
                "dead",
                "three",
                "of",
                "them",
                "injured",
                "at",
                "least",
                "casualties",
                "the",
                "toll",
                "rose",
                "to",
                "not",
                "Ali",
            ]
        ),
        max_size=14,
    )
)
def test_every_number_is_read_inside_its_own_span(grammar, words):
    text = " ".join(words)
    for casualty in casualties_of(text, grammar):
        assert 0 <= casualty.start < casualty.end <= len(text)
        quote = text[casualty.start : casualty.end]
        if casualty.count.basis == "exact" and casualty.count.low > 1:
            assert any(q.low and q.low > 1 for q in find_counts(quote, grammar)) or " and " in quote


def test_a_crew_that_is_safe_is_everybody_there(grammar):
    found = casualties_of("The crew is safe.", grammar)
    assert {c.role for c in found if not c.subset} == {"killed", "injured"}


@pytest.mark.parametrize(
    ("text", "superseded"),
    [
        ("The first count was 12 dead and 40 wounded.", [True, True]),
        ("The mayor had earlier said five people were killed.", [True]),
        ("Officials initially said three men died; later they counted nine dead.", [True, False]),
        ("At least nine people were killed.", [False]),
        ("Several rebels were killed during separate raids in Nariño.", [True]),
    ],
)
def test_a_first_count_is_marked(grammar, text, superseded):
    assert [c.superseded for c in casualties_of(text, grammar)] == superseded


def test_both_men_are_two(grammar):
    (casualty,) = casualties_of("Both men were detained.", grammar)
    assert (casualty.count.low, casualty.count.high) == (2, 2)


def test_a_force_that_detains_somebody_unknown_is_no_victim(grammar):
    assert casualties_of("Forces detained the coordinator.", grammar) == []
