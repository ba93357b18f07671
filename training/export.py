"""From the trained network to ONNX: fp32 for comparison, int8 for shipping."""

import contextlib
import io
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.model import Embeddings, Tagger

_OPSET = 17
# The products whose input has columns far larger than the rest, which int8 with one scale for all
# would round badly; how far the scale moves from input (1) to weights (0) is told by `_EVENED`
# (Xiao et al. 2023, "SmoothQuant").
_UNEVEN = ("up", "down")
_EVENED = 0.8
_LEAST = 1e-4


class _Rows(nn.Module):
    """An embedding table in int8, one scale a row."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (table / scale).round().to(torch.int8))

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scale[ids]


class _Even(nn.Module):
    """A linear layer whose input is brought to columns of like size; its output is the same."""

    def __init__(self, linear: nn.Linear, largest: Tensor) -> None:
        super().__init__()
        weights = linear.weight.detach()
        heaviest = weights.abs().amax(0).clamp(min=_LEAST)
        scale = largest.clamp(min=_LEAST) ** _EVENED / heaviest ** (1 - _EVENED)
        self.linear = nn.Linear(linear.in_features, linear.out_features)
        self.linear.weight.data = weights * scale
        self.linear.bias.data = linear.bias.detach()
        self.register_buffer("shrink", 1 / scale)

    def forward(self, states: Tensor) -> Tensor:
        result: Tensor = self.linear(states * self.shrink)
        return result


class _Shipped(nn.Module):
    """The network as it is run: one window without padding."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        columns, relevance = self.model.columns(ids)
        return columns[0], relevance[0]


def export(model: Tagger, folder: Path, samples: Sequence[Sequence[int]]) -> tuple[Path, Path]:
    """Write `full.onnx` (fp32) and `model.onnx` (int8) to a folder; gives their paths.

    `samples` are windows of pieces to see by how large the numbers inside the network grow.
    """
    model.eval()
    full, small = folder / "full.onnx", folder / "model.onnx"
    _write(model, full)
    between = folder / "rows.onnx"
    with _reducible(model, samples):
        _write(model, between)
    quantize_dynamic(
        between,
        small,
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        weight_type=QuantType.QInt8,
    )
    between.unlink()
    return full, small


@contextlib.contextmanager
def _reducible(model: Tagger, samples: Sequence[Sequence[int]]) -> Iterator[None]:
    """Put the parts in place that bear being reduced to int8, and the trained ones back."""
    table: Embeddings = model.embeddings
    words = table.words
    places = [(layer, name) for layer in model.layers for name in _UNEVEN]
    trained = [getattr(layer, name) for layer, name in places]
    largest = _largest(model, trained, samples)
    try:
        table.words = _Rows(words.weight.detach())  # type: ignore[assignment]
        for (layer, name), linear, size in zip(places, trained, largest, strict=True):
            setattr(layer, name, _Even(linear, size))
        yield
    finally:
        table.words = words
        for (layer, name), linear in zip(places, trained, strict=True):
            setattr(layer, name, linear)


def _largest(
    model: Tagger, linears: Sequence[nn.Linear], samples: Sequence[Sequence[int]]
) -> list[Tensor]:
    """Give, for each linear layer, the largest size every column of its input takes."""
    found = [torch.zeros(linear.in_features) for linear in linears]

    def watch(number: int, states: Tensor) -> None:
        found[number] = torch.maximum(found[number], states.abs().amax((0, 1)))

    hooks = [
        linear.register_forward_pre_hook(lambda _, given, number=number: watch(number, given[0]))
        for number, linear in enumerate(linears)
    ]
    with torch.no_grad():
        for pieces in samples:
            model.columns(torch.tensor([pieces]))
    for hook in hooks:
        hook.remove()
    return found


def _write(model: Tagger, path: Path) -> None:
    shipped = _Shipped(model).eval()
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        torch.onnx.export(
            shipped,
            (torch.ones(1, 40, dtype=torch.int64),),
            str(path),
            input_names=["ids"],
            output_names=["columns", "relevance"],
            dynamic_axes={"ids": {1: "pieces"}, "columns": {0: "pieces"}},
            opset_version=_OPSET,
            dynamo=False,
        )
