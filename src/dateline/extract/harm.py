"""The record of a casualty as one clause tells it, between reading it and giving it to an event."""

from dataclasses import dataclass, replace
from typing import Literal

from dateline.values import Count

# Days since a day or since something began, which the news itself may be about; or longer.
Period = Literal["days", "long"]


@dataclass(frozen=True, slots=True)
class Casualty:
    """People harmed, as one clause tells it; all offsets are those of the text it was read from.

    `start` and `end` bound the clause words that carry the count. `victim_start` and `victim_end`
    bound the words for the victims, None where none are named.

    `negative`: the clause denies harm ("was not hurt"); the count is then zero, and `subset` says
    that it is zero for some people only ("no American was hurt"), not for everyone.
    `cumulative`: a running toll ("the death toll rose to 12"). `attackers`: the victims are those
    who attacked. `cause`: "illness", "accident", "disaster" or "past" where the words say that no
    weapon of the reported event did it. `hypothetical`: planned, threatened, possible;
    `suspected`: feared or presumed. `definite`: the phrase points back to people mentioned before.
    `superseded`: a count that others replace: an earlier one ("at first 17"), or one for several
    events together ("killed in separate raids"). `period`: how long
    the stretch of time is that the count is of ("killed since May"), None for that of an event.
    """

    role: str
    start: int
    end: int
    count: Count
    victim_start: int | None = None
    victim_end: int | None = None
    negative: bool = False
    subset: bool = False
    cumulative: bool = False
    attackers: bool = False
    cause: str | None = None
    hypothetical: bool = False
    suspected: bool = False
    definite: bool = False
    superseded: bool = False
    period: Period | None = None

    @property
    def is_done(self) -> bool:
        """Whether what is reported did harm: not denied, not feared, of no other cause."""
        return not (self.negative or self.cause or self.hypothetical)

    def moved(self, by: int) -> "Casualty":
        """Give the same casualty with its offsets moved, from those of a sentence to a report's."""
        return replace(
            self,
            start=self.start + by,
            end=self.end + by,
            victim_start=None if self.victim_start is None else self.victim_start + by,
            victim_end=None if self.victim_end is None else self.victim_end + by,
        )
