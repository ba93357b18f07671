"""The words of reports, to find reports by: an FTS5 table in SQLite, word vectors in PostgreSQL.

It is derived from rows of `reports`, which never change: words are added with their report.
Words are folded here and not by the database: both find the same, in every language. It stands
outside `schema.metadata`, since the two databases do not write it alike.
"""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from dateline.text import fold

_SHORT = 3  # letters; the beginnings of so many words are like fewer that they tell nothing
_LONGEST = 100  # letters; what is longer is no word, and PostgreSQL takes none of 2 kB
_MOST = 1_000_000  # bytes; a word vector of PostgreSQL holds no more

# `ascii` parts words at blanks only, which is how they are handed over. Without `detail` and
# `columnsize` the index says which report a word stands in and no more, which takes less room.
_MAKE = {
    "sqlite": """
        CREATE VIRTUAL TABLE report_words USING fts5(
            words, content='', detail='none', columnsize=0, tokenize="ascii tokenchars '_'"
        )""",
    "postgresql": """
        CREATE TABLE report_words (
            report INTEGER PRIMARY KEY REFERENCES reports (number), words TSVECTOR NOT NULL
        );
        CREATE INDEX ix_report_words ON report_words USING gin (words)""",
}
_PUT = {
    "sqlite": "INSERT INTO report_words (rowid, words) VALUES (:report, :words)",
    "postgresql": (
        "INSERT INTO report_words (report, words)"
        " VALUES (:report, array_to_tsvector(string_to_array(:words, ' ')))"
    ),
}
_FIND = {
    "sqlite": "SELECT rowid FROM report_words WHERE report_words MATCH :asked",
    "postgresql": "SELECT report FROM report_words WHERE words @@ CAST(:asked AS tsquery)",
}
_ASKED = {"sqlite": (" AND ", '"{}"', '"{}"*'), "postgresql": (" & ", "'{}'", "'{}':*")}


def make_report_words(connection: sa.Connection) -> None:
    """Make the index in a database that has reports but not their words."""
    connection.exec_driver_sql(_MAKE[connection.dialect.name])
    query = sa.text("SELECT number, title, publisher, text FROM reports")
    with connection.execute(query, execution_options={"yield_per": 500}) as rows:
        for part in rows.partitions():
            for number, *parts in part:
                put_report_words(connection, number, *parts)


def put_report_words(connection: sa.Connection, report: int, *parts: str | None) -> None:
    """Keep the words of the parts of a report, each once; the report is new."""
    told = fold("\n".join(part for part in parts if part))
    words = " ".join(_fitting(dict.fromkeys(told.split())))
    if words:
        statement = sa.text(_PUT[connection.dialect.name])
        connection.execute(statement, {"report": report, "words": words})


def find_report_words(connection: sa.Connection, words: Sequence[str]) -> Sequence[int]:
    """Give the numbers of the reports in which words begin like each of some folded ones.

    One or two letters must be the whole word.
    """
    dialect = connection.dialect.name
    join, *forms = _ASKED[dialect]
    asked = join.join(forms[len(word) >= _SHORT].format(word) for word in words)
    return connection.execute(sa.text(_FIND[dialect]), {"asked": asked}).scalars().all()


def _fitting(words: dict[str, None]) -> Iterator[str]:
    """Yield words while PostgreSQL has room for them, which ends in no text that people write."""
    room = _MOST
    for word in words:
        if len(word) <= _LONGEST:
            room -= len(word.encode()) + 2
            if room < 0:
                return
            yield word
