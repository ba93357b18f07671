"""The five records: Span, Report, Claim, Judgement, Incident; all frozen, ids are content hashes.

An event is the claims that share an `event` id; there is no event record. The anchor claim of an
event has role `type`: its value is a `Term("event_type", ...)` for an incident and
`Term("kind", "tally" | "tie" | "strength" | "reward")` for the other kinds.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from dateline.errors import SpanError
from dateline.values import Value, value_from_json, value_to_json

Stance = Literal["asserted", "denied", "suspected", "hypothetical"]
Verdict = Literal["same", "different", "unsure"]
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)


def content_id(prefix: str, *parts: object) -> str:
    """Make a stable id from content: `prefix_` and 16 hexadecimal digits of a SHA-256."""
    text = _CANONICAL.encode(parts)
    return f"{prefix}_{hashlib.sha256(text.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open code-point offsets into the text of a report; made by the report only."""

    report_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """A published text. `text` is the clean text all offsets refer to.

    `published` is an ISO 8601 day or date-time as the source states it, or None; `retrieved` is
    when the bytes were read. `raw_sha256` is the hash of the bytes the text was made from.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    retrieved: str | None = None
    language: str | None = None
    raw_sha256: str | None = None
    copy_of: str | None = None

    @property
    def published_day(self) -> dt.date | None:
        """The day of publication as the source wrote it; None unless a full day is stated."""
        try:
            return dt.date.fromisoformat((self.published or "")[:10])
        except ValueError:
            return None

    def span(self, start: int, end: int) -> Span:
        """Make a span of this report; raises SpanError if it is empty or not inside the text."""
        if not 0 <= start < end <= len(self.text):
            message = f"report {self.id}: no span {start}-{end} in {len(self.text)} characters"
            raise SpanError(message)
        return Span(self.id, start, end)

    def quote(self, span: Span) -> str:
        """Give the exact words of a span; raises SpanError for a span of another report."""
        if span.report_id != self.id:
            message = f"span of report {span.report_id} does not belong to report {self.id}"
            raise SpanError(message)
        self.span(span.start, span.end)
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a report credits with a statement, in its own words.

    `name` stands in the report's text; `side` is the registry id of the actor spoken for, or None
    when no side is known.
    """

    name: str
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of one role of one event, with its quote, stance and chain of speakers.

    `speakers` is outermost first; empty means the report's own voice. `score` is between 0 and 1.
    `quoted` is false only where a person gave a value without words that say so: its span is then
    that of the words it corrects, and no quote of it.
    """

    id: str
    event: str
    role: str
    span: Span
    value: Value | None
    stance: Stance = "asserted"
    speakers: tuple[Speaker, ...] = ()
    score: float = 1.0
    origin: str = ""
    quoted: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """A yes, no or unsure on "these two events are one incident", with its reasons."""

    left: str
    right: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    origin: str
    made: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Something in the world: a view over the claims of its events, never edited."""

    id: str
    events: tuple[str, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history of incident ids, which are never reused or silently dropped.

    `merge`: `incident` took over `other`, which stays as an alias. `split`: `incident` was minted
    for events that `other` had. `withdrawn`: no current event is left; `other` is None.
    """

    kind: Literal["merge", "split", "withdrawn"]
    incident: str
    other: str | None
    made: str


@dataclass(frozen=True, slots=True)
class Copy:
    """Two reports (by id, in order of ids) that carry one text; derived, with the reason.

    `share` is the part of the words they share, between 0 and 1.
    """

    left: str
    right: str
    share: float
    reason: str


def is_human(origin: str) -> bool:
    """Tell whether a person made a claim or judgement (origin `human:NAME`)."""
    return origin.startswith("human:")


def make_report(text: str, **details: str | None) -> Report:
    """Make a report whose id hashes url (or raw bytes hash), publication date and text.

    The same report read twice gets the same id.
    """
    origin = details.get("url") or details.get("raw_sha256")
    report_id = details.pop("id", None) or content_id("r", origin, details.get("published"), text)
    return Report(id=report_id, text=text, **details)


def event_id(report: Report, kind: str, anchor: Span) -> str:
    """Name an event by report, kind and anchor span."""
    return content_id("e", report.id, kind, anchor.start, anchor.end)


def make_claim(
    event: str,
    role: str,
    span: Span,
    value: Value | None,
    *,
    stance: Stance = "asserted",
    speakers: Sequence[Speaker] = (),
    score: float = 1.0,
    origin: str,
) -> Claim:
    """Make a claim whose id hashes its evidence and value, so that coding twice adds nothing."""
    chain = tuple(speakers)
    evidence = (event, role, span.start, span.end, stance, [s.name for s in chain], origin)
    claim_id = content_id("c", *evidence, value_to_json(value))
    return Claim(claim_id, event, role, span, value, stance, chain, score, origin)


def without_quote(claim: Claim) -> Claim:
    """Give a claim whose words at its span do not say so: a person's value, without a quote."""
    return replace(claim, id=content_id("c", claim.id, "no quote"), quoted=False)


def report_to_json(report: Report) -> dict[str, Any]:
    """Give the JSON form of a report: its fields by name."""
    return asdict(report)


def report_from_json(form: Mapping[str, Any]) -> Report:
    """Read back what `report_to_json` wrote."""
    return Report(**form)


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """Give the JSON form of a claim: span flattened to report, start, end."""
    return {
        "id": claim.id,
        "event": claim.event,
        "role": claim.role,
        "report": claim.span.report_id,
        "start": claim.span.start,
        "end": claim.span.end,
        "value": value_to_json(claim.value),
        "stance": claim.stance,
        "speakers": [asdict(speaker) for speaker in claim.speakers],
        "score": claim.score,
        "origin": claim.origin,
        **({} if claim.quoted else {"quoted": False}),
    }


def claim_from_json(form: Mapping[str, Any]) -> Claim:
    """Read back what `claim_to_json` wrote."""
    return Claim(
        form["id"],
        form["event"],
        form["role"],
        Span(form["report"], form["start"], form["end"]),
        value_from_json(form["value"]),
        form["stance"],
        tuple(Speaker(**speaker) for speaker in form["speakers"]),
        form["score"],
        form["origin"],
        form.get("quoted", True),
    )
