"""Which claims are in force, in one place."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from dateline.model import Claim
from dateline.store import schema as t
from dateline.store.moment import Moment

_HUMAN = "human:%"


def current_claims(
    *more: "sa.ColumnElement[Any]",
    reports: Sequence[int] | None = None,
    moment: Moment | None = None,
) -> "sa.Select[Any]":
    """Select the claims in force: the newest good machine coding of each report, what people said.

    This is the one place that says which codings count. Of the corrections of one role of one event
    the newest that was not taken back holds, before all else that people claim of it; which claims
    win across events is said in `dateline.best.prevailing`. `reports` are the numbers of those
    that are asked for. At a past `moment` the newest coding made by then counts, else the first one
    after it, since a report said then what it says now; a person's word counts from when it was
    given. `correction` is the number of the correction that a claim came with.
    """
    good = t.codings.c.status == "good"
    if reports is not None:
        good = sa.and_(good, t.codings.c.report.in_(reports))
    human = sa.and_(good, t.codings.c.origin.like(_HUMAN))
    if moment is not None:
        human = sa.and_(human, t.codings.c.made <= moment.until)
    rank = sa.func.row_number().over(partition_by=t.codings.c.report, order_by=_newest(moment))
    machine = (
        sa.select(t.codings.c.number, rank.label("rank"))
        .where(good, t.codings.c.origin.not_like(_HUMAN))
        .subquery()
    )
    current = sa.union_all(
        sa.select(machine.c.number).where(machine.c.rank == 1),
        sa.select(t.codings.c.number).where(human),
    )
    standing = standing_corrections(moment).subquery()
    by_hand = t.codings.c.origin.like(_HUMAN)
    in_force = sa.or_(
        sa.not_(by_hand),
        standing.c.coding == t.claims.c.coding,
        sa.and_(standing.c.coding.is_(None), t.corrections.c.coding.is_(None)),
    )
    return (
        sa.select(
            t.claims,
            t.codings.c.origin,
            t.codings.c.made,
            t.reports.c.id.label("report_id"),
            t.corrections.c.quoted,
            t.corrections.c.coding.label("correction"),
            *more,
        )
        .join(t.codings, t.codings.c.number == t.claims.c.coding)
        .join(t.reports, t.reports.c.number == t.codings.c.report)
        .outerjoin(t.corrections, t.corrections.c.coding == t.claims.c.coding)
        .outerjoin(
            standing,
            sa.and_(standing.c.event == t.claims.c.event, standing.c.role == t.claims.c.role),
        )
        .where(t.codings.c.number.in_(current), in_force)
    )


def _newest(moment: Moment | None) -> tuple["sa.ColumnElement[Any]", ...]:
    newest_first = (t.codings.c.made.desc(), t.codings.c.number.desc())
    if moment is None:
        return newest_first
    by_then = t.codings.c.made <= moment.until
    later = sa.case((by_then, ""), else_=t.codings.c.made)
    earlier = sa.case((by_then, t.codings.c.made), else_="")
    return later, earlier.desc(), sa.case((by_then, -t.codings.c.number), else_=t.codings.c.number)


def standing_corrections(moment: Moment | None = None) -> "sa.Select[Any]":
    """Select coding, event, role and claim of the corrections that hold, one a role of an event."""
    made, taken = t.corrections, t.corrections.alias("taken")
    known: sa.ColumnElement[bool] = sa.true()
    undone = sa.select(taken.c.undoes).where(taken.c.undoes.is_not(None))
    if moment is not None:
        past = sa.select(t.codings.c.number).where(t.codings.c.made <= moment.until)
        known = made.c.coding.in_(past)
        undone = undone.where(taken.c.coding.in_(past))
    newest = sa.func.row_number().over(
        partition_by=(made.c.event, made.c.role), order_by=made.c.coding.desc()
    )
    ranked = (
        sa.select(made, newest.label("rank"))
        .where(made.c.claim.is_not(None), made.c.coding.not_in(undone), known)
        .subquery()
    )
    columns = (ranked.c.coding, ranked.c.event, ranked.c.role, ranked.c.claim)
    return sa.select(*columns).where(ranked.c.rank == 1)


def last_words(rows: Iterable[Any]) -> list[Any]:
    """Leave out, of the rows of one incident, corrections of a role that a newer one replaced."""
    kept = list(rows)
    newest: dict[str, int] = {}
    for row in kept:
        if row.correction is not None:
            newest[row.role] = max(row.correction, newest.get(row.role, 0))
    return [r for r in kept if r.correction is None or r.correction == newest[r.role]]


def text_order(claim: Claim) -> tuple[int, int, str]:
    """Give the sort key of a claim: its place in the text."""
    return claim.span.start, claim.span.end, claim.id
