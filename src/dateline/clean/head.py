"""What a text says about itself: its headline, its language, its day of publication."""

import datetime as dt
import re
from collections.abc import Mapping

from dateline.clean.lines import Clutter, is_headline

SHORTEST_FOR_LANGUAGE = 20
ENOUGH_FOR_LANGUAGE = 600


def find_title(text: str, clutter: Clutter) -> str | None:
    """Give the first line if it is a headline: short, with more below, and no full stop."""
    first, _, rest = text.strip().partition("\n")
    return first if rest.strip() and is_headline(first, clutter) else None


def find_language(text: str, clutter: Clutter) -> str | None:
    """Identify the language of a text; None if it is too short to tell."""
    head = text[:ENOUGH_FOR_LANGUAGE]
    if sum(map(str.isalpha, head)) < SHORTEST_FOR_LANGUAGE:
        return None
    from py3langid import langid

    code = str(langid.classify(head)[0])
    return str(clutter.tables["languages"].get(code, code))


def find_published(text: str, clutter: Clutter) -> str | None:
    """Read the day of publication off a line near the top or at the end that is nothing else.

    The place and date before a first sentence ("MOGADISHU, May 3, 2024 -") count too. Gives an
    ISO 8601 day; a day and month that could be read either way is no date here.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    forms = [clutter.pattern(name) for name in ("date_line", "dateline")]
    for line in [*lines[:5], *lines[5:][-2:]]:
        match = next(filter(None, (form.fullmatch(line) for form in forms)), None)
        if match and (day := _day(match.groupdict(), clutter.tables["months"])):
            return day
    return None


def iso_date(stated: object) -> str | None:
    """Give an ISO 8601 day or date-time as it was stated; None if it is not one."""
    text = stated.strip() if isinstance(stated, str) else ""
    if not re.match(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        if len(text) <= len("2021-07-05"):
            return dt.date.fromisoformat(text).isoformat()
        return dt.datetime.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _day(groups: Mapping[str, str | None], months: Mapping[str, int]) -> str | None:
    if groups["iso"]:
        return iso_date(groups["iso"])
    month = (groups["month"] or groups["month_after"] or "").lower()
    day = groups["day"] or groups["day_first"] or 0
    year = groups["year"] or groups["year_after"] or 0
    try:
        return dt.date(int(year), months[month], int(day)).isoformat()
    except ValueError:
        return None
