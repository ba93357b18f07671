"""Finds the time expressions of a text; `intervals` says which days they mean.

The grammar file holds every pattern; each date pattern is a rule of the same name. This module
only composes them: a date may carry a part ("late"), a part of the day, a clock time, and stand
in a range or after an amount of time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import islice, pairwise

from dateline.codebook import Grammar
from dateline.resolve.clock import RULES as CLOCK_RULES
from dateline.resolve.clock import find_clock, find_daypart
from dateline.resolve.date_rules import RULES, find_rule
from dateline.resolve.date_words import Words
from dateline.resolve.expressions import Direction, Expression
from dateline.resolve.intervals import resolve_date
from dateline.text import aligned_fold
from dateline.values import When

__all__ = [
    "Expression",
    "find_dateline_date",
    "find_dates",
    "published_from_text",
    "resolve_date",
]

HEADER_LINES = 4
"""How many lines from the top may be a header or the dateline."""
TELLING_WORDS = 6
"""Shorter lines do not count among them."""
HEADER_LENGTH = 120
DATELINE_LENGTH = 90
HEADER_WORDS = 8
"""Longer stretches of capitals are headlines."""
PLACE_WORDS = 4
"""How many words a place may have in front of the date of a head without capitals."""
DAY_RULES = {"today", "told", "told_weekday", "offset"}
"""Rules beside those of form day and weekday that may carry a time of day."""

NO_RANGE = {"vague", "clock", "after_event", "span"}
"""Forms that neither begin nor end a range."""
BEGINNINGS = (
    *("since", "overnight_on", "between", "daypart_of", "daypart_before", "daypart_only", "part"),
    *("clock_about", *CLOCK_RULES, *RULES),
)
"""Every pattern that an expression may begin with."""


def find_dates(text: str, grammar: Grammar) -> list[Expression]:
    """Give every time expression of a report, in order, without overlaps.

    Offsets are code points of `text`. Durations ("for two hours") and ages are no expressions.
    """
    words = Words(text, aligned_fold(text), grammar)
    return list(_read(words))


def find_dateline_date(text: str, grammar: Grammar) -> Expression | None:
    """Give the date that a report says of itself: in its dateline, a header or a "Published" line.

    It dates the report, not what it tells. None where the report does not date itself.
    """
    return next(_head_dates(text, grammar), None)


def published_from_text(text: str, grammar: Grammar) -> When | None:
    """Give the publication day that a report states of itself, with basis "stated".

    None where its head names no full day; a day without a year is not taken for one.
    """
    for found in _head_dates(text, grammar):
        when = resolve_date(found, None)
        if isinstance(when, When) and when.precision == "day":
            return replace(when, time=None, zone=None)
    return None


def _head_dates(text: str, grammar: Grammar) -> Iterator[Expression]:
    words = Words(text, aligned_fold(text), grammar)
    lines = [m for m in grammar.pattern("line").finditer(text) if m[0].strip()]
    number = 0
    for line in lines:
        # A letterhead of short lines may stand in front of the dateline.
        number += len(line[0].split()) >= TELLING_WORDS
        published = words.match("published_line", line.start()) and len(line[0]) < HEADER_LENGTH
        if words.match("updated_line", line.start()) or not (published or number <= HEADER_LINES):
            continue
        start = len(line[0][: DATELINE_LENGTH if not published else HEADER_LENGTH].rstrip())
        head = Words(line[0], aligned_fold(line[0]), grammar)
        opening = Words(head.text[:start], head.folded[:start], grammar)
        for found in _read(opening, _end_of_names(grammar, head.text)):
            if found.form not in {"day", "weekday"} or found.rule == "holiday":
                continue
            if _is_head(head, found):
                at = line.start()
                yield replace(found, start=found.start + at, end=found.end + at)


def _is_head(words: Words, found: Expression) -> bool:
    """Say whether a line is nothing but a date with its place and agency, or opens as a dateline.

    Every other word of a head is a name (it has a capital) or one of the words of headers; those
    in front of the date are known to be.
    """
    before, after = words.text[: found.start], words.text[found.end :]
    if before.strip() and words.match("dateline_after", found.end):
        return True
    return (
        words.before("header_before", found.start)
        and words.match("header_after", found.end) is not None
        and _names_only(words.grammar, after)
    )


def _names_only(grammar: Grammar, text: str) -> bool:
    return _end_of_names(grammar, text) == len(text)


def _end_of_names(grammar: Grammar, text: str) -> int:
    """Give where the first word begins that is neither a name nor one of headers, or one too many.

    No date that begins behind it is that of a head.
    """
    plain = {*grammar.words["header"], *grammar.tables["zones"]}
    if text.islower():
        # Nothing tells a name there, so only the very first words may stand before a date.
        words = list(islice(grammar.pattern("header_word").finditer(text), PLACE_WORDS + 1))
        return words[-1].start() if len(words) > PLACE_WORDS else len(text)
    for number, word in enumerate(grammar.pattern("header_word").finditer(text)):
        if number == HEADER_WORDS or (word[0][0].islower() and word[0].lower() not in plain):
            return word.start()
    return len(text)


def _read(words: Words, until: int | None = None) -> Iterator[Expression]:
    """Yield the longest expression at each word, left to right; none that begins behind `until`."""
    openers, beginning = _openers(words.grammar), words.grammar.any_of(*BEGINNINGS)
    leading, following = _leading(words.grammar)
    done = 0
    named: Expression | None = None
    last = len(words.folded) if until is None else until
    every = [(m.start(), m[0]) for m in words.grammar.pattern("word").finditer(words.folded)]
    for (start, word), (_, after) in pairwise([*every, (last, "")]):
        if start > last:
            return
        if start < done or not (word in openers or word[0].isdigit()):
            continue
        if word in leading and not (after in following or after[:1].isdigit()):
            continue
        if not beginning.match(words.folded, start) or words.before("joined", start):
            continue
        found = _expression(words, start)
        if found is not None:
            done = found.end
            found = _that_day(words, named, found)
            if found.form in {"day", "weekday"} or found.rule == "today":
                named = found
            yield _looking_ahead(words, _without_blanks(words, found))


def _that_day(words: Words, named: Expression | None, found: Expression) -> Expression:
    """Take "that day" for the day its own sentence named before it, not for that of an event."""
    told = found.rule == "told" and found.parts["unit"] == "day" and found.parts["which"] == 0
    if (
        not told
        or named is None
        or words.grammar.pattern("sentence_end").search(words.text, named.end, found.start)
    ):
        return found
    time = found.parts.get("time") or found.time
    return replace(named, start=found.start, end=found.end, time=time)


def _looking_ahead(words: Words, found: Expression) -> Expression:
    """Mark an expression whose clause speaks of what will be, or of what may lie either way."""
    if words.match("possessive", found.end):
        return found
    if words.before("future_before", found.start) or words.match("future_after", found.end):
        return _turned(found, "future")
    return _turned(found, "open") if words.before("open_before", found.start) else found


def _turned(found: Expression, direction: Direction) -> Expression:
    inner = tuple(_turned(date, direction) for date in found.inner)
    return replace(found, direction=direction, inner=inner)


def _without_blanks(words: Words, found: Expression) -> Expression:
    kept = found.start + len(words.text[found.start : found.end].rstrip())
    return found if kept == found.end else replace(found, end=kept)


@lru_cache(maxsize=4)
def _openers(grammar: Grammar) -> frozenset[str]:
    """Give every word an expression can begin with: the first of each entry of the grammar."""
    lists: list[Mapping[str, object] | list[str]] = [*grammar.tables.values()]
    entries = [entry for entries in lists for entry in entries] + grammar.words["openers"]
    return frozenset(_first_word(grammar, entry) for entry in entries)


@lru_cache(maxsize=4)
def _leading(grammar: Grammar) -> tuple[frozenset[str], frozenset[str]]:
    """Give the openers that never stand alone, and the words that may stand behind them."""
    entries = [entry for table in grammar.tables.values() for entry in table]
    entries += grammar.words["openers"] + grammar.words["behind_leading"]
    inner = grammar.pattern("word").findall("\n".join(entries))
    return frozenset(grammar.words["leading"]), frozenset(inner)


def _first_word(grammar: Grammar, entry: str) -> str:
    match = grammar.pattern("word").match(entry)
    return match[0] if match else entry


def _expression(words: Words, at: int) -> Expression | None:
    """Read a range, an overnight, a single date or a time of day."""
    return _since(words, at) or _overnight(words, at) or _between(words, at)


def _since(words: Words, at: int) -> Expression | None:
    match = words.match("since", at)
    inner = match and _single(words, match.end())
    if not inner or inner.form in {"vague", "clock", "after_event"}:
        return None
    return Expression(at, inner.end, "span", "since", inner=(inner,))


def _between(words: Words, at: int) -> Expression | None:
    """Read "from Monday to Wednesday", "between 2015 and 2018", "Sunday-Monday", or one date."""
    opening = words.match("between", at)
    first = _single(words, opening.end()) if opening else None
    if first is None or first.form == "span":
        opening, first = None, _single(words, at)
    if first is None or first.form in NO_RANGE:
        return None if opening else first
    mark = words.match("range_to" if opening else "range_mark", first.end)
    second = _single(words, mark.end()) if mark else None
    if second is None or second.form in NO_RANGE:
        return None if opening else first
    if not opening and second.form != first.form:
        return first
    return Expression(at, second.end, "span", "between", inner=(first, second), time=second.time)


def _overnight(words: Words, at: int) -> Expression | None:
    match = words.match("overnight_on", at)
    inner = match and find_rule(words, match.end())
    if not inner or inner.form not in {"day", "weekday"}:
        return None
    return Expression(at, inner.end, inner.form, "overnight", inner=(inner,), time="night")


def _single(words: Words, at: int) -> Expression | None:
    """Read one date with the time of day around it, or a time of day alone."""
    clocked, dated = _clocked(words, at), _dated(words, at)
    if clocked and dated and dated.rule == "offset":
        dated = None  # "shortly after midnight" is a time, though midnight might be an event
    options = filter(None, (clocked, _parted(words, at), dated))
    return max(options, key=lambda option: option.end, default=None)


def _clocked(words: Words, at: int) -> Expression | None:
    """Read "9 a.m. Tuesday", "2:45 pm on July 5", or the time of day alone."""
    clock = find_clock(words.folded, at, words.grammar)
    if clock is None and words.before("daypart_cue", at):
        clock = find_daypart("daypart_only", words.folded, at, words.grammar)
    if clock is None:
        return None
    alone = Expression(at, clock.end, "clock", "clock", time=clock.time, zone=clock.zone)
    link = words.match("after_clock", clock.end)
    date = (_parted(words, link.end()) or _dated(words, link.end())) if link else None
    if date is None or not _is_day(date):
        return alone
    return replace(date, start=at, time=clock.time, zone=clock.zone)


def _parted(words: Words, at: int) -> Expression | None:
    """Read "late on Monday", "mid-February", "the night of July 5", "evening on Friday"."""
    for rule in ("daypart_of", "daypart_before"):
        part = find_daypart(rule, words.folded, at, words.grammar)
        date = part and find_rule(words, part.end)
        if part and date and (_is_day(date) or date.rule == "day"):
            return replace(date, start=at, time=part.time)
    match = words.match("part", at)
    if match is None:
        return None
    part_of = words.look("parts", match["part"])
    inner = _parted_date(words, (match.end(), match.end("part") + 1))
    if inner is None:
        return None
    if _is_day(inner):
        time = inner.time or (part_of if part_of in {"early", "late"} else None)
        return replace(inner, start=at, time=time)
    return Expression(at, inner.end, inner.form, "part", {"part": part_of}, inner=(inner,))


def _parted_date(words: Words, starts: tuple[int, int]) -> Expression | None:
    for start in starts:
        inner = _dated(words, start) or find_rule(words, start, "the_unit")
        if inner and inner.form not in {"vague", "clock", "span"} and inner.rule != "ago":
            return inner
    return None


def _dated(words: Words, at: int) -> Expression | None:
    """Read a date and the part of the day or clock time after it."""
    date = find_rule(words, at)
    if date is None or not _is_day(date):
        return date
    if date.rule == "offset":
        return _hanging(words, date)
    part = find_daypart("daypart_after", words.folded, date.end, words.grammar)
    if part:
        date = replace(date, end=part.end, time=part.time)
    link = words.match("before_clock", date.end)
    clock = find_clock(words.folded, link.end(), words.grammar) if link else None
    if clock is None:
        return date
    return replace(date, end=clock.end, time=clock.time, zone=clock.zone)


def _hanging(words: Words, offset: Expression) -> Expression:
    """Add what an amount of time hangs on: a date that it names, or the words of an event."""
    if not offset.parts["hangs"] or words.match("standing", offset.end):
        return offset
    for link in ("determiner", "gap"):
        match = words.match(link, offset.end)
        inner = find_rule(words, match.end()) if match else None
        if inner and inner.form in {"day", "weekday"}:
            if words.match("possessive", inner.end) or _names_event(words, inner):
                return replace(offset, inner=(inner,))
            return replace(offset, end=inner.end, inner=(inner,))
    match = words.match("hangs_on", offset.end)
    if match is None:
        return offset
    parts = {**offset.parts, "of_other": True, "hangs_on": match["words"].strip()}
    return replace(offset, end=match.end("words"), parts=parts)


def _names_event(words: Words, date: Expression) -> bool:
    return words.match("noun", date.end) is not None


def _is_day(expression: Expression) -> bool:
    return expression.form in {"day", "weekday"} or expression.rule in DAY_RULES
