"""Scenes in which words of attack mean something else: a drill, a film, a match, a pay dispute."""

from dateline.extract.scan import Scan
from dateline.extract.segments import Segment


def lookalike_topic(found: Scan) -> bool:
    """Tell whether the lead is about something else: a drill, a film, a match, a pay dispute.

    The weaker of such words decide only where the whole report names no weapon and no harm.
    """
    lead = [s for s in found.segments if s.lead]
    harmless = not found.weapons and all(c.cause for c in found.casualties)
    return any(
        found.cue("lookalikes", s.start, s.end)
        or (harmless and _weakly_alike(found, s.start, s.end))
        for s in lead
    )


def _weakly_alike(found: Scan, start: int, end: int) -> bool:
    """Tell a weaker such word outside names and targets: "gas", but not "gas pipeline"."""
    cues = found.within(found.cues["weak_lookalikes"], start, end)
    if not cues:
        return False
    taken = [(m.start, m.end) for m in found.targets]
    taken += [(m.start, m.end) for m in found.actors]
    taken += [(m.start, m.end) for m in found.places]
    taken += [m.span() for m in found.grammar.pattern("cased_name").finditer(found.report.text)]
    return any(not any(a <= cue.start < b for a, b in taken) for cue in cues)


def is_lookalike(found: Scan, segment: Segment, *, told: bool, topic: bool) -> bool:
    """Tell a sentence of another kind; `told` marks one whose words say more than "attack"."""
    sentence = found.sentences[segment.sentence]
    if found.cue("lookalikes", sentence.start, sentence.end):
        return True
    violence = [
        c for c in found.within(found.casualties, segment.start, segment.end) if not c.cause
    ]
    if topic or violence or told:
        return bool(topic and not violence)
    return _weakly_alike(found, sentence.start, sentence.end)
