"""Finding and naming actors: registry names, states and their forces, groups known by a backer.

A name that is not registered stays a name; nothing is guessed into an id.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from dateline.codebook import Codebook, Grammar
from dateline.phrases import Phrases
from dateline.text import aligned_fold, fold
from dateline.values import Actor, Unknown

Form = Literal["name", "office", "country", "adjective", "force", "backed", "unregistered"]
Entry = tuple[str | None, Form, str | None]
_LONGEST_ACRONYM = 5
_BEFORE = 90


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that name an actor: offsets in the text given, the registry id or None, and the form.

    `form` tells a group's own name from the office that speaks for it, a state, its adjective, its
    forces, a group known only by its backer, and a proper name the registry lacks.
    """

    start: int
    end: int
    id: str | None
    name: str
    form: Form
    country: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """The actor registry compiled for searching; made once per codebook by `registry`."""

    book: Codebook
    grammar: Grammar
    folded: Phrases[Entry]
    exact: Phrases[Entry]
    governments: dict[str, str]
    forces: dict[str, str]
    by_name: dict[str, str]


@lru_cache(maxsize=4)
def registry(book: Codebook) -> Registry:
    """Compile the actors and countries of a codebook for `find_actors` and `resolve_actor`."""
    governments = {
        a.country: a.id for a in book.actors.values() if a.kind == "government" and a.country
    }
    forces = dict(_militaries(book))
    folded: list[tuple[str, Entry]] = []
    exact: list[tuple[str, Entry]] = []
    for name, entry in _names(book, governments):
        (exact if _is_acronym(name) else folded).append((name, entry))
    by_name = {fold(name): entry[0] for name, entry in reversed([*folded, *exact]) if entry[0]}
    grammar = book.grammar("actors")
    return Registry(
        book, grammar, Phrases(folded), Phrases(exact, exact=True), governments, forces, by_name
    )


def _militaries(book: Codebook) -> Iterator[tuple[str, str]]:
    """Yield the force that "Turkish troops" means: the one that bears the state's adjective."""
    for actor in book.actors.values():
        country = book.countries.get(actor.country or "")
        if actor.kind == "state_force" and country:
            general = {
                f"{a} {noun}".lower() for a in country.adjectives for noun in ("military", "army")
            }
            if general & {name.lower() for name in (actor.name, *actor.names)}:
                yield country.code, actor.id


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return len(letters) <= _LONGEST_ACRONYM and letters.upper() == letters


def _names(book: Codebook, governments: dict[str, str]) -> Iterator[tuple[str, Entry]]:
    """Yield every name with what it stands for; earlier ones win where two share a name."""
    for actor in book.actors.values():
        if actor.kind != "government":
            for name in (actor.name, *actor.names, *actor.acronyms):
                yield name, (actor.id, "name", actor.country)
    for country in book.countries.values():
        state = governments.get(country.code)
        yield from _forms((country.name, *country.names), (state, "country", country.code))
        words = (*country.adjectives, *country.people)
        yield from _forms(words, (state, "adjective", country.code))
    for actor in book.actors.values():
        if actor.kind == "government":
            yield from _forms((actor.name, *actor.names), (actor.id, "country", actor.country))
        yield from _forms(actor.offices, (actor.id, "office", actor.country))
    for country in book.countries.values():
        seat: Entry = (governments.get(country.code), "office", country.code)
        yield from _forms((country.capital, *country.metonyms), seat)


def _forms(names: Iterable[str], entry: Entry) -> Iterator[tuple[str, Entry]]:
    for name in names:
        yield name, entry


def find_actors(text: str, known: Registry) -> list[ActorMention]:
    """Give the actors a text names, in order, without overlaps; the longest reading wins."""
    found = [
        ActorMention(m.start, m.end, m.entry[0], text[m.start : m.end], m.entry[1], m.entry[2])
        for table in (known.folded, known.exact)
        for m in table.find(text)
    ]
    states = [m for m in found if m.form in ("country", "adjective", "office") and m.country]
    wider = [
        *_forces(text, states, known),
        *_backed(text, states, known),
        *_unregistered(text, known),
    ]
    named = [_with_tail(text, m, known) for m in found]
    return _longest([*wider, *named])


def _longest(mentions: Iterable[ActorMention]) -> list[ActorMention]:
    kept: list[ActorMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.id is None)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
        elif mention.end > kept[-1].end and mention.id and not kept[-1].id:
            kept[-1] = mention
    return kept


def _with_tail(text: str, mention: ActorMention, known: Registry) -> ActorMention:
    """Take "militants" into "Taliban militants"; the name itself stays as registered."""
    if mention.form != "name":
        return mention
    tail = known.grammar.pattern("tail").match(text, mention.end)
    return replace(mention, end=tail.end()) if tail else mention


def _forces(text: str, states: list[ActorMention], known: Registry) -> Iterator[ActorMention]:
    """Yield a state's forces and offices: "Turkish jets", "Iraqi security officials"."""
    for state in states:
        force = known.grammar.pattern("force_tail").match(text, state.end)
        if force and state.form != "office" and state.country:
            actor = known.forces.get(state.country) or state.id
            name = text[state.start : force.end()]
            yield ActorMention(state.start, force.end(), actor, name, "force", state.country)
            continue
        office = known.grammar.pattern("office_tail").match(text, state.end)
        if office:
            name = text[state.start : office.end()]
            yield ActorMention(state.start, office.end(), state.id, name, "office", state.country)


def _backed(text: str, states: list[ActorMention], known: Registry) -> Iterator[ActorMention]:
    """Yield groups known only by who backs them: "pro-Iranian factions", "militias backed by X"."""
    aligned = known.grammar.tables["aligned"]
    for state in states:
        near = max(0, state.start - _BEFORE)
        before = known.grammar.pattern("backed_by_phrase").search(text[near : state.start])
        if before and state.form != "office":
            left = near + before.start()
            noun = known.grammar.pattern("after_noun").match(text, state.end)
            end = noun.end() if noun else state.end
            group = aligned.get(state.country or "")
            yield ActorMention(left, end, group, text[left:end], "backed", None)
    by_start = {state.start: state for state in states}
    for match in known.grammar.pattern("backed_adjective").finditer(text):
        start = match.start("pro") if match["pro"] else match.start("backer")
        state_here = by_start.get(start)
        if state_here is not None:
            near = max(0, match.start() - _BEFORE)
            lead = known.grammar.pattern("lead").search(text, near, match.start())
            left = lead.start() if lead else match.start()
            group = aligned.get(state_here.country or "")
            yield ActorMention(left, match.end(), group, text[left : match.end()], "backed", None)


def _unregistered(text: str, known: Registry) -> Iterator[ActorMention]:
    """Yield capitalised names that end as names of armed groups do ("Revenge Brigades")."""
    for match in known.grammar.pattern("proper_name").finditer(text):
        words = match.group().split()
        if sum(word[:1].isupper() for word in words) > 1 or "-" in words[0]:
            yield ActorMention(
                match.start(), match.end(), None, match.group(), "unregistered", None
            )


@lru_cache(maxsize=4096)
def resolve_actor(name: str, known: Registry) -> Actor | Unknown:
    """Give the actor a name stands for.

    The id is the registry's, or None for a name it does not hold; Unknown when the words name
    nobody ("unidentified gunmen").
    """
    mentions = find_actors(name, known)
    best = max(mentions, key=lambda m: (_rank(m, known), m.end - m.start), default=None)
    if best is not None:
        if best.id in known.grammar.tables["anonymous"]:
            return Unknown(f"{name!r} names no group")
        entry = known.book.actors.get(best.id or "")
        reason = f"{best.name!r} is in the registry" if entry else "not in the registry"
        return Actor(best.id, entry.name if entry else best.name, reason)
    exact = known.by_name.get(fold(name))
    if exact:
        return Actor(exact, known.book.actors[exact].name, "registered name")
    if aligned_fold(name) == name:
        return Unknown(f"{name!r} names no group")
    return Actor(None, name, "not in the registry")


def _rank(mention: ActorMention, known: Registry) -> int:
    """Rank the readings of a phrase: a group's own name, a new name, a state, a mere class."""
    entry = known.book.actors.get(mention.id or "")
    if entry is not None and entry.kind == "generic":
        return 2
    return {"name": 4, "unregistered": 3, "backed": 2, "force": 2}.get(mention.form, 1)


@lru_cache(maxsize=4096)
def side_of(words: str, known: Registry) -> str | None:
    """Give the id of the actor a speaker speaks for ("coalition spokesman"), or None."""
    for mention in find_actors(words, known):
        if mention.id and mention.id not in known.grammar.tables["anonymous"]:
            return mention.id
    return None
