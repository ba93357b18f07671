"""Corrections by people, and the indexes that one incident alone is read with."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("coding", sa.Integer, sa.ForeignKey("codings.number"), primary_key=True),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("claim", sa.Text),
        sa.Column("quoted", sa.Boolean, nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("corrections.coding")),
    )
    op.create_index("ix_corrections_event", "corrections", ["event"])
    op.create_index("ix_aliases_kept", "aliases", ["kept"])
    op.create_index("ix_changes_incident", "changes", ["incident"])
    op.create_index("ix_changes_other", "changes", ["other"])
