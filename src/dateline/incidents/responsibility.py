"""Who did it, according to whom: claimed, attributed, denied and unclaimed are views over claims.

Claimed: the speaker is the perpetrator. Attributed: somebody else says so. Denied: the stance is
denied. Unclaimed is told by the report in so many words, in a role of its own.
"""

from collections.abc import Callable, Sequence
from typing import Any

from dateline.best import believed, prevailing
from dateline.codebook import Codebook
from dateline.model import Claim
from dateline.text import fold
from dateline.values import Actor, Term

_ARTICLE = len("the ")
_STANCES = ("asserted", "suspected", "denied")
_OF_STATE = {"government", "state_force", "police"}
_WITHIN = {"part_of", "member_of", "facade_of"}


def responsibility(
    claims: Sequence[Claim], codebook: Codebook, quote: Callable[[Claim], str]
) -> dict[str, Any]:
    """Give the cells perpetrators, claim_status, claimed_by, attributed_by and denied_by.

    One perpetrator entry an actor, surest stance first; `by` names the innermost speakers. All
    names but those of the registry are in the words of the reports, which `quote` gives.
    """
    entries: dict[str, dict[str, Any]] = {}
    claimed: dict[str, str] = {}
    attributed: dict[str, None] = {}
    denied: dict[str, None] = {}
    denials = 0
    for claim in prevailing([c for c in claims if c.role == "perpetrator"]):
        actor = claim.value
        if not isinstance(actor, Actor) or claim.stance not in _STANCES:
            continue
        _enter(entries, claim, actor, _names(actor, codebook, quote(claim)))
        speaker = claim.speakers[-1].name if claim.speakers else None
        if claim.stance == "denied":
            denials += 1
            denied |= {speaker: None} if speaker else {}
        elif speaker and is_own_word(claim, actor, codebook):
            claimed.setdefault(actor.id or fold(actor.name), speaker)
        elif speaker:
            attributed[speaker] = None
    unclaimed = any(
        isinstance(c.value, Term) and c.value.id == "unclaimed"
        for c in believed([c for c in claims if c.role == "unclaimed"])
    )
    blamed = "denied" if denials else "unclaimed" if unclaimed else "not_mentioned"
    return {
        "perpetrators": sorted(entries.values(), key=lambda e: _STANCES.index(e["stance"])),
        "claim_status": "claimed" if claimed else blamed,
        "claimed_by": list(claimed.values()),
        "attributed_by": list(attributed),
        "denied_by": list(denied),
    }


def is_own_word(claim: Claim, actor: Actor, codebook: Codebook) -> bool:
    """Tell whether one of the speakers of a claim is the actor it names, or of its side.

    A government, its forces and its police are one side; so are a group and what is part of it.
    """
    return any(
        (speaker.side is not None and _one_side(speaker.side, actor.id, codebook))
        or _same(speaker.name, actor.name)
        for speaker in claim.speakers
    )


def _one_side(speaker: str, actor: str | None, codebook: Codebook) -> bool:
    if actor is None or speaker == actor:
        return speaker == actor
    left, right = codebook.actors.get(speaker), codebook.actors.get(actor)
    if left is None or right is None:
        return False
    of_state = left.kind in _OF_STATE and right.kind in _OF_STATE
    if of_state and left.country and left.country == right.country:
        return True
    return any(
        link.relation in _WITHIN and link.to in (left.id, right.id)
        for one in (left, right)
        for link in one.links
    )


def _same(left: str, right: str) -> bool:
    """Tell whether two names are one, but for an article before one of them."""
    short, long = sorted((fold(left), fold(right)), key=len)
    article = long.removesuffix(short)
    return bool(short) and long.endswith(short) and len(article) <= _ARTICLE


def _enter(
    entries: dict[str, dict[str, Any]], claim: Claim, actor: Actor, names: list[str]
) -> None:
    new: dict[str, Any] = {"id": actor.id, "name": names[-1], "names": []}
    new |= {"stance": claim.stance, "by": []}
    entry = entries.setdefault(actor.id or fold(actor.name), new)
    entry["names"] = list(dict.fromkeys([*entry["names"], *names]))
    speaker = claim.speakers[-1].name if claim.speakers else None
    surer = _STANCES.index(claim.stance) < _STANCES.index(entry["stance"])
    if entry["stance"] == "denied" and surer:
        entry["by"] = []
    if surer:
        entry["stance"] = claim.stance
    says_so = (claim.stance == "denied") == (entry["stance"] == "denied")
    if speaker and says_so and speaker not in entry["by"]:
        entry["by"].append(speaker)


def _names(actor: Actor, codebook: Codebook, quote: str) -> list[str]:
    """Give the names of an actor, the words of the report last."""
    known = codebook.actors.get(actor.id or "")
    registered = [known.name, *known.names, *known.acronyms] if known else []
    others = [name for name in (*registered, actor.name) if name != quote]
    return [*dict.fromkeys(others), quote]
