"""Who said how many when: one line for each side in each report, and how the lines stand together.

A later and higher toll is a revision of an earlier one, unless two sides tell them: two sides'
numbers are a disagreement, and so are two numbers side by side in one report.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.best import BestCount, best_count
from dateline.codebook import Codebook
from dateline.incidents.forms import count_form
from dateline.incidents.responsibility import is_one_side
from dateline.incidents.sources import publication_order
from dateline.model import Claim, Report, is_human
from dateline.text import fold
from dateline.values import Count

_STANCES = {"asserted", "suspected"}


@dataclass(frozen=True, slots=True)
class Toll:
    """A number that one side tells in one report, with the claim that says it best.

    `side` is the registry id of whom the speaker speaks for, `speaker` who said it; both are None
    where the report itself says so. `by` names the person whose correction it is.
    """

    claim: Claim
    best: BestCount
    report: Report
    speaker: str | None
    side: str | None
    by: str | None = None

    @property
    def count(self) -> Count:
        """The number."""
        return self.best.count


@dataclass(slots=True)
class Standing:
    """How a toll stands to others, by their place in the list: what it revises, whom it opposes."""

    revises: int | None = None
    is_revised: bool = False
    disagrees: list[int] = field(default_factory=list)


def tolls_of(claims: Sequence[Claim], reports: Mapping[str, Report]) -> list[Toll]:
    """Give the tolls that claims on one role tell, in the order of the claims.

    A claim that is denied or hypothetical, or whose number is not known, tells none.
    """
    groups: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        if claim.stance in _STANCES and isinstance(claim.value, Count):
            last = claim.speakers[-1] if claim.speakers else None
            voice = (last.side or fold(last.name)) if last else ""
            person = claim.origin if is_human(claim.origin) else ""
            groups.setdefault((claim.event, voice, person), []).append(claim)
    found = []
    for (_, _, person), group in groups.items():
        best = best_count(group)
        if best is None:
            continue
        chosen = next((c for c in group if c.value == best.count), group[0])
        last = chosen.speakers[-1] if chosen.speakers else None
        found.append(
            Toll(
                chosen,
                best,
                reports[chosen.span.report_id],
                last.name if last else None,
                last.side if last else None,
                person.removeprefix("human:") or None,
            )
        )
    return found


def standings(tolls: Sequence[Toll], codebook: Codebook) -> list[Standing]:
    """Say of each toll, in order of publication, which earlier one it revises and which it opposes.

    A toll that a later one revises opposes nobody any more. Corrections by people stand outside.
    """
    found = [Standing() for _ in tolls]
    for later, toll in enumerate(tolls):
        for earlier in range(later):
            if _revises(tolls[earlier], toll, codebook):
                found[later].revises = earlier
                found[earlier].is_revised = True
    for later, toll in enumerate(tolls):
        for earlier in range(later):
            stand = not found[earlier].is_revised and not found[later].is_revised
            if stand and _apart(tolls[earlier], toll):
                found[earlier].disagrees.append(later)
                found[later].disagrees.append(earlier)
    return found


def _revises(earlier: Toll, later: Toll, codebook: Codebook) -> bool:
    if earlier.by or later.by or _range(earlier) == _range(later):
        return False
    if earlier.report.id == later.report.id or not _is_later(earlier.report, later.report):
        return False
    if earlier.side and later.side and not is_one_side(earlier.side, later.side, codebook):
        return False
    return _range(later) > _range(earlier) or (
        _one_voice(earlier, later) and _apart(earlier, later)
    )


def _is_later(earlier: Report, later: Report) -> bool:
    """Tell whether one report came surely after another: on a later day, or later on one day."""
    if earlier.published_day is None or later.published_day is None:
        return False
    left, right = publication_order(earlier)[1], publication_order(later)[1]
    timed = min(len(left), len(right))
    return left[:timed] < right[:timed]


def _one_voice(left: Toll, right: Toll) -> bool:
    if left.speaker is None or right.speaker is None:
        publishers = left.report.publisher, right.report.publisher
        return left.speaker == right.speaker and publishers[0] == publishers[1] is not None
    return (left.side or fold(left.speaker)) == (right.side or fold(right.speaker))


def _range(toll: Toll) -> tuple[int, float]:
    high = toll.count.high
    return toll.count.low or 0, float("inf") if high is None else high


def _apart(left: Toll, right: Toll) -> bool:
    """Tell whether no number fits both."""
    (low, high), (other_low, other_high) = _range(left), _range(right)
    return not (left.by or right.by) and (high < other_low or other_high < low)


def ledger_lines(
    tolls: Sequence[Toll], stand: Sequence[Standing], quote: Callable[[Claim], str | None]
) -> list[dict[str, Any]]:
    """Give the lines of one role; `revises` and `disagrees` are places in this list, from 0."""
    return [
        {
            "report": toll.report.id,
            "publisher": toll.report.publisher,
            "published": toll.report.published,
            "speaker": toll.speaker,
            "side": toll.side,
            **(count_form(toll.count) or {}),
            "stance": toll.claim.stance,
            "quote": quote(toll.claim),
            "claim": toll.claim.id,
            "by": toll.by,
            "revises": one.revises,
            "disagrees": one.disagrees,
        }
        for toll, one in zip(tolls, stand, strict=True)
    ]
