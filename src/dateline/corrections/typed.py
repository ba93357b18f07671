"""A value as a person types it, read by the grammar, list, registry or gazetteer of its role."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import cast, get_args

from dateline.codebook import FOLDER, Codebook, read_toml
from dateline.errors import ConfigError
from dateline.model import Report
from dateline.text import fold
from dateline.values import Actor, Count, Place, PlaceLevel, Term, Text, Unknown, Value, When

# What a term of a list is called in a claim, where that is not the name of the list.
_SCHEMES = {
    "event_types": "event_type",
    "weapons": "weapon",
    "target_types": "target_type",
    "relations": "relation",
    "damage_levels": "damage",
}
_UNKNOWN = "unknown"
_SHOWN = 4


def parse_typed(role: str, typed: str, report: Report, codebook: Codebook, by: str) -> Value:
    """Read what a person typed for a role of an event of a report.

    "unknown", with a reason after a colon if they like, says that the value is not known. Raises
    ConfigError, in one line that says what may be written, for what cannot be read.
    """
    words = " ".join(typed.split())
    if not words:
        raise ConfigError(f"{role}: no value; write unknown if it is not known")
    head, _, reason = words.partition(":")
    if head.strip().lower() == _UNKNOWN:
        return Unknown(reason.strip() or f"not known, says {by}")
    faults = []
    for kind in str(codebook.roles[role].details["value"]).split("|"):
        name, _, listing = kind.partition(":")
        try:
            if name == "term":
                return _term(role, words, listing, codebook)
            return _READERS[name](words, report, codebook)
        except ConfigError as fault:
            faults.append(fault)
    raise faults[0]


def _text(words: str, _: Report, __: Codebook) -> Value:
    return Text(words)


def _count(words: str, _: Report, codebook: Codebook) -> Value:
    from dateline.extract.counts import find_counts

    if words.isdecimal():
        return Count(int(words), int(words), "exact" if int(words) else "none")
    found = find_counts(words, codebook.grammar("counts"))
    if len(found) != 1 or found[0].start or max(found[0].end, found[0].noun_end) < len(words):
        allowed = "3, 3-5, at least 12, up to 5, about 30, dozens, none, 3 soldiers or unknown"
        raise ConfigError(f"{words}: is no count; write {allowed}")
    one = found[0]
    people = words[one.noun_start : one.noun_end] or None
    return Count(one.low, one.high, one.basis if one.high != 0 else "none", people)


def _when(words: str, report: Report, codebook: Codebook) -> Value:
    from dateline.resolve.dates import find_dates, resolve_date

    month = _month(words)
    if month is not None:
        return month
    text = words.replace("/", " to ")
    found = find_dates(text, codebook.grammar("dates"))
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)):
        when = resolve_date(found[0], report.published_day)
        if isinstance(when, When) and (when.earliest or when.latest):
            return when
        if isinstance(when, Unknown):
            raise ConfigError(f"{words}: {when.reason}; write a full date")
    allowed = "2021-07-05, 2021-07-05 14:45, 2021-07, 2021, 2021-07-05/2021-07-07, words or unknown"
    raise ConfigError(f"{words}: is no date; write {allowed}")


def _month(words: str) -> When | None:
    try:
        first = dt.datetime.strptime(words, "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None
    after = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return When(first, after - dt.timedelta(days=1), "month", "stated")


def _term(role: str, words: str, listing: str, codebook: Codebook) -> Value:
    """Read a term by its id or label; the kind of an event cannot be changed."""
    scheme = _SCHEMES.get(listing, listing)
    if listing in codebook.lists:
        entries = codebook.lists[listing]
        for name, entry in entries.items():
            if fold(words) in {fold(name), fold(name.replace("_", " ")), fold(entry.label)}:
                return Term(scheme, name)
        raise ConfigError(f"{words}: is no {_plain(role)}; {_nearest(words, list(entries))}")
    if listing == "kind":
        raise ConfigError(f"{words}: the kind of an event cannot be corrected")
    known = _closed(listing, codebook)
    if words not in known:
        raise ConfigError(f"{words}: is no {_plain(role)}; there are {', '.join(known)}")
    return Term(scheme, words)


def _closed(listing: str, codebook: Codebook) -> Sequence[str]:
    if listing == "currency":
        return sorted(set(codebook.grammar("counts").tables["currencies"].values()))
    return _choices()[listing]


@lru_cache(maxsize=1)
def _choices() -> dict[str, list[str]]:
    choices: dict[str, list[str]] = read_toml(FOLDER, "format.toml")["choices"]
    return choices


def _nearest(words: str, names: list[str]) -> str:
    from rapidfuzz.process import extract

    near = [found[0] for found in extract(words, names, limit=3)]
    return f"nearest: {', '.join(near)}; dateline codebook lists all"


def _actor(words: str, _: Report, codebook: Codebook) -> Value:
    """Read an actor by registry id or by name; a name the registry lacks stays a name."""
    from dateline.resolve.actors import registry, resolve_actor

    known = codebook.actors.get(words)
    if known is not None:
        return Actor(known.id, known.name)
    found = resolve_actor(words, registry(codebook))
    return found if isinstance(found, Actor) else Actor(None, words, "not in the registry")


def _place(words: str, report: Report, codebook: Codebook) -> Value:
    """Read a place by gazetteer id, by name (with what contains it), or as a point with a level."""
    from dateline.resolve.gazetteer import open_gazetteer

    point = _point(words)
    if point is not None:
        return point
    places = open_gazetteer()
    known = places.place(words)
    if known is not None:
        return _placed(words, [words], codebook)
    name, *containers = (part.strip() for part in words.split(","))
    if containers:
        return _placed(words, _contained(name, containers, codebook), codebook)
    return _told(words, report, codebook)


def _point(words: str) -> Place | None:
    """Read "33.7856,42.4412 site": degrees north and east, a level, then a name if any."""
    latitude, comma, rest = words.partition(",")
    longitude, _, rest = rest.strip().partition(" ")
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return None
    level, _, name = rest.strip().partition(" ")
    levels = [one for one in get_args(PlaceLevel) if one != _UNKNOWN]
    if level not in levels or not (-90 <= north <= 90 and -180 <= east <= 180):  # noqa: PLR2004
        shown = f"latitude,longitude LEVEL, where LEVEL is one of {', '.join(levels)}"
        raise ConfigError(f"{words}: is no point; write {shown}")
    shown = name or f"{latitude.strip()}{comma} {longitude}"
    found = cast("PlaceLevel", level)
    return Place(None, shown, None, None, north, east, found, "a point given by a person")


def _contained(name: str, containers: Sequence[str], codebook: Codebook) -> list[str]:
    """Give the ids of the places of a name that lie in all of some containers."""
    from dateline.resolve.gazetteer import open_gazetteer
    from dateline.resolve.geometry import contains

    places = open_gazetteer()
    found = places.lookup([fold(name)]).get(fold(name), [])
    for container in containers:
        code = container.upper() if container.upper() in codebook.countries else None
        outer = places.lookup([fold(container)]).get(fold(container), [])
        found = [p for p in found if p.country == code or any(contains(o, p) for o in outer)]
    main = [p for p in found if p.main] or found
    # A town and its province of one name: the finer one is meant.
    finest = [p for p in main if not any(contains(p, other) for other in main)]
    return [p.id for p in finest]


def _told(words: str, report: Report, codebook: Codebook) -> Place:
    """Read a name as the report would mean it."""
    from dateline.resolve.gazetteer import open_gazetteer
    from dateline.resolve.places import Toponym, context, find_places, resolve_place

    places = open_gazetteer()
    about = context(report.text, find_places(report.text, places, codebook), places, codebook)
    found = resolve_place(Toponym(0, len(words), words), about)
    if isinstance(found, Place):
        return found
    hint = f"dateline gazetteer find {words!r} lists ids"
    raise ConfigError(f"{words}: {found.reason}; add what contains it, or give an id: {hint}")


def _placed(words: str, ids: Sequence[str], codebook: Codebook) -> Place:
    from dateline.resolve.gazetteer import open_gazetteer

    places = open_gazetteer()
    found = [place for name in ids if (place := places.place(name))]
    if len(found) != 1:
        shown = ", ".join(f"{place.id} ({place.name}, {place.country})" for place in found[:_SHOWN])
        reason = f"{len(found)} places fit: {shown}" if found else "no such place in the gazetteer"
        raise ConfigError(f"{words}: {reason}; give an id, dateline gazetteer find lists them")
    place = found[0]
    level = codebook.grammar("places").tables["levels"].get(place.kind, "site")
    wide = place.kind in {"country", "area", "sea"}
    admin1 = None if wide else places.admin1_name(place.country, place.admin1)
    point = place.latitude, place.longitude
    return Place(
        place.id, place.name, place.country or None, admin1, *point, level, "named by a person"
    )


def _plain(term: str) -> str:
    return term.replace("_", " ")


_READERS: dict[str, Callable[[str, Report, Codebook], Value]] = {
    "text": _text,
    "count": _count,
    "when": _when,
    "actor": _actor,
    "place": _place,
}
