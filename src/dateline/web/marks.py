"""The marks of a map: incidents that stand too close to tell apart are joined in one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.web.columns import Columns, Mask, Rows

CELL = 56  # pixels
WORLD = 512  # pixels of the world at zoom 0, as map libraries count
EDGE = 85.05112878  # degrees of latitude at which the square of Mercator ends
EXACT = ("site", "town")
JOINED = (*EXACT, "near")  # places whose marks may be joined in one
LEVELS = ("site", "town", "near", "district", "area", "province", "sea", "country", "unknown")
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a map shows at one spot: one incident, or several that stand too close to tell apart.

    `approximate` of the `count` are not known to the town; `level` is the coarsest of them. `row`
    is that of an incident that stands alone. `killed` adds up lower bounds; None where no number
    is known. Degrees, WGS84; the box is west, south, east, north.
    """

    lon: float
    lat: float
    count: int
    approximate: int
    killed: int | None
    level: str
    box: Box
    row: int | None


def marks(columns: Columns, mask: Mask, zoom: float) -> list[Mark]:
    """Join the placed incidents of a map into marks, on a grid of the Mercator projection.

    Places wider than a town and its surroundings are joined only with places of their own level.
    """
    rows = np.flatnonzero(mask & ~np.isnan(columns.lat) & ~np.isnan(columns.lon))
    if not len(rows):
        return []
    level = columns.coded["level"]
    ranks = np.array([LEVELS.index(name) for name in level.values])[level.codes[rows]]
    group = np.where(ranks < len(JOINED), 0, ranks)
    lon, lat = columns.lon[rows], columns.lat[rows]
    _, first, where = np.unique(
        _cells(lon, lat, zoom, group), return_index=True, return_inverse=True
    )
    order = np.argsort(where, kind="stable")
    count = np.bincount(where)
    starts = np.cumsum(count) - count
    killed = columns.killed[rows]
    known = killed >= 0
    table = zip(
        (np.bincount(where, lon) / count).round(5).tolist(),
        (np.bincount(where, lat) / count).round(5).tolist(),
        count.tolist(),
        np.bincount(where, ranks >= len(EXACT)).astype(int).tolist(),
        np.bincount(where, np.where(known, killed, 0)).astype(int).tolist(),
        np.bincount(where, known).tolist(),
        np.maximum.reduceat(ranks[order], starts).tolist(),
        _boxes(lon[order], lat[order], starts),
        rows[first].tolist(),
        strict=True,
    )
    return [
        Mark(x, y, n, vague, dead if told else None, LEVELS[rank], box, row if n == 1 else None)
        for x, y, n, vague, dead, told, rank, box, row in table
    ]


def _cells(
    lon: NDArray[np.float64], lat: NDArray[np.float64], zoom: float, group: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Number the cells of the grid, apart for each group."""
    cells = WORLD * 2.0**zoom / CELL
    sine = np.sin(np.radians(np.clip(lat, -EDGE, EDGE)))
    down = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    columns, lines = (np.floor(part * cells).astype(np.int64) for part in ((lon + 180) / 360, down))
    numbers: NDArray[np.int64] = (group << 56) | (columns << 28) | lines
    return numbers


def _boxes(lon: NDArray[np.float64], lat: NDArray[np.float64], starts: Rows) -> list[Box]:
    edges = (
        np.minimum.reduceat(lon, starts),
        np.minimum.reduceat(lat, starts),
        np.maximum.reduceat(lon, starts),
        np.maximum.reduceat(lat, starts),
    )
    return list(zip(*(edge.tolist() for edge in edges), strict=True))
