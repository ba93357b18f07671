"""Acts told as a habit, and a series of acts: no one incident, unless it is told as one."""

from functools import lru_cache

from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.totals import is_period


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


def _stands_aside(found: Scan, segment: Segment, at: int) -> bool:
    """Tell a habit told besides an act: "two were shot dead there, where raids are frequent".

    The act comes first, with a number of the harmed and in the simple past; "in the past 24 hours"
    is no habit at all.
    """
    text, grammar = found.report.text, found.grammar
    if grammar.pattern("past_hours").match(text, at):
        return True
    return any(
        bool(one.count.low)
        and one.is_done
        and not one.period
        and one.count.basis != "vague"
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
