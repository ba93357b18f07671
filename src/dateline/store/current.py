"""Which claims are in force, in one place."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from dateline.model import Claim
from dateline.store import schema as t

_HUMAN = "human:%"


def current_claims(
    *more: "sa.ColumnElement[Any]", reports: Sequence[int] | None = None
) -> "sa.Select[Any]":
    """Select the claims in force: the newest good machine coding of each report, all human ones.

    This is the one place that says which codings count; which of their claims on one role wins is
    said in `dateline.best.prevailing`. `reports` are the numbers of those that are asked for.
    """
    good = t.codings.c.status == "good"
    if reports is not None:
        good = sa.and_(good, t.codings.c.report.in_(reports))
    newest_first = (t.codings.c.made.desc(), t.codings.c.number.desc())
    rank = sa.func.row_number().over(partition_by=t.codings.c.report, order_by=newest_first)
    machine = (
        sa.select(t.codings.c.number, rank.label("rank"))
        .where(good, t.codings.c.origin.not_like(_HUMAN))
        .subquery()
    )
    current = sa.union_all(
        sa.select(machine.c.number).where(machine.c.rank == 1),
        sa.select(t.codings.c.number).where(good, t.codings.c.origin.like(_HUMAN)),
    )
    return (
        sa.select(t.claims, t.codings.c.origin, t.reports.c.id.label("report_id"), *more)
        .join(t.codings, t.codings.c.number == t.claims.c.coding)
        .join(t.reports, t.reports.c.number == t.codings.c.report)
        .where(t.codings.c.number.in_(current))
    )


def text_order(claim: Claim) -> tuple[int, int, str]:
    """Give the sort key of a claim: its place in the text."""
    return claim.span.start, claim.span.end, claim.id
