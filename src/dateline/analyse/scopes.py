"""What a tally counts: its words turned into a scope, or the reason why they cannot be.

A scope is what "45 attacks on US interests in Iraq since January" asks of an incident: its type,
its day, its place, whom it was aimed at and who is said to have done it. Nothing is widened to
make a question that can be asked: a part that is told and not understood ends in `Unknown`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dateline.best import covers, prevailing
from dateline.codebook import Codebook
from dateline.model import Claim
from dateline.phrases import Phrases
from dateline.resolve.actors import find_actors, registry
from dateline.text import fold
from dateline.values import Actor, Count, Place, Text, Unknown, Value, When

Counted = Literal["incidents", "killed", "injured"]
PEOPLE: tuple[Counted, ...] = ("killed", "injured")
_WITHIN = {"part_of", "member_of", "facade_of"}


@dataclass(frozen=True, slots=True)
class Tally:
    """A figure as one report tells it; what is not told is None or empty.

    `published` is the day of publication: a tally cannot count what came after it.
    """

    event: str
    count: Count | None = None
    what: str | None = None
    target: str | None = None
    places: tuple[Place | Unknown, ...] = ()
    period: When | Unknown | None = None
    attributed_to: Actor | Unknown | None = None
    published: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What an incident must be to belong to a tally; an empty set of terms asks nothing.

    `types` and `target_types` hold the terms with all their narrower ones; `also` is what the noun
    means beside its type (a bombing may be a suicide bombing). `sides` are the actors whose people
    or property was the target, `perpetrators` those the attacks are blamed on, each with whoever
    belongs to them. Both days are counted in.
    """

    counts: Counted
    first: dt.date
    last: dt.date
    places: tuple[Place, ...]
    type: str | None = None
    also: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    target_type: str | None = None
    target_types: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    perpetrators: frozenset[str] = frozenset()


def tally_of(claims: Sequence[Claim], published: dt.date | None) -> Tally:
    """Read a tally from the claims of its event."""

    def told(role: str) -> list[Value]:
        found = prevailing([claim for claim in claims if claim.role == role])
        return [claim.value for claim in found if claim.value is not None]

    count, what, target = told("count"), told("what"), told("target")
    return Tally(
        claims[0].event,
        count=next((v for v in count if isinstance(v, Count)), None),
        what=next((v.text for v in what if isinstance(v, Text)), None),
        target=next((v.text for v in target if isinstance(v, Text)), None),
        places=tuple(v for v in told("places") if isinstance(v, Place | Unknown)),
        period=next((v for v in told("period") if isinstance(v, When | Unknown)), None),
        attributed_to=next(
            (v for v in told("attributed_to") if isinstance(v, Actor | Unknown)), None
        ),
        published=published,
    )


def scope_of(tally: Tally, codebook: Codebook) -> Scope | Unknown:
    """Turn a tally into a scope; Unknown, with the reason in words, where a part is not clear."""
    try:
        return _scope(tally, codebook)
    except _UnclearError as error:
        return Unknown(str(error))


class _UnclearError(Exception):
    """A part of a tally that cannot be asked of the record; says why."""


def _scope(tally: Tally, codebook: Codebook) -> Scope:
    counts, kind = _what(tally.what, codebook)
    first, last = _days(tally)
    target_type, sides = _target(tally.target, codebook)
    return Scope(
        counts,
        first,
        last,
        places=_places(tally.places),
        type=kind,
        also=(also := _also(codebook, kind)),
        types=_narrower(codebook, "event_types", kind, *also),
        target_type=target_type,
        target_types=_narrower(codebook, "target_types", target_type),
        sides=sides,
        perpetrators=_blamed(tally.attributed_to, codebook),
    )


def _blamed(actor: Actor | Unknown | None, codebook: Codebook) -> frozenset[str]:
    if isinstance(actor, Unknown):
        raise _UnclearError(f"who the attacks are blamed on is not clear: {actor.reason}")
    if actor is None:
        return frozenset()
    if actor.id is None:
        raise _UnclearError(f"they are blamed on {actor.name!r}, who is not in the registry")
    if _is_anybody(actor.id, codebook):
        raise _UnclearError(f"they are blamed on {actor.name!r}, which may be any group")
    return _side(actor.id, codebook)


def _is_anybody(name: str, codebook: Codebook) -> bool:
    """Tell a word for people of a kind ("gunmen", "police") from a group that has members."""
    actor = codebook.actors.get(name)
    return actor is not None and actor.kind == "generic" and len(_side(name, codebook)) == 1


def _what(words: str | None, codebook: Codebook) -> tuple[Counted, str | None]:
    """Tell what a noun counts: people of a role, or incidents of a type (None: of any)."""
    if not words:
        raise _UnclearError("it is not said what is counted")
    grammar = codebook.grammar("tallies")
    noun = " ".join(grammar.pattern("lead").sub("", words).lower().split())
    for counted in PEOPLE:
        if noun in grammar.words[counted]:
            return counted, None
    if noun in grammar.words["any"]:
        return "incidents", None
    if noun in grammar.words["unclear"]:
        raise _UnclearError(f"{noun!r} may count acts or people")
    found = [m for m in _type_names(codebook).find(noun) if m.end == len(noun)]
    if not found:
        raise _UnclearError(f"no event type is called {noun!r}")
    if found[0].start:
        raise _UnclearError(f"{noun!r} is narrower than any event type")
    return "incidents", found[0].entry


@lru_cache(maxsize=4)
def _type_names(codebook: Codebook) -> Phrases[str]:
    entries = list(codebook.event_types.values())
    strong = [(word, entry.id) for entry in entries for word in (entry.label, *entry.words)]
    weak = [(word, entry.id) for entry in entries for word in entry.details.get("weak_words", ())]
    plural = [(f"{word}s", name) for word, name in strong if not word.endswith("s")]
    return Phrases([*strong, *weak, *plural])


def _days(tally: Tally) -> tuple[dt.date, dt.date]:
    period = tally.period
    if period is None:
        raise _UnclearError("no period is told")
    if isinstance(period, Unknown):
        raise _UnclearError(f"the period is not clear: {period.reason}")
    first, last = period.earliest, period.latest
    if first is None:
        raise _UnclearError("it is not known when the period begins")
    if tally.published is not None:
        last = min(last or tally.published, tally.published)
    if last is None:
        raise _UnclearError("the period is open and the day of publication is not known")
    if last < first:
        raise _UnclearError("the period begins after the day of publication")
    return first, last


def _places(told: Sequence[Place | Unknown]) -> tuple[Place, ...]:
    """Give the places counted in; of "Mosul, Iraq" only the finer one."""
    for place in told:
        if isinstance(place, Unknown):
            raise _UnclearError(f"a place of the tally is not clear: {place.reason}")
    places = [place for place in told if isinstance(place, Place)]
    if not places:
        raise _UnclearError("no place is told")
    if any(place.country is None for place in places):
        raise _UnclearError("a place of the tally lies in no one country")
    finer = [
        one for one in places if not any(other != one and covers(one, other) for other in places)
    ]
    return tuple(dict.fromkeys(finer))


def _target(words: str | None, codebook: Codebook) -> tuple[str | None, frozenset[str]]:
    """Tell the type of a target and whose it is."""
    if not words:
        return None, frozenset()
    sides = sides_in(words, codebook)
    kinds = [m.entry for m in _target_names(codebook).find(words)]
    bare = set(fold(words).split()) & set(codebook.grammar("tallies").words["whose"])
    kind = None if bare and sides else next(iter(kinds), None)
    if kind is None and not sides:
        raise _UnclearError(f"the target {words!r} is no type of target and names nobody known")
    return kind, sides


@lru_cache(maxsize=4)
def _target_names(codebook: Codebook) -> Phrases[str]:
    entries = codebook.lists["target_types"].values()
    return Phrases([(word, entry.id) for entry in entries for word in (entry.label, *entry.words)])


@lru_cache(maxsize=65536)
def sides_in(words: str, codebook: Codebook) -> frozenset[str]:
    """Give the actors that words name ("American soldiers"), each with whoever is of its side."""
    found = {mention.id for mention in find_actors(words, registry(codebook))}
    named = {name for name in found if name and not _is_anybody(name, codebook)}
    return frozenset[str]().union(*(_side(name, codebook) for name in named))


@lru_cache(maxsize=4096)
def _side(name: str, codebook: Codebook) -> frozenset[str]:
    """Give an actor with its parts and, for a state, its forces and its police."""
    found = {name}
    own = codebook.actors.get(name)
    if own is not None and own.is_of_state and own.country:
        found |= {
            actor.id
            for actor in codebook.actors.values()
            if actor.is_of_state and actor.country == own.country
        }
    waiting = True
    while waiting:
        parts = {
            actor.id
            for actor in codebook.actors.values()
            for link in actor.links
            if link.relation in _WITHIN and link.to in found
        }
        waiting = not parts <= found
        found |= parts
    return frozenset(found)


def _also(codebook: Codebook, kind: str | None) -> tuple[str, ...]:
    return tuple(codebook.grammar("tallies").tables["also"].get(kind or "", ()))


def _narrower(codebook: Codebook, listing: str, *terms: str | None) -> frozenset[str]:
    """Give terms with all that are narrower; of a type of any kind, nothing is asked."""
    wanted = set(terms) - {None}
    if not wanted:
        return frozenset()
    return frozenset(
        name
        for name in codebook.lists[listing]
        if not wanted.isdisjoint(codebook.ancestors(listing, name))
    )
