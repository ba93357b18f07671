"""The tables, once for SQLite and PostgreSQL; `migrations/` brings an older database here.

Rows of reports, codings, claims, corrections, judgements, aliases and changes are only ever added.
Incidents and their memberships are derived by linking; their ids are kept so that they never
change. So are copies, and the index of linking, which can be made anew at any time.
Inside the database reports, codings and incidents have small numbers, which keeps claims short.
"""

import sqlalchemy as sa

metadata = sa.MetaData()

# Claims are the bulk of a store: their table is ordered by its key and needs no second index.
Json = sa.JSON(none_as_null=True)


def _number() -> "sa.Column[int]":
    return sa.Column("number", sa.Integer, primary_key=True)


reports = sa.Table(
    "reports",
    metadata,
    _number(),
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

codings = sa.Table(
    "codings",
    metadata,
    _number(),
    sa.Column("report", sa.ForeignKey("reports.number"), nullable=False, index=True),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("message", sa.Text),
)

claims = sa.Table(
    "claims",
    metadata,
    sa.Column("coding", sa.ForeignKey("codings.number"), primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("value", Json),
    sa.Column("stance", sa.Text, nullable=False),
    sa.Column("speakers", Json),
    sa.Column("score", sa.Float, nullable=False),
    sqlite_with_rowid=False,
)

# A person's word on one role of one event: `claim` stands in the same coding, or is null where the
# word takes back the correction `undoes`. Of the ones that were not taken back the newest holds.
corrections = sa.Table(
    "corrections",
    metadata,
    sa.Column("coding", sa.ForeignKey("codings.number"), primary_key=True),
    sa.Column("event", sa.Text, nullable=False, index=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("claim", sa.Text),
    sa.Column("quoted", sa.Boolean, nullable=False),
    sa.Column("undoes", sa.ForeignKey("corrections.coding")),
)

judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("left", sa.Text, nullable=False, index=True),
    sa.Column("right", sa.Text, nullable=False, index=True),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("reasons", Json, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

incidents = sa.Table(
    "incidents",
    metadata,
    _number(),
    sa.Column("id", sa.Text, nullable=False, unique=True),
)

memberships = sa.Table(
    "memberships",
    metadata,
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("incident", sa.ForeignKey("incidents.number"), nullable=False, index=True),
    sa.Column("report", sa.ForeignKey("reports.number"), nullable=False),
    sqlite_with_rowid=False,
)

aliases = sa.Table(
    "aliases",
    metadata,
    sa.Column("old", sa.Text, primary_key=True),
    sa.Column("kept", sa.Text, nullable=False, index=True),
)

changes = sa.Table(
    "changes",
    metadata,
    _number(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("incident", sa.Text, nullable=False, index=True),
    sa.Column("other", sa.Text, index=True),
    sa.Column("made", sa.Text, nullable=False),
)

# -- the index of linking: what it has taken in, what it looks at, where events meet ---------------

linked = sa.Table(
    "linked",
    metadata,
    sa.Column("coding", sa.ForeignKey("codings.number"), primary_key=True),
    sqlite_with_rowid=False,
)

weighed = sa.Table(
    "weighed",
    metadata,
    sa.Column("judgement", sa.ForeignKey("judgements.id"), primary_key=True),
    sqlite_with_rowid=False,
)

link_views = sa.Table(
    "link_views",
    metadata,
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("report", sa.ForeignKey("reports.number"), nullable=False, index=True),
    sa.Column("view", Json, nullable=False),
    sqlite_with_rowid=False,
)

link_keys = sa.Table(
    "link_keys",
    metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("owner", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)

link_pairs = sa.Table(
    "link_pairs",
    metadata,
    sa.Column("left", sa.Text, primary_key=True),
    sa.Column("right", sa.Text, primary_key=True, index=True),
    sa.Column("weight", sa.Float, nullable=False),
    sqlite_with_rowid=False,
)

copies = sa.Table(
    "copies",
    metadata,
    sa.Column("left", sa.ForeignKey("reports.id"), primary_key=True),
    sa.Column("right", sa.ForeignKey("reports.id"), primary_key=True, index=True),
    sa.Column("share", sa.Float, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

# -- the explorer: what its lists show, who reviewed an incident, who may come in ------------------

# Derived, one row an incident. `stamp` rises with each writing; without a positive one the row
# waits to be made anew. An incident that has no events left keeps its row, empty, so that readers
# notice.
overviews = sa.Table(
    "overviews",
    metadata,
    sa.Column("incident", sa.ForeignKey("incidents.number"), primary_key=True),
    sa.Column("stamp", sa.Integer, index=True),
    sa.Column("facts", Json),
    sa.Column("card", Json),
    sa.Column("words", sa.Text),
)

reviews = sa.Table(
    "reviews",
    metadata,
    _number(),
    sa.Column("incident", sa.Text, nullable=False, index=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
)

tokens = sa.Table(
    "tokens",
    metadata,
    _number(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("revoked", sa.Text),
)
