"""Whose words a part of an event is: its chain of speakers and its stance."""

import re
from collections import Counter
from functools import lru_cache

from dateline.extract.roles import Part
from dateline.extract.scan import Scan
from dateline.extract.speakers import SpeakerMention
from dateline.extract.speech import Attribution
from dateline.extract.tables import Tables
from dateline.model import Speaker, Stance
from dateline.resolve.actors import Focus, side_of
from dateline.values import Place

_AROUND = 24
_MAIN_SHARE = 0.6
_MOST_COUNTRIES = 3


def voice_of(found: Scan, part: Part, known: Tables) -> tuple[Stance, tuple[Speaker, ...]]:
    """Give the stance and the speakers, outermost first, of the words a part is read from.

    The narrowest statement that covers the part's words decides; without one the report speaks.
    """
    covering = [
        said
        for said in found.speech
        if said.kind in ("says", "confirms")
        and said.start <= part.start < said.end
        and (said.speakers or said.stance != "asserted")
    ]
    if not covering:
        return part.stance or "asserted", part.speakers
    said = min(covering, key=lambda s: s.end - s.start)
    stance = part.stance or ("asserted" if said.stance == "denied" else said.stance)
    return stance, part.speakers or speakers_of(found, said, known)


def speakers_of(found: Scan, said: Attribution, known: Tables) -> tuple[Speaker, ...]:
    """Give the chain of a statement with the side each speaker is on."""
    return tuple(Speaker(voice.name, find_side(found, voice, known)) for voice in said.speakers)


def _body_before(found: Scan, voice: SpeakerMention) -> str | None:
    """Give whom "a spokesman" speaks for: the first body its sentence names before him."""
    here = next((s for s in found.sentences if s.start <= voice.start < s.end), None)
    if here is None:
        return None
    for actor in found.within(found.actors, here.start, voice.start):
        if actor.id and actor.form in ("name", "country", "force", "office"):
            return actor.id
    return None


@lru_cache(maxsize=16)
def focus_of(found: Scan) -> Focus:
    """Give the countries a report is about; one alone where most of its places lie there."""
    places = [place for place in found.where.values() if isinstance(place, Place)]
    finer = [p.country for p in places if p.country and p.level not in ("country", "sea")]
    told = Counter(finer or [place.country for place in places if place.country])
    if not told:
        return ()
    first = told.most_common(_MOST_COUNTRIES)
    named = Counter(mention.code for mention in found.countries)
    others = max((count for code, count in named.items() if code != first[0][0]), default=0)
    if first[0][1] >= _MAIN_SHARE * told.total() and others < max(1, named[first[0][0]]):
        return (first[0][0],)
    return tuple(country for country, _ in first)


def find_side(found: Scan, voice: SpeakerMention, known: Tables) -> str | None:
    """Give the id of the actor a speaker speaks for, or None.

    "The coalition" is the coalition named before in the report, "the army" the army named before;
    else the registry knows the words for the side, or the words around the name ("coalition
    spokesman Colonel X"), in the country that the report is about.
    """
    side = voice.side_text or voice.name
    if side.islower():
        for actor in found.actors:
            entry = known.book.actors.get(actor.id or "")
            named = entry is not None and entry.kind != "generic" and actor.end <= voice.start
            if named and side in actor.name.lower().split():
                return actor.id
    if side.lower() in known.grammars["speech"].words["spokes"]:
        return _body_before(found, voice)
    text = found.report.text
    before = text[max(0, voice.start - _AROUND) : voice.start]
    around = re.split(r"[\n,;:.]", before)[-1] + text[voice.start : voice.end]
    focus = focus_of(found)
    return side_of(side, known.actors, focus) or side_of(around, known.actors, focus)
