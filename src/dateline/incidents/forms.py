"""The JSON forms of values in the interchange lines; coordinates are `lat` and `lon` there."""

from typing import Any

from dateline.model import Claim
from dateline.values import Actor, Count, Place, Term, Text, Value, When, value_to_json

Form = dict[str, Any]


def when_form(when: When | None) -> Form | None:
    """Give a date: closed interval of days, its precision and basis, a local time if told."""
    if when is None:
        return None
    return {
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
        "precision": when.precision,
        "basis": when.basis,
        "time": when.time,
        "zone": when.zone,
    }


def place_form(place: Place | None) -> Form | None:
    """Give a place; `level` says how far its coordinates may be trusted."""
    if place is None:
        return None
    return {
        "id": place.id,
        "name": place.name,
        "admin1": place.admin1,
        "country": place.country,
        "lat": place.latitude,
        "lon": place.longitude,
        "level": place.level,
    }


def count_form(count: Count | None) -> Form | None:
    """Give a count as a range with its basis; an open end is null."""
    if count is None:
        return None
    return {"low": count.low, "high": count.high, "basis": count.basis, "of": count.of}


def cell_form(value: Value | None) -> Any:  # noqa: ANN401  (a cell is a JSON value)
    """Give the plain form of a value as a cell; null for what is unknown or not resolved."""
    match value:
        case Term(id=cell) | Text(text=cell):
            return cell
        case Actor():
            return {"id": value.id, "name": value.name}
        case Place():
            return place_form(value)
        case When():
            return when_form(value)
        case Count():
            return count_form(value)
    return None


def claim_form(claim: Claim, quote: str | None) -> Form:
    """Give a claim with its quote; an unknown value keeps its reason.

    The quote is null where a person gave the value without one; start and end are then those of the
    words that were corrected.
    """
    match claim.value:
        case Place():
            value = {"kind": Place.kind, **(place_form(claim.value) or {})}
        case When():
            value = {"kind": When.kind, **(when_form(claim.value) or {})}
        case _:
            value = value_to_json(claim.value) or {}
    return {
        "id": claim.id,
        "role": claim.role,
        "value": value or None,
        "quote": quote,
        "start": claim.span.start,
        "end": claim.span.end,
        "stance": claim.stance,
        "speakers": [speaker.name for speaker in claim.speakers],
        "sides": [speaker.side for speaker in claim.speakers],
        "score": claim.score,
        "origin": claim.origin,
    }


def with_rule(count: Count, rule: str, **more: int | None) -> Form:
    """Give a count with the name of the rule that chose it."""
    return {**(count_form(count) or {}), "rule": rule, **more}
