"""Events and places that tests of linking share: a rocket attack in Anbar, and what differs."""

import datetime as dt
from dataclasses import replace
from typing import Any

from dateline.codebook import load_codebook
from dateline.link.view import EventView
from dateline.values import Place

BOOK = load_codebook()
DAY = dt.date(2021, 7, 5)
ASAD = Place("icao:ORAA", "Al Asad Air Base", "IQ", "Al Anbar", 33.786, 42.441, "site")
HIT = Place("geonames:98860", "Hīt", "IQ", "Al Anbar", 33.64, 42.83, "town")
BAGHDAD = Place("geonames:98182", "Baghdad", "IQ", "Baghdad", 33.34, 44.40, "town")
ANBAR = Place("geonames:99592", "Al Anbar", "IQ", "Al Anbar", 33.0, 42.0, "province")
IRAQ = Place("iso:IQ", "Iraq", "IQ", None, 33.0, 44.0, "country")
NEAR_ASAD = replace(ASAD, id=None, latitude=33.9, level="near")


def types(kind: str) -> dict[str, Any]:
    """Give the cells of a view that tell its type."""
    return {
        "types": tuple(BOOK.ancestors("event_types", kind)),
        "sub_event": BOOK.crosswalk("event_types", kind, "acled"),
    }


def days(first: int, last: int) -> dict[str, dt.date]:
    """Give the cells of a view that tell its date, in days from that of BASE."""
    return {"earliest": DAY + dt.timedelta(first), "latest": DAY + dt.timedelta(last)}


BASE = EventView(
    "e_a", "a", "2021-07-06", 10, is_lead=True, place=ASAD, weapon="explosive_projectile",
    **days(0, 0), **types("rocket_attack"),
)  # fmt: skip
