"""The review desk over HTTP: what to look at first, what was looked at, what became of ids."""

from heapq import nsmallest
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from dateline.store.overview_index import Review
from dateline.web.access import Coder, author_of
from dateline.web.cursors import make_cursor, read_cursor
from dateline.web.desk import now
from dateline.web.facts import Known
from dateline.web.filters import Day
from dateline.web.forms import Form, NoNul, ReviewForm, Sent
from dateline.web.incident import NO_INCIDENT, Id, find_incident
from dateline.web.parts import AnyDesk, AnyExplorer, AnyStore
from dateline.web.problems import refusal

MOST_CHANGES = 1000
router = APIRouter(tags=["review"])
Row = dict[str, Any]
Kind = Literal["link", "disagreement", "score", "place", "date", "actor"]


class DoubtItem(Form):
    """A reason to look at an incident; `events` are the two of an uncertain link."""

    key: str = Field(examples=["i_7bab91c248ef4543 disagreement killed 0"])
    kind: Kind = Field(examples=["disagreement"])
    risk: float = Field(ge=0, le=1, examples=[0.28])
    incident: str = Field(examples=["i_7bab91c248ef4543"])
    headline: str
    events: list[str]
    why: str = Field(examples=["reports give 2 to 5 killed"])
    role: str | None = Field(examples=["killed"])


class Queue(Form):
    """A page of doubts, incident by incident, the riskiest first; `total` counts doubts."""

    items: list[DoubtItem]
    next: str | None = Field(examples=[None])
    total: int = Field(ge=0, examples=[12])


class NewReview(Sent):
    """What a person found after looking at an incident."""

    state: Literal["reviewed", "open", "disputed"]
    note: NoNul | None = Field(default=None, max_length=2000, examples=["both reports read"])


class ChangeForm(Form):
    """What became of an incident id."""

    made: str
    kind: Literal["merge", "split", "withdrawn"]
    incident: str
    other: str | None


class Changes(Form):
    """Changes of incident ids, oldest first; the newest 1,000."""

    items: list[ChangeForm]


@router.get("/review", response_model=Queue)
def list_doubts(
    explorer: AnyExplorer,
    kind: Annotated[Kind | None, Query(description="Only doubts of one kind.")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Incidents a page.")] = 20,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Row:
    """List what asks for a person's eye, the riskiest incident first, without reviewed ones."""
    explorer.columns()
    after = read_cursor(cursor, float, int)
    waiting = [
        (-known.risk, known.number, known.fact.id, _count(known, kind))
        for known in explorer.facts
        if known.risk and (kind is None or kind in known.doubts)
    ]
    rest = waiting if after is None else [one for one in waiting if one[:2] > after]
    page = nsmallest(limit, rest)
    facts = explorer.store.overview_index().facts(number for _, number, *_ in page)
    items = [
        item
        for _, number, name, _ in page
        if number in facts
        for item in _items(name, facts[number], kind)
    ]
    more = len(rest) > len(page)
    return {
        "items": items,
        "next": make_cursor(*page[-1][:2]) if page and more else None,
        "total": sum(count for *_, count in waiting),
    }


def _count(known: Known, kind: str | None) -> int:
    return known.doubts.count(kind) if kind else len(known.doubts)


def _items(incident: str, facts: Any, wanted: str | None) -> list[Row]:  # noqa: ANN401  (any JSON)
    found = [
        {
            "key": " ".join(filter(None, (incident, kind, role, *events, str(place)))),
            "kind": kind,
            "risk": risk,
            "incident": incident,
            "headline": facts["headline"],
            "events": list(events),
            "why": says,
            "role": role,
        }
        for place, (kind, role, risk, says, events) in enumerate(facts["doubts"])
        if wanted in {None, kind}
    ]
    return sorted(found, key=lambda item: (-item["risk"], item["key"]))


@router.post(
    "/incidents/{name}/review",
    response_model=ReviewForm,
    responses={404: refusal("Not found", NO_INCIDENT)},
)
def review(name: Id, new: NewReview, store: AnyStore, desk: AnyDesk, visitor: Coder) -> Row:
    """Say that an incident was looked at; the newest word holds, all stay on record."""
    by = author_of(visitor, new.by)
    _, kept = find_incident(store, name)
    note = (new.note or "").strip() or None
    found = Review(kept, new.state, by, now(), note)
    desk.note(lambda: store.overview_index().add_review(found))
    return {"state": found.state, "by": found.by, "made": found.made, "note": found.note}


@router.get("/changes", response_model=Changes)
def list_changes(
    store: AnyStore,
    since: Annotated[Day | None, Query(description="On this day or later.")] = None,
) -> Row:
    """List what became of incident ids, oldest first."""
    day = since.isoformat() if since else ""
    found = [change for change in store.changes() if change.made >= day]
    items = [
        {"made": c.made, "kind": c.kind, "incident": c.incident, "other": c.other}
        for c in found[-MOST_CHANGES:]
    ]
    return {"items": items}
