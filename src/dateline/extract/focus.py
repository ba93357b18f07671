"""Which countries a report is about, for words that mean another actor or day in each."""

from collections import Counter
from functools import lru_cache

from dateline.extract.scan import Scan
from dateline.resolve.actors import Focus
from dateline.values import Place

_MAIN_SHARE = 0.6
_MOST_COUNTRIES = 3


@lru_cache(maxsize=16)
def focus_of(found: Scan) -> Focus:
    """Give the countries a report is about; one alone where most of its places lie there.

    A dispatch may be written in another country than the one it tells of.
    """
    places = [(t, p) for t, p in found.where.items() if isinstance(p, Place) and p.country]
    finer = [(t, p) for t, p in places if p.level not in ("country", "sea")]
    if all(any(a <= t.start < b for a, b in found.datelines) for t, _ in finer):
        finer = places
    told = Counter(place.country or "" for _, place in finer)
    if not told:
        return ()
    first = told.most_common(_MOST_COUNTRIES)
    named = Counter(mention.code for mention in found.countries)
    others = max((count for code, count in named.items() if code != first[0][0]), default=0)
    if first[0][1] >= _MAIN_SHARE * told.total() and others < max(1, named[first[0][0]]):
        return (first[0][0],)
    return tuple(country for country, _ in first)


def country_of(found: Scan) -> str | None:
    """Give the one country that a report is about, as ISO alpha-2; None where there are more."""
    focus = focus_of(found)
    return focus[0] if len(focus) == 1 else None
