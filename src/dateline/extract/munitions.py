"""How many rockets, drones or bombs there were, from the numbers in front of their names."""

from collections.abc import Iterator
from dataclasses import replace

from dateline.extract.counts import Quantity, word_set
from dateline.extract.events import Draft
from dateline.extract.parts import WEAK, Part
from dateline.extract.scan import Scan
from dateline.extract.segments import Segment
from dateline.extract.tables import Tables, TypeWord
from dateline.phrases import Match
from dateline.text import tokens
from dateline.values import Count

_MODIFIERS = 4
_BEHIND = 30
_COUNTED = ("explosive_projectile", "explosive_device")


def munitions(found: Scan, draft: Draft, known: Tables) -> Iterator[Part]:
    """Yield the numbers of munitions an event's segments tell, and the sums of those that add up.

    Left out is what the defence fires, where the munitions of the attack are counted.
    """
    told: list[Part] = []
    for segment in draft.segments:
        for weapon in found.within(found.weapons, segment.start, segment.end):
            part = _counted(found, weapon, segment, known)
            if part is not None:
                told.append(part)
    own = next((t.weapon for t in draft.triggers if t.weapon), None)
    line = set(known.book.ancestors("weapons", own)) if own else set()

    def is_own(part: Part) -> bool:
        of = part.value.of if isinstance(part.value, Count) else None
        return of is not None and (of in line or own in list(known.book.ancestors("weapons", of)))

    told = [part for part in told if is_own(part)] or told
    yield from told
    yield from _sums(found, told)


def _counted(found: Scan, weapon: Match[TypeWord], segment: Segment, known: Tables) -> Part | None:
    """Read how many of a weapon there were; "a drone strike" and guns count none."""
    name, form = weapon.entry
    details = known.book.lists["weapons"][name].details
    family, drone = details.get("family"), details.get("interchange") == "drone"
    after = found.report.text[weapon.end : weapon.end + _BEHIND]
    if form == "implied" or not (family in _COUNTED or drone):
        return None
    if found.grammar.pattern("compound").match(after) or _is_defence(found, weapon, segment):
        return None
    quantity = _number_of(found, weapon, segment, known)
    if quantity is not None:
        if drone and _is_article(quantity) and not _is_spent(found, segment):
            return None
        value = Count(quantity.low, quantity.high, quantity.basis, name)
        return Part("munitions", quantity.start, weapon.end, value)
    before = found.report.text[max(segment.start, weapon.start - _BEHIND) : weapon.start]
    single = found.grammar.pattern("the_one").search(before)
    words = found.report.text[weapon.start : weapon.end]
    if drone or single is None or words.endswith("s"):
        return None
    start = weapon.start - len(before) + single.start()
    return Part("munitions", start, weapon.end, Count(1, 1, "exact", name), WEAK)


def _number_of(
    found: Scan, weapon: Match[TypeWord], segment: Segment, known: Tables
) -> Quantity | None:
    stops = word_set(found.grammar, "phrase_stops")
    counts = known.grammars["counts"]
    verbs, modifiers = word_set(counts, "verbs"), word_set(counts, "modifiers")
    for quantity in reversed(found.within(found.counts, segment.start, weapon.start)):
        words = [w.text.lower() for w in tokens(found.report.text[quantity.end : weapon.start])]
        plain = all(w[0].isalnum() and w not in stops and w not in verbs for w in words)
        acts = any(w.endswith("ed") and w not in modifiers and "-" not in w for w in words)
        if plain and not acts and len(words) <= _MODIFIERS and quantity.low != 0:
            return quantity
    return None


def _is_article(quantity: Quantity) -> bool:
    return quantity.low == quantity.high == 1 and quantity.end - quantity.start < len("one")


def _is_spent(found: Scan, segment: Segment) -> bool:
    """Tell a drone that is the munition from an aircraft: it was downed or carried a charge.

    "A military drone hit a truck" counts no munitions.
    """
    start, end = segment.start, segment.end
    if found.grammar.pattern("carries_charge").search(found.report.text, start, end):
        return True
    kinds = [m.entry[0] for m in found.within(found.types, start, end)]
    kinds += [m.entry for m in found.within(found.impacts, start, end)]
    kinds += [m.entry for m in found.within(found.objects, start, end)]
    return "interception" in kinds


def _is_defence(found: Scan, weapon: Match[TypeWord], segment: Segment) -> bool:
    """Tell what the defence fires: "air defences fired two missiles at it"."""
    before = found.report.text[segment.start : weapon.start]
    return found.grammar.pattern("defence_fires").search(before) is not None


def _sums(found: Scan, told: list[Part]) -> Iterator[Part]:
    """Yield the sums of "a rocket hit the yard ... two more rockets fell"."""
    whole: Part | None = None
    for part in sorted((p for p in told if p.score > WEAK), key=lambda p: (p.start, p.end)):
        words = found.report.text[part.start : part.end]
        more = found.grammar.pattern("one_more").search(words)
        count = part.value
        if not isinstance(count, Count):
            continue
        if whole is None or more is None or part.start < whole.end:
            whole = part
            continue
        before = whole.value
        if isinstance(before, Count) and before.of == count.of and before.high and count.high:
            value = Count(
                (before.low or 0) + (count.low or 0), before.high + count.high, "exact", count.of
            )
            whole = replace(whole, end=part.end, value=value)
            yield whole
        else:
            whole = part
