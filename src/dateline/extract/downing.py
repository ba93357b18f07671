"""What is brought down: munitions that defences meet, aircraft with people in them, or houses."""

from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import TypeWord
from dateline.phrases import Match


def flies(found: Scan, segment: Segment, verb: Match[TypeWord]) -> bool:
    """Tell whether what is brought down flies: a verb's object, else what stands in front of it."""
    text, grammar = found.report.text, found.grammar
    if " in " in text[verb.start : verb.end] or grammar.pattern("defended").match(text, verb.start):
        return True
    stated = grammar.pattern("object_phrase").match(text, verb.end, segment.end)
    start, end = stated.span("object") if stated else (segment.start, verb.start)
    return grammar.pattern("flies").search(text, start, end) is not None


def is_manned(found: Scan, segment: Segment, verb: Match[TypeWord]) -> bool:
    """Tell an aircraft with people in it from the munitions that defences shoot down."""
    text, grammar = found.report.text, found.grammar
    start, end = segment.start, verb.start
    if grammar.pattern("passive").match(text, verb.start) is None:
        stated = grammar.pattern("object_phrase").match(text, verb.end, segment.end)
        if stated is None:
            return False
        start, end = stated.span("object")
    return grammar.pattern("manned").search(text, start, end) is not None
