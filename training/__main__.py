"""Make the tagger's weights: read the sets, train, export to int8, calibrate, measure."""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import torch

from dateline.codebook import load_codebook
from dateline.evaluate.muc4 import read_documents, score_muc4
from dateline.extract.decoding import Scheme
from dateline.extract.tagger import Tagger, read_scheme
from training.calibrate import calibrate
from training.encode import read_tokenizer
from training.export import export
from training.loop import WINDOW, Settings, train
from training.mapping import Labels, read_labels, read_map
from training.measure import measure
from training.model import PAIR, load_encoder
from training.model import Tagger as Network
from training.passages import Passage, part_of
from training.sets import m2e2, muc4, own, rams, wikievents

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "training" / "corpus"
CODEBOOK = ROOT / "src" / "dateline" / "codebook"
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
ORIGIN = "tagger/1"
_SAMPLES = 80


def main() -> None:
    """Run the steps in order; a run that was cut off goes on after its last whole epoch."""
    asked = _arguments()
    torch.set_num_threads(asked.threads)
    torch.use_deterministic_algorithms(mode=True)
    encoder = _encoder(asked.encoder_dir)
    asked.out.mkdir(parents=True, exist_ok=True)
    labels = read_labels()
    tokenizer = read_tokenizer(str(asked.encoder_dir / "tokenizer.json"))
    corpus = list(own.read(CORPUS, read_map("own"), labels.types, CODEBOOK))
    parts = {
        part: [passage for passage in corpus if part_of(passage.id) == part]
        for part in ("train", "tune", "test")
    }
    others = list(_public(asked.data))
    if asked.limit:
        parts = {part: passages[: asked.limit] for part, passages in parts.items()}
        others = list(islice(others, 0, None, max(1, len(others) // asked.limit)))
    sizes = ", ".join(f"{len(found)} to {part}" for part, found in parts.items())
    _tell(f"own corpus: {sizes}; other sets: {len(others)}")

    settings = Settings(epochs=asked.epochs, seed=asked.seed)
    torch.manual_seed(settings.seed)
    network = Network(labels)
    load_encoder(network, encoder)
    train(network, parts["train"], others, tokenizer, settings, asked.out / "checkpoint.pt")

    full, small = export(network, asked.out, _samples(parts["train"], tokenizer))
    shutil.copyfile(asked.encoder_dir / "tokenizer.json", asked.out / "tokenizer.json")
    documents = read_documents(asked.data / "muc4")[: asked.limit or None]
    grammar = load_codebook().grammar("events")
    figures: dict[str, Any] = {"settings": asdict(settings)}
    schemes: dict[Path, Scheme] = {}
    for path in (full, small):
        tagger = Tagger(_session(path, asked.threads), tokenizer, _scheme(labels, tokenizer))
        calibrate(tagger, labels, parts["tune"], documents)
        schemes[path] = tagger.scheme
        found = [tagger.read(passage.text) for passage in parts["test"]]
        measures = measure(parts["test"], found, ("trigger", *labels.roles))
        dev = asked.data / "muc4" / "dev.jsonl"
        slots = score_muc4(dev, tagger, grammar) if not asked.limit else None
        lines = [*measures.lines(), *(slots.lines() if slots else ())]
        figures[path.stem] = lines
        _tell(f"-- {path.name}", *lines)
    (asked.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    _finish(asked.out, schemes[small])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    add = parser.add_argument
    add("--encoder-dir", type=Path, required=True, help="holds model.safetensors, tokenizer.json")
    add("--data", type=Path, required=True, help="holds the public sets, see training/README.md")
    add("--out", type=Path, required=True, help="for checkpoint, weights and figures")
    add("--epochs", type=int, default=Settings().epochs)
    add("--seed", type=int, default=Settings().seed)
    add("--threads", type=int, default=2)
    add("--limit", type=int, default=0, help="read only so many passages, to try the chain")
    return parser.parse_args()


def _encoder(folder: Path) -> Path:
    path = folder / "model.safetensors"
    try:
        found = sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        sys.exit(f"{folder}: no encoder there ({error}); see training/README.md")
    if found != ENCODER_SHA256:
        sys.exit(f"{path}: SHA-256 {found} is not that of the encoder; see training/README.md")
    return path


def _public(data: Path) -> Iterator[Passage]:
    yield from muc4.read(data / "muc4" / "train.jsonl", read_map("muc4"))
    yield from wikievents.read(
        data / "wikievents_train" / "wiki-train-human.jsonl", read_map("wikievents")
    )
    yield from rams.read(data / "wikievents_rams" / "rams" / "dev.jsonlines", read_map("rams"))
    yield from m2e2.read(data / "m2e2" / "m2e2_annotations.zip", read_map("m2e2"))


def _samples(passages: Sequence[Passage], tokenizer: Any) -> list[list[int]]:  # noqa: ANN401
    """Give some windows of pieces, to see the range of the network's numbers on them."""
    chosen = passages[:: max(1, len(passages) // _SAMPLES)]
    return [tokenizer.encode(passage.text).ids[:WINDOW] for passage in chosen]


def _scheme(labels: Labels, tokenizer: Any) -> Scheme:  # noqa: ANN401
    return read_scheme(
        {
            **asdict(labels),
            "pair_size": PAIR,
            "window": WINDOW,
            "overlap": 64,
            "opening": tokenizer.token_to_id("[CLS]"),
            "closing": tokenizer.token_to_id("[SEP]"),
            "reach": 0.55,
            "thresholds": dict.fromkeys(labels.layers, 0.5),
            "temperatures": dict.fromkeys(("trigger", "spans", "pairs", "relevance"), 1.0),
            "relevance_shift": 0.0,
            "origin": ORIGIN,
        }
    )


def _session(path: Path, threads: int) -> Any:  # noqa: ANN401
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _finish(folder: Path, scheme: Scheme) -> None:
    """Write the labels and the sums that the package checks when it loads the weights."""
    (folder / "labels.json").write_text(json.dumps(asdict(scheme), indent=1) + "\n", "utf-8")
    names = ("labels.json", "model.onnx", "tokenizer.json")
    sums = (f"{sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    (folder / "SHA256SUMS").write_text("".join(sums), "utf-8")


def _tell(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
