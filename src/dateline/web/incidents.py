"""Incidents over HTTP: list, facets, map, timeline."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from dateline.codebook import Codebook
from dateline.web.cursors import make_cursor, read_cursor
from dateline.web.filters import (
    TREES,
    FilterQuery,
    ListQuery,
    MapQuery,
    ancestors_in,
    filter_of,
)
from dateline.web.forms import CardList, Facets, MapForm, TimelineForm
from dateline.web.listing import FacetValue, facets, page, select, without_days
from dateline.web.marks import marks
from dateline.web.parts import AnyCodebook, FreshExplorer
from dateline.web.terms import label_of
from dateline.web.timeline import timeline

MOST_VALUES = 50
router = APIRouter(tags=["incidents"])
Row = dict[str, Any]


@router.get("/incidents", response_model=CardList)
def list_incidents(
    query: Annotated[ListQuery, Query()], explorer: FreshExplorer, codebook: AnyCodebook
) -> Row:
    """List the incidents that pass the filters, a page at a time.

    Pages neither repeat nor leave out an incident while others are added.
    """
    wanted = filter_of(query, codebook)
    cursor = read_cursor(query.cursor, str, float, int)
    after = cursor[1:] if cursor and cursor[0] == query.sort else None
    columns = explorer.shown
    mask = select(columns, wanted)
    rows, last = page(columns, mask, query.sort, query.limit, after)
    numbers = columns.numbers[rows].tolist()
    cards = explorer.cards(numbers)
    return {
        "items": [cards[number] for number in numbers if number in cards],
        "next": make_cursor(query.sort, *last) if last else None,
        "total": int(mask.sum()),
    }


@router.get("/incidents/facets", response_model=Facets)
def count_facets(
    query: Annotated[FilterQuery, Query()], explorer: FreshExplorer, codebook: AnyCodebook
) -> Row:
    """Count the values of each facet under all filters but its own, 50 of each at most."""
    wanted = filter_of(query, codebook)
    columns = explorer.shown
    total, found = facets(columns, wanted, lambda name, value: ancestors_in(codebook, name, value))
    return {
        "total": total,
        "facets": {
            name: [_facet_value(codebook, name, value) for value in values[:MOST_VALUES]]
            for name, values in found.items()
        },
        "more": {name: max(0, len(values) - MOST_VALUES) for name, values in found.items()},
    }


def _facet_value(codebook: Codebook, facet: str, found: FacetValue) -> Row:
    listing = TREES.get(facet)
    entry = codebook.lists[listing].get(found.value) if listing else None
    return {
        "value": found.value,
        "label": found.label or label_of(codebook, facet, found.value),
        "count": found.count,
        "parent": entry.parent if entry else None,
    }


@router.get("/incidents/map", response_model=MapForm)
def draw_map(
    query: Annotated[MapQuery, Query()], explorer: FreshExplorer, codebook: AnyCodebook
) -> Row:
    """Give the marks of a map: incidents that stand too close to tell apart are joined.

    What is known only as a district or coarser is never joined with what is known exactly.
    """
    columns = explorer.shown
    mask = select(columns, filter_of(query, codebook))
    drawn = marks(columns, mask, query.zoom)
    total = int(mask.sum())
    return {
        "marks": [
            {
                "lon": mark.lon,
                "lat": mark.lat,
                "count": mark.count,
                "approximate": mark.approximate,
                "killed": mark.killed,
                "level": mark.level,
                "bbox": mark.box,
                "id": None if mark.row is None else columns.ids[mark.row],
                "headline": None if mark.row is None else columns.headlines[mark.row],
            }
            for mark in drawn
        ],
        "unplaced": total - sum(mark.count for mark in drawn),
        "total": total,
    }


@router.get("/incidents/timeline", response_model=TimelineForm)
def draw_timeline(
    query: Annotated[FilterQuery, Query()], explorer: FreshExplorer, codebook: AnyCodebook
) -> Row:
    """Count incidents over time under all filters but the days, in about 150 bars at most."""
    columns = explorer.shown
    found = timeline(columns, select(columns, without_days(filter_of(query, codebook))))
    return {
        "unit": found.unit,
        "bins": [
            {"start": bar.start, "end": bar.end, "count": bar.count, "killed_low": bar.killed}
            for bar in found.bins
        ],
        "undated": found.undated,
    }
