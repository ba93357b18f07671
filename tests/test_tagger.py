"""The tagger: offsets, windows and decisions on a network small enough to foresee; the weights."""

import json
from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from dateline.errors import ExtractError
from dateline.extract.decoding import Run, runs, words_of
from dateline.extract.tagger import WEIGHTS, Tagged, Tagger, load_tagger
from dateline.extract.windows import owners, plan

VOCABULARY = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "rocket", "##s", "hit", "shelled", "base", "airport",
    "at", "the", "no", "talks",
]  # fmt: skip
TABLE = {
    "roles": ["target", "weapon"],
    "slots": ["Weapon"],
    "types": ["rocket_attack", "bombing"],
    "contexts": ["reported", "background"],
    "stances": ["asserted", "denied"],
    "pair_size": 2,
    "window": 8,
    "overlap": 2,
    "opening": 2,
    "closing": 3,
    "reach": 0.5,
    "thresholds": {"trigger": 0.5, "target": 0.5, "weapon": 0.5, "Weapon": 0.5},
    "temperatures": {"trigger": 1.0, "spans": 1.0, "pairs": 1.0, "relevance": 1.0},
    "relevance_shift": 1.0,
    "origin": "tagger/0",
}
LAYERS = ("trigger", "target", "weapon", "Weapon")
COLUMNS = 3 * len(LAYERS) + 6 + 4


def network() -> onnx.ModelProto:
    """Make a network that looks every piece up in a table of outputs, whatever stands beside it."""
    table = np.zeros((len(VOCABULARY), COLUMNS), dtype=np.float32)
    table[:, 0 : 3 * len(LAYERS) : 3] = 4.0
    begin, inside = 1, 2
    for word, layer, label in (
        ("hit", "trigger", begin), ("shelled", "trigger", begin), ("rocket", "weapon", begin),
        ("##s", "weapon", inside), ("base", "target", begin), ("airport", "target", begin),
        ("rocket", "Weapon", begin), ("##s", "Weapon", inside),
    ):  # fmt: skip
        table[VOCABULARY.index(word), 3 * LAYERS.index(layer) + label] = 9.0
    facets = 3 * len(LAYERS)
    table[VOCABULARY.index("hit"), [facets, facets + 2, facets + 4]] = 5.0
    table[VOCABULARY.index("shelled"), [facets + 1, facets + 3, facets + 5]] = 5.0
    for word, vector in (
        ("hit", (3, 0)),
        ("base", (3, 0)),
        ("shelled", (0, 3)),
        ("airport", (0, 3)),
    ):
        first = COLUMNS - (4 if word in ("hit", "shelled") else 2)
        table[VOCABULARY.index(word), first : first + 2] = vector
    table[VOCABULARY.index("base"), COLUMNS - 1] = -3
    initializers = [
        numpy_helper.from_array(table, "table"),
        numpy_helper.from_array(np.array([0], dtype=np.int64), "zero"),
        numpy_helper.from_array(np.array([2.0], dtype=np.float32), "two"),
    ]
    nodes = [
        helper.make_node("Squeeze", ["ids", "zero"], ["flat"]),
        helper.make_node("Gather", ["table", "flat"], ["columns"], axis=0),
        helper.make_node("Identity", ["two"], ["relevance"]),
    ]
    graph = helper.make_graph(
        nodes,
        "lookup",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, None])],
        [
            helper.make_tensor_value_info("columns", TensorProto.FLOAT, [None, COLUMNS]),
            helper.make_tensor_value_info("relevance", TensorProto.FLOAT, [1]),
        ],
        initializers,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pieces = {piece: number for number, piece in enumerate(VOCABULARY)}
    tokenizer = Tokenizer(WordPiece(pieces, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    (tmp_path / "tokenizer.json").write_text(tokenizer.to_str(), "utf-8")
    (tmp_path / "labels.json").write_text(json.dumps(TABLE), "utf-8")
    onnx.save(network(), tmp_path / "model.onnx")
    names = ("model.onnx", "tokenizer.json", "labels.json")
    sums = [f"{sha256((tmp_path / name).read_bytes()).hexdigest()}  {name}" for name in names]
    (tmp_path / "SHA256SUMS").write_text("\n".join(sums) + "\n", "utf-8")
    return tmp_path


def words(text: str, tagged: Tagged) -> list[tuple[str, str]]:
    return [(span.role, text[span.start : span.end]) for span in tagged.spans]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Rockets hit the base", [("weapon", "Rockets"), ("target", "base")]),
        ("ROCKETS at the Airport.", [("weapon", "ROCKETS"), ("target", "Airport")]),
        ("Él 😀 rockets", [("weapon", "rockets")]),
        ("rockets rockets", [("weapon", "rockets"), ("weapon", "rockets")]),
        ("no talks at the", []),
        ("", []),
        ("   \n ", []),
    ],
)
def test_spans_are_whole_words_at_their_offsets_in_the_text(
    folder: Path, text: str, spans: list[tuple[str, str]]
):
    assert words(text, load_tagger(folder).read(text)) == spans


def test_a_trigger_has_type_context_and_stance(folder: Path):
    tagged = load_tagger(folder).read("rockets hit the base, shelled the airport")
    told = [(t.type, t.context, t.stance) for t in tagged.triggers]
    assert told == [("rocket_attack", "reported", "asserted"), ("bombing", "background", "denied")]


def test_each_event_keeps_its_own_roles(folder: Path):
    text = "hit the base shelled the airport"
    tagged = load_tagger(folder).read(text)
    scores = {
        (
            text[tagged.triggers[p.trigger].start : tagged.triggers[p.trigger].end],
            text[tagged.spans[p.span].start : tagged.spans[p.span].end],
        ): p.score
        for p in tagged.pairs
    }
    together = {pair for pair, score in scores.items() if score > 0.9}
    assert together == {("hit", "base"), ("shelled", "airport")}
    assert len(scores) == 4


def test_a_reader_gets_the_roles_it_asks_for_as_if_it_had_asked_for_all(folder: Path):
    text = "hit the base with rockets"
    whole, asked = (load_tagger(folder).read(text, roles=r) for r in (None, ("target",)))
    assert asked.triggers == whole.triggers
    assert asked.fillers == ()
    assert asked.spans == tuple(s for s in whole.spans if s.role == "target") != whole.spans
    scores = [p.score for p in whole.pairs if whole.spans[p.span].role == "target"]
    assert [p.score for p in asked.pairs] == scores


def test_the_slots_of_muc4_stand_apart_from_the_roles(folder: Path):
    tagged = load_tagger(folder).read("rockets")
    assert [filler.role for filler in tagged.fillers] == ["Weapon"]
    assert [span.role for span in tagged.spans] == ["weapon"]


@pytest.mark.parametrize(
    ("inside", "begins", "found"),
    [
        ([0.9, 0.4, 0.1, 0.4], [], [(0, 2)]),  # the sure word takes the doubtful one along
        ([0.4, 0.4], [], []),  # doubtful words alone are no span
        ([0.9, 0.4, 0.9], [], [(0, 3)]),  # they bridge
        ([0.9, 0.9, 0.9], [2], [(0, 2), (2, 3)]),  # unless a span begins
        ([], [], []),
    ],
)
def test_the_sure_words_find_a_span_and_the_doubtful_ones_bound_it(
    inside: list[float], begins: list[int], found: list[tuple[int, int]]
):
    starts = np.isin(np.arange(len(inside)), begins)
    kept = runs(np.array(inside), starts, 0.7, 0.5)
    assert [(run.first, run.last) for run in kept] == found


def test_a_run_scores_the_mean_of_its_words():
    (run,) = runs(np.array([0.8, 0.4]), np.array([True, False]), 0.7, 0.5)
    assert run == Run(0, 2, pytest.approx(0.6))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pro-Iran men", ["pro-Iran", "men"]),
        ("the U.S. army", ["the", "U.S.", "army"]),
        ("at 3:30 a.m.", ["at", "3:30", "a.m."]),
        ("2,500 men.", ["2,500", "men", "."]),
        ("coalition.Washington", ["coalition", ".", "Washington"]),
        ("army's (AK-47)", ["army", "'", "s", "(", "AK-47", ")"]),
        ("no - yes", ["no", "-", "yes"]),
        ("in 2020. Two", ["in", "2020", ".", "Two"]),
        ("", []),
    ],
)
def test_a_hyphen_does_not_part_a_word_but_a_full_stop_does(text: str, words: list[str]):
    cut = BertPreTokenizer().pre_tokenize_str(text)
    found = words_of(text, range(len(cut)), [place for _, place in cut])
    spans = zip(found.starts, found.ends, strict=True)
    assert [text[start:end] for start, end in spans] == words


@pytest.mark.parametrize("length", [1, 7, 8, 9, 13, 14, 15, 50, 333])
def test_nothing_of_a_long_text_is_cut(folder: Path, length: int):
    text = " ".join(["base"] * length)
    found = load_tagger(folder).read(text).spans
    assert [span.start for span in found] == [5 * number for number in range(length)]


def test_the_same_text_gives_the_same_marks(folder: Path):
    text = "rockets hit the base " * 20
    tagger = load_tagger(folder)
    assert tagger.read(text) == tagger.read(text) == load_tagger(folder).read(text)


def test_scores_and_relevance_are_probabilities(folder: Path):
    tagged = load_tagger(folder).read("rockets hit the base")
    scores = [tagged.relevance, *(item.score for item in (*tagged.spans, *tagged.triggers))]
    assert all(0 <= score <= 1 for score in scores)
    assert tagged.relevance == pytest.approx(0.7311, abs=1e-4)


def _remove(folder: Path) -> None:
    (folder / "model.onnx").unlink()


def _change(folder: Path) -> None:
    path = folder / "labels.json"
    path.write_text(path.read_text("utf-8").replace("0.5", "0.4"), "utf-8")


def _garble(folder: Path) -> None:
    (folder / "SHA256SUMS").write_text("one two three\n", "utf-8")


def _break(folder: Path) -> None:
    content = b"no network"
    (folder / "model.onnx").write_bytes(content)
    sums = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    sums[0] = f"{sha256(content).hexdigest()}  model.onnx"
    (folder / "SHA256SUMS").write_text("\n".join(sums), "utf-8")


@pytest.mark.parametrize("harm", [_remove, _change, _garble, _break])
def test_missing_changed_or_broken_weights_are_one_clear_line(
    folder: Path, harm: Callable[[Path], None]
):
    harm(folder)
    with pytest.raises(ExtractError) as raised:
        load_tagger(folder)
    assert str(folder) in str(raised.value)
    assert "\n" not in str(raised.value)


@given(pieces=st.integers(0, 3000), size=st.integers(2, 300), shared=st.integers(0, 150))
def test_windows_cover_a_text_once(pieces: int, size: int, shared: int):
    overlap = min(shared, size // 2)
    windows = plan(pieces, size, overlap)
    assert all(0 < end - start <= size for start, end in windows)
    assert all(end - start >= overlap for (_, end), (start, _) in pairwise(windows))
    owned = [piece for first, last in owners(windows) for piece in range(first, last)]
    assert owned == list(range(pieces))
    for (start, end), (first, last) in zip(windows, owners(windows), strict=True):
        assert start <= first <= last <= end


def test_loading_the_module_needs_no_heavy_library():
    source = (WEIGHTS.parent / "tagger.py").read_text("utf-8")
    top = [line for line in source.splitlines() if line.startswith(("import ", "from "))]
    assert not any(name in line for line in top for name in ("numpy", "onnx", "tokenizers"))


@pytest.fixture(scope="module")
def shipped() -> Tagger:
    return load_tagger()


TWO_EVENTS = (
    "Two rockets hit an air base near Erbil on Monday, wounding three soldiers, an army spokesman "
    "said. A week earlier, gunmen had shot dead a judge in Kirkuk."
)


def found(text: str, tagged: Tagged) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for span in tagged.spans:
        told.setdefault(span.role, set()).add(text[span.start : span.end])
    return told


def test_the_shipped_weights_read_a_plain_report(shipped: Tagger):
    told = found(TWO_EVENTS, shipped.read(TWO_EVENTS))
    assert "Two" in told["munitions"]
    assert any("rockets" in words for words in told["weapon"])
    assert any("air base" in words for words in told["target"])
    assert any("three" in words for words in told["injured"])
    assert any("Monday" in words for words in told["time"])
    assert any("spokesman" in words for words in told["speaker"])
    assert any("gunmen" in words for words in told["perpetrator"])
    assert any("judge" in words for words in told["victim"] | told["target"])


def test_the_shipped_weights_keep_two_events_apart(shipped: Tagger):
    tagged = shipped.read(TWO_EVENTS)
    words = {TWO_EVENTS[t.start : t.end]: n for n, t in enumerate(tagged.triggers)}
    rockets, judge = words["hit"], words["shot dead"]
    assert tagged.triggers[rockets].type == "shelling_rocket_missile"
    scores = {(p.trigger, tagged.spans[p.span].role): p.score for p in tagged.pairs}
    assert scores[rockets, "munitions"] > 0.5 > scores[judge, "munitions"]
    assert scores[judge, "perpetrator"] > 0.5 > scores[rockets, "perpetrator"]


@pytest.mark.parametrize("change", [str.upper, str.lower])
def test_capitals_change_nothing(shipped: Tagger, change: Callable[[str], str]):
    plain, changed = shipped.read(TWO_EVENTS), shipped.read(change(TWO_EVENTS))
    assert plain == changed


@pytest.mark.parametrize(
    ("text", "relevant"),
    [
        (TWO_EVENTS, True),
        ("A car bomb killed at least nine people outside a bank in Mogadishu, police said.", True),
        ("The striker fired two late goals as the Rockets attacked from both wings.", False),
        ("The company will launch a rocket with six satellites from Florida on Friday.", False),
        ("Nurses walked out on Monday in a strike over pay, their union said.", False),
    ],
)
def test_the_shipped_weights_know_news_of_violence(shipped: Tagger, text: str, relevant: bool):
    assert (shipped.read(text).relevance >= 0.5) == relevant


def test_the_shipped_weights_are_small_and_described():
    assert (WEIGHTS / "model.onnx").stat().st_size <= 25_000_000
    card = (WEIGHTS / "MODEL_CARD.md").read_text("utf-8")
    for name in ("Apache-2.0", "MUC-4", "WikiEvents", "RAMS", "CC BY-SA", "M2E2", "cannot do"):
        assert name in card
