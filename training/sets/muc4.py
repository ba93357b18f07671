"""MUC-4: lower-cased news on attacks in Latin America, the fillers of templates with offsets."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from training.mapping import SetMap
from training.passages import Mark, Passage, occurrences


def read(path: Path, table: SetMap) -> Iterator[Passage]:
    """Yield the documents of a file of JSON lines."""
    for line in path.read_text("utf-8").splitlines():
        yield passage(json.loads(line), table)


def passage(row: Mapping[str, Any], table: SetMap) -> Passage:
    """Read one document: each filler where it is first named; later mentions stay unknown.

    Whether a document is relevant is not asked: most tell of violence, with or without a template.
    """
    text = row["doctext"]
    found = {
        (slot, start, start + len(words))
        for template in row["templates"]
        for slot in table.layers
        for entity in template[slot]
        for words, start in entity
    }
    marks = tuple(Mark(*item) for item in sorted(found, key=lambda m: (m[1], -m[2])))
    unknown = {
        Mark(mark.layer, place, place + mark.end - mark.start)
        for mark in marks
        for place in occurrences(text, text[mark.start : mark.end])
    }
    return Passage(
        id=row["docid"],
        text=text,
        marks=marks,
        layers=table.layers,
        unknown=tuple(sorted(unknown - set(marks), key=lambda m: (m.start, m.layer))),
        weight=table.weight,
    )
