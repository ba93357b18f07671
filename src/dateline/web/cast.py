"""Who did, claimed, was blamed for, denied or suffered incidents, and who is tied to whom.

Spellings of one unregistered name stand together, as in `dateline actors`. Every number is one of
incidents, in which each actor counts once for each part.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from dateline.codebook import Codebook, Grammar
from dateline.incidents.parts import PARTS, Part, actor_key
from dateline.model import Claim
from dateline.resolve.transliteration import loose
from dateline.text import fold
from dateline.values import Actor, Term, Text, When
from dateline.web.facts import Known

_UNNAMED = "name:"
Counts = dict[Part, int]


@dataclass(slots=True)
class Played:
    """One actor over all incidents; `spellings` are the keys that were taken for it."""

    key: str
    id: str | None
    name: str
    counts: Counts = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    spellings: Counter[str] = field(default_factory=Counter)
    first: int | None = None
    last: int | None = None

    @property
    def weight(self) -> int:
        """How often the actor is said to have done something."""
        return sum(self.counts[part] for part in ("did", "claimed", "blamed"))


class Cast:
    """The actors of a record, found by any of their keys."""

    def __init__(
        self, known: Iterable[Known], names: Mapping[str, str], codebook: Codebook
    ) -> None:
        """Count what each actor did."""
        self._group = _groups(names, codebook.grammar("actors"))
        self.actors: dict[str, Played] = {}
        for one in known:
            for key in dict.fromkeys(key for key, _ in one.parts):
                self._enter(key, one, names, codebook)
            for group, part in {(self._group[key], part) for key, part in one.parts}:
                self.actors[group].counts[part] += 1
        for group, played in list(self.actors.items()):
            if played.id is None:
                played.key = played.spellings.most_common(1)[0][0]
                played.name = names[played.key]
            self.actors[group] = played
        self.ranked = sorted(self.actors.values(), key=rank)

    def _enter(self, key: str, one: Known, names: Mapping[str, str], codebook: Codebook) -> None:
        group = self._group[key]
        played = self.actors.get(group)
        if played is None:
            actor = codebook.actors.get(key)
            name = actor.name if actor else names[key]
            registered = None if key.startswith(_UNNAMED) else key
            played = self.actors[group] = Played(key, registered, name)
        played.spellings[key] += 1
        if one.first is not None:
            played.first = min(played.first or one.first, one.first)
        if one.last is not None:
            played.last = max(played.last or one.last, one.last)

    def find(self, key: str) -> Played | None:
        """Give an actor by its key or that of one of its spellings."""
        return self.actors.get(self._group.get(key, key))

    def group(self, key: str) -> str:
        """Give the key that an actor is listed under."""
        played = self.find(key)
        return played.key if played else key


def rank(played: Played) -> tuple[int, int, str, str]:
    """Give the sort key of a list of actors: whoever did most first."""
    return -played.weight, -sum(played.counts.values()), played.name, played.key


def _groups(names: Mapping[str, str], grammar: Grammar) -> dict[str, str]:
    """Give the group of each key: its own for a registered actor, else one of its spelling."""
    return {
        key: key if not key.startswith(_UNNAMED) else f"~{loose(name, grammar) or fold(name)}"
        for key, name in names.items()
    }


@dataclass(frozen=True, slots=True)
class Tie:
    """That one actor stands in a relation to another, and where that is said; or the registry."""

    source: str
    relation: str
    target: str
    event: str | None = None
    report: str | None = None
    start: int = 0
    end: int = 0
    period: str | None = None


def told_ties(events: Iterable[Sequence[Claim]], cast: Cast) -> tuple[list[Tie], dict[str, str]]:
    """Give the ties that reports state, and the names of their actors by key."""
    found: list[Tie] = []
    names: dict[str, str] = {}
    for claims in events:
        by_role = {claim.role: claim for claim in reversed(claims)}
        sides = [by_role[r].value if r in by_role else None for r in ("from", "to")]
        relation, anchor = by_role.get("relation"), by_role.get("type")
        if relation is None or anchor is None or not isinstance(relation.value, Term):
            continue
        ends = [side for side in sides if isinstance(side, Actor)]
        if len(ends) < 2 or relation.stance == "denied":  # noqa: PLR2004  (from and to)
            continue
        keys = [cast.group(actor_key({"id": a.id, "name": a.name})) for a in ends]
        names |= {key: actor.name for key, actor in zip(keys, ends, strict=True)}
        when = by_role["period"].value if "period" in by_role else None
        period = when.text if isinstance(when, Text) else None
        if isinstance(when, When) and when.earliest:
            period = f"{when.earliest} to {when.latest}" if when.latest else f"{when.earliest} on"
        span = anchor.span
        found.append(
            Tie(keys[0], relation.value.id, keys[1], anchor.event, span.report_id,
                span.start, span.end, period)
        )  # fmt: skip
    return found, names


def registered_ties(keys: Iterable[str], codebook: Codebook, most: int) -> list[Tie]:
    """Give the ties that the registry has of these actors, in their order, `most` at most."""
    found = (
        Tie(key, link.relation, link.to)
        for key in keys
        if key in codebook.actors
        for link in codebook.actors[key].links
        if link.to in codebook.actors
    )
    return list(islice(dict.fromkeys(found), most))
