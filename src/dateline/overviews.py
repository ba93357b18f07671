"""Keeping the overviews of a store up to date: those that wait are made anew, batch by batch."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dateline.codebook import Codebook
from dateline.incidents import incident_record
from dateline.incidents.overview import Doubt, Overview, overview
from dateline.model import Copy, Incident, Judgement, Report

if TYPE_CHECKING:
    from dateline.store.database import Store
    from dateline.store.overview_index import Review

Row = dict[str, Any]

BATCH = 200
_LINKER = "link/2"
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
        rows = [OverviewRow(number) for number, _ in waiting if number not in made]
        rows += [OverviewRow(n, o.facts, o.card, o.words) for n, o in made.items()]
        index.save(rows)
        done += len(waiting)
        yield done


def overviews_of(store: "Store", codebook: Codebook, numbers: Sequence[int]) -> dict[int, Overview]:
    """Give the overviews of incidents by number; one without events has none."""
    index, links = store.overview_index(), store.link_index()
    found = dict(index.incidents(numbers))
    names = {claim.span.report_id for incident in found.values() for claim in incident.claims}
    reports = links.reports(names)
    copies = store.copies(names)
    ids = [incident.id for incident in found.values()]
    former = index.former(ids)
    states = _review_states(index.reviews([*ids, *(o for olds in former.values() for o in olds)]))
    said = links.said({event for one in found.values() for event in one.events}, _LINKER)
    made = {}
    for number, incident in found.items():
        olds = former.get(incident.id, [])
        record = _record(incident, reports, codebook, olds, copies)
        titles = [title for name in record["reports"] if (title := reports[name].title)]
        state = max((states[name] for name in (incident.id, *olds) if name in states), default=None)
        made[number] = overview(
            record,
            codebook,
            review=state[1] if state else "open",
            titles=titles,
            doubts=tuple(link_doubts(incident, said)),
        )
    return made


def _record(
    incident: Incident,
    reports: Mapping[str, Report],
    codebook: Codebook,
    former: Sequence[str],
    copies: Sequence[Copy],
) -> Row:
    names = {claim.span.report_id for claim in incident.claims}
    shared = [copy for copy in copies if copy.left in names and copy.right in names]
    record = incident_record(incident, reports, codebook, aliases=former, copies=shared)
    told = (reports[name].publisher for name in record["reports"])
    return {**record, "publishers": list(dict.fromkeys(name for name in told if name))}


def _review_states(reviews: Sequence["Review"]) -> dict[str, tuple[int, str]]:
    """Give the newest state of each incident id, with its place in the order of time."""
    return {review.incident: (place, review.state) for place, review in enumerate(reviews)}


def link_doubts(incident: Incident, said: Mapping[tuple[str, str], Judgement]) -> Iterator[Doubt]:
    """Yield how unsure the links of an incident are, from what linking said of its pairs.

    One doubt for the weakest link that holds it together, one for an incident that fits as well.
    """
    events = set(incident.events)
    inside = [j for p, j in said.items() if set(p) <= events and j.verdict == "same"]
    weakest = min((j.score for j in inside), default=1.0)
    if weakest < _SURE:
        says = f"two reports are joined with a chance of {weakest:.0%}"
        yield Doubt("link", says, round(1 - weakest, 3))
    torn = [
        j.score
        for (left, right), j in said.items()
        if j.verdict == "unsure" and j.score and len(events & {left, right}) == 1
    ]
    if torn:
        yield Doubt("link", "another incident fits one of its reports as well", 0.3)
