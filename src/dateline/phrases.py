"""Finding thousands of fixed phrases in one pass, on word boundaries, longest first."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from dateline.text import aligned_fold

T = TypeVar("T")


class Match(NamedTuple, Generic[T]):
    """A phrase found in a text: half-open offsets and what the phrase stands for."""

    start: int
    end: int
    entry: T


class Phrases(Generic[T]):
    """A compiled table of phrases; lower-case folded, or by exact letters where `exact` is set.

    A phrase that two entries share keeps the first one. Matches never overlap: the longest phrase
    that starts first wins.
    """

    def __init__(self, table: Iterable[tuple[str, T]], *, exact: bool = False) -> None:
        """Compile `(phrase, entry)` pairs; blank phrases are left out."""
        import ahocorasick

        self._exact = exact
        self._automaton = ahocorasick.Automaton()
        for phrase, entry in table:
            key = self._prepare(" ".join(phrase.split()))
            if key and key not in self._automaton:
                self._automaton.add_word(key, (len(key), entry))
        self._empty = not len(self._automaton)
        if not self._empty:
            self._automaton.make_automaton()

    def find(self, text: str) -> list[Match[T]]:
        """Give all matches in a text, in order; offsets are those of the text as it stands."""
        if self._empty:
            return []
        return _apart(_on_boundaries(self._automaton, self._prepare(text)))

    def _prepare(self, text: str) -> str:
        return text if self._exact else aligned_fold(text)


class PhraseTables:
    """Several tables of phrases, each as `Phrases` has it, found in one pass."""

    def __init__(self, tables: Mapping[str, Iterable[tuple[str, Any]]]) -> None:
        """Compile `(phrase, entry)` pairs by table name; blank phrases are left out."""
        import ahocorasick

        self._names = tuple(tables)
        keys: dict[str, dict[str, Any]] = {}
        for name, table in tables.items():
            for phrase, entry in table:
                key = aligned_fold(" ".join(phrase.split()))
                if key:
                    keys.setdefault(key, {}).setdefault(name, entry)
        self._automaton = ahocorasick.Automaton()
        for key, entries in keys.items():
            self._automaton.add_word(key, (len(key), tuple(entries.items())))
        if keys:
            self._automaton.make_automaton()

    def find(self, text: str) -> dict[str, list[Match[Any]]]:
        """Give the matches of each table in a text, in order; those of one table never overlap."""
        found: dict[str, list[tuple[int, int, Any]]] = {name: [] for name in self._names}
        if len(self._automaton):
            for start, end, entries in _on_boundaries(self._automaton, aligned_fold(text)):
                for name, entry in entries:
                    found[name].append((start, end, entry))
        return {name: _apart(matches) for name, matches in found.items()}


def _on_boundaries(automaton: Any, folded: str) -> Iterator[tuple[int, int, Any]]:  # noqa: ANN401
    """Yield start, end and entry of each phrase that does not begin or end inside a word."""
    size = len(folded)
    for last, (length, entry) in automaton.iter(folded):
        start, end = last + 1 - length, last + 1
        if (start == 0 or not (folded[start - 1].isalnum() and folded[start].isalnum())) and (
            end == size or not (folded[last].isalnum() and folded[end].isalnum())
        ):
            yield start, end, entry


def _apart(found: Iterable[tuple[int, int, T]]) -> list[Match[T]]:
    """Keep what never overlaps: of phrases that start together the longest."""
    kept: list[Match[T]] = []
    done = 0
    for start, end, entry in sorted(found, key=lambda one: (one[0], -one[1])):
        if start >= done:
            kept.append(Match(start, end, entry))
            done = end
    return kept
