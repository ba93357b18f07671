"""RAMS: one event and its arguments in a window of five sentences, by word index."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from training.mapping import SetMap
from training.passages import Event, Mark, Passage, join_words

_ROLE = re.compile(r"^evt\d+arg\d+")


def read(path: Path, table: SetMap) -> Iterator[Passage]:
    """Yield the windows of a file of JSON lines that tell of violence."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if table.kind(_kind(row)) is not None or table.is_unknown(_kind(row)):
            yield passage(row, table)


def _kind(row: Mapping[str, Any]) -> str:
    return str(row["evt_triggers"][0][2][0][0])


def passage(row: Mapping[str, Any], table: SetMap) -> Passage:
    """Read one window; every word outside the trigger's sentence is unknown in all layers."""
    text, offsets = join_words([word for sentence in row["sentences"] for word in sentence])
    kind = _kind(row)
    first, last = row["evt_triggers"][0][:2]
    start, end = offsets[first][0], offsets[last][1]
    marks: list[Mark] = []
    unknown: list[Mark] = []
    ours = table.kind(kind)
    if ours is not None:
        marks.append(Mark("trigger", start, end, ("1",), whole=False))
    else:
        unknown.append(Mark("trigger", start, end))
    for _, (left, right), name in row["gold_evt_links"]:
        role = table.role(kind, _ROLE.sub("", name))
        if role:
            marks.append(Mark(role, offsets[left][0], offsets[right][1], whole=False))
    place = 0
    for sentence in row["sentences"]:
        beyond = place + len(sentence)
        if sentence and not place <= first < beyond:
            left, right = offsets[place][0], offsets[beyond - 1][1]
            unknown += [Mark(layer, left, right) for layer in sorted(table.layers)]
        place = beyond
    return Passage(
        id=row["doc_key"],
        text=text,
        marks=tuple(sorted(marks, key=lambda m: (m.start, m.end, m.layer))),
        layers=table.layers,
        events={} if ours is None else {"1": Event(ours or None)},
        unknown=tuple(unknown),
        weight=table.weight,
        quiet=table.quiet,
    )
