"""Keeping the overviews of a store up to date: those that wait are made anew, batch by batch."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.codebook import Codebook
from dateline.incidents import incident_record
from dateline.incidents.overview import Doubt, Overview, overview
from dateline.incidents.rules import DEFAULT
from dateline.link.cluster import newest_words
from dateline.link.judging import ORIGIN
from dateline.model import Copy, Incident, Judgement, Report

if TYPE_CHECKING:
    from dateline.store.database import Store
    from dateline.store.overview_index import Review

Row = dict[str, Any]

BATCH = 200
_SURE = 0.9


def refresh_overviews(
    store: "Store", codebook: Codebook, *, batch: int = BATCH, limit: int | None = None
) -> Iterator[int]:
    """Make the overviews that wait, newest incidents first; yield how many are done so far.

    Each batch is kept at once, so a run that breaks off goes on where it stopped. `limit` is the
    number of incidents after which to stop.
    """
    from dateline.store.overview_index import OverviewRow

    index = store.overview_index()
    done = 0
    while limit is None or done < limit:
        size = batch if limit is None else min(batch, limit - done)
        waiting = index.waiting(size)
        if not waiting:
            return
        made = overviews_of(store, codebook, [number for number, _ in waiting])
        rows = []
        for number, seen in waiting:
            new = made.get(number)
            parts = (new.facts, new.card, new.words) if new else ()
            rows.append(OverviewRow(number, seen, *parts))
        index.save(rows)
        done += len(waiting)
        yield done


def overviews_of(store: "Store", codebook: Codebook, numbers: Sequence[int]) -> dict[int, Overview]:
    """Give the overviews of incidents by number; one without events has none."""
    index, links = store.overview_index(), store.link_index()
    found = _found(store, numbers)
    ids = [incident.id for incident in found.incidents.values()]
    states = _review_states(
        index.reviews([*ids, *(old for olds in found.former.values() for old in olds)])
    )
    events = {event for one in found.incidents.values() for event in one.events}
    words = newest_words(links.words().values())
    judged = {pair for pair, word in words.items() if word.verdict != "unsure"}
    said = {pair: j for pair, j in links.said(events, ORIGIN).items() if pair not in judged}
    made = {}
    for number, record in _records(found, codebook, DEFAULT):
        incident = found.incidents[number]
        names = (incident.id, *found.former.get(incident.id, ()))
        state = max((states[name] for name in names if name in states), default=None)
        titles = [title for name in record["reports"] if (title := found.reports[name].title)]
        made[number] = overview(
            record,
            codebook,
            review=state[1] if state else "open",
            titles=titles,
            doubts=tuple(link_doubts(incident, said)),
        )
    return made


def records_of(
    store: "Store", codebook: Codebook, numbers: Sequence[int], *, rule: str = DEFAULT
) -> Iterator[Row]:
    """Stream the export records of incidents by number, in that order, batch by batch.

    Reads only what each batch needs; one without events is left out. `rule` says how casualties
    are merged; raises ConfigError for a rule that has no such name.
    """
    for start in range(0, len(numbers), BATCH):
        part = numbers[start : start + BATCH]
        records = dict(_records(_found(store, part), codebook, rule))
        yield from (records[number] for number in part if number in records)


@dataclass(frozen=True, slots=True)
class _Found:
    incidents: Mapping[int, Incident]
    reports: Mapping[str, Report]
    copies: Sequence[Copy]
    former: Mapping[str, Sequence[str]]


def _found(store: "Store", numbers: Sequence[int]) -> _Found:
    index = store.overview_index()
    incidents = dict(index.incidents(numbers))
    names = {claim.span.report_id for incident in incidents.values() for claim in incident.claims}
    return _Found(
        incidents,
        store.link_index().reports(names),
        store.copies(names),
        index.former(incident.id for incident in incidents.values()),
    )


def _records(found: _Found, codebook: Codebook, rule: str) -> Iterator[tuple[int, Row]]:
    by_left: dict[str, list[Copy]] = {}
    for copy in found.copies:
        by_left.setdefault(copy.left, []).append(copy)
    for number, incident in found.incidents.items():
        names = sorted({claim.span.report_id for claim in incident.claims})
        shared = [c for name in names for c in by_left.get(name, ()) if c.right in names]
        former = found.former.get(incident.id, ())
        record = incident_record(
            incident, found.reports, codebook, aliases=former, copies=shared, rule=rule
        )
        told = (found.reports[name].publisher for name in record["reports"])
        yield number, {**record, "publishers": list(dict.fromkeys(name for name in told if name))}


def _review_states(reviews: Sequence["Review"]) -> dict[str, tuple[int, str]]:
    """Give the newest state of each incident id, with its place in the order of time."""
    return {review.incident: (place, review.state) for place, review in enumerate(reviews)}


def link_doubts(incident: Incident, said: Mapping[tuple[str, str], Judgement]) -> Iterator[Doubt]:
    """Yield how unsure the links of an incident are, from what linking said of its pairs.

    One doubt for the weakest link that holds it together, one for an incident that fits as well.
    """
    events = set(incident.events)
    joined = [(j.score, p) for p, j in said.items() if j.verdict == "same" and set(p) <= events]
    score, pair = min(joined, default=(1.0, ("", "")))
    if score < _SURE:
        says = f"two reports are joined with a chance of {score:.0%}"
        yield Doubt("link", says, round(1 - score, 3), events=pair)
    torn = [
        (j.score, pair)
        for pair, j in said.items()
        if j.verdict == "unsure" and j.score and len(events.intersection(pair)) == 1
    ]
    if torn:
        says = "another incident fits one of its reports as well"
        yield Doubt("link", says, 0.3, events=max(torn)[1])
