"""Saying which place a toponym means, from what the report says around it; or abstaining.

Candidates of one name are ranked by the containers the report names, the countries it is about,
the distance to its other places, the kind of place and its size. When the two best weigh the same,
the answer is `Unknown` with both of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from dateline.resolve.candidates import called, candidates_of, of_kind, outer_of
from dateline.resolve.chains import Part, Toponym, parts_of
from dateline.resolve.countries import CountryMention, find_countries
from dateline.resolve.gazetteer import Candidate
from dateline.resolve.geometry import contains, distance_km, point_at, point_of, within
from dateline.resolve.setting import Context, contained, context, key_of, weight
from dateline.resolve.spelling import folded
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

NEARBY_KM = 150.0
NEAR_RADIUS_KM = 25
BEARING_KM = 20.0  # taken where only the direction is told: right within 20 km up to 40 km away
SAME_PLACE_KM = 30
MARGIN = 0.15
SEAT_TOWN = 20_000
LARGE_TOWN = 100_000
SEAT_WEIGHT = 2.5
BARE_SEAT_WEIGHT = 1.5
SEAT_REACH_KM = 80


def resolve_place(toponym: Toponym, context: Context) -> Place | Unknown:
    """Say which place a toponym means, with the reason; `Unknown` when nothing decides.

    The place is never finer than what is named: "near X" has level `near` at best, and a village
    the gazetteer lacks becomes the district or town that the report puts it in.
    """
    candidates = candidates_of(toponym, context.places)
    missions = _missions(toponym, candidates, context)
    if candidates and not missions:
        return Unknown(f"the report does not say in which country {toponym.name!r} stands")
    return _choose(toponym, missions, context)


def _choose(toponym: Toponym, candidates: Sequence[Candidate], context: Context) -> Place | Unknown:
    outer = outer_of(toponym, context.places)
    kept = contained(candidates, outer)
    narrowed = bool(outer) and len(kept) < len(candidates)
    if not kept and outer:
        more = of_kind(context.places.also_named(fold(toponym.name)), toponym.kinds, context.places)
        kept = contained(more, outer)
    if not kept:
        return _container(toponym, outer, context)
    weighed = _ranked(kept, toponym, context)
    ranked = [candidate for _, candidate in weighed]
    best = ranked[0]
    rival = _rival(weighed)
    if rival and (town := _large_town(best, rival)):
        best, rival = town, None
    if rival:
        return Unknown(
            f"{len(ranked)} places called {toponym.name!r}; two weigh the same: "
            f"{_shown(best, context)} and {_shown(rival, context)}"
        )
    beside = context.rest.get(key_of(toponym), context.countries)
    if not outer and _is_stray(best, replace(context, countries=beside)):
        return Unknown(f"{_shown(best, context)} is in no country that the report tells of")
    reason = _reason(best, ranked, narrowed, outer, replace(context, countries=beside))
    return _place(best, toponym, context, reason)


def _is_stray(best: Candidate, context: Context) -> bool:
    """Tell a small town far from all others of a report: the one it means is not known here."""
    told = context.countries
    small = best.kind == "town" and best.population < LARGE_TOWN
    if not small or not told or best.country in told:
        return False
    others = (a for a in context.anchors if a.id != best.id)
    return len(context.rest) > 1 and all(
        distance_km(point_of(a), point_of(best)) >= NEARBY_KM for a in others
    )


def _missions(
    toponym: Toponym, candidates: list[Candidate], context: Context
) -> Sequence[Candidate]:
    """Read "the Iraq embassy" as a mission in Iraq where no country that has one of Iraq's is told.

    Headlines name an embassy by the country it stands in as well as by the one that sent it.
    """
    missions = [candidate for candidate in candidates if candidate.kind == "embassy"]
    if toponym.parts or not missions or len(missions) < len(candidates):
        return candidates
    told = set(context.told) | {one.country for one in context.anchors if one.kind != "embassy"}
    if any(candidate.country in told for candidate in candidates):
        return candidates
    states = called(toponym.name.rsplit(" ", 1)[0], context.places)
    hosts = {state.country: state for state in states if state.kind == "country"}
    named = [one for one in context.anchors if one.kind == "embassy" and one.country in hosts]
    return named[:1] or list(hosts.values())


def resolve_parts(toponym: Toponym, context: Context) -> Iterator[tuple[Toponym, Place | Unknown]]:
    """Yield a toponym and each name that contains it, with the places they mean.

    Of the namesakes of a container only those that hold what lies in it are considered.
    """
    inner = resolve_place(toponym, context)
    yield toponym, inner
    for part in parts_of(toponym):
        held = context.places.place(inner.id) if isinstance(inner, Place) else None
        candidates = candidates_of(part, context.places)
        holding = [c for c in candidates if held and contains(c, held)]
        inner = _choose(part, holding or candidates, context)
        yield part, inner


def _container(
    toponym: Toponym, outer: Sequence[tuple[Part, list[Candidate]]], context: Context
) -> Place | Unknown:
    """A place the gazetteer lacks: the innermost container it is said to lie in."""
    for part, candidates in reversed(outer):
        others = [o for p, found in outer if p is not part for o in found]
        kept = [c for c in candidates if any(contains(o, c) for o in others)] or candidates
        named = Toponym(part.start, part.end, part.name, part.kinds)
        weighed = _ranked(kept, named, context)
        if weighed and not _rival(weighed):
            best = weighed[0][1]
            where = f"{part.relation} {best.name}"
            reason = f"{toponym.name!r} is not in the gazetteer; the report puts it {where}"
            return _place(best, toponym, context, reason, None if part.relation == "in" else part)
    return Unknown(f"no place called {toponym.name!r} in the gazetteer")


def _weight(candidate: Candidate, toponym: Toponym, context: Context) -> float:
    own = weight(candidate, key_of(toponym), context)
    if not _outranked(candidate, toponym, context):
        return own
    bare = candidate.country in context.codebook.grammar("places").words["bare_states"]
    return own - (BARE_SEAT_WEIGHT if bare else SEAT_WEIGHT)


def _outranked(candidate: Candidate, toponym: Toponym, context: Context) -> bool:
    """Whether a division shares the name of its town: without "province" the town is meant."""
    if candidate.kind not in ("admin1", "admin2") or toponym.kinds:
        return False
    return any(
        c.kind == "town"
        and c.population >= SEAT_TOWN
        and c.country == candidate.country
        and (
            contains(candidate, c) or distance_km(point_of(candidate), point_of(c)) < SEAT_REACH_KM
        )
        for c in called(toponym.name, context.places)
    )


def _ranked(
    candidates: Sequence[Candidate], toponym: Toponym, context: Context
) -> list[tuple[float, Candidate]]:
    weighed = [(_weight(candidate, toponym, context), candidate) for candidate in candidates]
    return sorted(weighed, key=lambda pair: (-pair[0], pair[1].id))


def _rival(weighed: Sequence[tuple[float, Candidate]]) -> Candidate | None:
    """The candidate that weighs as much as the best and is another place, if there is one."""
    top, best = weighed[0]
    for other_weight, other in weighed[1:]:
        if top - other_weight > MARGIN:
            return None
        if other.country != best.country and not within(best, other, SAME_PLACE_KM):
            return other
    return None


def _large_town(best: Candidate, rival: Candidate) -> Candidate | None:
    """The large town of two that weigh the same, if the other is a division named bare."""
    for town, division in ((best, rival), (rival, best)):
        if town.kind == "town" and town.population >= LARGE_TOWN and division.kind == "admin1":
            return town
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
    name = folded(best.name)
    anchors = [a for a in context.anchors if a.id != best.id and folded(a.name) != name]
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
    beside: Part | None = None,
) -> Place:
    """Make the place of a candidate; `beside` is the part it stands for where it lies only near."""
    level = _level(candidate, toponym, context, inside=beside is None)
    latitude, longitude = point_of(candidate)
    if level == "near":
        course = beside or toponym
        reason = f"{reason}; {_radius(course, candidate)}"
        if course.bearing is not None:
            far = BEARING_KM if course.distance_km is None else course.distance_km
            moved = point_at(point_of(candidate), course.bearing, far)
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


def _radius(course: Toponym | Part, candidate: Candidate) -> str:
    if course.bearing is None:
        if course.distance_km is None:
            return f"within about {NEAR_RADIUS_KM} km of {candidate.name}"
        return f"about {course.distance_km:.0f} km from {candidate.name}, direction not stated"
    degrees = f"{candidate.name} on a bearing of {course.bearing:.0f} degrees"
    if course.distance_km is None:
        return f"away from {degrees}, taken as {BEARING_KM:.0f} km, distance not stated"
    return f"{course.distance_km:.0f} km from {degrees}"


def _admin1(candidate: Candidate, context: Context) -> str | None:
    if candidate.kind in ("country", "area", "sea"):
        return None
    return context.places.admin1_name(candidate.country, candidate.admin1)


def _shown(candidate: Candidate, context: Context) -> str:
    parts: Iterable[str | None] = (candidate.name, _admin1(candidate, context), candidate.country)
    return ", ".join(part for part in parts if part)
