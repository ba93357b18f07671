"""Whether two tellings may be of one event: do their kinds agree, do their places contradict."""

from functools import lru_cache

from dateline.codebook import Codebook
from dateline.resolve.geometry import distance_km
from dateline.values import Place

_PROPERTY = "sabotage"
_FAR_KM = 60.0


def types_agree(left: str, right: str, book: Codebook) -> bool:
    """Tell whether two event types may name one event: one contains the other, or same ACLED code.

    The generic attack agrees with everything, an assassination with any means; clashes, shootings
    and raids with each other.
    """
    if "armed_attack" in (left, right):
        return True
    aims = book.grammar("events").tables["of_any_manner"]
    if (left in aims or right in aims) and "interception" not in (left, right):
        return True
    codes = [book.crosswalk("event_types", kind, "acled") for kind in (left, right)]
    if any(
        set(codes) <= set(group) for group in book.grammar("events").tables["agreeing"].values()
    ):
        return True
    lefts = list(book.ancestors("event_types", left))[:-1]
    rights = list(book.ancestors("event_types", right))[:-1]
    if left in rights or right in lefts:
        return True
    return codes[0] is not None and codes[0] == codes[1]


@lru_cache(maxsize=4)
def on_property(book: Codebook) -> frozenset[str]:
    """Give the event types that harm only property: sabotage, arson, looting."""
    kinds = book.event_types
    return frozenset(k for k in kinds if _PROPERTY in book.ancestors("event_types", k))


def places_conflict(left: Place | None, right: Place | None) -> bool:
    """Tell whether two places cannot be one: other countries, other provinces, or far apart."""
    if left is None or right is None:
        return False
    if left.country and right.country and left.country != right.country:
        return True
    if left.level in ("site", "town", "near") and right.level in ("site", "town", "near"):
        points = _point(left), _point(right)
        return None not in points and distance_km(*points) > _FAR_KM  # type: ignore[arg-type]
    return bool(left.admin1 and right.admin1 and left.admin1 != right.admin1)


def _point(place: Place) -> tuple[float, float] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude
