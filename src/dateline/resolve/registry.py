"""The actor registry made ready for searching: every name with what it stands for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dateline.codebook import Codebook, Grammar
from dateline.phrases import Phrases
from dateline.resolve.transliteration import loose, loose_key
from dateline.text import fold

Form = Literal["name", "office", "country", "adjective", "force", "backed", "unregistered"]
Entry = tuple[str | None, Form, str | None]
LEAST_SPELLING = 7
"""Shorter keys fit too many words to tell a group by its spelling."""
_LONGEST_ACRONYM = 5
_SHORT_ACRONYM = 3


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """The actor registry compiled for searching; made once per codebook by `registry`."""

    book: Codebook
    grammar: Grammar
    folded: Phrases[Entry]
    exact: Phrases[Entry]
    governments: dict[str, str]
    forces: dict[str, str]
    police: dict[str, str]
    by_name: dict[str, str]
    by_spelling: dict[str, str]
    spelling_starts: frozenset[str]

    def may_begin(self, letters: tuple[str, ...]) -> bool:
        """Tell whether a spelling can begin with a word, given by its `letters_of`."""
        return _may_begin(letters, self)


@lru_cache(maxsize=1 << 14)  # the same words come again in report after report
def _may_begin(letters: tuple[str, ...], known: Registry) -> bool:
    article = all(word in known.grammar.words["articles"] for word in letters)
    return article or loose_key(letters, known.grammar) in known.spelling_starts


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
    # In lower case a short acronym is an everyday word: HaD is "had", IS is "is".
    safe = [*folded, *(item for item in exact if len(item[0]) > _SHORT_ACRONYM)]
    by_name = {fold(name): entry[0] for name, entry in reversed(safe) if entry[0]}
    grammar = book.grammar("actors")
    spellings = _by_spelling(book, grammar)
    return Registry(
        book,
        grammar,
        Phrases(folded),
        Phrases(exact, exact=True),
        governments,
        forces,
        dict(_police(book)),
        by_name,
        spellings,
        frozenset(key[:end] for key in spellings for end in range(1, len(key) + 1)),
    )


def _by_spelling(book: Codebook, grammar: Grammar) -> dict[str, str]:
    """Give the group each loose key of a name means; keys of two groups are left out."""
    owners: dict[str, set[str]] = {}
    for actor in book.actors.values():
        if actor.kind in grammar.words["spelt_loosely"]:
            for name in (actor.name, *actor.names):
                owners.setdefault(loose(name, grammar), set()).add(actor.id)
    return {
        key: next(iter(ids))
        for key, ids in owners.items()
        if len(ids) == 1 and len(key) >= LEAST_SPELLING
    }


def _police(book: Codebook) -> Iterator[tuple[str, str]]:
    """Yield the police of a country: the force that bears its adjective."""
    for actor in book.actors.values():
        country = book.countries.get(actor.country or "")
        if actor.kind == "police" and country:
            names = {name.lower() for name in (actor.name, *actor.names)}
            if names & {f"{a} police".lower() for a in country.adjectives}:
                yield country.code, actor.id


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
    capitals = sum(letter.isupper() for letter in letters)
    return len(letters) <= _LONGEST_ACRONYM and (capitals > 1 or letters.upper() == letters)


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
    for word in book.grammar("places").words["regional"]:
        yield word, (None, "adjective", None)
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
