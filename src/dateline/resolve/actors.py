"""Finding and naming actors: registry names, states and their forces, groups known by a backer.

A name that is not registered stays a name; nothing is guessed into an id.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.resolve.registry import LEAST_SPELLING, Form, Registry, registry
from dateline.resolve.transliteration import letters_of, loose, loose_key
from dateline.text import Token, aligned_fold, fold, tokens
from dateline.values import Actor, Unknown

__all__ = [
    "ActorMention",
    "Focus",
    "Registry",
    "find_actors",
    "registry",
    "resolve_actor",
    "side_of",
]

Focus = tuple[str, ...]
"""The countries a report is about, as ISO alpha-2 codes, the most important first."""
_MOST_WORDS = 7
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


def find_actors(text: str, known: Registry) -> list[ActorMention]:
    """Give the actors a text names, in order, without overlaps; the longest reading wins."""
    found = [
        ActorMention(m.start, m.end, m.entry[0], text[m.start : m.end], m.entry[1], m.entry[2])
        for table in (known.folded, known.exact)
        for m in table.find(text)
        if m.entry[1] != "adjective" or m.entry[2]
    ]
    states = [m for m in found if m.form in ("country", "adjective", "office") and m.country]
    plain = [
        ActorMention(m.start(), m.end(), None, m.group(), "force")
        for m in known.grammar.finditer("plain_force", text, folded=aligned_fold(text))
    ]
    wider = [
        *plain,
        *_forces(text, states, known),
        *_backed(text, states, known),
        *_unregistered(text, known),
    ]
    named = [_with_tail(text, m, known) for m in found]
    ranks = known.grammar.pattern("ranks")
    return _longest([*wider, *named, *_spelt_otherwise(text, known)], ranks)


def _spelt_otherwise(text: str, known: Registry) -> Iterator[ActorMention]:
    """Yield registered groups in a spelling that the registry lacks ("Kataeb Hizbullah")."""
    for run in known.grammar.pattern("spelling").finditer(text):
        words = [
            Token(run.start() + piece.start, run.start() + piece.end, piece.text)
            for token in tokens(run.group())
            for piece in _pieces(token)
        ]
        letters = [letters_of(word.text) for word in words]
        at = 0
        while at < len(words):
            mention = _spelt_at(text, words, letters, at, known)
            if mention is not None:
                yield mention
                at = next((i for i, w in enumerate(words) if w.start >= mention.end), len(words))
            else:
                at += 1


def _pieces(token: Token) -> Iterator[Token]:
    """Cut a hyphenated word at its hyphens."""
    start = token.start
    for piece in token.text.split("-"):
        if piece:
            yield Token(start, start + len(piece), piece)
        start += len(piece) + 1


def _spelt_at(
    text: str, words: list[Token], letters: list[tuple[str, ...]], at: int, known: Registry
) -> ActorMention | None:
    if words[at].text.lower() == "the" or not known.may_begin(letters[at]):
        return None
    for last in range(min(len(words), at + _MOST_WORDS), at, -1):
        key = loose_key([word for part in letters[at:last] for word in part], known.grammar)
        group = known.by_spelling.get(key)
        if group is not None and (last - at > 1 or len(key) > LEAST_SPELLING):
            start, end = words[at].start, words[last - 1].end
            country = known.book.actors[group].country
            return ActorMention(start, end, group, text[start:end], "name", country)
    return None


def _longest(mentions: Iterable[ActorMention], ranks: re.Pattern[str]) -> list[ActorMention]:
    kept: list[ActorMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.id is None)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
        elif mention.id and not kept[-1].id:
            # "Fighters of the Taliban" are no group of their own.
            own = ranks.fullmatch(kept[-1].name[: mention.start - kept[-1].start])
            if mention.end > kept[-1].end or (own and mention.end == kept[-1].end):
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
        front, folded = text[near : state.start], aligned_fold(text)[near : state.start]
        before = known.grammar.search("backed_by_phrase", front, folded=folded)
        if before and state.form != "office":
            left = near + before.start()
            noun = known.grammar.pattern("after_noun").match(text, state.end)
            end = noun.end() if noun else state.end
            group = aligned.get(state.country or "")
            yield ActorMention(left, end, group, text[left:end], "backed", None)
    by_start = {state.start: state for state in states}
    for match in known.grammar.finditer("backed_adjective", text, folded=aligned_fold(text)):
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
    for match in known.grammar.finditer("proper_name", text, folded=aligned_fold(text)):
        words = match.group().split()
        if sum(word[:1].isupper() for word in words) > 1 or "-" in words[0]:
            yield ActorMention(
                match.start(), match.end(), None, match.group(), "unregistered", None
            )


@lru_cache(maxsize=4096)
def resolve_actor(name: str, known: Registry, focus: Focus = ()) -> Actor | Unknown:
    """Give the actor a name stands for.

    The id is the registry's, or None for a name it does not hold; Unknown when the words name
    nobody ("unidentified gunmen"). `focus` are the countries the report is about: a class of groups
    of other countries loses its id there, and "the army" is that of the one country.
    """
    plain = known.grammar.pattern("disguise").sub("", name)
    part = known.grammar.pattern("part_of_state")
    mentions = [m for m in find_actors(plain, known) if not part.match(plain, m.end)]
    best = max(mentions, key=lambda m: (_rank(m, known), m.end - m.start), default=None)
    own = _own_body(name, known, focus) if best is None or _is_class(best, known) else None
    if own:
        return Actor(own, known.book.actors[own].name, f"of {focus[0]}, which the report is about")
    if best is not None:
        return _named(best, name, known, focus)
    exact = known.by_name.get(fold(name))
    if exact:
        return Actor(exact, known.book.actors[exact].name, "registered name")
    if aligned_fold(name) == name:
        return Unknown(f"{name!r} names no group")
    return Actor(None, name, "not in the registry")


def _named(mention: ActorMention, name: str, known: Registry, focus: Focus) -> Actor | Unknown:
    if mention.id in known.grammar.tables["anonymous"]:
        return Unknown(f"{name!r} names no group")
    entry = known.book.actors.get(mention.id or "")
    if entry is not None and _is_elsewhere(mention, known, focus):
        return Actor(None, mention.name, f"no {entry.name} in {', '.join(focus)}")
    return Actor(mention.id, entry.name if entry else mention.name, _reason(mention, known))


def _reason(mention: ActorMention, known: Registry) -> str:
    entry = known.book.actors.get(mention.id or "")
    if entry is None:
        return "not in the registry"
    if mention.form == "name" and entry.kind in known.grammar.words["spelt_loosely"]:
        key = loose(mention.name, known.grammar)
        names = (entry.name, *entry.names, *entry.acronyms)
        if fold(mention.name) not in map(fold, names):
            like = next((n for n in names if loose(n, known.grammar) == key), None)
            if like is not None:
                return f"{mention.name!r} is another spelling of {like!r}"
    return f"{mention.name!r} is in the registry"


def _is_elsewhere(mention: ActorMention, known: Registry, focus: Focus) -> bool:
    """Tell a class of groups that none of the countries in focus has."""
    homes = known.grammar.tables["only_in"].get(mention.id or "")
    backer = known.grammar.pattern("names_backer").search(mention.name)
    return bool(homes and focus and not backer and not set(homes) & set(focus))


def _is_class(mention: ActorMention, known: Registry) -> bool:
    """Tell a word for a kind of actor ("army", "regime jets") from the name of one."""
    if mention.form == "force" and mention.id is None:
        return True
    entry = known.book.actors.get(mention.id or "")
    return entry is not None and entry.kind == "generic"


def _own_body(words: str, known: Registry, focus: Focus) -> str | None:
    """Give the army, police or government that words without a state mean: that of the focus."""
    if len(focus) != 1:
        return None
    country = focus[0]
    plain = aligned_fold(words)
    for pattern, bodies in (("own_military", known.forces), ("own_police", known.police)):
        if known.grammar.pattern(pattern).match(plain):
            return bodies.get(country) or known.governments.get(country)
    if known.grammar.pattern("own_government").match(plain):
        return known.governments.get(country)
    return None


def _rank(mention: ActorMention, known: Registry) -> int:
    """Rank the readings of a phrase: a group's own name, a new name, a state, a mere class."""
    entry = known.book.actors.get(mention.id or "")
    if entry is not None and entry.kind == "generic":
        return 2
    return {"name": 4, "unregistered": 3, "backed": 2, "force": 2}.get(mention.form, 1)


@lru_cache(maxsize=4096)
def side_of(words: str, known: Registry, focus: Focus = ()) -> str | None:
    """Give the id of the actor a speaker speaks for ("coalition spokesman"), or None.

    "An army spokesman" or "police" speak for the one country of `focus`.
    """
    for mention in find_actors(words, known):
        if mention.id and mention.id not in known.grammar.tables["anonymous"]:
            own = _own_body(words, known, focus) if _is_class(mention, known) else None
            return own or (None if _is_elsewhere(mention, known, focus) else mention.id)
    return _own_body(words, known, focus)
