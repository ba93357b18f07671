"""Between records and rows: a claim's report and origin stand once, with its coding."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from dateline.model import Claim, Judgement, Report, Span, Speaker
from dateline.values import value_from_json, value_to_json

_REPORT_FIELDS = tuple(field.name for field in fields(Report))


def report_from_row(row: Any) -> Report:  # noqa: ANN401  (a row has the columns of its query)
    """Read a report back from its row."""
    return Report(**{name: getattr(row, name) for name in _REPORT_FIELDS})


def claim_to_row(claim: Claim) -> dict[str, Any]:
    """Give the row of a claim, without its coding."""
    return {
        "id": claim.id,
        "event": claim.event,
        "role": claim.role,
        "start": claim.span.start,
        "end": claim.span.end,
        "value": value_to_json(claim.value),
        "stance": claim.stance,
        "speakers": [[s.name, s.side] for s in claim.speakers] or None,
        "score": claim.score,
    }


def claim_from_row(row: Any) -> Claim:  # noqa: ANN401  (as above)
    """Read a claim back from its row joined with `report_id`, `origin` and `quoted`."""
    value: Mapping[str, Any] | None = row.value
    return Claim(
        row.id,
        row.event,
        row.role,
        Span(row.report_id, row.start, row.end),
        value_from_json(value),
        row.stance,
        tuple(Speaker(name, side) for name, side in row.speakers or ()),
        row.score,
        row.origin,
        row.quoted is not False,
    )


def judgement_from_row(row: Any) -> Judgement:  # noqa: ANN401  (as above)
    """Read a judgement back from its row."""
    reasons = tuple(row.reasons)
    return Judgement(row.left, row.right, row.verdict, row.score, reasons, row.origin, row.made)
