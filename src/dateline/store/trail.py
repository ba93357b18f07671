"""The side of a store that knows who put what on record, and when; corrections are written here.

Nothing here changes a row: a correction adds a coding with one claim, taking one back adds a coding
without any.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dateline.errors import StoreError
from dateline.model import Change, Claim, Judgement, Report
from dateline.store import schema as t
from dateline.store.current import current_claims, standing_corrections, text_order
from dateline.store.opening import transaction
from dateline.store.overview_index import stale
from dateline.store.rows import claim_from_row, claim_to_row, judgement_from_row, report_from_row
from dateline.store.writing import cut, put_coding


@dataclass(frozen=True, slots=True)
class Recorded:
    """One coding of a report: by whom, when, with its claims; `message` says why it failed."""

    report: str
    origin: str
    made: str
    status: str
    message: str | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's word on a role of an event; without a claim it takes back the claim `undone`."""

    report: str
    event: str
    role: str
    origin: str
    made: str
    claim: Claim | None
    undone: Claim | None = None


class Trail:
    """Questions about ids and their past, and the two ways of correcting a value."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    # -- names ------------------------------------------------------------------------------------

    def kept_id(self, name: str) -> str:
        """Give the id that holds today for an incident id that was merged away, else the same."""
        with transaction(self._engine) as connection:
            while True:
                query = sa.select(t.aliases.c.kept).where(t.aliases.c.old == name)
                kept = connection.execute(query).scalar()
                if kept is None:
                    return name
                name = str(kept)

    def former_ids(self, incident: str) -> list[str]:
        """Give the incident ids that were merged into this one, in order of ids."""
        found: set[str] = set()
        waiting = [incident]
        with transaction(self._engine) as connection:
            while waiting:
                query = sa.select(t.aliases.c.old).where(t.aliases.c.kept.in_(waiting))
                waiting = [old for old in connection.execute(query).scalars() if old not in found]
                found.update(waiting)
        return sorted(found)

    def beginning_with(self, typed: str, limit: int = 20) -> list[str]:
        """Give the ids of incidents, former incidents and events that are or begin with some text.

        An id typed in full comes alone. Events of no incident are looked for last.
        """
        columns = (t.incidents.c.id, t.aliases.c.old, t.memberships.c.event)
        with transaction(self._engine) as connection:
            found: list[str] = []
            whole = (sa.select(column).where(column == typed).limit(1) for column in columns)
            if any(connection.execute(query).first() for query in whole):
                return [typed]
            for column in columns:
                begins = sa.func.substr(column, 1, len(typed)) == typed
                query = sa.select(column).where(begins).order_by(column).limit(limit)
                found += connection.execute(query).scalars()
            if not found:
                begins = sa.func.substr(t.claims.c.event, 1, len(typed)) == typed
                query = sa.select(t.claims.c.event).where(begins).distinct().limit(limit)
                found += connection.execute(query).scalars()
        return [typed] if typed in found else sorted(set(found))

    # -- what is in force -------------------------------------------------------------------------

    def event(self, event: str) -> tuple[Report, list[Claim]] | None:
        """Give the report and the current claims of an event; None if no claim is current."""
        member = sa.select(t.memberships.c.report).where(t.memberships.c.event == event)
        other = (
            sa.select(t.codings.c.report)
            .join(t.claims, t.claims.c.coding == t.codings.c.number)
            .where(t.claims.c.event == event)
            .limit(1)
        )
        with transaction(self._engine) as connection:
            number = connection.execute(member).scalar()
            number = connection.execute(other).scalar() if number is None else number
            if number is None:
                return None
            row = connection.execute(sa.select(t.reports).where(t.reports.c.number == number)).one()
            query = current_claims(reports=[int(number)]).where(t.claims.c.event == event)
            claims = [claim_from_row(one) for one in connection.execute(query)]
        return (report_from_row(row), sorted(claims, key=text_order)) if claims else None

    def standing(self, event: str, role: str) -> Correction | None:
        """Give the correction of a role of an event that holds, if any."""
        with transaction(self._engine) as connection:
            number = _standing(connection, event, role)
            found = self._corrections(connection, t.corrections.c.coding == number)
        return found[0] if found else None

    # -- corrections ------------------------------------------------------------------------------

    def correct(self, claim: Claim, made: str) -> bool:
        """Keep a person's claim as a correction; give whether it said anything new.

        Raises StoreError if its report is not in the store or its span not inside the report.
        """
        with transaction(self._engine, writes=True) as connection:
            report = _locked(connection, claim.span.report_id)
            report_from_row(report).quote(claim.span)
            number = _standing(connection, claim.event, claim.role)
            query = sa.select(t.corrections.c.claim).where(t.corrections.c.coding == number)
            if number is not None and connection.execute(query).scalar() == claim.id:
                return False
            coding = put_coding(connection, report.number, claim.origin, made, "good", None)
            connection.execute(t.claims.insert(), [{"coding": coding, **claim_to_row(claim)}])
            row = {"coding": coding, "event": claim.event, "role": claim.role, "claim": claim.id}
            connection.execute(t.corrections.insert(), [row | {"quoted": claim.quoted}])
            _mark_stale(connection, claim.event)
        return True

    def take_back(self, correction: Correction, origin: str, made: str) -> None:
        """Take back the correction that holds; the one before it, if any, holds again."""
        with transaction(self._engine, writes=True) as connection:
            report = _locked(connection, correction.report)
            number = _standing(connection, correction.event, correction.role)
            if number is None:
                return
            coding = put_coding(connection, report.number, origin, made, "good", None)
            row = {"coding": coding, "event": correction.event, "role": correction.role}
            row |= {"claim": None, "quoted": False, "undoes": number}
            connection.execute(t.corrections.insert(), [row])
            _mark_stale(connection, correction.event)

    # -- the past ---------------------------------------------------------------------------------

    def codings(self, reports: Iterable[str]) -> list[Recorded]:
        """Give every coding of reports with its claims, corrections excepted, oldest first."""
        found: list[tuple[int, Recorded]] = []
        corrected = sa.select(t.corrections.c.coding)
        with transaction(self._engine) as connection:
            for part in cut(sorted(set(reports))):
                query = (
                    sa.select(t.codings, t.reports.c.id.label("report_id"))
                    .join(t.reports, t.reports.c.number == t.codings.c.report)
                    .where(t.reports.c.id.in_(part), t.codings.c.number.not_in(corrected))
                )
                for row in connection.execute(query).all():
                    claims = tuple(self._claims(connection, row.number))
                    names = (row.report_id, row.origin, row.made, row.status, row.message)
                    found.append((row.number, Recorded(*names, claims)))
        return [one for _, one in sorted(found, key=lambda item: (item[1].made, item[0]))]

    def corrections(self, events: Iterable[str]) -> list[Correction]:
        """Give every correction of events and every one taken back, oldest first."""
        with transaction(self._engine) as connection:
            return [
                correction
                for part in cut(sorted(set(events)))
                for correction in self._corrections(connection, t.corrections.c.event.in_(part))
            ]

    def judgements(self, events: Iterable[str]) -> list[Judgement]:
        """Give the judgements, by anybody, that hold one of these events, oldest first."""
        found: dict[str, Judgement] = {}
        with transaction(self._engine) as connection:
            for part in cut(sorted(set(events))):
                for side in (t.judgements.c.left, t.judgements.c.right):
                    rows = connection.execute(sa.select(t.judgements).where(side.in_(part)))
                    found |= {row.id: judgement_from_row(row) for row in rows}
        return sorted(found.values(), key=lambda judgement: judgement.made)

    def changes(self, incidents: Iterable[str]) -> list[Change]:
        """Give what became of incident ids, oldest first."""
        names = sorted(set(incidents))
        here = sa.or_(t.changes.c.incident.in_(names), t.changes.c.other.in_(names))
        query = sa.select(t.changes).where(here).order_by(t.changes.c.number)
        with transaction(self._engine) as connection:
            rows = connection.execute(query).all()
        return [Change(row.kind, row.incident, row.other, row.made) for row in rows]

    def _claims(self, connection: sa.Connection, coding: int) -> Sequence[Claim]:
        query = (
            sa.select(t.claims, t.codings.c.origin, t.reports.c.id.label("report_id"))
            .add_columns(t.corrections.c.quoted)
            .join(t.codings, t.codings.c.number == t.claims.c.coding)
            .join(t.reports, t.reports.c.number == t.codings.c.report)
            .outerjoin(t.corrections, t.corrections.c.coding == t.claims.c.coding)
            .where(t.claims.c.coding == coding)
        )
        return sorted(map(claim_from_row, connection.execute(query)), key=text_order)

    def _corrections(
        self, connection: sa.Connection, which: "sa.ColumnElement[bool]"
    ) -> list[Correction]:
        query = (
            sa.select(t.corrections, t.codings.c.origin, t.codings.c.made)
            .add_columns(t.reports.c.id.label("report_id"))
            .join(t.codings, t.codings.c.number == t.corrections.c.coding)
            .join(t.reports, t.reports.c.number == t.codings.c.report)
            .where(which)
            .order_by(t.corrections.c.coding)
        )
        found = []
        for row in connection.execute(query).all():
            given = self._claims(connection, row.coding)
            undone = self._claims(connection, row.undoes) if row.undoes is not None else ()
            who = (row.report_id, row.event, row.role, row.origin, row.made)
            found.append(Correction(*who, next(iter(given), None), next(iter(undone), None)))
        return found


def _standing(connection: sa.Connection, event: str, role: str) -> int | None:
    standing = standing_corrections().subquery()
    here = (standing.c.event == event) & (standing.c.role == role)
    return connection.execute(sa.select(standing.c.coding).where(here)).scalar()


def _locked(connection: sa.Connection, report: str) -> Any:  # noqa: ANN401  (a row)
    # The lock makes two people who correct one report take turns (SQLite has done so already).
    query = sa.select(t.reports).where(t.reports.c.id == report).with_for_update()
    row = connection.execute(query).first()
    if row is None:
        raise StoreError(f"report {report}: is not in the store")
    return row


def _mark_stale(connection: sa.Connection, event: str) -> None:
    incident = sa.select(t.memberships.c.incident).where(t.memberships.c.event == event)
    stale(connection, incident)
