"""The grammar of one clause: its verb group, the people who are its subject or its object."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.codebook import Grammar
from dateline.extract.counts import word_set
from dateline.extract.joining import join_people
from dateline.extract.people import People, Reading, read_people

_REACH = 24


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb group: where it begins, and what its auxiliaries say."""

    first: int
    passive: bool
    negative: bool
    supposed: bool
    feared: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence with its people as subjects and the grammar; what every reader below needs."""

    reading: Reading
    subjects: Sequence[People]
    grammar: Grammar

    def has(self, word: str, *lists: str) -> bool:
        """Say whether a word stands in one of the grammar's lists."""
        return word in word_set(self.grammar, *lists)


def verb_group(clause: Clause, first: int) -> VerbGroup:
    """Walk left over auxiliaries and adverbs to where a verb group begins."""
    reading = clause.reading
    index, passive, negative, supposed, feared = first, False, False, False, False
    perfect = False  # "is said to have killed" is active: the nearest auxiliary decides
    at = first - 1
    while at >= 0 and at not in reading.counts:
        word = reading.word(at)
        be, have = clause.has(word, "be"), clause.has(word, "have")
        if (
            word == "and"
            and not passive
            and (reading.word(at - 1).endswith("ed") or clause.has(reading.word(at - 1), "struck"))
            and clause.has(reading.word(at - 2), "be")
        ):
            at -= 2
            continue
        if word == "found" and clause.has(reading.word(at - 1), "be"):
            at -= 1  # "were found shot dead"
            continue
        modal = clause.has(word, "supposing") and not clause.has(word, "clause_starts")
        if modal and clause.has(reading.word(at + 1), "finite_be"):
            break  # "a man who had received threats was killed"
        negation = clause.has(word, "negations")
        if not (be or have or modal or negation or word in {"did", "does", "do"}):
            if not (clause.has(word, "adverbs", "feared") or word.endswith("ly")):
                break
            feared = feared or clause.has(word, "feared")
        else:
            index = at
            passive, negative = passive or (be and not perfect), negative or negation
            perfect = perfect or (have and not passive)
            supposed = supposed or modal
        at -= 1
    if not passive and feared:
        index = at + 1
    return VerbGroup(index, passive, negative, supposed, feared)


def object_at(clause: Clause, index: int) -> People | None:
    """Read the people named right behind a verb, with all that "and" joins to them."""
    reading, grammar = clause.reading, clause.grammar
    people = read_people(reading, index, grammar)
    if people is not None and people.head in {"he", "she", "they"}:
        return None
    if people is None or (not people.certain and not people.counted and people.definite):
        return None
    parts = [people]
    chain = people
    while True:
        at = chain.last
        while reading.word(at) in {
            ",",
            "and",
            "plus",
            "&",
            "as",
            "well",
            "along",
            "together",
            "with",
        }:
            at += 1
        more = read_people(reading, at, grammar) if at > chain.last else None
        joined = join_people(reading, [*parts, more], grammar, subject=False) if more else []
        if more is None or len(joined) > 1:
            return chain
        parts.append(more)
        chain = joined[0]


def people_before(clause: Clause, before: int) -> People | None:
    """Give the people named right before a token."""
    for people in clause.subjects:
        if people.definite and not people.head and people.counted:
            continue  # "fifty of the wounded" takes its share of people counted before
        gap = [clause.reading.word(i) for i in range(people.last, before)]
        if gap == [","] and people.counted and people.told_once:
            return people  # "ten others, five guards and five clerks, injured"
        listed = clause.has(clause.reading.word(people.first - 1), "subset_marks")
        beside = people.last <= before and all(clause.has(w, "adverbs", "feared") for w in gap)
        if beside and not listed:
            return people if people.counted or people.certain else None
    detailed = _detailed(clause, before) if clause.reading.word(before - 1) == "," else None
    if detailed is not None:
        gap = [clause.reading.word(i) for i in range(detailed.last, before)]
        if not any(clause.has(word, "be", "have", "verbs") for word in gap):
            return detailed  # "13 people, four of them men, wounded"
    return None


def shared_subject(clause: Clause, before: int) -> People | None:
    """Give the subject that "14 men were seized in A and shot dead by B" has in common."""
    for people in clause.subjects:
        if people.last < before and clause.has(clause.reading.word(people.last), "be"):
            return people
    return None


def meant_by_them(clause: Clause, pronoun: People) -> People | None:
    """Give whom "them" means in "dragged 17 men from a bus and killed them".

    They are counted and stand in front of it in the sentence, with no other people in between.
    """
    if pronoun.head != "them" or pronoun.counted:
        return None
    told = [
        p
        for p in clause.subjects
        if p.last <= pronoun.first and p.head != "them" and (p.certain or p.low != 1)
    ]
    last = told[-1] if told else None
    return last if last and last.counted and last.low != 1 and last.basis != "none" else None


def subject_before(clause: Clause, before: int) -> People | None:
    """Give the people who are the subject of the verb group that begins at a token."""
    reading = clause.reading
    if reading.word(before - 1) == "," and (whole := _detailed(clause, before)) is not None:
        return whole
    for people in reversed(clause.subjects):
        if people.last > before or _in_subset(clause, people):
            continue
        gap = [reading.word(i) for i in range(people.last, before)]
        if any(word in {";", ":"} or clause.has(word, "subject_breaks") for word in gap):
            return None
        previous = reading.word(people.first - 1)
        described = gap[:1] == ["who"]
        if clause.has(previous, "subset_marks") or (
            clause.has(previous, "prepositions") and not described
        ):
            continue
        if not (people.certain or people.counted) and _ends_a_place(clause, people):
            continue
        if _governs(clause, people, gap):
            return people
        if people.head != "them" and people.certain:
            return None
    return None


def _governs(clause: Clause, people: People, gap: Sequence[str]) -> bool:
    """Say whether only a modifier stands between people and a verb group."""
    if people.counted and gap and gap[0] == "(" and gap[-1] == ")":
        return True
    if all(clause.has(word, "relatives", "adverbs") or word == "," for word in gap):
        return True
    if not people.certain:  # "Ali Hadi, a mediator of the UN, was shot dead"
        return gap[0] == gap[-1] == "," and people.first == 0
    opens = gap[0] in {",", "("} or clause.has(gap[0], "prepositions", "relatives")
    clear = clause.has(gap[0], "relatives") or not any(
        clause.has(word, "verbs", "be", "have") for word in _before_relative(gap[1:])
    )
    return (opens or gap[0].endswith("ing")) and clear and len(gap) <= _REACH


def _detailed(clause: Clause, before: int) -> People | None:
    """Give "six men" of "six men, including A, head of B, and C, the leader of D, were killed"."""
    reading = clause.reading
    for people in clause.subjects:
        at = people.last + (reading.word(people.last) == ",")
        share = reading.counts.get(at)
        part = share is not None and clause.grammar.pattern("of_them").match(
            reading.folded, share.end
        )
        if at < before and people.counted and (part or reading.word(at) == "including"):
            return people
    return None


def _ends_a_place(clause: Clause, people: People) -> bool:
    """Say whether a bare name only closes "at a base in northeast Aden"."""
    reading = clause.reading
    between = reading.word(people.first - 1)
    lower = between[:1].isalpha() and not reading.is_name(people.first - 1)
    return lower and clause.has(reading.word(people.first - 2), "prepositions")


def _in_subset(clause: Clause, people: People) -> bool:
    """Say whether a phrase ends a list that only details others: "including a, b and people"."""
    at = people.first
    if clause.has(clause.reading.word(at), "others_apart"):
        return False
    if clause.has(clause.reading.word(at), "subset_marks"):
        return True
    for other in reversed(clause.subjects):
        if other.last >= at:
            continue
        if any(clause.reading.word(i) not in {",", "and"} for i in range(other.last, at)):
            return False
        if clause.has(clause.reading.word(other.first - 1), "subset_marks"):
            return True
        at = other.first
    return False


def _before_relative(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word in {"who", "which", "that"}:
            return
        yield word
