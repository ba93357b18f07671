"""Why events are one incident, over HTTP: what was compared, the weights, what people said."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path

from dateline.codebook import Codebook
from dateline.incidents import event_record
from dateline.link import EventView, load_weights
from dateline.link.view import view_from_json
from dateline.link.weights import Weights
from dateline.model import Judgement
from dateline.web.forms import PLAIN_ID, LinksForm, PairPageForm
from dateline.web.incident import NO_INCIDENT, Id, find_incident, report_head
from dateline.web.parts import AnyCodebook, AnyStore
from dateline.web.problems import Problem, refusal

if TYPE_CHECKING:
    from dateline.store.database import Store

MOST_PAIRS = 100
router = APIRouter(tags=["links"])
Row = dict[str, Any]
Event = Annotated[str, Path(pattern=PLAIN_ID, examples=["e_f997dde65c8ff240"])]
Said = Mapping[tuple[str, str], list[tuple[str, Judgement]]]


@router.get(
    "/incidents/{name}/links",
    response_model=LinksForm,
    responses={404: refusal("Not found", NO_INCIDENT)},
)
def explain_links(name: Id, store: AnyStore) -> Row:
    """Explain why the reports of an incident are joined: each pair with its weights, in bits.

    Of a large incident the pairs that speak most for it, and all that a person judged.
    """
    number, _ = find_incident(store, name)
    weights = load_weights()
    events = [e for _, one in store.overview_index().incidents([number]) for e in one.events]
    views = {name: view_from_json(form) for name, form in store.link_index().views(events).items()}
    said = words_of(store, views)
    told = sorted(views.values(), key=lambda view: view.order)
    pairs = [
        (weights.total(left, right), left, right)
        for left, right in combinations(told, 2)
        if left.report != right.report or _key(left.id, right.id) in said
    ]
    pairs.sort(key=lambda pair: (_key(pair[1].id, pair[2].id) not in said, -pair[0]))
    return {
        "threshold": weights.threshold,
        "pairs": [_pair(left, right, weights, said) for _, left, right in pairs[:MOST_PAIRS]],
        "more": max(0, len(pairs) - MOST_PAIRS),
    }


@router.get(
    "/pairs/{left}/{right}",
    response_model=PairPageForm,
    responses={404: refusal("Not found", "e_f997dde65c8ff240: is one event; a pair takes two")},
)
def explain_pair(left: Event, right: Event, store: AnyStore, codebook: AnyCodebook) -> Row:
    """Explain two events: their weights, what people said, and both as they are told."""
    if left == right:
        raise Problem(404, "Not found", f"{left}: is one event; a pair takes two")
    forms = store.link_index().views([left, right])
    for event in (left, right):
        if event not in forms:
            raise Problem(404, "Not found", f"{event}: no event of that id that can be linked")
    one, two = (view_from_json(forms[event]) for event in (left, right))
    weights = load_weights()
    members = store.link_index().members([left, right])
    (left_event, left_head), (right_event, right_head) = (
        _told(store, codebook, event) for event in (left, right)
    )
    return _pair(one, two, weights, words_of(store, forms)) | {
        "threshold": weights.threshold,
        "same_incident": left in members and members.get(left) == members.get(right),
        "left_event": left_event,
        "right_event": right_event,
        "left_head": left_head,
        "right_head": right_head,
    }


def words_of(store: "Store", events: Iterable[str]) -> Said:
    """Give what people judged of pairs among events, oldest first, with the ids of their words."""
    names = set(events)
    found: dict[tuple[str, str], list[tuple[str, Judgement]]] = {}
    for name, word in store.link_index().words().items():
        if word.left in names and word.right in names:
            found.setdefault(_key(word.left, word.right), []).append((name, word))
    return found


def _key(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left < right else (right, left)


def _pair(left: EventView, right: EventView, weights: Weights, said: Said) -> Row:
    return {
        "left": left.id,
        "right": right.id,
        "left_report": left.report,
        "right_report": right.report,
        "total": weights.total(left, right),
        "parts": [
            {"name": part.name, "says": part.says, "weight": part.weight}
            for part in weights.explain(left, right)
        ],
        "said": [
            {
                "id": name,
                "verdict": word.verdict,
                "by": word.origin.removeprefix("human:"),
                "made": word.made,
                "why": "; ".join(word.reasons) or None,
            }
            for name, word in said.get(_key(left.id, right.id), ())
        ],
    }


def _told(store: "Store", codebook: Codebook, event: str) -> tuple[Row, Row]:
    found = store.trail().event(event)
    if found is None:
        raise Problem(404, "Not found", f"{event}: no report tells it any longer")
    report, claims = found
    return event_record(report, claims, codebook), report_head(report)
