"""WikiEvents (training part): events and arguments of news on bombings, by word index."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from training.mapping import SetMap
from training.passages import Event, Mark, Passage, join_words

# An argument is given by its words alone; they are looked for this many words around the trigger.
_REACH = 60


def read(path: Path, table: SetMap) -> Iterator[Passage]:
    """Yield the documents of a file of JSON lines."""
    for line in path.read_text("utf-8").splitlines():
        yield passage(json.loads(line), table)


def passage(row: Mapping[str, Any], table: SetMap) -> Passage:
    """Read one document; an argument is its mention nearest to the trigger."""
    words: list[str] = row["tokens"]
    text, offsets = join_words(words)
    marks: set[Mark] = set()
    unknown: set[Mark] = set()
    events: dict[str, Event] = {}
    for number, event in enumerate(row["event_mentions"]):
        kind = event["event_type"]
        first, last = event["trigger"]["start_idx"], event["trigger"]["end_idx"] - 1
        start, end = offsets[first][0], offsets[last][1]
        ours = table.kind(kind)
        if ours is not None:
            events[str(number)] = Event(ours or None)
            marks.add(Mark("trigger", start, end, (str(number),), whole=False))
        elif table.is_unknown(kind):
            unknown.add(Mark("trigger", start, end))
        for argument in event["arguments"]:
            role = table.role(kind, argument["role"])
            place = nearest(words, argument["text"], first) if role else None
            if role and place:
                marks.add(Mark(role, offsets[place[0]][0], offsets[place[1]][1], whole=False))
    return Passage(
        id=row["docid"],
        text=text,
        marks=tuple(sorted(marks, key=lambda m: (m.start, m.end, m.layer))),
        layers=table.layers,
        events=events,
        unknown=tuple(sorted(unknown, key=lambda m: m.start)),
        weight=table.weight,
        quiet=table.quiet,
    )


def nearest(words: Sequence[str], argument: str, trigger: int) -> tuple[int, int] | None:
    """Give the first and last word of the mention of an argument nearest to a trigger, or None."""
    wanted = argument.replace(" ", "")
    best: tuple[int, int] | None = None
    for first in range(max(0, trigger - _REACH), min(len(words), trigger + _REACH)):
        joined = ""
        for last in range(first, len(words)):
            joined += words[last]
            if joined == wanted:
                if best is None or abs(first - trigger) < abs(best[0] - trigger):
                    best = first, last
                break
            if not wanted.startswith(joined):
                break
    return best
