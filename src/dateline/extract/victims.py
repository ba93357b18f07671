"""The casualties of one event: what its segments tell of the harmed, weighed against each other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.extract.additions import find_additions
from dateline.extract.circumstances import date_of, places_of
from dateline.extract.events import Draft
from dateline.extract.harm import Casualty
from dateline.extract.parts import FAINT, WEAK, Part
from dateline.extract.scan import Scan
from dateline.extract.tables import Tables
from dateline.resolve.intervals import resolve_date
from dateline.values import Count, Place, When

_REACH = 700
_LOCAL = ("site", "town", "near")


def casualties(found: Scan, draft: Draft, known: Tables) -> Iterator[Part]:
    """Yield what violence did to people.

    "No American was hurt" counts only where nothing else is told of the hurt, and a first count
    only where no later one is. Those who died of illness under attack may or may not be its dead.
    """
    here = [
        casualty
        for segment in draft.segments
        for casualty in found.within(found.casualties, segment.start, segment.end)
        if not casualty.hypothetical
    ]
    here = [c for c in here if not c.period or _is_of_the_news(found, draft, c, here)]
    told = _with_fellows(found, [c for c in here if not c.cause], known)
    indirect = [_indirect(c) for c in here if _is_indirect(found, draft, c)]
    told = _without_retold(told, indirect) + indirect
    told = [c for c in told if not (c.superseded and _has_other(told, c))]
    several = len({(c.start, c.role) for c in told}) > 1
    near = [c for c in told if not _is_of_another(found, draft, c)] if several else []
    told += find_additions(found.report.text, near, known.grammars["counts"])
    whole = {casualty.role for casualty in told if not casualty.subset}
    victims = {c.role for c in told if not (c.attackers or c.definite or c.negative)}
    for casualty in told:
        if not casualty.subset or (casualty.role not in whole and casualty.role != "killed"):
            attackers = casualty.attackers and casualty.role in victims
            weak = casualty.subset or casualty.definite
            score = FAINT if attackers else WEAK if weak else 1.0
            yield Part(casualty.role, casualty.start, casualty.end, casualty.count, score)
    yield from _both_sides(told)


def _with_fellows(found: Scan, told: Sequence[Casualty], known: Tables) -> list[Casualty]:
    """Count "a fourth" behind three attackers with them."""
    ordinal, text = known.grammars["counts"].pattern("fellow"), found.report.text
    kept: list[Casualty] = []
    for one in told:
        fellow = kept and kept[-1].attackers and kept[-1].role == one.role
        alike = fellow and ordinal.match(text, one.start, one.end) is not None
        kept.append(replace(one, attackers=True) if alike else one)
    return kept


def _is_of_the_news(found: Scan, draft: Draft, one: Casualty, here: Sequence[Casualty]) -> bool:
    """Tell a total of some days that is the news itself: told with it, of no one else but them.

    A total of weeks, or of a war, is that of no event.
    """
    if one.period == "long" or any(c.role == one.role and not c.period for c in here):
        return False
    body = (s for s in draft.segments if s.start >= found.headline_end)
    first = found.sentences[next(body, draft.segments[0]).sentence]
    sentence = next(s for s in found.sentences if s.start <= one.start < s.end)
    return sentence.paragraph == first.paragraph


def _is_of_another(found: Scan, draft: Draft, one: Casualty) -> bool:
    """Tell "another ten died in Shawa on Monday" of a raid elsewhere, or of a day before it."""
    segment = next(s for s in draft.segments if s.start <= one.start < s.end)
    if segment in [t.segment for t in draft.triggers]:
        return False
    dated = date_of(found, segment)
    day = resolve_date(dated[0], found.told_on(dated[0])) if dated and not dated[1] else None
    known = draft.when.earliest if draft.when else None
    if isinstance(day, When) and day.latest and known and day.latest < known:
        return True
    if draft.where is None or draft.where.level not in _LOCAL:
        return False
    named = [found.where[toponym] for toponym in places_of(found, segment)]
    towns = {p.id for p in named if isinstance(p, Place) and p.level in _LOCAL}
    return bool(towns) and draft.where.id not in towns


def _has_other(told: Sequence[Casualty], one: Casualty) -> bool:
    return any(
        c.role == one.role and c.count.basis != "vague" and not (c.superseded or c.negative)
        for c in told
    )


def _is_indirect(found: Scan, draft: Draft, casualty: Casualty) -> bool:
    """Tell a death of illness that a sentence ties to the attack: "a stroke as rockets fell"."""
    if casualty.cause != "illness" or casualty.role != "killed":
        return False
    sentence = next(s for s in found.sentences if s.start <= casualty.start < s.end)
    return any(sentence.start <= t.start < sentence.end for t in draft.triggers)


def _indirect(casualty: Casualty) -> Casualty:
    count = casualty.count
    return replace(casualty, count=Count(0, count.high, "at_most", count.of))


def _without_retold(told: Sequence[Casualty], indirect: Sequence[Casualty]) -> list[Casualty]:
    """Leave out who was told dead before or after the report says of what: a headline's dead."""
    most = max((c.count.high or 0 for c in indirect), default=0)

    def is_retold(casualty: Casualty) -> bool:
        high = casualty.count.high
        return casualty.role == "killed" and high is not None and 0 < high <= most

    return [c for c in told if not is_retold(c)]


def _both_sides(told: Sequence[Casualty]) -> Iterator[Part]:
    """Yield one count for victims and attackers told apart: at least those, at most all.

    A running toll stands for itself: it may have counted both.
    """
    rising = {c.role for c in told if c.cumulative}
    for attackers in told:
        count = attackers.count
        if not attackers.attackers or attackers.negative or not count.high:
            continue
        if attackers.role in rising:
            continue
        beside = [
            c
            for c in told
            if c.role == attackers.role
            and not (c.attackers or c.negative or c.definite or c.subset or c.cumulative)
            and c.count.high is not None
            and c.count.low
            and abs(c.start - attackers.start) < _REACH
            and (c.end <= attackers.start or attackers.end <= c.start)
        ]
        victims = max(beside, key=lambda c: c.count.high or 0, default=None)
        if victims is None:
            continue
        start, end = min(victims.start, attackers.start), max(victims.end, attackers.end)
        low, high = victims.count.low, (victims.count.high or 0) + count.high
        yield Part(attackers.role, start, end, Count(low, high, "about"))
