"""The network: a MiniLM encoder in plain torch and the light heads on top of it."""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from training.mapping import Labels

HIDDEN, HEADS, LAYERS, INNER, VOCABULARY, POSITIONS = 384, 12, 6, 1536, 30522, 512
_EPSILON = 1e-12
PAIR = 64
_TOP = 384


class Embeddings(nn.Module):
    """Words and positions; frozen in training (the type of segment is folded into positions)."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Parameter(torch.zeros(POSITIONS, HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=_EPSILON)

    def forward(self, ids: Tensor) -> Tensor:
        """Give batch by pieces by HIDDEN."""
        return self.norm(self.words(ids) + self.positions[: ids.shape[1]])


class Layer(nn.Module):
    """One transformer layer, norms after the residuals as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.query, self.key, self.value, self.out = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.first, self.second = (nn.LayerNorm(HIDDEN, eps=_EPSILON) for _ in range(2))

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """Attend, then feed forward; `mask` is added to the attention scores."""
        batch, length, _ = states.shape
        query, key, value = (
            part(states).view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5
        if mask is not None:
            scores = scores + mask
        mixed = (torch.softmax(scores, -1) @ value).transpose(1, 2).reshape(batch, length, HIDDEN)
        states = self.first(states + self.dropout(self.out(mixed)))
        wide = functional.gelu(self.up(states))
        return self.second(states + self.dropout(self.down(wide)))


@dataclass(frozen=True, slots=True)
class Output:
    """What the network says of each piece, and how relevant the window is (a logit).

    `layers` is batch by pieces by layers by (outside, begin, inside); `facets` are the logits of
    type, context and stance; `asks` and `answers` are the two sides of the pair score.
    """

    layers: Tensor
    facets: tuple[Tensor, Tensor, Tensor]
    asks: Tensor
    answers: Tensor
    relevance: Tensor


class Tagger(nn.Module):
    """Encoder, one layer that looks at the neighbours, and a linear head for everything."""

    def __init__(self, labels: Labels, dropout: float = 0.1) -> None:
        super().__init__()
        self.labels = labels
        self.sizes = (
            3 * len(labels.layers), len(labels.types), len(labels.contexts), len(labels.stances),
            PAIR, PAIR,
        )  # fmt: skip
        self.embeddings = Embeddings()
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.top = nn.Linear(3 * HIDDEN, _TOP)
        self.head = nn.Linear(HIDDEN + _TOP, sum(self.sizes))
        self.relevance = nn.Linear(2 * HIDDEN, 1)
        self.dropout = nn.Dropout(dropout)

    def columns(self, ids: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Give all per-piece outputs side by side, and the logit of relevance.

        `mask` is batch by pieces, 1 for real pieces; None where all are.
        """
        states = self.embeddings(ids)
        added = None
        if mask is not None:
            added = (1.0 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            states = layer(states, added)
        weights = torch.ones_like(states[..., :1]) if mask is None else mask[..., None]
        mean = (states * weights).sum(1) / weights.sum(1)
        relevance = self.relevance(torch.cat([states[:, 0], mean], -1))
        blank = torch.zeros_like(states[:, :1])
        near = torch.cat(
            [
                torch.cat([blank, states[:, :-1]], 1),
                states,
                torch.cat([states[:, 1:], blank], 1),
            ],
            -1,
        )
        top = torch.cat([states, functional.gelu(self.top(self.dropout(near)))], -1)
        return self.head(self.dropout(top)), relevance

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Output:
        """Give the outputs by name."""
        columns, relevance = self.columns(ids, mask)
        spans, kinds, contexts, stances, asks, answers = columns.float().split(self.sizes, -1)
        return Output(
            layers=spans.unflatten(-1, (len(self.labels.layers), 3)),
            facets=(kinds, contexts, stances),
            asks=asks,
            answers=answers,
            relevance=relevance.float()[:, 0],
        )


def load_encoder(model: Tagger, path: Path) -> None:
    """Copy the encoder's tensors from a BERT-shaped safetensors file."""
    tensors = load_file(path)
    words = model.embeddings
    words.words.weight.data.copy_(tensors["embeddings.word_embeddings.weight"])
    words.positions.data.copy_(
        tensors["embeddings.position_embeddings.weight"]
        + tensors["embeddings.token_type_embeddings.weight"][0]
    )
    _copy(words.norm, tensors, "embeddings.LayerNorm")
    for number, layer in enumerate(model.layers):
        name = f"encoder.layer.{number}"
        _copy(layer.query, tensors, f"{name}.attention.self.query")
        _copy(layer.key, tensors, f"{name}.attention.self.key")
        _copy(layer.value, tensors, f"{name}.attention.self.value")
        _copy(layer.out, tensors, f"{name}.attention.output.dense")
        _copy(layer.first, tensors, f"{name}.attention.output.LayerNorm")
        _copy(layer.up, tensors, f"{name}.intermediate.dense")
        _copy(layer.down, tensors, f"{name}.output.dense")
        _copy(layer.second, tensors, f"{name}.output.LayerNorm")
    for parameter in words.parameters():
        parameter.requires_grad = False


def _copy(module: nn.Linear | nn.LayerNorm, tensors: dict[str, Tensor], name: str) -> None:
    module.weight.data.copy_(tensors[f"{name}.weight"])
    module.bias.data.copy_(tensors[f"{name}.bias"])
