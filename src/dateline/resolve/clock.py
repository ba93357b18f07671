"""Reads times of day: "2:45 p.m. local time", "0420 GMT", "shortly after midnight", "dawn"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.codebook import Grammar

RULES = ("clock_colon", "clock_dot", "clock_hour", "clock_military", "clock_zero", "clock_spoken")
DAWN, NOON, LAST_HOUR = 5, 12, 23
NAMED = {"noon": "12:00", "midnight": "00:00"}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day up to offset `end`: "14:45" or a part of the day, and its zone if stated."""

    end: int
    time: str
    zone: str | None = None


def find_clock(folded: str, at: int, grammar: Grammar) -> Clock | None:
    """Read a clock time that begins at an offset of a folded text, with what it is about."""
    about = grammar.pattern("clock_about").match(folded, at)
    start = about.end() if about else at
    for match in _matches(folded, start, grammar):
        time = _time_of(match, grammar)
        if time is None:
            continue
        zone = grammar.pattern("zone").match(folded, match.end())
        if match.re is grammar.pattern("clock_zero") and not _told_as_time(folded, start, about):
            continue
        if zone is None:
            return Clock(match.end(), time)
        return Clock(zone.end(), time, grammar.tables["zones"][" ".join(zone["zone"].split())])
    if about is None:
        return None
    part = find_daypart("daypart_only", folded, start, grammar)
    side = about["about"].split()[-1]
    return part and Clock(part.end, NEAR.get((part.time, side), part.time), part.zone)


NEAR = {
    ("00:00", "after"): "night",
    ("00:00", "before"): "night",
    ("12:00", "after"): "afternoon",
    ("12:00", "before"): "morning",
}
"""Shortly after midnight is the night, not the minute."""


def find_daypart(rule: str, folded: str, at: int, grammar: Grammar) -> Clock | None:
    """Read a part of the day by one of the `daypart_` patterns; noon and midnight are hours."""
    match = grammar.pattern(rule).match(folded, at)
    if match is None:
        return None
    part = str(grammar.tables["dayparts"][" ".join(match["daypart"].split())])
    return Clock(match.end(), NAMED.get(part, part))


def _told_as_time(folded: str, start: int, about: re.Match[str] | None) -> bool:
    return about is not None or folded[max(0, start - 3) : start] in {"at ", "by "}


def _matches(folded: str, at: int, grammar: Grammar) -> Iterator[re.Match[str]]:
    for rule in RULES:
        match = grammar.pattern(rule).match(folded, at)
        if match:
            yield match


def _time_of(match: re.Match[str], grammar: Grammar) -> str | None:
    groups = match.groupdict()
    numbers = grammar.tables["numbers"]
    hour = numbers.get(groups["hour"]) or int(groups["hour"]) if groups["hour"] else None
    minute = int(groups.get("minute") or 0)
    half = groups.get("half")
    part = groups.get("daypart") or groups.get("daypart_spoken")
    if hour is None or hour > LAST_HOUR or (half and not 0 < hour <= NOON):
        return None
    late = half == "p" or part in {"afternoon", "evening"} or (part == "night" and hour > DAWN)
    if late and hour < NOON:
        hour += NOON
    elif hour == NOON and (half == "a" or part == "night"):
        hour = 0
    return f"{hour:02d}:{minute:02d}"
