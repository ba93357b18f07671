"""How well it is known who did it, in the words of Airwars, with the reason.

Airwars grades reports of civilian harm; the same five words grade here who is responsible, since
that is what they turn on: confirmed, fair, weak, contested, discounted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.best import context_of
from dateline.codebook import Codebook
from dateline.incidents.responsibility import is_one_side
from dateline.incidents.sources import Sources
from dateline.model import Claim, Report, is_human

_CLASH = "armed_clash"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and why it was given, in words for a reader."""

    word: str
    reason: str


def grade(
    row: Mapping[str, Any],
    sources: Sources,
    told: Sequence[tuple[Report, Sequence[Claim]]],
    codebook: Codebook,
) -> Grade:
    """Grade an incident from its row, its sources and its events in order of publication.

    `discounted`: a person says that it did not happen, or all later reports do that do not hang on
    the ones before. `contested`: two sides that the registry does not tie are named as
    perpetrators, or whoever is blamed denies it. `confirmed`: the perpetrator says so itself.
    `fair`: two or more independent sources. `weak`: one. Generic actors ("militias") are no side,
    and both sides of an armed clash may be named.
    """
    reason = _discounted(told, sources)
    if reason:
        return Grade("discounted", reason)
    reason = _contested(row, codebook)
    if reason:
        return Grade("contested", reason)
    if row["claim_status"] == "claimed":
        return Grade("confirmed", f"{_said(row, 'claimed')} said it did it")
    if sources.count > 1:
        return Grade("fair", f"{sources.count} independent sources tell of it")
    if len(sources.heads) > 1:
        return Grade("weak", f"its {len(sources.heads)} reports count as one source")
    return Grade("weak", "one source tells of it")


def _discounted(told: Sequence[tuple[Report, Sequence[Claim]]], sources: Sources) -> str | None:
    people = [
        claim.origin.removeprefix("human:")
        for _, claims in told
        if context_of(claims) == "denied"
        for claim in claims
        if claim.role in {"context", "type"} and is_human(claim.origin)
    ]
    if people:
        return f"{' and '.join(dict.fromkeys(people))} found that it did not happen"
    denied = [context_of(claims) == "denied" for _, claims in told]
    if not any(denied) or all(denied):
        return None
    last = max(at for at, is_denied in enumerate(denied) if not is_denied)
    heads = [sources.heads.get(report.id, report.id) for report, _ in told]
    later = [at for at in range(last + 1, len(told)) if heads[at] not in heads[: last + 1]]
    if not later:
        return None
    day = told[later[0]][0].published_day
    since = f" since {day}" if day else ""
    return f"every independent report{since} denies that it happened"


def _contested(row: Mapping[str, Any], codebook: Codebook) -> str | None:
    named = [
        perpetrator
        for perpetrator in row["perpetrators"]
        if perpetrator["stance"] != "denied" and _is_side(perpetrator["id"], codebook)
    ]
    clash = _CLASH in codebook.ancestors("event_types", row["type"] or "")
    for other in named[1:]:
        if not clash and not _are_tied(named[0]["id"], other["id"], codebook):
            names = f"{named[0]['name']} and {other['name']}"
            return f"{names} are both named, and nothing ties them"
    if row["claim_status"] == "denied":
        return f"{_said(row, 'denied')} denied it, and nobody claimed it"
    return None


def _said(row: Mapping[str, Any], status: str) -> str:
    """Name who said so, with the first publisher and day."""
    lines = [line for line in row["responsibility"] if line["status"] == status]
    if not lines:
        return "somebody"
    who = lines[0]["by"] or (lines[0]["actor"] or {}).get("name") or "somebody"
    where = [lines[0]["publisher"], (lines[0]["published"] or "")[:10]]
    told = ", ".join(part for part in where if part)
    return f"{who} ({told})" if told else str(who)


def _is_side(actor: str | None, codebook: Codebook) -> bool:
    known = codebook.actors.get(actor or "")
    return known is not None and known.kind != "generic"


def _are_tied(one: str, other: str, codebook: Codebook) -> bool:
    """Tell whether the registry makes two actors one side, ties them, or ties both to a third."""
    left, right = (
        {name} | {link.to for link in codebook.actors[name].links if link.relation != "splinter_of"}
        for name in (one, other)
    )
    return bool(left & right) or is_one_side(one, other, codebook)
