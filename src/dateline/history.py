"""The story of an incident in order of time: who told it, read it, corrected it, joined it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.best import believed, best_place
from dateline.codebook import Codebook
from dateline.errors import ConfigError
from dateline.export.wording import numbered, value_words
from dateline.incidents.forms import claim_form
from dateline.incidents.sources import publication_order
from dateline.model import Change, Claim, Judgement, Report, is_human
from dateline.store.moment import Moment, moment_of

if TYPE_CHECKING:
    from dateline.store.database import Store
    from dateline.store.trail import Correction, Recorded

Kind = Literal["report", "coding", "judgement", "merge", "split", "withdrawn", "correction", "undo"]
_KINDS = ("report", "coding", "judgement", "merge", "split", "withdrawn", "correction", "undo")
_SECOND = len("YYYY-MM-DDTHH:MM:SS")
_SUMMED = ("type", "date", "place", "killed", "injured", "captured", "missing", "perpetrator")


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the story of an incident, ready for JSON.

    `made` is when, in ISO 8601: the publication date of a report as stated (None if unknown), else
    the moment in UTC. `who` is a publisher, an origin or the name of a person, None if unknown;
    `what` says it in words; `report` is an id and `quote` exact words of it, where there are any.
    """

    made: str | None
    kind: Kind
    who: str | None
    what: str
    report: str | None = None
    quote: str | None = None


def history(
    store: "Store", codebook: Codebook, incident: str, *, as_of: str | None = None
) -> list[Entry]:
    """Give the story of an incident, oldest first; undated reports come first.

    `incident` is its id, a former one or the id of an event. With `as_of` (a day or date-time) the
    story ends there. It tells of the events that stand in the incident today. Raises ConfigError if
    nothing of that id is in the store.
    """
    moment = moment_of(as_of)
    trail = store.trail()
    name = trail.kept_id(incident)
    found = store.incident(name)
    events = list(found.events) if found else []
    names = [found.id if found else name, *trail.former_ids(found.id if found else name)]
    if found is None:
        alone = trail.event(name)
        events = [name] if alone else []
        claims: Sequence[Claim] = alone[1] if alone else ()
    else:
        claims = found.claims
    changes = trail.changes(names)
    if not events and not changes:
        raise ConfigError(f"{incident}: no incident or event of that id; dateline show lists them")
    reports = _reports(store, claims)
    codings = trail.codings(reports)
    entries = [
        *_told(reports.values()),
        *_coded(codings, set(events), codebook),
        *(_judged(one) for one in trail.judgements(events) if _tells(one, set(events))),
        *(_changed(one) for one in changes),
        *_corrected(trail.corrections(events), codings, reports),
    ]
    order = {report.id: publication_order(report)[1] for report in reports.values()}
    known = [entry for entry in entries if moment is None or _is_known(entry, moment)]
    return sorted(known, key=lambda entry: _order(entry, order))


def _reports(store: "Store", claims: Sequence[Claim]) -> dict[str, Report]:
    names = dict.fromkeys(claim.span.report_id for claim in claims)
    return {name: report for name in names if (report := store.report(name))}


def _is_known(entry: Entry, moment: Moment) -> bool:
    return moment.has_seen(entry.made if entry.kind == "report" else None, entry.made or "")


def _order(entry: Entry, order: dict[str, str]) -> tuple[str, int, str]:
    made = order.get(entry.report or "", "") if entry.kind == "report" else entry.made
    # Linking states whole seconds: within one the steps stand in the order in which they happen.
    return (made or "")[:_SECOND], _KINDS.index(entry.kind), made or ""


def _told(reports: Iterable[Report]) -> Iterator[Entry]:
    for report in reports:
        title = f" “{report.title}”" if report.title else ""
        yield Entry(report.published, "report", report.publisher, f"told of it{title}", report.id)


def _coded(codings: "Sequence[Recorded]", events: set[str], codebook: Codebook) -> Iterator[Entry]:
    for coding in codings:
        own = [claim for claim in coding.claims if claim.event in events]
        if coding.status != "good":
            what = f"could not be read: {coding.message}"
        elif own:
            what = f"{numbered(len(own), 'claim')}: {_summary(own, codebook)}"
        else:
            what = "no claim on its events"
        yield Entry(coding.made, "coding", _person(coding.origin), what, coding.report)


def _summary(claims: Sequence[Claim], codebook: Codebook) -> str:
    """Give one value of each leading role, which is enough to tell readings apart."""
    parts = []
    for role in _SUMMED:
        told = believed([claim for claim in claims if claim.role == role])
        if told:
            best = best_place(told) if role == "place" else None
            chosen = next((claim for claim in told if claim.value == best), told[0])
            label = "" if role in {"type", "date", "place"} else f"{codebook.roles[role].label} "
            parts.append(f"{label}{_words(chosen)}")
    return ", ".join(parts) or "nothing of what, when and where"


def _judged(judgement: Judgement) -> Entry:
    verdict = {"same": "are one incident", "different": "are two incidents"}.get(
        judgement.verdict, "may be one incident or two"
    )
    why = f" ({'; '.join(judgement.reasons)})" if judgement.reasons else ""
    what = f"{judgement.left} and {judgement.right} {verdict}{why}"
    return Entry(judgement.made, "judgement", _person(judgement.origin), what)


def _tells(judgement: Judgement, events: set[str]) -> bool:
    """Tell whether a judgement belongs to the story: all by people, and what joined its events."""
    inside = {judgement.left, judgement.right} <= events
    return is_human(judgement.origin) or (inside and judgement.verdict == "same")


def _changed(change: Change) -> Entry:
    if change.kind == "merge":
        what = f"{change.incident} took over {change.other}"
    elif change.kind == "split":
        what = f"{change.incident} was split off {change.other}"
    else:
        what = f"{change.incident} was withdrawn: no event is left in it"
    return Entry(change.made, change.kind, None, what)


def _corrected(
    corrections: "Sequence[Correction]",
    codings: "Sequence[Recorded]",
    reports: dict[str, Report],
) -> Iterator[Entry]:
    read: dict[tuple[str, str], str] = {}
    for coding in codings:
        told = [claim for claim in coding.claims if claim.stance in {"asserted", "suspected"}]
        read |= {(claim.event, claim.role): _words(claim) for claim in reversed(told)}
    for one in corrections:
        key = (one.event, one.role)
        label = one.role.replace("_", " ")
        if one.claim is None:
            words = _words(one.undone) if one.undone else "a correction"
            what = f"{label}: took back {words}"
            yield Entry(one.made, "undo", _person(one.origin), what, one.report)
            continue
        before = f" (before: {read[key]})" if key in read else ""
        what = f"{label}: {_words(one.claim)}{before}"
        read[key] = _words(one.claim)
        report = reports.get(one.report)
        quote = report.quote(one.claim.span) if report and one.claim.quoted else None
        yield Entry(one.made, "correction", _person(one.origin), what, one.report, quote)


def _words(claim: Claim) -> str:
    form = claim_form(claim, None)["value"]
    words = value_words(form) or "not resolved"
    return words.replace("_", " ") if form and form.get("kind") == "term" else words


def _person(origin: str) -> str:
    return origin.removeprefix("human:")
