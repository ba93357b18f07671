"""The days of feasts that move from year to year, by arithmetic alone.

Easter: the computus of Meeus, Astronomical Algorithms (1991), ch. 8. Islamic months: the arithmetic
calendar of Reingold and Dershowitz, Calendrical Calculations (2018), ch. 7; the moon as it is seen
may begin a month a day sooner or later, so these feasts carry a day of doubt either side. Jewish
new year: the molad and its postponements, ibid. ch. 8. Diwali: the evening before the new moon of
October or November, the new moon by Meeus ch. 47 with its largest terms.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dateline.resolve.expressions import ONE_DAY, Days

THURSDAY = 3
ISLAMIC_EPOCH = dt.date(622, 7, 18).toordinal()
"""1 Muharram of year 1, Gregorian; the Thursday epoch, nearest to the calendar of Mecca."""
HEBREW_YEARS_BEFORE = 3760
HEBREW_EPOCH = -1_373_427
"""Ordinal that the days of the first Hebrew year count from."""
PARTS_OF_DAY = 25_920
CYCLE, LEAP_MONTHS, MONTHS_OF_CYCLE = 19, 7, 235
LONG_YEARS = {355, 385}
J2000 = dt.datetime(2000, 1, 1, 12, tzinfo=dt.UTC)
INDIA = dt.timedelta(hours=5, minutes=30)
DUSK = 18


def feast_days(feast: Mapping[str, Any], year: int) -> Iterator[Days]:
    """Yield the first and last day of a feast that begins in a year of our calendar, in order.

    `feast` is an entry of the grammar: `moves` names the rule, `from` and `to` count days from the
    day it gives. A feast by the Islamic calendar may come twice in a year.
    """
    for day in _RULES[feast["moves"]](feast, year):
        yield day + feast["from"] * ONE_DAY, day + feast["to"] * ONE_DAY


def _easter(_: Mapping[str, Any], year: int) -> Iterator[dt.date]:
    century, rest = divmod(year, 100)
    golden = year % 19
    skipped, left = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - skipped - moon + 15) % 30
    leaps, odd = divmod(rest, 4)
    weekday = (32 + 2 * left + 2 * leaps - epact - odd) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    yield dt.date(year, month, day + 1)


def _orthodox_easter(_: Mapping[str, Any], year: int) -> Iterator[dt.date]:
    epact = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7
    month, day = divmod(epact + weekday + 114, 31)
    behind = year // 100 - year // 400 - 2
    yield dt.date(year, month, day + 1) + behind * ONE_DAY


def _fourth_thursday(feast: Mapping[str, Any], year: int) -> Iterator[dt.date]:
    first = dt.date(year, feast["month"], 1)
    yield first + ((THURSDAY - first.weekday()) % 7 + 21) * ONE_DAY


def _islamic(feast: Mapping[str, Any], year: int) -> Iterator[dt.date]:
    about = (year - 622) * 33 // 32
    for lunar in range(about - 1, about + 3):
        elapsed = 354 * (lunar - 1) + (3 + 11 * lunar) // 30
        months = 29 * (feast["month"] - 1) + feast["month"] // 2
        date = dt.date.fromordinal(ISLAMIC_EPOCH + elapsed + months + feast["day"] - 1)
        if date.year == year:
            yield date


def _jewish_new_year(_: Mapping[str, Any], year: int) -> Iterator[dt.date]:
    yield dt.date.fromordinal(_new_year(year + HEBREW_YEARS_BEFORE + 1))


def _hanukkah(_: Mapping[str, Any], year: int) -> Iterator[dt.date]:
    """The 25th of Kislev: a long year has a day more before it."""
    start = _new_year(year + HEBREW_YEARS_BEFORE + 1)
    length = _new_year(year + HEBREW_YEARS_BEFORE + 2) - start
    yield dt.date.fromordinal(start + 83 + (length in LONG_YEARS))


def _new_year(year: int) -> int:
    """Give the ordinal of the first day of a Hebrew year."""
    before, day, after = (_molad_day(y) for y in (year - 1, year, year + 1))
    late = 2 if after - day == 356 else 1 if day - before == 382 else 0  # noqa: PLR2004
    return HEBREW_EPOCH + day + late


def _molad_day(year: int) -> int:
    months = (MONTHS_OF_CYCLE * year - MONTHS_OF_CYCLE + 1) // CYCLE
    day = 29 * months + (12_084 + 13_753 * months) // PARTS_OF_DAY
    return day + 1 if 3 * (day + 1) % 7 < 3 else day  # noqa: PLR2004


def _autumn_new_moon(_: Mapping[str, Any], year: int) -> Iterator[dt.date]:
    """The day at whose dusk in India the moon is last dark before the new moon ends it."""
    first, last = dt.date(year, 10, 17), dt.date(year, 11, 15)
    about = round((year + 0.8 - 2000) * 12.3685)
    for number in range(about - 2, about + 3):
        moment = _new_moon(number) + INDIA
        date = moment.date() if moment.hour >= DUSK else moment.date() - ONE_DAY
        if first <= date <= last:
            yield date
            return


def _new_moon(number: int) -> dt.datetime:
    """Give the moment of a new moon, counted from January 2000, to some minutes."""
    century = number / 1236.85
    days = 5.09766 + 29.530588861 * number + 0.00015437 * century**2
    sun = math.radians(2.5534 + 29.1053567 * number)
    moon = math.radians(201.5643 + 385.81693528 * number)
    node = math.radians(160.7108 + 390.67050284 * number)
    days += -0.4072 * math.sin(moon) + 0.17241 * math.sin(sun) + 0.01608 * math.sin(2 * moon)
    days += 0.01039 * math.sin(2 * node) + 0.00739 * math.sin(moon - sun)
    days -= 0.00514 * math.sin(moon + sun)
    return J2000 + dt.timedelta(days=days)


_RULES: Mapping[str, Callable[[Mapping[str, Any], int], Iterator[dt.date]]] = {
    "easter": _easter,
    "orthodox_easter": _orthodox_easter,
    "fourth_thursday": _fourth_thursday,
    "islamic": _islamic,
    "jewish_new_year": _jewish_new_year,
    "hanukkah": _hanukkah,
    "autumn_new_moon": _autumn_new_moon,
}
