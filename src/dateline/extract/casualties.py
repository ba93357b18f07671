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
    object_at,
    people_before,
    shared_subject,
    subject_before,
    verb_group,
)
from dateline.extract.counts import Quantity
from dateline.extract.harm import Casualty
from dateline.extract.harmed import build, of_subject, with_company, with_object
from dateline.extract.joining import join_people
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
        return with_company(clause, role, subject, group, last) if subject else None
    if clause.has(reading.word(first - 1), "determiners", "articles"):
        return None  # "the arrested leader" points back, "a wounded man" tells of another time
    target = object_at(clause, last)
    if target is not None and not _is_new_clause(clause, target):
        return with_object(clause, role, first if joint is None else joint, target, group)
    # "Forces detained the envoy" has an object, though no list of people knows it.
    unknown = clause.has(reading.word(last), "determiners", "articles")
    subject = None if unknown else people_before(clause, group.first)
    if subject is None and reading.word(last) == "by" and reading.word(first - 1) == "and":
        subject = shared_subject(clause, first)
    if subject is None or (subject.definite and not subject.counted):
        return None
    return of_subject(clause, role, subject, group, last)


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
    return with_object(clause, role, first, target, group)


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
    return of_subject(clause, role, subject, group, last)


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
        return of_subject(clause, role, subject, group, last)
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
    return of_subject(clause, role, subject, replace(group, negative=True), last)


def _nominal(clause: Clause, first: int, last: int, role: str) -> Casualty | None:
    if clause.reading.word(last) != "of":
        return None
    people = object_at(clause, last + 1)
    if people is None or (people.definite and not people.certain):
        return None
    start = clause.reading.tokens[first].start
    supposed = _is_supposed(clause, first)
    group = VerbGroup(first, passive=False, negative=False, supposed=supposed, feared=False)
    return build(clause, role, people, group, start, people.end)


def _lives(clause: Clause, first: int, last: int, role: str) -> Casualty | None:
    reading, folded = clause.reading, clause.reading.folded
    plain = VerbGroup(first, passive=False, negative=False, supposed=False, feared=False)
    if reading.word(last) == "of":
        verb = clause.grammar.pattern("lives_of").search(folded, 0, reading.tokens[last].end + 1)
        people = object_at(clause, last + 1) if verb else None
        return (
            build(clause, role, people, plain, verb.start(), people.end)
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
