"""Scores of the tagger on WikiEvents: triggers of attacks and who did what to whom with what.

Bounds are lenient, since the set marks heads and the tagger whole phrases: any overlap is right.
An argument is an entity, and any of its mentions will do. A tagged span is wrong if it touches no
mention of an argument of its role; an entity is missed if no span of the role touches it.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from dateline.errors import ConfigError
from dateline.extract.tagger import Tagged, Tagger

ROLES = ("perpetrator", "target", "victim", "weapon", "place")
Range = tuple[int, int]


@dataclass(slots=True)
class Counts:
    """Tagged spans and how many of them are right; wanted entities and how many were found."""

    tagged: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.tagged), self.found / max(1, self.wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} (n {self.wanted})"


@dataclass(slots=True)
class EventScores:
    """Counts of the triggers and of each role; the last line sums the roles."""

    triggers: Counts = field(default_factory=Counts)
    roles: dict[str, Counts] = field(default_factory=lambda: {role: Counts() for role in ROLES})

    @property
    def total(self) -> Counts:
        """The counts of all roles together."""
        every = self.roles.values()
        return Counts(
            sum(counts.tagged for counts in every),
            sum(counts.right for counts in every),
            sum(counts.wanted for counts in every),
            sum(counts.found for counts in every),
        )

    def lines(self) -> Iterator[str]:
        """The table, a role a line, the sum last."""
        yield f"{'triggers':14} {self.triggers}"
        for role, counts in self.roles.items():
            yield f"{role:14} {counts}"
        yield f"{'arguments':14} {self.total}"


def score_wikievents(folder: Path, tagger: Tagger) -> EventScores:
    """Score the tagger on `dev.jsonl` of a folder, with its `coref/dev.jsonlines`.

    Raises ConfigError where one of the two is missing.
    """
    scores = EventScores()
    rows = _lines(folder / "dev.jsonl")
    coref = {row["doc_key"]: row["clusters"] for row in _lines(folder / "coref" / "dev.jsonlines")}
    for row in rows:
        text, words = laid_out(row)
        count(scores, row, words, coref.get(row["doc_id"], ()), tagger.read(text))
    return scores


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: no WikiEvents documents to read there: {error}") from error


def laid_out(row: Mapping[str, Any]) -> tuple[str, list[Range]]:
    """Give the text of a document, each word at its own offsets, and those offsets."""
    words = [word for sentence in row["sentences"] for word in sentence[0]]
    text = [" "] * max((end for _, _, end in words), default=0)
    for word, start, end in words:
        text[start:end] = word.ljust(end - start)[: end - start]
    return "".join(text), [(start, end) for _, start, end in words]


@cache
def _form() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("wikievents.toml").read_text("utf-8"))


def count(
    scores: EventScores,
    row: Mapping[str, Any],
    words: Sequence[Range],
    clusters: Sequence[Sequence[str]],
    tagged: Tagged,
) -> None:
    """Add the counts of one document to the scores."""
    form = _form()
    gold, ignored = [], []
    for event in row["event_mentions"]:
        place = _range(event["trigger"], words)
        if event["event_type"].startswith(tuple(form["triggers"])):
            gold.append([place])
        elif event["event_type"].startswith(tuple(form["ignored_triggers"])):
            ignored.append(place)
    spans = [(trigger.start, trigger.end) for trigger in tagged.triggers]
    every = [place for mentions in gold for place in mentions]
    spans = [s for s in spans if _touches(s, every) or not _touches(s, ignored)]
    _add(scores.triggers, gold, spans)
    arguments = _arguments(row, words, clusters)
    for role, counts in scores.roles.items():
        found = [(span.start, span.end) for span in tagged.spans if span.role == role]
        _add(counts, arguments[role], found)


def _arguments(
    row: Mapping[str, Any], words: Sequence[Range], clusters: Sequence[Sequence[str]]
) -> dict[str, list[list[Range]]]:
    """Give the entities of each role, each as the places of all its mentions."""
    mentions = {mention["id"]: _range(mention, words) for mention in row["entity_mentions"]}
    cluster = {name: number for number, names in enumerate(clusters) for name in names}
    entities: dict[str, dict[Any, list[Range]]] = {role: {} for role in ROLES}
    tables = _form()["roles"]
    for event in row["event_mentions"]:
        kinds = (table for kind, table in tables.items() if event["event_type"].startswith(kind))
        table: dict[str, str] = next(kinds, {})
        for argument in event["arguments"]:
            role, name = table.get(argument["role"]), argument["entity_id"]
            if role is not None and name in mentions:
                number = cluster.get(name)
                names = [name] if number is None else clusters[number]
                places = [mentions[other] for other in names if other in mentions]
                entities[role][name if number is None else number] = places
    return {role: list(found.values()) for role, found in entities.items()}


def _range(item: Mapping[str, Any], words: Sequence[Range]) -> Range:
    return words[item["start"]][0], words[item["end"] - 1][1]


def _touches(span: Range, places: Sequence[Range]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in places)


def _add(counts: Counts, gold: Sequence[Sequence[Range]], spans: Sequence[Range]) -> None:
    every = [place for mentions in gold for place in mentions]
    counts.tagged += len(spans)
    counts.right += sum(_touches(span, every) for span in spans)
    counts.wanted += len(gold)
    counts.found += sum(any(_touches(place, spans) for place in mentions) for mentions in gold)
