"""Saying which place a toponym means, from what the report says around it; or abstaining.

Candidates of one name are ranked by the containers the report names, the countries it is about,
the distance to its other places, the kind of place and its size. When the two best weigh the same,
the answer is `Unknown` with both of them.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from dateline.codebook import Codebook
from dateline.resolve.chains import Part, Toponym, parts_of
from dateline.resolve.countries import CountryMention, find_countries
from dateline.resolve.gazetteer import Candidate, Gazetteer
from dateline.resolve.geometry import contains, distance_km, point_at, point_of
from dateline.resolve.toponyms import find_places
from dateline.text import fold
from dateline.values import Place, PlaceLevel, Unknown

__all__ = [
    "Context",
    "CountryMention",
    "Part",
    "Toponym",
    "context",
    "find_countries",
    "find_places",
    "resolve_parts",
    "resolve_place",
]

FORM_WEIGHTS = {"name": 1.0, "adjective": 0.7, "people": 0.7, "metonym": 0.4}
PUBLISHER_WEIGHT = 0.3
ANCHOR_WEIGHT = 1.0
NEARBY_KM = 150.0
NEAR_RADIUS_KM = 25
SAME_PLACE_KM = 30
MARGIN = 0.35
HINT_KM = 150
SEAT = 50_000
WIDE_FOCUS = 0.8
SEAT_TOWN = 20_000
SEAT_WEIGHT = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What a report says about where it is set; built once per report by `context`.

    `countries` weighs the countries in focus, the first one 1.0; `anchors` are the places that
    need no context, by which others are judged near or far.
    """

    places: Gazetteer
    codebook: Codebook
    countries: Mapping[str, float]
    anchors: tuple[Candidate, ...]


def context(
    text: str,
    toponyms: Sequence[Toponym],
    places: Gazetteer,
    codebook: Codebook,
    publisher_country: str | None = None,
) -> Context:
    """Read from a report which countries it is about and which of its places are certain.

    `publisher_country` (ISO alpha-2) counts last and least.
    """
    weights: dict[str, float] = {}
    for mention in find_countries(text, codebook):
        weights[mention.code] = weights.get(mention.code, 0) + FORM_WEIGHTS[mention.form]
    if publisher_country:
        weights[publisher_country] = weights.get(publisher_country, 0) + PUBLISHER_WEIGHT
    anchors: list[Candidate] = []
    named = {key for toponym in toponyms for key in _keys(toponym)}
    table = places.lookup(named)
    for toponym in toponyms:
        found = _certain(toponym, table, places)
        if found and found.id not in {anchor.id for anchor in anchors}:
            anchors.append(found)
        if found and found.country:
            weights[found.country] = weights.get(found.country, 0) + ANCHOR_WEIGHT
    top = max(weights.values(), default=1.0)
    order = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    countries = {code: round(weight / top, 3) for code, weight in order}
    return Context(places, codebook, countries, tuple(anchors))


def resolve_place(toponym: Toponym, context: Context) -> Place | Unknown:
    """Say which place a toponym means, with the reason; `Unknown` when nothing decides.

    The place is never finer than what is named: "near X" has level `near` at best, and a village
    the gazetteer lacks becomes the district or town that the report puts it in.
    """
    return _choose(toponym, _candidates(toponym, context), context)


def _choose(toponym: Toponym, candidates: Sequence[Candidate], context: Context) -> Place | Unknown:
    outer = _outer(toponym, context)
    kept, narrowed = _contained(candidates, outer)
    if not kept:
        return _container(toponym, outer, context)
    ranked = sorted(kept, key=lambda c: (-_weight(c, toponym, context), c.id))
    best = ranked[0]
    rival = _rival(ranked, toponym, context)
    if rival:
        return Unknown(
            f"{len(ranked)} places called {toponym.name!r}; two weigh the same: "
            f"{_shown(best, context)} and {_shown(rival, context)}"
        )
    reason = _reason(best, ranked, narrowed, outer, context)
    return _place(best, toponym, context, reason)


def resolve_parts(toponym: Toponym, context: Context) -> Iterator[tuple[Toponym, Place | Unknown]]:
    """Yield a toponym and each name that contains it, with the places they mean.

    Of the namesakes of a container only those that hold what lies in it are considered.
    """
    inner = resolve_place(toponym, context)
    yield toponym, inner
    for part in parts_of(toponym):
        held = context.places.place(inner.id) if isinstance(inner, Place) else None
        candidates = _candidates(part, context)
        holding = [c for c in candidates if held and contains(c, held)]
        inner = _choose(part, holding or candidates, context)
        yield part, inner


def _keys(toponym: Toponym) -> list[str]:
    key = fold(toponym.name)
    parts = [fold(part.name) for part in toponym.parts if not part.place_id]
    return [key, *parts]


def _candidates(toponym: Toponym, context: Context) -> list[Candidate]:
    given = context.places.place(toponym.place_id) if toponym.place_id else None
    found = [given] if given else _called(toponym.name, context.places)
    return _of_kind(found, toponym.kinds, context.places)


def _called(name: str, places: Gazetteer) -> list[Candidate]:
    key = fold(name)
    return list(places.named(key)) or places.lookup_loose([key]).get(key, [])


def _of_kind(
    found: Sequence[Candidate], kinds: Sequence[str], places: Gazetteer
) -> list[Candidate]:
    """Keep the kinds asked for; a province asked for by its town's name is that town's."""
    if not kinds:
        return list(found)
    fitting = [candidate for candidate in found if candidate.kind in kinds]
    if kinds[0] == "admin1" and not any(candidate.kind == "admin1" for candidate in fitting):
        towns = [c for c in found if c.kind == "town" and c.population >= SEAT]
        codes = {(c.country, c.admin1) for c in towns if c.admin1}
        divisions = (places.place(f"admin1:{code}.{name}") for code, name in sorted(codes))
        return [division for division in divisions if division] or fitting or list(found)
    return fitting or list(found)


def _outer(toponym: Toponym, context: Context) -> list[tuple[Part, list[Candidate]]]:
    """The candidates of each container, outermost first."""
    found = []
    for part in reversed(toponym.parts):
        given = context.places.place(part.place_id) if part.place_id else None
        candidates = [given] if given else _called(part.name, context.places)
        found.append((part, _of_kind(candidates, part.kinds, context.places)))
    return found


def _contained(
    candidates: Sequence[Candidate],
    outer: Sequence[tuple[Part, list[Candidate]]],
) -> tuple[list[Candidate], bool]:
    kept = list(candidates)
    for part, containers in outer:
        kept = [c for c in kept if any(_fits(o, c, part) for o in containers)]
    return kept, bool(outer) and len(kept) < len(candidates)


def _fits(outer: Candidate, inner: Candidate, part: Part) -> bool:
    if contains(outer, inner):
        return True
    apart = distance_km(point_of(outer), point_of(inner))
    return part.relation == "near" and outer.id != inner.id and apart < HINT_KM


def _container(
    toponym: Toponym, outer: Sequence[tuple[Part, list[Candidate]]], context: Context
) -> Place | Unknown:
    """A place the gazetteer lacks: the innermost container it is said to lie in."""
    for part, candidates in reversed(outer):
        ranked = sorted(candidates, key=lambda c: (-_weight(c, toponym, context), c.id))
        others = [o for p, found in outer if p is not part for o in found]
        kept = [c for c in ranked if any(contains(o, c) for o in others)] or ranked
        if kept and not _rival(kept, toponym, context):
            where = f"{part.relation} {kept[0].name}"
            reason = f"{toponym.name!r} is not in the gazetteer; the report puts it {where}"
            return _place(kept[0], toponym, context, reason, inside=part.relation == "in")
    return Unknown(f"no place called {toponym.name!r} in the gazetteer")


def _certain(
    toponym: Toponym, table: Mapping[str, list[Candidate]], places: Gazetteer
) -> Candidate | None:
    """The one candidate that outweighs all others by size alone, or is the only one."""
    found = _of_kind(table.get(fold(toponym.name), []), toponym.kinds, places)
    ranked = sorted(found, key=lambda c: (-_size(c), c.id))
    if not ranked or ranked[0].kind in ("country", "sea"):
        return None
    best = ranked[0]
    rivals = [c for c in ranked[1:] if not contains(c, best) and not contains(best, c)]
    one_country = all(candidate.country == best.country for candidate in rivals)
    clear = not rivals or one_country or _size(best) - _size(rivals[0]) > 1
    return best if clear else None


def _size(candidate: Candidate) -> float:
    """A weight for how likely a place is to be named: 0 for a hamlet to about 3.5 for a capital."""
    own = 0.7 if candidate.main else 0.0
    match candidate.kind:
        case "town":
            return own + 0.5 * math.log10(1 + candidate.population)
        case "country":
            return own + 5.0
        case "admin1":
            return own + 2.6
        case "admin2":
            return own + 1.0
        case "airport":
            return own + 0.8
    return own + 2.7


def _weight(candidate: Candidate, toponym: Toponym, context: Context) -> float:
    everywhere = WIDE_FOCUS if not candidate.country else 0.0
    focus = 3.0 * context.countries.get(candidate.country, everywhere)
    seat = SEAT_WEIGHT if _outranked(candidate, toponym, context) else 0.0
    return _size(candidate) + focus + 2.0 * _proximity(candidate, toponym, context) - seat


def _outranked(candidate: Candidate, toponym: Toponym, context: Context) -> bool:
    """Whether a division shares the name of a town in it: without "province" the town is meant."""
    if candidate.kind not in ("admin1", "admin2") or toponym.kinds:
        return False
    key = fold(toponym.name)
    return any(
        c.kind == "town" and c.population >= SEAT_TOWN and contains(candidate, c)
        for c in context.places.named(key)
    )


def _proximity(candidate: Candidate, toponym: Toponym, context: Context) -> float:
    """How close the nearest certain place is: 1 for the same spot, or inside a division."""
    name = fold(toponym.name)
    others = [a for a in context.anchors if a.id != candidate.id and fold(a.name) != name]
    division = candidate.kind in ("admin1", "country")
    if division and any(contains(candidate, anchor) for anchor in others):
        return 1.0
    apart = (distance_km(point_of(anchor), point_of(candidate)) for anchor in others)
    return max((math.exp(-distance / NEARBY_KM) for distance in apart), default=0.0)


def _rival(ranked: Sequence[Candidate], toponym: Toponym, context: Context) -> Candidate | None:
    best = ranked[0]
    weight = _weight(best, toponym, context)
    for other in ranked[1:]:
        if weight - _weight(other, toponym, context) > MARGIN:
            return None
        apart = distance_km(point_of(best), point_of(other))
        if apart > SAME_PLACE_KM and (other.country != best.country):
            return other
    return None


def _reason(
    best: Candidate,
    ranked: Sequence[Candidate],
    narrowed: bool,  # noqa: FBT001
    outer: Sequence[tuple[Part, list[Candidate]]],
    context: Context,
) -> str:
    inside = f"the report puts it {outer[-1][0].relation} {outer[-1][0].name}" if outer else ""
    if len(ranked) == 1:
        only = "only place of that name"
        return f"{only} there: {inside}" if narrowed else "; ".join(filter(None, (only, inside)))
    reasons = [f"best of {len(ranked)} places of that name"]
    if inside:
        reasons.append(inside)
    if context.countries.get(best.country, 0) > 0:
        reasons.append("in a country the report is about")
    anchors = [a for a in context.anchors if a.id != best.id and fold(a.name) != fold(best.name)]
    nearest = min(anchors, key=lambda a: distance_km(point_of(a), point_of(best)), default=None)
    if nearest and distance_km(point_of(nearest), point_of(best)) < NEARBY_KM:
        reasons.append(f"near {nearest.name}")
    if len(reasons) == 1:
        reasons.append("the largest")
    return ", ".join(reasons)


def _place(
    candidate: Candidate,
    toponym: Toponym,
    context: Context,
    reason: str,
    *,
    inside: bool = True,
) -> Place:
    level = _level(candidate, toponym, context, inside=inside)
    latitude, longitude = point_of(candidate)
    if level == "near":
        reason = f"{reason}; {_radius(toponym, candidate)}"
        if toponym.distance_km is not None and toponym.bearing is not None:
            moved = point_at(point_of(candidate), toponym.bearing, toponym.distance_km)
            latitude, longitude = round(moved[0], 4), round(moved[1], 4)
    return Place(
        candidate.id,
        candidate.name,
        candidate.country or None,
        _admin1(candidate, context),
        latitude,
        longitude,
        level,
        reason,
    )


def _level(candidate: Candidate, toponym: Toponym, context: Context, *, inside: bool) -> PlaceLevel:
    levels = context.codebook.grammar("places").tables["levels"]
    level = cast("PlaceLevel", levels.get(candidate.kind, "site"))
    if level == "town" and toponym.kinds[:1] == ("admin2",) and inside:
        return "district"
    fine = level in ("site", "town")
    return "near" if fine and (toponym.relation == "near" or not inside) else level


def _radius(toponym: Toponym, candidate: Candidate) -> str:
    if toponym.distance_km is None:
        return f"within about {NEAR_RADIUS_KM} km of {candidate.name}"
    if toponym.bearing is None:
        return f"about {toponym.distance_km:.0f} km from {candidate.name}, direction not stated"
    course = f"on a bearing of {toponym.bearing:.0f} degrees"
    return f"{toponym.distance_km:.0f} km from {candidate.name} {course}"


def _admin1(candidate: Candidate, context: Context) -> str | None:
    if candidate.kind in ("country", "area", "sea"):
        return None
    return context.places.admin1_name(candidate.country, candidate.admin1)


def _shown(candidate: Candidate, context: Context) -> str:
    parts: Iterable[str | None] = (candidate.name, _admin1(candidate, context), candidate.country)
    return ", ".join(part for part in parts if part)
