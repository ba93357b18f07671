"""Which event of a report a trigger belongs to, or that it opens one of its own."""

import datetime as dt

from dateline.codebook import Codebook
from dateline.extract.agreement import on_property, places_conflict, types_agree
from dateline.extract.circumstances import Clue, is_old, is_over, published_until
from dateline.extract.drafts import Draft, same_paragraph
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.triggers import HEAVY, Trigger
from dateline.text import Sentence

_DAY = dt.timedelta(days=1)
_FRONT = 12  # characters: "Late on "
_GENERIC = "armed_attack"


def home_of(
    found: Scan, trigger: Trigger, clue: Clue, drafts: list[Draft], book: Codebook
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
    if not (here.pivot or clue.where or clue.when) and found.search("latest", here.start, here.end):
        # "The latest shooting" is not the one told only behind "a day after".
        fitting = [d for d in fitting if not all(t.segment.pivot for t in d.triggers)] or fitting
    if not fitting:
        return None
    near = same_paragraph(fitting[0], here)
    if near and (len(fitting) == 1 or _kinds_agree(fitting[0], trigger, book)):
        return fitting[0]
    of_kind = [d for d in fitting if any(_same_kind(t, trigger, book) for t in d.triggers)]
    if near:
        return next(iter(of_kind), fitting[0])
    met = [d for d in fitting if any(_is_met(t, trigger) for t in d.triggers)]
    located = bool(clue.where or clue.when)
    return (of_kind or met or (fitting if located else fitting[::-1]))[0]


def _same_kind(left: Trigger, right: Trigger, book: Codebook) -> bool:
    """Tell whether two triggers name the same kind of act, and not just some attack."""
    return _GENERIC not in (left.type, right.type) and types_agree(left.type, right.type, book)


def _is_apart(
    found: Scan, draft: Draft, trigger: Trigger, clue: Clue, book: Codebook, *, first: bool
) -> bool:
    """Tell whether what a trigger tells cannot be this event."""
    here = trigger.segment
    effect = not trigger.nominal and _is_effect(found, trigger, book)
    agree = _kinds_agree(draft, trigger, book) or (effect and any(map(_is_told, draft.triggers)))
    told_here = any(s.sentence == here.sentence for s in draft.segments)
    located = bool(clue.where or clue.when)
    pivoted = here.pivot and (told_here or not _meets(draft, clue))
    loose = effect and not (here.pivot or told_here)
    if pivoted or (loose and all(t.segment.pivot for t in draft.triggers)):
        return True
    separate = clue.separate and located and _differs(draft, clue)
    if follows_on(found, draft, trigger, book) or (separate and not _ends_it(found, clue, here)):
        return True
    if _dates_conflict(found, draft, clue, trigger, book):
        return True
    if places_conflict(draft.where, clue.where) or _has_a_toll_elsewhere(found, draft, trigger):
        return True
    if agree:
        return False
    return located or here.pivot or here.contrast or not (first or same_paragraph(draft, here))


def _ends_it(found: Scan, clue: Clue, here: Segment) -> bool:
    """Tell how an act ended: "hours later police shot the gunman dead"."""
    harmed = found.within(found.casualties, here.start, here.end)
    return clue.where is None and bool(harmed) and all(c.definite or c.attackers for c in harmed)


def follows_on(found: Scan, draft: Draft, trigger: Trigger, book: Codebook) -> bool:
    """Tell what somebody else did next: a reprisal with dead of its own, rockets fired "later"."""
    here = trigger.segment
    if trigger.meant != "asserted" or (trigger.nominal and not here.sequel):
        return False
    if here.sequel or found.search("reprisal", here.start, here.end):
        answered = any(found.search("reprisal", s.start, s.end) for s in draft.segments)
        ours, theirs = _tolls(found, here), _tolls_of(found, draft)
        return bool(ours and theirs and ours.isdisjoint(theirs)) and not answered
    remote = trigger.weapon and book.lists["weapons"][trigger.weapon].details.get("family")
    if remote not in HEAVY:
        return False
    later = found.search("fired_later", here.start, here.end) is not None
    return later and not types_agree(draft.anchor.type, trigger.type, book)


def _tolls_of(found: Scan, draft: Draft) -> set[int]:
    return {toll for segment in draft.segments for toll in _tolls(found, segment)}


def _is_told(trigger: Trigger) -> bool:
    return trigger.meant == "asserted" and not trigger.segment.pivot


def _is_effect(found: Scan, trigger: Trigger, book: Codebook) -> bool:
    """Tell "the ship was set ablaze" from a fire that somebody set: an attack's own work."""
    if trigger.type not in on_property(book):
        return False
    text, grammar = found.report.text, found.grammar
    undergone = grammar.pattern("undergone").search(text, trigger.segment.start, trigger.start)
    return undergone is not None and not grammar.pattern("by_whom").match(text, trigger.end)


def _has_a_toll_elsewhere(found: Scan, draft: Draft, trigger: Trigger) -> bool:
    """Tell "In Donetsk, a missile killed 20" from the shelling, placed nowhere, that killed two."""
    sentence = found.sentences[trigger.segment.sentence]
    place = next(iter(found.within(found.places, sentence.start, sentence.end)), None)
    if draft.where is not None or place is None:
        return False
    front = found.report.text[sentence.start : place.start]
    if found.grammar.pattern("fronted").fullmatch(front) is None:
        return False
    here = _tolls(found, sentence)
    told = {n for s in draft.segments for n in _tolls(found, found.sentences[s.sentence])}
    return bool(here and told and here.isdisjoint(told))


def _tolls(found: Scan, stretch: Sentence | Segment) -> set[int]:
    return {
        c.count.low
        for c in found.within(found.casualties, stretch.start, stretch.end)
        if c.role == "killed" and c.count.low and c.is_done and not (c.attackers or c.definite)
    }


def _is_headline(found: Scan, draft: Draft) -> bool:
    """Tell the event that only the headline has told yet: the body says where and when."""
    first = draft.triggers[0]
    return all(t.end <= found.headline_end for t in draft.triggers) and not first.segment.pivot


def _meets(draft: Draft, clue: Clue) -> bool:
    """Tell whether the place or the day of a trigger can be compared with those of an event."""
    return bool((clue.where and draft.where) or (clue.when and draft.when))


def _differs(draft: Draft, clue: Clue) -> bool:
    if clue.where and draft.where:
        return clue.where.id != draft.where.id
    known = draft.when or draft.spoken
    return bool(clue.when and known and clue.when != known)


def _opens_with_its_day(found: Scan, draft: Draft, clue: Clue, trigger: Trigger) -> bool:
    """Tell "On Friday three shells killed ten" from the blast of Saturday that killed 60."""
    here, date = trigger.segment, clue.date
    if date is None or trigger.nominal or date.start - here.start > _FRONT:
        return False
    ours, theirs = _tolls(found, here), _tolls_of(found, draft)
    return bool(ours and theirs and ours.isdisjoint(theirs))


def _dates_conflict(
    found: Scan, draft: Draft, clue: Clue, trigger: Trigger, book: Codebook
) -> bool:
    published = published_until(found)
    if trigger.meant == "past":
        return not any(t.meant == "past" for t in draft.triggers)
    left, right = draft.when, clue.when
    if not (left and right and left.latest and right.earliest and left.earliest and right.latest):
        return left is None and (is_old(right, published) or is_over(right, published))
    if left.earliest <= right.latest and right.earliest <= left.latest:
        return False
    gap = max(left.earliest - right.latest, right.earliest - left.latest)
    exact = left.precision == right.precision == "day"
    apart = clue.separate or clue.reprisal or _opens_with_its_day(found, draft, clue, trigger)
    return not exact or gap > _DAY or apart or not _kinds_agree(draft, trigger, book)


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
