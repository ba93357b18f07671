"""What the explorer keeps: overviews of incidents, who reviewed them, and who may come in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "overviews",
        sa.Column("incident", sa.Integer, sa.ForeignKey("incidents.number"), primary_key=True),
        sa.Column("stamp", sa.Integer),
        sa.Column("facts", JSON),
        sa.Column("card", JSON),
        sa.Column("words", sa.Text),
    )
    op.create_index("ix_overviews_stamp", "overviews", ["stamp"])
    op.execute("INSERT INTO overviews (incident) SELECT number FROM incidents")
    op.create_table(
        "reviews",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("incident", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
    )
    op.create_index("ix_reviews_incident", "reviews", ["incident"])
    op.create_table(
        "tokens",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("revoked", sa.Text),
    )
