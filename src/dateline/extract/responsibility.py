"""Who did it, as told: done by, claimed by, blamed on, suspected, denied, claimed by nobody.

Every finding is a perpetrator part with the stance and the speaker of its own words; the four
ways of being responsible are views over them.
"""

from collections.abc import Iterator
from dataclasses import replace

from dateline.extract.events import Draft
from dateline.extract.focus import focus_of
from dateline.extract.roles import Part
from dateline.extract.scan import Scan
from dateline.extract.speakers import SpeakerMention
from dateline.extract.speech import Attribution
from dateline.extract.tables import Tables
from dateline.extract.triggers import Trigger, find_candidates
from dateline.extract.voices import speakers_of
from dateline.model import Speaker, Stance
from dateline.resolve.actors import ActorMention, resolve_actor
from dateline.values import Actor, Term, Unknown

_GAP = 40
_BY = len(" by ")
_STANCES: dict[str, Stance] = {"blames": "asserted", "suspects": "suspected", "denies": "denied"}
_OF_STATE = ("government", "state_force", "police")


def perpetrators(found: Scan, draft: Draft, drafts: list[Draft], known: Tables) -> Iterator[Part]:
    """Yield the perpetrator and unclaimed parts of an event.

    What a headline says of the doer yields to what the body says of the same one.
    """
    told = list(_all_told(found, draft, drafts, known))
    told = [part for part in told if not _is_counterclaim(found, part, told)]
    told += _denied_by_blaming(found, draft, drafts, told, known)
    body = {(_id(part), _denies(part)) for part in told if part.start >= found.headline_end}
    blamed = {_state(part, known) for part in told if part.stance != "denied"}
    for part in told:
        yields = part.start < found.headline_end and (_id(part), _denies(part)) in body
        if not yields and (part.stance != "denied" or _state(part, known) in blamed):
            yield part


def _denies(part: Part) -> bool:
    return part.stance == "denied"


def _is_counterclaim(found: Scan, part: Part, told: list[Part]) -> bool:
    """Tell a claim to have struck the attackers: "the army says it killed ten of the raiders"."""
    if not any(speaker.side == _id(part) for speaker in part.speakers) or _id(part) is None:
        return False
    here = next((s for s in found.sentences if s.start <= part.start < s.end), None)
    others = {_id(p) for p in told if _id(p) != _id(part) and not _denies(p)} - {None}
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
        if said.kind != "blames" or not said.speakers or not _belongs(found, said, draft, drafts):
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
    entry = known.book.actors.get(_id(part) or "")
    of_state = entry is not None and entry.kind in _OF_STATE
    return entry.country if entry is not None and of_state else _id(part)


def _all_told(found: Scan, draft: Draft, drafts: list[Draft], known: Tables) -> Iterator[Part]:
    answers = [trigger for trigger in draft.triggers if _answers(found, trigger)]
    for trigger in draft.triggers:
        if trigger in answers and len(answers) < len(draft.triggers):
            continue
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


def _answers(found: Scan, trigger: Trigger) -> bool:
    """Tell what was done to attackers, or to one told before: "police shot dead the driver"."""
    segment = trigger.segment
    return any(
        (casualty.attackers or casualty.definite)
        and casualty.start < trigger.end
        and trigger.start < casualty.end
        for casualty in found.within(found.casualties, segment.start, segment.end)
    )


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
            if isinstance(value, Actor) and not _only_shows(found, said, value, known):
                own = value.id is None and start == voice.start
                name = voice.name if own else found.report.text[start:end]
                by = (Speaker(name, value.id),)
                yield Part("perpetrator", start, end, value, 1.0, "asserted", by)
        return
    accused = _accused(found, said, known)
    if accused is None or said.kind not in _STANCES:
        return
    start, end = accused
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


def _only_shows(found: Scan, said: Attribution, who: Actor, known: Tables) -> bool:
    """Tell police that publish a video of an attack from the group whose outlet does."""
    cue = found.report.text[said.cue_start : said.cue_end]
    entry = known.book.actors.get(who.id or "")
    armed = entry is not None and entry.kind in known.actors.grammar.words["spelt_loosely"]
    return not armed and known.grammars["speech"].pattern("claims_shown").match(cue) is not None


def _accused(found: Scan, said: Attribution, known: Tables) -> tuple[int, int] | None:
    """Give the words for whom a statement blames, or who denies having done it."""
    if said.object_start is not None and said.object_end is not None:
        return said.object_start, said.object_end
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
    if lead is None:
        return voice.start, voice.end
    mark = known.grammars["speech"].pattern("phrase_mark").search(text, lead.end())
    until = mark.start() if mark else len(text)
    for actor in found.within(found.actors, voice.end, until):
        if actor.form in ("name", "unregistered"):
            return max(actor.start, voice.end), actor.end
    called = text[voice.end : until].lstrip(", ")
    unnamed = known.grammars["speech"].pattern("unnamed_group").search(voice.name)
    if unnamed and len(called) < _GAP and called.lower() != called:
        return until - len(called), until
    return voice.start, voice.end


def _who(found: Scan, start: int, end: int, known: Tables) -> Actor | Unknown:
    """Resolve words for an actor; "the group" is the group last named before them."""
    words = found.report.text[start:end]
    if found.grammar.pattern("the_group").fullmatch(words):
        for actor in reversed([a for a in found.actors if a.end <= start]):
            entry = known.book.actors.get(actor.id or "")
            group = entry is None or entry.kind not in (*_OF_STATE, "generic")
            if actor.form in ("name", "unregistered", "backed") and group:
                return resolve_actor(actor.name, known.actors, focus_of(found))
    return resolve_actor(words, known.actors, focus_of(found))


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


def _agents(found: Scan, acts: list[Trigger], known: Tables) -> Iterator[Part]:
    """Yield who the words around an act say did it: "Turkish drones", "killed by", a subject."""
    segment = acts[0].segment
    places = found.within(found.places, segment.start, segment.end)
    for actor in found.within(found.actors, segment.start, segment.end):
        if any(p.start <= actor.start < p.end for p in places) or _is_no_doer(found, actor, known):
            continue
        if any(_acts(found, actor, act) for act in acts):
            yield from _agent(found, _named_by(found, actor), known)
            return


def _is_no_doer(found: Scan, actor: ActorMention, known: Tables) -> bool:
    """Tell "its troops" and "an expected US strike": no name of a doer, or of no deed."""
    before = found.report.text[max(found.headline_end, actor.start - _GAP) : actor.start]
    return known.grammars["speech"].pattern("no_doer_before").search(before) is not None


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
    if trigger.nominal and trigger.type == "interception":
        return False
    if trigger.nominal:
        return found.grammar.pattern("modifier_gap").fullmatch(between) is not None
    doers = ("name", "force", "backed", "unregistered", "country", "office")
    if actor.form not in doers or trigger.type == "interception":
        return False
    if actor.form == "office" and " " in actor.name:
        return False
    if _is_passive(found, trigger) or any(
        w.start == trigger.start and w.entry[1] != "implied" for w in found.weapons
    ):
        return False
    return (
        len(between) <= _GAP and found.grammar.pattern("subject_gap").fullmatch(between) is not None
    )


def _wields(found: Scan, actor: ActorMention, trigger: Trigger) -> bool:
    """Tell whether the weapon of a trigger is an actor's: "Russian missiles", "drones of the X"."""
    text, grammar = found.report.text, found.grammar
    segment = trigger.segment
    for weapon in found.within(found.weapons, segment.start, segment.end):
        aircraft = trigger.type == "interception" and weapon.entry[1] == "weak"
        if weapon.entry[1] == "implied" or aircraft:
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
    behind = found.report.text[trigger.end : trigger.end + _BY]
    return any(
        found.grammar.pattern(name).search(words) is not None
        for name, words in (("passive", before), ("agent_lead", behind))
    )
