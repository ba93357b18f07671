"""A role of an event before it becomes a claim."""

from dataclasses import dataclass

from dateline.model import Speaker, Stance
from dateline.values import Value

# Scores of what others outweigh: parts of a whole, people pointed back to; and, fainter, attackers.
WEAK = 0.5
FAINT = 0.25


@dataclass(frozen=True, slots=True)
class Part:
    """A role of an event before it becomes a claim: where its words stand and what they mean.

    `stance` and `speakers` are set where the words themselves say them; else speech decides.
    """

    role: str
    start: int
    end: int
    value: Value | None
    score: float = 1.0
    stance: Stance | None = None
    speakers: tuple[Speaker, ...] = ()
