"""What the network is taught by: one number a batch, with what a set did not annotate left out."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training.encode import SOME, UNKNOWN, Example
from training.model import PAIR, Output

# How much each part counts beside the span layers.
_TYPE, _CONTEXT, _STANCE, _PAIRS, _RELEVANCE = 0.7, 0.4, 0.15, 1.0, 0.8
# A passage with several events teaches the pair head more than one with a single event.
_SEVERAL = 3.0


def loss_of(output: Output, examples: Sequence[Example], layers: Tensor, facets: Tensor) -> Tensor:
    """Give the loss of a batch.

    `layers` (batch by pieces by layers) and `facets` (batch by pieces by 3) are padded with
    UNKNOWN.
    """
    weights = torch.tensor([example.weight for example in examples])
    total = _spans(output.layers, layers, weights)
    parts = (_TYPE, _CONTEXT, _STANCE)
    for number, (part, logits) in enumerate(zip(parts, output.facets, strict=True)):
        wanted = facets[..., number]
        if (wanted != UNKNOWN).any():
            total = total + part * functional.cross_entropy(
                logits.flatten(0, 1), wanted.flatten(), ignore_index=UNKNOWN
            )
    told = torch.tensor([example.relevant for example in examples])
    known = ~told.isnan()
    if known.any():
        total = total + _RELEVANCE * functional.binary_cross_entropy_with_logits(
            output.relevance[known], told[known]
        )
    return total + _PAIRS * _pairs(output, examples)


def _spans(logits: Tensor, wanted: Tensor, weights: Tensor) -> Tensor:
    """Sum over the layers, mean over the pieces; SOME is served by begin and inside alike."""
    logs = functional.log_softmax(logits, -1)
    exact = logs.gather(-1, wanted.clamp(0, 2)[..., None])[..., 0]
    either = torch.logaddexp(logs[..., 1], logs[..., 2])
    chosen = torch.where(wanted == SOME, either, exact)
    known = (wanted != UNKNOWN) * weights[:, None, None]
    pieces = (wanted != UNKNOWN).any(-1).sum().clamp(min=1)
    return -(chosen * known).sum() / pieces


def _pairs(output: Output, examples: Sequence[Example]) -> Tensor:
    losses: list[Tensor] = []
    count = 0.0
    for number, example in enumerate(examples):
        if not example.pairs.size:
            continue
        asks = _means(output.asks[number, 1:], example.triggers)
        answers = _means(output.answers[number, 1:], example.spans)
        wanted = torch.from_numpy(example.pairs)
        weight = _SEVERAL if bool(np.any(example.pairs == 0)) else 1.0
        scores = asks @ answers.T * PAIR**-0.5
        losses.append(
            weight * functional.binary_cross_entropy_with_logits(scores, wanted, reduction="sum")
        )
        count += weight * wanted.numel()
    return torch.stack(losses).sum() / count if losses else torch.zeros(())


def _means(states: Tensor, ranges: Sequence[tuple[int, int]]) -> Tensor:
    return torch.stack([states[first:last].mean(0) for first, last in ranges])
