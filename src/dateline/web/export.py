"""Downloads of what the filters show, streamed as it is made: CSV, JSON Lines, GeoJSON."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import StreamingResponse

from dateline.export.csv import safe_cell
from dateline.export.flat import flat_row, point_of
from dateline.export.privacy import PlaceLevel, withhold
from dateline.overviews import records_of
from dateline.web.columns import Sort
from dateline.web.filters import FilterQuery, RuleName, filter_of
from dateline.web.listing import select
from dateline.web.parts import AnyCodebook, AnyExplorer

router = APIRouter(tags=["export"])
Row = dict[str, Any]
Download = Literal["csv", "jsonl", "geojson"]
_CHUNK = 64 * 1024  # characters
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "geojson": "application/geo+json",
}


class ExportQuery(FilterQuery):
    """What is downloaded, and in which form."""

    form: Download = Field(description="The form of the file.", examples=["csv"])
    sort: Sort = "date"
    rule: RuleName = Field(default="latest", description="How casualties are merged.")
    place_level: PlaceLevel | None = Field(
        default=None, description="Give no place finer than this."
    )
    include_names: bool = Field(default=False, description="Also names of victims.")


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "The file, whole once its last line has come.",
            "content": {
                _MEDIA["csv"]: {"schema": {"type": "string"}},
                _MEDIA["jsonl"]: {"schema": {"type": "string"}},
                _MEDIA["geojson"]: {"schema": {"type": "object"}},
            },
        }
    },
)
def export(
    query: Annotated[ExportQuery, Query()], explorer: AnyExplorer, codebook: AnyCodebook
) -> StreamingResponse:
    """Download the incidents that pass the filters, as `dateline export` would write them.

    Names of victims stay out unless asked for. CSV has one row an incident; claims and quotes are
    in JSON Lines only.
    """
    columns = explorer.columns()
    mask = select(columns, filter_of(query, codebook))
    order = columns.order(query.sort)
    numbers = columns.numbers[order[mask[order]]].tolist()
    records = (
        withhold(record, query.place_level, include_names=query.include_names)[0]
        for record in records_of(explorer.store, codebook, numbers, rule=query.rule)
    )
    today = dt.datetime.now(dt.UTC).date().isoformat()
    name = f"incidents-{today}.{query.form}"
    return StreamingResponse(
        _chunks(WRITERS[query.form](records)),
        media_type=_MEDIA[query.form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _chunks(parts: Iterable[str]) -> Iterator[bytes]:
    """Join small parts, so that each trip through the server carries many lines."""
    waiting: list[str] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= _CHUNK:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


def _csv(records: Iterable[Row]) -> Iterator[str]:
    line = io.StringIO()
    table = csv.DictWriter(line, list(flat_row({"incident": ""})), lineterminator="\r\n")
    table.writeheader()
    for record in records:
        cells = flat_row(record)
        safe = {k: safe_cell(v) if isinstance(v, str) else v for k, v in cells.items()}
        table.writerow(safe)
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _jsonl(records: Iterable[Row]) -> Iterator[str]:
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _geojson(records: Iterable[Row]) -> Iterator[str]:
    yield '{"type": "FeatureCollection", "features": ['
    separator = "\n"
    for record in records:
        point = point_of(record)
        feature = {
            "type": "Feature",
            "id": record["incident"],
            "geometry": point and {"type": "Point", "coordinates": point},
            "properties": flat_row(record),
        }
        yield separator + json.dumps(feature, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


WRITERS = {"csv": _csv, "jsonl": _jsonl, "geojson": _geojson}
