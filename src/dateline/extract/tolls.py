"""Numbers of the harmed that no verb of their own carries.

Nouns do ("three deaths", "12 casualties"), running tolls, and verbs said once for two subjects.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.extract.clauses import Clause, meant_by_them
from dateline.extract.counts import Quantity, word_set
from dateline.extract.people import read_people
from dateline.values import Count


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of the harmed in one role; `cumulative` for a toll that has risen so far.

    `definite` where a pronoun stands for people told before.
    """

    role: str
    start: int
    end: int
    count: Count
    cumulative: bool = False
    definite: bool = False


def find_tolls(clause: Clause, quantity: Quantity) -> Iterator[Toll]:
    """Read "three deaths", "12 casualties", and running tolls."""
    if quantity.basis == "none":
        return
    grammar, folded = clause.grammar, clause.reading.folded
    count = Count(quantity.low, quantity.high, quantity.basis)
    roles = grammar.tables["casualty_nouns"].get(quantity.noun, ())
    article = quantity.end - quantity.start < len("one") and folded[quantity.start].isalpha()
    if not article and grammar.search("running", folded):
        running = _running(clause, quantity, count)
        if running is not None:
            yield running
            return
    if grammar.search("hostages", folded):
        yield from _seized(clause, quantity, count)
    adjective = grammar.pattern("harmed_before").match(folded, quantity.end)
    if (
        adjective is not None
        and quantity.low != 1
        and quantity.noun in word_set(grammar, "people", "plural_people")
    ):
        role = grammar.tables["harmed_adjectives"][adjective["word"]]
        yield Toll(role, quantity.start, quantity.noun_end, count)
    if quantity.noun in word_set(grammar, "bodies"):
        yield from _bodies(clause, quantity, count)
    if roles and not _modifies(clause, quantity) and not _is_part(clause, quantity):
        if len(roles) > 1:
            count = share(count)
        for role in roles:
            yield Toll(role, quantity.start, quantity.noun_end, count)


def find_elliptical(clause: Clause, told: Sequence[tuple[int, str]]) -> Iterator[Toll]:
    """Read "the blast killed 40, and twin bombings at least 32": the verb is said once.

    `told` are the ends and roles of the casualties that verbs carry.
    """
    reading, grammar = clause.reading, clause.grammar
    for index, quantity in reading.counts.items():
        before = [one for one in told if one[0] <= quantity.start]
        if quantity.noun or not before or quantity.low == quantity.high == 1:
            continue
        last_end, role = max(before)
        words = range(reading.after(last_end), index)
        if any(i in reading.cues or _is_verb(clause, reading.word(i)) for i in words):
            continue
        gap = reading.folded[last_end : quantity.start]
        ends = grammar.pattern("clause_end").match(reading.folded, quantity.end)
        if ends and grammar.pattern("same_verb").fullmatch(gap):
            count = Count(quantity.low, quantity.high, quantity.basis)
            yield Toll(role, quantity.start, quantity.end, count)


def _is_verb(clause: Clause, word: str) -> bool:
    """Say whether a word has a verb's form: "and displaced two million" does not say who died."""
    return clause.has(word, "verbs") or word.endswith("ed")


def find_named_deaths(clause: Clause) -> Iterator[Toll]:
    """Read "confirmed Khan's death": one person, named."""
    reading = clause.reading
    for match in clause.grammar.finditer("named_death", reading.folded):
        start, end = match.span("who")
        if reading.text[start].isupper():
            count = Count(1, 1, "exact", reading.text[start:end])
            yield Toll("killed", start, match.end(), count)


def find_dispatched(clause: Clause) -> Iterator[Toll]:
    """Read "shot them dead": those counted in front of "them", else more than one; "him" is one."""
    reading, grammar = clause.reading, clause.grammar
    for match in grammar.finditer("dispatched", reading.folded):
        who = read_people(reading, reading.after(match.start("who")), grammar)
        meant = meant_by_them(clause, who) if who else None
        people = meant or who
        if people is not None:
            start = min(match.start(), people.start)
            count = Count(people.low, people.high, people.basis)
            yield Toll("killed", start, match.end(), count, definite=meant is None)


def _seized(clause: Clause, quantity: Quantity, count: Count) -> Iterator[Toll]:
    """Read "took 170 people hostage" and "seized 12 hostages"."""
    grammar, folded = clause.grammar, clause.reading.folded
    before = grammar.pattern("seized_before").search(folded, 0, quantity.start)
    behind = grammar.pattern("seized_behind").match(folded, quantity.end)
    if before is not None and (behind is not None or before["hostage"]):
        end = behind.end() if behind else quantity.noun_end
        yield Toll("captured", before.start(), end, count)


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
