"""Reads one date by one pattern of the grammar: what its words say, still without a calendar."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from dateline.codebook import Grammar
from dateline.resolve.date_words import Parts, Words, read_figure
from dateline.resolve.expressions import MONTHS, Expression, Form
from dateline.resolve.named_days import (
    read_holiday,
    read_islamic_month,
    read_named_day,
    read_season,
)

LAST_SHORT_YEAR = 59
"""The greatest two figures that mean a year of this century."""


def find_rule(words: Words, at: int, *names: str) -> Expression | None:
    """Give the longest date that begins at an offset, by the named rules or all of them."""
    best: Expression | None = None
    for name, pattern in _patterns(words.grammar, names or tuple(RULES)):
        match = pattern.match(words.folded, at)
        if match is None or (best and match.end() <= best.end):
            continue
        if not all(
            words.is_capital(match, g) for g in ("month", "weekday") if match.groupdict().get(g)
        ):
            continue
        form, rule, read = RULES.get(name, THE_UNIT)
        parts = read(match, words)
        if parts is not None:
            best = Expression(at, match.end(), form, rule, parts)
    return best


@lru_cache(maxsize=8)
def _patterns(grammar: Grammar, names: tuple[str, ...]) -> list[tuple[str, re.Pattern[str]]]:
    return [(name, grammar.pattern(name)) for name in names]


def _calendar(match: re.Match[str], words: Words) -> Parts | None:
    groups = match.groupdict()
    month = groups["month"]
    if month.isdigit():
        number = int(month)
    else:
        number = words.look("months", month) or words.look("month_abbreviations", month)
    weekday = groups.get("weekday")
    return {
        "month": number,
        "day": read_figure(groups["day"]),
        "day_to": read_figure(groups.get("day_to")) or read_figure(groups["day"]),
        "year": read_figure(groups.get("year") or groups.get("year_close"))
        or _short_year(groups.get("year_short")),
        "told": words.look("which", groups.get("told")),
        "weekday": _weekday_number(weekday, words),
    }


def _short_year(figures: str | None) -> int | None:
    """Give the year in "19 Aug 89": of the hundred years that end long after these are read."""
    year = read_figure(figures)
    return None if year is None else year + (1900 if year > LAST_SHORT_YEAR else 2000)


def _weekday_number(name: str | None, words: Words) -> int | None:
    number: int | None = words.look("weekdays", name)
    return words.look("weekday_abbreviations", name) if number is None else number


def _numeric(match: re.Match[str], _: Words) -> Parts | None:
    parts: Parts = {g: int(match[g]) for g in ("first", "second", "year")}
    sound = min(parts["first"], parts["second"]) > 0
    return parts if sound else None


def _ordinal_day(match: re.Match[str], words: Words) -> Parts | None:
    if not words.before("before_ordinal", match.start()):
        return None
    return {"day": read_figure(match["day"])}


def _month(match: re.Match[str], words: Words) -> Parts | None:
    month, which = match["month"], match["which"]
    full = words.look("months", month)
    dated = which or match["year"] or match["told"]
    doubtful = full is None or month in words.grammar.words["ambiguous_months"]
    if not dated and doubtful and not words.before("month_cue", match.start()):
        return None
    if not dated and _is_name(match, words):
        return None
    return {
        "month": full or words.look("month_abbreviations", month),
        "year": read_figure(match["year"]),
        "which": words.look("which", which),
        "told": words.look("which", match["told"]),
    }


def _is_name(match: re.Match[str], words: Words) -> bool:
    """Say whether a month stands as a first name: "April Smith", but "in April Moscow ..."."""
    surname = words.match("person_name", match.end())
    if surname is None or words.before("month_cue", match.start()):
        return False
    return words.text[surname.end() - 1].isupper()


def _year(match: re.Match[str], words: Words) -> Parts | None:
    start = match.start("year")
    named = start != match.start()
    joined = words.before("year_joined", start)
    if not named and not joined and words.before("number_name", start):
        return None
    if words.match("number_thing", match.end()) and not words.before("year_cue", start):
        return None
    return {"year": int(match["year"])}


def _decade(match: re.Match[str], _: Words) -> Parts | None:
    return {"year": int(match["decade"]), "count": 10}


def _century(match: re.Match[str], _: Words) -> Parts | None:
    ordinal = read_figure(match["century"]) or 0
    return {"year": (ordinal - 1) * 100 + 1, "count": 100}


def _weekday(match: re.Match[str], words: Words) -> Parts | None:
    start = match.start("weekday")
    if words.before("weekday_name", start) or (
        words.match("weekday_paper", match.end())
        and words.text[match.end() + 1 : match.end() + 2].isupper()
    ):
        return None
    return {
        "weekday": words.look("weekdays", match["weekday"]),
        "which": words.look("which", match["which"]),
    }


def _today(match: re.Match[str], words: Words) -> Parts | None:
    if words.before("today_name", match.start()):
        return None
    days, time = words.look("days_from_today", match["today"])
    return {"days": days, "time": time}


def _unit(match: re.Match[str], words: Words) -> Parts | None:
    groups = match.groupdict()
    if groups["unit"] == "day" and "which" not in groups:
        return {"unit": "day", "which": 0}
    return {"unit": groups["unit"], "which": words.look("which", groups.get("which")) or 0}


def _weekend(match: re.Match[str], words: Words) -> Parts | None:
    which = words.look("which", match["which"])
    this = match[0].startswith("this")
    return {"which": 0 if this and which is None else which}


def _quarter(match: re.Match[str], words: Words) -> Parts | None:
    ordinal = words.look("ordinals", match["ordinal"])
    size = 3 if match["part"] == "quarter" else 6
    if ordinal * size > MONTHS:
        return None
    return {
        "ordinal": ordinal,
        "size": size,
        "year": read_figure(match["year"] or match["year_before"]),
        "told": words.look("which", match["told"] or match["told_after"]),
    }


def _amount(match: re.Match[str], words: Words, bare: tuple[int, int]) -> Parts | None:
    """Read how many units: the fewest and the most that the words allow."""
    groups = match.groupdict()
    amount = " ".join((groups.get("amount") or "").split())
    low, high = bare
    if amount:
        number = words.look("numbers", amount)
        if number is None and amount.isdigit():
            number = int(amount)
        low, high = (number, number) if number is not None else words.look("amounts", amount)
    bound = words.look("bounds", groups.get("bound"))
    if bound == 1:
        high += max(1, high // 4)
    elif bound == -1:
        low -= max(1, low // 4)
    return {"low": low, "high": high, "unit": words.look("units", groups["unit"])}


MANY = (2, 9)
"""What a bare plural ("weeks ago") may mean."""


def _ago(match: re.Match[str], words: Words) -> Parts | None:
    return _amount(match, words, MANY)


def _recent(match: re.Match[str], words: Words) -> Parts | None:
    return _amount(match, words, MANY)


def _back(match: re.Match[str], words: Words) -> Parts | None:
    return _amount(match, words, MANY if match["unit"].endswith("s") else (1, 1))


def _offset(match: re.Match[str], words: Words) -> Parts | None:
    """Read "two days earlier"; a bare "day after" only beside "the"."""
    bare = match["amount"] is None
    if bare and not match["unit"].endswith("s"):
        return None
    parts = _amount(match, words, MANY)
    return parts and parts | _relation(match, words)


def _the_offset(match: re.Match[str], words: Words) -> Parts | None:
    return {
        "low": 1,
        "high": 1,
        "unit": words.look("units", match["unit"]),
        **_relation(match, words),
    }


def _relation(match: re.Match[str], words: Words) -> Parts:
    relation = " ".join(match["relation"].split())
    tables = words.grammar.tables
    hangs = relation in tables["hanging"]
    sign = words.look("relations", relation)
    return {"sign": sign, "hangs": hangs, "of_other": False, "hours": tables["hours"]}


def _shortly(match: re.Match[str], words: Words) -> Parts | None:
    return {"low": 1, "high": 1, "unit": "hour", **_relation(match, words)}


def _told(match: re.Match[str], words: Words) -> Parts | None:
    unit = match["unit"]
    part = words.grammar.tables["dayparts"].get(unit, "")
    return {
        "which": words.look("which_told", match["which"]),
        "unit": "day" if part else unit,
        "time": part,
    }


def _told_weekday(match: re.Match[str], words: Words) -> Parts | None:
    return {
        "which": words.look("which_told", match["which"]),
        "weekday": words.look("weekdays", match["weekday"]),
    }


def _vague(match: re.Match[str], words: Words) -> Parts | None:
    return {"reference": words.look("vague_words", match["vague"])}


def _nothing(_: re.Match[str], __: Words) -> Parts | None:
    return {}


Reader = Callable[[re.Match[str], Words], Parts | None]
RULES: Mapping[str, tuple[Form, str, Reader]] = {
    "iso": ("day", "day", _calendar),
    "numeric": ("day", "numeric", _numeric),
    "named_day": ("day", "day", read_named_day),
    "month_days": ("span", "day", _calendar),
    "days_month": ("span", "day", _calendar),
    "month_day": ("day", "day", _calendar),
    "day_month": ("day", "day", _calendar),
    "ordinal_day": ("day", "ordinal_day", _ordinal_day),
    "month_only": ("period", "month", _month),
    "year_only": ("period", "year", _year),
    "decade": ("period", "years", _decade),
    "century": ("period", "years", _century),
    "told_weekday": ("after_event", "told_weekday", _told_weekday),
    "weekday_only": ("weekday", "weekday", _weekday),
    "today": ("relative", "today", _today),
    "weekend": ("relative", "weekend", _weekend),
    "unit": ("relative", "unit", _unit),
    "quarter": ("period", "quarter", _quarter),
    "season": ("period", "season", read_season),
    "holiday": ("day", "holiday", read_holiday),
    "islamic_month": ("period", "holiday", read_islamic_month),
    "ago": ("relative", "ago", _ago),
    "units_ago": ("relative", "ago", _ago),
    "back": ("span", "back", _back),
    "recent": ("vague", "back", _recent),
    "ahead": ("span", "ahead", _back),
    "told": ("after_event", "told", _told),
    "offset": ("after_event", "offset", _offset),
    "the_offset": ("after_event", "offset", _the_offset),
    "shortly": ("after_event", "offset", _shortly),
    "overnight": ("relative", "overnight", _nothing),
    "vague": ("vague", "vague", _vague),
}
THE_UNIT: tuple[Form, str, Reader] = ("relative", "unit", _unit)
"""Read only after a part: "the end of the month"."""
