"""Who was killed, injured, captured or missing, and how many, one sentence at a time.

Each casualty keeps the clause words that carry it, and its count is read from those words alone.
Numbers of attacks, troops, munitions or money never become casualties: a count needs a verb or a
noun of harm that governs it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.codebook import Grammar
from dateline.extract.counts import Quantity, word_set
from dateline.extract.people import (
    People,
    Reading,
    find_people,
    join_people,
    read_people,
    read_sentence,
)
from dateline.extract.zeros import find_zeros
from dateline.values import Count

_REACH = 12


@dataclass(frozen=True, slots=True)
class Casualty:
    """People harmed, as one clause tells it; all offsets are those of the text it was read from.

    `start` and `end` bound the clause words that carry the count. `victim_start` and `victim_end`
    bound the words for the victims, None where none are named.

    `negative`: the clause denies harm ("was not hurt"); the count is then zero, and `subset` says
    that it is zero for some people only ("no American was hurt"), not for everyone.
    `cumulative`: a running toll ("the death toll rose to 12"). `attackers`: the victims are those
    who attacked. `cause`: "illness", "accident", "disaster" or "past" where the words say that no
    weapon of the reported event did it. `hypothetical`: planned, threatened, possible;
    `suspected`: feared or presumed. `definite`: the phrase points back to people mentioned before.
    """

    role: str
    start: int
    end: int
    count: Count
    victim_start: int | None = None
    victim_end: int | None = None
    negative: bool = False
    subset: bool = False
    cumulative: bool = False
    attackers: bool = False
    cause: str | None = None
    hypothetical: bool = False
    suspected: bool = False
    definite: bool = False

    def moved(self, by: int) -> "Casualty":
        """Give the same casualty with its offsets moved, from those of a sentence to a report's."""
        return replace(
            self,
            start=self.start + by,
            end=self.end + by,
            victim_start=None if self.victim_start is None else self.victim_start + by,
            victim_end=None if self.victim_end is None else self.victim_end + by,
        )


@dataclass(frozen=True, slots=True)
class _Group:
    """A verb group: where it begins, and what its auxiliaries say."""

    first: int
    passive: bool
    negative: bool
    supposed: bool
    feared: bool


@dataclass(frozen=True, slots=True)
class _Scene:
    """A sentence with its people as subjects and the grammar; what every reader below needs."""

    reading: Reading
    subjects: Sequence[People]
    grammar: Grammar

    def has(self, word: str, *lists: str) -> bool:
        return word in word_set(self.grammar, *lists)


def find_casualties(text: str, grammar: Grammar) -> list[Casualty]:
    """Give the casualties of one sentence, in text order; see `Casualty` for what is flagged.

    "Casualties" and "hurt" in the negative mean that nobody was killed and nobody injured, so
    they give two casualties with one span.
    """
    if not grammar.pattern("harm").search(text):
        return []
    reading = read_sentence(text, grammar)
    subjects = join_people(reading, find_people(reading, grammar), grammar, subject=True)
    scene = _Scene(reading, subjects, grammar)
    found = [
        Casualty(zero.role, zero.start, zero.end, Count(0, 0, "none", zero.of),
                 negative=True, subset=zero.of is not None)
        for zero in find_zeros(reading.folded, grammar)
    ]
    for first in sorted(reading.cues):
        found += _from_cue(scene, first)
    for quantity in reading.counts.values():
        found += _from_noun(scene, quantity)
    return [_marked(c, scene) for c in _distinct(found)]


def _from_cue(scene: _Scene, first: int) -> Iterator[Casualty]:
    last, word = scene.reading.cues[first]
    form = scene.grammar.tables["cues"][word]
    read: dict[str, Callable[[_Scene, int, int, str], Casualty | None]] = {
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
    casualty = read[form["form"]](scene, first, last, form["role"])
    if casualty is None:
        return
    joint = _joint_cue(scene, first)
    if joint is not None and casualty.start <= scene.reading.tokens[joint].start:
        other = scene.grammar.tables["cues"][scene.reading.cues[joint][1]]["role"]
        casualty = replace(casualty, count=_share(casualty.count))
        if other != casualty.role:
            yield replace(casualty, role=other)
    yield casualty
    if casualty.negative and form.get("both") and casualty.count.high == 0:
        yield replace(casualty, role="killed")


def _joint_cue(scene: _Scene, first: int) -> int | None:
    """Give where the other cue of "killed or wounded 12" begins, if one number covers both."""
    reading = scene.reading
    if reading.word(first - 1) in {"and", "or"}:
        for start, (end, _) in reading.cues.items():
            if end == first - 1:
                return start
    return None


def _is_joint(scene: _Scene, first: int, last: int) -> bool:
    """Say whether a second cue follows at once: "killed" in "killed or wounded 12"."""
    cues, forms = scene.reading.cues, scene.grammar.tables["cues"]
    if scene.reading.word(last) not in {"and", "or"} or last + 1 not in cues:
        return False
    return bool(forms[cues[first][1]]["form"] == forms[cues[last + 1][1]]["form"])


def _share(count: Count) -> Count:
    """What a number says of each of two harms that it covers together."""
    if count.high is None or count.basis == "none":
        return replace(count, low=1, basis="vague") if count.basis != "none" else count
    return Count(0, count.high, "at_most", count.of)


def _participle(scene: _Scene, first: int, last: int, role: str) -> Casualty | None:
    reading = scene.reading
    group = _verb_group(scene, first)
    if _is_joint(scene, first, last):
        return None
    joint = _joint_cue(scene, first)
    if joint is not None and _object(scene, last) is None:
        group = _verb_group(scene, joint)
    if group.passive:
        subject = _subject(scene, group.first)
        return _casualty(scene, role, subject, group, last) if subject else None
    target = _object(scene, last)
    if target is not None and not _is_new_clause(scene, target):
        return _with_object(scene, role, first if joint is None else joint, target, group)
    subject = _adjacent(scene, group.first)
    if subject is None or (subject.definite and not subject.counted):
        return None
    return _casualty(scene, role, subject, group, last)


def _is_new_clause(scene: _Scene, people: People) -> bool:
    """Say whether the words behind a verb open a clause of their own: "killed, 12 wounded"."""
    return people.last in scene.reading.cues and people.counted


def _active(scene: _Scene, first: int, last: int, role: str) -> Casualty | None:
    reading = scene.reading
    if reading.word(last) == "of":
        return _nominal(scene, first, last, role)
    if _is_joint(scene, first, last):
        return None
    target = _object(scene, last)
    group = _verb_group(scene, first)
    if target is None:
        if scene.has(reading.word(last), "any_person") and group.negative:
            return _denied(scene, role, first, last)
        return None
    joint = _joint_cue(scene, first)
    first = first if joint is None else joint
    if reading.word(first - 1) == "to" and not scene.has(reading.word(first - 2), "realised"):
        group = replace(group, supposed=True)
    before = [reading.word(i) for i in range(max(0, first - 4), first)]
    if any(scene.has(word, "supposing") for word in before):
        group = replace(group, supposed=True)
    return _with_object(scene, role, first, target, group)


def _denied(scene: _Scene, role: str, first: int, at: int) -> Casualty:
    group = _verb_group(scene, first)
    tokens = scene.reading.tokens
    start, end = tokens[group.first].start, tokens[at].end
    return Casualty(role, start, end, Count(0, 0, "none"), negative=True)


def _with_object(
    scene: _Scene, role: str, first: int, target: People, group: _Group
) -> Casualty:
    start = scene.reading.tokens[group.first if group.negative else first].start
    return _build(scene, role, target, group, start, target.end)


def _casualty(
    scene: _Scene, role: str, subject: People, group: _Group, last: int
) -> Casualty:
    return _build(scene, role, subject, group, subject.start, scene.reading.tokens[last - 1].end)


def _build(
    scene: _Scene, role: str, people: People, group: _Group, start: int, end: int
) -> Casualty:
    of = scene.reading.text[people.start : people.end]
    count = Count(people.low, people.high, people.basis, _without_number(scene, people, of))
    negative = group.negative or people.basis == "none"
    if negative:
        count = Count(0, 0, "none", count.of)
    return Casualty(
        role, start, end, count, people.start, people.end,
        negative=negative,
        subset=negative,
        attackers=scene.has(people.head, "attackers") or people.head in {"himself", "herself"},
        hypothetical=group.supposed,
        suspected=group.feared,
        definite=people.definite,
    )


def _without_number(scene: _Scene, people: People, words: str) -> str | None:
    """Give whom a number counts; the whole phrase where it is a list."""
    if not people.head and people.counted and people.certain:
        return None
    quantity = scene.reading.counts.get(people.first)
    if quantity is None or " and " in words:
        return words
    rest = scene.reading.text[quantity.end : people.end].strip()
    return rest.removeprefix("of ").strip() or None


def _intransitive(scene: _Scene, first: int, last: int, role: str) -> Casualty | None:
    group = _verb_group(scene, first)
    adjective = scene.reading.word(first) in {"dead", "missing", "lifeless"}
    if adjective and not group.passive:
        subject = _adjacent(scene, group.first)
        if subject is None or (subject.definite and not subject.counted):
            return None
    else:
        subject = _subject(scene, group.first)
    if subject is None:
        return None
    return _casualty(scene, role, subject, group, last)


def _unhurt(scene: _Scene, first: int, last: int, role: str) -> Casualty | None:
    group = _verb_group(scene, first)
    subject = _subject(scene, group.first)
    if subject is None:
        return None
    return _casualty(scene, role, subject, replace(group, negative=True), last)


def _nominal(scene: _Scene, first: int, last: int, role: str) -> Casualty | None:
    if scene.reading.word(last) != "of":
        return None
    people = _object(scene, last + 1)
    if people is None or people.definite and not people.certain:
        return None
    start = scene.reading.tokens[first].start
    group = _Group(first, passive=False, negative=False, supposed=False, feared=False)
    return _build(scene, role, people, group, start, people.end)


def _lives(scene: _Scene, first: int, last: int, role: str) -> Casualty | None:
    reading, folded = scene.reading, scene.reading.folded
    plain = _Group(first, passive=False, negative=False, supposed=False, feared=False)
    if reading.word(last) == "of":
        verb = scene.grammar.pattern("lives_of").search(folded, 0, reading.tokens[last].end + 1)
        people = _object(scene, last + 1) if verb else None
        return _build(scene, role, people, plain, verb.start(), people.end) if people and verb else None
    for quantity in reading.counts.values():
        if quantity.noun == "lives" and quantity.noun_end == reading.tokens[first].end:
            verb = scene.grammar.pattern("lives_before").search(folded, 0, quantity.start)
            if verb or reading.word(last) in {"lost", "were"}:
                start = verb.start() if verb else quantity.start
                count = Count(quantity.low, quantity.high, quantity.basis)
                return Casualty(role, start, quantity.noun_end, count)
    return None


def _verb_group(scene: _Scene, first: int) -> _Group:
    """Walk left over auxiliaries and adverbs to where a verb group begins."""
    reading = scene.reading
    index, passive, negative, supposed, feared = first, False, False, False, False
    at = first - 1
    while at >= 0 and at not in reading.counts:
        word = reading.word(at)
        be, have = scene.has(word, "be"), scene.has(word, "have")
        modal = scene.has(word, "supposing") and not scene.has(word, "clause_starts")
        negation = scene.has(word, "negations")
        if not (be or have or modal or negation or word in {"did", "does", "do"}):
            if not (scene.has(word, "adverbs", "feared") or word.endswith("ly")):
                break
            feared = feared or scene.has(word, "feared")
        else:
            index = at
            passive, negative = passive or be, negative or negation
            supposed = supposed or modal
        at -= 1
    if not passive and feared:
        index = at + 1
    return _Group(index, passive, negative, supposed, feared)


def _object(scene: _Scene, index: int) -> People | None:
    """Read the people named right behind a verb, with all that "and" joins to them."""
    reading, grammar = scene.reading, scene.grammar
    people = read_people(reading, index, grammar)
    if people is None or (not people.certain and not people.counted and people.definite):
        return None
    chain = [people]
    while True:
        at = chain[-1].last
        while reading.word(at) in {",", "and", "plus", "&", "as", "well", "along", "together", "with"}:
            at += 1
        more = read_people(reading, at, grammar) if at > chain[-1].last else None
        if more is None or len(join_people(reading, [*chain, more], grammar, subject=False)) > 1:
            break
        chain.append(more)
        chain = join_people(reading, chain, grammar, subject=False)
    return chain[0]


def _adjacent(scene: _Scene, before: int) -> People | None:
    """Give the people named right before a token."""
    for people in scene.subjects:
        gap = [scene.reading.word(i) for i in range(people.last, before)]
        if people.last <= before and all(scene.has(w, "adverbs", "feared") for w in gap):
            if not scene.has(scene.reading.word(people.first - 1), "subset_marks"):
                return people if people.counted or people.certain else None
    return None


def _subject(scene: _Scene, before: int) -> People | None:
    """Give the people who are the subject of the verb group that begins at a token."""
    reading = scene.reading
    for people in reversed(scene.subjects):
        if people.last > before:
            continue
        gap = [reading.word(i) for i in range(people.last, before)]
        if any(word in {";", ":"} or scene.has(word, "subject_breaks") for word in gap):
            return None
        previous = reading.word(people.first - 1)
        if scene.has(previous, "subset_marks", "prepositions"):
            continue
        if not gap or all(scene.has(word, "relatives", "adverbs") or word == "," for word in gap):
            return people
        opens = gap[0] in {",", "("} or scene.has(gap[0], "prepositions", "relatives")
        opens = opens or gap[0].endswith("ing")
        clear = scene.has(gap[0], "relatives") or not any(
            scene.has(word, "verbs", "be", "have") for word in _before_relative(scene, gap[1:])
        )
        if opens and clear and people.certain and len(gap) <= 2 * _REACH:
            return people
        return None
    return None


def _before_relative(scene: _Scene, words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word in {"who", "which", "that"}:
            return
        yield word


def _from_noun(scene: _Scene, quantity: Quantity) -> Iterator[Casualty]:
    """Read "three deaths", "12 casualties", and running tolls."""
    if quantity.basis == "none":
        return
    grammar, folded = scene.grammar, scene.reading.folded
    count = Count(quantity.low, quantity.high, quantity.basis)
    roles = grammar.tables["casualty_nouns"].get(quantity.noun, ())
    toll = grammar.pattern("toll").search(folded, 0, quantity.start)
    bringing = grammar.pattern("bringing").search(folded, 0, quantity.start)
    tail = None
    if grammar.pattern("bringing_to").search(folded, 0, quantity.start):
        tail = grammar.pattern("bringing_tail").search(folded[quantity.end :])
    end = max(quantity.end, quantity.noun_end)
    if toll:
        yield Casualty(_toll_role(toll["word"]), toll.start(), end, count, cumulative=True)
    elif bringing:
        role = _toll_role(bringing.group())
        yield Casualty(role, bringing.start(), end, count, cumulative=True)
    elif tail:
        start = grammar.pattern("bringing_to").search(folded, 0, quantity.start)
        end = quantity.end + tail.end()
        at = start.start() if start else quantity.start
        yield Casualty(_toll_role(tail["what"]), at, end, count, cumulative=True)
    elif roles and not _modifies(scene, quantity):
        if len(roles) > 1:
            count = _share(count)
        for role in roles:
            yield Casualty(role, quantity.start, quantity.noun_end, count)


def _modifies(scene: _Scene, quantity: Quantity) -> bool:
    """Say whether a verb already reads the number: "12 wounded were taken" stays, "a dead man"."""
    index = scene.reading.after(quantity.noun_end)
    word = scene.reading.word(index)
    single = quantity.low == quantity.high == 1
    return single and quantity.noun in {"death", "injured", "wounded", "dead", "victim"} and bool(word)


def _toll_role(words: str) -> str:
    return "injured" if "wound" in words or "injur" in words else "killed"


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


def _marked(casualty: Casualty, scene: _Scene) -> Casualty:
    """Add the cause where the words behind the clause, or inside it, name one."""
    if casualty.negative or casualty.cumulative:
        return casualty
    folded = scene.reading.folded
    end = next((i for i in (folded.find(mark, casualty.end) for mark in (";", ". ")) if i > 0), -1)
    stretch = folded[casualty.start : end if end > 0 else len(folded)]
    cause = scene.grammar.pattern("cause").search(stretch)
    if cause is None:
        return casualty
    kind = scene.grammar.tables["causes"][cause["kind"]] if cause["kind"] else "past"
    return replace(casualty, cause=kind)

