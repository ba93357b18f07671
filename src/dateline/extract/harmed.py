"""Making a casualty of a verb of harm and the people who are its subject or its object."""

from dataclasses import replace

from dateline.extract.clauses import Clause, VerbGroup, meant_by_them, object_at
from dateline.extract.harm import Casualty
from dateline.extract.joining import add_people
from dateline.extract.people import People
from dateline.values import Count


def with_object(
    clause: Clause, role: str, first: int, target: People, group: VerbGroup
) -> Casualty:
    """Give what a verb does to its object; "them" stands for people counted before."""
    meant = meant_by_them(clause, target)
    if meant is not None and not group.negative:
        return build(clause, role, meant, group, meant.start, target.end)
    start = clause.reading.tokens[group.first if group.negative else first].start
    return build(clause, role, target, group, start, target.end)


def of_subject(clause: Clause, role: str, subject: People, group: VerbGroup, last: int) -> Casualty:
    """Give what befell the subject of a verb group that ends before the token `last`."""
    return build(clause, role, subject, group, subject.start, clause.reading.tokens[last - 1].end)


def build(
    clause: Clause, role: str, people: People, group: VerbGroup, start: int, end: int
) -> Casualty:
    """Give the casualty of people whose clause runs from `start` to `end`; see `Casualty`."""
    of = clause.reading.text[people.start : people.end]
    count = Count(people.low, people.high, people.basis, _without_number(clause, people, of))
    reflexive = clause.has(people.head, "reflexives")
    if reflexive and people.counted and people.low and people.high:
        # "Killed himself and 17 others": at least the others.
        reflexive, count = False, Count(people.low - 1, people.high, "about", count.of)
    negative = group.negative or people.basis == "none"
    if negative:
        count = Count(0, 0, "none", count.of)
    return Casualty(
        role,
        start,
        end,
        count,
        people.start,
        people.end,
        negative=negative,
        subset=negative and count.of is not None and not clause.has(people.head, "everyone"),
        attackers=clause.has(people.head, "attackers") or reflexive,
        hypothetical=group.supposed,
        suspected=group.feared,
        definite=people.definite,
    )


def _without_number(clause: Clause, people: People, words: str) -> str | None:
    """Give whom a number counts; the whole phrase where it is a list."""
    if not people.head and people.counted and people.certain:
        return None
    quantity = clause.reading.counts.get(people.first)
    if quantity is None or " and " in words:
        return words
    rest = clause.reading.text[quantity.end : people.end].strip()
    return rest.removeprefix("of ").strip() or None


def with_company(
    clause: Clause, role: str, subject: People, group: VerbGroup, last: int
) -> Casualty:
    """Add whom "was killed along with two guards" names behind the verb."""
    casualty = of_subject(clause, role, subject, group, last)
    beside = clause.grammar.pattern("along_with").match(clause.reading.folded, casualty.end)
    company = object_at(clause, clause.reading.after(beside.end())) if beside else None
    if company is None or casualty.negative or not _is_told(clause, company):
        return casualty
    both = add_people(subject, company)
    count = Count(both.low, both.high, both.basis)
    return replace(casualty, end=company.end, count=count, definite=False)


def _is_told(clause: Clause, company: People) -> bool:
    """Say whether "along with" adds "his wife" and "six of his guards", but not "the attackers"."""
    numbered = company.counted or company.low == company.high == 1
    return not company.definite or (numbered and not clause.has(company.head, "attackers"))
