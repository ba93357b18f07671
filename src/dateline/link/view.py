"""What linking looks at in an event: the best of its claims, names and words of its report."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

from dateline.best import (
    believed,
    best_count,
    best_place,
    best_term,
    best_when,
    context_of,
    fineness,
    kind_of,
    prevailing,
)
from dateline.codebook import Codebook
from dateline.link.names import names_of
from dateline.link.words import Sketch, rarest, words_of
from dateline.model import Claim, Report, is_human
from dateline.values import Actor, Place, value_from_json, value_to_json

_LINKED_CONTEXTS = {"reported", "background"}
_SHARP_LEVELS = {"site", "town"}
_SHARP_DAYS = 2  # a night has two days
EARTH_KM = 6371.0
Range = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class EventView:
    """One event as linking sees it; what the report does not tell is None or empty.

    `types` and `targets` are the term with its ancestors, counts are ranges, `minute` is the local
    minute of the day, `names` and `words` are sketches of the report: of its names and of its
    rarest words. `published` is the publication date as stated, empty if unknown; `is_news` is
    false for background, `is_lead` true for the first event of a report.
    """

    id: str
    report: str
    published: str
    start: int
    is_news: bool = True
    is_lead: bool = False
    types: tuple[str, ...] = ()
    sub_event: str | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    minute: int | None = None
    zone: str | None = None
    place: Place | None = None
    weapon: str | None = None
    targets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    munitions: Range | None = None
    killed: Range | None = None
    injured: Range | None = None
    names: tuple[int, ...] = ()
    words: Sketch = frozenset()

    @property
    def days(self) -> int:
        """The length of the interval of days; 0 if an end is not known."""
        return (self.latest - self.earliest).days + 1 if self.earliest and self.latest else 0

    @property
    def is_sharp(self) -> bool:
        """Whether both day and place are fine enough to tell two incidents apart."""
        return 0 < self.days <= _SHARP_DAYS and self.is_pinned

    @property
    def is_pinned(self) -> bool:
        """Whether the place is a site or a town with coordinates."""
        place = self.place
        return place is not None and place.level in _SHARP_LEVELS and place.latitude is not None

    @property
    def published_day(self) -> dt.date | None:
        """The day of publication; None unless a full day is stated."""
        return _day(self.published[:10])

    @property
    def order(self) -> tuple[bool, str, str, int, str]:
        """The sort key: by publication (undated last), report, place in the text, id."""
        return not self.published, self.published, self.report, self.start, self.id


def view_of(
    report: Report,
    claims: Sequence[Claim],
    codebook: Codebook,
    names: tuple[int, ...] = (),
    words: Sketch = frozenset(),
) -> EventView | None:
    """Give the view of an event, or None for what is no incident: other kinds, plans, threats.

    Whether it is the lead of its report is not seen from one event; `views_of` fills that in.
    """
    context = context_of(claims)
    if kind_of(claims) != "incident" or not _is_linked(context, claims):
        return None
    ordered = sorted(claims, key=lambda c: (c.span.start, c.span.end, c.id))
    roles: dict[str, list[Claim]] = {}
    for claim in ordered:
        roles.setdefault(claim.role, []).append(claim)

    def told(role: str) -> list[Claim]:
        return believed(roles.get(role, []))

    anchors = prevailing(roles.get("type", ordered))
    kind = best_term(anchors, codebook, "event_types")
    when = best_when(told("date"))
    target = best_term(told("target_type"), codebook, "target_types")
    return EventView(
        id=ordered[0].event,
        report=report.id,
        published=report.published or "",
        start=anchors[0].span.start,
        is_news=context == "reported",
        types=tuple(codebook.ancestors("event_types", kind)) if kind else (),
        sub_event=codebook.crosswalk("event_types", kind, "acled") if kind else None,
        earliest=when.earliest if when else None,
        latest=when.latest if when else None,
        minute=_minute(when.time) if when and when.time else None,
        zone=when.zone if when else None,
        place=best_place(told("place")),
        weapon=_family(best_term(told("weapon"), codebook, "weapons"), codebook),
        targets=tuple(codebook.ancestors("target_types", target)) if target else (),
        actors=_sides(told("perpetrator"), codebook),
        munitions=_range(told("munitions")),
        killed=_range(told("killed")),
        injured=_range(told("injured")),
        names=names,
        words=words,
    )


def _is_linked(context: str, claims: Sequence[Claim]) -> bool:
    # What a person found not to have happened stays an incident, so that its grade can say so.
    by_hand = any(c.role == "context" and is_human(c.origin) for c in claims)
    return context in _LINKED_CONTEXTS or (context == "denied" and by_hand)


def views_of(report: Report, claims: Iterable[Claim], codebook: Codebook) -> list[EventView]:
    """Give the views of all events of a report that can be linked, in text order."""
    # A headline that stands beside the text and not in it is of the report, too.
    text = f"{report.title or ''}\n{report.text}"
    names = names_of(text, codebook.grammar("linking"))
    words = words_of(text, report.language)
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        told.setdefault(claim.event, []).append(claim)
    found = (view_of(report, group, codebook, names, words) for group in told.values())
    ordered = sorted((v for v in found if v is not None), key=lambda v: (v.start, v.id))
    return [replace(view, is_lead=number == 0) for number, view in enumerate(ordered)]


def view_to_json(view: EventView) -> dict[str, Any]:
    """Give the JSON form of a view, without what is empty."""
    form = {name: getattr(view, name) for name in _FIELDS}
    form["place"] = value_to_json(view.place)
    form["words"] = rarest(view.words, len(view.words))
    for end in ("earliest", "latest"):
        form[end] = form[end].isoformat() if form[end] else None
    return {name: item for name, item in form.items() if item not in (_FIELDS[name], [])}


def view_from_json(form: dict[str, Any]) -> EventView:
    """Read back what `view_to_json` wrote."""
    items: dict[str, Any] = {
        name: tuple(item) if isinstance(item, list) else item for name, item in form.items()
    }
    for end in ("earliest", "latest"):
        if end in items:
            items[end] = dt.date.fromisoformat(items[end])
    items["words"] = frozenset(items.get("words", ()))
    if "place" in items:
        items["place"] = value_from_json(items["place"])
    return EventView(**items)


@lru_cache(maxsize=1024)  # many pairs ask for few days
def _day(date: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(date)
    except ValueError:
        return None


_FIELDS = {field.name: field.default for field in fields(EventView)}


def _minute(time: str) -> int | None:
    hours, _, minutes = time.partition(":")
    return int(hours) * 60 + int(minutes[:2] or 0) if hours.isdecimal() else None


def _family(weapon: str | None, codebook: Codebook) -> str | None:
    entry = codebook.lists["weapons"].get(weapon or "")
    family = entry.details.get("family", weapon) if entry else weapon
    return None if family in {None, "unknown"} else str(family)


def _sides(claims: Sequence[Claim], codebook: Codebook) -> tuple[str, ...]:
    """Give the perpetrators that the registry knows by name; "gunmen" is nobody in particular."""
    named = {c.value.id for c in claims if isinstance(c.value, Actor) and c.value.id}
    known = (codebook.actors.get(name) for name in named)
    return tuple(sorted(actor.id for actor in known if actor and actor.kind != "generic"))


def _range(claims: Sequence[Claim]) -> Range | None:
    best = best_count(claims)
    if best is None or (best.count.low is None and best.count.high is None):
        return None
    return best.count.low or 0, best.count.high


def kilometres(left: Place, right: Place) -> float | None:
    """Give the great-circle distance of two places; None where one has no coordinates."""
    if None in (left.latitude, left.longitude, right.latitude, right.longitude):
        return None
    a, b = math.radians(left.latitude or 0), math.radians(right.latitude or 0)
    turn = math.radians((right.longitude or 0) - (left.longitude or 0))
    part = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, part)))


def coarser(left: Place, right: Place) -> Place:
    """Give the place of the coarser level."""
    return left if fineness(left) >= fineness(right) else right
