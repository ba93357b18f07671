"""Toponyms: a place name with the names that contain it and its distance and direction."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dateline.codebook import Grammar
from dateline.resolve.evidence import Match
from dateline.resolve.gazetteer import Candidate, Gazetteer
from dateline.resolve.geometry import contains, within
from dateline.resolve.spelling import line_before, word_sets

Relation = Literal["in", "near"]
LONGEST_JOINT = 60
BEFORE = 90
HINT_KM = 150
MISSION_JOINTS = (" ", " of ", " of the ")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Part:
    """A name that helps to say which place is meant: "Anbar" in "Ain al-Asad, Anbar".

    `relation` is `in` for a container and `near` for a place close by, from which `distance_km` and
    `bearing` lead, if stated; `place_id` is set where the words leave no choice (the postal
    abbreviation of a state).
    """

    start: int
    end: int
    name: str
    kinds: tuple[str, ...] = ()
    relation: Relation = "in"
    place_id: str = ""
    distance_km: float | None = None
    bearing: float | None = None


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place as a text names it; `text[start:end]` is the whole phrase.

    `name` is the place itself; `kinds` are the kinds its type words allow, () for any; `parts` are
    the names that contain it, innermost first. With `relation` near, the place meant is not the
    named one: `distance_km` and `bearing` (degrees from north) say where it is, if stated.
    `certainty` is the sum of evidence, higher is surer. `name_start` is the offset of the name, and
    `place_id` is set where the words leave no choice.
    """

    start: int
    end: int
    name: str
    kinds: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    relation: Relation = "in"
    distance_km: float | None = None
    bearing: float | None = None
    certainty: float = 0.0
    typed: bool = False
    name_start: int = 0
    place_id: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A match and the matches behind or before it that contain it."""

    head: Match
    parts: tuple[Part, ...]
    left: int
    right: int
    candidates: tuple[Candidate, ...]
    used: tuple[int, ...]


def link(matches: Sequence[Match], at: int, text: str, grammar: Grammar, places: Gazetteer) -> Link:
    """Join the match at a position with as many following matches as contain it."""
    head = matches[at]
    chain = Link(head, (), head.left, head.right, _allowed(head), (at,))
    while True:
        grown = _state(chain, text, grammar, places)
        following = chain.used[-1] + 1
        if grown is None and following < len(matches):
            owned = _owned(matches, following, text)
            grown = _mission(chain, matches[following], following, text, places)
            if grown is None and (owned or not _is_list(matches, chain.used[-1], text, grammar)):
                grown = _join(chain, owned or matches[following], following, text, grammar)
            if grown and owned:
                grown = _add_owner(grown, matches[following], following + 1)
        if grown is None:
            return chain
        chain = grown


def _owned(matches: Sequence[Match], at: int, text: str) -> Match | None:
    """The match that a possessive before it contains: Balochistan in "Pakistan's Balochistan"."""
    if at + 1 >= len(matches):
        return None
    owner, inner = matches[at], matches[at + 1]
    if not re.fullmatch(r"['’]s ", text[owner.right : inner.left]):
        return None
    held = any(contains(o, c) for o in _allowed(owner) for c in _allowed(inner))
    return replace(inner, left=owner.left) if held else None


def _add_owner(chain: Link, owner: Match, last: int) -> Link:
    part = Part(owner.start, owner.end, owner.name, owner.kinds)
    return replace(chain, parts=(*chain.parts, part), used=(*chain.used, last))


def _is_list(matches: Sequence[Match], at: int, text: str, grammar: Grammar) -> bool:
    """Whether a match and the next are peers of a list, not one in the other.

    Countries always are ("Niger, Nigeria"); divisions of a country and towns are where a third one
    stands beside them ("Vermont, Virginia and Wyoming").
    """
    left, right = matches[at], matches[at + 1]
    if "," not in text[left.right : right.left]:
        return False
    if _shared(left, right, ("country",)):
        return True
    if not _shared(left, right, ("admin1",)):
        return False
    listed = grammar.pattern("listed")
    beside = [(right, matches[at + 2])] if at + 2 < len(matches) else []
    beside += [(matches[at - 1], left)] if at else []
    return any(
        _shared(one, other, ("admin1",)) and listed.match(text[one.right : other.left])
        for one, other in beside
    )


def _shared(left: Match, right: Match, kinds: tuple[str, ...]) -> bool:
    """Whether two matches can both be of a kind, in one country unless they are countries."""
    return any(
        a.kind == b.kind and a.id != b.id and (a.country == b.country or a.kind == "country")
        for a in left.candidates
        if a.kind in kinds and a.main
        for b in right.candidates
        if b.kind in kinds and b.main
    )


def _join(chain: Link, outer: Match, at: int, text: str, grammar: Grammar) -> Link | None:
    joint = text[chain.right : outer.left]
    if beside := grammar.pattern("joined_beside").match(joint):
        return _beside(chain, outer, at, _course(beside, grammar))
    if "," in joint and _modifies(outer, text, grammar):
        return None
    open_end = "(" in joint and text[outer.right : outer.right + 1] not in (")", ",")
    if (
        len(joint) > LONGEST_JOINT
        or "\n" in joint
        or open_end
        or not grammar.pattern("joined").match(joint)
    ):
        return None
    near = bool(re.search(r"\b(?:near|outside)\b", joint, re.IGNORECASE))
    if re.match(r"['’]s", joint):
        return _owner(chain, outer, at)
    allowed = _allowed(outer)
    kept = tuple(c for c in chain.candidates if any(_fits(o, c, near) for o in allowed))
    lost = bool(chain.candidates and chain.parts) or outer.key in word_sets(grammar)["common_words"]
    unknown = chain.head.typed and not lost and _surely_inside(joint, allowed)
    if not allowed or not (kept or unknown):
        return None
    part = Part(outer.start, outer.end, outer.name, outer.kinds, "near" if near else "in")
    right = _closing(text, outer.right) if "(" in joint else outer.right
    return Link(chain.head, (*chain.parts, part), chain.left, right, kept, (*chain.used, at))


def _mission(chain: Link, other: Match, at: int, text: str, places: Gazetteer) -> Link | None:
    """Read "US Embassy Baghdad", "Baghdad US embassy" and "Kabul embassy of Pakistan"."""
    head = chain.head
    joint = text[chain.right : other.left]
    if chain.parts or joint not in MISSION_JOINTS:
        return None
    if joint.strip():
        if head.kinds[:1] != ("embassy",):
            return None
        sent = places.named(f"{other.key} embassy")
        city, mission = head, replace(other, candidates=sent, kinds=("embassy",))
    elif _are_missions(head):
        city, mission = other, head
    elif _are_missions(other):
        city, mission = head, other
    else:
        return None
    kept = tuple(m for m in mission.candidates if any(contains(c, m) for c in city.candidates))
    if not kept:
        return None
    part = Part(city.start, city.end, city.name)
    mission = replace(mission, candidates=kept)
    return Link(mission, (part,), chain.left, other.right, kept, (*chain.used, at))


def _are_missions(match: Match) -> bool:
    return bool(match.candidates) and all(c.kind == "embassy" for c in match.candidates)


def _modifies(outer: Match, text: str, grammar: Grammar) -> bool:
    """Whether a country behind a comma belongs to what follows ("in Kirkuk, US officials said")."""
    country = any(c.kind == "country" for c in outer.candidates)
    return country and bool(grammar.pattern("country_noun_after").match(text, outer.right))


def _beside(
    chain: Link, outer: Match, at: int, course: tuple[float | None, float | None]
) -> Link | None:
    """Join "Tarmiyah, 30 km north of Baghdad": what follows says where the first place is near."""
    kept = tuple(
        c for c in chain.candidates if any(_fits(o, c, near=True) for o in _allowed(outer))
    )
    unknown = chain.head.typed and not chain.candidates
    if chain.head.left == outer.left or not outer.candidates or not (kept or unknown):
        return None
    part = Part(outer.start, outer.end, outer.name, outer.kinds, "near", "", *course)
    return Link(chain.head, (*chain.parts, part), chain.left, outer.right, kept, (*chain.used, at))


def _surely_inside(joint: str, outer: Sequence[Candidate]) -> bool:
    """Whether a place that the gazetteer puts elsewhere, or lacks, is plainly said to lie in it."""
    division = any(c.kind in ("country", "admin1", "admin2") for c in outer)
    return division or bool(re.search(r"\b(?:in|of)\b", joint, re.IGNORECASE))


def _owner(chain: Link, inner: Match, at: int) -> Link | None:
    """Turn "Iraq's Anbar" round: what follows is the head, what stands first contains it."""
    kept = tuple(c for c in _allowed(inner) if any(contains(o, c) for o in chain.candidates))
    if chain.parts or not (kept or (inner.typed and chain.candidates)):
        return None
    head = chain.head
    part = Part(head.start, head.end, head.name, head.kinds)
    return Link(inner, (part,), head.left, inner.right, kept, (*chain.used, at))


def _fits(outer: Candidate, inner: Candidate, near: bool) -> bool:  # noqa: FBT001
    return contains(outer, inner) or (
        near and outer.id != inner.id and within(outer, inner, HINT_KM)
    )


def _state(chain: Link, text: str, grammar: Grammar, places: Gazetteer) -> Link | None:
    """Read a state's abbreviation behind a comma ("Alexandria, La.")."""
    found = re.match(
        r",\s+((?:[A-Z]\.\s?[A-Z]|[A-Z][a-z]{0,5}|[A-Z]{2}))\b\.?",
        text[chain.right : chain.right + 12],
    )
    table = grammar.tables["state_abbreviations"]
    code = table.get(found[1].replace(". ", ".")) if found else None
    state = places.place(f"admin1:US.{code}") if code else None
    if not found or not state:
        return None
    kept = tuple(c for c in chain.candidates if contains(state, c))
    if not kept:
        return None
    start = chain.right + found.start(1)
    part = Part(start, start + len(found[1]), found[1], ("admin1",), "in", state.id)
    return replace(
        chain, parts=(*chain.parts, part), right=chain.right + found.end(), candidates=kept
    )


def _allowed(match: Match) -> tuple[Candidate, ...]:
    if not match.kinds:
        return match.candidates
    fitting = tuple(c for c in match.candidates if c.kind in match.kinds)
    return fitting or match.candidates


def _closing(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] == ")" else at


def toponym(chain: Link, text: str, grammar: Grammar, certainty: float) -> Toponym:
    """Make the toponym of a chain, with the distance and direction that stand before it."""
    start, distance, bearing = chain.left, None, None
    relation: Relation = "in"
    before = line_before(text, start, BEFORE)
    # The last word decides whether the slower pattern can match at all.
    last = _WORD.findall(before)[-1:]
    telling = bool(last) and last[0].lower() in word_sets(grammar)["before_names"]
    found = grammar.pattern("relation_before").search(before) if telling else None
    if found:
        relation = "near"
        start -= len(before) - found.start()
        distance, bearing = _course(found, grammar)
    return Toponym(
        start,
        chain.right,
        chain.head.name,
        chain.head.kinds,
        chain.parts,
        relation,
        distance,
        bearing,
        certainty,
        chain.head.typed,
        chain.head.start,
    )


def parts_of(toponym: Toponym) -> Iterator[Toponym]:
    """Yield the names that contain a toponym as toponyms of their own, innermost first."""
    for at, part in enumerate(toponym.parts):
        yield Toponym(
            part.start,
            part.end,
            part.name,
            part.kinds,
            toponym.parts[at + 1 :],
            name_start=part.start,
            place_id=part.place_id,
        )


def _course(found: re.Match[str], grammar: Grammar) -> tuple[float | None, float | None]:
    """The distance in kilometres and the bearing that words such as "30 km north of" state."""
    groups = found.groupdict()
    distance = _kilometres(groups.get("number"), groups.get("unit"), grammar)
    direction = groups.get("bearing") or groups.get("direction")
    bearing = grammar.tables["bearings"].get(direction.lower()) if direction else None
    return distance, float(bearing) if bearing is not None else None


def _kilometres(number: str | None, unit: str | None, grammar: Grammar) -> float | None:
    if not number or not unit:
        return None
    word = grammar.tables["number_words"].get(number.lower())
    count = float(word) if word is not None else float(number.replace(",", ""))
    return count * float(grammar.tables["kilometres"][" ".join(unit.lower().split())])
