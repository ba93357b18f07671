"""Judgements over HTTP: a person's word on whether two events are one incident."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field

from dateline.link.cluster import newest_words
from dateline.model import Judgement
from dateline.web.access import Coder, author_of
from dateline.web.cursors import make_cursor, read_cursor
from dateline.web.desk import now
from dateline.web.forms import PLAIN_ID, EventId, Form, NoNul, Sent
from dateline.web.parts import AnyDesk, AnyStore
from dateline.web.problems import Problem, refusal

if TYPE_CHECKING:
    from dateline.store.database import Store

router = APIRouter(tags=["judgements"])
Row = dict[str, Any]


class NewJudgement(Sent):
    """A person's word on whether two events are one incident."""

    left: EventId
    right: EventId
    verdict: Literal["same", "different", "unsure"]
    why: NoNul | None = Field(default=None, max_length=1000, examples=["the same three rockets"])


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


@router.post(
    "/judgements",
    response_model=MadeJudgement,
    responses={
        404: refusal("Not found", "e_f997dde65c8ff240: no event of that id that can be linked"),
        409: refusal("One event", "e_f997dde65c8ff240: is one event; a judgement takes two"),
    },
)
def judge(new: NewJudgement, store: AnyStore, desk: AnyDesk, visitor: Coder) -> Row:
    """Say whether two events are one incident; the word overrules the weights.

    The newest word on a pair holds; `unsure` leaves it to the weights again.
    """
    by = author_of(visitor, new.by)
    left, right = sorted((new.left, new.right))
    if left == right:
        raise Problem(409, "One event", f"{left}: is one event; a judgement takes two")
    known = store.link_index().views([left, right])
    for event in (new.left, new.right):
        if event not in known:
            raise Problem(404, "Not found", f"{event}: no event of that id that can be linked")
    why = " ".join((new.why or "").split())
    reasons = (why,) if why else ()
    word = Judgement(left, right, new.verdict, 1.0, reasons, f"human:{by}", now())
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


@router.post(
    "/judgements/{name}/undo",
    response_model=MadeJudgement,
    responses={
        404: refusal("Not found", "j_0b9f3c5b7a9d2e48: no judgement of that id"),
        409: refusal("Not in force", "j_0b9f3c5b7a9d2e48: a newer word on these two events holds"),
    },
)
def undo_judgement(
    name: Annotated[str, Path(pattern=PLAIN_ID, examples=["j_0b9f3c5b7a9d2e48"])],
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
    word = Judgement(old.left, old.right, "unsure", 1.0, reasons, f"human:{by}", now())
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
