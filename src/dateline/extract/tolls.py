"""Numbers of the harmed that a noun carries: "three deaths", "12 casualties", running tolls."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.extract.clauses import Clause
from dateline.extract.counts import Quantity, word_set
from dateline.values import Count


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of the harmed in one role; `cumulative` for a toll that has risen so far."""

    role: str
    start: int
    end: int
    count: Count
    cumulative: bool = False


def find_tolls(clause: Clause, quantity: Quantity) -> Iterator[Toll]:
    """Read "three deaths", "12 casualties", and running tolls."""
    if quantity.basis == "none":
        return
    grammar, folded = clause.grammar, clause.reading.folded
    count = Count(quantity.low, quantity.high, quantity.basis)
    roles = grammar.tables["casualty_nouns"].get(quantity.noun, ())
    if grammar.pattern("running").search(folded):
        running = _running(clause, quantity, count)
        if running is not None:
            yield running
            return
    if quantity.noun in word_set(grammar, "bodies"):
        yield from _bodies(clause, quantity, count)
    if roles and not _modifies(clause, quantity) and not _is_part(clause, quantity):
        if len(roles) > 1:
            count = share(count)
        for role in roles:
            yield Toll(role, quantity.start, quantity.noun_end, count)


def _bodies(clause: Clause, quantity: Quantity, count: Count) -> Iterator[Toll]:
    """Read "found 28 bodies" and "28 bodies were recovered"."""
    grammar, folded = clause.grammar, clause.reading.folded
    before = grammar.pattern("bodies_before").search(folded, 0, quantity.start)
    behind = grammar.pattern("bodies_behind").match(folded, quantity.noun_end)
    if before is not None or behind is not None:
        start = before.start() if before else quantity.start
        end = behind.end() if behind else quantity.noun_end
        yield Toll("killed", start, end, count)


def _running(clause: Clause, quantity: Quantity, count: Count) -> Toll | None:
    grammar, folded = clause.grammar, clause.reading.folded
    end = max(quantity.end, quantity.noun_end)
    for name in ("toll", "bringing"):
        match = grammar.pattern(name).search(folded, 0, quantity.start)
        if match is not None:
            return Toll(_role(match.group()), match.start(), end, count, cumulative=True)
    match = grammar.pattern("bringing_to").search(folded, 0, quantity.start)
    tail = grammar.pattern("bringing_tail").search(folded[quantity.end :])
    if match is None or tail is None:
        return None
    end = quantity.end + tail.end()
    return Toll(_role(tail["what"]), match.start(), end, count, cumulative=True)


def _modifies(clause: Clause, quantity: Quantity) -> bool:
    """Say whether a verb already reads the number: "12 wounded were taken" stays, "a dead man"."""
    index = clause.reading.after(quantity.noun_end)
    word = clause.reading.word(index)
    single = quantity.low == quantity.high == 1
    return single and clause.has(quantity.noun, "also_adjectives") and bool(word)


def _is_part(clause: Clause, quantity: Quantity) -> bool:
    """Say whether a number takes its share of people counted before: "fifty of the wounded"."""
    return " the " in clause.reading.folded[quantity.end : quantity.noun_start]


def _role(words: str) -> str:
    return "injured" if "wound" in words or "injur" in words else "killed"


def share(count: Count) -> Count:
    """What a number says of each of two harms that it covers together."""
    if count.high is None or count.basis == "none":
        return replace(count, low=1, basis="vague") if count.basis != "none" else count
    return Count(0, count.high, "at_most", count.of)
