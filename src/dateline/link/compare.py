"""Are two events one incident? A pure judgement on a pair, with its reasons.

First version: the same or overlapping days, one place within the other or at most 5 km apart,
types of which one is a kind of the other, and no fact that keeps them apart.
"""

from dateline.best import covers
from dateline.link.view import EventView, coarser, kilometres
from dateline.model import Judgement, Verdict
from dateline.text import fold
from dateline.values import Place

ORIGIN = "link/1"
THRESHOLD = 0.5
_SAME_PLACE_KM = 5.0
_TOWN_KM = 20.0  # the outskirts of a town whose name a report gives for a site there
_REACH_KM = {"near": 25.0, "district": 60.0, "area": 150.0, "sea": 150.0}
_SHARP_DAYS = 2
_WEEK = 8
_MONTH = 31
_FIRM_PLACE = 0.3
_CLOCK_MINUTES = 180
_TIMES_AS_MANY = 3
Part = tuple[float, str]


def compare(left: EventView, right: EventView) -> Judgement | None:
    """Judge whether two events are one incident; None when nothing speaks for it.

    "same" from a score of 0.5 up, "unsure" below it, "different" when day, place and type agree
    but another fact keeps them apart. Two events of one report are always different.
    """
    first, second = sorted((left, right), key=lambda view: view.id)
    if first.report == second.report:
        return judge(first, second, "different", 1.0, ("the report tells them apart",))
    parts = [_days(first, second), _place(first, second), _type(first, second)]
    found = [part for part in parts if part is not None]
    if len(found) < len(parts):
        return None
    apart = contradiction(first, second)
    if apart:
        return judge(first, second, "different", 0.9, (apart,))
    if first.weapon is not None and first.weapon == second.weapon:
        found.append((0.05, f"same kind of weapon: {first.weapon}"))
    if first.munitions is not None and first.munitions == second.munitions:
        found.append((0.05, "same number of munitions"))
    score = round(sum(points for points, _ in found), 3)
    reasons = tuple(reason for _, reason in found)
    return judge(first, second, "same" if score >= THRESHOLD else "unsure", score, reasons)


def judge(
    left: EventView, right: EventView, verdict: Verdict, score: float, reasons: tuple[str, ...]
) -> Judgement:
    """Make a judgement of this module; when it was made is filled in by the run."""
    one, two = sorted((left.id, right.id))
    return Judgement(one, two, verdict, score, reasons, ORIGIN, "")


def agrees(left: EventView, right: EventView) -> bool:
    """Tell whether two events can stand in one cluster: nothing known of them excludes it.

    Weaker than `compare`: what one of them does not tell is no obstacle.
    """
    if left.days and right.days and _days(left, right) is None:
        return False
    if left.types and right.types and _type(left, right) is None:
        return False
    one, two = left.place, right.place
    if one is not None and two is not None and _place(left, right) is None:
        if left.is_pinned and right.is_pinned:
            return False
        if None not in (one.country, two.country) and one.country != two.country:
            return False
    return contradiction(left, right) is None


def contradiction(left: EventView, right: EventView) -> str | None:
    """Name the fact that keeps two events apart, or give None."""
    if left.weapon and right.weapon and left.weapon != right.weapon:
        return f"different weapons: {left.weapon}, {right.weapon}"
    if left.munitions and right.munitions:
        fewer, more = sorted((left.munitions, right.munitions), key=lambda span: span[0])
        if fewer[1] is not None and more[0] > _TIMES_AS_MANY * fewer[1]:
            return f"different numbers of munitions: {fewer[1]}, {more[0]}"
    if left.minute is not None and right.minute is not None:
        same_day = left.days == right.days == 1 and left.earliest == right.earliest
        if (
            same_day
            and left.zone == right.zone
            and abs(left.minute - right.minute) > _CLOCK_MINUTES
        ):
            return "more than three hours apart"
    return None


def is_firm(left: EventView, right: EventView) -> bool:
    """Tell whether a pair is fine enough on both sides to be joined without looking at others."""
    place = _place(left, right)
    return left.is_sharp and right.is_sharp and place is not None and place[0] >= _FIRM_PLACE


def _days(left: EventView, right: EventView) -> Part | None:
    if not (left.earliest and left.latest and right.earliest and right.latest):
        return None
    if left.earliest > right.latest or right.earliest > left.latest:
        return None
    longer = max(left.days, right.days)
    if longer == 1:
        return 0.35, "same day"
    if longer <= _SHARP_DAYS:
        return 0.3, "overlapping days"
    if longer <= _WEEK:
        return 0.25, "within the same week"
    return (0.1 if longer <= _MONTH else -0.1), "overlapping dates"


def _place(left: EventView, right: EventView) -> Part | None:
    one, two = left.place, right.place
    if one is None or two is None:
        return None
    apart = kilometres(one, two)
    if left.is_pinned and right.is_pinned and apart is not None:
        return _pinned(one, two, apart)
    wide = coarser(one, two)
    fine = two if wide is one else one
    reach = _REACH_KM.get(wide.level)
    provinces = {fold(place.admin1) for place in (one, two) if place.admin1}
    if reach is not None and apart is not None and apart <= reach and len(provinces) <= 1:
        return 0.25, f"{apart:.0f} km apart, one given only as {wide.level}"
    if not covers(wide, fine):
        return None
    if fine.level == "country":
        return -0.05, f"both known only to be in {wide.name}"
    return (0.1 if wide.level == "country" else 0.2), f"{fine.name} lies in {wide.name}"


def _pinned(one: Place, two: Place, apart: float) -> Part | None:
    if one.id is not None and one.id == two.id:
        return 0.35, f"same place: {one.name}"
    if apart <= _SAME_PLACE_KM:
        return 0.3, f"{apart:.0f} km apart"
    near_town = apart <= _TOWN_KM and one.level != two.level
    return (0.2, f"{apart:.0f} km apart, one given only as town") if near_town else None


def _type(left: EventView, right: EventView) -> Part | None:
    if not left.types or not right.types:
        return None
    if left.types[0] == right.types[0]:
        return 0.15, f"same type: {left.types[0]}"
    if left.types[0] in right.types or right.types[0] in left.types:
        return 0.1, f"one type is a kind of the other: {left.types[0]}, {right.types[0]}"
    if left.sub_event is not None and left.sub_event == right.sub_event:
        return 0.1, f"both are: {left.sub_event}"
    if left.weapon is not None and left.weapon == right.weapon and is_firm(left, right):
        # One report tells the attack, another its interception or whom it was meant for.
        return 0.0, f"told as {left.types[0]} and as {right.types[0]}, with one kind of weapon"
    return None
