"""How two events agree, thing by thing: each comparison names the level it found.

A level is a word that the table of weights knows (`weights.toml`); None where one of the two does
not tell, which speaks neither for nor against.
"""

from collections.abc import Callable
from functools import lru_cache

from dateline.best import covers
from dateline.link.view import EventView, Range, coarser, kilometres
from dateline.link.words import MANY_WORDS, likeness
from dateline.text import fold
from dateline.values import Place

_LENGTHS = (
    (1, "same_day"),
    (2, "overlapping_days"),
    (8, "within_week"),
    (31, "within_month"),
)
_REACH_KM = {"near": 25.0, "district": 60.0, "area": 150.0, "sea": 150.0}
_MONTH = 31
_FEW_NAMES = 2
_FEW_WORDS = 8
_SHARED_WORDS = (
    (0.02, "none"),
    (0.06, "traces"),
    (0.10, "few"),
    (0.15, "some"),
    (MANY_WORDS, "several"),
    (0.30, "many"),
    (0.45, "most"),
)
_TELLING_WORDS = {"some", "several", "many", "most", "nearly_all"}
_TIMES_AS_MANY = 3
Compare = Callable[[EventView, EventView], str | None]
folded = lru_cache(maxsize=8192)(fold)  # provinces come again and again


def compare(left: EventView, right: EventView) -> dict[str, str | None]:
    """Give the level of each comparison of two events; None where one of them does not tell."""
    return {name: find(left, right) for name, find in COMPARISONS.items()}


def is_located(left: EventView, right: EventView) -> bool:
    """Tell whether anything says that two events were in one place: places, names or rare words."""
    if left.place is not None and right.place is not None:
        return True
    return _names(left, right) not in {None, "none"} or _words(left, right) in _TELLING_WORDS


def _days(left: EventView, right: EventView) -> str | None:
    if not (left.earliest and left.latest and right.earliest and right.latest):
        return None
    gap = max((left.earliest - right.latest).days, (right.earliest - left.latest).days)
    return _overlap(max(left.days, right.days)) if gap <= 0 else _gap(gap)


def _overlap(longer: int) -> str:
    for limit, level in _LENGTHS:
        if longer <= limit:
            return level
    return "within_longer"


def _gap(days: int) -> str:
    for limit, level in ((1, "day_apart"), (3, "days_apart"), (10, "week_apart")):
        if days <= limit:
            return level
    return "far_apart"


def _published(left: EventView, right: EventView) -> str | None:
    """Compare days of publication where the day of an event is not told, or a month at best."""
    if not (left.is_news and right.is_news) or (_has_days(left) and _has_days(right)):
        return None
    one, two = left.published_day, right.published_day
    if one is None or two is None:
        return None
    return _gap(abs((one - two).days))


def _has_days(view: EventView) -> bool:
    return 0 < view.days <= _MONTH


def _place(left: EventView, right: EventView) -> str | None:
    one, two = left.place, right.place
    if one is None or two is None:
        return None
    apart = kilometres(one, two)
    if left.is_pinned and right.is_pinned and apart is not None:
        return _pinned(one, two, apart)
    wide = coarser(one, two)
    fine = two if wide is one else one
    provinces = {folded(place.admin1) for place in (one, two) if place.admin1}
    if apart is not None and apart <= _REACH_KM.get(wide.level, -1) and len(provinces) <= 1:
        return "within_reach"
    if covers(wide, fine):
        if fine.level == "country":
            return "both_country"
        return {"country": "in_country", "province": "in_province"}.get(wide.level, "within_reach")
    return _apart(one, two)


def _pinned(one: Place, two: Place, apart: float) -> str | None:
    if one.id is not None and one.id == two.id:
        return "same_site" if one.level == "site" else "same_town"
    for limit, level in ((5, "within_5_km"), (20, "within_20_km"), (60, "within_60_km")):
        if apart <= limit:
            return level
    return _apart(one, two)


def _apart(one: Place, two: Place) -> str | None:
    if None in (one.country, two.country):
        return None
    if one.country != two.country:
        return "other_country"
    if one.admin1 and two.admin1:
        same = folded(one.admin1) == folded(two.admin1)
        return "same_province" if same else "other_province"
    return "same_country"


def _type(left: EventView, right: EventView) -> str | None:
    if not left.types or not right.types:
        return None
    if left.types[0] == right.types[0]:
        return "same"
    if left.types[0] in right.types or right.types[0] in left.types:
        return "kind_of"
    if left.sub_event is not None and left.sub_event == right.sub_event:
        return "same_sub_event"
    return "related" if {*left.types[1:]} & {*right.types[1:]} else "different"


def _weapon(left: EventView, right: EventView) -> str | None:
    if left.weapon is None or right.weapon is None:
        return None
    return "same" if left.weapon == right.weapon else "different"


def _target(left: EventView, right: EventView) -> str | None:
    if not left.targets or not right.targets:
        return None
    if left.targets[0] == right.targets[0]:
        return "same"
    return "kind_of" if {*left.targets} & {*right.targets} else "different"


def _actors(left: EventView, right: EventView) -> str | None:
    if not left.actors or not right.actors:
        return None
    return "shared" if {*left.actors} & {*right.actors} else "different"


def _number(left: Range | None, right: Range | None) -> str | None:
    if left is None or right is None:
        return None
    if left == right:
        return "none" if left == (0, 0) else "same"
    fewer, more = sorted((left, right), key=lambda span: (span[0], span[1] or span[0]))
    if fewer[1] is None or more[0] <= fewer[1]:
        return "overlapping"
    if fewer[1] == 0:
        return "none_and_some"
    if more[0] <= fewer[1] + max(1, fewer[1] // 3):
        return "close"
    return "far" if more[0] > _TIMES_AS_MANY * fewer[1] else "different"


def _time(left: EventView, right: EventView) -> str | None:
    if left.minute is None or right.minute is None or left.zone != right.zone:
        return None
    if not left.days == right.days == 1 or left.earliest != right.earliest:
        return None
    apart = abs(left.minute - right.minute)
    for limit, level in ((30, "half_hour"), (90, "ninety_minutes"), (180, "three_hours")):
        if apart <= limit:
            return level
    return "far_apart"


def _names(left: EventView, right: EventView) -> str | None:
    if min(len(left.names), len(right.names)) < _FEW_NAMES:
        return None
    shared = len({*left.names} & {*right.names})
    for limit, level in ((0, "none"), (1, "one"), (2, "two"), (4, "few")):
        if shared <= limit:
            return level
    return "many"


def _words(left: EventView, right: EventView) -> str | None:
    if min(len(left.words), len(right.words)) < _FEW_WORDS:
        return None
    shared = likeness(left.words, right.words)
    return next((level for limit, level in _SHARED_WORDS if shared <= limit), "nearly_all")


def _lead(left: EventView, right: EventView) -> str:
    if left.is_lead and right.is_lead:
        return "both"
    return "one" if left.is_lead or right.is_lead else "neither"


COMPARISONS: dict[str, Compare] = {
    "date": _days,
    "published": _published,
    "place": _place,
    "type": _type,
    "weapon": _weapon,
    "target": _target,
    "perpetrator": _actors,
    "munitions": lambda left, right: _number(left.munitions, right.munitions),
    "killed": lambda left, right: _number(left.killed, right.killed),
    "injured": lambda left, right: _number(left.injured, right.injured),
    "time": _time,
    "names": _names,
    "words": _words,
    "lead": _lead,
}
