"""Places over HTTP: the gazetteer, for whoever corrects where something was."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from dateline.resolve.gazetteer import open_gazetteer
from dateline.web.forms import Form
from dateline.web.parts import AnyCodebook

router = APIRouter(tags=["places"])


class FoundPlace(Form):
    """A place of the gazetteer."""

    id: str = Field(examples=["icao:ORAA"])
    name: str = Field(examples=["Al Asad Air Base"])
    admin1: str | None = Field(examples=["Al Anbar"])
    country: str | None = Field(examples=["IQ"])
    lat: float = Field(examples=[33.7856])
    lon: float = Field(examples=[42.4412])
    level: str = Field(examples=["site"])
    population: int | None = Field(examples=[None])


@router.get("/places")
def find_places(
    codebook: AnyCodebook,
    q: Annotated[str, Query(max_length=200, description="A name, in any spelling.")] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> list[FoundPlace]:
    """Find the places that a name may mean, likeliest first."""
    gazetteer = open_gazetteer()
    levels: dict[str, Any] = codebook.grammar("places").tables["levels"]
    return [
        FoundPlace(
            id=place.id,
            name=place.name,
            admin1=gazetteer.admin1_name(place.country, place.admin1),
            country=place.country or None,
            lat=place.latitude,
            lon=place.longitude,
            level=levels.get(place.kind, "site"),
            population=place.population or None,
        )
        for place in gazetteer.find(q, limit)
    ]
