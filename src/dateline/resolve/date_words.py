"""What the rules of dates read: a text, its folded form and the grammar; and figures in it."""

import re
from dataclasses import dataclass
from typing import Any

from dateline.codebook import Grammar

Parts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """A text, its folded form of the same length, and the grammar that reads it."""

    text: str
    folded: str
    grammar: Grammar

    def match(self, pattern: str, at: int) -> re.Match[str] | None:
        """Match a pattern that begins at an offset."""
        return self.grammar.pattern(pattern).match(self.folded, at)

    def before(self, pattern: str, at: int) -> bool:
        """Say whether a pattern holds of the words that end at an offset."""
        window = self.folded[max(0, at - 80) : at]
        return self.grammar.search(pattern, window) is not None

    def look(self, table: str, words: str | None) -> Any:  # noqa: ANN401  (a table holds anything)
        """Look words up in a table, however they are spaced; None where it lacks them."""
        key = " ".join((words or "").split()).removesuffix(".")
        return self.grammar.tables[table].get(key)

    def is_capital(self, match: re.Match[str], group: str) -> bool:
        """Say whether a group stands with a capital; month and weekday names do in print.

        In a text without any capital every word counts as written so.
        """
        return not self.text[match.start(group)].islower() or self.text.islower()


def read_figure(text: str | None) -> int | None:
    """Give the number in "7th" or "2021"; None for no words."""
    return int(re.sub(r"\D", "", text)) if text else None
