"""From the query of a URL to a filter; a value that nothing knows is refused by name."""

import datetime as dt
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from dateline.codebook import Codebook
from dateline.text import fold
from dateline.web.columns import Sort
from dateline.web.listing import Filter
from dateline.web.problems import Problem

LONGEST = 200  # characters of a value, and values of one filter
TREES = {"type": "event_types", "weapon": "weapons", "target_type": "target_types"}
Word = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Status = Literal["claimed", "denied", "unclaimed", "not_mentioned"]
Grade = Literal["confirmed", "fair", "weak", "contested", "discounted"]
State = Literal["open", "reviewed", "disputed"]
RuleName = Literal["latest", "minmax", "ucdp", "acled"]
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DEGREES = r"-?\d{1,3}(\.\d{1,15})?"
_BOX = rf"^{_DEGREES}(,{_DEGREES}){{3}}$"


def _only_iso(text: object) -> object:
    """Refuse what is no day written in full: a number would be read as seconds since 1970."""
    if isinstance(text, str) and not _ISO_DAY.fullmatch(text):
        raise ValueError("write a day as YYYY-MM-DD")
    return text


Day = Annotated[dt.date, BeforeValidator(_only_iso)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Page = Annotated[int, Field(ge=1, le=200)]


def _some(about: str, example: str) -> list[str]:
    """Give the field of a filter that may be repeated; any of its values will do."""
    field: list[str] = Field(
        default_factory=list, max_length=LONGEST, description=about, examples=[[example]]
    )
    return field


class FilterQuery(BaseModel):
    """What may be asked of incidents, in the same words everywhere; all conditions must hold."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(
        default="",
        max_length=LONGEST,
        description="Words that must all occur in headline, places, targets, actors or titles.",
        examples=["air base"],
    )
    from_: Day | None = Field(
        default=None,
        alias="from",
        description="First day; the interval of the incident must touch the days asked for.",
        examples=["2021-07-01"],
    )
    to: Day | None = Field(default=None, description="Last day, as above.", examples=["2021-07-31"])
    country: list[Word] = _some("ISO 3166-1 alpha-2 code.", "IQ")
    admin1: list[Word] = _some("Province after its country.", "IQ/Al Anbar")
    bbox: str | None = Field(
        default=None,
        pattern=_BOX,
        description="West, south, east, north in degrees; may cross the antimeridian.",
        examples=["38.8,29.1,48.6,37.4"],
    )
    type: list[Word] = _some("Event type, with all its narrower types.", "rocket_attack")
    weapon: list[Word] = _some("Weapon, with all its narrower ones.", "rocket")
    target_type: list[Word] = _some("Kind of target, with all narrower ones.", "military_base")
    actor: list[Word] = _some(
        "Perpetrator: an id of the registry, or name: and the folded name.", "islamic-state"
    )
    killed_min: Count | None = Field(
        default=None, description="At least so many killed, by the lower bound.", examples=[1]
    )
    killed_max: Count | None = Field(
        default=None, description="At most so many killed, by the lower bound.", examples=[10]
    )
    claim_status: list[Status] = Field(default_factory=list, examples=[["unclaimed"]])
    grade: list[Grade] = Field(default_factory=list, examples=[["confirmed"]])
    review: list[State] = Field(default_factory=list, examples=[["open"]])
    publisher: list[Word] = _some("Publisher of one of its reports.", "Tigris Wire")
    background: bool = Field(
        default=False, description="Also incidents that are told as background only."
    )


class ListQuery(FilterQuery):
    """A page of the list."""

    sort: Sort = Field(
        default="-date", description="A minus puts the highest first; unknown cells come last."
    )
    limit: Page = 50
    cursor: str | None = Field(
        default=None, max_length=LONGEST, description="`next` of the page before."
    )


class MapQuery(FilterQuery):
    """A map at one zoom."""

    zoom: float = Field(default=4, ge=0, le=22, examples=[6])


def filter_of(query: FilterQuery, codebook: Codebook) -> Filter:
    """Give the filter of a query; raises a Problem that names the parameters that are wrong."""
    errors = list(_unknown(query, codebook))
    if errors:
        detail = "; ".join(f"{error['parameter']}: {error['detail']}" for error in errors)
        raise Problem(422, "Not understood", detail, errors=errors)
    chosen: dict[str, Sequence[str]] = {
        name: getattr(query, name)
        for name in ("country", "admin1", "actor", "claim_status", "grade", "review", "publisher")
    }
    chosen |= {name: narrower(codebook, name, getattr(query, name)) for name in TREES}
    first, last = (day.toordinal() if day else None for day in (query.from_, query.to))
    if first and last and first > last:
        first, last = last, first
    return Filter(
        words=tuple(dict.fromkeys(fold(query.q).split())),
        first=first,
        last=last,
        box=_box(query.bbox),
        killed_min=query.killed_min,
        killed_max=query.killed_max,
        background=query.background,
        chosen={name: tuple(values) for name, values in chosen.items() if values},
    )


def narrower(codebook: Codebook, facet: str, terms: Iterable[str]) -> list[str]:
    """Give terms of a tree with all that is filed under them."""
    wanted = set(terms)
    if not wanted:
        return []
    lines = _lines(codebook, TREES[facet])
    return [term for term, line in lines.items() if not wanted.isdisjoint(line)]


@lru_cache(maxsize=16)
def _lines(codebook: Codebook, listing: str) -> dict[str, tuple[str, ...]]:
    return {term: tuple(codebook.ancestors(listing, term)) for term in codebook.lists[listing]}


def ancestors_in(codebook: Codebook, facet: str, value: str) -> Sequence[str]:
    """Give a value of a facet and the terms it is filed under, itself alone outside of trees."""
    listing = TREES.get(facet)
    return _lines(codebook, listing).get(value, (value,)) if listing else (value,)


def _unknown(query: FilterQuery, codebook: Codebook) -> Iterator[dict[str, str]]:
    known: dict[str, Container[str]] = {"country": codebook.countries}
    known |= {name: codebook.lists[listing] for name, listing in TREES.items()}
    for name, values in known.items():
        for value in getattr(query, name):
            if value not in values:
                yield {"parameter": name, "detail": f"{value!r} is not in the codebook"}


def _box(text: str | None) -> tuple[float, float, float, float] | None:
    if text is None:
        return None
    west, one, east, two = map(float, text.split(","))
    south, north = sorted((one, two))
    if east - west >= 360:  # noqa: PLR2004  (the whole world)
        return -180.0, south, 180.0, north
    return _turned(west), south, _turned(east), north


def _turned(lon: float) -> float:
    """Give a longitude between -180 and 180; maps that wrap around count on beyond."""
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180  # noqa: PLR2004  (degrees)
