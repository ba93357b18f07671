"""Finding thousands of fixed phrases in one pass, on word boundaries, longest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from dateline.text import aligned_fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
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
        folded = self._prepare(text)
        found = sorted(self._candidates(folded), key=lambda m: (m.start, -m.end))
        kept: list[Match[T]] = []
        for match in found:
            if not kept or match.start >= kept[-1].end:
                kept.append(match)
        return kept

    def _candidates(self, folded: str) -> Iterator[Match[T]]:
        for last, (length, entry) in self._automaton.iter(folded):
            start, end = last + 1 - length, last + 1
            if _is_boundary(folded, start) and _is_boundary(folded, end):
                yield Match(start, end, entry)

    def _prepare(self, text: str) -> str:
        return text if self._exact else aligned_fold(text)


def _is_boundary(text: str, at: int) -> bool:
    return at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum())
