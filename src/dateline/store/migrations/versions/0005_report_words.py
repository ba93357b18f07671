"""The words of reports, to find reports by."""

from alembic import op

from dateline.store.report_words import make_report_words

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    make_report_words(op.get_bind())
