"""The training loop: seeded, resumable after each epoch, progress on standard error."""

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.encode import UNKNOWN, Example, encode, join_passages, without_headline
from training.losses import loss_of
from training.mapping import Labels
from training.model import Tagger
from training.passages import Passage

_CLS, _SEP, _MASK, _PAD = 101, 102, 103, 0
WINDOW = 254
_REPORT_EVERY = 25
_HEADS = ("top", "head", "relevance")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is; the checkpoint is refused where they differ."""

    epochs: int = 8
    seed: int = 13
    pieces: int = 3072
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    own_copies: int = 3
    masked: float = 0.05
    average: float = 0.998


def train(
    model: Tagger,
    own: Sequence[Passage],
    others: Sequence[Passage],
    tokenizer: Tokenizer,
    settings: Settings,
    checkpoint: Path,
) -> None:
    """Train a model in place, from the last finished epoch where the checkpoint has one.

    What the model holds in the end is the running average of its weights, which is steadier than
    the last of them.
    """
    torch.manual_seed(settings.seed)
    optimizer = _optimizer(model, settings)
    average = {name: weights.detach().clone() for name, weights in _trained(model)}
    steps = settings.epochs * len(_epoch(own, others, tokenizer, model.labels, settings, 0))
    done = _resume(model, optimizer, average, settings, checkpoint)
    step = steps * done // settings.epochs
    for epoch in range(done, settings.epochs):
        torch.manual_seed(settings.seed + epoch)
        batches = _epoch(own, others, tokenizer, model.labels, settings, epoch)
        generator = _dice(f"{settings.seed} masks {epoch}")
        model.train()
        began, total = time.monotonic(), 0.0
        for number, batch in enumerate(batches, 1):
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * _slope(step / steps, settings.warmup)
            total += _step(model, optimizer, batch, settings, generator)
            step += 1
            _follow(average, model, min(settings.average, step / (step + 10)))
            if number % _REPORT_EVERY == 0 or number == len(batches):
                spent = time.monotonic() - began
                print(
                    f"epoch {epoch + 1}/{settings.epochs} batch {number}/{len(batches)} "
                    f"loss {total / number:.4f} {spent / number:.2f} s a batch",
                    file=sys.stderr,
                    flush=True,
                )
        torch.save(
            {
                "settings": settings,
                "epoch": epoch + 1,
                "model": model.state_dict(),
                "average": average,
                "optimizer": optimizer.state_dict(),
            },
            checkpoint,
        )
    model.load_state_dict(average, strict=False)


def _follow(average: dict[str, Tensor], model: Tagger, inertia: float) -> None:
    """Draw the average a little towards the model's present weights."""
    with torch.no_grad():
        for name, weights in _trained(model):
            average[name].lerp_(weights, 1 - inertia)


def _trained(model: Tagger) -> list[tuple[str, nn.Parameter]]:
    return [(name, held) for name, held in model.named_parameters() if held.requires_grad]


def _dice(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311  chance for training, not for secrets


def _optimizer(model: Tagger, settings: Settings) -> torch.optim.Optimizer:
    heads, encoder = [], []
    for name, weights in _trained(model):
        (heads if name.startswith(_HEADS) else encoder).append(weights)
    groups = [
        {"params": encoder, "peak": settings.rate},
        {"params": heads, "peak": settings.head_rate},
    ]
    return torch.optim.AdamW(groups, lr=settings.rate, weight_decay=0.01, fused=True)


def _slope(part: float, warmup: float) -> float:
    """Give the share of the peak rate: up over the warm-up, then down in a line."""
    return part / warmup if part < warmup else max(0.02, (1 - part) / (1 - warmup))


def _resume(
    model: Tagger,
    optimizer: torch.optim.Optimizer,
    average: dict[str, Tensor],
    settings: Settings,
    checkpoint: Path,
) -> int:
    if not checkpoint.exists():
        return 0
    saved = torch.load(checkpoint, weights_only=False)
    if saved["settings"] != settings:
        sys.exit(f"{checkpoint}: made with other settings; remove it or name another --out")
    model.load_state_dict(saved["model"])
    average.update(saved["average"])
    optimizer.load_state_dict(saved["optimizer"])
    return int(saved["epoch"])


def _epoch(
    own: Sequence[Passage],
    others: Sequence[Passage],
    tokenizer: Tokenizer,
    labels: Labels,
    settings: Settings,
    epoch: int,
) -> list[list[Example]]:
    """Give the batches of one epoch: our own corpus several times over, the other sets once."""
    generator = _dice(f"{settings.seed} {epoch}")
    examples: list[Example] = []
    for passage in _own(own, settings.own_copies, generator):
        examples += encode(passage, tokenizer, labels, WINDOW)
    for passage in others:
        offset = generator.randrange(WINDOW // 2)
        for example in encode(passage, tokenizer, labels, WINDOW, offset):
            if (example.layers > 0).any() or generator.random() < passage.quiet:
                examples.append(example)
    return _batches(examples, settings.pieces, generator)


def _own(own: Sequence[Passage], copies: int, generator: random.Random) -> Iterator[Passage]:
    """Yield each passage `copies` times: whole, then without headline or joined to others."""
    yield from own
    for _ in range(copies - 1):
        mixed = list(own)
        generator.shuffle(mixed)
        while mixed:
            count = generator.choice((1, 1, 2, 3))
            taken, mixed = mixed[:count], mixed[count:]
            if generator.random() < 0.3:  # noqa: PLR2004
                taken = [without_headline(passage) for passage in taken]
            yield taken[0] if len(taken) == 1 else join_passages(taken)


def _batches(examples: list[Example], pieces: int, generator: random.Random) -> list[list[Example]]:
    generator.shuffle(examples)
    examples.sort(key=lambda e: len(e.ids) // 16)
    batches: list[list[Example]] = [[]]
    for example in examples:
        longest = max([len(example.ids), *(len(e.ids) for e in batches[-1])]) + 2
        if batches[-1] and longest * (len(batches[-1]) + 1) > pieces:
            batches.append([])
        batches[-1].append(example)
    generator.shuffle(batches)
    return batches


def _step(
    model: Tagger,
    optimizer: torch.optim.Optimizer,
    batch: Sequence[Example],
    settings: Settings,
    generator: random.Random,
) -> float:
    ids, mask, layers, facets = _padded(batch, len(model.labels.layers))
    hidden = torch.tensor([generator.random() < settings.masked for _ in range(ids.numel())])
    ids[hidden.view_as(ids) & (ids > _MASK)] = _MASK
    with torch.autocast("cpu", torch.bfloat16):
        output = model(ids, mask)
    loss = loss_of(output, batch, layers, facets)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def _padded(batch: Sequence[Example], layers: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    length = max(len(example.ids) for example in batch) + 2
    ids = np.full((len(batch), length), _PAD, dtype=np.int64)
    mask = np.zeros((len(batch), length), dtype=np.float32)
    wanted = np.full((len(batch), length, layers), UNKNOWN, dtype=np.int64)
    facets = np.full((len(batch), length, 3), UNKNOWN, dtype=np.int64)
    for row, example in enumerate(batch):
        size = len(example.ids)
        ids[row, : size + 2] = [_CLS, *example.ids, _SEP]
        mask[row, : size + 2] = 1
        wanted[row, 1 : size + 1] = example.layers
        facets[row, 1 : size + 1] = example.facets
    return (
        torch.from_numpy(ids),
        torch.from_numpy(mask),
        torch.from_numpy(wanted),
        torch.from_numpy(facets),
    )
