"""Reports over HTTP: the list, one with its spans and events, and a new one while it is read."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema
from starlette.responses import StreamingResponse

from dateline.best import context_of, kind_of
from dateline.clean import iso_date
from dateline.codebook import Codebook
from dateline.incidents import event_record, events
from dateline.incidents.forms import claim_form
from dateline.incidents.overview import headline
from dateline.model import Claim, Report
from dateline.web.access import Coder, author_of
from dateline.web.cursors import make_cursor, read_cursor
from dateline.web.desk import Stage
from dateline.web.forms import Form, Like, NoNul, Sent
from dateline.web.parts import AnyCodebook, AnyDesk, AnyExplorer, AnyStore
from dateline.web.problems import AS, Problem, refusal

LONGEST_HEADLINE = 160
_LAST = {"done", "failed", "known"}
router = APIRouter(tags=["reports"])
Row = dict[str, Any]
Address = Annotated[
    str, Like(r"^[hH][tT][tT][pP][sS]?://[^\x00-\x20]+$", "only http and https are fetched")
]
_STATED = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?")


def _date(text: str) -> str:
    found = iso_date(text) if _STATED.fullmatch(text) else None
    if found is None:
        raise ValueError("is no date; write 2021-07-05 or 2021-07-05T14:45:00Z")
    return found


Words = Annotated[NoNul, Field(max_length=500)]
Stated = Annotated[
    str,
    AfterValidator(_date),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}),
]


class ReportRow(Form):
    """A report as the list shows it; `events` are all it tells, of any kind."""

    id: str = Field(examples=["r_1f0c3c5b7a9d2e48"])
    title: str | None = Field(examples=["Rockets hit base in western Iraq"])
    publisher: str | None = Field(examples=["Tigris Wire"])
    published: str | None = Field(examples=["2021-07-05"])
    url: str | None
    language: str | None = Field(examples=["en"])
    copy_of: str | None = Field(examples=[None])
    events: int = Field(ge=0, examples=[4])


class ReportList(Form):
    """A page of reports, those added last first."""

    items: list[ReportRow]
    next: str | None = Field(examples=[None])
    total: int = Field(ge=0, examples=[13])


class ReportText(Form):
    """A report with its clean text, which all offsets refer to."""

    id: str
    title: str | None
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    language: str | None
    copy_of: str | None
    text: str


class ToldEvent(Form):
    """An event as a report tells it; `incident` is null for kinds that are none."""

    event: str = Field(examples=["e_b8bafd565bb8c0a5"])
    kind: str = Field(examples=["incident"])
    context: str = Field(examples=["reported"])
    reported: bool
    headline: str
    incident: str | None


class SpanForm(Form):
    """A claim with its place in the text; the interchange form of a claim, and its event."""

    model_config = ConfigDict(extra="allow")

    id: str
    event: str
    role: str = Field(examples=["killed"])
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quote: str | None


class ReportPage(Form):
    """A report with what was read in it."""

    report: ReportText
    events: list[ToldEvent]
    spans: list[SpanForm]


class NewReport(Sent):
    """What may be said of a report that is to be read, before what its page says itself."""

    title: Words | None = Field(default=None, examples=["Rockets hit base in western Iraq"])
    publisher: Words | None = Field(default=None, examples=["Tigris Wire"])
    published: Stated | None = Field(default=None, examples=["2021-07-05"])


class NewText(NewReport):
    """A report to be read, by its text."""

    text: str = Field(
        min_length=1, examples=["Three rockets hit Ain al-Asad air base in Iraq on Monday."]
    )


class NewAddress(NewReport):
    """A report to be read, by the address it stands at; public addresses only."""

    url: Address = Field(max_length=2000, examples=["https://tigriswire.example/rockets"])


def _kind_of(sent: object) -> str:
    return f"{AS}url" if isinstance(sent, Mapping) and "url" in sent else f"{AS}text"


AnyNew = Annotated[
    Annotated[NewText, Tag(f"{AS}text")] | Annotated[NewAddress, Tag(f"{AS}url")],
    Discriminator(_kind_of),
]


@router.get("/reports", response_model=ReportList)
def list_reports(
    store: AnyStore,
    explorer: AnyExplorer,
    q: Annotated[
        str, Query(max_length=200, description="Words of title, publisher, address and text.")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Row:
    """List the reports, those added last first."""
    index = store.report_index()
    parts = read_cursor(cursor, int)
    before = None if parts is None else int(parts[0])
    if q.strip():
        found = explorer.report_words.find(q)
        total = len(found)
        rest = [number for number in found if before is None or number < before][: limit + 1]
        kept = index.heads(rest)
        heads = [kept[number] for number in rest if number in kept]
    else:
        heads, total = index.newest(limit + 1, before), index.total()
    page = heads[:limit]
    told = index.events_told([head.number for head in page])
    return {
        "items": [asdict(head) | {"events": told.get(head.number, 0)} for head in page],
        "next": make_cursor(page[-1].number) if len(heads) > limit else None,
        "total": total,
    }


@router.get(
    "/reports/{name}",
    response_model=ReportPage,
    responses={404: refusal("Not found", "r_1f0c3c5b7a9d2e48: no report of that id")},
)
def give_report(
    name: Annotated[NoNul, Path(max_length=200, examples=["r_1f0c3c5b7a9d2e48"])],
    store: AnyStore,
    codebook: AnyCodebook,
) -> Row:
    """Give a report with its text, the events it tells and where each value stands."""
    report = store.report(name)
    if report is None:
        raise Problem(404, "Not found", f"{name}: no report of that id")
    claims = list(store.claims(name))
    told = events(claims)
    members = store.link_index().members(told)
    rows = [_told(report, group, codebook, members.get(event)) for event, group in told.items()]
    spans = [
        claim_form(claim, report.quote(claim.span) if claim.quoted else None)
        | {"event": claim.event}
        for claim in claims
    ]
    return {
        "report": {field: getattr(report, field) for field in ReportText.model_fields},
        "events": rows,
        "spans": sorted(spans, key=lambda span: (span["start"], -span["end"], span["id"])),
    }


def _told(report: Report, claims: list[Claim], codebook: Codebook, incident: str | None) -> Row:
    kind, context = kind_of(claims), context_of(claims)
    if kind == "incident":
        line = headline(event_record(report, claims, codebook), codebook)
    else:
        anchor = next((claim for claim in claims if claim.role == "type"), claims[0])
        line = " ".join(report.quote(anchor.span).split())
    return {
        "event": claims[0].event,
        "kind": kind,
        "context": context,
        "reported": context == "reported",
        "headline": line if len(line) <= LONGEST_HEADLINE else f"{line[: LONGEST_HEADLINE - 1]}…",
        "incident": incident,
    }


@router.post(
    "/reports",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/x-ndjson": {}}, "description": "One stage a line."}},
)
async def add_report(new: AnyNew, desk: AnyDesk, visitor: Coder) -> StreamingResponse:
    """Read a report and add it, telling each stage as a line of JSON.

    Stages: `cleaned`, `read`, `linked`, `done`; or `known` where it was read before; or `failed`
    with the reason. It is read to the end also if nobody listens any longer.
    """
    by = author_of(visitor, new.by)
    details = {"title": new.title, "publisher": new.publisher, "published": new.published}

    found = (
        desk.fetched(new.url, details)
        if isinstance(new, NewAddress)
        else desk.pasted(new.text, details)
    )
    loop = asyncio.get_running_loop()
    stages: asyncio.Queue[Stage] = asyncio.Queue()

    def tell(stage: Stage) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(stages.put_nowait, stage)

    if not desk.read(found, by, tell):
        raise Problem(
            503, "Too many reports wait", "Try again soon.", headers={"Retry-After": "10"}
        )
    # An encoding that is named here is left alone: lines must not wait for a full block.
    headers = {"Content-Encoding": "identity", "X-Accel-Buffering": "no"}
    return StreamingResponse(_lines(stages), media_type="application/x-ndjson", headers=headers)


async def _lines(stages: "asyncio.Queue[Stage]") -> AsyncIterator[str]:
    while True:
        stage = await stages.get()
        yield json.dumps(stage) + "\n"  # ASCII, so that a line ends nowhere else in any language
        if stage["stage"] in _LAST:
            return
