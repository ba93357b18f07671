"""The first schema: reports, codings, claims, judgements, incidents and their history."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    _add_evidence()
    _add_incidents()


def _add_evidence() -> None:
    op.create_table(
        "reports",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("retrieved", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("raw_sha256", sa.Text),
        sa.Column("copy_of", sa.Text),
    )
    op.create_table(
        "codings",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.number"), nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("message", sa.Text),
    )
    op.create_index("ix_codings_report", "codings", ["report"])
    op.create_table(
        "claims",
        sa.Column("coding", sa.Integer, sa.ForeignKey("codings.number"), primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("value", JSON),
        sa.Column("stance", sa.Text, nullable=False),
        sa.Column("speakers", JSON),
        sa.Column("score", sa.Float, nullable=False),
        sqlite_with_rowid=False,
    )


def _add_incidents() -> None:
    op.create_table(
        "judgements",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("left", sa.Text, nullable=False),
        sa.Column("right", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "incidents",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "memberships",
        sa.Column("event", sa.Text, primary_key=True),
        sa.Column("incident", sa.Integer, sa.ForeignKey("incidents.number"), nullable=False),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.number"), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_memberships_incident", "memberships", ["incident"])
    op.create_table(
        "aliases",
        sa.Column("old", sa.Text, primary_key=True),
        sa.Column("kept", sa.Text, nullable=False),
    )
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("incident", sa.Text, nullable=False),
        sa.Column("other", sa.Text),
        sa.Column("made", sa.Text, nullable=False),
    )
