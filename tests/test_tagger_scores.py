"""The measures of `dateline evaluate muc4` and `wikievents`, counted by hand."""

from typing import Any

import pytest

from dateline.codebook import load_codebook
from dateline.evaluate.muc4 import (
    SlotScores,
    count,
    gold_entities,
    likely,
    matched,
    plain,
    weigh,
)
from dateline.evaluate.wikievents import EventScores, laid_out
from dateline.evaluate.wikievents import count as count_events
from dateline.extract.tagger import Tagged, TaggedSpan, TaggedTrigger

GRAMMAR = load_codebook().grammar("events")


def entities(*groups: str) -> list[frozenset[str]]:
    return [frozenset(group.split("|")) for group in groups]


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        (["fmln|the front", "army"], ["fmln"], 1),
        (["fmln|the front"], ["fmln", "the front"], 1),  # one gold entity is found once
        (["fmln|the front"], ["fmln|army"], 0),  # every mention has to be one of the entity's
        (["a|b", "a"], ["a", "b"], 2),  # the best match, not the first
        ([], ["a"], 0),
        (["a"], [], 0),
    ],
)
def test_entities_are_matched_one_to_one(gold: list[str], found: list[str], right: int):
    assert matched(entities(*gold), entities(*found)) == right


def template(**slots: list[list[list[Any]]]) -> dict[str, Any]:
    return {slot: [] for slot in SlotScores().slots} | slots


def test_entities_of_several_templates_are_merged():
    row = {
        "templates": [
            template(PerpOrg=[[["FMLN", 0], ["the front", 9]]], Weapon=[[["bomb", 3]]]),
            template(PerpOrg=[[["fmln", 0]]], Weapon=[[["rifle", 3]]]),
        ]
    }
    gold = gold_entities(row)
    assert gold["PerpOrg"] == entities("fmln|front")
    assert gold["Weapon"] == entities("bomb", "rifle")


def fillers(text: str, slot: str, **scores: float) -> list[TaggedSpan]:
    spans = [(words.replace("_", " "), score) for words, score in scores.items()]
    return [
        TaggedSpan(slot, text.index(words), text.index(words) + len(words), score)
        for words, score in spans
    ]


def test_fillers_of_one_entity_are_one():
    text = "the front (fmln) and fmln guerrillas fired rockets; a rocket and rockets"
    spans = fillers(text, "PerpOrg", the_front=0.9, fmln=0.8, fmln_guerrillas=0.7)
    weighed = weigh(text, spans, GRAMMAR)["PerpOrg"]
    assert [words for words, _ in weighed] == ["front", "fmln guerrillas"]


def test_mentions_of_one_entity_speak_for_each_other():
    text = "gunmen and armed gunmen and robbers"
    spans = fillers(text, "PerpInd", gunmen=0.5, armed_gunmen=0.4, robbers=0.6)
    weighed = weigh(text, spans, GRAMMAR)
    assert weighed["PerpInd"] == [("robbers", pytest.approx(0.6)), ("gunmen", pytest.approx(0.7))]
    thresholds = dict.fromkeys(SlotScores().slots, 0.65)
    assert likely(weighed, thresholds)["PerpInd"] == entities("gunmen")


def test_the_same_words_are_in_the_slot_they_are_surest_of():
    text = "the army and the police"
    spans = [*fillers(text, "PerpOrg", army=0.6), *fillers(text, "Target", army=0.7, police=0.4)]
    weighed = weigh(text, spans, GRAMMAR)
    assert weighed["PerpOrg"] == []
    assert [words for words, _ in weighed["Target"]] == ["army", "police"]


def test_words_are_compared_without_articles_and_punctuation():
    assert plain('The  "Army\'s" U.S.-made rifles, an A-4') == "armys usmade rifles a4"


def test_a_document_counts_as_worked_out_by_hand():
    scores = SlotScores()
    gold = {slot: [] for slot in scores.slots} | {
        "Victim": entities("priest", "two nuns|the nuns"),
        "Weapon": entities("bomb"),
    }
    found = {slot: [] for slot in scores.slots} | {
        "Victim": entities("the nuns", "mayor", "priest"),
        "PerpOrg": entities("fmln"),
    }
    count(scores, gold, found)
    # Right: the nuns, the priest. Wrong: the mayor, the front. Missed: the bomb.
    assert (scores.total.right, scores.total.wrong, scores.total.missed) == (2, 2, 1)
    assert scores.total.f1 == pytest.approx(4 / 7)
    assert [line.split()[0] for line in scores.lines()][-1] == "ceaf_ree"


EVENTS = {
    "sentences": [
        [[["Rebels", 0, 6], ["shelled", 7, 14], ["Homs", 15, 19], [".", 19, 20]], ""],
        [[["They", 21, 25], ["killed", 26, 32], ["guards", 33, 39], [".", 39, 40]], ""],
    ],
    "entity_mentions": [
        {"id": "m1", "start": 0, "end": 1},
        {"id": "m2", "start": 4, "end": 5},
        {"id": "m3", "start": 2, "end": 3},
        {"id": "m4", "start": 6, "end": 7},
    ],
    "event_mentions": [
        {
            "event_type": "Conflict.Attack.Unspecified",
            "trigger": {"start": 1, "end": 2},
            "arguments": [
                {"role": "Attacker", "entity_id": "m1"},
                {"role": "Place", "entity_id": "m3"},
            ],
        },
        {
            "event_type": "Life.Die.Unspecified",
            "trigger": {"start": 5, "end": 6},
            "arguments": [{"role": "Victim", "entity_id": "m4"}],
        },
    ],
}


def test_any_mention_of_an_argument_will_do_and_deaths_are_no_triggers():
    text, words = laid_out(EVENTS)
    assert text == "Rebels shelled Homs. They killed guards."
    tagged = Tagged(
        triggers=(
            TaggedTrigger(7, 14, "shelling_rocket_missile", "reported", "asserted", 0.9),
            TaggedTrigger(26, 32, "armed_assault", "reported", "asserted", 0.9),
        ),
        spans=(TaggedSpan("perpetrator", 21, 25, 0.9), TaggedSpan("target", 15, 19, 0.9)),
        pairs=(),
        relevance=0.9,
    )
    scores = EventScores()
    count_events(scores, EVENTS, words, [["m1", "m2"]], tagged)
    triggers, total = scores.triggers, scores.total
    assert (triggers.tagged, triggers.right, triggers.wanted, triggers.found) == (1, 1, 1, 1)
    # Right: the rebels by their pronoun. Wrong: Homs as target. Missed: the place, the victim.
    assert (total.tagged, total.right, total.wanted, total.found) == (2, 1, 3, 1)
