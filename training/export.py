"""From the trained network to ONNX: fp32 for comparison, int8 for shipping."""

import contextlib
import io
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.model import Embeddings, Tagger

_OPSET = 17


class _Rows(nn.Module):
    """An embedding table in int8, one scale a row."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (table / scale).round().to(torch.int8))

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scale[ids]


class _Shipped(nn.Module):
    """The network as it is run: one window without padding."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        columns, relevance = self.model.columns(ids)
        return columns[0], relevance[0]


def export(model: Tagger, folder: Path) -> tuple[Path, Path]:
    """Write `full.onnx` (fp32) and `model.onnx` (int8) to a folder; gives their paths."""
    model.eval()
    full, small = folder / "full.onnx", folder / "model.onnx"
    _write(model, full)
    table: Embeddings = model.embeddings
    words = table.words
    between = folder / "rows.onnx"
    table.words = _Rows(words.weight.detach())  # type: ignore[assignment]
    try:
        _write(model, between)
    finally:
        table.words = words
    quantize_dynamic(
        between,
        small,
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        weight_type=QuantType.QInt8,
    )
    between.unlink()
    return full, small


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
