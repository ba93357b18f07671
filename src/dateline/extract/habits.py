"""Acts told as a habit, counted, or long past: no one incident, unless one is told besides."""

from functools import lru_cache

from dateline.extract.harm import Casualty
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.totals import is_period
from dateline.resolve.expressions import Expression
from dateline.text import Sentence

_EVE = 60  # characters before a feast: "a day before the "
_LEAD = 25  # characters before a verb: "that had "


@lru_cache(maxsize=256)  # asked of a segment and of each of its triggers
def tells_a_habit(found: Scan, segment: Segment) -> bool:
    """Tell a stretch about what is done again and again, or about a series without an end.

    "A string of bombings left 30 dead on Monday" is told as one incident: it counts the harm, and
    neither a period nor the tense ("has killed") leaves open when.
    """
    cues = found.within(found.cues["habitual"], segment.start, segment.end)
    if any(not _stands_aside(found, segment, cue.start) for cue in cues):
        return True
    # A wave of drones is one act.
    of_arms = found.grammar.pattern("of_arms")
    serial = any(
        not of_arms.match(found.report.text, cue.start)
        for cue in found.within(found.cues["serial"], segment.start, segment.end)
    )
    return serial and not _is_told_as_one(found, segment)


def looks_back(found: Scan, sentence: Sentence) -> bool:
    """Tell a sentence about a trial or an anniversary of an act, not of one on its eve."""
    return any(
        not _is_feast(found, sentence, cue.start)
        for cue in found.within(found.cues["retrospect"], sentence.start, sentence.end)
    )


def _is_feast(found: Scan, sentence: Sentence, at: int) -> bool:
    """Tell a feast that only dates or places an act told before: "killed two at a memorial"."""
    text, grammar = found.report.text, found.grammar
    before = text[max(sentence.start, at - _EVE) : at]
    if not (grammar.pattern("feast").match(text, at) and grammar.pattern("eve").search(before)):
        return False
    if found.search("mourns", sentence.start, sentence.end):
        return False
    told = found.within(found.casualties, sentence.start, at - len("the"))
    return any(c.is_done and c.count.low and not _is_relative(found, c.start) for c in told)


def _is_relative(found: Scan, at: int) -> bool:
    """Tell "the blast that killed two"."""
    before = found.report.text[max(0, at - _LEAD) : at]
    return found.grammar.pattern("relative_before").search(before) is not None


@lru_cache(maxsize=256)  # asked of a segment and, of each event, of those it leaves over
def counts_acts(found: Scan, segment: Segment) -> bool:
    """Tell a stretch that counts the acts of a period and tells of none of them.

    "A clerk was shot on Monday, the third such killing this year" tells of one first: with a day,
    or with a number of the harmed in the simple past.
    """
    total = found.totals.get(segment.sentence)
    if total is None:
        return False
    until = min(segment.end, total.start)
    told = [d.end for d in found.within(found.dates, segment.start, until) if _is_of_a_day(d)]
    told += [c.end for c in found.within(found.casualties, segment.start, until) if _is_one(c)]
    grammar, text = found.grammar, found.report.text
    return not any(
        grammar.pattern("aside_opens").search(text, end, total.start)
        and not grammar.pattern("perfect").search(text, segment.start, end)
        for end in told
    )


def _is_of_a_day(date: Expression) -> bool:
    return date.form in ("day", "weekday", "relative") and not is_period(date)


def _is_one(casualty: Casualty) -> bool:
    """Tell the harm of one act: counted, done, and not that of a period."""
    count = casualty.count
    return bool(count.low) and count.basis != "vague" and casualty.is_done and not casualty.period


def _stands_aside(found: Scan, segment: Segment, at: int) -> bool:
    """Tell a habit told besides an act: "two were shot dead there, where raids are frequent".

    The act comes first, with a number of the harmed and in the simple past; "in the past 24 hours"
    is no habit at all.
    """
    text, grammar = found.report.text, found.grammar
    if grammar.pattern("past_hours").match(text, at):
        return True
    return any(
        _is_one(one)
        and not grammar.pattern("perfect").search(text, segment.start, one.end)
        and grammar.pattern("aside_opens").search(text, one.end, at)
        for one in found.within(found.casualties, segment.start, at)
    )


def _is_told_as_one(found: Scan, segment: Segment) -> bool:
    sentence = found.sentences[segment.sentence]
    if any(is_period(date) for date in found.within(found.dates, sentence.start, sentence.end)):
        return False
    return any(
        casualty.count.low
        and casualty.is_done
        and not found.grammar.pattern("perfect").search(
            found.report.text, segment.start, casualty.end
        )
        for casualty in found.within(found.casualties, segment.start, segment.end)
    )
