"""Where a division is shown: at the town it is governed from, as coders of events do.

A division told as the place of an event gives no point of its own. ACLED's codebook takes the
provincial capital then; the middle of the division is seldom where anybody lives.
"""

from dataclasses import replace

from dateline.resolve.gazetteer import Gazetteer
from dateline.values import Place, Unknown

DIVISIONS = ("province", "district")


def at_seat(place: Place | Unknown, places: Gazetteer) -> Place | Unknown:
    """Give a province or district the coordinates of its seat, and say so in the reason.

    The level stays: the point still stands for the whole. Other places come back as they are, and
    divisions without a known town.
    """
    if not isinstance(place, Place) or place.level not in DIVISIONS or place.id is None:
        return place
    seat = places.seat(place.id)
    if seat is None:
        return place
    reason = f"{place.reason}; shown at its seat, {seat.name}"
    return replace(place, latitude=seat.latitude, longitude=seat.longitude, reason=reason)
