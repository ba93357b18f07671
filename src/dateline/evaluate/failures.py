"""Failed cells by kind: what was overlooked, misread, invented, and which term stood for which."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

KINDS = ("not found", "with its incident", "too low", "too high", "other", "invented")


def kind_of_failure(gold: Any, coded: Any, *, found: bool = True) -> str:  # noqa: ANN401  (any cell)
    """Name the kind of a failed cell by its values (None = none); one of `KINDS`.

    `found`: whether the incident itself was; where it was not, all its cells are missed with it. A
    count is too low or too high by the middle of its range, an open range by the end it has.
    """
    if coded is None:
        return "not found" if found else "with its incident"
    if gold is None:
        return "invented"
    wanted, given = _middle(gold), _middle(coded)
    if wanted is None or given is None or wanted == given:
        return "other"
    return "too low" if given < wanted else "too high"


def _middle(cell: Any) -> float | None:  # noqa: ANN401
    if isinstance(cell, int):
        return float(cell)
    if not isinstance(cell, tuple):
        return None
    ends = [float(end) for end in cell if end is not None]
    return sum(ends) / len(ends)


@dataclass(slots=True)
class Failures:
    """How often each kind of failure befell each field, and which term was coded for which."""

    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    taken: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(
        self,
        name: str,
        gold: Any,  # noqa: ANN401
        coded: Any,  # noqa: ANN401
        *,
        found: bool = True,
        is_term: bool = False,
    ) -> None:
        """Count a failed cell of a field; those of terms also by what was taken for what."""
        kind = kind_of_failure(gold, coded, found=found)
        self.kinds[name][kind] += 1
        if is_term and kind == "other":
            self.taken[name, str(gold), str(coded)] += 1

    def lines(self) -> Iterator[str]:
        """Two tables in Markdown, the most failures first: kinds by field, terms taken for others.

        The second is left out where there is nothing in it.
        """
        yield f"| field | {' | '.join(KINDS)} |"
        yield "|---" * (1 + len(KINDS)) + "|"
        for name, counts in sorted(
            self.kinds.items(), key=lambda item: (-item[1].total(), item[0])
        ):
            yield f"| {name} | {' | '.join(str(counts[kind]) for kind in KINDS)} |"
        if self.taken:
            yield ""
            yield "| field | people found | coded | times |"
            yield "|---|---|---|---|"
            for (name, gold, coded), times in sorted(
                self.taken.items(), key=lambda item: (-item[1], item[0])
            ):
                yield f"| {name} | {gold} | {coded} | {times} |"
