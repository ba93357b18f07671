"""M2E2: sentences of VOA articles with ACE events, put back together into articles."""

import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from training.mapping import SetMap
from training.passages import Event, Mark, Passage, join_words

_FILES = ("text_only_event.json", "text_multimedia_event.json")


def read(path: Path, table: SetMap) -> Iterator[Passage]:
    """Yield the articles of the zip of annotations, each sentence once."""
    with zipfile.ZipFile(path) as archive:
        rows = [row for name in _FILES for row in _rows(archive, name)]
    articles: dict[str, dict[int, Mapping[str, Any]]] = defaultdict(dict)
    for row in rows:
        article, _, number = row["sentence_id"].rpartition("_")
        kept = articles[article].setdefault(int(number), row)
        if not kept["golden-event-mentions"]:
            articles[article][int(number)] = row
    for article, sentences in articles.items():
        yield passage(article, [sentences[number] for number in sorted(sentences)], table)


def _rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(archive.read(f"m2e2_annotations/{name}"))
    return found


def passage(article: str, rows: Sequence[Mapping[str, Any]], table: SetMap) -> Passage:
    """Read one article; one without any attack, death, arrest or protest is not relevant."""
    text, offsets = join_words([word for row in rows for word in row["words"]])
    marks: set[Mark] = set()
    unknown: set[Mark] = set()
    events: dict[str, Event] = {}
    first = 0
    for row in rows:
        for event in row["golden-event-mentions"]:
            kind = event["event_type"]
            start = offsets[first + event["trigger"]["start"]][0]
            end = offsets[first + event["trigger"]["end"] - 1][1]
            ours = table.kind(kind)
            if ours is not None:
                name = str(len(events))
                events[name] = Event(ours or None)
                marks.add(Mark("trigger", start, end, (name,), whole=False))
            elif table.is_unknown(kind):
                unknown.add(Mark("trigger", start, end))
            for argument in event["arguments"]:
                role = table.role(kind, argument["role"])
                if role:
                    left = offsets[first + argument["start"]][0]
                    right = offsets[first + argument["end"] - 1][1]
                    marks.add(Mark(role, left, right, whole=False))
        first += len(row["words"])
    return Passage(
        id=article,
        text=text,
        marks=tuple(sorted(marks, key=lambda m: (m.start, m.end, m.layer))),
        layers=table.layers,
        events=events,
        relevant=None if events or unknown else False,
        unknown=tuple(sorted(unknown, key=lambda m: m.start)),
        weight=table.weight,
        quiet=table.quiet,
    )
