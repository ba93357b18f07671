"""Ties between actors: who trains, finances, opposes, belongs to whom, as a report words it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.extract.counts import word_set
from dateline.extract.focus import focus_of
from dateline.extract.roles import Part
from dateline.extract.scan import Scan
from dateline.extract.tables import Tables
from dateline.phrases import Match
from dateline.resolve.actors import ActorMention, resolve_actor
from dateline.text import Sentence, tokens
from dateline.values import Actor, Term, Text, Unknown

_FAR = 60


@dataclass(frozen=True, slots=True)
class _Side:
    start: int
    end: int
    value: Actor


def ties(found: Scan, known: Tables) -> Iterator[list[Part]]:
    """Yield one list of parts a tie: anchor, from, relation, to, period.

    A tie needs both its actors in the sentence, one of them at least by name; a pronoun stands for
    the group that was the subject before. Without such a group there is no tie.
    """
    subject: _Side | None = None
    last = max((cue.start for cue in found.relations), default=-1)
    for sentence in found.sentences:
        if sentence.start > last:
            return
        here = subject
        for cue in found.within(found.relations, sentence.start, sentence.end):
            yield from _tie(found, sentence, cue, here, known)
        subject = _subject(found, sentence, subject, known)


def _tie(
    found: Scan,
    sentence: Sentence,
    cue: Match[tuple[str, str]],
    subject: _Side | None,
    known: Tables,
) -> Iterator[list[Part]]:
    left = _left(found, sentence, cue, subject, known)
    right = _right(found, sentence, cue, known)
    if left is None or right is None or left.value.id == right.value.id:
        return
    start = min(left.start, cue.start)
    if left.start < sentence.start:
        start = _clause_start(found, sentence, cue)
    end = max(right.end, cue.end)
    for relation, voice, opening in _relations(found, cue, known):
        turned = voice == "passive" and bool(
            known.book.lists["relations"][relation].details.get("active")
        )
        first, second = (right, left) if turned else (left, right)
        parts = [
            Part("type", start if opening == cue.start else opening, end, Term("kind", "tie")),
            Part("relation", opening, cue.end, Term("relation", relation)),
            Part("from", first.start, first.end, first.value),
            Part("to", second.start, second.end, second.value),
        ]
        period = found.grammar.pattern("during").search(sentence.text)
        if period and sentence.start + period.end() <= cue.start:
            first_word, last_word = (sentence.start + at for at in period.span(1))
            words = Text(found.report.text[first_word:last_word])
            parts.append(Part("period", first_word, last_word, words))
        yield parts


def _relations(
    found: Scan, cue: Match[tuple[str, str]], known: Tables
) -> Iterator[tuple[str, str, int]]:
    """Yield what a cue says and where that begins; "trained and financed by" says two things."""
    yield *cue.entry, cue.start
    joined = found.grammar.pattern("joined_cue").match(found.report.text[cue.start : cue.end])
    if joined:
        for name in ("first", "last"):
            for match in known.relations.find(f"{joined[name]} by"):
                if match.entry[0] != cue.entry[0]:
                    yield *match.entry, cue.start + joined.start(name)


def _left(
    found: Scan,
    sentence: Sentence,
    cue: Match[tuple[str, str]],
    subject: _Side | None,
    known: Tables,
) -> _Side | None:
    """Give the actor in front of a cue, or the group that a pronoun there stands for."""
    text = found.report.text
    inserted = found.grammar.pattern("inserted").search(text[sentence.start : cue.start])
    until = sentence.start + inserted.start() if inserted else cue.start
    pronouns = word_set(known.grammars["kinds"], "pronouns")
    actors = [a for a in found.within(found.actors, sentence.start, until) if a.end <= until]
    named = [a for a in actors if a.form != "adjective" and not _is_where(found, a)]
    if named and found.grammar.pattern("tie_left").fullmatch(text[named[-1].end : until] + " "):
        return _side(found, named[-1], known) if not _is_common(named[-1]) else subject
    words = [t for t in tokens(text[sentence.start : until]) if t.text[0].isalnum()]
    pronoun = next((t for t in reversed(words) if t.text.lower() in pronouns), None)
    if pronoun is not None and not (named and named[-1].start > sentence.start + pronoun.start):
        gap = text[sentence.start + pronoun.end : until]
        relative = pronoun.text.lower() in word_set(known.grammars["kinds"], "relative_pronouns")
        if not found.grammar.pattern("tie_left" if relative else "same_clause").fullmatch(
            gap + " "
        ):
            return None
        near = [a for a in named if _is_group(a)]
        if relative:
            return _side(found, near[-1], known) if near else None
        return subject
    return _described(found, sentence, until, known)


def _right(
    found: Scan, sentence: Sentence, cue: Match[tuple[str, str]], known: Tables
) -> _Side | None:
    text = found.report.text
    for actor in found.within(found.actors, cue.end, min(sentence.end, cue.end + _FAR)):
        if not found.grammar.pattern("tie_right").fullmatch(text[cue.end : actor.start]):
            return None
        presence = found.grammar.pattern("presence").match(text, actor.end)
        owner = found.grammar.pattern("owned_by").search(text[cue.end : actor.start])
        value = resolve_actor(text[actor.start : actor.end], known.actors, focus_of(found))
        if isinstance(value, Unknown) or _is_common(actor):
            return None
        start = cue.end + owner.start() if owner else actor.start
        return _Side(start, presence.end() if presence else actor.end, value)
    return None


def _is_group(actor: ActorMention) -> bool:
    return actor.form in ("name", "backed", "unregistered") and not _is_common(actor)


def _is_where(found: Scan, actor: ActorMention) -> bool:
    """Tell a state that is only the place of something ("present in Iraq")."""
    before = found.report.text[max(0, actor.start - 4) : actor.start].lower()
    return actor.form in ("country", "office") and before.endswith(" in ")


def _is_common(actor: ActorMention) -> bool:
    """Tell a bare common noun ("militias"), which says nothing of who they are."""
    return actor.name.islower() and " " not in actor.name


def _side(found: Scan, actor: ActorMention, known: Tables) -> _Side | None:
    value = resolve_actor(found.report.text[actor.start : actor.end], known.actors, focus_of(found))
    return None if isinstance(value, Unknown) else _Side(actor.start, actor.end, value)


def _described(found: Scan, sentence: Sentence, before: int, known: Tables) -> _Side | None:
    """Resolve "the pro-Iran coalition" to a name told before as "coalition of X"."""
    described = found.grammar.pattern("description").finditer(
        sentence.text[: before - sentence.start]
    )
    match = next(reversed(list(described)), None)
    if match is None or before - (sentence.start + match.end()) > _FAR:
        return None
    noun = match["noun"].lower()
    start, end = sentence.start + match.start(), sentence.start + match.end()
    for actor in reversed([a for a in found.actors if a.end <= sentence.start and _is_group(a)]):
        lead = found.report.text[max(0, actor.start - _FAR) : actor.start].lower()
        if noun in lead and found.grammar.pattern("called").search(lead):
            side = _side(found, actor, known)
            return None if side is None else _Side(start, end, side.value)
    return None


def _subject(found: Scan, sentence: Sentence, before: _Side | None, known: Tables) -> _Side | None:
    """Give the group a sentence leaves in mind for the pronouns of the next one.

    A sentence that opens with such a pronoun leaves the same group in mind.
    """
    groups = [a for a in found.within(found.actors, sentence.start, sentence.end) if _is_group(a)]
    first = groups[0].start if groups else sentence.end
    pronouns = word_set(known.grammars["kinds"], "subject_pronouns")
    if before is not None:
        opening = tokens(found.report.text[sentence.start : first])
        if any(t.text.lower() in pronouns for t in opening):
            return before
    if groups:
        return _side(found, groups[0], known) or before
    return _described(found, sentence, sentence.end, known) or before


def _clause_start(found: Scan, sentence: Sentence, cue: Match[tuple[str, str]]) -> int:
    comma = found.report.text.rfind(", ", sentence.start, cue.start)
    return comma + 2 if comma > 0 else sentence.start
