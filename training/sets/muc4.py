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
    """Read one document: each filler wherever it is named, since templates tell of the whole text.

    A document with a template is relevant; of the others nothing is said: most tell of violence,
    too.
    """
    text = row["doctext"]
    fillers = {
        (slot, words)
        for template in row["templates"]
        for slot in table.layers
        for entity in template[slot]
        for words, _ in entity
    }
    marks = (
        Mark(slot, place, place + len(words))
        for slot, words in fillers
        for place in occurrences(text, words)
    )
    return Passage(
        id=row["docid"],
        text=text,
        marks=tuple(sorted(marks, key=lambda m: (m.start, -m.end, m.layer))),
        layers=table.layers,
        relevant=True if row["templates"] else None,
        weight=table.weight,
        quiet=table.quiet,
    )
