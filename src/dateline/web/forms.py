"""The JSON forms of the API for incidents, with real examples; the same names as the interchange.

`extra="allow"` stands where an answer is the interchange record, whose reference is its own page.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core.core_schema import CoreSchema, no_info_after_validator_function

from dateline.store.token_secrets import LONGEST_NAME, NAME

PLAIN_ID = r"^[A-Za-z0-9_-]{1,80}$"


@dataclass(frozen=True, slots=True)
class Like:
    """A pattern of the document, which says in words what it refuses."""

    pattern: str
    says: str

    def __get_pydantic_core_schema__(
        self, source: type, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check after all else that is asked of a text."""
        return no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Write the pattern into the document."""
        return {**handler(schema), "pattern": self.pattern}

    def _checked(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text):
            raise ValueError(self.says)
        return text


NoNul = Annotated[str, Like(r"^[^\x00]*$", "holds a NUL, which PostgreSQL keeps in no text")]
EventId = Annotated[str, Like(PLAIN_ID, "is no id"), Field(examples=["e_f997dde65c8ff240"])]
Name = Annotated[
    str,
    Like(NAME, "a name begins and ends with what can be seen, and holds nothing that cannot"),
    Field(max_length=LONGEST_NAME, examples=["amina"]),
]


class Form(BaseModel):
    """A JSON object of the API."""


class Sent(Form):
    """A JSON object that a browser sends; `by` is needed where no token says who it is."""

    model_config = ConfigDict(extra="forbid")

    by: Name | None = Field(default=None, examples=["amina"])


class DateForm(Form):
    """A closed interval of days; an open or unknown end is null."""

    earliest: dt.date | None = Field(examples=["2021-07-05"])
    latest: dt.date | None = Field(examples=["2021-07-05"])
    precision: str = Field(examples=["day"])
    time: str | None = Field(examples=["14:45"])


class PlaceForm(Form):
    """A place; coordinates of a level coarser than `near` are a representative point."""

    name: str = Field(examples=["Al Asad Air Base"])
    admin1: str | None = Field(examples=["Al Anbar"])
    country: str | None = Field(examples=["IQ"])
    lat: float | None = Field(examples=[33.7856])
    lon: float | None = Field(examples=[42.4412])
    level: str = Field(examples=["site"])


class CountForm(Form):
    """A count as a range; an open end is null."""

    low: int | None = Field(examples=[3])
    high: int | None = Field(examples=[3])
    basis: str = Field(examples=["exact"])


class Perpetrator(Form):
    """Who is said to have done it; `id` is the registry's, null for names it does not know."""

    id: str | None = Field(examples=["iran-aligned-militias"])
    name: str = Field(examples=["Iran-aligned militias"])
    stance: str = Field(examples=["suspected"])


class Card(Form):
    """An incident as lists show it."""

    id: str = Field(examples=["i_7bab91c248ef4543"])
    headline: str = Field(examples=["Rocket attack at Al Asad Air Base, Iraq: nobody injured"])
    date: DateForm | None
    place: PlaceForm | None
    type: str | None = Field(examples=["rocket_attack"])
    type_label: str | None = Field(examples=["rocket attack"])
    weapon: str | None = Field(examples=["rocket"])
    target_type: str | None = Field(examples=["military_base"])
    perpetrators: list[Perpetrator]
    claim_status: str = Field(examples=["unclaimed"])
    killed: CountForm | None
    injured: CountForm | None
    grade: str = Field(examples=["fair"])
    sources: int = Field(examples=[2])
    reports: int = Field(examples=[3])
    review: str = Field(examples=["open"])
    risk: float = Field(ge=0, le=1, examples=[0.2])
    reported: bool


class CardList(Form):
    """A page of incidents; `next` asks for the page after it, null at the end."""

    items: list[Card]
    next: str | None = Field(examples=[None])
    total: int = Field(ge=0, examples=[13])


class FacetForm(Form):
    """A value, and how many incidents there would be if it alone were chosen for its facet."""

    value: str = Field(examples=["IQ"])
    label: str = Field(examples=["Iraq"])
    count: int = Field(ge=0, examples=[11])
    parent: str | None = Field(default=None, examples=[None])


class Facets(Form):
    """Counts under all filters but a facet's own."""

    total: int = Field(ge=0, examples=[13])
    facets: dict[str, list[FacetForm]]
    more: dict[str, int] = Field(examples=[{"publisher": 12}])


class MarkForm(Form):
    """What a map shows at one spot; `id` and `headline` where it is one incident."""

    lon: float = Field(examples=[42.4412])
    lat: float = Field(examples=[33.7856])
    count: int = Field(ge=1, examples=[1])
    approximate: int = Field(ge=0, examples=[0])
    killed: int | None = Field(examples=[None])
    level: str = Field(examples=["site"])
    bbox: tuple[float, float, float, float] = Field(examples=[[42.4412, 33.7856, 42.4412, 33.7856]])
    id: str | None = Field(examples=["i_7bab91c248ef4543"])
    headline: str | None = Field(examples=["Rocket attack at Al Asad Air Base, Iraq"])


class MapForm(Form):
    """The marks of a map; `unplaced` of the `total` have no coordinates."""

    marks: list[MarkForm]
    unplaced: int = Field(ge=0, examples=[2])
    total: int = Field(ge=0, examples=[13])


class BinForm(Form):
    """A bar of the timeline; `killed_low` adds up lower bounds."""

    start: dt.date = Field(examples=["2021-07-05"])
    end: dt.date = Field(examples=["2021-07-05"])
    count: int = Field(ge=0, examples=[2])
    killed_low: int = Field(ge=0, examples=[0])


class TimelineForm(Form):
    """The bars without a gap; an incident is counted where its interval begins."""

    unit: Literal["day", "week", "month", "year"]
    bins: list[BinForm]
    undated: int = Field(ge=0, examples=[0])


class ReviewForm(Form):
    """What a person found after looking at an incident."""

    state: str = Field(examples=["reviewed"])
    by: str = Field(examples=["amina"])
    made: str = Field(examples=["2021-07-09T10:12:00+00:00"])
    note: str | None = Field(examples=[None])


class CollapsedForm(Form):
    """A report that is no source of its own beside another, and why."""

    report: str
    other: str
    reason: str = Field(examples=["the same words"])


class SourcesForm(Form):
    """How many sources are independent, and which reports were collapsed into them."""

    count: int = Field(ge=0, examples=[2])
    collapsed: list[CollapsedForm]


class ReportHead(Form):
    """A report without its text."""

    id: str
    publisher: str | None = Field(examples=["Tigris Wire"])
    title: str | None
    url: str | None
    published: str | None = Field(examples=["2021-07-05"])
    copy_of: str | None = Field(default=None, examples=[None])


class DoubtForm(Form):
    """A reason to look at an incident; `risk` is the chance that the cell is wrong."""

    kind: str = Field(examples=["disagreement"])
    says: str = Field(examples=["reports give 2 to 5 killed"])
    risk: float = Field(ge=0, le=1, examples=[0.28])
    role: str | None = Field(examples=["killed"])
    events: list[str] = Field(default_factory=list, description="The two that a link is about.")


class IncidentForm(Form):
    """The export record of an incident, with what its page needs beside it."""

    model_config = ConfigDict(extra="allow")

    incident: str = Field(examples=["i_7bab91c248ef4543"])
    headline: str
    review: ReviewForm | None
    sources: SourcesForm
    report_heads: list[ReportHead]
    cite: str
    risk: float = Field(ge=0, le=1)
    reasons: list[DoubtForm]


class PartForm(Form):
    """What one comparison of two events came to, in bits; zero where one of them does not tell."""

    name: str = Field(examples=["place"])
    says: str = Field(examples=["the same site"])
    weight: float = Field(examples=[6.4])


class SaidForm(Form):
    """What a person judged of a pair; the newest word holds."""

    id: str
    verdict: str = Field(examples=["same"])
    by: str = Field(examples=["amina"])
    made: str
    why: str | None


class PairForm(Form):
    """Two events and how much speaks for their being one incident."""

    left: str
    right: str
    left_report: str
    right_report: str
    total: float = Field(examples=[14.2])
    parts: list[PartForm]
    said: list[SaidForm]


class LinksForm(Form):
    """The pairs of an incident's events; from `threshold` up a pair counts as one incident."""

    threshold: float = Field(examples=[7.0])
    pairs: list[PairForm]
    more: int = Field(ge=0, examples=[0], description="Pairs that are not listed.")


class PairPageForm(PairForm):
    """One pair with both events as they are told."""

    threshold: float
    same_incident: bool
    left_event: dict[str, Any]
    right_event: dict[str, Any]
    left_head: ReportHead
    right_head: ReportHead


class HistoryItem(Form):
    """One thing that happened to an incident: a report came, a person corrected, ids changed."""

    made: str | None = Field(examples=["2021-07-05"])
    kind: str = Field(examples=["report"])
    who: str | None = Field(default=None, examples=["Tigris Wire"])
    what: str = Field(examples=["told of it “Rockets hit Iraqi base”"])
    report: str | None = None
    quote: str | None = None


class HistoryForm(Form):
    """What happened to an incident, oldest first."""

    items: list[HistoryItem]


class CountsForm(Form):
    """How much is on record."""

    incidents: int
    reports: int
    events: int


class MetaForm(Form):
    """What a page needs to know of the server and of who asks."""

    version: str = Field(examples=["0.1.0"])
    read_only: bool
    role: str | None = Field(examples=["admin"])
    name: str | None = Field(examples=[None])
    needs_token: bool
    tiles: str | None = Field(examples=[None])
    counts: CountsForm | None
    preparing: int = Field(ge=0, description="Incidents whose overview is still being made.")
    rules: list[str] = Field(examples=[["latest"]])
    today: dt.date
