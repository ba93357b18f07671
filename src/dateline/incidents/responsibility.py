"""Who did it, according to whom: claimed, attributed, denied and unclaimed are views over claims.

Claimed: the speaker is the perpetrator. Attributed: somebody else says so. Denied: the stance is
denied. Unclaimed is told by the report in so many words, in a role of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

from dateline.best import believed, prevailing
from dateline.codebook import Codebook
from dateline.model import Claim, Report, is_human
from dateline.text import fold
from dateline.values import Actor, Term

_ARTICLE = len("the ")
_STANCES = ("asserted", "suspected", "denied")
_WITHIN = {"part_of", "member_of", "facade_of"}


def responsibility(
    claims: Sequence[Claim], codebook: Codebook, quote: Callable[[Claim], str | None]
) -> dict[str, Any]:
    """Give the cells perpetrators, claim_status, claimed_by, attributed_by and denied_by.

    One perpetrator entry an actor, surest stance first; `by` names the innermost speakers, the
    lists behind it also what those speak as or for ("Capt. Diallo", then "army spokesman"). All
    names but those of the registry are in the words of the reports, which `quote` gives.
    """
    entries: dict[str, dict[str, Any]] = {}
    claimed: dict[str, list[str]] = {}
    attributed: dict[str, None] = {}
    denied: dict[str, None] = {}
    denials = 0
    for claim in prevailing([c for c in claims if c.role == "perpetrator"]):
        actor = claim.value
        if not isinstance(actor, Actor) or claim.stance not in _STANCES:
            continue
        _enter(entries, claim, actor, _names(actor, codebook, quote(claim)))
        voices = _voices(claim)
        if claim.stance == "denied":
            denials += 1
            denied |= dict.fromkeys(voices)
        elif voices and is_own_word(claim, actor, codebook):
            claimed.setdefault(actor.id or fold(actor.name), voices)
        else:
            attributed |= dict.fromkeys(voices)
    unclaimed = any(
        isinstance(c.value, Term) and c.value.id == "unclaimed"
        for c in believed([c for c in claims if c.role == "unclaimed"])
    )
    blamed = "denied" if denials else "unclaimed" if unclaimed else "not_mentioned"
    return {
        "perpetrators": sorted(entries.values(), key=lambda e: _STANCES.index(e["stance"])),
        "claim_status": "claimed" if claimed else blamed,
        "claimed_by": list(dict.fromkeys(chain.from_iterable(claimed.values()))),
        "attributed_by": list(attributed),
        "denied_by": list(denied),
    }


def _voices(claim: Claim) -> list[str]:
    """Give the innermost speaker and, where its side is known, the office before it."""
    if not claim.speakers:
        return []
    last, outer = claim.speakers[-1], claim.speakers[-2:-1]
    return [last.name, *(one.name for one in outer if one.side and one.side == last.side)]


def responsibility_lines(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    codebook: Codebook,
    quote: Callable[[Claim], str | None],
) -> list[dict[str, Any]]:
    """Give who did it according to whom and when, a line for each voice in each report.

    `status` is claimed, attributed, denied or unclaimed; `by` is the innermost speaker, null for
    the report itself. A line counts from the day its report was published: an attack that is
    unclaimed is so `as_of` that day. What people corrected stands alone, with the person's name.
    """
    lines: dict[tuple[str | None, ...], dict[str, Any]] = {}
    about = prevailing([c for c in claims if c.role == "perpetrator"])
    for claim in (*about, *believed([c for c in claims if c.role == "unclaimed"])):
        status = _status(claim, codebook)
        if status is None:
            continue
        report, actor = reports[claim.span.report_id], claim.value
        named = {"id": actor.id, "name": actor.name} if isinstance(actor, Actor) else None
        last = claim.speakers[-1] if claim.speakers else None
        line: dict[str, Any] = {
            "status": status,
            "actor": named,
            "by": last.name if last else None,
            "side": last.side if last else None,
            "stance": claim.stance,
            "report": report.id,
            "publisher": report.publisher,
            "published": report.published,
        }
        if status == "unclaimed":
            line["as_of"] = str(report.published_day) if report.published_day else None
        if is_human(claim.origin):
            line["person"] = claim.origin.removeprefix("human:")
        line |= {"quote": quote(claim), "claim": claim.id}
        who = (actor.id or fold(actor.name)) if isinstance(actor, Actor) else None
        lines.setdefault((report.id, status, who, fold(last.name) if last else None), line)
    return list(lines.values())


def _status(claim: Claim, codebook: Codebook) -> str | None:
    actor = claim.value
    if isinstance(actor, Term):
        return "unclaimed" if actor.id == "unclaimed" else None
    if not isinstance(actor, Actor) or claim.stance not in _STANCES:
        return None
    if claim.stance == "denied":
        return "denied"
    return "claimed" if is_own_word(claim, actor, codebook) else "attributed"


def is_own_word(claim: Claim, actor: Actor, codebook: Codebook) -> bool:
    """Tell whether one of the speakers of a claim is the actor it names, or of its side.

    A government, its forces and its police are one side; so are a group and what is part of it.
    """
    return any(
        (speaker.side is not None and is_one_side(speaker.side, actor.id, codebook))
        or _same(speaker.name, actor.name)
        for speaker in claim.speakers
    )


def is_one_side(one: str, other: str | None, codebook: Codebook) -> bool:
    """Tell whether two actors, by registry id, are one side; an actor without id is on none."""
    if other is None or one == other:
        return one == other
    left, right = codebook.actors.get(one), codebook.actors.get(other)
    if left is None or right is None:
        return False
    of_state = left.is_of_state and right.is_of_state
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


def _names(actor: Actor, codebook: Codebook, quote: str | None) -> list[str]:
    """Give the names of an actor, the words of the report last; without words its own name."""
    known = codebook.actors.get(actor.id or "")
    registered = [known.name, *known.names, *known.acronyms] if known else []
    quote = actor.name if quote is None else quote
    others = [name for name in (*registered, actor.name) if name != quote]
    return [*dict.fromkeys(others), quote]
