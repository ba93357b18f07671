"""One incident over HTTP: its record, why its reports are joined, what happened to it."""

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import RedirectResponse, Response

from dateline.export.rows import incident_row
from dateline.history import history
from dateline.incidents.overview import risk_of
from dateline.model import Report
from dateline.overviews import overviews_of
from dateline.web.filters import Day, RuleName
from dateline.web.forms import PLAIN_ID, HistoryForm, IncidentForm
from dateline.web.parts import AnyCodebook, AnyStore
from dateline.web.problems import Problem, refusal

if TYPE_CHECKING:
    from dateline.store.database import Store

router = APIRouter(tags=["incidents"])
Row = dict[str, Any]
NO_INCIDENT = "i_7bab91c248ef4543: no incident of that id"
Id = Annotated[str, Path(pattern=PLAIN_ID, examples=["i_7bab91c248ef4543"])]


@router.get(
    "/incidents/{name}",
    response_model=IncidentForm,
    responses={
        308: {"description": "A former id; the incident has another one now."},
        404: refusal("Not found", NO_INCIDENT),
    },
)
def give_incident(
    name: Id,
    store: AnyStore,
    codebook: AnyCodebook,
    rule: Annotated[RuleName, Query(description="How casualties are merged.")] = "latest",
    as_of: Annotated[
        Day | None, Query(description="Only what was on record by the end of this day.")
    ] = None,
) -> Row | Response:
    """Give one incident with all its claims and quotes, as it is exported, and what is beside it.

    The id of one of its events will do. A former id answers with the one that holds now.
    """
    number, kept = find_incident(store, name)
    if kept != name and name.startswith("i_"):
        return RedirectResponse(f"/api/incidents/{kept}", 308)
    day = None if as_of is None else as_of.isoformat()
    record = incident_row(store, codebook, kept, rule=rule, as_of=day)
    found = overviews_of(store, codebook, [number]).get(number)
    if record is None or found is None:
        reason = "no report tells of it any longer" if day is None else f"not on record by {day}"
        raise Problem(404, "Not found", f"{name}: {reason}")
    reports = store.link_index().reports(record["reports"])
    reviews = store.overview_index().reviews([kept, *record["aliases"]])
    newest = reviews[-1] if reviews else None
    is_reviewed = newest is not None and newest.state == "reviewed"
    return record | {
        "headline": found.card["headline"],
        "review": None if newest is None else {**asdict(newest), "incident": kept},
        "sources": {"count": record["independent_sources"], "collapsed": record["collapsed"]},
        "report_heads": [report_head(reports[one]) for one in record["reports"] if one in reports],
        "cite": _cite(record, found.card["headline"]),
        "risk": 0.0 if is_reviewed else risk_of(found.doubts),
        "reasons": [asdict(doubt) for doubt in found.doubts],
    }


@router.get(
    "/incidents/{name}/history",
    response_model=HistoryForm,
    responses={404: refusal("Not found", NO_INCIDENT)},
)
def tell_history(name: Id, store: AnyStore, codebook: AnyCodebook) -> Row:
    """Tell what happened to an incident, oldest first: reports, readings, words of people, ids.

    `who` is a publisher, an origin of claims or a person.
    """
    _, kept = find_incident(store, name)
    entries = [asdict(entry) for entry in history(store, codebook, kept)]
    former = store.trail().former_ids(kept)
    entries += [
        {
            "made": review.made,
            "kind": "review",
            "who": review.by,
            "what": f"{review.state}: {review.note}" if review.note else review.state,
        }
        for review in store.overview_index().reviews([kept, *former])
    ]
    return {"items": sorted(entries, key=lambda entry: entry["made"] or "")}


def find_incident(store: "Store", name: str) -> tuple[int, str]:
    """Give number and id of an incident by its id, a former one or an event; else a Problem."""
    found = store.overview_index().find(name)
    if found is None:
        raise Problem(404, "Not found", f"{name}: no incident of that id")
    return found


def report_head(report: Report) -> Row:
    """Give a report without its text."""
    return {
        "id": report.id,
        "publisher": report.publisher,
        "title": report.title,
        "url": report.url,
        "published": report.published,
        "copy_of": report.copy_of,
    }


def _cite(record: Row, headline: str) -> str:
    """Give how to cite an incident: what, its id, what it rests on, when it was read."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    reports = len(record["reports"])
    rests = f"coded from {reports} report{'' if reports == 1 else 's'}"
    publishers = ", ".join(record["publishers"][:5])
    more = "" if len(record["publishers"]) <= 5 else " and others"  # noqa: PLR2004  (names in a line)
    of = f" of {publishers}{more}" if publishers else ""
    return f"“{headline}”, incident {record['incident']}, {rests}{of}; dateline, read {today}."
