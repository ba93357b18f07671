"""Who did it, as told: done by, claimed by, blamed on, suspected, denied, claimed by nobody.

Every finding is a perpetrator part with the stance and the speaker of its own words; the four
ways of being responsible are views over them.
"""

from collections.abc import Iterator
from dataclasses import replace

from dateline.extract.about import belongs, home_of_side
from dateline.extract.bodies import focus_at
from dateline.extract.circumstances import ARREST
from dateline.extract.doers import GROUPS, doers
from dateline.extract.events import Draft
from dateline.extract.focus import focus_of
from dateline.extract.jointly import blamed_pair, joint_claimants
from dateline.extract.roles import Part
from dateline.extract.scan import Scan
from dateline.extract.speakers import SpeakerMention
from dateline.extract.speech import Attribution
from dateline.extract.tables import Tables
from dateline.extract.triggers import Trigger, find_candidates
from dateline.extract.voices import named_before, speakers_of
from dateline.model import Speaker, Stance
from dateline.resolve.actors import resolve_actor
from dateline.values import Actor, Term, Unknown

_LONGEST_NAME = 80
_STANCES: dict[str, Stance] = {"blames": "asserted", "suspects": "suspected", "denies": "denied"}


def perpetrators(found: Scan, draft: Draft, drafts: list[Draft], known: Tables) -> Iterator[Part]:
    """Yield the perpetrator and unclaimed parts of an event.

    What a headline says of the doer yields to what the body says of the same one.
    """
    told = list(_all_told(found, draft, drafts, known))
    told = [part for part in told if not _is_counterclaim(found, part, told, draft, known)]
    told += _denied_by_blaming(found, draft, drafts, told, known)
    body = {(_id(part), _denies(part)) for part in told if part.start >= found.headline_end}
    blamed = {_state(part, known) for part in told if part.stance != "denied"}
    for part in told:
        yields = part.start < found.headline_end and (_id(part), _denies(part)) in body
        if not yields and (part.stance != "denied" or _state(part, known) in blamed):
            yield part


def _denies(part: Part) -> bool:
    return part.stance == "denied"


def _is_counterclaim(
    found: Scan, part: Part, told: list[Part], draft: Draft, known: Tables
) -> bool:
    """Tell a claim to have struck the attackers: "the army says it killed ten of the raiders".

    So it is with armed people killed in another sentence than the deed, if nobody else tells that
    the claimant's side did it.
    """
    if not any(speaker.side == _id(part) for speaker in part.speakers) or _id(part) is None:
        return False
    here = next((s for s in found.sentences if s.start <= part.start < s.end), None)
    others = {_id(p) for p in told if _id(p) != _id(part) and not _denies(p)} - {None}
    if here is not None and draft.triggers[0].start < here.start:
        state = _state(part, known)
        alone = not any(p is not part and _state(p, known) == state for p in told)
        opponents = known.grammars["speech"].pattern("killed_opponents")
        if alone and opponents.match(found.report.text, part.end, here.end):
            return True
    return here is not None and any(
        actor.id in others
        and found.grammar.pattern("counted_before").search(found.report.text, part.end, actor.start)
        for actor in found.within(found.actors, part.end, here.end)
    )


def _denied_by_blaming(
    found: Scan, draft: Draft, drafts: list[Draft], told: list[Part], known: Tables
) -> Iterator[Part]:
    """Yield the denial in "Turkey says the PKK was behind it" where Turkey stands accused."""
    accused = {
        _state(part, known)
        for part in told
        if part.stance == "suspected" or (part.speakers and not _denies(part))
    } - {None}
    denied = {_state(part, known) for part in told if _denies(part)}
    for said in found.speech:
        named = said.kind == "blames" and bool(said.speakers)
        if not named or not belongs(found, said, draft, drafts, known):
            continue
        voice = said.speakers[-1]
        value = _who(found, voice.start, voice.end, known)
        part = Part("perpetrator", voice.start, voice.end, value, 1.0, "denied")
        state = _state(part, known)
        if any(_state(other, known) == state for other in _told(found, said, known)):
            continue
        if isinstance(value, Actor) and state in accused - denied:
            denied.add(state)
            yield replace(part, speakers=speakers_of(found, said, known, offices=True))


def _id(part: Part) -> str | None:
    return part.value.id if isinstance(part.value, Actor) else None


def _state(part: Part, known: Tables) -> str | None:
    """Give the state a government or its force belongs to, else the actor's own id.

    Turkey may deny what Turkish forces are blamed for.
    """
    return home_of_side(_id(part), known)


def _all_told(found: Scan, draft: Draft, drafts: list[Draft], known: Tables) -> Iterator[Part]:
    answers = [trigger for trigger in draft.triggers if _answers(found, trigger)]
    for trigger in draft.triggers:
        if trigger in answers and len(answers) < len(draft.triggers):
            continue
        readings = find_candidates(found, trigger.segment, known)
        downed = trigger.type == "interception"
        acts = [t for t in readings if (t.type == "interception") == downed]
        deeds = [act for act in (trigger, *acts) if not _follows_up(act, draft)]
        yield from doers(found, trigger.segment, deeds, known)
    for said in found.speech:
        if said.kind == "says" or not belongs(found, said, draft, drafts, known):
            continue
        if said.kind == "unclaimed":
            yield Part("unclaimed", said.start, said.end, Term("claim_status", "unclaimed"))
        else:
            yield from _told(found, said, known)


def _answers(found: Scan, trigger: Trigger) -> bool:
    """Tell what was done to attackers, or to one told before: "police shot dead the driver"."""
    segment = trigger.segment
    return any(
        (casualty.attackers or casualty.definite)
        and casualty.start < trigger.end
        and trigger.start < casualty.end
        for casualty in found.within(found.casualties, segment.start, segment.end)
    )


def _follows_up(act: Trigger, draft: Draft) -> bool:
    """Tell an arrest told after the deed: who arrests is not who did it."""
    first = draft.triggers[0]
    return act.type == ARREST != first.type and act.segment != first.segment


def _told(found: Scan, said: Attribution, known: Tables) -> Iterator[Part]:
    if said.kind == "claims_responsibility":
        for voice in said.speakers[-1:]:
            yield from _claimed(found, said, voice, known)
        return
    accused = _accused(found, said, known)
    if accused is None or said.kind not in _STANCES:
        return
    start, end = accused
    if _is_home(found, said, start, end, known):
        return
    pair = blamed_pair(found, start, end, known)
    if pair:
        for bounds in pair:
            yield from _accusing(found, said, *bounds, known)
        return
    yield from _accusing(found, said, start, end, known)


def _accusing(
    found: Scan, said: Attribution, start: int, end: int, known: Tables
) -> Iterator[Part]:
    """Yield whom the words that a statement accuses name."""
    value = _who(found, start, end, known)
    if _is_unnamed(value, known):
        start, end = _called(found, end, known) or (start, end)
        value = _who(found, start, end, known)
    if isinstance(value, Unknown) and said.kind == "blames":
        value = _described(found, start, end, known) or value
    if isinstance(value, Actor):
        stance: Stance = "suspected" if said.stance == "suspected" else _STANCES[said.kind]
        speakers = speakers_of(found, said, known, offices=True)
        yield Part("perpetrator", start, end, value, 1.0, stance, speakers)


def _claimed(
    found: Scan, said: Attribution, voice: SpeakerMention, known: Tables
) -> Iterator[Part]:
    """Yield those who claim a deed, each as the speaker of its own claim."""
    behalf = _behalf(found, said, voice, known)
    both = joint_claimants(found, said, voice, behalf, known)
    for start, end in both or ([behalf] if behalf else []):
        value = _who(found, start, end, known, claims=True)
        if not isinstance(value, Actor) or _only_shows(found, said, value, known):
            continue
        name = found.report.text[start:end]
        if value.id is None:
            # "The Movement for Unity and Jihad" is one name.
            cut = name.partition(value.name)[2].startswith(" and ") and not both
            value = replace(value, name=name) if cut else value
            name = known.grammars["speech"].pattern("article").sub("", value.name, count=1)
        by = (Speaker(name, value.id),)
        yield Part("perpetrator", start, end, value, 1.0, "asserted", by)


def _behalf(
    found: Scan, said: Attribution, voice: SpeakerMention, known: Tables
) -> tuple[int, int] | None:
    """Give the words for the claimant; None for a caller who does not say for whom he speaks."""
    grammar, text = known.grammars["speech"], found.report.text
    behalf = grammar.pattern("claims_for").match(text, said.cue_end)
    if behalf:
        return behalf.span("who")
    unnamed = grammar.pattern("caller").search(text, voice.start, voice.end)
    return None if unnamed else _claimant(found, voice, known)


def _is_home(found: Scan, said: Attribution, start: int, end: int, known: Tables) -> bool:
    """Tell where they are from ("the attackers came from the hills") from what they are of."""
    cue = found.report.text[said.cue_start : said.cue_end]
    if not known.grammars["speech"].pattern("came_from").search(cue):
        return False
    groups = [a for a in found.within(found.actors, start, end) if a.form in GROUPS]
    return not groups or any(p.start <= start < p.end for p in found.places)


def _only_shows(found: Scan, said: Attribution, who: Actor, known: Tables) -> bool:
    """Tell police that publish a video of an attack from the group whose outlet does."""
    cue = found.report.text[said.cue_start : said.cue_end]
    entry = known.book.actors.get(who.id or "")
    armed = entry is not None and entry.kind in known.actors.grammar.words["spelt_loosely"]
    return not armed and known.grammars["speech"].pattern("claims_shown").match(cue) is not None


def _accused(found: Scan, said: Attribution, known: Tables) -> tuple[int, int] | None:
    """Give the words for whom a statement blames, or who denies having done it."""
    if said.object_start is not None and said.object_end is not None:
        end = said.object_end
        # What a verb of blame is followed by ends at "of", and so may a name go on.
        named = (a.end for a in found.actors if said.object_start <= a.start < end < a.end)
        return said.object_start, max(named, default=end)
    content = found.report.text[said.cue_start : max(said.end, said.cue_end)]
    if said.kind != "denies" or not said.speakers:
        return None
    habit = known.grammars["speech"].pattern("denies_habit").search(content)
    if habit or not found.grammar.pattern("disclaims").search(content):
        return None
    return said.speakers[-1].start, said.speakers[-1].end


def _claimant(found: Scan, voice: SpeakerMention, known: Tables) -> tuple[int, int]:
    """Give where the claimant is named: in an apposition where the words before it name nobody."""
    text = found.report.text
    value = resolve_actor(voice.name, known.actors, focus_of(found))
    entry = known.book.actors.get(value.id or "") if isinstance(value, Actor) else None
    lead = found.grammar.pattern("apposition").match(text, voice.end)
    if entry is not None and entry.kind != "generic":
        outlets = [
            a for a in found.within(found.actors, voice.start, voice.end) if a.id == entry.id
        ]
        outlet = next((a for a in outlets if a.form == "office"), None)
        return (outlet.start, outlet.end) if outlet else (voice.start, voice.end)
    of_kin = lead is not None and known.grammars["speech"].pattern("kin_of").match(text, lead.end())
    if lead is None or (of_kin and isinstance(value, Actor)):
        return voice.start, voice.end
    mark = known.grammars["speech"].pattern("phrase_mark").search(text, lead.end())
    until = mark.start() if mark else len(text)
    for actor in found.within(found.actors, voice.end, until):
        if actor.form in ("name", "unregistered"):
            return max(actor.start, voice.end), actor.end
    called = text[voice.end : until].lstrip(", ")
    unnamed = known.grammars["speech"].pattern("unnamed_group").search(voice.name)
    if unnamed and len(called) < _LONGEST_NAME and called.lower() != called:
        return until - len(called), until
    return voice.start, voice.end


def _who(
    found: Scan, start: int, end: int, known: Tables, *, claims: bool = False
) -> Actor | Unknown:
    """Resolve words for an actor; "the group" is the group last named before them."""
    words = known.grammars["speech"].pattern("speaks_for").sub("", found.report.text[start:end])
    if found.grammar.pattern("the_group").fullmatch(words):
        for actor in reversed([a for a in found.actors if a.end <= start]):
            entry = known.book.actors.get(actor.id or "")
            group = entry is None or not (entry.is_of_state or entry.kind == "generic")
            if actor.form in GROUPS and group:
                return resolve_actor(actor.name, known.actors, focus_of(found))
    value = resolve_actor(words, known.actors, focus_at(found, words, start, known, claims=claims))
    plain = known.grammars["speech"].pattern("article").sub("", words, count=1).islower()
    if _is_unnamed(value, known) or (plain and isinstance(value, Actor) and value.id is None):
        named = named_before(found, words, start, known)
        value = resolve_actor(named.name, known.actors, focus_of(found)) if named else value
    return value


def _is_unnamed(value: Actor | Unknown, known: Tables) -> bool:
    """Tell words for nobody and for a mere class of groups from a name."""
    entry = known.book.actors.get(value.id or "") if isinstance(value, Actor) else None
    return isinstance(value, Unknown) or (entry is not None and entry.kind == "generic")


def _called(found: Scan, end: int, known: Tables) -> tuple[int, int] | None:
    """Give where those just spoken of are named: "a local group, National Dawn"."""
    called = known.grammars["speech"].pattern("called").match(found.report.text, end)
    return called.span("name") if called else None


def _described(found: Scan, start: int, end: int, known: Tables) -> Actor | None:
    """Keep the words for those who are blamed where they say more than that they are armed."""
    words = found.report.text[start:end]
    telling = known.grammars["speech"].pattern("described_group").fullmatch(words)
    return Actor(None, words, "named only by what is said of them") if telling else None
