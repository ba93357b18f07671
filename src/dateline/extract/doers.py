"""Who the words around an act say did it: "Turkish drones", "killed by gunmen", a subject."""

from collections.abc import Iterator
from itertools import pairwise

from dateline.extract.bodies import focus_at
from dateline.extract.roles import Part, is_no_weapon
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import Tables
from dateline.extract.triggers import Trigger
from dateline.model import Stance
from dateline.resolve.actors import ActorMention, resolve_actor
from dateline.values import Actor, Unknown

GROUPS = ("name", "unregistered", "backed")
_GAP = 40
_BEYOND = 100
_BY = len(" by ")


def doers(found: Scan, segment: Segment, acts: list[Trigger], known: Tables) -> Iterator[Part]:
    """Yield who the words around an act say did it: "Turkish drones", "killed by", a subject."""
    places = found.within(found.places, segment.start, segment.end)
    end = struck_raiders(found, segment.start, segment.end)
    for actor in found.within(found.actors, segment.start, segment.end):
        if any(p.start <= actor.start < p.end for p in places) or _is_no_doer(found, actor, known):
            continue
        if end is not None and actor.start < end:
            continue
        if any(_acts(found, actor, act, known) for act in acts):
            either = _either(found, actor, known)
            yield from either or _agent(found, _named_by(found, actor), known)
            return


def struck_raiders(found: Scan, start: int, end: int) -> int | None:
    """Give where those struck begin who had done the deed themselves; None where nobody is told so.

    Who is named before them only answered it: "police killed the gunmen who stormed the mall".
    """
    match = found.search("struck_raiders", start, end)
    return match.start() if match else None


def _is_no_doer(found: Scan, actor: ActorMention, known: Tables) -> bool:
    """Tell "its troops" and "an expected US strike": no name of a doer, or of no deed."""
    before = found.report.text[max(found.headline_end, actor.start - _GAP) : actor.start]
    return known.grammars["speech"].pattern("no_doer_before").search(before) is not None


def _either(found: Scan, actor: ActorMention, known: Tables) -> list[Part]:
    """Give both possible doers of "the army or rebels", each only suspected; else nothing.

    Where one of the two has no name to be told by, nobody is known to have done it.
    """
    text, grammar = found.report.text, found.grammar
    here = found.within(found.actors, max(0, actor.start - _BEYOND), actor.end + _BEYOND)
    at = here.index(actor)
    first = last = at
    links = [grammar.pattern("or_else").fullmatch(text, a.end, b.start) for a, b in pairwise(here)]
    while first and links[first - 1]:
        first -= 1
    while last < len(links) and links[last]:
        last += 1
    start, end = here[first].start, here[last].end
    lone = grammar.pattern("or_before").search(text, max(0, start - _GAP), start)
    if first == last and lone is None:
        lone = grammar.pattern("either_before").search(text, max(0, start - _GAP), start)
    if lone:
        unnamed = Unknown(f"{text[lone.start() : end]!r} leaves open who did it")
        return [Part("perpetrator", start, end, unnamed, 1.0, "suspected")]
    told = [_value(found, one, known) for one in here[first : last + 1]]
    values = {v.id or v.name if isinstance(v, Actor) else "": v for v in told}
    if len(values) == 1:
        return []
    values = {"": values[""]} if "" in values else values
    return [Part("perpetrator", start, end, v, 1.0, "suspected") for v in values.values()]


def _value(found: Scan, actor: ActorMention, known: Tables) -> Actor | Unknown:
    """Resolve one of two possible doers; "Syrian or Russian jets" are the forces of both."""
    forces = known.actors.forces.get(actor.country or "")
    if actor.form == "adjective" and forces:
        return Actor(forces, known.book.actors[forces].name, "the forces of that state")
    focus = focus_at(found, actor.name, actor.start, known)
    return resolve_actor(actor.name, known.actors, focus)


def _acts(found: Scan, actor: ActorMention, act: Trigger, known: Tables) -> bool:
    leads = actor.end <= act.start
    done = _leads(found, actor, act) if leads else _follows(found, actor, act)
    return done or _wields(found, actor, act, known)


def _named_by(found: Scan, actor: ActorMention) -> ActorMention:
    """Take the group in "gunmen of the group X" for the gunmen."""
    link = found.grammar.pattern("member_of").match(found.report.text, actor.end)
    if link and actor.name.lower() == actor.name[0].lower() + actor.name[1:]:
        for group in found.within(found.actors, link.end(), link.end() + 1):
            if group.form in GROUPS:
                return group
    return actor


def _agent(found: Scan, actor: ActorMention, known: Tables) -> Iterator[Part]:
    words = found.report.text[actor.start : actor.end]
    value = resolve_actor(words, known.actors, focus_at(found, words, actor.start, known))
    if actor.form == "adjective" and found.grammar.pattern("a_person").match(
        found.report.text, actor.end
    ):
        value = Unknown(f"{words!r} says where somebody is from")
    stance: Stance | None = "suspected" if found.grammar.pattern("supposed").search(words) else None
    before = found.report.text[max(0, actor.start - _GAP) : actor.start]
    if found.grammar.pattern("supposed_before").search(before):
        stance = "suspected"
    yield Part("perpetrator", actor.start, actor.end, value, 1.0, stance)


def _leads(found: Scan, actor: ActorMention, trigger: Trigger) -> bool:
    """Tell whether an actor in front of a trigger is its doer: modifier or subject."""
    between = found.report.text[actor.end : trigger.start]
    undergone = found.grammar.pattern("passive").match(
        found.report.text, trigger.start, trigger.end
    )
    if undergone or (trigger.nominal and trigger.type == "interception"):
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


def _wields(found: Scan, actor: ActorMention, trigger: Trigger, known: Tables) -> bool:
    """Tell whether the weapon of a trigger is an actor's: "Russian missiles", "drones of the X"."""
    text, grammar = found.report.text, found.grammar
    segment = trigger.segment
    for weapon in found.within(found.weapons, segment.start, segment.end):
        aircraft = trigger.type == "interception" and weapon.entry[1] == "weak"
        if weapon.entry[1] == "implied" or aircraft or is_no_weapon(found, weapon, known):
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
