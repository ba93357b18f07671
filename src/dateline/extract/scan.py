"""Everything a report mentions, found once: dates, places, actors, weapons, targets, casualties.

`scan` is a pure function of the report and the tables; later steps only choose among what it found.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, TypeVar

from dateline.codebook import Grammar
from dateline.extract.casualties import Casualty, find_casualties
from dateline.extract.counts import Quantity, find_counts
from dateline.extract.segments import Segment, segments
from dateline.extract.speech import Attribution, find_speech
from dateline.extract.tables import CUES, Tables, TypeWord
from dateline.extract.totals import Total, find_totals
from dateline.model import Report
from dateline.phrases import Match
from dateline.resolve.actors import ActorMention, find_actors
from dateline.resolve.countries import CountryMention, find_countries
from dateline.resolve.dates import find_dateline_date, find_dates
from dateline.resolve.expressions import Expression
from dateline.resolve.intervals import resolve_date
from dateline.resolve.places import context, resolve_place
from dateline.resolve.seats import at_seat
from dateline.resolve.toponyms import Toponym, find_places
from dateline.text import Sentence, aligned_fold, sentences
from dateline.values import Place, Unknown, When

M = TypeVar("M", bound=Any)
# A dispatch is printed this long after it was written.
_IN_PRINT = dt.timedelta(days=3)
_STAMP = 40  # characters before a date in which "Published on" may stand


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """What stands in a report, each list in text order, all offsets those of the report.

    `folded` is its text, folded. `written` is the day that "today" means: that of the dateline,
    else that of publication.
    """

    report: Report
    folded: str
    written: dt.date | None
    grammar: Grammar
    headline_end: int
    datelines: list[tuple[int, int]]
    sentences: list[Sentence]
    segments: list[Segment]
    dates: list[Expression]
    places: list[Toponym]
    where: dict[Toponym, Place | Unknown]
    countries: list[CountryMention]
    actors: list[ActorMention]
    weapons: list[Match[TypeWord]]
    targets: list[Match[TypeWord]]
    types: list[Match[TypeWord]]
    impacts: list[Match[str]]
    objects: list[Match[str]]
    damage: list[Match[str]]
    relations: list[Match[tuple[str, str]]]
    cues: dict[str, list[Match[str]]]
    counts: list[Quantity]
    totals: dict[int, Total]
    casualties: list[Casualty]
    speech: list[Attribution]

    def within(self, items: list[M], start: int, end: int) -> list[M]:
        """Give the items of one of the lists that begin inside a stretch of the text."""
        return [item for item in items if start <= item.start < end]

    def search(self, pattern: str, start: int, end: int) -> re.Match[str] | None:
        """Search a stretch of the text for a pattern of the grammar of events."""
        if not self.grammar.has_sign(pattern, self.folded[start:end]):
            return None
        return self.grammar.pattern(pattern).search(self.report.text, start, end)

    def told_on(self, date: Expression) -> dt.date | None:
        """Give the day a date counts from: "today" means that of the dateline."""
        return self.written if date.form == "relative" else self.report.published_day

    def cue(self, name: str, start: int, end: int) -> Match[str] | None:
        """Give the first cue of a class inside a stretch, or None."""
        return next(iter(self.within(self.cues[name], start, end)), None)


def scan(report: Report, known: Tables) -> Scan:
    """Find everything a report mentions; headers that only date the report are left out."""
    text = report.text
    header = find_dateline_date(text, known.grammars["dates"])
    sentence_list = sentences(text, report.language or "en")
    headline = _has_headline(report)
    actors = find_actors(text, known.actors)
    names = [
        (a.start, a.end) for a in actors if a.form in ("name", "force", "backed", "unregistered")
    ]
    places = find_places(text, known.places, known.book, names)
    setting = context(text, places, known.places, known.book)
    told = find_dates(text, known.grammars["dates"])
    dates = [
        d
        for d in told
        if not (
            _inside(d, header)
            or _describes(d, text, known)
            or _stamps(d, text, known)
            or _numbers_a_house(d, text, known)
        )
    ]
    counted = [(s, find_counts(s.text, known.grammars["counts"])) for s in sentence_list]
    counts = [quantity.moved(s.start) for s, here in counted for quantity in here]
    words = known.words.find(text)
    return Scan(
        report=report,
        folded=aligned_fold(text),
        written=_written(report, header),
        grammar=known.grammars["events"],
        headline_end=len(text.split("\n", 1)[0]) if headline else 0,
        datelines=[m.span() for s in sentence_list if (m := _dateline(s, text, known))],
        sentences=sentence_list,
        segments=segments(sentence_list, known.grammars["events"], headline=headline),
        dates=dates,
        places=places,
        where={p: at_seat(resolve_place(p, setting), known.places) for p in places},
        countries=find_countries(text, known.book),
        actors=actors,
        weapons=[m for m in words["weapons"] if m.entry is not None],
        targets=_without_carriers(words, known),
        types=[m for m in words["types"] if m.entry is not None],
        impacts=words["impacts"],
        objects=words["objects"],
        damage=words["damage"],
        relations=words["relations"],
        cues=_without_months({name: words[name] for name in CUES}, told),
        counts=counts,
        totals=find_totals(sentence_list, dates, counts, known.grammars["kinds"]),
        casualties=[
            casualty.moved(s.start)
            for s, here in counted
            for casualty in find_casualties(s.text, here, known.grammars["counts"])
        ],
        speech=find_speech(sentence_list, known.grammars["speech"]),
    )


def _without_carriers(words: dict[str, list[Match[Any]]], known: Tables) -> list[Match[TypeWord]]:
    """Leave out what only names a weapon: the truck of a truck bomb, the van of a van attack."""
    book, carriers = known.book, known.grammars["events"].words["carriers"]
    names = [m for m in words["weapons"] if m.entry is not None]
    names += [
        m
        for m in words["types"]
        if m.entry is not None and book.event_types[m.entry[0]].details.get("weapon") in carriers
    ]
    spans = [(m.start, m.end) for m in names]
    return [
        m
        for m in words["targets"]
        if m.entry is not None
        and not any(a <= m.start and m.end <= b and b - a > m.end - m.start for a, b in spans)
    ]


def _without_months(
    cues: dict[str, list[Match[str]]], dates: list[Expression]
) -> dict[str, list[Match[str]]]:
    """Leave out the "May" of "May 4", which makes nothing hypothetical."""
    modals = [
        cue
        for cue in cues["hypothetical"]
        if not any(date.start <= cue.start < date.end for date in dates)
    ]
    return cues | {"hypothetical": modals}


def _written(report: Report, header: Expression | None) -> dt.date | None:
    """Give the day of the dateline where it lies shortly before publication, else that of it."""
    published = report.published_day
    if published is None or header is None:
        return published
    stated = resolve_date(header, published)
    day = stated.earliest if isinstance(stated, When) and stated.precision == "day" else None
    return day if day and published - _IN_PRINT <= day <= published else published


def _has_headline(report: Report) -> bool:
    first = report.text.split("\n", 1)[0]
    return len(first) < len(report.text) and not first.rstrip().endswith((".", "!", "?"))


def _dateline(sentence: Sentence, text: str, known: Tables) -> re.Match[str] | None:
    """Give the "KABUL (Agency) -" that opens a paragraph, or None."""
    line = text.rfind("\n", 0, sentence.start) + 1
    if text[line : sentence.start].strip():
        return None
    name = "dateline_plain" if sentence.text.islower() else "dateline"
    return known.grammars["events"].pattern(name).match(text, line)


def _describes(date: Expression, text: str, known: Tables) -> bool:
    """Tell a feast that only describes what follows: a Christmas market stands in November too."""
    describing = known.grammars["events"].pattern("describing")
    return date.rule == "holiday" and describing.match(text, date.end) is not None


def _stamps(date: Expression, text: str, known: Tables) -> bool:
    """Tell a date that says when words were published: "(Published Monday, April 18)"."""
    before = ("" if date.start >= _STAMP else "\n") + text[max(0, date.start - _STAMP) : date.start]
    return known.grammars["dates"].pattern("stamp_before").search(before) is not None


def _numbers_a_house(date: Expression, text: str, known: Tables) -> bool:
    """Tell a number of four digits that only looks like a year: "the 1500 block of Oak Drive"."""
    if not text[date.start : date.end].isdecimal():
        return False
    grammar, before = known.grammars["dates"], text[max(0, date.start - _STAMP) : date.start]
    if grammar.pattern("block_after").match(text, date.end):
        return True
    is_street = grammar.pattern("street_after").match(text, date.end) is not None
    return is_street and grammar.pattern("year_of").search(before) is None


def _inside(date: Expression, header: Expression | None) -> bool:
    return header is not None and header.start <= date.start < header.end
