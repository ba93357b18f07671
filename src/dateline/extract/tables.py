"""The codebook compiled for reading: what the lexicon looks for, made once per codebook."""

from dataclasses import dataclass
from functools import lru_cache

from dateline.codebook import Codebook, Entry, Grammar
from dateline.phrases import Phrases, PhraseTables
from dateline.resolve.actors import Registry, registry
from dateline.resolve.gazetteer import Gazetteer, open_gazetteer

# How a type word was met: by its own name, by a verb, or by a word that needs company.
TypeWord = tuple[str, str]
# The word lists of the grammar of events that are looked for everywhere.
CUES = (
    "hypothetical",
    "negated",
    "habitual",
    "serial",
    "lookalikes",
    "weak_lookalikes",
    "retrospect",
    "separately",
    "background_cues",
)


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Phrase tables, grammars, registry and gazetteer in one place; nothing in it changes.

    The tables of `words` are types, impacts, objects, weapons, targets, damage, relations and CUES;
    their entries are those that `Scan` has, or None for words that only look like it.
    """

    book: Codebook
    actors: Registry
    places: Gazetteer
    words: PhraseTables
    relations: Phrases[tuple[str, str]]
    grammars: dict[str, Grammar]


@lru_cache(maxsize=2)
def tables(book: Codebook) -> Tables:
    """Compile the tables of a codebook; opens the gazetteer, expanding it at first use."""
    weapons: list[tuple[str, TypeWord | None]] = []
    for entry in book.lists["weapons"].values():
        weapons += [(word, None) for word in _details(entry, "not_words")]
        weapons += [(word, (entry.id, "noun")) for word in entry.words]
        weapons += [(word, (entry.id, "weak")) for word in _details(entry, "weak_words")]
        weapons += [(word, (entry.id, "implied")) for word in _details(entry, "implied_by")]
    relations = [
        (cue, (entry.id, voice))
        for voice in ("passive", "active")
        for entry in book.lists["relations"].values()
        for cue in _details(entry, voice)
    ]
    events = book.grammar("events")
    return Tables(
        book=book,
        actors=registry(book),
        places=open_gazetteer(),
        words=PhraseTables(
            {
                "types": _type_words(book),
                "impacts": _verbs(book, "weapon_verbs"),
                "objects": _verbs(book, "object_verbs"),
                "weapons": weapons,
                "targets": _target_words(book),
                "damage": _words(book, "damage_levels"),
                "relations": relations,
                **{name: [(word, name) for word in events.words[name]] for name in CUES},
            }
        ),
        relations=Phrases(relations),
        grammars={name: book.grammar(name) for name in book.grammars},
    )


_FORMS = {"verbs": "verb", "weak_words": "weak", "weak_verbs": "weak_verb"}


def _type_words(book: Codebook) -> list[tuple[str, TypeWord | None]]:
    words: list[tuple[str, TypeWord | None]] = []
    for entry in book.event_types.values():
        words += [(word, None) for word in _details(entry, "not_words")]
    for entry in book.event_types.values():
        words += [(word, (entry.id, "noun")) for word in entry.words]
        for name, form in _FORMS.items():
            words += [(word, (entry.id, form)) for word in _details(entry, name)]
    return words


def _verbs(book: Codebook, name: str) -> list[tuple[str, str]]:
    entries = book.event_types.values()
    return [(word, entry.id) for entry in entries for word in _details(entry, name)]


def _target_words(book: Codebook) -> list[tuple[str, TypeWord | None]]:
    words: list[tuple[str, TypeWord | None]] = []
    entries = book.lists["target_types"].values()
    for entry in entries:
        words += [(word, None) for word in _details(entry, "not_words")]
    for entry in entries:
        words += [(word, (entry.id, "noun")) for word in entry.words]
        words += [(word, (entry.id, "weak")) for word in _details(entry, "weak_words")]
    return words


def _words(book: Codebook, listing: str) -> list[tuple[str, str]]:
    return [(word, entry.id) for entry in book.lists[listing].values() for word in entry.words]


def _details(entry: Entry, name: str) -> list[str]:
    return list(entry.details.get(name, ()))
