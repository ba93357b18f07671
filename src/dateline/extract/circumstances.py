"""When and where the stretch of text around a trigger says that its event happened."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from dateline.codebook import Grammar
from dateline.extract.drafts import Draft, same_paragraph
from dateline.extract.focus import country_of
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.triggers import Trigger
from dateline.resolve.expressions import Expression
from dateline.resolve.intervals import resolve_date
from dateline.resolve.toponyms import Toponym
from dateline.values import Place, When

# A report tells as news what happened up to this long before it was published.
_NEWS = dt.timedelta(days=14)
ARREST = "arrests"
_CLAUSE = 120  # characters around a date or place in which its verb stands
_BEFORE = 30  # characters: "in the north-western "
_UNDATED = ("clock", "duration", "vague", "span")
_ELSEWHERE = ("origin", "destination", "spoken_at", "aside")
_ORDER = ("site", "town", "near", "district", "area", "province", "sea", "country", "unknown")


@dataclass(frozen=True, slots=True)
class Clue:
    """What the stretch around a trigger says of its event's day and place.

    `separate` marks words for another incident ("separately"), `reprisal` an answer to one;
    `spoken` is the day on which somebody spoke of it, where no day of its own is told.
    """

    when: When | None
    date: Expression | None
    where: Place | None
    separate: bool
    spoken: When | None = None
    reprisal: bool = False


def clue_of(found: Scan, trigger: Trigger, drafts: list[Draft]) -> Clue:
    """Read when and where a trigger's act was; a day may count from the events told before it."""
    segment = trigger.segment
    told = _told_of(drafts, segment)
    anchor = (told.when or told.spoken) if told else None
    of_arrest = trigger.type == ARREST
    dated = date_of(found, segment, of_arrest=of_arrest)
    spoken: When | None = None
    if dated and dated[1]:
        value = resolve_date(dated[0], found.told_on(dated[0]))
        spoken = value if isinstance(value, When) else None
    when: When | None = None
    expression: Expression | None = None
    if dated and not dated[1]:
        expression = dated[0]
        value = resolve_date(
            expression, found.told_on(expression), anchor=anchor, country=country_of(found)
        )
        when = value if isinstance(value, When) else None
    named = [found.where[toponym] for toponym in places_of(found, segment, of_arrest=of_arrest)]
    places = [place for place in named if isinstance(place, Place)]
    where: Place | None = None
    if len({place.country for place in places if place.country}) <= 1:
        for place in places:
            where = finer(where, place)
    sentence = found.sentences[segment.sentence]
    separate = found.cue("separately", sentence.start, segment.end) is not None
    if expression is not None and expression.form == "after_event":
        # Blasts minutes apart are one attack.
        words = found.report.text[expression.start : expression.end]
        separate = separate or found.grammar.pattern("moments_apart").search(words) is None
    folded = found.folded[sentence.start : sentence.end]
    reprisal = found.grammar.search("reprisal", sentence.text, folded=folded) is not None
    return Clue(when, expression, where, separate, spoken, reprisal)


@lru_cache(maxsize=256)
def date_of(
    found: Scan, segment: Segment, *, of_arrest: bool = False
) -> tuple[Expression, bool] | None:
    """Give the date expression that dates what a segment tells, and whether it is a speaker's.

    "officials said on Sunday" dates the words, not the deed: such a date is marked weak. The day of
    an arrest, in court or of a funeral dates nothing but an arrest.
    """
    grammar = found.grammar
    told = found.within(found.dates, segment.start, segment.end)
    total = found.totals.get(segment.sentence)
    # "Killed on Friday, the third such attack this year": the year is that of the three.
    dates = [d for d in told if d.form not in _UNDATED and not (total and d is total.period)]
    if segment.pivot and told and told[0].form == "span" and told[0].inner:
        dates.insert(0, told[0].inner[0])
    if segment.pivot:
        # "Hours after rockets hit the base on Monday": the day says more than the hours.
        dates.sort(key=lambda date: date.form == "after_event")
    weak: Expression | None = None
    folded = found.folded[segment.start : segment.end]
    for date in dates:
        before = found.report.text[segment.start : date.start]
        after = found.report.text[date.end : segment.end]
        if not of_arrest and _dates_aftermath(grammar, before, after, folded):
            continue
        if _dates_speech(grammar, before, after, folded):
            weak = weak or date
        else:
            return date, False
    return (weak, True) if weak else None


def _dates_speech(grammar: Grammar, before: str, after: str, folded: str) -> bool:
    """Tell a day on which somebody spoke: "said on Monday", "the toll rose to nine on Friday"."""
    if grammar.search("speech_date_before", before, folded=folded):
        return True
    if grammar.search("toll_date_before", before, folded=folded):
        return True
    if grammar.pattern("speech_date_opens").match(before.strip()):
        return grammar.pattern("opens_speech").match(after) is not None
    return grammar.search("speech_date_after", after, folded=folded) is not None


def _dates_aftermath(grammar: Grammar, before: str, after: str, folded: str) -> bool:
    """Tell a day of what followed: "was charged on Friday", "On Friday police arrested"."""
    followed = grammar.search("aftermath_before", before[-_CLAUSE:], folded=folded)
    if followed and not grammar.pattern("deed").search(followed["between"]):
        # "A bomb hit a funeral on Monday": there the scene was the target.
        scene = followed.start("scene")
        return scene < 0 or grammar.pattern("deed").search(before[-_CLAUSE:], 0, scene) is None
    return grammar.search("aftermath_after", after[:_CLAUSE], folded=folded) is not None


def places_of(
    found: Scan, segment: Segment, *, of_arrest: bool = False, all_told: bool = False
) -> tuple[Toponym, ...]:
    """Give the places where something is told to have happened.

    Left out are the dateline, where a rocket, a drone or people came from, where the dead or the
    living were taken, and where somebody spoke. Where somebody was arrested, tried, treated or
    buried only an arrest happened, unless `all_told`.
    """
    return _told_places(found, segment) if of_arrest or all_told else _scenes(found, segment)


@lru_cache(maxsize=256)  # a segment is asked for several times while its report is read
def _told_places(found: Scan, segment: Segment) -> tuple[Toponym, ...]:
    return tuple(
        place
        for place in found.within(found.places, segment.start, segment.end)
        if not any(start <= place.start < end for start, end in found.datelines)
        and not (place.relation == "in" and _is_state_word(found, place))
        and not _is_elsewhere(found, max(segment.start, place.start - _CLAUSE), place.start)
    )


def _is_elsewhere(found: Scan, start: int, end: int) -> bool:
    """Tell whether the words in front of a place say that what is told did not happen there."""
    return any(found.search(name, start, end) for name in _ELSEWHERE)


@lru_cache(maxsize=256)
def _scenes(found: Scan, segment: Segment) -> tuple[Toponym, ...]:
    told = _told_places(found, segment)
    return tuple(place for place in told if not _is_of_sequel(found, segment, place))


def _is_of_sequel(found: Scan, segment: Segment, place: Toponym) -> bool:
    """Tell a place of what followed: "was arrested near the border", "is on trial in the capital".

    Words of the deed in between take the place back, and so does a raid: that is one act.
    """
    text, grammar = found.report.text, found.grammar
    if found.search("sweep", segment.start, segment.end):
        return False
    folded = found.folded[segment.start : segment.end]
    before = text[max(segment.start, place.start - _CLAUSE) : place.start]
    deed = grammar.pattern("deed")
    followed = grammar.search("follow_up_before", before, folded=folded)
    if followed:
        return deed.search(followed["between"]) is None
    if grammar.search("sequel_before", before, folded=folded):
        return deed.search(text, segment.start, segment.end) is None
    after = text[place.end : min(segment.end, place.end + _CLAUSE)]
    opens = grammar.search("follow_up_after", after, folded=folded)
    return opens is not None and deed.search(before) is None


def _is_state_word(found: Scan, place: Toponym) -> bool:
    """Tell a state named without saying that something is there ("US officials")."""
    states = [c for c in found.countries if c.form != "metonym"]
    if place.parts or not any((c.start, c.end) == (place.start, place.end) for c in states):
        return False
    before = found.report.text[max(0, place.start - _BEFORE) : place.start]
    if found.report.text.startswith(("'s", "’s"), place.end):
        return found.grammar.pattern("locative_of").search(before) is None
    return found.grammar.pattern("locative").search(before) is None


def _told_of(drafts: list[Draft], segment: Segment) -> Draft | None:
    """Give the event that "a day earlier" counts from: the one a paragraph tells, else the first.

    An event without any day is nothing to count from.
    """
    dated = [draft for draft in drafts if draft.when or draft.spoken]
    near = [draft for draft in dated if same_paragraph(draft, segment)]
    if near:
        return max(near, key=lambda draft: draft.segments[-1].start)
    return dated[0] if dated else None


def finer(left: Place | None, right: Place | None) -> Place | None:
    """Give the place that says more exactly where; the first one where they say the same."""
    if left is None or right is None:
        return left or right
    return min(left, right, key=lambda p: _ORDER.index(p.level))


def is_old(when: When | None, published: dt.date | None) -> bool:
    """Tell what happened too long before publication to be the report's undated news."""
    return bool(when and when.latest and published and when.latest < published - _NEWS)


def is_over(when: When | None, published: dt.date | None) -> bool:
    """Tell a month or year that was over at publication: news told without a day is later."""
    whole = when is not None and when.precision in ("month", "year")
    return bool(whole and when and when.latest and published and when.latest < published)


def published_until(found: Scan) -> dt.date | None:
    """Give the last day the report can have been published, from a stated day, month or year."""
    stated = (found.report.published or "")[:10]
    for form in ("{}", "{}-31", "{}-30", "{}-28", "{}-12-31"):
        try:
            return dt.date.fromisoformat(form.format(stated))
        except ValueError:
            continue
    return None
