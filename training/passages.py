"""An annotated text, whatever set it comes from, in the terms of `labels.toml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Mark:
    """Words marked in a text: half-open offsets and the layer (`trigger`, a role or a slot).

    `whole` is false where the set marks heads only: the words belong to a span whose bounds are
    unknown. `events` names the events the span belongs to.
    """

    layer: str
    start: int
    end: int
    events: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """What is known of an event; None where the set does not say."""

    type: str | None = None
    context: str | None = None
    stance: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One text with its marks.

    `layers` are those the set annotated throughout, so that unmarked words are known to be outside.
    `unknown` are stretches of which the set says nothing in a layer. `weight` scales the loss;
    `quiet` is the share of windows without marks that is read; `paired` tells whether marks of
    different events may be told apart.
    """

    id: str
    text: str
    marks: tuple[Mark, ...]
    layers: frozenset[str]
    events: Mapping[str, Event] = field(default_factory=dict)
    relevant: bool | None = None
    unknown: tuple[Mark, ...] = ()
    weight: float = 1.0
    quiet: float = 1.0
    paired: bool = False


def part_of(identifier: str) -> str:
    """Give the part of our own corpus a passage falls in: `train`, `tune` (7 %) or `test` (8 %)."""
    number = int(sha256(identifier.encode()).hexdigest()[:8], 16) % 100
    return "tune" if number < 7 else "test" if number < 15 else "train"  # noqa: PLR2004


def occurrences(text: str, words: str) -> Iterator[int]:
    """Yield where words stand in a text, as whole words."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (before.isalnum() or after.isalnum()):
            yield start
        start = text.find(words, start + 1)


def join_words(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Join words with blanks; gives the text and the offsets of each word."""
    offsets: list[tuple[int, int]] = []
    place = 0
    for word in words:
        offsets.append((place, place + len(word)))
        place += len(word) + 1
    return " ".join(words), offsets
