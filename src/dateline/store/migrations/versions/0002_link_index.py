"""What linking keeps so that a new report touches only its blocks: all of it can be made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "linked",
        sa.Column("coding", sa.Integer, sa.ForeignKey("codings.number"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "weighed",
        sa.Column("judgement", sa.Text, sa.ForeignKey("judgements.id"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link_views",
        sa.Column("event", sa.Text, primary_key=True),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.number"), nullable=False),
        sa.Column("view", JSON, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_link_views_report", "link_views", ["report"])
    op.create_table(
        "link_keys",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("owner", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link_pairs",
        sa.Column("left", sa.Text, primary_key=True),
        sa.Column("right", sa.Text, primary_key=True),
        sa.Column("weight", sa.Float, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_link_pairs_right", "link_pairs", ["right"])
    op.create_table(
        "copies",
        sa.Column("left", sa.Text, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("right", sa.Text, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("share", sa.Float, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_copies_right", "copies", ["right"])
    op.create_index("ix_judgements_left", "judgements", ["left"])
    op.create_index("ix_judgements_right", "judgements", ["right"])
