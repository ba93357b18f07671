"""The scheme as data: event types, roles, code lists, the actor registry and the grammars.

Everything is read from a folder of TOML files (`codebook/` beside this module, or a user's own),
checked once against what the stages rely on, and then never changes.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from dateline.alternation import alternation, plain_alternation
from dateline.errors import ConfigError
from dateline.signs import signs_of

FOLDER = Path(__file__).parent / "codebook"
_GROUP = re.compile(r"\(\?(?:P[<=]|\()\w+")
LISTS = ("event_types", "roles", "weapons", "target_types", "relations", "damage_levels")
_OF_STATE = ("government", "state_force", "police")


@dataclass(frozen=True, slots=True)
class Entry:
    """One term of a list: its definition, its parent in the tree, its words and its crosswalk.

    `words` are the surface forms that name the term; `crosswalk` maps a scheme of the field
    (acled, ucdp, gtd_attack, gtd_weapon, plover ...) to its code there.
    """

    id: str
    label: str
    definition: str
    parent: str | None = None
    words: tuple[str, ...] = ()
    crosswalk: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A dated, sourced tie between two registered actors; an open date is an empty string."""

    relation: str
    to: str
    since: str
    until: str
    source: str


@dataclass(frozen=True, slots=True)
class RegisteredActor:
    """An actor of the registry with every name news gives it."""

    id: str
    name: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...]
    kind: str
    country: str | None
    active_in: tuple[str, ...]
    offices: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def is_of_state(self) -> bool:
        """Whether it is a government, or the forces or police of one."""
        return self.kind in _OF_STATE


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory by ISO 3166-1 alpha-2 code, with the words news uses for it."""

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    metonyms: tuple[str, ...]
    details: Mapping[str, Any]


class Grammar:
    """One file of `grammars/`: word lists, tables and compiled patterns.

    A pattern may name another entry of its file as `{name}`: a word list becomes an alternation
    (longest first, regular-expression marks escaped), a pattern is inserted as a group. A file
    that says `folded = true` is for folded text: its patterns heed case, which costs less.
    """

    def __init__(self, name: str, form: Mapping[str, Any], path: Path) -> None:
        """Keep the parsed file; patterns are compiled at first use."""
        self.name = name
        self.path = path
        self._folded = form.get("folded", False)
        self._flags = re.NOFLAG if self._folded else re.IGNORECASE
        self.words: dict[str, list[str]] = dict(form.get("words", {}))
        self.tables: dict[str, dict[str, Any]] = dict(form.get("tables", {}))
        self._patterns: dict[str, Any] = dict(form.get("patterns", {}))
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._signs: dict[str, tuple[str, ...]] = {}

    def pattern(self, name: str) -> re.Pattern[str]:
        """Give a compiled pattern (case-insensitive, unless the file is for folded text).

        Raises ConfigError if it is not there.
        """
        try:
            return self._compiled[name]
        except KeyError:
            return self._compiled.setdefault(name, self._compile(name))

    def _compile(self, name: str) -> re.Pattern[str]:
        try:
            return re.compile(self._expand(name, ()), self._flags)
        except re.error as error:
            message = f"{self.path}: pattern {name} is not a regular expression: {error}"
            raise ConfigError(message) from error

    def has_sign(self, name: str, folded: str) -> bool:
        """Say whether a pattern can match in a text, given folded: whether a sign of it is there.

        To ask first saves most searches in vain; see `signs`.
        """
        if name not in self._signs:
            self._signs[name] = signs_of(self._expand(name, ()), self._flags)
        for sign in self._signs[name]:  # noqa: SIM110  (asked too often for a generator)
            if sign in folded:
                return True
        return False

    def finditer(
        self, name: str, text: str, *, folded: str | None = None
    ) -> Iterable[re.Match[str]]:
        """Give the matches of a pattern in a text, which is searched only if it has a sign of it.

        `folded` is the text folded, or one that holds it; not needed where the text itself is.
        """
        known = self.has_sign(name, text if folded is None else folded)
        return self.pattern(name).finditer(text) if known else ()

    def search(self, name: str, text: str, *, folded: str | None = None) -> re.Match[str] | None:
        """Give the first of these matches, or None."""
        known = self.has_sign(name, text if folded is None else folded)
        return self.pattern(name).search(text) if known else None

    def any_of(self, *names: str) -> re.Pattern[str]:
        """Give a pattern that matches wherever one of some patterns does; only for telling that.

        Trying it first saves trying each of them where none matches. Its groups have other names.
        """
        key = " ".join(names)
        if key not in self._compiled:
            forms = [
                _GROUP.sub(rf"\g<0>_{number}", self.pattern(name).pattern)
                for number, name in enumerate(names)
            ]
            self._compiled[key] = re.compile("|".join(f"(?:{f})" for f in forms), self._flags)
        return self._compiled[key]

    def names(self) -> list[str]:
        """Give the names of all patterns, in file order."""
        return list(self._patterns)

    def _expand(self, name: str, seen: tuple[str, ...], *, cased: bool = False) -> str:
        if name in seen:
            message = f"{self.path}: pattern {name} names itself"
            raise ConfigError(message)
        if name in self._patterns:
            form = self._patterns[name]
            text = "|".join(form) if isinstance(form, list) else str(form)
            cased = cased or "(?-i" in text
            return re.sub(
                r"\{([a-z_]+)\}",
                lambda m: f"(?:{self._expand(m[1], (*seen, name), cased=cased)})",
                text,
            )
        words = self.words.get(name) or list(self.tables.get(name, {}))
        if not words:
            message = f"{self.path}: no pattern, word list or table called {name!r}"
            raise ConfigError(message)
        if cased and not self._folded:
            return plain_alternation(words)
        return alternation(words, folded=self._folded)


@dataclass(frozen=True, eq=False)
class Codebook:
    """A loaded codebook; look terms up by list name and id."""

    folder: Path
    lists: Mapping[str, Mapping[str, Entry]]
    actors: Mapping[str, RegisteredActor]
    countries: Mapping[str, Country]
    grammars: Mapping[str, Grammar]

    @cached_property
    def event_types(self) -> Mapping[str, Entry]:
        """Event types by id."""
        return self.lists["event_types"]

    @cached_property
    def roles(self) -> Mapping[str, Entry]:
        """Roles by id; `details["value"]` is the value kind, `details["kinds"]` who may have it."""
        return self.lists["roles"]

    def grammar(self, name: str) -> Grammar:
        """Give a grammar by file name; raises ConfigError if the folder lacks it."""
        if name not in self.grammars:
            message = f"{self.folder}: no grammars/{name}.toml; copy it from the built-in codebook"
            raise ConfigError(message)
        return self.grammars[name]

    def ancestors(self, listing: str, term: str) -> Iterator[str]:
        """Yield a term of a list and then its parents, up to the root."""
        entry = self.lists[listing].get(term)
        while entry is not None:
            yield entry.id
            entry = self.lists[listing].get(entry.parent) if entry.parent else None

    def crosswalk(self, listing: str, term: str, scheme: str) -> str | None:
        """Give the code of a term in another scheme, or that of its nearest ancestor with one."""
        for step in self.ancestors(listing, term):
            if scheme in self.lists[listing][step].crosswalk:
                return self.lists[listing][step].crosswalk[scheme]
        return None


@lru_cache(maxsize=4)
def load_codebook(folder: Path = FOLDER) -> Codebook:
    """Load a codebook folder; files it lacks are taken from the built-in one.

    Its `actors/*.toml` add actors to the built-in registry, or override some of them by id.
    A user's own folder is checked first with `codebook_check.find_problems`; this function trusts
    what it reads.
    """
    return Codebook(
        folder=folder,
        lists={name: dict(_entries(read_toml(folder, f"{name}.toml"))) for name in LISTS},
        actors=dict(_actors(folder)),
        countries=dict(_countries(read_toml(folder, "countries.toml"))),
        grammars={
            path.stem: Grammar(path.stem, tomllib.loads(path.read_text("utf-8")), path)
            for path in _files(folder, "grammars")
        },
    )


def read_toml(folder: Path, name: str) -> dict[str, Any]:
    """Read one file of a codebook folder, or the built-in one where the folder lacks it."""
    path = folder / name
    if not path.exists():
        path = FOLDER / name
    return tomllib.loads(path.read_text("utf-8"))


def _files(folder: Path, name: str) -> list[Path]:
    own = {path.name: path for path in (folder / name).glob("*.toml")}
    built_in = {path.name: path for path in (FOLDER / name).glob("*.toml")}
    return [path for _, path in sorted((built_in | own).items())]


def _entries(form: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    for name, item in form.items():
        known = {"label", "definition", "parent", "words", "crosswalk"}
        yield (
            name,
            Entry(
                id=name,
                label=item.get("label", name.replace("_", " ")),
                definition=item["definition"],
                parent=item.get("parent"),
                words=tuple(item.get("words", ())),
                crosswalk=dict(item.get("crosswalk", {})),
                details={key: value for key, value in item.items() if key not in known},
            ),
        )


def _actors(folder: Path) -> Iterator[tuple[str, RegisteredActor]]:
    """Yield the actors of the built-in registry, then those of a folder, which win by id."""
    for place in dict.fromkeys((FOLDER, folder)):
        for path in sorted((place / "actors").glob("*.toml")):
            for name, item in tomllib.loads(path.read_text("utf-8")).items():
                yield name, _actor(name, item)


def _actor(name: str, item: Mapping[str, Any]) -> RegisteredActor:
    return RegisteredActor(
        id=name,
        name=item["name"],
        names=tuple(item.get("names", ())),
        acronyms=tuple(item.get("acronyms", ())),
        kind=item["kind"],
        country=item.get("country") or None,
        active_in=tuple(item.get("active_in", ())),
        offices=tuple(item.get("offices", ())),
        links=tuple(Link(**link) for link in item.get("links", ())),
    )


def _countries(form: Mapping[str, Any]) -> Iterator[tuple[str, Country]]:
    lists = ("names", "adjectives", "people", "metonyms")
    for code, item in form.items():
        words = {name: tuple(item.get(name, ())) for name in lists}
        details = {k: v for k, v in item.items() if k not in {*lists, "name", "capital"}}
        yield code, Country(code, item["name"], capital=item["capital"], details=details, **words)
