"""Putting triggers together into events: the same incident told twice in a report is one event.

The headline, the lead and later mentions merge where date, place and kind agree; what is told of
another day, behind "a week after" or as long past becomes a background event of its own.
"""

import datetime as dt
from dataclasses import dataclass, field

from dateline.codebook import Codebook, Grammar
from dateline.extract.agreement import places_conflict, types_agree
from dateline.extract.focus import country_of
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import Tables
from dateline.extract.triggers import Trigger
from dateline.resolve.expressions import Expression
from dateline.resolve.intervals import resolve_date
from dateline.resolve.toponyms import Toponym
from dateline.values import Place, When

_DAY = dt.timedelta(days=1)
# A report tells as news what happened up to this long before it was published.
_NEWS = dt.timedelta(days=14)
GENERIC = "armed_attack"
_UNDATED = ("clock", "duration", "vague", "span")


@dataclass(slots=True)
class Draft:
    """An event while it is put together: its triggers and every segment that speaks of it.

    `spoken` is the day on which somebody spoke of it, where no day of its own is told. `beside`
    marks what is told as another event of the same news ("a second ship").
    """

    triggers: list[Trigger]
    segments: list[Segment] = field(default_factory=list)
    when: When | None = None
    date: Expression | None = None
    where: Place | None = None
    spoken: When | None = None
    reported: bool = True
    beside: bool = False

    @property
    def anchor(self) -> Trigger:
        """The trigger the event is named by: the first one that is not only a name."""
        told = [t for t in self.triggers if not t.nominal]
        return (told or self.triggers)[0]


@dataclass(frozen=True, slots=True)
class _Clue:
    when: When | None
    date: Expression | None
    where: Place | None
    separate: bool
    spoken: When | None = None
    reprisal: bool = False


def assemble(found: Scan, triggers: list[Trigger], known: Tables) -> list[Draft]:
    """Group triggers into events, in text order; then give every other segment to one of them."""
    drafts: list[Draft] = []
    told_of_none = {s for s in found.segments if _tells_of_none(found, s)}
    for trigger in triggers:
        if trigger.meant in ("habitual", "hypothetical", "denied"):
            told_of_none.add(trigger.segment)
            continue
        clue = _clue(found, trigger, drafts)
        draft = _home(found, trigger, clue, drafts, known.book)
        if draft is None:
            draft = Draft([], when=clue.when, date=clue.date, where=clue.where)
            draft.beside = bool(drafts) and _is_beside(found, trigger)
            draft.when = draft.when or _day_beside(trigger.segment, drafts)
            drafts.append(draft)
        draft.triggers.append(trigger)
        draft.segments.append(trigger.segment)
        draft.when, draft.date = (draft.when, draft.date) if draft.when else (clue.when, clue.date)
        draft.where = _finer(draft.where, clue.where)
        draft.spoken = draft.spoken or clue.spoken
    for draft in drafts:
        draft.reported = _is_reported(found, draft, drafts)
    _report_the_lead(found, drafts)
    _give_rest(found, drafts, told_of_none)
    return drafts


def date_of(found: Scan, segment: Segment) -> tuple[Expression, bool] | None:
    """Give the date expression that dates what a segment tells, and whether it is a speaker's.

    "officials said on Sunday" dates the words, not the deed: such a date is marked weak.
    """
    grammar = found.grammar
    told = found.within(found.dates, segment.start, segment.end)
    dates = [d for d in told if d.form not in _UNDATED]
    if segment.pivot and told and told[0].form == "span" and told[0].inner:
        dates.insert(0, told[0].inner[0])
    if segment.pivot:
        # "Hours after rockets hit the base on Monday": the day says more than the hours.
        dates.sort(key=lambda date: date.form == "after_event")
    weak: Expression | None = None
    for date in dates:
        before = found.report.text[segment.start : date.start]
        after = found.report.text[date.end : segment.end]
        if _dates_speech(grammar, before, after):
            weak = weak or date
        else:
            return date, False
    return (weak, True) if weak else None


def _dates_speech(grammar: Grammar, before: str, after: str) -> bool:
    """Tell a day on which somebody spoke: "said on Monday", "Late on Thursday the army said"."""
    if grammar.pattern("speech_date_before").search(before):
        return True
    if grammar.pattern("speech_date_opens").match(before.strip()):
        return grammar.pattern("opens_speech").match(after) is not None
    return grammar.pattern("speech_date_after").search(after) is not None


def places_of(found: Scan, segment: Segment) -> list[Toponym]:
    """Give the places where something is told to have happened.

    Left out are the dateline, where a rocket, a drone or people came from, where the dead or the
    living were taken, and where somebody spoke.
    """
    return [
        place
        for place in found.within(found.places, segment.start, segment.end)
        if not any(start <= place.start < end for start, end in found.datelines)
        and not (place.relation == "in" and _is_state_word(found, place))
        and not any(
            found.grammar.pattern(name).search(found.report.text, segment.start, place.start)
            for name in ("origin", "destination", "spoken_at")
        )
    ]


def _is_state_word(found: Scan, place: Toponym) -> bool:
    """Tell a state named without saying that something is there ("US officials")."""
    states = [c for c in found.countries if c.form != "metonym"]
    if place.parts or not any((c.start, c.end) == (place.start, place.end) for c in states):
        return False
    before = found.report.text[max(0, place.start - 12) : place.start]
    return found.grammar.pattern("locative").search(before) is None


def _clue(found: Scan, trigger: Trigger, drafts: list[Draft]) -> _Clue:
    segment = trigger.segment
    told = _told_of(drafts, segment)
    anchor = (told.when or told.spoken) if told else None
    dated = date_of(found, segment)
    spoken: When | None = None
    if dated and dated[1]:
        value = resolve_date(dated[0], found.report.published_day)
        spoken = value if isinstance(value, When) else None
    when: When | None = None
    expression: Expression | None = None
    if dated and not dated[1]:
        expression = dated[0]
        value = resolve_date(
            expression, found.report.published_day, anchor=anchor, country=country_of(found)
        )
        when = value if isinstance(value, When) else None
    named = [found.where[toponym] for toponym in places_of(found, segment)]
    places = [place for place in named if isinstance(place, Place)]
    where: Place | None = None
    if len({place.country for place in places if place.country}) <= 1:
        for place in places:
            where = _finer(where, place)
    sentence = found.sentences[segment.sentence]
    separate = found.cue("separately", sentence.start, segment.end) is not None
    if expression is not None and expression.form == "after_event":
        separate = True
    reprisal = found.grammar.pattern("reprisal").search(sentence.text) is not None
    return _Clue(when, expression, where, separate, spoken, reprisal)


def _day_beside(segment: Segment, drafts: list[Draft]) -> When | None:
    """Give the day of the event that the same sentence tells before "while", if it has one."""
    if not segment.contrast:
        return None
    told = (d for d in drafts if any(s.sentence == segment.sentence for s in d.segments))
    return next((draft.when for draft in told if draft.when), None)


def _is_beside(found: Scan, trigger: Trigger) -> bool:
    """Tell "another ship was hit" and "elsewhere": more news of the same time."""
    sentence = found.sentences[trigger.segment.sentence]
    return found.grammar.pattern("beside").match(sentence.text) is not None


def _told_of(drafts: list[Draft], segment: Segment) -> Draft | None:
    """Give the event that "a day earlier" counts from: the one a paragraph tells, else the first.

    An event without any day is nothing to count from.
    """
    dated = [draft for draft in drafts if draft.when or draft.spoken]
    near = [draft for draft in dated if same_paragraph(draft, segment)]
    if near:
        return max(near, key=lambda draft: draft.segments[-1].start)
    return dated[0] if dated else None


_ORDER = ("site", "town", "near", "district", "area", "province", "sea", "country", "unknown")


def _finer(left: Place | None, right: Place | None) -> Place | None:
    if left is None or right is None:
        return left or right
    return min(left, right, key=lambda p: _ORDER.index(p.level))


def _home(
    found: Scan, trigger: Trigger, clue: _Clue, drafts: list[Draft], book: Codebook
) -> Draft | None:
    """Find the event a trigger belongs to; None when it opens its own.

    Of those it fits the last one is taken, or the last one of its kind where a new paragraph
    opens.
    """
    here = trigger.segment
    fitting: list[Draft] = []
    for at, draft in reversed(list(enumerate(drafts))):
        if _is_headline(found, draft) and not here.pivot and trigger.meant == "asserted":
            if not fitting:
                draft.where = None if clue.where else draft.where
            fitting.append(draft)
            break
        if not _is_apart(found, draft, trigger, clue, book, first=at == 0):
            fitting.append(draft)
    if not fitting or same_paragraph(fitting[0], here):
        return fitting[0] if fitting else None
    of_kind = [d for d in fitting if any(_same_kind(t, trigger, book) for t in d.triggers)]
    met = [d for d in fitting if any(_is_met(t, trigger) for t in d.triggers)]
    located = bool(clue.where or clue.when)
    return (of_kind or met or (fitting if located else fitting[::-1]))[0]


def _same_kind(left: Trigger, right: Trigger, book: Codebook) -> bool:
    """Tell whether two triggers name the same kind of act, and not just some attack."""
    return GENERIC not in (left.type, right.type) and types_agree(left.type, right.type, book)


def _is_apart(
    found: Scan, draft: Draft, trigger: Trigger, clue: _Clue, book: Codebook, *, first: bool
) -> bool:
    """Tell whether what a trigger tells cannot be this event."""
    here, agree = trigger.segment, _kinds_agree(draft, trigger, book)
    told_here = any(s.sentence == here.sentence for s in draft.segments)
    located = bool(clue.where or clue.when)
    if here.pivot and (told_here or not _meets(draft, clue)):
        return True
    if clue.separate and located and _differs(draft, clue):
        return True
    if _dates_conflict(draft, clue, trigger, book, _published(found)):
        return True
    if places_conflict(draft.where, clue.where):
        return True
    if agree:
        return False
    return located or here.pivot or here.contrast or not (first or same_paragraph(draft, here))


def _is_headline(found: Scan, draft: Draft) -> bool:
    """Tell the event that only the headline has told yet: the body says where and when."""
    first = draft.triggers[0]
    return all(t.end <= found.headline_end for t in draft.triggers) and not first.segment.pivot


def same_paragraph(draft: Draft, segment: Segment) -> bool:
    """Tell whether an event was last spoken of in the paragraph of a segment."""
    return draft.segments[-1].paragraph == segment.paragraph


def _meets(draft: Draft, clue: _Clue) -> bool:
    """Tell whether the place or the day of a trigger can be compared with those of an event."""
    return bool((clue.where and draft.where) or (clue.when and draft.when))


def _differs(draft: Draft, clue: _Clue) -> bool:
    if clue.where and draft.where:
        return clue.where.id != draft.where.id
    known = draft.when or draft.spoken
    return bool(clue.when and known and clue.when != known)


def _dates_conflict(
    draft: Draft, clue: _Clue, trigger: Trigger, book: Codebook, published: dt.date | None
) -> bool:
    if trigger.meant == "past":
        return not any(t.meant == "past" for t in draft.triggers)
    left, right = draft.when, clue.when
    if not (left and right and left.latest and right.earliest and left.earliest and right.latest):
        return left is None and (_is_old(right, published) or _is_over(right, published))
    if left.earliest <= right.latest and right.earliest <= left.latest:
        return False
    gap = max(left.earliest - right.latest, right.earliest - left.latest)
    exact = left.precision == right.precision == "day"
    apart = clue.separate or clue.reprisal
    return not exact or gap > _DAY or apart or not _kinds_agree(draft, trigger, book)


def _is_old(when: When | None, published: dt.date | None) -> bool:
    """Tell what happened too long before publication to be the report's undated news."""
    return bool(when and when.latest and published and when.latest < published - _NEWS)


def _is_over(when: When | None, published: dt.date | None) -> bool:
    """Tell a month or year that was over at publication: news told without a day is later."""
    whole = when is not None and when.precision in ("month", "year")
    return bool(whole and when and when.latest and published and when.latest < published)


def _published(found: Scan) -> dt.date | None:
    """Give the last day the report can have been published, from a stated day, month or year."""
    stated = (found.report.published or "")[:10]
    for form in ("{}", "{}-31", "{}-30", "{}-28", "{}-12-31"):
        try:
            return dt.date.fromisoformat(form.format(stated))
        except ValueError:
            continue
    return None


def _kinds_agree(draft: Draft, trigger: Trigger, book: Codebook) -> bool:
    return any(
        types_agree(known.type, trigger.type, book) or _is_met(known, trigger)
        for known in draft.triggers
    )


def _is_met(left: Trigger, right: Trigger) -> bool:
    """Tell munitions from their interception: some were shot down, some came through."""
    if "interception" not in (left.type, right.type):
        return False
    return left.weapon is None or right.weapon is None or left.weapon == right.weapon


def _is_reported(found: Scan, draft: Draft, drafts: list[Draft]) -> bool:
    """Decide between news and background; see the module's head."""
    asserted = [t for t in draft.triggers if t.meant == "asserted"]
    when = draft.when
    if not asserted or _is_turned_to(found, draft, asserted) or _is_old(when, _published(found)):
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
        return _is_beside_news(found, draft, asserted, drafts) or _lacks_publication(found, draft)
    return when.precision == "day"


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


def _lacks_publication(found: Scan, draft: Draft) -> bool:
    """Tell a day ("on Tuesday") that means none because the report says not when it appeared."""
    named = draft.date is not None and draft.date.form in ("weekday", "relative")
    return named and _published(found) is None


def _report_the_lead(found: Scan, drafts: list[Draft]) -> None:
    """Where the lead tells of the dead in words no trigger knows, a later name is that event's."""
    if not drafts or any(draft.reported for draft in drafts):
        return
    first, anchor = drafts[0], drafts[0].anchor
    lead = [s for s in found.segments if s.lead]
    harmed = [c for s in lead for c in found.within(found.casualties, s.start, s.end)]
    recent = first.when is None or not _is_old(first.when, _published(found))
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


def _tells_of_none(found: Scan, segment: Segment) -> bool:
    """Tell a stretch about a habit or a number of attacks, or an example of those."""
    sentence = found.sentences[segment.sentence]
    return (
        segment.sentence in found.totals
        or found.cue("habitual", segment.start, segment.end) is not None
        or found.grammar.pattern("elaboration").match(sentence.text) is not None
    )
