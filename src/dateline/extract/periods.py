"""Totals of people: "more than 150 have been killed since May" tells of no one incident.

A number of the harmed belongs to a stretch of time, or to a whole war, where its own clause names
one: behind the verb, in front of the number, or as the verb's subject. A stretch of a day or less
("since dawn") is that of an incident, and so is what one attack did, however long ago the last.
"""

from dataclasses import replace

from dateline.codebook import Grammar
from dateline.extract.harm import Casualty, Period

_BETWEEN = 160
_AUXILIARIES = 30
_MANY = 200  # the least that "hundreds" means
_ROLES = ("killed", "injured", "captured")


def with_period(casualty: Casualty, folded: str, grammar: Grammar) -> Casualty:
    """Give a casualty with the period that its number is of, if it is that of no event.

    `folded` is its sentence. A running toll may name the period in its own words ("the number
    killed this year"). A stated zero has none: it holds of each event of the period.
    """
    if casualty.negative or casualty.role not in _ROLES:
        return casualty
    if not grammar.pattern("period_sign").search(folded):
        return casualty
    return replace(casualty, period=_period_of(casualty, folded, grammar))


def _period_of(casualty: Casualty, folded: str, grammar: Grammar) -> Period | None:
    start, end, toll = casualty.start, casualty.end, casualty.cumulative
    if grammar.pattern("held_since").search(folded, start, end):
        return None
    stop = grammar.pattern("period_stop").search(folded, end)
    last = stop.start() if stop else len(folded)
    perfect = grammar.pattern("perfect").search(folded, max(0, start - _AUXILIARIES), end)
    behind = (start if toll else end, last)
    found = _behind(folded, behind, grammar, perfect=toll or perfect is not None)
    found = found or _before(folded, start, grammar, until=last)
    if found is None:
        lasting = _is_subject(folded, start, grammar) or _is_career(folded, casualty, grammar)
        return "long" if lasting else None
    return "long" if grammar.pattern("long_period").search(found) else "days"


def _behind(folded: str, words: tuple[int, int], grammar: Grammar, *, perfect: bool) -> str | None:
    start, last = words
    names = ["period", "period_perfect"] if perfect else ["period"]
    if perfect and not grammar.pattern("dated").search(folded, start, last):
        names.append("many_acts")
    for name in names:
        match = grammar.pattern(name).search(folded, start, last)
        if match is None or match.start() - start > _BETWEEN:
            continue
        if not grammar.pattern("one_act").search(folded, start, match.start()):
            return folded[match.start() : last]
    return None


def _before(folded: str, start: int, grammar: Grammar, *, until: int) -> str | None:
    match = grammar.pattern("period_before").search(folded, 0, start)
    if match is None or start - match.end() > _BETWEEN:
        return None
    # "Last year ten were killed in a raid" tells of one act, wherever in the clause it stands.
    end = until if match["vague"] else start
    one_act = grammar.pattern("one_act_before").search(folded, match.end(), end)
    return None if one_act else match.group()


def _is_subject(folded: str, start: int, grammar: Grammar) -> bool:
    """Say whether a war has killed: "riots, the worst since the war, left 20 dead" has another."""
    match = grammar.pattern("long_subject").search(folded, 0, start)
    if match is None:
        return False
    led = grammar.pattern("no_subject_before").search(folded, 0, match.start())
    return match["relative"] is not None or led is None


def _is_career(folded: str, casualty: Casualty, grammar: Grammar) -> bool:
    """Tell what a group has done over time: "the gang, which has killed hundreds"."""
    match = grammar.pattern("career").search(folded, 0, casualty.start)
    count = casualty.count
    many = count.basis == "vague" and (count.low or 0) >= _MANY
    return many and match is not None and match["act"] is None
