"""Where a report is set: the countries it is about, and which readings of its names go together.

Names are read together, as Leidner's minimality and "one sense per discourse" suggest: a reading
gains from the likely readings of the other names that lie near it or in the same division. A name
that is once said to lie somewhere keeps that reading everywhere in the report.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.codebook import Codebook
from dateline.resolve.candidates import KNOWN, candidates_of, outer_of
from dateline.resolve.chains import Part, Toponym, parts_of
from dateline.resolve.countries import find_countries
from dateline.resolve.gazetteer import Candidate, Gazetteer
from dateline.resolve.geometry import contains, within
from dateline.resolve.spelling import folded

FORM_WEIGHTS = {"name": 1.0, "adjective": 0.7, "people": 0.7, "metonym": 0.4}
PUBLISHER_WEIGHT = 0.3
READING_WEIGHT = 1.5
WIDE_FOCUS = 0.8
FOCUS_WEIGHT = 2.5
NEARBY_KM = 150.0
FARTHEST_DEGREES = 8.0
DEGREE_KM = 111.2
UNLIKELY = 0.02
HOPELESS = 0.005
HINT_KM = 150
SAME_DIVISION = 0.4
SUPPORT_WEIGHT = 3.5
SHARPNESS = 1.5
STATED_WEIGHT = 3.0
ROUNDS = 2
MOST_READINGS = 12
FAR_BEHIND = 5.0
SURE = 0.8
ADMIN1_WEIGHT = 2.2
ALIAS_WEIGHT = -1.0
SIBLING = 0.6
TOWN_SLOPE = 0.5
COUNTRY_WEIGHT = 5.5
ADMIN2_WEIGHT = 1.0
SITE_WEIGHT = 2.7
SEA_WEIGHT = 5.0
LEAST_FOCUS = 0.05

Key = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What a report says about where it is set; built once per report by `context`.

    `countries` weighs the countries in focus, the first one 1.0. `anchors` are the readings that
    are sure. `support` says for each name (with the kinds asked for) how well each reading, by id,
    goes with the rest of the report, and `rest` the countries in focus by all but that name.
    `told` counts the words that stand for a country.
    """

    places: Gazetteer
    codebook: Codebook
    countries: Mapping[str, float]
    anchors: tuple[Candidate, ...]
    support: Mapping[Key, Mapping[str, float]]
    rest: Mapping[Key, Mapping[str, float]]
    told: Mapping[str, float]


@dataclass(slots=True)
class _Name:
    """A name of the report with its likeliest readings and how likely each is."""

    key: Key
    readings: list[Candidate]
    stated: list[float]
    shares: list[float]
    support: list[float]

    @property
    def ranked(self) -> list[tuple[Candidate, float]]:
        """The readings that are likely at all, likeliest first, with their shares."""
        pairs = zip(self.readings, self.shares, strict=True)
        return sorted((p for p in pairs if p[1] > UNLIKELY), key=lambda pair: -pair[1])


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
    told: dict[str, float] = defaultdict(float)
    for mention in find_countries(text, codebook):
        told[mention.code] += FORM_WEIGHTS[mention.form]
    if publisher_country:
        told[publisher_country] += PUBLISHER_WEIGHT
    names = list(_names(toponyms, places))
    for _ in range(ROUNDS):
        _weigh_together(names, _countries(told, names))
    focus = _countries(told, names)
    ranked = sorted(_scaled(focus).items(), key=lambda one: (-one[1], one[0]))
    anchors = {
        reading.id: reading
        for name in names
        for reading, share in zip(name.readings, name.shares, strict=True)
        if share > SURE and reading.kind not in ("country", "sea")
    }
    support = {n.key: {r.id: s for r, s in zip(n.readings, n.support, strict=True)} for n in names}
    rest = {name.key: _without(focus, name) for name in names}
    countries = {code: round(value, 3) for code, value in ranked}
    return Context(places, codebook, countries, tuple(anchors.values()), support, rest, dict(told))


def key_of(toponym: Toponym) -> Key:
    """What tells names of a report apart: the folded name and the kinds asked for."""
    return folded(toponym.name), toponym.kinds


def weight(candidate: Candidate, key: Key, about: Context) -> float:
    """How well a candidate fits: its size, its country's focus and the report's other places."""
    support = about.support.get(key, {}).get(candidate.id)
    if support is None:
        support = FOCUS_WEIGHT * _focus(candidate, about.rest.get(key, about.countries))
    return size(candidate) + support


def _focus(candidate: Candidate, countries: Mapping[str, float]) -> float:
    """How much a report is about the country of a candidate, from 0 to 1."""
    everywhere = WIDE_FOCUS if not candidate.country else 0.0
    return countries.get(candidate.country, everywhere)


def size(candidate: Candidate) -> float:  # noqa: PLR0911  (a table of cases)
    """A weight for how likely a place is to be named: 0 for a hamlet to about 4 for a capital."""
    own = 0.7 if candidate.main else 0.0
    if not candidate.main and candidate.kind == "town" and candidate.population < KNOWN:
        own = ALIAS_WEIGHT
    match candidate.kind:
        case "town":
            return own + TOWN_SLOPE * math.log10(1 + candidate.population)
        case "country":
            return own + COUNTRY_WEIGHT
        case "admin1":
            # The population of a division is the number of its towns.
            return own + ADMIN1_WEIGHT + 0.6 * math.log10(1 + candidate.population)
        case "admin2":
            return own + ADMIN2_WEIGHT
        case "airport":
            return own + 0.8
        case "sea":
            return own + SEA_WEIGHT
    return own + SITE_WEIGHT


def contained(
    candidates: Sequence[Candidate], outer: Sequence[tuple[Part, list[Candidate]]]
) -> list[Candidate]:
    """Keep the candidates that lie in, or near, the containers the report names."""
    kept = list(candidates)
    for part, containers in outer:
        kept = [c for c in kept if any(_fits(o, c, part) for o in containers)]
    return kept


def _fits(outer: Candidate, inner: Candidate, part: Part) -> bool:
    near = part.relation == "near" and outer.id != inner.id
    return contains(outer, inner) or (near and within(outer, inner, HINT_KM))


def _names(toponyms: Sequence[Toponym], places: Gazetteer) -> Iterator[_Name]:
    stated: dict[str, set[str]] = {}
    found: dict[Key, list[Candidate]] = {}
    for toponym in toponyms:
        for one in (toponym, *parts_of(toponym)):
            key, candidates = key_of(one), candidates_of(one, places)
            if one.parts:
                # Readings that the report itself rules out have no say in what else it means.
                candidates = contained(candidates, outer_of(one, places))
                stated.setdefault(key[0], set()).update(c.id for c in candidates)
            known = found.get(key)
            if known is None:
                found[key] = list(candidates)
            elif candidates != known:
                ids = {candidate.id for candidate in known}
                known += [candidate for candidate in candidates if candidate.id not in ids]
    for key, candidates in found.items():
        said = stated.get(key[0], ())
        weights = [size(c) + STATED_WEIGHT * (c.id in said) for c in candidates]
        best = max(weights, default=0.0)
        ranked = sorted(zip(weights, candidates, strict=True), key=lambda pair: -pair[0])
        kept = [pair for pair in ranked if best - pair[0] < FAR_BEHIND][:MOST_READINGS]
        if kept:
            readings = [pair[1] for pair in kept]
            bonus = [STATED_WEIGHT * (reading.id in said) for reading in readings]
            yield _Name(key, readings, bonus, _shares([pair[0] for pair in kept]), bonus)


def _shares(weights: Sequence[float]) -> list[float]:
    best = max(weights)
    powers = [math.exp(SHARPNESS * (weight - best)) for weight in weights]
    total = sum(powers)
    return [power / total for power in powers]


def _countries(told: Mapping[str, float], names: Sequence[_Name]) -> dict[str, float]:
    """Weigh the countries a report is about by its words for them and the names read so far."""
    weights = dict(told)
    for name in names:
        for code, share in _by_country(name).items():
            weights[code] = weights.get(code, 0.0) + READING_WEIGHT * share
    return weights


def _by_country(name: _Name) -> dict[str, float]:
    shares: dict[str, float] = {}
    for reading, share in zip(name.readings, name.shares, strict=True):
        if reading.country and reading.kind != "country":
            shares[reading.country] = shares.get(reading.country, 0.0) + share
    return shares


def _scaled(weights: Mapping[str, float]) -> dict[str, float]:
    top = max(weights.values(), default=0.0)
    return {code: value / top for code, value in weights.items() if value > LEAST_FOCUS * top}


def _without(weights: Mapping[str, float], name: _Name) -> dict[str, float]:
    """The focus of the rest of the report: no name speaks for itself."""
    own = _by_country(name)
    rest = {code: value - READING_WEIGHT * own.get(code, 0.0) for code, value in weights.items()}
    return _scaled({code: value for code, value in rest.items() if value > LEAST_FOCUS})


def _weigh_together(names: Sequence[_Name], weights: Mapping[str, float]) -> None:
    """Give each reading the support of the other names' readings, each as far as it is likely."""
    supports = []
    others = [(name.key[0], name.ranked) for name in names]
    for name in names:
        if len(name.readings) == 1:
            # Nothing to choose: what goes with it is not asked.
            supports.append(name.stated)
            continue
        rest = _without(weights, name)
        supports.append(
            [
                stated + FOCUS_WEIGHT * _focus(one, rest) + _support(one, name.key[0], others)
                if share > HOPELESS
                else extra
                for one, stated, share, extra in zip(
                    name.readings, name.stated, name.shares, name.support, strict=True
                )
            ]
        )
    for name, support in zip(names, supports, strict=True):
        name.support = support
        both = zip(name.readings, support, strict=True)
        name.shares = _shares([size(reading) + extra for reading, extra in both])


def _support(
    reading: Candidate, own: str, others: Sequence[tuple[str, list[tuple[Candidate, float]]]]
) -> float:
    best = rest = 0.0
    for key, likely in others:
        if key == own:
            continue
        near = 0.0
        for other, share in likely:
            # Readings come likeliest first: no later one can be closer by more than its share.
            if share <= near:
                break
            near = max(near, share * _closeness(reading, other))
        rest += near
        best = max(best, near)
    return SUPPORT_WEIGHT * best + 0.5 * math.log1p(rest - best)


def _closeness(left: Candidate, right: Candidate) -> float:  # noqa: PLR0911  (a table of cases)
    """How well two readings go together: 1 for the same spot or inside a division, to 0."""
    same = left.country == right.country
    north = abs(left.latitude - right.latitude)
    if not same and north > FARTHEST_DEGREES and left.kind != "country":
        return 0.0  # most pairs
    kinds = (left.kind, right.kind)
    if "country" in kinds:
        if kinds == ("country", "country"):
            return 0.0 if same else SIBLING
        return 1.0 if same and left.kind == "country" else 0.0
    if same and left.admin1 == right.admin1 != "":
        if left.id == right.id or "admin1" in kinds:
            return 0.0 if left.id == right.id else 1.0
    else:
        if same and kinds == ("admin1", "admin1"):
            return SIBLING
        same = False
    if north > FARTHEST_DEGREES:
        return SAME_DIVISION if same else 0.0
    # Of distances this short the flat formula is true within a few percent, and much quicker.
    narrow = math.cos(math.radians(left.latitude))
    east = abs(left.longitude - right.longitude)
    east = min(east, 360 - east) * narrow
    near = math.exp(-math.hypot(north, east) * DEGREE_KM / NEARBY_KM)
    return max(near, SAME_DIVISION) if same else near
