"""The names of towns on a map, so that one can be read without any map server."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from dateline.resolve.gazetteer import Gazetteer, open_gazetteer
from dateline.web.forms import Form

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST = 15_000  # people; smaller towns are known, but not named on a map
router = APIRouter(tags=["places"])


class Town(Form):
    """A town where its name stands; WGS84 degrees."""

    name: str = Field(examples=["Mosul"])
    lat: float = Field(examples=[36.335])
    lon: float = Field(examples=[43.119])
    population: int = Field(examples=[1683000])


@dataclass(frozen=True, slots=True)
class Towns:
    """All towns of the gazetteer that a map may name, the largest first."""

    names: tuple[str, ...]
    lon: "NDArray[np.float64]"
    lat: "NDArray[np.float64]"
    population: "NDArray[np.int64]"

    def within(self, west: float, south: float, east: float, north: float, most: int) -> list[Town]:
        """Give the largest towns of a box; where west exceeds east, it spans the antimeridian."""
        import numpy as np

        across = (self.lon >= west) & (self.lon <= east)
        if west > east:
            across = (self.lon >= west) | (self.lon <= east)
        rows = np.flatnonzero(across & (self.lat >= south) & (self.lat <= north))[:most]
        return [
            Town(
                name=self.names[row],
                lat=float(self.lat[row]),
                lon=float(self.lon[row]),
                population=int(self.population[row]),
            )
            for row in rows
        ]


@lru_cache(maxsize=1)
def load_towns(gazetteer: Gazetteer) -> Towns:
    """Read the towns of a gazetteer once; some 30,000 of them, 3 MB."""
    import numpy as np

    found = gazetteer.towns(LEAST)
    return Towns(
        tuple(town.name for town in found),
        np.array([town.longitude for town in found]),
        np.array([town.latitude for town in found]),
        np.array([town.population for town in found]),
    )


@router.get("/places/towns")
def name_towns(
    west: Annotated[float, Query(ge=-180, le=180, examples=[38.8])] = -180,
    south: Annotated[float, Query(ge=-90, le=90, examples=[29.1])] = -90,
    east: Annotated[float, Query(ge=-180, le=180, examples=[48.6])] = 180,
    north: Annotated[float, Query(ge=-90, le=90, examples=[37.4])] = 90,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[Town]:
    """Give the largest towns of a part of the world, for the names on a map."""
    return load_towns(open_gazetteer()).within(west, south, east, north, limit)
