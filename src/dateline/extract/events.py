"""Putting triggers together into events: the same incident told twice in a report is one event.

The headline, the lead and later mentions merge where date, place and kind agree; what is told of
another day, behind "a week after" or as long past becomes a background event of its own.
"""

import datetime as dt

from dateline.extract.belonging import follows_on, home_of
from dateline.extract.circumstances import (
    clue_of,
    date_of,
    finer,
    is_old,
    places_of,
    published_until,
)
from dateline.extract.drafts import Draft, same_paragraph
from dateline.extract.habits import counts_acts, tells_a_habit
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import Tables
from dateline.extract.triggers import Trigger
from dateline.values import When

__all__ = ["Draft", "assemble", "date_of", "places_of"]

_DAY = dt.timedelta(days=1)
_UNDATED = ("clock", "duration")


def assemble(found: Scan, triggers: list[Trigger], known: Tables) -> list[Draft]:
    """Group triggers into events, in text order; then give every other segment to one of them."""
    drafts: list[Draft] = []
    told_of_none = {s for s in found.segments if _tells_of_none(found, s)}
    for trigger in triggers:
        if trigger.meant in ("habitual", "hypothetical", "denied"):
            told_of_none.add(trigger.segment)
            continue
        clue = clue_of(found, trigger, drafts)
        draft = home_of(found, trigger, clue, drafts, known.book)
        if draft is None:
            draft = Draft([], when=clue.when, date=clue.date, where=clue.where)
            follows = any(follows_on(found, d, trigger, known.book) for d in drafts)
            draft.beside = bool(drafts) and (follows or _is_beside(found, trigger))
            draft.when = draft.when or _day_beside(trigger.segment, drafts)
            drafts.append(draft)
        draft.triggers.append(trigger)
        draft.segments.append(trigger.segment)
        draft.when, draft.date = (draft.when, draft.date) if draft.when else (clue.when, clue.date)
        draft.where = finer(draft.where, clue.where)
        draft.spoken = draft.spoken or clue.spoken
    for draft in drafts:
        draft.reported = _is_reported(found, draft, drafts)
    _report_the_lead(found, drafts)
    _give_rest(found, drafts, told_of_none)
    return drafts


def _day_beside(segment: Segment, drafts: list[Draft]) -> When | None:
    """Give the day of the event that the same sentence tells before "while", if it has one."""
    if not (segment.contrast or segment.sequel):
        return None
    told = (d for d in drafts if any(s.sentence == segment.sentence for s in d.segments))
    return next((draft.when for draft in told if draft.when), None)


def _is_beside(found: Scan, trigger: Trigger) -> bool:
    """Tell "another ship was hit" and "elsewhere": more news of the same time."""
    sentence = found.sentences[trigger.segment.sentence]
    return found.grammar.pattern("beside").match(sentence.text) is not None


def _is_reported(found: Scan, draft: Draft, drafts: list[Draft]) -> bool:
    """Decide between news and background; see the module's head."""
    asserted = [t for t in draft.triggers if t.meant == "asserted"]
    when = draft.when
    if (
        not asserted
        or _is_turned_to(found, draft, asserted)
        or is_old(when, published_until(found))
    ):
        return False
    lead_segments = [s for s in found.segments if s.lead]
    if when is None and any(found.cue("retrospect", s.start, s.end) for s in lead_segments):
        return False
    lead = any(t.segment.lead and not t.segment.pivot for t in asserted)
    main = next((d for d in drafts if d is not draft and d.when), None)
    opens = lead and draft is drafts[0] and when is not None and when.precision == "day"
    if main and main.when and when and not opens and _is_before(when, main.when):
        return False
    if lead and not _vaguely_past(found, asserted):
        return True
    if when is None:
        beside = _is_beside_news(found, draft, asserted, drafts)
        return beside or _lacks_publication(found, draft) or _is_elsewhere(found, draft, drafts)
    return when.precision == "day" or (draft.beside and _spans_hours(when))


def _spans_hours(when: When) -> bool:
    """Tell "hours earlier": one of two days."""
    return bool(when.earliest and when.latest and when.latest - when.earliest <= _DAY)


def _is_turned_to(found: Scan, draft: Draft, asserted: list[Trigger]) -> bool:
    """Tell what is told only behind "a week after" from what lies hours before the news."""
    hours = found.grammar.pattern("hours_apart")
    near = any(hours.match(found.report.text, t.segment.start) for t in asserted)
    return all(t.segment.pivot for t in asserted) and not (near and draft.where)


def _is_beside_news(
    found: Scan, draft: Draft, asserted: list[Trigger], drafts: list[Draft]
) -> bool:
    past = any(found.cue("background_cues", t.segment.start, t.segment.end) for t in asserted)
    return draft.beside and not past and drafts[0].reported


def _is_elsewhere(found: Scan, draft: Draft, drafts: list[Draft]) -> bool:
    """Tell news of the same day from elsewhere in a country: "Troops killed two rebels in Pidie".

    It counts its harm, in the simple past and with no word of another time.
    """
    first, where = drafts[0], draft.where
    if where is None or first.where is None or not first.reported or draft is first:
        return False
    if where.id == first.where.id or where.country != first.where.country:
        return False
    passive = found.grammar.pattern("passive")
    told = [t for t in draft.triggers if t.meant == "asserted"]
    own = [
        t.segment for t in told if not t.nominal or passive.match(found.report.text, t.start, t.end)
    ]
    return any(
        any(
            c.is_done and c.count.low and not (c.period or c.cumulative)
            for c in found.within(found.casualties, s.start, s.end)
        )
        and not found.cue("background_cues", s.start, s.end)
        and not found.search("of_another_time", s.start, s.end)
        and not any(d.form not in _UNDATED for d in found.within(found.dates, s.start, s.end))
        for s in own
    )


def _lacks_publication(found: Scan, draft: Draft) -> bool:
    """Tell a day ("on Tuesday") that means none because the report says not when it appeared."""
    named = draft.date is not None and draft.date.form in ("weekday", "relative")
    return named and published_until(found) is None


def _report_the_lead(found: Scan, drafts: list[Draft]) -> None:
    """Where the lead tells of the dead in words no trigger knows, a later name is that event's."""
    if not drafts or any(draft.reported for draft in drafts):
        return
    first, anchor = drafts[0], drafts[0].anchor
    lead = [s for s in found.segments if s.lead]
    harmed = [c for s in lead for c in found.within(found.casualties, s.start, s.end)]
    recent = first.when is None or not is_old(first.when, published_until(found))
    named = anchor.meant == "asserted" and anchor.nominal and not anchor.segment.pivot
    past = any(found.cue("retrospect", s.start, s.end) for s in lead)
    if named and recent and not past and any(not c.cause and not c.negative for c in harmed):
        first.reported = True


def _is_before(left: When, right: When) -> bool:
    return bool(left.latest and right.earliest and left.latest < right.earliest)


def _vaguely_past(found: Scan, triggers: list[Trigger]) -> bool:
    first = triggers[0].segment
    return (
        all(found.cue("background_cues", t.segment.start, t.segment.end) for t in triggers)
        and found.sentences[first.sentence].index != 0
    )


def _give_rest(found: Scan, drafts: list[Draft], told_of_none: set[Segment]) -> None:
    """Give each segment without a trigger to the event last spoken of, else to the main one.

    What stands behind "a week after" without an act of its own belongs to none. An event told only
    there is left with its sentence; one told aside is left where the main one's weapon is named.
    """
    if not drafts:
        return
    main = next((d for d in drafts if d.reported), drafts[0])
    owner = {s: d for d in drafts for s in d.segments}
    focus: Draft | None = None
    for segment in found.segments:
        if segment in owner:
            focus = owner[segment]
        elif segment.pivot or segment in told_of_none:
            continue
        else:
            if focus and _is_left(found, focus, segment, main):
                focus = main
            home = focus if focus and same_paragraph(focus, segment) else main
            home.segments.append(segment)
    for draft in drafts:
        draft.segments.sort(key=lambda s: s.start)


def _is_left(found: Scan, focus: Draft, segment: Segment, main: Draft) -> bool:
    """Tell where a report is back at its main event after one told aside."""
    if focus is main or focus.segments[-1].sentence == segment.sentence:
        return False
    if not focus.reported and all(t.segment.pivot for t in focus.triggers):
        return True
    here = _weapons_of(found, [segment])
    theirs, ours = (_weapons_of(found, [t.segment for t in d.triggers]) for d in (focus, main))
    return bool(here & (ours - theirs))


def _weapons_of(found: Scan, stretches: list[Segment]) -> set[str]:
    return {w.entry[0] for s in stretches for w in found.within(found.weapons, s.start, s.end)}


def _counts_a_period(found: Scan, segment: Segment) -> bool:
    harmed = found.within(found.casualties, segment.start, segment.end)
    return bool(harmed) and all(c.period == "long" for c in harmed)


def _tells_of_none(found: Scan, segment: Segment) -> bool:
    """Tell a stretch about a habit or a number of attacks, or an example of those."""
    sentence = found.sentences[segment.sentence]
    return (
        counts_acts(found, segment)
        or tells_a_habit(found, segment)
        or found.grammar.pattern("elaboration").match(sentence.text) is not None
        or _counts_a_period(found, segment)
    )
