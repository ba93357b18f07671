"""Correcting a value: which event it concerns, which words stand for it, one more claim.

A correction is a claim of origin `human:NAME`. Of the corrections of one role of one event the
newest holds, before everything machines read; all the others stay on record.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.best import believed, kind_of
from dateline.codebook import Codebook
from dateline.corrections.typed import parse_typed
from dateline.errors import ConfigError
from dateline.model import Claim, Incident, Report, Span, is_human, make_claim, without_quote
from dateline.values import Count

if TYPE_CHECKING:
    from dateline.store.database import Store


def correct(
    store: "Store",
    codebook: Codebook,
    event: str,
    role: str,
    value: str,
    *,
    by: str,
    quote: str | None = None,
) -> Claim:
    """Put a person's value for a role of an event on record, and link anew what that touches.

    `event` is the id of an event or incident, or a prefix only it has. Of an incident the event
    that the value concerns is corrected: the one whose report holds the quote, else the one
    corrected before, else the one whose value is shown, else the first. `quote` must stand in the
    report exactly as given; without one the claim has the span of the words it corrects, or that
    of the event's anchor, and `quoted` is false. Gives the claim that holds now; one that says what
    holds already adds nothing. Raises ConfigError, in one line, for what cannot be understood.
    """
    origin = _origin(by)
    _check_role(role, codebook)
    report, claims = _find_event(store, event, role, quote)
    _check_kind(role, kind_of(claims), codebook)
    parsed = parse_typed(role, value, report, codebook, by.strip())
    name = claims[0].event
    if quote is None:
        span = _corrected(claims, role).span
        claim = without_quote(make_claim(name, role, span, parsed, origin=origin))
    else:
        span = _quoted(report, quote, claims)
        claim = make_claim(name, role, span, parsed, origin=origin)
    if store.trail().correct(claim, _now()):
        _link(store, codebook)
    return claim


def undo_correction(
    store: "Store", event: str, role: str, *, by: str, codebook: Codebook | None = None
) -> Claim:
    """Take back the correction of a role of an event that holds; the one before it holds again.

    It stays on record, with who took it back. Gives the claim that was taken back. Raises
    ConfigError where nothing was corrected.
    """
    origin = _origin(by)
    _, claims = _find_event(store, event, role, None)
    trail = store.trail()
    correction = trail.standing(claims[0].event, role)
    if correction is None or correction.claim is None:
        raise ConfigError(f"{event}: nobody corrected its {role}; dateline history shows who did")
    trail.take_back(correction, origin, _now())
    _link(store, codebook)
    return correction.claim


def _origin(by: str) -> str:
    from dateline.store.token_secrets import NAME

    name = by.strip()
    if not re.fullmatch(NAME, name):
        raise ConfigError(f"{by!r}: is no name; say who corrects it")
    return f"human:{name}"


def _check_role(role: str, codebook: Codebook) -> None:
    if role not in codebook.roles:
        raise ConfigError(f"{role}: no role of that name; there are {', '.join(codebook.roles)}")


def _check_kind(role: str, kind: str, codebook: Codebook) -> None:
    kinds = codebook.roles[role].details["kinds"]
    if kind not in kinds:
        raise ConfigError(f"{role}: no role of kind {kind}; it belongs to {', '.join(kinds)}")
    if role == "type" and kind != "incident":
        raise ConfigError(f"type: a {kind} stays one; the kind of an event cannot be corrected")


def _find_event(
    store: "Store", wanted: str, role: str, quote: str | None
) -> tuple[Report, Sequence[Claim]]:
    trail = store.trail()
    known = trail.beginning_with(wanted) if wanted else []
    names = {trail.kept_id(name) for name in known}
    if not names:
        raise ConfigError(f"{wanted}: no incident or event of that id; dateline show lists them")
    if len(names) > 1:
        shown = ", ".join(sorted(names)[:3])
        raise ConfigError(f"{wanted}: {len(names)} ids begin so, such as {shown}")
    name = names.pop()
    incident = store.incident(name)
    if incident is not None and name not in incident.events:
        name = _concerned(store, incident, role, quote)
    found = trail.event(name)
    if found is None:
        raise ConfigError(f"{wanted}: no report tells of it any more; dateline show lists others")
    return found


def _concerned(store: "Store", incident: Incident, role: str, quote: str | None) -> str:
    """Choose the event of an incident that a value concerns."""
    if quote is not None:
        for claim in incident.claims:
            report = store.report(claim.span.report_id)
            if report is not None and quote in report.text:
                return claim.event
        raise ConfigError(f"{_short(quote)}: stands in no report of {incident.id}")
    told = [claim for claim in incident.claims if claim.role == role]
    corrected = [claim.event for claim in told if is_human(claim.origin)]
    counts = [c for c in believed(told) if isinstance(c.value, Count) and c.value.basis != "vague"]
    shown = [claim.event for claim in (*reversed(counts), *believed(told))]
    return next(iter((*corrected, *shown)), incident.events[0])


def _corrected(claims: Sequence[Claim], role: str) -> Claim:
    """Give the claim at whose words a correction without a quote stands."""
    told = [claim for claim in claims if claim.role == role]
    anchor = [claim for claim in claims if claim.role == "type"]
    machine = [claim for claim in told if not is_human(claim.origin)]
    return next(iter((*believed(machine), *told, *anchor, *claims)))


def _quoted(report: Report, quote: str, claims: Sequence[Claim]) -> Span:
    """Give the span of a quote, of several the one closest to the event's anchor."""
    anchor = next((c.span.start for c in claims if c.role == "type"), claims[0].span.start)
    starts = []
    at = report.text.find(quote) if quote else -1
    while at >= 0:
        starts.append(at)
        at = report.text.find(quote, at + 1)
    if not starts:
        where = report.title or report.url or report.id
        raise ConfigError(f"{_short(quote)}: does not stand so in the report ({where})")
    start = min(starts, key=lambda one: abs(one - anchor))
    return report.span(start, start + len(quote))


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return f"“{words}”" if len(words) <= 60 else f"“{words[:60]}…”"  # noqa: PLR2004


def _link(store: "Store", codebook: Codebook | None) -> None:
    from dateline.link import link

    link(store, codebook)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
