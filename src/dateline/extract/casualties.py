"""Who was killed, injured, captured or missing, and how many, one sentence at a time.

Each casualty keeps the clause words that carry it, and its count is read from those words alone.
Numbers of attacks, troops, munitions or money never become casualties: a count needs a verb or a
noun of harm that governs it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from dateline.codebook import Grammar
from dateline.extract.clauses import (
    Clause,
    VerbGroup,
    meant_by_them,
    object_at,
    people_before,
    shared_subject,
    subject_before,
    verb_group,
)
from dateline.extract.counts import Quantity
from dateline.extract.harm import Casualty
from dateline.extract.joining import add_people, join_people
from dateline.extract.people import People, find_people, read_sentence
from dateline.extract.periods import with_period
from dateline.extract.tolls import (
    find_dispatched,
    find_elliptical,
    find_named_deaths,
    find_tolls,
    share,
)
from dateline.extract.zeros import find_zeros
from dateline.text import aligned_fold
from dateline.values import Count

__all__ = ["Casualty", "find_casualties"]


def find_casualties(text: str, counts: Iterable[Quantity], grammar: Grammar) -> list[Casualty]:
    """Give the casualties of one sentence, in text order; see `Casualty` for what is flagged.

    `counts` are all that `find_counts` gives for the sentence.
    "Casualties" and "hurt" in the negative mean that nobody was killed and nobody injured, so
    they give two casualties with one span.
    """
    if not grammar.pattern("harm").search(aligned_fold(text)):
        return []
    reading = read_sentence(text, counts, grammar)
    subjects = join_people(reading, find_people(reading, grammar), grammar, subject=True)
    clause = Clause(reading, subjects, grammar)
    found = [
        Casualty(
            zero.role,
            zero.start,
            zero.end,
            Count(0, 0, "none", zero.of),
            negative=True,
            subset=zero.of is not None,
        )
        for zero in find_zeros(text, grammar)
    ]
    ruled_out = [(zero.start, zero.end) for zero in found]
    for first in sorted(reading.cues):
        found += (
            casualty
            for casualty in _from_cue(clause, first)
            if casualty.negative or not any(a <= casualty.start < b for a, b in ruled_out)
        )
    told = [(casualty.end, casualty.role) for casualty in found if not casualty.negative]
    tolls = [*find_elliptical(clause, told), *find_named_deaths(clause), *find_dispatched(clause)]
    tolls += (toll for quantity in reading.counts.values() for toll in find_tolls(clause, quantity))
    found += (
        Casualty(
            toll.role,
            toll.start,
            toll.end,
            toll.count,
            cumulative=toll.cumulative,
            definite=toll.definite,
        )
        for toll in tolls
    )
    marked = (_marked(casualty, clause) for casualty in _distinct(found))
    return [with_period(casualty, clause.reading.folded, grammar) for casualty in marked]


def _from_cue(clause: Clause, first: int) -> Iterator[Casualty]:
    last, word = clause.reading.cues[first]
    form = clause.grammar.tables["cues"][word]
    behind, end = form.get("unless_behind"), clause.reading.tokens[last - 1].end
    if behind and clause.grammar.pattern(behind).match(clause.reading.folded, end):
        return
    read: dict[str, Callable[[Clause, int, int, str], Casualty | None]] = {
        "participle": _participle,
        "present": _active,
        "gerund": _active,
        "base": _active,
        "died": _intransitive,
        "adjective": _intransitive,
        "unhurt": _unhurt,
        "noun": _nominal,
        "lives": _lives,
    }
    casualty = read[form["form"]](clause, first, last, form["role"])
    if casualty is None:
        return
    joint = _joint_cue(clause, first)
    if joint is not None and casualty.start <= clause.reading.tokens[joint].start:
        other = clause.grammar.tables["cues"][clause.reading.cues[joint][1]]["role"]
        if other != casualty.role:
            casualty = replace(casualty, count=share(casualty.count))
            yield replace(casualty, role=other)
    yield casualty
    if casualty.negative and form.get("both") and casualty.count.high == 0:
        yield replace(casualty, role="killed")


def _joint_cue(clause: Clause, first: int) -> int | None:
    """Give where the other cue of "killed or wounded 12" begins, if one number covers both."""
    reading, forms = clause.reading, clause.grammar.tables["cues"]
    if reading.word(first - 1) in {"and", "or"}:
        for start, (end, word) in reading.cues.items():
            same = forms[word]["form"] == forms[reading.cues[first][1]]["form"]
            if end == first - 1 and same:
                return start
    return None


def _is_joint(clause: Clause, first: int, last: int) -> bool:
    """Say whether a second cue follows at once: "killed" in "killed or wounded 12"."""
    cues, forms = clause.reading.cues, clause.grammar.tables["cues"]
    if clause.reading.word(last) not in {"and", "or"} or last + 1 not in cues:
        return False
    return bool(forms[cues[first][1]]["form"] == forms[cues[last + 1][1]]["form"])


def _participle(clause: Clause, first: int, last: int, role: str) -> Casualty | None:
    reading = clause.reading
    group = verb_group(clause, first)
    unless = clause.grammar.tables["cues"][reading.cues[first][1]].get("unless")
    if _is_joint(clause, first, last) or (unless and clause.has(reading.word(last), unless)):
        return None
    joint = _joint_cue(clause, first)
    if joint is not None and object_at(clause, last) is None:
        group = verb_group(clause, joint)
    if group.passive:
        subject = subject_before(clause, group.first)
        if subject is None and reading.word(group.first) == "being":
            subject = people_before(clause, group.first)  # "resulted in two men being detained"
        return _with_company(clause, role, subject, group, last) if subject else None
    if clause.has(reading.word(first - 1), "determiners", "articles"):
        return None  # "the arrested leader" points back, "a wounded man" tells of another time
    target = object_at(clause, last)
    if target is not None and not _is_new_clause(clause, target):
        return _with_object(clause, role, first if joint is None else joint, target, group)
    # "Forces detained the envoy" has an object, though no list of people knows it.
    unknown = clause.has(reading.word(last), "determiners", "articles")
    subject = None if unknown else people_before(clause, group.first)
    if subject is None and reading.word(last) == "by" and reading.word(first - 1) == "and":
        subject = shared_subject(clause, first)
    if subject is None or (subject.definite and not subject.counted):
        return None
    return _casualty(clause, role, subject, group, last)


def _with_company(
    clause: Clause, role: str, subject: People, group: VerbGroup, last: int
) -> Casualty:
    """Add whom "was killed along with two guards" names behind the verb."""
    casualty = _casualty(clause, role, subject, group, last)
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


def _is_new_clause(clause: Clause, people: People) -> bool:
    """Say whether the words behind a verb open a clause of their own: "killed, 12 wounded"."""
    return people.last in clause.reading.cues and people.counted


def _active(clause: Clause, first: int, last: int, role: str) -> Casualty | None:
    reading = clause.reading
    if reading.word(last) == "of":
        return _nominal(clause, first, last, role)
    if _is_joint(clause, first, last):
        return None
    target = object_at(clause, last)
    group = verb_group(clause, first)
    if target is None:
        if clause.has(reading.word(last), "any_person") and group.negative:
            return _denied(clause, role, first, last)
        return None
    joint = _joint_cue(clause, first)
    first = first if joint is None else joint
    if reading.word(first - 1) == "to" and not clause.has(reading.word(first - 2), "realised"):
        group = replace(group, supposed=True)
    group = replace(group, supposed=group.supposed or _is_supposed(clause, first))
    return _with_object(clause, role, first, target, group)


def _is_supposed(clause: Clause, first: int) -> bool:
    """Say whether a plan, a threat or a possibility stands right before a word."""
    word = clause.reading.word
    return any(
        clause.has(word(i), "supposing")
        and not (clause.has(word(i), "danger") and word(i + 1) not in {"to", "of"})
        for i in range(max(0, first - 4), first)
    )


def _denied(clause: Clause, role: str, first: int, at: int) -> Casualty:
    group = verb_group(clause, first)
    tokens = clause.reading.tokens
    start, end = tokens[group.first].start, tokens[at].end
    return Casualty(role, start, end, Count(0, 0, "none"), negative=True)


def _with_object(
    clause: Clause, role: str, first: int, target: People, group: VerbGroup
) -> Casualty:
    meant = meant_by_them(clause, target)
    if meant is not None and not group.negative:
        return _build(clause, role, meant, group, meant.start, target.end)
    start = clause.reading.tokens[group.first if group.negative else first].start
    return _build(clause, role, target, group, start, target.end)


def _casualty(clause: Clause, role: str, subject: People, group: VerbGroup, last: int) -> Casualty:
    return _build(clause, role, subject, group, subject.start, clause.reading.tokens[last - 1].end)


def _build(
    clause: Clause, role: str, people: People, group: VerbGroup, start: int, end: int
) -> Casualty:
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


def _intransitive(clause: Clause, first: int, last: int, role: str) -> Casualty | None:
    group = verb_group(clause, first)
    form = clause.grammar.tables["cues"][clause.reading.cues[first][1]]["form"]
    adjective = form == "adjective"
    if adjective and not group.passive:
        subject = people_before(clause, group.first)
        if subject is None or (subject.definite and not subject.counted):
            return None
    else:
        subject = subject_before(clause, group.first)
        if subject is None and form == "died":
            return _of_wounds(clause, role, group, last)
    if subject is None:
        return None
    return _casualty(clause, role, subject, group, last)


def _of_wounds(clause: Clause, role: str, group: VerbGroup, last: int) -> Casualty | None:
    """Read "was shot as he left a rally and died": whoever was hit is the one who died."""
    reading, joint = clause.reading, group.first - 1
    if reading.word(joint) != "and" or group.negative or group.supposed:
        return None
    before = clause.grammar.pattern("hit_before")
    struck = list(before.finditer(reading.folded, 0, reading.tokens[joint].start))
    if not struck or ";" in reading.folded[struck[-1].end() : reading.tokens[joint].start]:
        return None
    subject = subject_before(clause, reading.after(struck[-1].start()))
    if subject is not None:
        return _casualty(clause, role, subject, group, last)
    if struck[-1]["one"] is None:
        return None
    return Casualty(role, struck[-1].start(), reading.tokens[last - 1].end, Count(1, 1, "exact"))


def _unhurt(clause: Clause, first: int, last: int, role: str) -> Casualty | None:
    group = verb_group(clause, first)
    word = clause.reading.cues[first][1]
    needs_be = clause.grammar.tables["cues"][word].get("be", False)
    if needs_be and (not group.passive or clause.has(clause.reading.word(last), "safe_from")):
        return None
    subject = subject_before(clause, group.first)
    if subject is None:
        return None
    return _casualty(clause, role, subject, replace(group, negative=True), last)


def _nominal(clause: Clause, first: int, last: int, role: str) -> Casualty | None:
    if clause.reading.word(last) != "of":
        return None
    people = object_at(clause, last + 1)
    if people is None or (people.definite and not people.certain):
        return None
    start = clause.reading.tokens[first].start
    supposed = _is_supposed(clause, first)
    group = VerbGroup(first, passive=False, negative=False, supposed=supposed, feared=False)
    return _build(clause, role, people, group, start, people.end)


def _lives(clause: Clause, first: int, last: int, role: str) -> Casualty | None:
    reading, folded = clause.reading, clause.reading.folded
    plain = VerbGroup(first, passive=False, negative=False, supposed=False, feared=False)
    if reading.word(last) == "of":
        verb = clause.grammar.pattern("lives_of").search(folded, 0, reading.tokens[last].end + 1)
        people = object_at(clause, last + 1) if verb else None
        return (
            _build(clause, role, people, plain, verb.start(), people.end)
            if people and verb
            else None
        )
    for quantity in reading.counts.values():
        if quantity.noun == "lives" and quantity.noun_end == reading.tokens[first].end:
            verb = clause.grammar.pattern("lives_before").search(folded, 0, quantity.start)
            if verb or reading.word(last) in {"lost", "were"}:
                start = verb.start() if verb else quantity.start
                count = Count(quantity.low, quantity.high, quantity.basis)
                return Casualty(role, start, quantity.noun_end, count)
    return None


def _distinct(found: Sequence[Casualty]) -> list[Casualty]:
    """Keep one casualty for the same words and role: the one whose span says more."""
    kept: list[Casualty] = []
    for one in sorted(found, key=lambda c: (not c.cumulative, not c.negative, c.start)):
        if not any(
            other.role == one.role and other.start < one.end and one.start < other.end
            for other in kept
        ):
            kept.append(one)
    return sorted(kept, key=lambda c: (c.start, c.end, c.role))


def _marked(casualty: Casualty, clause: Clause) -> Casualty:
    """Add the cause where the words behind the clause, or inside it, name one."""
    if casualty.negative:
        return casualty
    folded = clause.reading.folded
    first = clause.grammar.pattern("superseded").search(folded, 0, casualty.start)
    if casualty.cumulative:
        return replace(casualty, superseded=first is not None)
    if first or clause.grammar.pattern("together").search(folded, casualty.end):
        casualty = replace(casualty, superseded=True)
    end = next((i for i in (folded.find(mark, casualty.end) for mark in (";", ". ")) if i > 0), -1)
    stretch = folded[casualty.start : end if end > 0 else len(folded)]
    cause = clause.grammar.pattern("cause").search(stretch)
    seized = casualty.role == "captured"  # whatever else somebody died of
    if cause is not None and cause["kind"] and not seized:
        return replace(casualty, cause=clause.grammar.tables["causes"][cause["kind"]])
    if cause is not None and folded[casualty.start : casualty.end].endswith("died"):
        return replace(casualty, cause="past")
    before = clause.grammar.pattern("plain_cause").search(folded, 0, casualty.start)
    if before is not None and not seized:
        return replace(casualty, cause=clause.grammar.tables["plain_causes"][before.group()])
    return casualty
