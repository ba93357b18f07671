"""A text with its claims marked: which stretch carries which roles of which event.

Spans may lie inside each other and may cross. Spans of the same words make one mark; of two that
cross, the later one is cut and goes on as a mark of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.model import Claim


@dataclass(frozen=True, slots=True)
class Label:
    """What one claim says of the words it marks: role, number of the event, score and origin."""

    role: str
    event: int
    score: float
    origin: str

    def words(self, origins: Sequence[str]) -> str:
        """Give the label as it is printed: `killed:1`, the score below 1, the origin among many.

        `origins` are those of the report; more than one are told apart by a letter each.
        """
        score = "" if self.score >= 1 else f" {self.score:.2f}"
        letter = "" if len(origins) < 2 else f" {letter_of(self.origin, origins)}"  # noqa: PLR2004
        return f"{self.role}:{self.event}{score}{letter}"


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked words, half-open offsets; `dim` where all its events are told as background."""

    start: int
    end: int
    labels: tuple[Label, ...]
    dim: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """A mark begins here."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Closing:
    """The mark opened last ends here."""

    mark: Mark


Piece = str | Opening | Closing


def letter_of(origin: str, origins: Sequence[str]) -> str:
    """Give the letter an origin is printed as: a, b, c."""
    return chr(ord("a") + list(origins).index(origin))


def marks_of(
    claims: Iterable[Claim], numbers: Mapping[str, int], background: frozenset[str]
) -> list[Mark]:
    """Gather claims into marks, in text order, the longer of two that begin together first.

    `numbers` tells which number an event has, `background` the events that are not the news.
    """
    gathered: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        gathered.setdefault((claim.span.start, claim.span.end), []).append(claim)
    marks = [
        Mark(start, end, _labels(told, numbers), all(c.event in background for c in told))
        for (start, end), told in gathered.items()
    ]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def _labels(claims: Sequence[Claim], numbers: Mapping[str, int]) -> tuple[Label, ...]:
    labels = (Label(c.role, numbers[c.event], round(c.score, 2), c.origin) for c in claims)
    return tuple(dict.fromkeys(labels))


def weave(text: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Yield the text cut at its marks, with what opens and closes there; nothing is left out."""
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    cuts = sorted({place for mark in marks for place in (mark.start, mark.end)})
    opened: list[Mark] = []
    done = 0
    for cut in cuts:
        if cut > done:
            yield text[done:cut]
            done = cut
        again: list[Mark] = []
        while any(mark.end <= cut for mark in opened):
            last = opened.pop()
            yield Closing(last)
            if last.end > cut:
                again.append(replace(last, goes_on=True))
        fresh = [mark for mark in waiting if mark.start == cut]
        for mark in sorted([*again, *fresh], key=lambda one: -one.end):
            opened.append(mark)
            yield Opening(mark)
    if done < len(text):
        yield text[done:]
