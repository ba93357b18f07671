"""The review desk over HTTP: what to look at first, and what a person says of it.

Everything a person says is put on record with name and time, and can be taken back.
"""

import datetime as dt
from heapq import nsmallest
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from dateline.codebook import Codebook
from dateline.corrections import correct, undo_correction
from dateline.incidents.forms import claim_form
from dateline.link.cluster import newest_words
from dateline.model import Claim, Judgement
from dateline.store.overview_index import Review
from dateline.web.access import Coder, author_of
from dateline.web.cursors import make_cursor, read_cursor
from dateline.web.facts import Known
from dateline.web.filters import Day
from dateline.web.forms import Form, ReviewForm
from dateline.web.incident import Id, find_incident
from dateline.web.parts import AnyCodebook, AnyDesk, AnyExplorer, AnyStore
from dateline.web.problems import Problem

if TYPE_CHECKING:
    from dateline.store.database import Store

MOST_PEOPLE = 10**9
MOST_CHANGES = 1000
router = APIRouter(tags=["review"])
Row = dict[str, Any]
Kind = Literal["link", "disagreement", "score", "place", "date", "actor"]
Name = Annotated[str, Field(max_length=200, examples=["amina"])]
Event = Annotated[str, Field(min_length=1, max_length=80, examples=["e_f997dde65c8ff240"])]


class Sent(BaseModel):
    """A JSON object that a browser sends; `by` is needed where no token says who it is."""

    model_config = ConfigDict(extra="forbid")

    by: Name | None = None


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


class NewJudgement(Sent):
    """A person's word on whether two events are one incident."""

    left: Event
    right: Event
    verdict: Literal["same", "different", "unsure"]
    why: str | None = Field(default=None, max_length=1000, examples=["the same three rockets"])


class JudgementForm(Form):
    """A person's word as it stands on record."""

    id: str = Field(examples=["j_0b9f3c5b7a9d2e48"])
    left: str
    right: str
    verdict: str = Field(examples=["same"])
    by: str = Field(examples=["amina"])
    made: str = Field(examples=["2021-07-09T10:12:00.000000+00:00"])
    why: str | None


class MadeJudgement(JudgementForm):
    """A word just said, and the incidents in which the two events stand now."""

    incidents: list[str]


class Judgements(Form):
    """A page of what people judged, the newest first."""

    items: list[JudgementForm]
    next: str | None = Field(examples=[None])
    total: int = Field(ge=0)


class NewCorrection(Sent):
    """A value as a person types it, for a role of an event."""

    event: Event
    role: str = Field(max_length=80, examples=["killed"])
    value: str = Field(min_length=1, max_length=500, examples=["3"])
    quote: str | None = Field(default=None, min_length=1, max_length=2000)


class UndoneCorrection(Sent):
    """The role of an event whose correction is taken back."""

    event: Event
    role: str = Field(max_length=80, examples=["killed"])


class CorrectionForm(Form):
    """The claim of a correction, in the interchange form of a claim."""

    model_config = ConfigDict(extra="allow")

    id: str
    event: str
    role: str
    incident: str | None


class NewReview(Sent):
    """What a person found after looking at an incident."""

    state: Literal["reviewed", "open", "disputed"]
    note: str | None = Field(default=None, max_length=2000)


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


@router.post("/judgements", response_model=MadeJudgement)
def judge(new: NewJudgement, store: AnyStore, desk: AnyDesk, visitor: Coder) -> Row:
    """Say whether two events are one incident; the word overrules the weights.

    The newest word on a pair holds; `unsure` leaves it to the weights again.
    """
    by = author_of(visitor, new.by)
    left, right = sorted((new.left, new.right))
    if left == right:
        raise _wrong("right", f"{left}: is one event; a judgement takes two")
    known = store.link_index().views([left, right])
    for name in ("left", "right"):
        event = getattr(new, name)
        if event not in known:
            raise _wrong(name, f"{event}: no event of that id that can be linked")
    why = " ".join((new.why or "").split())
    reasons = (why,) if why else ()
    word = Judgement(left, right, new.verdict, 1.0, reasons, f"human:{by}", _now())
    return _judged(store, desk, word)


@router.get("/judgements", response_model=Judgements)
def list_judgements(
    store: AnyStore,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Row:
    """List what people judged, the newest first."""
    words = sorted(store.link_index().words().items(), key=lambda item: (item[1].made, item[0]))
    after = read_cursor(cursor, str, str)
    newest = [item for item in reversed(words) if after is None or (item[1].made, item[0]) < after]
    page = newest[:limit]
    last = page[-1] if len(newest) > limit else None
    return {
        "items": [_word(name, word) for name, word in page],
        "next": make_cursor(last[1].made, last[0]) if last else None,
        "total": len(words),
    }


@router.post("/judgements/{name}/undo", response_model=MadeJudgement)
def undo_judgement(
    name: Annotated[str, Path(max_length=80, examples=["j_0b9f3c5b7a9d2e48"])],
    sent: Sent,
    store: AnyStore,
    desk: AnyDesk,
    visitor: Coder,
) -> Row:
    """Take a judgement back; it stays on record, and the weights decide again."""
    by = author_of(visitor, sent.by)
    words = store.link_index().words()
    old = words.get(name)
    if old is None:
        raise Problem(404, "Not found", f"{name}: no judgement of that id")
    if newest_words(words.values()).get((old.left, old.right)) != old or old.verdict == "unsure":
        raise Problem(409, "Not in force", f"{name}: a newer word on these two events holds")
    reasons = (f"takes back {name}",)
    word = Judgement(old.left, old.right, "unsure", 1.0, reasons, f"human:{by}", _now())
    return _judged(store, desk, word)


def _judged(store: "Store", desk: AnyDesk, word: Judgement) -> Row:
    desk.change(lambda: store.add_judgement(word))
    name = next(name for name, kept in store.link_index().words().items() if kept == word)
    members = store.link_index().members([word.left, word.right])
    return _word(name, word) | {"incidents": sorted(set(members.values()))}


def _word(name: str, word: Judgement) -> Row:
    return {
        "id": name,
        "left": word.left,
        "right": word.right,
        "verdict": word.verdict,
        "by": word.origin.removeprefix("human:"),
        "made": word.made,
        "why": "; ".join(word.reasons) or None,
    }


@router.post("/corrections", response_model=CorrectionForm)
def correct_value(
    new: NewCorrection, store: AnyStore, codebook: AnyCodebook, desk: AnyDesk, visitor: Coder
) -> Row:
    """Put a person's value on record; it holds before all that was read by a machine.

    The value is typed as on the command line: `3`, `at least 12`, `2021-07-05`, the id or name of
    a place or actor, a term, `unknown`. A quote must stand in the report exactly so.
    """
    by = author_of(visitor, new.by)
    _check_event(store, new.event)
    _check_number(new, codebook)
    claim = desk.note(
        lambda: correct(store, codebook, new.event, new.role, new.value, by=by, quote=new.quote)
    )
    return _claim(store, claim)


@router.post("/corrections/undo", response_model=CorrectionForm)
def undo_value(
    sent: UndoneCorrection, store: AnyStore, codebook: AnyCodebook, desk: AnyDesk, visitor: Coder
) -> Row:
    """Take back the correction that holds; it stays on record, and the one before holds again.

    Gives the claim that was taken back.
    """
    by = author_of(visitor, sent.by)
    _check_event(store, sent.event)
    claim = desk.note(
        lambda: undo_correction(store, sent.event, sent.role, by=by, codebook=codebook)
    )
    return _claim(store, claim)


def _claim(store: "Store", claim: Claim) -> Row:
    report = store.report(claim.span.report_id)
    quote = report.quote(claim.span) if report and claim.quoted else None
    incident = store.link_index().members([claim.event]).get(claim.event)
    return claim_form(claim, quote) | {"event": claim.event, "incident": incident}


def _check_event(store: "Store", event: str) -> None:
    """Refuse what is no whole id: only the command line takes the beginning of one."""
    if store.trail().event(event) is None:
        raise Problem(404, "Not found", f"{event}: no event of that id is on record")


def _check_number(new: NewCorrection, codebook: Codebook) -> None:
    role = codebook.roles.get(new.role)
    is_count = role is not None and str(role.details["value"]).startswith("count")
    digits = "".join(c if c.isdigit() else " " for c in new.value).split()
    if is_count and any(len(one) >= len(str(MOST_PEOPLE)) for one in digits):
        raise _wrong("value", f"a count is below {MOST_PEOPLE:,}")


@router.post("/incidents/{name}/review", response_model=ReviewForm)
def review(name: Id, new: NewReview, store: AnyStore, desk: AnyDesk, visitor: Coder) -> Row:
    """Say that an incident was looked at; the newest word holds, all stay on record."""
    by = author_of(visitor, new.by)
    _, kept = find_incident(store, name)
    note = (new.note or "").strip() or None
    found = Review(kept, new.state, by, _now(), note)
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


def _wrong(parameter: str, detail: str) -> Problem:
    errors = ({"parameter": parameter, "detail": detail},)
    return Problem(422, "Not understood", detail, errors=errors)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
