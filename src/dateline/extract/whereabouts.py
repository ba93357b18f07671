"""Where an event was: the places its stretches of text tell, or what follows from the others."""

from collections.abc import Iterator
from dataclasses import replace

from dateline.best import covers, fineness
from dateline.extract.circumstances import ARREST, places_of
from dateline.extract.drafts import Draft
from dateline.extract.focus import country_of, focus_of
from dateline.extract.parts import WEAK, Part
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import Tables
from dateline.resolve.spelling import folded
from dateline.resolve.toponyms import Toponym
from dateline.values import Place

_PEOPLE = "civilians"
_NEAR = 30
_LOCAL = ("site", "town", "near", "district")
_WIDE = ("district", "province", "country")
_VAGUE = 0.4  # "north of the capital": any place named besides says more


def places(found: Scan, draft: Draft, main: Draft | None, known: Tables) -> Iterator[Part]:
    """Yield the places told for an event; where none is, what the report lets one say instead.

    That is the surroundings of the main event where the report tells of no other place, those of
    where short-range munitions were fired from, the country of the target, or the one country the
    report tells of; else nothing.
    """
    seen: set[str | None] = set()
    told: list[tuple[Toponym, Place]] = []
    own = [t.segment for t in draft.triggers]
    of_arrest = any(trigger.type == ARREST for trigger in draft.triggers)
    for segment in draft.segments:
        for toponym in places_of(found, segment, of_arrest=of_arrest):
            value = found.where[toponym]
            if isinstance(value, Place) and value.id in seen:
                continue
            seen.add(value.id if isinstance(value, Place) else None)
            if isinstance(value, Place) and segment in own:
                told.append((toponym, value))
            score = 1.0 if segment in own else WEAK
            if toponym.bearing is not None and toponym.distance_km is None:
                score *= _VAGUE
            yield Part("place", toponym.start, toponym.end, value, score)
    same = next(_same_place(found, own), None) if not told else None
    if same is not None:
        yield same
    elif not seen:
        yield from _instead(found, draft, main, known)
    elif told and all(place.level in _WIDE for _, place in told):
        yield from _namesake(found, draft, told, known)


def _namesake(
    found: Scan, draft: Draft, told: list[tuple[Toponym, Place]], known: Tables
) -> Iterator[Part]:
    """Yield the site that bears the name of the division: a refinery in the Ryazan region."""
    text = found.report.text.lower()
    for word in found.grammar.words["named_after"]:
        if not any(text.find(word, s.start, s.end) >= 0 for s in draft.segments):
            continue
        for toponym, place in told:
            for site in known.places.named(f"{folded(toponym.name)} {word}"):
                division = known.places.admin1_name(site.country, site.admin1)
                if site.country == place.country and division == place.admin1:
                    where = (site.latitude, site.longitude)
                    reason = f"the {word} that bears the name of {place.name}"
                    value = Place(
                        site.id, site.name, site.country, division, *where, "site", reason
                    )
                    yield Part("place", toponym.start, toponym.end, value, WEAK)
                    return


def _instead(found: Scan, draft: Draft, main: Draft | None, known: Tables) -> Iterator[Part]:
    """Yield what can be said of the place of an event that is told without one."""
    near: list[Iterator[Part]] = [_capital(found, draft, known)]
    if draft.reported:
        beside = main is not None and main is not draft
        near.append(_near_origin(found, draft))
        near += [_beside(found, main)] if main and beside else []
    for guess in (*near, _country_of(found, draft, known), _only_country(found, known)):
        part = next(guess, None)
        if part is not None:
            yield part
            return


def _same_place(found: Scan, segments: list[Segment]) -> Iterator[Part]:
    """Yield the town "the same town" points back to: the one last told before it."""
    text, same = found.report.text, found.grammar.pattern("same_place")
    for segment in segments:
        anaphor = same.search(text, segment.start, segment.end)
        before = found.within(found.places, 0, anaphor.start()) if anaphor else []
        for toponym in reversed(before):
            place = found.where[toponym]
            called = any(a <= toponym.start < b for a, b in found.datelines)
            if isinstance(place, Place) and place.level in _LOCAL and not called:
                yield Part("place", toponym.start, toponym.end, place, 1.0)
                return


def _country_of(found: Scan, draft: Draft, known: Tables) -> Iterator[Part]:
    """Yield the country an adjective before the target gives: "an Iraqi airbase".

    In a report about other countries it only says whose the target is ("a French patrol").
    """
    focus = focus_of(found)
    for segment in draft.segments:
        for mention in found.within(found.countries, segment.start, segment.end):
            at_home = mention.form == "adjective" and (not focus or mention.code in focus)
            if at_home and _before_target(found, mention.end):
                words = found.report.text[mention.start : mention.end]
                country = _country(mention.code, f"the adjective {words!r}", known)
                if country is not None:
                    yield Part("place", mention.start, mention.end, country, WEAK)


def _beside(found: Scan, main: Draft) -> Iterator[Part]:
    """Yield the surroundings of the main event, where all the report names lies around it.

    Other news of the same report was hardly anywhere else, but not surely in the same village.
    """
    named = {
        toponym: place
        for segment in found.segments
        for toponym in places_of(found, segment, all_told=True)
        if isinstance(place := found.where[toponym], Place)
    }
    own = [t for s in main.segments for t in found.within(found.places, s.start, s.end)]
    told = [(toponym, named[toponym]) for toponym in own if toponym in named]
    toponym, finest = min(told, key=lambda pair: fineness(pair[1]), default=(None, None))
    if toponym is None or finest is None or finest.level not in _LOCAL:
        return
    if all(covers(place, finest) for place in named.values()):
        reason = f"{finest.reason}; the one place the report tells of"
        level = "near" if finest.level in ("site", "town") else finest.level
        value = replace(finest, level=level, reason=reason)
        yield Part("place", toponym.start, toponym.end, value, WEAK)


def _near_origin(found: Scan, draft: Draft) -> Iterator[Part]:
    """Yield the surroundings of where an event's short-range munitions were fired from.

    On which side of a border they fell is not told, so the country is left open.
    """
    reach = found.grammar.words["short_range"]
    origin = found.grammar.pattern("origin")
    for segment in draft.segments:
        weapons = found.within(found.weapons, segment.start, segment.end)
        if not any(weapon.entry[0] in reach for weapon in weapons):
            continue
        for toponym in found.within(found.places, segment.start, segment.end):
            place = found.where[toponym]
            if not isinstance(place, Place) or place.level not in (*_LOCAL, "province"):
                continue
            if origin.search(found.report.text, segment.start, toponym.start):
                reason = f"{place.reason}; what was fired from there has no other place"
                value = replace(place, country=None, admin1=None, level="near", reason=reason)
                yield Part("place", toponym.start, toponym.end, value, WEAK)


def _capital(found: Scan, draft: Draft, known: Tables) -> Iterator[Part]:
    """Yield the town that "in the capital" means in a report about one country."""
    country = country_of(found)
    for segment in (t.segment for t in draft.triggers if country):
        words = found.search("in_the_capital", segment.start, segment.end)
        seat = known.book.countries[country].capital if country and words else None
        towns = (
            [t for t in known.places.named(folded(seat)) if t.country == country] if seat else []
        )
        if words and towns:
            town = max(towns, key=lambda one: one.population)
            division = known.places.admin1_name(town.country, town.admin1)
            where = (town.latitude, town.longitude)
            reason = "the capital of the country that the report is about"
            value = Place(town.id, town.name, town.country, division, *where, "town", reason)
            yield Part("place", *words.span("words"), value, WEAK)


def _only_country(found: Scan, known: Tables) -> Iterator[Part]:
    """Yield the country of an event told without a place, where the report tells of no other."""
    told = [
        (toponym, place)
        for segment in found.segments
        for toponym in places_of(found, segment, all_told=True)
        if isinstance(place := found.where[toponym], Place) and place.country
    ]
    if len({place.country for _, place in told}) == 1:
        toponym, place = told[0]
        country = _country(place.country or "", "the one country the report tells of", known)
        if country is not None:
            yield Part("place", toponym.start, toponym.end, country, WEAK)


def _country(code: str, reason: str, known: Tables) -> Place | None:
    row = known.places.place(f"country:{code}")
    if row is None:
        return None
    where = (row.latitude, row.longitude)
    return Place(row.id, row.name, row.country, None, *where, "country", reason)


def _before_target(found: Scan, end: int) -> bool:
    """Tell "an Iraqi airbase", which stands in Iraq, from "German tourists"."""
    return any(
        0 < target.start - end < _NEAR and target.entry[0] != _PEOPLE for target in found.targets
    )
