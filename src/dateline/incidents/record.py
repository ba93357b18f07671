"""One row of an event or an incident: each cell the best of its claims, with the rule named."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from dateline.best import (
    BestCount,
    believed,
    best_count,
    best_place,
    best_term,
    best_when,
    context_of,
    kind_of,
    prevailing,
)
from dateline.codebook import Codebook
from dateline.incidents.forms import cell_form, claim_form, place_form, when_form, with_rule
from dateline.incidents.grades import grade
from dateline.incidents.ledger import Standing, Toll, ledger_lines, standings, tolls_of
from dateline.incidents.responsibility import (
    is_one_side,
    responsibility,
    responsibility_lines,
)
from dateline.incidents.rules import DEFAULT, Figure, merge
from dateline.incidents.sources import Sources, independent_sources, publication_order
from dateline.model import Claim, Copy, Incident, Report
from dateline.text import fold
from dateline.values import Actor, Term, Text, Value

_CASUALTIES = ("killed", "injured", "captured", "missing")
# The roles of the other kinds, with what the interchange form calls them; a list role may repeat.
_ROLES = {
    "tally": ("count", "what", "target", "places", "period", "attributed_to", "by"),
    "tie": ("from", "relation", "to", "period"),
    "strength": ("actor", "count", "what", "place"),
    "reward": ("by", "amount", "currency"),
}
_LISTS = {"places"}

Row = dict[str, Any]
ByRole = dict[str, list[Claim]]


def event_record(report: Report, claims: Sequence[Claim], codebook: Codebook) -> Row:
    """Give the interchange form of one event of a report.

    Cells whose value is not stated or not known are null or []; zero is only a stated zero. Each
    number names its rule. The claims follow in text order with their quotes.
    """
    ordered = sorted(claims, key=lambda c: (c.span.start, c.span.end, c.id))
    kind = kind_of(ordered)
    context = context_of(ordered)

    def quote(claim: Claim) -> str | None:
        return report.text[claim.span.start : claim.span.end] if claim.quoted else None

    row: Row = {"event": ordered[0].event, "kind": kind, "reported": context == "reported"}
    roles = _by_role(ordered)
    if kind == "incident":
        row["context"] = context
        row |= _incident_cells(roles, codebook)
        row |= {role: _told_count(roles.get(role, [])) for role in ("munitions", *_CASUALTIES)}
        row |= responsibility(ordered, codebook, quote)
    else:
        row |= {role: _plain_cell(roles.get(role, []), role) for role in _ROLES.get(kind, ())}
    row["claims"] = [claim_form(c, quote(c)) for c in ordered]
    return row


def incident_record(
    incident: Incident,
    reports: Mapping[str, Report],
    codebook: Codebook,
    *,
    aliases: Sequence[str] = (),
    copies: Sequence[Copy] = (),
    rule: str = DEFAULT,
) -> Row:
    """Give the interchange form of one incident over all its reports.

    Every event has one voice, whatever it repeats. Casualties are merged by `rule` (one of
    `dateline.incidents.rules`); `ledger` lists who said how many when, `responsibility` who did it
    according to whom. `copies` are the reports found to carry one text; `collapsed` says which do
    not count as sources. Raises ConfigError for a rule that has no such name.
    """

    def quote(claim: Claim) -> str | None:
        return reports[claim.span.report_id].quote(claim.span) if claim.quoted else None

    order = {name: publication_order(reports[name]) for name in _report_ids(incident)}
    ordered = sorted(
        incident.claims,
        key=lambda c: (order[c.span.report_id], c.span.start, c.span.end, c.id),
    )
    told = _by_event(ordered)
    roles = _by_role(ordered)
    sources = independent_sources((reports[name] for name in order), codebook, copies)
    who = responsibility(ordered, codebook, quote)
    tolls = {role: tolls_of(roles.get(role, []), reports) for role in _CASUALTIES}
    stand = {role: standings(tolls[role], codebook) for role in _CASUALTIES}
    blamed = [p["id"] for p in who["perpetrators"] if p["stance"] != "denied" and p["id"]]
    row: Row = {
        "incident": incident.id,
        "aliases": list(aliases),
        "kind": "incident",
        "reported": any(context_of(claims) == "reported" for claims in told.values()),
        **_incident_cells(roles, codebook),
        "munitions": _most_reported(_counts(roles.get("munitions", []))),
    }
    for role in _CASUALTIES:
        figures = _figures(tolls[role], stand[role], sources, blamed, codebook)
        row[role] = merge(_counts(roles.get(role, [])), figures, rule)
    row |= who
    row["responsibility"] = responsibility_lines(ordered, reports, codebook, quote)
    row["ledger"] = {
        role: ledger_lines(tolls[role], stand[role], quote) for role in _CASUALTIES if tolls[role]
    }
    row["events"] = list(told)
    row["reports"] = sorted(order, key=order.__getitem__)
    row["independent_sources"] = sources.count
    row["collapsed"] = [asdict(one) for one in sources.collapsed]
    events = [(reports[group[0].span.report_id], group) for group in told.values()]
    found = grade(row, sources, events, codebook)
    row |= {"grade": found.word, "grade_reason": found.reason}
    row["claims"] = [
        {"report": c.span.report_id, "event": c.event} | claim_form(c, quote(c)) for c in ordered
    ]
    return row


def _figures(
    tolls: Sequence[Toll],
    stand: Sequence[Standing],
    sources: Sources,
    blamed: Sequence[str],
    codebook: Codebook,
) -> list[Figure]:
    """Give the numbers of a role as the rules see them: those of people, if there are any."""
    pairs = list(zip(tolls, stand, strict=True))
    chosen = [(t, s) for t, s in pairs if t.by] or pairs
    return [
        Figure(
            toll.count,
            sources.heads.get(toll.report.id, toll.report.id),
            not one.is_revised,
            toll.side is not None and any(is_one_side(toll.side, b, codebook) for b in blamed),
        )
        for toll, one in chosen
    ]


def _report_ids(incident: Incident) -> set[str]:
    return {claim.span.report_id for claim in incident.claims}


def _by_role(claims: Sequence[Claim]) -> ByRole:
    found: ByRole = {}
    for claim in claims:
        found.setdefault(claim.role, []).append(claim)
    return found


def _by_event(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.event, []).append(claim)
    return found


def _incident_cells(roles: ByRole, codebook: Codebook) -> Row:
    told = {role: _one_voice(claims, role, codebook) for role, claims in roles.items()}
    kind = best_term(told.get("type", []), codebook, "event_types")
    weapon = best_term(told.get("weapon", []), codebook, "weapons")
    target = best_term(told.get("target_type", []), codebook, "target_types")

    def crosswalk(scheme: str) -> str | None:
        return codebook.crosswalk("event_types", kind, scheme) if kind else None

    ucdp = crosswalk("ucdp")
    gtd_weapon = codebook.crosswalk("weapons", weapon, "gtd_weapon") if weapon else None
    return {
        "type": kind,
        "acled": crosswalk("acled"),
        "plover": crosswalk("plover"),
        # A code in words ("by actors") is a rule for an exporter that knows the two sides.
        "ucdp": ucdp if ucdp and ucdp.isdecimal() else None,
        "gtd": crosswalk("gtd_attack"),
        "gtd_weapon": gtd_weapon or crosswalk("gtd_weapon"),
        "date": when_form(best_when(told.get("date", []))),
        "place": place_form(best_place(told.get("place", []))),
        "target": _text(told.get("target", [])),
        "target_type": _interchange(codebook, "target_types", target),
        "target_detail": target,
        "target_actor": _actors(told.get("target_actor", [])),
        "weapon": _interchange(codebook, "weapons", weapon),
        "weapon_detail": weapon,
        "damage": best_term(told.get("damage", []), codebook, "damage_levels"),
    }


def _one_voice(claims: Sequence[Claim], role: str, codebook: Codebook) -> list[Claim]:
    """Give one claim an event, with the event's best value; all claims if there is one event."""
    # The stance of an anchor is about the whole event, which keeps its type however it is told.
    kept = prevailing(claims) if role == "type" else believed(claims)
    by_event = _by_event(kept)
    best = _BEST.get(role)
    if len(by_event) < 2 or best is None:  # noqa: PLR2004  (one voice already)
        return kept
    voices = ((group[0], best(group, codebook)) for group in by_event.values())
    return [replace(first, value=value) for first, value in voices if value is not None]


def _term_of(scheme: str, listing: str) -> Callable[[Sequence[Claim], Codebook], Value | None]:
    def best(claims: Sequence[Claim], codebook: Codebook) -> Value | None:
        term = best_term(claims, codebook, listing)
        return Term(scheme, term) if term else None

    return best


_BEST: dict[str, Callable[[Sequence[Claim], Codebook], Value | None]] = {
    "type": _term_of("event_type", "event_types"),
    "weapon": _term_of("weapons", "weapons"),
    "target_type": _term_of("target_types", "target_types"),
    "damage": _term_of("damage_levels", "damage_levels"),
    "date": lambda claims, _: best_when(claims),
    "place": lambda claims, _: best_place(claims),
}


def _interchange(codebook: Codebook, listing: str, term: str | None) -> str | None:
    """Give the coarser id that the interchange form has for a term; without one, the term."""
    entry = codebook.lists[listing].get(term or "")
    return str(entry.details.get("interchange", term)) if entry else term


def _text(claims: Sequence[Claim]) -> str | None:
    """Give the words told most often, the surest, the first."""
    texts = [(c.value.text, c.score) for c in claims if isinstance(c.value, Text)]
    if len(texts) < 2:  # noqa: PLR2004  (nothing to choose)
        return texts[0][0] if texts else None
    told = Counter(fold(text) for text, _ in texts)
    return max(texts, key=lambda item: (told[fold(item[0])], item[1]))[0]


def _actors(claims: Sequence[Claim]) -> list[Row]:
    found = {
        c.value.id or fold(c.value.name): c.value for c in claims if isinstance(c.value, Actor)
    }
    return [{"id": actor.id, "name": actor.name} for actor in found.values()]


def _plain_cell(claims: Sequence[Claim], role: str) -> Any:  # noqa: ANN401  (a cell is a JSON value)
    cells = [cell for c in prevailing(claims) if (cell := cell_form(c.value)) is not None]
    if role in _LISTS:
        return cells
    return cells[0] if cells else None


def _told_count(claims: Sequence[Claim]) -> Row | None:
    best = best_count(believed(claims))
    return with_rule(best.count, best.rule) if best else None


def _counts(claims: Sequence[Claim]) -> list[BestCount]:
    """Give the count of each event that has one, in the order of the claims."""
    found = (best_count(group) for group in _by_event(believed(claims)).values())
    return [best for best in found if best is not None]


def _most_reported(counts: Sequence[BestCount]) -> Row | None:
    """Rule `most_reported`: the count that most reports give, of equals the latest."""
    if not counts:
        return None
    told = Counter((best.count.low, best.count.high) for best in counts)
    ranks = [(told[best.count.low, best.count.high], i) for i, best in enumerate(counts)]
    return with_rule(counts[max(ranks)[1]].count, "most_reported")
