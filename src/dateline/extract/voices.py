"""Whose words a part of an event is: its chain of speakers and its stance."""

import re

from dateline.extract.bodies import focus_at
from dateline.extract.roles import Part
from dateline.extract.scan import Scan
from dateline.extract.speakers import SpeakerMention
from dateline.extract.speech import Attribution
from dateline.extract.tables import Tables
from dateline.model import Speaker, Stance
from dateline.resolve.actors import ActorMention, side_of

_AROUND = 24


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
    offices = part.role == "perpetrator"
    return stance, part.speakers or speakers_of(found, said, known, offices=offices)


def speakers_of(
    found: Scan, said: Attribution, known: Tables, *, offices: bool = False
) -> tuple[Speaker, ...]:
    """Give the chain of a statement with the side each speaker is on.

    With `offices`, what a person speaks as, or for, stands before the person's name: "army
    spokesman", then "Capt. Diallo". Who did it is told by bodies; persons only speak for them.
    """
    chain: list[Speaker] = []
    for voice in said.speakers:
        side = find_side(found, voice, known)
        office = _office_of(found, voice, known) if offices and side else None
        chain += [Speaker(office, side)] if office else []
        chain.append(Speaker(voice.name, side))
    return tuple(chain)


def _office_of(found: Scan, voice: SpeakerMention, known: Tables) -> str | None:
    """Give the words for what a named person speaks as; None where they name nothing else."""
    side, grammar = voice.side_text, known.grammars["speech"]
    if side is None or side == voice.name:
        return None
    words = found.report.text[voice.start : voice.end]
    before, named, after = words.partition(voice.name)
    if not after and before.lower() in ("a ", "an ", "the "):
        return None
    office = (before.strip(" ,") or after.strip(" ,")) if named else ""
    office = grammar.pattern("article").sub("", office or side, count=1)
    if office.lower() in grammar.words["spokes"]:
        body = _body_before(found, voice)
        return found.report.text[body.start : body.end] if body else None
    return office


def _body_before(found: Scan, voice: SpeakerMention) -> ActorMention | None:
    """Give whom "a spokesman" speaks for: the first body its sentence names before him."""
    here = next((s for s in found.sentences if s.start <= voice.start < s.end), None)
    if here is None:
        return None
    for actor in found.within(found.actors, here.start, voice.start):
        if actor.id and actor.form in ("name", "country", "force", "office"):
            return actor
    return None


def find_side(found: Scan, voice: SpeakerMention, known: Tables) -> str | None:
    """Give the id of the actor a speaker speaks for, or None.

    "The coalition" is the coalition named before in the report, "the army" the army named before;
    else the registry knows the words for the side, or the words around the name ("coalition
    spokesman Colonel X"), in the country that the report is about.
    """
    side = voice.side_text or voice.name
    earlier = named_before(found, side, voice.start, known)
    if earlier is not None:
        return earlier.id
    if side.lower() in known.grammars["speech"].words["spokes"]:
        body = _body_before(found, voice)
        return body.id if body else None
    text = found.report.text
    before = text[max(0, voice.start - _AROUND) : voice.start]
    around = re.split(r"[\n,;:.]", before)[-1] + text[voice.start : voice.end]
    focus = focus_at(found, side, voice.start, known)
    return side_of(side, known.actors, focus) or side_of(around, known.actors, focus)


def named_before(found: Scan, words: str, before: int, known: Tables) -> ActorMention | None:
    """Give the actor whose name has the plain word for a body: "the coalition", "the army".

    None where two of different states, or two other bodies, are called so.
    """
    body = known.grammars["speech"].pattern("article").sub("", words, count=1)
    if not body.islower():
        return None
    called: dict[str, ActorMention] = {}
    for actor in found.actors:
        entry = known.book.actors.get(actor.id or "")
        named = entry is not None and entry.kind != "generic" and actor.end <= before
        if entry is not None and named and body in actor.name.lower().split():
            called.setdefault((entry.is_of_state and entry.country) or entry.id, actor)
    return next(iter(called.values())) if len(called) == 1 else None
