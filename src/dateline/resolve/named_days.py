"""Reads days and periods that have names: seasons, feasts, months of the Islamic calendar, 9/11."""

import re

from dateline.resolve.date_words import Parts, Words, read_figure


def read_season(match: re.Match[str], words: Words) -> Parts | None:
    """Fall and spring are words of their own: a season needs a year or a determiner."""
    which, start = match["which"], match.start()
    told = which or match["year"] or match["told"] or match[0].startswith("the ")
    doubtful = match["season"] in {"fall", "spring"}
    if not told and (doubtful or not words.before("month_cue", start)):
        return None
    if doubtful and not (which or match["year"] or match["told"]):
        return None
    return {
        "months": words.look("seasons", match["season"]),
        "year": read_figure(match["year"]),
        "which": words.look("which", which),
        "told": words.look("which", match["told"]),
        "southern": words.grammar.words["southern_countries"],
    }


def read_holiday(match: re.Match[str], words: Words) -> Parts | None:
    """Read a feast: its fixed days, or the rules of those that move."""
    if not words.is_capital(match, "holiday"):
        return None
    days = words.look("holidays", match["holiday"])
    if isinstance(days, dict):
        names = days.get("one_of", ())
        days = [words.look("holidays", name) for name in names] if names else [days]
    return {
        "days": days,
        "year": read_figure(match["year"]),
        "which": words.look("which", match["which"]),
        "orthodox": words.grammar.words["orthodox_countries"],
    }


def read_islamic_month(match: re.Match[str], words: Words) -> Parts | None:
    """Read Ramadan, or another month of that calendar behind "the month of"."""
    table, group = ("holy_months", "holy") if match["holy"] else ("islamic_months", "other")
    if not words.is_capital(match, group):
        return None
    month = {"moves": "islamic", "month": words.look(table, match[group]), "day": 1}
    return {
        "days": [month | {"from": -1, "to": 30}],
        "year": read_figure(match["year"]),
        "which": words.look("which", match["which"]),
    }


def read_named_day(match: re.Match[str], words: Words) -> Parts | None:
    """Read a day that became a name ("9/11"), or one that "attacks" follow."""
    table, group = ("named_days", "named") if match["named"] else ("days_of_attacks", "struck")
    if group == "struck" and not words.is_capital(match, group):
        return None
    year, month, day = map(int, words.grammar.tables[table][match[group]].split("-"))
    return {"year": year, "month": month, "day": day}
