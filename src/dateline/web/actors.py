"""Actors over HTTP: who did, claimed, was blamed, denied and suffered; who is tied to whom."""

import datetime as dt
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import Field

from dateline.codebook import Codebook
from dateline.text import fold
from dateline.web.cast import Cast, Played, Tie, rank, registered_ties, told_ties
from dateline.web.cursors import make_cursor, read_cursor
from dateline.web.explorer import Explorer
from dateline.web.forms import Card, Form
from dateline.web.parts import AnyCodebook, AnyExplorer, AnyStore
from dateline.web.problems import Problem, refusal

if TYPE_CHECKING:
    from dateline.store.database import Store

MOST_CARDS = 20
MOST_TIES = 500
MOST_ACTORS = 100
router = APIRouter(tags=["actors"])
Row = dict[str, Any]


class ActorForm(Form):
    """An actor with the number of incidents in which it plays each part."""

    id: str | None = Field(examples=["iran-aligned-militias"])
    key: str = Field(examples=["iran-aligned-militias"])
    name: str = Field(examples=["Iran-aligned militias"])
    kind: str | None = Field(examples=["generic"])
    registered: bool
    did: int = Field(ge=0, examples=[0], description="A report says so in its own voice.")
    claimed: int = Field(ge=0, examples=[0], description="The actor says so itself.")
    blamed: int = Field(ge=0, examples=[9], description="Somebody else says so, or suspects it.")
    denied: int = Field(ge=0, examples=[1], description="Somebody says that it was not.")
    targeted: int = Field(ge=0, examples=[0], description="It was aimed at.")
    first: dt.date | None = Field(examples=["2021-07-05"])
    last: dt.date | None = Field(examples=["2021-07-08"])


class ActorList(Form):
    """A page of actors, whoever is said to have done most first."""

    items: list[ActorForm]
    next: str | None = Field(examples=[None])
    total: int = Field(ge=0, examples=[7])


class LinkForm(Form):
    """A tie of the registry, with its public source."""

    relation: str = Field(examples=["backed_by"])
    to: str = Field(examples=["iran"])
    name: str = Field(examples=["Iran"])
    since: str = Field(examples=["2003"])
    until: str = Field(examples=[""])
    source: str


class ToldTie(Form):
    """A tie as a report states it."""

    from_: str = Field(alias="from", examples=["iran"])
    relation: str = Field(examples=["finances"])
    to: str = Field(examples=["iran-aligned-militias"])
    from_name: str = Field(examples=["Iran"])
    to_name: str = Field(examples=["Iran-aligned militias"])
    quote: str = Field(examples=["financed by Iran"])
    report: str
    period: str | None = Field(examples=[None])


class ActorPage(ActorForm):
    """An actor with all its names, its ties and the newest of its incidents."""

    names: list[str]
    links: list[LinkForm]
    ties: list[ToldTie]
    incidents: list[Card]


class NodeForm(Form):
    """An actor of the network; `weight` is the number of ties it has."""

    key: str
    name: str
    registered: bool
    weight: int = Field(ge=1)


class EdgeForm(Form):
    """A relation between two actors; `stated` counts the reports' statements of it."""

    from_: str = Field(alias="from")
    relation: str
    to: str
    stated: int = Field(ge=0)
    registry: bool
    quote: str | None
    report: str | None


class Network(Form):
    """The ties that reports state, and those of the registry between the same actors."""

    nodes: list[NodeForm]
    edges: list[EdgeForm]


@router.get("/actors", response_model=ActorList)
def list_actors(
    explorer: AnyExplorer,
    codebook: AnyCodebook,
    q: Annotated[str, Query(max_length=200, description="Part of one of its names.")] = "",
    registered: Annotated[
        bool | None, Query(description="Only actors of the registry, or only others.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> Row:
    """List the actors of the record, whoever is said to have done most first."""
    cast = _cast(explorer, codebook)
    asked = fold(q)
    found = [
        played
        for played in cast.ranked
        if (registered is None or registered == (played.id is not None))
        and (not asked or any(asked in fold(name) for name in _names(played, explorer, codebook)))
    ]
    parts = read_cursor(cursor, int, int, str, str)
    rest = found if parts is None else [one for one in found if rank(one) > parts]
    page = rest[:limit]
    return {
        "items": [_form(played, codebook) for played in page],
        "next": make_cursor(*rank(page[-1])) if len(rest) > limit else None,
        "total": len(found),
    }


@router.get(
    "/actors/{key}",
    response_model=ActorPage,
    responses={
        404: refusal("Not found", "nobody: no actor of that key is on record", "/api/actors/nobody")
    },
)
def give_actor(
    key: Annotated[str, Path(max_length=300, examples=["iran-aligned-militias"])],
    explorer: AnyExplorer,
    codebook: AnyCodebook,
    store: AnyStore,
) -> Row:
    """Give an actor: its numbers, its names, the ties it has and its newest incidents."""
    cast = _cast(explorer, codebook)
    played = cast.find(key)
    actor = codebook.actors.get(key)
    if played is None and actor is not None:
        played = Played(key, key, actor.name)
    if played is None:
        raise Problem(404, "Not found", f"{key}: no actor of that key is on record")
    ties, names = told_ties(explorer.statements.events("tie").values(), cast)
    own = [tie for tie in ties if played.key in (tie.source, tie.target)][:MOST_TIES]
    return _form(played, codebook) | {
        "names": _names(played, explorer, codebook),
        "links": [
            {
                "relation": link.relation,
                "to": link.to,
                "name": codebook.actors[link.to].name if link.to in codebook.actors else link.to,
                "since": link.since,
                "until": link.until,
                "source": link.source,
            }
            for link in (actor.links if actor else ())
        ],
        "ties": _told(own, names, codebook, store),
        "incidents": _newest(played, explorer),
    }


@router.get("/ties", response_model=Network)
def give_ties(explorer: AnyExplorer, codebook: AnyCodebook, store: AnyStore) -> Row:
    """Give who trains, finances, joins or opposes whom, as reports state it, with a quote each.

    The 500 relations stated most often. Ties of the registry stand beside, of the same actors and
    of those that are said to have done most.
    """
    cast = _cast(explorer, codebook)
    ties, names = told_ties(explorer.statements.events("tie").values(), cast)
    stated: dict[tuple[str, str, str], list[Tie]] = {}
    for tie in ties:
        stated.setdefault((tie.source, tie.relation, tie.target), []).append(tie)
    most = sorted(stated, key=lambda edge: (-len(stated[edge]), edge))[:MOST_TIES]
    told = dict.fromkeys(key for source, _, target in most for key in (source, target))
    keys = [*told, *(played.key for played in cast.ranked[:MOST_ACTORS])]
    registered = registered_ties(keys, codebook, MOST_TIES)
    known = {(tie.source, tie.relation, tie.target) for tie in registered}
    quotes = _quotes([stated[edge][0] for edge in most], store)
    edges: list[Row] = [
        {
            "from": edge[0],
            "relation": edge[1],
            "to": edge[2],
            "stated": len(stated.get(edge, ())),
            "registry": edge in known,
            "quote": quotes[stated[edge][0]] if edge in stated else None,
            "report": stated[edge][0].report if edge in stated else None,
        }
        for edge in [*most, *sorted(known - set(most))]
    ]
    weights = Counter[str](key for edge in edges for key in {edge["from"], edge["to"]})
    nodes = [
        {
            "key": key,
            "name": _name(key, names, codebook),
            "registered": key in codebook.actors,
            "weight": weight,
        }
        for key, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    ]
    return {"nodes": nodes, "edges": edges}


def _cast(explorer: Explorer, codebook: Codebook) -> Cast:
    explorer.columns()
    return _counted(explorer, explorer.facts.version, codebook)


@lru_cache(maxsize=2)
def _counted(explorer: Explorer, _version: int, codebook: Codebook) -> Cast:
    return Cast(explorer.facts, explorer.facts.names, codebook)


def _form(played: Played, codebook: Codebook) -> Row:
    actor = codebook.actors.get(played.id or "")
    days: Row = {
        end: None if day is None else dt.date.fromordinal(day)
        for end, day in (("first", played.first), ("last", played.last))
    }
    form: Row = {
        "id": played.id,
        "key": played.key,
        "name": played.name,
        "kind": actor.kind if actor else None,
        "registered": played.id is not None,
    }
    return form | {str(part): count for part, count in played.counts.items()} | days


def _names(played: Played, explorer: Explorer, codebook: Codebook) -> list[str]:
    actor = codebook.actors.get(played.id or "")
    registered = (actor.name, *actor.names, *actor.acronyms) if actor else ()
    spelt = [explorer.facts.names[key] for key, _ in played.spellings.most_common()]
    return list(dict.fromkeys([*registered, *spelt]))


def _newest(played: Played, explorer: Explorer) -> list[Any]:
    keys = set(played.spellings)
    own = [one for one in explorer.facts if any(key in keys for key, _ in one.parts)]
    own.sort(key=lambda one: (-(one.last or 0), -one.number))
    numbers = [one.number for one in own[:MOST_CARDS]]
    cards = explorer.cards(numbers)
    return [cards[number] for number in numbers if number in cards]


def _told(ties: list[Tie], names: dict[str, str], codebook: Codebook, store: "Store") -> list[Row]:
    quotes = _quotes(ties, store)
    return [
        {
            "from": tie.source,
            "relation": tie.relation,
            "to": tie.target,
            "from_name": _name(tie.source, names, codebook),
            "to_name": _name(tie.target, names, codebook),
            "quote": quotes[tie],
            "report": tie.report,
            "period": tie.period,
        }
        for tie in ties
    ]


def _quotes(ties: list[Tie], store: "Store") -> dict[Tie, str]:
    reports = store.link_index().reports({tie.report for tie in ties if tie.report})
    return {tie: reports[tie.report or ""].text[tie.start : tie.end] for tie in ties}


def _name(key: str, names: dict[str, str], codebook: Codebook) -> str:
    actor = codebook.actors.get(key)
    return actor.name if actor else names.get(key, key.removeprefix("name:"))
