"""All that is served under /api, gathered from one router an idea."""

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request

from dateline import __version__
from dateline.incidents.rules import RULES
from dateline.web import (
    access_routes,
    actors,
    corrections,
    export,
    incident,
    incidents,
    judgements,
    links,
    places,
    reports,
    review,
    tallies,
    terms,
    towns,
)
from dateline.web.forms import MetaForm
from dateline.web.parts import AnyExplorer, AnyStore

meta = APIRouter(tags=["server"])


@meta.get("/meta", response_model=MetaForm)
def give_meta(request: Request, explorer: AnyExplorer, store: AnyStore) -> dict[str, Any]:
    """Tell what the server is and who asks; counts only to those who may read."""
    policy = request.app.state.policy
    visitor = getattr(request.state, "visitor", None)
    counts = None
    if visitor is not None:
        columns = explorer.columns()
        reports, events = store.overview_index().totals()
        counts = {"incidents": columns.size, "reports": reports, "events": events}
    return {
        "version": __version__,
        "read_only": policy.read_only,
        "role": visitor.role if visitor else None,
        "name": visitor.name if visitor else None,
        "needs_token": policy.needs_token(),
        "tiles": request.app.state.tiles,
        "counts": counts,
        "preparing": explorer.waiting if visitor else 0,
        "rules": list(RULES),
        "today": dt.datetime.now(dt.UTC).date(),
    }


def gather() -> APIRouter:
    """Give every endpoint."""
    router = APIRouter(prefix="/api")
    shown = (incidents, incident, links, export, terms, reports, actors, places, towns, tallies)
    for module in (*shown, review, judgements, corrections, access_routes):
        router.include_router(module.router)
    router.include_router(meta)
    return router
