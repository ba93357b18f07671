"""Who did it, as told: done by, claimed by, blamed on, suspected, denied, claimed by nobody.

Every finding is a perpetrator part with the stance and the speaker of its own words; the four
ways of being responsible are views over them.
"""

from collections.abc import Iterator

from dateline.extract.events import Draft
from dateline.extract.roles import Part
from dateline.extract.scan import Scan
from dateline.extract.speakers import SpeakerMention
from dateline.extract.speech import Attribution
from dateline.extract.tables import Tables
from dateline.extract.triggers import Trigger, find_candidates
from dateline.extract.voices import focus_of, speakers_of
from dateline.model import Speaker, Stance
from dateline.resolve.actors import ActorMention, resolve_actor
from dateline.values import Actor, Term, Unknown

_GAP = 40
_STANCES: dict[str, Stance] = {"blames": "asserted", "suspects": "suspected", "denies": "denied"}


def perpetrators(found: Scan, draft: Draft, drafts: list[Draft], known: Tables) -> Iterator[Part]:
    """Yield the perpetrator and unclaimed parts of an event.

    What a headline says of the doer yields to what the body says of the same one.
    """
    told = list(_all_told(found, draft, drafts, known))
    body = {_id(part) for part in told if part.start >= found.headline_end}
    blamed = {_state(part, known) for part in told if part.stance != "denied"}
    for part in told:
        yields = part.start < found.headline_end and _id(part) in body
        if not yields and (part.stance != "denied" or _state(part, known) in blamed):
            yield part


def _id(part: Part) -> str | None:
    return part.value.id if isinstance(part.value, Actor) else None


def _state(part: Part, known: Tables) -> str | None:
    """Give the state a government or its force belongs to, else the actor's own id.

    Turkey may deny what Turkish forces are blamed for.
    """
    entry = known.book.actors.get(_id(part) or "")
    of_state = entry is not None and entry.kind in ("government", "state_force", "police")
    return entry.country if entry is not None and of_state else _id(part)


def _all_told(found: Scan, draft: Draft, drafts: list[Draft], known: Tables) -> Iterator[Part]:
    for trigger in draft.triggers:
        readings = find_candidates(found, trigger.segment, known)
        downed = trigger.type == "interception"
        acts = [t for t in readings if (t.type == "interception") == downed]
        yield from _agents(found, [trigger, *acts], known)
    for said in found.speech:
        if said.kind == "says" or not _belongs(found, said, draft, drafts):
            continue
        if said.kind == "unclaimed":
            yield Part("unclaimed", said.start, said.end, Term("claim_status", "unclaimed"))
        else:
            yield from _told(found, said, known)


def _belongs(found: Scan, said: Attribution, draft: Draft, drafts: list[Draft]) -> bool:
    """Tell whether a statement is about this event: it stands in one of its segments.

    One that no event owns is about the reported ones, unless it speaks of a habit.
    """
    at = said.cue_start
    owners = [d for d in drafts if any(s.start <= at < s.end for s in d.segments)]
    if owners and not (said.kind == "unclaimed" and not owners[0].reported):
        return draft is owners[0]
    here = next((s for s in found.sentences if s.start <= at < s.end), None)
    habit = here is not None and found.cue("habitual", here.start, here.end) is not None
    return draft.reported and (said.kind == "unclaimed" or not habit)


def _told(found: Scan, said: Attribution, known: Tables) -> Iterator[Part]:
    if said.kind == "claims_responsibility":
        for voice in said.speakers[-1:]:
            start, end = _claimant(found, voice, known)
            value = _who(found, start, end, known)
            if isinstance(value, Actor):
                name = voice.name if value.id is None else found.report.text[start:end]
                by = (Speaker(name, value.id),)
                yield Part("perpetrator", start, end, value, 1.0, "asserted", by)
        return
    accused = _accused(found, said)
    if accused is None or said.kind not in _STANCES:
        return
    start, end = accused
    value = _who(found, start, end, known)
    if isinstance(value, Actor):
        stance: Stance = "suspected" if said.stance == "suspected" else _STANCES[said.kind]
        yield Part("perpetrator", start, end, value, 1.0, stance, speakers_of(found, said, known))


def _accused(found: Scan, said: Attribution) -> tuple[int, int] | None:
    """Give the words for whom a statement blames, or who denies having done it."""
    if said.object_start is not None and said.object_end is not None:
        return said.object_start, said.object_end
    content = found.report.text[said.cue_start : max(said.end, said.cue_end)]
    if said.kind != "denies" or not said.speakers:
        return None
    if not found.grammar.pattern("disclaims").search(content):
        return None
    return said.speakers[-1].start, said.speakers[-1].end


def _claimant(found: Scan, voice: SpeakerMention, known: Tables) -> tuple[int, int]:
    """Give where the claimant is named: in an apposition where the words before it name nobody."""
    value = resolve_actor(voice.name, known.actors, focus_of(found))
    entry = known.book.actors.get(value.id or "") if isinstance(value, Actor) else None
    lead = found.grammar.pattern("apposition").match(found.report.text, voice.end)
    if lead is None or (entry is not None and entry.kind != "generic"):
        return voice.start, voice.end
    until = found.report.text.find(",", lead.end())
    for actor in found.within(found.actors, lead.end(), max(until, lead.end() + 1)):
        if actor.form in ("name", "unregistered"):
            return actor.start, actor.end
    return voice.start, voice.end


def _who(found: Scan, start: int, end: int, known: Tables) -> Actor | Unknown:
    """Resolve words for an actor; "the group" is the group last named before them."""
    words = found.report.text[start:end]
    if found.grammar.pattern("the_group").fullmatch(words):
        for actor in reversed([a for a in found.actors if a.end <= start]):
            if actor.form in ("name", "unregistered", "backed"):
                return resolve_actor(actor.name, known.actors, focus_of(found))
    return resolve_actor(words, known.actors, focus_of(found))


def _agents(found: Scan, acts: list[Trigger], known: Tables) -> Iterator[Part]:
    """Yield who the words around an act say did it: "Turkish drones", "killed by", a subject."""
    segment = acts[0].segment
    places = found.within(found.places, segment.start, segment.end)
    for actor in found.within(found.actors, segment.start, segment.end):
        if any(p.start <= actor.start < p.end for p in places):
            continue
        if any(_acts(found, actor, act) for act in acts):
            yield from _agent(found, _named_by(found, actor), known)
            return


def _acts(found: Scan, actor: ActorMention, act: Trigger) -> bool:
    leads = actor.end <= act.start
    done = _leads(found, actor, act) if leads else _follows(found, actor, act)
    return done or _wields(found, actor, act)


def _named_by(found: Scan, actor: ActorMention) -> ActorMention:
    """Take the group in "gunmen of the group X" for the gunmen."""
    link = found.grammar.pattern("member_of").match(found.report.text, actor.end)
    if link and actor.name.lower() == actor.name[0].lower() + actor.name[1:]:
        for group in found.within(found.actors, link.end(), link.end() + 1):
            if group.form in ("name", "unregistered", "backed"):
                return group
    return actor


def _agent(found: Scan, actor: ActorMention, known: Tables) -> Iterator[Part]:
    words = found.report.text[actor.start : actor.end]
    value = resolve_actor(words, known.actors, focus_of(found))
    stance: Stance | None = "suspected" if found.grammar.pattern("supposed").search(words) else None
    before = found.report.text[max(0, actor.start - _GAP) : actor.start]
    if found.grammar.pattern("supposed_before").search(before):
        stance = "suspected"
    yield Part("perpetrator", actor.start, actor.end, value, 1.0, stance)


def _leads(found: Scan, actor: ActorMention, trigger: Trigger) -> bool:
    """Tell whether an actor in front of a trigger is its doer: modifier or subject."""
    between = found.report.text[actor.end : trigger.start]
    if trigger.nominal:
        return found.grammar.pattern("modifier_gap").fullmatch(between) is not None
    doers = ("name", "force", "backed", "unregistered", "country", "office")
    if actor.form not in doers or trigger.type == "interception":
        return False
    if actor.form == "office" and " " in actor.name:
        return False
    if _is_passive(found, trigger) or any(w.start == trigger.start for w in found.weapons):
        return False
    return (
        len(between) <= _GAP and found.grammar.pattern("subject_gap").fullmatch(between) is not None
    )


def _wields(found: Scan, actor: ActorMention, trigger: Trigger) -> bool:
    """Tell whether the weapon of a trigger is an actor's: "Russian missiles", "drones of the X"."""
    text, grammar = found.report.text, found.grammar
    segment = trigger.segment
    for weapon in found.within(found.weapons, segment.start, segment.end):
        if weapon.entry[1] == "implied":
            continue
        if actor.start < weapon.start < actor.end:
            return True
        if actor.end <= weapon.start:
            if grammar.pattern("modifier_gap").fullmatch(text[actor.end : weapon.start]):
                return True
        elif grammar.pattern("weapon_of").fullmatch(text[weapon.end : actor.start]):
            return True
    return False


def _follows(found: Scan, actor: ActorMention, trigger: Trigger) -> bool:
    """Tell whether an actor behind a trigger is its doer: "killed by", "attack by"."""
    before = found.report.text[max(trigger.start, actor.start - _GAP) : actor.start]
    grammar = found.grammar
    return grammar.pattern("agent_lead").search(before) is not None and not (
        grammar.pattern("not_agent").search(before)
    )


def _is_passive(found: Scan, trigger: Trigger) -> bool:
    violent = found.grammar.pattern("participle").match(found.report.text, trigger.start)
    if violent and found.grammar.pattern("no_object").match(found.report.text, trigger.start):
        return True
    before = found.report.text[max(trigger.segment.start, trigger.start - _GAP) : trigger.end]
    return found.grammar.pattern("passive").search(before) is not None
