"""The one class that keeps things: reports, claims and judgements in, incidents out."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Self

import sqlalchemy as sa

from dateline.errors import SpanError, StoreError
from dateline.model import Change, Claim, Copy, Incident, Judgement, Report, is_human
from dateline.store import schema as t
from dateline.store.current import current_claims, last_words, text_order
from dateline.store.link_index import LinkIndex
from dateline.store.moment import Moment, moment_of
from dateline.store.opening import transaction
from dateline.store.overview_index import OverviewIndex, stale
from dateline.store.report_index import ReportIndex
from dateline.store.rows import claim_from_row, claim_to_row, judgement_from_row, report_from_row
from dateline.store.tokens import TokenIndex
from dateline.store.told_index import ToldIndex
from dateline.store.trail import Trail
from dateline.store.writing import (
    cut,
    kept_claims,
    put_coding,
    put_judgements,
    put_report,
)

_BATCH = 1000


class Store:
    """Reports with their claims, judgements and incidents, in one database.

    Every method is one transaction; iterators stream and must be used up or closed before the
    store is. Nothing is updated in place: a correction is one more claim or judgement.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back the connections."""
        self._engine.dispose()

    def add(self, report: Report, claims: Iterable[Claim], *, origin: str, made: str) -> bool:
        """Keep a report and the claims one origin made of it; give whether anything was new.

        `made` is when, in ISO 8601 UTC. Raises StoreError, and keeps nothing, when a claim's quote
        is not in the report or when the id is known with another text.
        """
        rows = {claim.id: _checked(claim, report) for claim in claims}
        with transaction(self._engine, writes=True) as connection:
            number, new = put_report(connection, report)
            kept = kept_claims(connection, number, origin)
            if kept is not None and is_human(origin):
                rows = {name: row for name, row in rows.items() if name not in kept}
                if not rows:
                    return new
            elif kept == rows:
                return new
            coding = put_coding(connection, number, origin, made, "good", None)
            if rows:
                connection.execute(
                    t.claims.insert(), [{"coding": coding, **row} for row in rows.values()]
                )
            if is_human(origin):
                # What a machine coded shows once it is linked; a person's word holds at once.
                told = sorted({row["event"] for row in rows.values()})
                for part in cut(told):
                    stale(connection, _incidents_of(part))
        return True

    def record_failure(
        self, report: Report, origin: str, reason: str, *, made: str | None = None
    ) -> None:
        """Note that an origin could not code a report, and why; earlier good claims stay."""
        when = made or dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        with transaction(self._engine, writes=True) as connection:
            number, _ = put_report(connection, report)
            put_coding(connection, number, origin, when, "failed", reason)

    def is_coded(self, report_id: str, origin: str) -> bool:
        """Tell whether an origin has coded a report well: the marker for going on later."""
        query = (
            sa.select(t.codings.c.number)
            .join(t.reports)
            .where(t.reports.c.id == report_id, t.codings.c.origin == origin)
            .where(t.codings.c.status == "good")
            .limit(1)
        )
        with transaction(self._engine) as connection:
            return connection.execute(query).first() is not None

    def failures(self) -> Iterator[tuple[str, str, str]]:
        """Stream (report id, origin, reason) of codings that failed and were not made good."""
        good = t.codings.alias("good")
        mended = sa.exists().where(
            good.c.report == t.codings.c.report,
            good.c.origin == t.codings.c.origin,
            good.c.status == "good",
        )
        query = (
            sa.select(t.reports.c.id, t.codings.c.origin, t.codings.c.message)
            .join(t.reports)
            .where(t.codings.c.status == "failed", ~mended)
            .order_by(t.codings.c.number)
        )
        for row in self._stream(query):
            yield row.id, row.origin, row.message

    def report(self, report_id: str) -> Report | None:
        """Give a report by id, or None."""
        query = sa.select(t.reports).where(t.reports.c.id == report_id)
        with transaction(self._engine) as connection:
            row = connection.execute(query).first()
        return report_from_row(row) if row else None

    def reports(self) -> Iterator[Report]:
        """Stream all reports in the order they were added."""
        yield from map(
            report_from_row, self._stream(sa.select(t.reports).order_by(t.reports.c.number))
        )

    def claims(self, report_id: str | None = None) -> Iterator[Claim]:
        """Stream the current claims, report by report, each report's in text order.

        Current are those of the newest good coding of a report and all that people made.
        """
        query = current_claims().order_by(t.codings.c.report, t.codings.c.number)
        if report_id is not None:
            query = query.where(t.reports.c.id == report_id)
        for _, rows in groupby(self._stream(query), key=lambda row: row.report_id):
            yield from sorted(map(claim_from_row, rows), key=text_order)

    def add_judgement(self, judgement: Judgement) -> bool:
        """Keep a judgement; give whether it was new."""
        with transaction(self._engine, writes=True) as connection:
            return put_judgements(connection, [judgement]) > 0

    def judgements(self) -> Iterator[Judgement]:
        """Stream all judgements, oldest first; of one pair and origin the newest holds."""
        order = (t.judgements.c.made, t.judgements.c.id)
        yield from map(judgement_from_row, self._stream(sa.select(t.judgements).order_by(*order)))

    def incidents(self, *, as_of: str | None = None) -> Iterator[Incident]:
        """Stream the incidents that have events, in the order their ids were minted.

        With `as_of` (a day or date-time) the present incidents with the claims known by then; one
        of which nothing was known is left out. Past memberships of events are not kept.
        """
        yield from self._incidents(moment_of(as_of))

    def incident(self, incident_id: str, *, as_of: str | None = None) -> Incident | None:
        """Give an incident by id, by an alias or by one of its events; None if there is none.

        Reads only what it needs; `as_of` as in `incidents`.
        """
        wanted = self.trail().kept_id(incident_id)
        moment = moment_of(as_of)
        own = sa.select(t.incidents.c.number).where(t.incidents.c.id == wanted)
        of_event = sa.select(t.memberships.c.incident).where(t.memberships.c.event == wanted)
        of_reports = sa.select(t.memberships.c.report).distinct()
        with transaction(self._engine) as connection:
            number = connection.execute(sa.union(own, of_event)).scalar()
            query = of_reports.where(t.memberships.c.incident == number)
            reports = list(connection.execute(query).scalars())
        if not reports:
            return None
        return next(self._incidents(moment, number=number, reports=reports), None)

    def _incidents(
        self,
        moment: Moment | None,
        *,
        number: int | None = None,
        reports: Sequence[int] | None = None,
    ) -> Iterator[Incident]:
        named = t.incidents.c.id.label("incident_id")
        query = (
            current_claims(named, t.reports.c.published, reports=reports, moment=moment)
            .join(t.memberships, t.memberships.c.event == t.claims.c.event)
            .join(t.incidents, t.incidents.c.number == t.memberships.c.incident)
            .where(t.memberships.c.report == t.codings.c.report)
            .order_by(t.incidents.c.number, t.codings.c.report)
        )
        if number is not None:
            query = query.where(t.incidents.c.number == number)
        for incident_id, rows in groupby(self._stream(query), key=lambda row: row.incident_id):
            known = [r for r in rows if moment is None or moment.has_seen(r.published, r.made)]
            claims = tuple(map(claim_from_row, sorted(last_words(known), key=_publication_order)))
            if claims:
                yield Incident(incident_id, tuple(dict.fromkeys(c.event for c in claims)), claims)

    def memberships(self) -> dict[str, str]:
        """Give the incident id of every event that has one."""
        query = sa.select(t.memberships.c.event, t.incidents.c.id).join(t.incidents)
        with transaction(self._engine) as connection:
            return {row.event: row.id for row in connection.execute(query)}

    def aliases(self) -> dict[str, str]:
        """Give, for each incident id that was merged away, the id that holds today."""
        with transaction(self._engine) as connection:
            kept = {row.old: row.kept for row in connection.execute(sa.select(t.aliases))}
        return {old: _follow(old, kept) for old in kept}

    def changes(self) -> Iterator[Change]:
        """Stream the history of incident ids, oldest first."""
        for row in self._stream(sa.select(t.changes).order_by(t.changes.c.number)):
            yield Change(row.kind, row.incident, row.other, row.made)

    def copies(self, reports: Iterable[str] | None = None) -> list[Copy]:
        """Give the pairs of reports that carry one text: all, or those among some reports."""
        names = None if reports is None else set(reports)
        query = sa.select(t.copies).order_by(t.copies.c.left, t.copies.c.right)
        with transaction(self._engine) as connection:
            if names is None:
                return [Copy(*row) for row in connection.execute(query)]
            return [
                Copy(*row)
                for part in cut(sorted(names))
                for row in connection.execute(query.where(t.copies.c.left.in_(part)))
                if row.right in names
            ]

    def link_index(self) -> LinkIndex:
        """Give the side of this store that linking reads and writes."""
        return LinkIndex(self._engine)

    def overview_index(self) -> OverviewIndex:
        """Give the side of this store that lists read."""
        return OverviewIndex(self._engine)

    def report_index(self) -> ReportIndex:
        """Give the side of this store that lists of reports read."""
        return ReportIndex(self._engine)

    def told_index(self) -> ToldIndex:
        """Give the side of this store that knows tallies and ties."""
        return ToldIndex(self._engine)

    def token_index(self) -> TokenIndex:
        """Give the tokens with which people may come in."""
        return TokenIndex(self._engine)

    def trail(self) -> Trail:
        """Give the side of this store that knows who put what on record, and when."""
        return Trail(self._engine)

    def counts(self) -> dict[str, int]:
        """Give how many reports, current claims, events, judgements and incidents are kept."""
        current = current_claims().subquery()
        distinct = sa.func.count(current.c.event.distinct())
        with transaction(self._engine) as connection:
            return {
                "reports": connection.scalar(_count(t.reports)) or 0,
                "claims": connection.scalar(_count(current)) or 0,
                "events": connection.scalar(sa.select(distinct)) or 0,
                "judgements": connection.scalar(_count(t.judgements)) or 0,
                "incidents": connection.scalar(
                    sa.select(sa.func.count(t.memberships.c.incident.distinct()))
                )
                or 0,
            }

    def _stream(self, query: "sa.Select[Any]") -> Iterator["sa.Row[Any]"]:
        with transaction(self._engine) as connection:
            options = {"yield_per": _BATCH}
            with connection.execute(query, execution_options=options) as rows:
                yield from rows


def _publication_order(row: "sa.Row[Any]") -> tuple[Any, ...]:
    undated = row.published is None
    return undated, row.published or "", row.report_id, row.start, row.end, row.id


def _checked(claim: Claim, report: Report) -> dict[str, Any]:
    try:
        report.quote(claim.span)
    except SpanError as error:
        raise StoreError(f"claim {claim.id} ({claim.role}) is not kept: {error}") from error
    return claim_to_row(claim)


def _count(table: "sa.FromClause") -> "sa.Select[int]":
    return sa.select(sa.func.count()).select_from(table)


def _incidents_of(events: Sequence[str]) -> "sa.Select[Any]":
    return sa.select(t.memberships.c.incident).where(t.memberships.c.event.in_(events))


def _follow(old: str, kept: Mapping[str, str]) -> str:
    while old in kept:
        old = kept[old]
    return old
