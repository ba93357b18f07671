"""Tallies over HTTP: each figure that a report gives, beside the incidents of its scope."""

from functools import lru_cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from dateline.analyse.scopes import Scope, Tally, tally_of
from dateline.analyse.tallies import Reconciled, reconcile
from dateline.best import believed
from dateline.codebook import Codebook
from dateline.incidents.forms import cell_form
from dateline.model import Claim, Report
from dateline.values import Unknown, Value
from dateline.web.cursors import make_cursor, read_cursor
from dateline.web.explorer import Explorer
from dateline.web.filters import FilterQuery, filter_of
from dateline.web.forms import CountForm, Form, ReportHead
from dateline.web.incident import report_head
from dateline.web.listing import select
from dateline.web.parts import AnyCodebook, AnyExplorer, AnyStore

MOST_IDS = 200
router = APIRouter(tags=["tallies"])
Row = dict[str, Any]


class OnRecord(Form):
    """What the record holds under the scope of a tally.

    `certain` incidents surely belong; `count` is those and the ones that may. `filters` are for the
    list of incidents, `exact` says that it then shows just these.
    """

    count: int = Field(ge=0, examples=[31])
    certain: int = Field(ge=0, examples=[28])
    ids: list[str]
    filters: dict[str, list[str]]
    exact: bool


class TallyForm(Form):
    """A figure with its quote, and whether the record agrees; `why` says what that rests on."""

    event: str = Field(examples=["e_b8bafd565bb8c0a5"])
    report: str
    report_head: ReportHead
    quote: str = Field(examples=["A total of 45 attacks targeted US interests in Iraq"])
    count: CountForm | None
    what: str | None = Field(examples=["attacks"])
    period: dict[str, Any] | None
    places: list[dict[str, Any]]
    target: str | None = Field(examples=["US interests"])
    attributed_to: dict[str, Any] | None
    by: dict[str, Any] | None
    on_record: OnRecord | None
    verdict: Literal["agrees", "short", "more", "cannot_compare"]
    difference: int | None = Field(examples=[14])
    why: str


class TallyList(Form):
    """A page of tallies, those of the newest reports first."""

    items: list[TallyForm]
    next: str | None = Field(examples=[None])
    total: int = Field(ge=0, examples=[3])


@router.get("/tallies", response_model=TallyList)
def list_tallies(
    explorer: AnyExplorer,
    codebook: AnyCodebook,
    store: AnyStore,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Row:
    """List the figures that reports give, each held against the incidents on record."""
    explorer.columns()
    events = explorer.statements.events("tally")
    ordered = _ordered(explorer, explorer.statements.version)
    after = read_cursor(cursor, int)
    start = max(0, int(after[0])) if after else 0
    page = [events[event] for event in ordered[start : start + limit] if event in events]
    reports = store.link_index().reports({claims[0].span.report_id for claims in page})
    items = [
        _tally(claims, reports[claims[0].span.report_id], explorer, codebook) for claims in page
    ]
    more = start + limit < len(ordered)
    return {
        "items": items,
        "next": make_cursor(start + limit) if more else None,
        "total": len(ordered),
    }


@lru_cache(maxsize=2)
def _ordered(explorer: Explorer, _version: int) -> list[str]:
    """Give the events of tallies, those of the reports that were published last first."""
    events = explorer.statements.events("tally")
    days = explorer.store.told_index().published(
        claims[0].span.report_id for claims in events.values()
    )

    def newness(event: str) -> tuple[str, str]:
        return days.get(events[event][0].span.report_id, ""), event

    return sorted(events, key=newness, reverse=True)


@lru_cache(maxsize=200)
def _reconciled(explorer: Explorer, _version: int, tally: Tally, codebook: Codebook) -> Reconciled:
    return reconcile(tally, explorer.facts.facts(), codebook)


def _tally(claims: list[Claim], report: Report, explorer: Explorer, codebook: Codebook) -> Row:
    tally = tally_of(claims, report.published_day)
    found = _reconciled(explorer, explorer.facts.version, tally, codebook)
    by_role: dict[str, list[Value]] = {}
    for claim in believed(claims):
        if claim.value is not None and not isinstance(claim.value, Unknown):
            by_role.setdefault(claim.role, []).append(claim.value)

    def cell(role: str) -> Any:  # noqa: ANN401  (a cell is a JSON value)
        values = by_role.get(role)
        return cell_form(values[0]) if values else None

    anchor = next((claim for claim in claims if claim.role == "type"), claims[0])
    return {
        "event": tally.event,
        "report": report.id,
        "report_head": report_head(report),
        "quote": report.text[anchor.span.start : anchor.span.end],
        "count": cell("count"),
        "what": cell("what"),
        "period": cell("period"),
        "places": [cell_form(place) for place in by_role.get("places", ())],
        "target": cell("target"),
        "attributed_to": cell("attributed_to"),
        "by": cell("by"),
        "on_record": _on_record(found, explorer, codebook),
        "verdict": found.verdict,
        "difference": found.difference,
        "why": found.why,
    }


def _on_record(found: Reconciled, explorer: Explorer, codebook: Codebook) -> Row | None:
    if found.scope is None:
        return None
    filters = filters_of(found.scope)
    ids = [*found.incidents, *found.doubtful]
    columns = explorer.columns()
    mask = select(columns, filter_of(FilterQuery.model_validate(filters), codebook))
    shown = {columns.ids[row] for row in mask.nonzero()[0].tolist()}
    return {
        "count": len(ids),
        "certain": len(found.incidents),
        "ids": ids[:MOST_IDS],
        "filters": {n: v if isinstance(v, list) else [v] for n, v in filters.items()},
        "exact": shown == set(ids),
    }


def filters_of(scope: Scope) -> Row:
    """Give the filters of the list that come nearest to a scope, by their names in the URL.

    Whose the target is, who is blamed and a place finer than a province have no filter.
    """
    provinces = [p for p in scope.places if p.admin1 and p.country]
    whole = [p for p in scope.places if not p.admin1]
    filters: Row = {
        "from": scope.first.isoformat(),
        "to": scope.last.isoformat(),
        "background": "1",
    }
    if whole or not provinces:
        filters["country"] = sorted({p.country for p in scope.places if p.country})
    else:
        filters["admin1"] = sorted({f"{p.country}/{p.admin1}" for p in provinces})
    if scope.type:
        filters["type"] = [scope.type, *scope.also]
    if scope.target_type:
        filters["target_type"] = [scope.target_type]
    return filters
