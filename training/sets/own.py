"""Our own corpus: passages with marks `<<e1.role|words>>`, every role annotated throughout."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from training.mapping import SetMap
from training.passages import Event, Mark, Passage

_MARK = re.compile(r"<<([a-z0-9+]+)\.([a-z+]+)\|([^<>|]+)>>")


def read(folder: Path, table: SetMap, types: Sequence[str], codebook: Path) -> Iterator[Passage]:
    """Yield the passages of every `*.jsonl` of a folder, in the order of their files."""
    parents = _parents(codebook)
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield passage(json.loads(line), table, types, parents)


def passage(
    row: Mapping[str, Any], table: SetMap, types: Sequence[str], parents: Mapping[str, str | None]
) -> Passage:
    """Read one row: the text without its marks, and the marks with offsets into it."""
    parts: list[str] = []
    marks: list[Mark] = []
    length = last = 0
    for match in _MARK.finditer(row["text"]):
        before = row["text"][last : match.start()]
        start = length + len(before)
        length = start + len(match[3])
        parts += [before, match[3]]
        last = match.end()
        events = tuple(match[1].split("+"))
        marks += [Mark(layer, start, length, events) for layer in match[2].split("+")]
    parts.append(row["text"][last:])
    events = {
        name: Event(_coarse(told["type"], table, types, parents), told["context"], told["stance"])
        for name, told in row["events"].items()
    }
    return Passage(
        id=row["id"],
        text="".join(parts),
        marks=tuple(marks),
        layers=table.layers,
        events=events,
        relevant=row["relevant"],
        weight=table.weight,
        quiet=table.quiet,
        paired=True,
    )


def _parents(codebook: Path) -> dict[str, str | None]:
    table = tomllib.loads((codebook / "event_types.toml").read_text("utf-8"))
    return {name: entry.get("parent") for name, entry in table.items()}


def _coarse(
    fine: str, table: SetMap, types: Sequence[str], parents: Mapping[str, str | None]
) -> str | None:
    name: str | None = table.triggers.get(fine, fine)
    while name is not None and name not in types:
        name = parents[name]
    return name
