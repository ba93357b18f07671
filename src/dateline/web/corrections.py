"""Corrections over HTTP: a value as a person types it, which holds before what machines read."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from pydantic import ConfigDict, Field

from dateline.codebook import Codebook
from dateline.corrections import correct, undo_correction
from dateline.errors import ConfigError
from dateline.incidents.forms import claim_form
from dateline.model import Claim
from dateline.web.access import Coder, author_of
from dateline.web.forms import EventId, Form, NoNul, Sent
from dateline.web.parts import AnyCodebook, AnyDesk, AnyStore
from dateline.web.problems import Problem, refusal, wrong

if TYPE_CHECKING:
    from dateline.store.database import Store

MOST_PEOPLE = 10**9
router = APIRouter(tags=["corrections"])
Row = dict[str, Any]
_NO_EVENT = refusal("Not found", "e_f997dde65c8ff240: no event of that id is on record")


class UndoneCorrection(Sent):
    """The role of an event whose correction is taken back."""

    event: EventId
    role: str = Field(max_length=80, examples=["killed"])


class NewCorrection(UndoneCorrection):
    """A value as a person types it, for a role of an event."""

    value: NoNul = Field(min_length=1, max_length=500, examples=["3"])
    quote: NoNul | None = Field(default=None, min_length=1, max_length=2000, examples=[None])


class CorrectionForm(Form):
    """The claim of a correction, in the interchange form of a claim."""

    model_config = ConfigDict(extra="allow")

    id: str
    event: str
    role: str
    incident: str | None


@router.post(
    "/corrections",
    response_model=CorrectionForm,
    responses={
        404: _NO_EVENT,
        409: refusal("Does not fit", "date: no role of kind tie; it belongs to incident"),
    },
)
def correct_value(
    new: NewCorrection, store: AnyStore, codebook: AnyCodebook, desk: AnyDesk, visitor: Coder
) -> Row:
    """Put a person's value on record; it holds before all that was read by a machine.

    The value is typed as on the command line: `3`, `at least 12`, `2021-07-05`, the id or name of
    a place or actor, a term, `unknown`. A quote must stand in the report exactly so. Where value,
    quote or role do not fit the event, nothing is changed (409).
    """
    by = author_of(visitor, new.by)
    _check_role(codebook, new.role)
    _check_event(store, new.event)
    _check_number(new, codebook)
    claim = _fitting(
        desk,
        lambda: correct(store, codebook, new.event, new.role, new.value, by=by, quote=new.quote),
    )
    return _claim(store, claim)


@router.post(
    "/corrections/undo",
    response_model=CorrectionForm,
    responses={
        404: _NO_EVENT,
        409: refusal(
            "Does not fit",
            "e_f997dde65c8ff240: nobody corrected its killed; dateline history shows who did",
        ),
    },
)
def undo_value(
    sent: UndoneCorrection, store: AnyStore, codebook: AnyCodebook, desk: AnyDesk, visitor: Coder
) -> Row:
    """Take back the correction that holds; it stays on record, and the one before holds again.

    Gives the claim that was taken back.
    """
    by = author_of(visitor, sent.by)
    _check_role(codebook, sent.role)
    _check_event(store, sent.event)
    claim = _fitting(
        desk, lambda: undo_correction(store, sent.event, sent.role, by=by, codebook=codebook)
    )
    return _claim(store, claim)


def _fitting(desk: AnyDesk, write: Callable[[], Claim]) -> Claim:
    """Write a claim; what is well formed and yet does not fit what is on record is a conflict."""
    try:
        return desk.note(write)
    except ConfigError as error:
        raise Problem(409, "Does not fit", str(error)) from error


def _claim(store: "Store", claim: Claim) -> Row:
    report = store.report(claim.span.report_id)
    quote = report.quote(claim.span) if report and claim.quoted else None
    incident = store.link_index().members([claim.event]).get(claim.event)
    return claim_form(claim, quote) | {"event": claim.event, "incident": incident}


def _check_event(store: "Store", event: str) -> None:
    """Refuse what is no whole id: only the command line takes the beginning of one."""
    if store.trail().event(event) is None:
        raise Problem(404, "Not found", f"{event}: no event of that id is on record")


def _check_role(codebook: Codebook, role: str) -> None:
    if role not in codebook.roles:
        raise wrong("role", f"{role}: no role of that name")


def _check_number(new: NewCorrection, codebook: Codebook) -> None:
    role = codebook.roles.get(new.role)
    is_count = role is not None and str(role.details["value"]).startswith("count")
    digits = "".join(c if c.isdigit() else " " for c in new.value).split()
    if is_count and any(len(one) >= len(str(MOST_PEOPLE)) for one in digits):
        raise Problem(409, "Does not fit", f"{new.role}: a count is below {MOST_PEOPLE:,}")
