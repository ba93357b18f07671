"""Where the tagger's marks meet the lexicon's: which triggers stand, and what else is an event.

The lexicon knows words, the tagger has learned how reports are told. A trigger both see stands;
one that only the tagger sees is added when it is sure; one it takes for a threat, a habit or the
past is told as such. How sure is sure stands in `grammars/judging.toml`.
"""

import datetime as dt
from dataclasses import replace

from dateline.extract.circumstances import date_of, published_until
from dateline.extract.meant import Meant
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import Tables
from dateline.extract.tagger import Tagged, TaggedTrigger
from dateline.extract.triggers import Trigger
from dateline.resolve.intervals import resolve_date
from dateline.values import When

_LAST_DAYS = dt.timedelta(days=3)
_GENERIC = ("armed_attack", "armed_violence")
_ARMED = ("name", "force", "backed", "unregistered")
_MEANT: dict[str, Meant] = {
    "hypothetical": "hypothetical",
    "habitual": "habitual",
    "background": "past",
}


def judge(found: Scan, triggers: list[Trigger], seen: Tagged, known: Tables) -> list[Trigger]:
    """Give the triggers of a report that the lexicon and the tagger make together, in order."""
    sure = known.grammars["judging"].tables["scores"]
    if seen.relevance < sure["irrelevant"]:
        doubted = (t.meant == "asserted" and not _is_borne_out(found, t) for t in triggers)
        return [
            replace(t, meant="past") if doubtful else t
            for t, doubtful in zip(triggers, doubted, strict=True)
        ]
    adds = seen.relevance >= sure["relevant"]
    kept: list[Trigger] = []
    for segment in found.segments:
        own = [t for t in triggers if t.segment == segment]
        marks = [m for m in seen.triggers if segment.start <= m.start < segment.end]
        kept += _judged(found, own, marks, known) if own else []
        if not own and adds and segment.sentence not in found.totals:
            kept += _added(found, segment, marks, known)
    return kept


def _is_borne_out(found: Scan, trigger: Trigger) -> bool:
    """Tell an act with a named force and counted people killed or captured in its sentence.

    Terse communiqués read unlike the news that the tagger has learned from.
    """
    sentence = found.sentences[trigger.segment.sentence]
    actors = found.within(found.actors, sentence.start, sentence.end)
    harmed = (
        c.role in ("killed", "captured") and bool(c.count.low) and c.is_done
        for c in found.within(found.casualties, sentence.start, sentence.end)
    )
    return any(a.form in _ARMED for a in actors) and any(harmed)


def _judged(
    found: Scan, own: list[Trigger], marks: list[TaggedTrigger], known: Tables
) -> list[Trigger]:
    """Let the surest marks of a segment say how its triggers are meant.

    "Arrested a man who planned attacks": the attacks planned say nothing of the arrest. What
    answers an attack that is news came after it, so it is no background.
    """
    sure = known.grammars["judging"].tables["scores"]
    firm = [m for m in marks if m.score >= sure["judges"]]
    if not firm:
        return own
    best = max(firm, key=lambda m: m.score)
    contexts = {m.context for m in firm}
    meant = _MEANT.get(best.context) if len(contexts) == 1 else None
    here = own[0].segment
    if meant == "past" and (_answers(found, here) or _is_of_these_days(found, here)):
        meant = None
    hint = best.type if best.type not in _GENERIC else None

    def overrules(trigger: Trigger) -> bool:
        met = any(m.start < trigger.end and trigger.start < m.end for m in firm)
        return trigger.meant == "asserted" and (met or not _is_borne_out(found, trigger))

    return [replace(t, hint=hint, meant=meant if meant and overrules(t) else t.meant) for t in own]


def _is_of_these_days(found: Scan, segment: Segment) -> bool:
    """Tell counted harm of the last days, or of hours before the news: no background."""
    harmed = found.within(found.casualties, segment.start, segment.end)
    if not any(c.is_done and c.count.low and not c.period for c in harmed):
        return False
    if found.search("perfect_past", segment.start, segment.end):
        return False
    if found.search("hours_earlier", segment.start, segment.end):
        return True
    dated, published = date_of(found, segment), published_until(found)
    if dated is None or dated[1] or dated[0].form == "after_event" or published is None:
        return False
    when = resolve_date(dated[0], found.told_on(dated[0]))
    if not isinstance(when, When) or when.precision != "day" or when.latest is None:
        return False
    return published - _LAST_DAYS <= when.latest <= published


def _answers(found: Scan, segment: Segment) -> bool:
    sentence = found.sentences[segment.sentence]
    folded = found.folded[sentence.start : sentence.end]
    return found.grammar.search("reprisal", sentence.text, folded=folded) is not None


def _added(
    found: Scan, segment: Segment, marks: list[TaggedTrigger], known: Tables
) -> list[Trigger]:
    sure = known.grammars["judging"].tables["scores"]
    sentence = found.sentences[segment.sentence]
    firm = [m for m in marks if m.score >= sure["adds"] and m.type in known.book.event_types]
    if not firm or found.cue("lookalikes", sentence.start, sentence.end):
        return []
    best = max(firm, key=lambda m: m.score)
    hint = best.type if best.type not in _GENERIC else None
    meant: Meant = "denied" if best.stance == "denied" else _MEANT.get(best.context, "asserted")
    words = found.report.text[best.start : best.end]
    nominal = found.grammar.pattern("names_act").search(words) is not None
    return [Trigger(best.start, best.end, _GENERIC[0], segment, meant, nominal, hint=hint)]
