"""Scores of the tagger on MUC-4: who did what to whom with what, entity by entity.

The measure is CEAF-REE (Du, Rush and Cardie 2021, "GRIT"): the entities of a document's templates
are merged, a found entity is right if all its mentions are mentions of one gold entity, each gold
entity is found once at most, and counts are summed over the documents.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import punctuation
from typing import Any

from dateline.codebook import Grammar
from dateline.errors import ConfigError
from dateline.evaluate.fields import Score
from dateline.extract.noun_phrases import phrases
from dateline.extract.tagger import TaggedSpan, Tagger

SLOTS = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
Entity = frozenset[str]
_ARTICLES = ("a", "an", "the")
# In pieces. Narrower than those the network was trained on: it names fillers less sparingly then.
_WINDOW, _OVERLAP = 128, 64


@dataclass(slots=True)
class SlotScores:
    """One score a slot; the last line of the table sums them."""

    slots: dict[str, Score] = field(default_factory=lambda: {slot: Score() for slot in SLOTS})

    @property
    def total(self) -> Score:
        """The counts of all slots together: micro precision, recall and F1."""
        total = Score()
        for score in self.slots.values():
            total.right += score.right
            total.wrong += score.wrong
            total.missed += score.missed
        return total

    def lines(self) -> Iterator[str]:
        """The table, a slot a line, the sum last."""
        for name, score in self.slots.items():
            yield f"{name:14} {score}"
        yield f"{'ceaf_ree':14} {self.total}"


def score_muc4(path: Path, tagger: Tagger, grammar: Grammar) -> SlotScores:
    """Score the tagger on a file of documents, or on `dev.jsonl` of a folder.

    The grammar is the one of events. Raises ConfigError where there are no documents.
    """
    scores = SlotScores()
    for row in read_documents(path):
        weighed = read(row["doctext"], tagger, grammar)
        count(scores, gold_entities(row), likely(weighed, tagger.scheme.thresholds))
    return scores


def read_documents(path: Path) -> list[dict[str, Any]]:
    """Read the documents of a file of JSON lines, or of `dev.jsonl` of a folder."""
    file = path / "dev.jsonl" if path.is_dir() else path
    try:
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        return [row for row in rows if row["doctext"] and row["templates"] is not None]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{file}: no MUC-4 documents to read there: {error}") from error


def count(
    scores: SlotScores, gold: Mapping[str, Sequence[Entity]], found: Mapping[str, Sequence[Entity]]
) -> None:
    """Add the counts of one document to the scores."""
    for slot, score in scores.slots.items():
        right = matched(gold[slot], found[slot])
        score.right += right
        score.wrong += len(found[slot]) - right
        score.missed += len(gold[slot]) - right


def matched(gold: Sequence[Entity], found: Sequence[Entity]) -> int:
    """Give the size of the best one-to-one match of found entities and gold entities."""
    taken: dict[int, int] = {}

    def assign(number: int, seen: set[int]) -> bool:
        for index, entity in enumerate(gold):
            if index not in seen and found[number] <= entity:
                seen.add(index)
                if index not in taken or assign(taken[index], seen):
                    taken[index] = number
                    return True
        return False

    return sum(assign(number, set()) for number in range(len(found)))


def gold_entities(row: Mapping[str, Any]) -> dict[str, list[Entity]]:
    """Give the entities of a document by slot, those of several templates merged."""
    return {
        slot: _joined(
            frozenset(plain(words) for words, _ in entity)
            for template in row["templates"]
            for entity in template[slot]
        )
        for slot in SLOTS
    }


def _joined(entities: Iterable[Entity]) -> list[Entity]:
    """Merge entities that share a mention."""
    merged: list[Entity] = []
    for entity in entities:
        joined = entity.union(*(other for other in merged if other & entity))
        merged = [other for other in merged if not other & entity] + [joined]
    return merged


def plain(words: str) -> str:
    """Give words as GRIT compares them: lower case, no punctuation, no articles, single blanks."""
    bare = "".join(mark for mark in words.lower() if mark not in punctuation)
    return " ".join(word for word in bare.split() if word not in _ARTICLES)


def read(text: str, tagger: Tagger, grammar: Grammar) -> dict[str, list[tuple[str, float]]]:
    """Give the entities of a document as `weigh` does, from the fillers that the tagger marks."""
    narrow = replace(tagger.scheme, window=_WINDOW, overlap=_OVERLAP)
    return weigh(text, tagger.with_scheme(narrow).read(text).fillers, grammar)


def weigh(
    text: str, fillers: Sequence[TaggedSpan], grammar: Grammar
) -> dict[str, list[tuple[str, float]]]:
    """Make entities of the fillers of a document: by slot, the surest words and a probability.

    Fillers are one entity where one's words stand within the other's, or where the text gives one
    in brackets behind the other. An entity is in the slot if any of its mentions is: what speaks
    against it is the product of what speaks against each (a noisy or). The same words are only in
    the slot they are surest of.
    """
    low = " ".join(text.lower().split())
    doubts: dict[str, dict[str, float]] = {slot: {} for slot in SLOTS}
    for filler in fillers:
        for start, end in phrases(text, filler.start, filler.end, grammar):
            if words := plain(text[start:end]):
                slot = doubts[filler.role]
                slot[words] = slot.get(words, 1.0) * (1 - filler.score)
    weighed = {slot: _entities(low, told) for slot, told in doubts.items()}
    surest: dict[str, float] = {}
    for words, chance in (entity for told in weighed.values() for entity in told):
        surest[words] = max(surest.get(words, 0.0), chance)
    return {
        slot: [(words, chance) for words, chance in told if chance == surest[words]]
        for slot, told in weighed.items()
    }


def _entities(text: str, doubts: Mapping[str, float]) -> list[tuple[str, float]]:
    entities: dict[str, float] = {}
    for words in sorted(doubts, key=lambda w: (doubts[w], w)):
        name = next((name for name in entities if _same(words, name, text)), words)
        entities[name] = entities.get(name, 1.0) * doubts[words]
    return [(words, 1 - doubt) for words, doubt in entities.items()]


def likely(
    weighed: Mapping[str, Sequence[tuple[str, float]]], thresholds: Mapping[str, float]
) -> dict[str, list[Entity]]:
    """Give the entities whose probability is at or over the threshold of their slot."""
    return {
        slot: [frozenset((words,)) for words, chance in entities if chance >= thresholds[slot]]
        for slot, entities in weighed.items()
    }


def _same(left: str, right: str, text: str) -> bool:
    if re.search(rf"\b{re.escape(left)}\b", right) or re.search(rf"\b{re.escape(right)}\b", left):
        return True
    pairs = ((left, right), (right, left))
    return any(f"{name} ({short})" in text or f"{name} [{short}]" in text for name, short in pairs)
