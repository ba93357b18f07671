"""Who says what, who blames whom, who claims an attack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import FOLDER, Grammar, read_toml
from dateline.extract.speech import find_speech
from dateline.text import sentences


@pytest.fixture(scope="module")
def grammar():
    path = FOLDER / "grammars" / "speech.toml"
    return Grammar("speech", read_toml(FOLDER, "grammars/speech.toml"), path)


def attributions(text, grammar):
    return find_speech(sentences(text), grammar)


def names(attribution):
    return [speaker.name for speaker in attribution.speakers]


@pytest.mark.parametrize(
    ("text", "name", "content"),
    [
        (
            "The governor said that 49 people were killed.",
            "governor",
            "49 people were killed",
        ),
        (
            "At least 49 people were killed, Oleh Petrenko said.",
            "Oleh Petrenko",
            "At least 49 people were killed",
        ),
        (
            "According to the health ministry, 12 people were killed.",
            "health ministry",
            "12 people were killed",
        ),
        (
            "Twelve people were killed, according to the health ministry.",
            "health ministry",
            "Twelve people were killed",
        ),
        (
            "The mayor told Reuters that three shells had hit the market.",
            "mayor",
            "three shells had hit the market",
        ),
        (
            "“The blast shattered windows,” said Maria Gomez of the Red Cross.",
            "Maria Gomez",
            "“The blast shattered windows,”",
        ),
        ("Two rockets hit base, says Coalition", "Coalition", "Two rockets hit base"),
        (
            "Three killed in market blast: officials",
            "officials",
            "Three killed in market blast",
        ),
        (
            "The agency said in a statement that a drone had crashed.",
            "agency",
            "a drone had crashed",
        ),
        (
            "The minister was quoted as saying that the rebels had fled.",
            "minister",
            "the rebels had fled",
        ),
        (
            "The rebels, the army said, had retreated.",
            "army",
            "The rebels, the army said, had retreated",
        ),
        (
            "Residents said they heard a blast, while the town hall stayed silent.",
            "Residents",
            "they heard a blast",
        ),
    ],
)
def test_a_statement_has_a_speaker_and_the_words_he_vouches_for(grammar, text, name, content):
    [found] = attributions(text, grammar)
    assert names(found) == [name]
    assert text[found.start : found.end] == content
    assert (found.kind, found.stance, found.explicit) == ("says", "asserted", True)


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        (
            "It fell short, according to coalition spokesman Colonel Luis Mora.",
            "Colonel Luis Mora",
            "coalition",
        ),
        ("Pentagon press secretary John Reed said so.", "John Reed", "Pentagon press secretary"),
        ("Iraqi security officials said it was over.", "Iraqi security officials", None),
        (
            "The Islamic State of Iraq and the Levant said so.",
            "Islamic State of Iraq and the Levant",
            None,
        ),
        ("A spokesman for the army, Major Ali Hadi, said it was over.", "Major Ali Hadi", "army"),
        ("Major Ali Hadi, a spokesman for the army, said it was over.", "Major Ali Hadi", "army"),
    ],
)
def test_a_speaker_is_named_by_rank_and_name_and_his_side_by_the_rest(grammar, text, name, side):
    [found] = attributions(text, grammar)
    [speaker] = found.speakers
    assert speaker.name == name
    assert speaker.name in text
    assert (speaker.side_text or name) == (side or name)


def test_a_later_mention_takes_the_full_name(grammar):
    text = (
        "Colonel Luis Mora, a spokesman for the army, said no one was hurt. The colonel added "
        "that the damage was being assessed. “The fire is out,” Mora said. He said an inquiry "
        "was under way. The spokesman said it would take a week."
    )
    found = attributions(text, grammar)
    assert [names(one) for one in found] == [["Colonel Luis Mora"]] * 5


def test_an_office_takes_the_name_of_the_one_who_holds_it_further_down(grammar):
    text = (
        "Peru's health minister said ten people had died. Minister Ana Silva said more might "
        "follow. The interior minister said nothing was known."
    )
    assert [names(one) for one in attributions(text, grammar)] == [
        ["Minister Ana Silva"],
        ["Minister Ana Silva"],
        ["interior minister"],
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("KABUL - The interior ministry said ten people had died.", "interior ministry"),
        ("Two people died, General Omar al-Amri said.", "General Omar al-Amri"),
        ("Sheikh Ali el-Din said two people died.", "Sheikh Ali el-Din"),
    ],
)
def test_a_name_is_whole_and_without_its_dateline(grammar, text, name):
    assert [names(one) for one in attributions(text, grammar)] == [[name]]


def test_a_quotation_keeps_its_speaker_over_several_sentences(grammar):
    text = "“The rockets fell outside. But there are no injuries,” the colonel said. It is quiet."
    found = attributions(text, grammar)
    covered = {
        sentence.text
        for sentence in sentences(text)
        if any(one.start < sentence.end and sentence.start < one.end for one in found)
    }
    assert any("no injuries" in words for words in covered)
    assert "It is quiet." not in covered


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        (
            "AFP, citing an army spokesman, reported that two rockets hit the base.",
            ["AFP", "army spokesman"],
        ),
        (
            "Radio Uno reported, quoting a police source, that three shells fell.",
            ["Radio Uno", "police source"],
        ),
        (
            "The agency quoted an official as saying that three shells fell.",
            ["agency", "official"],
        ),
    ],
)
def test_a_chain_of_speakers_is_outermost_first(grammar, text, chain):
    [found] = attributions(text, grammar)
    assert names(found) == chain


@pytest.mark.parametrize(
    "text",
    ["The rebels reportedly fled.", "The rebels are believed to have fled the town."],
)
def test_hearsay_is_suspected_and_has_no_speaker(grammar, text):
    [found] = attributions(text, grammar)
    assert (found.stance, found.speakers) == ("suspected", ())


@pytest.mark.parametrize(
    ("text", "speaker", "accused", "stance"),
    [
        ("Washington blames militias backed by Iran for the raid.", "Washington",
         "militias backed by Iran", "asserted"),
        ("Bogota blamed the bombing on the cartel.", "Bogota", "the cartel", "asserted"),
        ("Kyiv accused Russia of shelling the village.", "Kyiv", "Russia", "asserted"),
        ("The US holds the Red Brigade responsible.", "US", "the Red Brigade", "asserted"),
        ("Officials pointed the finger at the cartel.", "Officials", "the cartel", "asserted"),
        ("The government has attributed it to the rebels.", "government", "the rebels", "asserted"),
        ("Police suspect the gang of starting the fire.", "Police", "the gang", "suspected"),
        ("The minister on Monday accused the outlawed PKK of it.", "minister",
         "the outlawed PKK", "asserted"),
        ("The army said on Monday that FARC rebels were behind it.", "army", "FARC rebels",
         "asserted"),
        ("Police said the gang could be behind the raid.", "Police", "the gang", "suspected"),
        ("Police said the ELN, a guerrilla army, was behind the raid.", "Police", "the ELN",
         "asserted"),
        ("The mayor said he had no doubt that the cartel was behind it.", "mayor", "the cartel",
         "asserted"),
        ("The judge asked whether the Red Front was involved.", None, "the Red Front",
         "suspected"),
        ("The premier blamed the rebels and vowed revenge.", "premier", "the rebels", "asserted"),
        ("Men thought to be from the Red Front fired.", None, "the Red Front", "suspected"),
        ("The bombing was blamed on the FARC.", None, "the FARC", "suspected"),
        ("The rebels were blamed by the army for the ambush.", "army", "The rebels", "suspected"),
        ("The cartel is believed to be behind the bombing.", None, "The cartel", "suspected"),
        ("The cartel is suspected of planting the mine.", None, "The cartel", "suspected"),
        ("A kind of raid attributed by Bogota to allies in Peru of its old enemy.", "Bogota",
         "allies in Peru of its old enemy", "suspected"),
    ],
)  # fmt: skip
def test_blame_names_the_accused(grammar, text, speaker, accused, stance):
    [found] = [one for one in attributions(text, grammar) if one.object_start is not None]
    assert text[found.object_start : found.object_end] == accused
    assert names(found) == ([speaker] if speaker else [])
    assert found.kind in {"blames", "suspects"}
    assert found.stance == stance


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("The group claimed responsibility for the bombing.", "group"),
        ("IS claimed the attack through its agency.", "IS"),
        ("The Red Brigades said its members had fired 30 rockets.", "Red Brigades"),
        ("In a statement, the brigade said it carried out the attack.", "brigade"),
        ("The raid was claimed by the Blue Front.", "Blue Front"),
        ("The M-19 took credit for the blast.", "M-19"),
        ("Ansar Allah said it was behind the strike.", "Ansar Allah"),
        ("Hamas, which claimed responsibility for it, is at war.", "Hamas"),
    ],
)
def test_a_claim_of_responsibility_has_its_claimant(grammar, text, claimant):
    found = [o for o in attributions(text, grammar) if o.kind == "claims_responsibility"]
    assert [names(one) for one in found] == [[claimant]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("This new raid, not yet claimed, came at dawn.", "not yet claimed"),
        ("No group has claimed responsibility.", "No group has claimed responsibility"),
        ("Nobody has claimed the attack yet.", "Nobody has claimed the attack yet"),
        ("No one immediately took responsibility.", "No one immediately took responsibility"),
        ("The raid has not been claimed.", "has not been claimed"),
        ("The raid went unclaimed.", "went unclaimed"),
        ("There was no immediate claim of responsibility.",
         "There was no immediate claim of responsibility"),
        ("No group has said it was behind the raid.", "No group has said it was behind"),
    ],
)  # fmt: skip
def test_an_attack_nobody_claims_is_quoted_as_such(grammar, text, words):
    [found] = attributions(text, grammar)
    assert (found.kind, found.speakers) == ("unclaimed", ())
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "Iran denied involvement in the attack.",
        "Iran rejected the accusation.",
        "Iran said it had nothing to do with the killing.",
    ],
)
def test_a_denial_has_the_denier_as_its_object(grammar, text):
    [found] = attributions(text, grammar)
    assert (found.kind, found.stance) == ("denies", "denied")
    assert text[found.object_start : found.object_end] == "Iran"


@pytest.mark.parametrize(
    "text",
    [
        "The United States retains troops in the north.",
        "Rescuers reached the village at noon.",
        "The army cannot say who fired.",
        "He refused to say more.",
        "SRINAGAR: Two shells fell on the market.",
    ],
)
def test_plain_narration_has_no_speaker(grammar, text):
    assert attributions(text, grammar) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "army",
                "said",
                "that",
                ",",
                ".",
                "“",
                "”",
                "Colonel",
                "Mora",
                "blamed",
                "on",
                "rebels",
                "claimed",
                "responsibility",
                "who",
                "according",
                "to",
                "citing",
                "no",
                "group",
                "has",
                "attributed",
                "by",
                "it",
                "was",
            ]
        ),
        max_size=16,
    )
)
def test_spans_and_names_are_words_of_the_report(grammar, words):
    text = " ".join(words)
    for one in attributions(text, grammar):
        assert 0 <= one.start < one.end <= len(text)
        assert 0 <= one.cue_start < one.cue_end <= len(text)
        for speaker in one.speakers:
            assert speaker.name in text
            assert 0 <= speaker.start < speaker.end <= len(text)
        if one.object_start is not None:
            assert text[one.object_start : one.object_end].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Malian army put the number of dead at 14 and said rebels had mined the road.",
            [("Malian army", "put"), ("Malian army", "said")],
        ),
        (
            "Rebel officials put the losses at 40, while the ministry gave a toll of nine.",
            [("Rebel officials", "put"), ("ministry", "gave")],
        ),
        (
            "The ministry revised the death toll to 22 and confirmed that two gunmen were dead.",
            [("ministry", "revised"), ("ministry", "confirmed")],
        ),
        (
            "Two men died, a surgeon said and added that 12 were hurt.",
            [("surgeon", "said"), ("surgeon", "added")],
        ),
        ("The Red Crescent listed 63 people as missing.", [("Red Crescent", "listed")]),
        ("The gunmen put the bodies in a truck and drove to the border.", []),
        (
            "TUNIS (Wire) - The governor visited the village and said four farmers had been shot.",
            [("governor", "said")],
        ),
        (
            "Medics recorded 17 deaths, and the ministry said 60 people were hurt.",
            [("Medics", "recorded"), ("ministry", "said")],
        ),
        (
            "The army, which lost 12 men, said it would respond.",
            [("army", "said")],
        ),
        (
            "A diplomat who asked not to be named said four hostages were alive.",
            [("diplomat", "said")],
        ),
        ("The man who killed five people said he was sorry.", [("man", "said")]),
        ("The movement's armed wing said two men had died.", [("movement's armed wing", "said")]),
        (
            "The ministry's exiled director said it was true.",
            [("ministry's exiled director", "said")],
        ),
    ],
)
def test_who_gives_a_figure_or_speaks_twice_is_its_speaker(text, expected, grammar):
    told = [(names(a), text[a.cue_start : a.cue_end]) for a in attributions(text, grammar)]
    assert told == [([name], cue) for name, cue in expected]


def test_what_another_speaker_says_behind_a_comma_is_not_said_by_the_first(grammar):
    text = "Police said 12 people were killed, but a doctor said 19 bodies had come in."
    first, second = attributions(text, grammar)
    assert text[first.start : first.end] == "12 people were killed"
    assert names(second) == ["doctor"]


def test_a_verb_that_counts_the_dead_belongs_to_what_is_said(grammar):
    text = "A surgeon counted seven bodies."
    (one,) = attributions(text, grammar)
    assert text[one.start : one.end] == "counted seven bodies"


def test_what_accords_with_orders_is_said_by_nobody(grammar):
    assert attributions("The guards acted according to their orders.", grammar) == []


def test_a_ministers_office_is_not_named_by_the_holder_of_another(grammar):
    text = "The interior minister blamed rebels. Health Minister Ana Diaz said six died."
    first, *_ = attributions(text, grammar)
    assert names(first) == ["interior minister"]


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        (
            "A caller claiming to speak for the Free Dawn said it carried out both attacks.",
            "Free Dawn",
        ),
        (
            "The state's news agency, Dabak, said a member of the group had carried out the raid.",
            "state's news agency",
        ),
        ("The group Jaish-e-Watan claimed responsibility and later denied it.", "Jaish-e-Watan"),
        ("Ten were hurt, police said, and blamed the Front.", "police"),
    ],
)
def test_those_in_whose_name_is_spoken_are_the_speakers(text, claimant, grammar):
    told = [names(a) for a in attributions(text, grammar) if a.kind != "says"]
    assert told
    assert all(name == [claimant] for name in told)
