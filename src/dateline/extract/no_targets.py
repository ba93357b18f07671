"""Words that look like a target and are none: parts of names, nobody, who did it, who tells it."""

from collections.abc import Sequence

from dateline.extract.parts import Part
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import TypeWord
from dateline.phrases import Match

_NEAR = 40
_ANTI = len("anti-")
_UNARMED = "civilians"
_TOWN = "village"


def is_no_head(found: Scan, target: Match[TypeWord], start: int, segment: Segment) -> bool:
    """Tell "a contractor's convoy", "anti-ship missiles" and "the Morning Trader" from targets."""
    text, grammar = found.report.text, found.grammar
    front = max(0, start - _NEAR)
    if grammar.pattern("in_compound").match(text, target.end) or names_nobody(found, start):
        return True
    if found.search("charged", max(0, target.start - _NEAR), target.start):
        return True
    if grammar.pattern("anti").search(text, max(0, target.start - _ANTI), target.start):
        return True
    if target.entry[0] == _TOWN and grammar.pattern("named_town").match(text, target.end):
        return grammar.pattern("near_lead").search(text, front, start) is not None
    if target.entry[0] == _UNARMED and grammar.pattern("in_name").search(text, start, target.end):
        return True
    return _owns_another(found, target, start, segment)


def _owns_another(found: Scan, target: Match[TypeWord], start: int, segment: Segment) -> bool:
    """Tell who only owns what was hit: the contractor of a convoy, the weekly of the offices."""
    text, grammar = found.report.text, found.grammar
    weak = target.entry[1] == "weak"
    before = found.within(found.targets, max(segment.start, start - _NEAR), start) if weak else []
    after = found.within(found.targets, target.end, min(segment.end, target.end + _NEAR))
    return any(
        other.entry[1] == "weak"
        and grammar.pattern("owned").fullmatch(text, other.end, target.start)
        for other in before
    ) or any(
        grammar.pattern("possessed").fullmatch(text, target.end, other.start) for other in after
    )


def names_nobody(found: Scan, start: int) -> bool:
    """Tell "no police" and "none of the pupils", by the words that a phrase begins with."""
    if found.folded.startswith("n", start) and found.grammar.pattern("nobody").match(
        found.report.text, start
    ):
        return True
    return found.search("none_of", max(0, start - _NEAR), start) is not None


def is_other(found: Scan, start: int, end: int, doers: Sequence[Part]) -> bool:
    """Tell words for who did it or who tells of it: no target, however near they stand."""
    if any(p.role == "perpetrator" and p.start < end and start < p.end for p in doers):
        return True
    text, grammar = found.report.text, found.grammar
    voices = (v for said in found.speech for v in said.speakers)
    if any(v.start < end and start < v.end for v in voices):
        return not grammar.pattern("tells_of_itself").match(text, end)
    if grammar.pattern("told_by").match(text, end) and grammar.pattern("told_by_lead").search(
        text, max(0, start - _NEAR), start
    ):
        return True
    if grammar.pattern("done_by").search(text, max(0, start - _NEAR), start):
        return not grammar.pattern("not_agent").search(text[max(0, start - _NEAR) : start])
    return grammar.pattern("does").match(text, end) is not None
