"""What a toponym can mean: the entries of the gazetteer that its name and its type words allow."""

from collections.abc import Sequence
from dataclasses import replace

from dateline.resolve.chains import Part, Toponym
from dateline.resolve.gazetteer import Candidate, Gazetteer
from dateline.resolve.geometry import contains
from dateline.resolve.spelling import folded

KNOWN = 100_000  # inhabitants of a town that any name of it stands for
SEAT = 50_000  # inhabitants of a town that a province may be called after


def called(name: str, places: Gazetteer) -> list[Candidate]:
    """Give the candidates of a name, or of names spelled alike where none is spelled so."""
    key = folded(name)
    found = list(places.named(key)) or places.lookup_loose([key]).get(key, [])
    divisions = [c for c in found if c.main and c.kind in ("admin1", "admin2")]
    if divisions:
        towns = {c.country for c in found if c.main and c.kind == "town"}
        divisions = [c for c in divisions if c.country not in towns]
    if not divisions:
        return found
    # A division is called after a town in it, whatever the main name of that is.
    return [
        replace(c, main=True) if _is_alias(c) and any(contains(d, c) for d in divisions) else c
        for c in found
    ]


def _is_alias(candidate: Candidate) -> bool:
    """Tell a town that has its name from a list of other names, unless it is a known city."""
    return candidate.kind == "town" and not candidate.main and candidate.population < KNOWN


def of_kind(found: Sequence[Candidate], kinds: Sequence[str], places: Gazetteer) -> list[Candidate]:
    """Keep the kinds asked for; a province asked for by its town's name is that town's.

    A country stays where the others are towns of that name abroad: "the youth camp of Norway's
    ruling party".
    """
    if not kinds:
        return list(found)
    fitting = [candidate for candidate in found if candidate.kind in kinds]
    states = [c for c in found if c.kind == "country"]
    if states and "town" in kinds and not any(c.country == states[0].country for c in fitting):
        return states
    # In some countries provinces are of the second order, and bear the word in their name.
    provinces = [c for c in fitting if c.kind == "admin2" and "provinc" in c.name.lower()]
    if kinds[0] == "admin1" and not any(c.kind == "admin1" for c in fitting) and not provinces:
        towns = [c for c in found if c.kind == "town" and c.population >= SEAT]
        codes = {(c.country, c.admin1) for c in towns if c.admin1}
        divisions = (places.place(f"admin1:{code}.{name}") for code, name in sorted(codes))
        return [division for division in divisions if division] or fitting or list(found)
    return fitting or list(found)


def candidates_of(toponym: Toponym | Part, places: Gazetteer) -> list[Candidate]:
    """Give the candidates of a toponym or a part that are of the kinds asked for."""
    given = places.place(toponym.place_id) if toponym.place_id else None
    if given:
        return [given]
    found = called(toponym.name, places)
    if toponym.kinds[:1] == ("embassy",) and all(one.kind != "embassy" for one in found):
        # "The embassy of Pakistan": the gazetteer knows missions as "Pakistan embassy".
        found = list(places.named(f"{folded(toponym.name)} embassy")) or found
    return of_kind(found, toponym.kinds, places)


def outer_of(toponym: Toponym, places: Gazetteer) -> list[tuple[Part, list[Candidate]]]:
    """The candidates of each container, outermost first."""
    return [(part, candidates_of(part, places)) for part in reversed(toponym.parts)]
