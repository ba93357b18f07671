"""The training loop and the export, on a network of a few numbers; needs the extra `train`."""

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from tokenizers import Tokenizer  # noqa: E402
from tokenizers.models import WordLevel  # noqa: E402
from tokenizers.pre_tokenizers import BertPreTokenizer  # noqa: E402
from training import export, loop, model  # noqa: E402
from training.mapping import read_labels  # noqa: E402
from training.passages import Event, Mark, Passage  # noqa: E402

SIZES = {
    "HIDDEN": 24, "HEADS": 2, "LAYERS": 2, "INNER": 32, "VOCABULARY": 120, "POSITIONS": 40,
    "_TOP": 16,
}  # fmt: skip
TEXT = "rockets hit the base"
PASSAGE = Passage(
    id="one",
    text=TEXT,
    marks=(
        Mark("weapon", 0, 7, ("e1",)),
        Mark("trigger", 8, 11, ("e1",)),
        Mark("target", 12, 20, ("e1",)),
    ),
    layers=frozenset(("trigger", "weapon", "target", "victim")),
    events={"e1": Event("shelling_rocket_missile", "reported", "asserted")},
    relevant=True,
    paired=True,
)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in SIZES.items():
        monkeypatch.setattr(model, name, size)


def network() -> Any:
    torch.manual_seed(1)
    return model.Tagger(read_labels())


def train(path: Path, epochs: int = 3) -> Any:
    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(TEXT.split())}, "the"))
    tokenizer.pre_tokenizer = BertPreTokenizer()
    trained = network()
    settings = loop.Settings(epochs=epochs)
    loop.train(trained, [PASSAGE] * 4, [PASSAGE], tokenizer, settings, path)
    return trained


def numbers(trained: Any) -> Any:
    return torch.cat([value.flatten() for value in trained.state_dict().values()])


def test_a_run_that_was_cut_off_ends_as_if_it_had_not_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    whole = train(tmp_path / "whole.pt")
    step, seen = loop._step, []

    def cut(*given: Any) -> float:
        seen.append(1)
        if len(seen) > batches:
            raise KeyboardInterrupt
        return step(*given)

    batches = torch.load(tmp_path / "whole.pt", weights_only=False)["optimizer"]["state"][0]["step"]
    batches = int(batches) * 2 // 3
    monkeypatch.setattr(loop, "_step", cut)
    with pytest.raises(KeyboardInterrupt):
        train(tmp_path / "cut.pt")
    monkeypatch.setattr(loop, "_step", step)
    assert torch.load(tmp_path / "cut.pt", weights_only=False)["epoch"] == 2
    assert torch.equal(numbers(train(tmp_path / "cut.pt")), numbers(whole))


def test_other_settings_refuse_a_checkpoint(tmp_path: Path):
    train(tmp_path / "one.pt", epochs=1)
    with pytest.raises(SystemExit, match="other settings"):
        train(tmp_path / "one.pt", epochs=2)


def test_what_is_exported_is_the_average_of_the_weights(tmp_path: Path):
    trained = train(tmp_path / "one.pt")
    saved = torch.load(tmp_path / "one.pt", weights_only=False)
    name = "head.weight"
    assert torch.equal(trained.state_dict()[name], saved["average"][name])
    assert not torch.equal(saved["model"][name], saved["average"][name])


def test_parts_made_ready_for_int8_tell_the_same_and_are_put_back():
    trained = network().eval()
    pieces = [101, 1, 2, 3, 102]
    before = trained.columns(torch.tensor([pieces]))[0]
    layers = [layer.down for layer in trained.layers]
    with export._reducible(trained, [pieces]):
        between = trained.columns(torch.tensor([pieces]))[0]
        assert trained.layers[0].down is not layers[0]
    assert [layer.down for layer in trained.layers] == layers
    assert torch.allclose(before, between, atol=0.05)
    assert torch.equal(before, trained.columns(torch.tensor([pieces]))[0])
