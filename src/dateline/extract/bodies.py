"""Whose army or police plain words mean: "the military", "troops", "police"."""

from dateline.extract.focus import focus_of
from dateline.extract.scan import Scan
from dateline.extract.tables import Tables
from dateline.resolve.actors import ActorMention, Focus
from dateline.text import aligned_fold

_BODIES = (("own_military", "state_force"), ("own_police", "police"))


def focus_at(found: Scan, words: str, before: int, known: Tables, *, claims: bool = False) -> Focus:
    """Give the countries that words for a body may be of, where they stand in a report.

    "The military" behind "Israeli troops" is Israel's, wherever that was; it is nobody's where two
    states' forces were named, or where those of the country itself may speak as well. One that
    `claims` a deed is the one force that was told of, if one alone was. Words for anything else
    may be of the countries the report is about.
    """
    focus = focus_of(found)
    plain = aligned_fold(words)
    for pattern, kind in _BODIES:
        if known.actors.grammar.pattern(pattern).match(plain):
            told = [a for a in found.actors if a.end <= before]
            named = [a for a in told if _is_of_kind(found, a, kind, known)]
            states = {a.country for a in named if a.country}
            if claims and len(states) == 1:
                return tuple(states)
            return _narrowed(plain, named, focus, known)
    return focus


def _narrowed(plain: str, named: list[ActorMention], focus: Focus, known: Tables) -> Focus:
    said = set(plain.split()) - set(known.grammars["speech"].words["determiners"])
    alike = [a for a in named if said & set(aligned_fold(a.name).split())]
    states = {a.country for a in alike or named if a.country}
    if not states:
        return focus
    state = next(iter(states))
    if len(states) > 1:
        return ()
    if alike or not focus or state in focus[:1]:
        return (state,)
    return (state,) if not any(home in known.actors.forces for home in focus) else ()


def _is_of_kind(found: Scan, actor: ActorMention, kind: str, known: Tables) -> bool:
    if actor.form == "adjective" and actor.country:
        acts = known.actors.grammar.pattern("forces_act").match(found.report.text, actor.end)
        return acts is not None and kind == "state_force"
    if actor.form == "force" and actor.country:
        return kind == "state_force"
    entry = known.book.actors.get(actor.id or "")
    return entry is not None and entry.kind == kind and entry.country is not None
