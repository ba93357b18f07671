"""The JSON form of a value in a few words, for a table cell or a line on the screen."""

from collections.abc import Mapping
from typing import Any

BASES = {"at_least": "at least ", "at_most": "up to ", "about": "about ", "vague": "about "}


def value_words(value: Mapping[str, Any] | str | None) -> str | None:
    """Give a value in words: "2021-07-05 (day)", "at least 3", "Al Asad Air Base (site), IQ".

    None stays None (not resolved yet); an unknown value gives "unknown: " and its reason.
    """
    if value is None or isinstance(value, str):
        return value
    if "reason" in value and value.get("kind") == "unknown":
        return f"unknown: {value['reason']}"
    if "low" in value:
        return count_words(value)
    if "earliest" in value:
        return date_words(value)
    if "level" in value:
        return place_words(value)
    return str(value.get("text") or value.get("name") or value.get("id"))


def numbered(number: int, noun: str) -> str:
    """Give a number of things: "1 incident", "2 incidents"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def count_words(count: Mapping[str, Any]) -> str:
    """Give a count: "3", "at least 3", "up to 5", "3 to 5", "some" for a number nobody states.

    Where a rule tells best from low and high: "best 5 (3 to 7)".
    """
    best = count.get("best")
    if best is not None and not count.get("low") == count.get("high") == best:
        return f"best {best} ({count_words({**count, 'best': None, 'of': None})})"
    low, high = count.get("low"), count.get("high")
    of = f" {count['of']}" if count.get("of") else ""
    if low is None and high is None:
        return f"some{of}"
    if low == high:
        basis = BASES.get(count.get("basis") or "", "")
        return f"{basis if basis.startswith('about') else ''}{low}{of}"
    if high is None:
        return f"at least {low}{of}"
    up_to = low is None or (low == 0 and count.get("basis") == "at_most")
    return f"{f'up to {high}' if up_to else f'{low} to {high}'}{of}"


def short_count(count: Mapping[str, Any]) -> str:
    """Give a count for a narrow column: "3", "≥30", "≤5", "3-5", "~12", "some", "4 (3-5)"."""
    best = count.get("best")
    if best is not None and not count.get("low") == count.get("high") == best:
        return f"{best} ({short_count({**count, 'best': None})})"
    low, high = count.get("low"), count.get("high")
    if low is None and high is None:
        return "some"
    if low == high:
        return f"~{low}" if count.get("basis") in {"about", "vague"} else str(low)
    if high is None:
        return f"≥{low}"
    return f"≤{high}" if low is None else f"{low}-{high}"


def short_date(date: Mapping[str, Any]) -> str:
    """Give a date for a narrow column: "2021-07-05 (day)", "2021-06-28/07-04 (week)", "unknown"."""
    precision = date.get("precision")
    letters = {"month": 7, "year": 4}.get(precision or "")
    if letters and date.get("earliest"):
        return f"{date['earliest'][:letters]} ({precision})"
    earliest, latest = date.get("earliest") or "", date.get("latest") or ""
    if earliest != latest and earliest[:4] == latest[:4]:
        return f"{earliest}/{latest[5:]} ({precision})"
    return date_words({**date, "time": None})


def short_place(place: Mapping[str, Any]) -> str:
    """Give a place for a narrow column: "Al Asad Air Base, IQ (site)"."""
    name, country = place.get("name") or "unknown", place.get("country")
    inside = f", {country}" if country and place.get("level") != "country" else ""
    return f"{name}{inside} ({place.get('level') or 'unknown'})"


def date_words(date: Mapping[str, Any]) -> str:
    """Give a date with its precision: "2021-07-05 (day) 14:45", or "unknown"."""
    earliest, latest = date.get("earliest"), date.get("latest")
    precision = date.get("precision") or "unknown"
    if not earliest and not latest:
        return "unknown"
    days = str(earliest) if earliest == latest else f"{earliest or '…'} to {latest or '…'}"
    time = f" {date['time']}" if date.get("time") else ""
    return f"{days} ({precision}){time}"


def place_words(place: Mapping[str, Any]) -> str:
    """Give a place with its level and where it lies: "Al Asad Air Base (site), Al Anbar, IQ"."""
    parts = [f"{place.get('name') or 'unknown'} ({place.get('level') or 'unknown'})"]
    around = (place.get("admin1"), place.get("country"))
    parts += [part for part in around if part and part != place.get("name")]
    return ", ".join(parts)


def speaker_names(claim: Mapping[str, Any]) -> list[str]:
    """Give the names of a claim's speakers, outermost first."""
    return list(claim.get("speakers") or ())
