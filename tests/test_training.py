"""Reading the annotated sets: what each marks, in our terms; nothing is trained here."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import BertPreTokenizer

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT))

from training.encode import (  # noqa: E402
    BEGIN,
    INSIDE,
    OUTSIDE,
    SOME,
    UNKNOWN,
    encode,
    join_passages,
    without_headline,
)
from training.mapping import Labels, read_labels, read_map  # noqa: E402
from training.passages import Passage, occurrences, part_of  # noqa: E402
from training.sets import m2e2, muc4, own, rams, wikievents  # noqa: E402

SETS = ("own", "muc4", "wikievents", "rams", "m2e2")
TYPES = read_labels().types
PARENTS = {"rocket_attack": "shelling_rocket_missile", "shelling_rocket_missile": "armed_attack"}


def marked(passage: Passage) -> list[tuple[str, str]]:
    return [(mark.layer, passage.text[mark.start : mark.end]) for mark in passage.marks]


def own_passage(text: str, **events: str) -> Passage:
    row = {
        "id": "x-1",
        "text": text,
        "relevant": True,
        "events": {
            name: {"type": kind, "context": "reported", "stance": "asserted"}
            for name, kind in events.items()
        },
    }
    return own.passage(row, read_map("own"), TYPES, PARENTS)


def test_marks_of_our_corpus_become_offsets_into_the_plain_text():
    passage = own_passage(
        "<<e1.weapon|Rockets>> <<e1.trigger|hit>> <<e1.target|a base>>; "
        "<<e1.killed+injured|nobody was hurt>>.",
        e1="rocket_attack",
    )
    assert passage.text == "Rockets hit a base; nobody was hurt."
    assert marked(passage) == [
        ("weapon", "Rockets"),
        ("trigger", "hit"),
        ("target", "a base"),
        ("killed", "nobody was hurt"),
        ("injured", "nobody was hurt"),
    ]
    assert passage.events["e1"].type == "shelling_rocket_missile"


def test_a_span_of_two_events_belongs_to_both():
    passage = own_passage("<<e1+e2.perpetrator|It>> <<e1.trigger|a>> <<e2.trigger|b>>", e1="armed_attack", e2="armed_attack")  # fmt: skip  # noqa: E501
    assert passage.marks[0].events == ("e1", "e2")


def test_every_line_of_our_corpus_is_read():
    labels = read_labels()
    codebook = ROOT / "src" / "dateline" / "codebook"
    passages = list(own.read(ROOT / "training" / "corpus", read_map("own"), labels.types, codebook))
    assert len({passage.id for passage in passages}) == len(passages) >= 900
    for passage in passages:
        assert "<<" not in passage.text
        assert {event.type for event in passage.events.values()} <= set(labels.types)
    share = sum(part_of(passage.id) != "train" for passage in passages) / len(passages)
    assert 0.12 < share < 0.18


MUC = {
    "docid": "one",
    "doctext": "guerrillas of the front attacked a farm. the guerrillas fled.",
    "templates": [
        {"PerpInd": [[["guerrillas", 0]]], "PerpOrg": [[["front", 18]]], "Target": [[["farm", 35]]],
         "Victim": [], "Weapon": []}
    ],
}  # fmt: skip


def test_a_muc4_filler_is_marked_wherever_it_is_named():
    passage = muc4.passage(MUC, read_map("muc4"))
    assert marked(passage) == [
        ("PerpInd", "guerrillas"), ("PerpOrg", "front"), ("Target", "farm"),
        ("PerpInd", "guerrillas"),
    ]  # fmt: skip
    assert [mark.start for mark in passage.marks] == [0, 18, 35, 45]


def test_a_muc4_document_is_relevant_if_it_has_a_template():
    assert muc4.passage(MUC, read_map("muc4")).relevant is True
    assert muc4.passage(MUC | {"templates": []}, read_map("muc4")).relevant is None


def test_muc4_says_nothing_about_our_roles():
    passage = muc4.passage(MUC, read_map("muc4"))
    labels = read_labels()
    (example,) = encode(passage, words(passage.text), labels, 100)
    known = {
        layer
        for number, layer in enumerate(labels.layers)
        if (example.layers[:, number] != UNKNOWN).any()
    }
    assert known == set(labels.slots)


def test_wikievents_arguments_are_the_mentions_nearest_to_the_trigger():
    row = {
        "docid": "one",
        "tokens": [
            "the", "bomb", "maker", "said", "the", "bomb", "exploded", "and", "killed", "guards",
        ],
        "event_mentions": [
            {"event_type": "Conflict.Attack", "trigger": {"start_idx": 6, "end_idx": 7},
             "arguments": [{"role": "ExplosiveDevice", "text": "bomb"}]},
            {"event_type": "Life.Die", "trigger": {"start_idx": 8, "end_idx": 9},
             "arguments": [{"role": "Victim", "text": "guards"}]},
        ],
    }  # fmt: skip
    passage = wikievents.passage(row, read_map("wikievents"))
    assert marked(passage) == [("weapon", "bomb"), ("trigger", "exploded"), ("victim", "guards")]
    assert passage.marks[0].start == 24
    assert [passage.text[mark.start : mark.end] for mark in passage.unknown] == ["killed"]


def rams_row(kind: str) -> dict[str, Any]:
    return {
        "doc_key": "one",
        "sentences": [["It", "rained", "."], ["Gunmen", "shot", "a", "guard", "."]],
        "evt_triggers": [[4, 4, [[kind, 1.0]]]],
        "gold_evt_links": [
            [[4, 4], [3, 3], "evt008arg01attacker"],
            [[4, 4], [5, 6], "evt008arg02target"],
        ],
    }


def test_rams_speaks_only_of_the_sentence_of_its_event():
    passage = rams.passage(rams_row("conflict.attack.firearmattack"), read_map("rams"))
    assert marked(passage) == [
        ("perpetrator", "Gunmen"), ("trigger", "shot"), ("target", "a guard")
    ]  # fmt: skip
    assert {passage.text[mark.start : mark.end] for mark in passage.unknown} == {"It rained ."}
    assert passage.events["1"].type == "shooting"


def test_rams_windows_on_other_things_are_left_out(tmp_path: Path):
    rows = [rams_row("conflict.attack.bombing"), rams_row("contact.discussion.meet")]
    (tmp_path / "x").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert len(list(rams.read(tmp_path / "x", read_map("rams")))) == 1


def test_m2e2_sentences_are_put_together():
    quiet = {"words": ["It", "rained"], "golden-event-mentions": []}
    event = {
        "event_type": "Conflict:Attack",
        "trigger": {"start": 1, "end": 2},
        "arguments": [{"role": "Attacker", "start": 0, "end": 1}],
    }
    loud = {"words": ["Rebels", "attacked"], "golden-event-mentions": [event]}
    passage = m2e2.passage("one", [quiet, loud], read_map("m2e2"))
    assert passage.text == "It rained Rebels attacked"
    assert marked(passage) == [("perpetrator", "Rebels"), ("trigger", "attacked")]
    assert m2e2.passage("two", [quiet], read_map("m2e2")).relevant is False


@pytest.mark.parametrize("name", SETS)
def test_a_table_maps_to_layers_and_types_that_exist(name: str):
    labels, table = read_labels(), read_map(name)
    assert table.layers <= set(labels.layers)
    assert set(table.triggers.values()) <= {*labels.types, ""}
    roles = {role for arguments in table.roles.values() for role in arguments.values()}
    assert roles <= table.layers


def test_types_are_those_of_the_codebook():
    text = (ROOT / "src" / "dateline" / "codebook" / "event_types.toml").read_text("utf-8")
    assert [kind for kind in TYPES if f"\n[{kind}]" not in text] == []


def words(*texts: str) -> Tokenizer:
    cut = BertPreTokenizer()
    known = {piece for text in texts for piece, _ in cut.pre_tokenize_str(text)}
    tokenizer = Tokenizer(WordLevel({p: n for n, p in enumerate(["?", *sorted(known)])}, "?"))
    tokenizer.pre_tokenizer = cut
    return tokenizer


def layer(example: Any, labels: Labels, name: str) -> list[int]:
    return example.layers[:, labels.layers.index(name)].tolist()


def test_whole_spans_begin_and_heads_are_somewhere_inside():
    labels = read_labels()
    whole = own_passage("it <<e1.trigger|went off>> at <<e1.target|a base>>", e1="armed_attack")
    (example,) = encode(whole, words(whole.text), labels, 100)
    assert layer(example, labels, "trigger") == [OUTSIDE, BEGIN, INSIDE] + 3 * [OUTSIDE]
    assert layer(example, labels, "target") == 4 * [OUTSIDE] + [BEGIN, INSIDE]
    assert layer(example, labels, "Victim") == 6 * [UNKNOWN]
    assert example.pairs.tolist() == [[1.0]]
    head = rams.passage(rams_row("conflict.attack.firearmattack"), read_map("rams"))
    (example,) = encode(head, words(head.text), labels, 100)
    assert layer(example, labels, "target")[-3:] == [SOME, SOME, UNKNOWN]


def test_windows_hold_every_piece_once_and_pairs_of_their_own():
    labels = read_labels()
    text = "<<e1.trigger|hit>> <<e1.target|base>> and <<e2.trigger|shelled>> <<e2.target|town>>"
    passage = own_passage(text, e1="armed_attack", e2="armed_attack")
    windows = list(encode(passage, words(passage.text), labels, 3))
    assert [len(window.ids) for window in windows] == [3, 2]
    assert [window.pairs.tolist() for window in windows] == [[[1.0]], [[1.0]]]


def test_joined_passages_keep_their_events_apart():
    one = own_passage("<<e1.trigger|hit>> <<e1.target|base>>", e1="armed_attack")
    joined = join_passages([one, one])
    assert joined.text == "hit base\nhit base"
    assert marked(joined) == 2 * [("trigger", "hit"), ("target", "base")]
    (example,) = encode(joined, words(joined.text), read_labels(), 100)
    assert example.pairs.tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_a_passage_without_its_headline_keeps_the_marks_of_its_body():
    passage = own_passage("<<e1.target|Base>> hit\nIt <<e1.trigger|was hit>>", e1="armed_attack")
    assert without_headline(passage).text == "It was hit"
    assert marked(without_headline(passage)) == [("trigger", "was hit")]


def test_occurrences_are_whole_words():
    assert list(occurrences("arm army arm", "arm")) == [0, 9]
