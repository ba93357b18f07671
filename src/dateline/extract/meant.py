"""How the words for an act are meant: told as one that happened, or as something else."""

from typing import Literal

from dateline.extract.habits import looks_back, tells_a_habit
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.text import Sentence, aligned_fold

Meant = Literal["asserted", "hypothetical", "denied", "habitual", "past"]
_NEAR = 60
_CLOSE = 25


def meant_of(found: Scan, segment: Segment, words: tuple[int, int]) -> Meant:
    """Judge a trigger by the cues in front of it and around it."""
    start, grammar = words[0], found.grammar
    sentence = found.sentences[segment.sentence]
    if looks_back(found, sentence):
        return "past"
    if (
        grammar.pattern("elaboration").match(sentence.text)
        or tells_a_habit(found, segment)
        or is_career(found, sentence, words)
        or _is_of_a_period(found, segment, words)
        or found.search("began_acts", max(segment.start, start - _NEAR), words[1]) is not None
    ):
        return "habitual"
    if _reaches(found, "hypothetical", segment, start, _NEAR):
        return "asserted" if _is_realised(found, segment, words) else "hypothetical"
    if _reaches(found, "negated", segment, start, _CLOSE):
        return "denied"
    return "asserted"


def _is_of_a_period(found: Scan, segment: Segment, words: tuple[int, int]) -> bool:
    """Tell the many acts that a total of weeks or of a war is of: "has killed 300 this year"."""
    harmed = found.within(found.casualties, segment.start, segment.end)
    if not any(c.period == "long" for c in harmed) or any(not c.period for c in harmed):
        return False
    first = next(c for c in harmed if c.period == "long")
    between = found.report.text[words[1] : first.start]
    return words[1] > first.start or not found.grammar.pattern("mark").search(between)


def is_career(found: Scan, sentence: Sentence, words: tuple[int, int]) -> bool:
    """Tell what somebody is known for: "planned and directed attacks", "builds bombs".

    A sentence that opens with "Coordinated attacks" only calls them so.
    """
    if not found.grammar.has_sign("career", aligned_fold(sentence.text)):
        return False
    start, end = (place - sentence.start for place in words)
    opens = sentence.text[start].isupper()
    return any(
        career.end() > start and not (opens and career.start() == start)
        for career in found.grammar.pattern("career").finditer(sentence.text, 0, end)
    )


def _reaches(found: Scan, cue: str, segment: Segment, start: int, far: int) -> bool:
    """Tell whether a cue in front of a trigger governs it: nothing between ends its reach.

    A bare modal or negator reaches only the word behind it ("may have been 14 and set off ...").
    """
    grammar, text = found.grammar, found.report.text
    before = found.within(found.cues[cue], max(segment.start, start - far), start)
    if not before:
        return False
    between = text[before[-1].end : start]
    for short, gap in (("modal", "modal_gap"), ("negator", "negator_gap")):
        if grammar.pattern(short).fullmatch(text, before[-1].start, before[-1].end):
            return grammar.pattern(gap).fullmatch(between) is not None
    return grammar.pattern("reach_end").search(between) is None


def _is_realised(found: Scan, segment: Segment, words: tuple[int, int]) -> bool:
    """Tell what was asked for and came: "called for an air strike, killing two gunmen"."""
    start, end = words
    asked = found.grammar.pattern("asked_for").search(found.report.text, segment.start, start)
    told = found.within(found.casualties, end, segment.end)
    return asked is not None and any(c.is_done for c in told)
