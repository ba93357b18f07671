"""A full GeoNames dump as an addition of the user's own to the shipped gazetteer.

The dump (`allCountries.zip`, or one country's) is read row by row into an SQLite file beside the
expanded gazetteer. Batches are committed with the number of rows read, so that an import that was
stopped goes on where it ended. Kept are the features that reports of violence name, by the table
`features` of `grammars/places.toml`. GeoNames data is licensed CC BY 4.0.
"""

import hashlib
import io
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from dateline.errors import ConfigError
from dateline.resolve.gazetteer import IMPORTED_SCHEMA, imported_path
from dateline.text import fold

COLUMNS = 19
BATCH = 20_000
LONGEST, LONGEST_CODE = 60, 5
OTHER_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž]|[\u0400-\u052f\u0590-\u06ff]")
_INTO_PLACE = "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INTO_NAME = "INSERT INTO name VALUES (?, ?, ?)"
_READ = "UPDATE progress SET rows = ?"
_FINISH = """CREATE INDEX IF NOT EXISTS name_key ON name (key);
CREATE INDEX IF NOT EXISTS place_id ON place (id);"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows read, places kept, rows of an earlier, stopped import, the file."""

    rows: int
    places: int
    resumed: int
    path: Path


def import_dump(
    dump: Path, features: Mapping[str, str], count: Callable[[int], None] = lambda _: None
) -> Imported:
    """Read a GeoNames dump, zip or text, into the cache folder; replaces an earlier import.

    `features` gives the kind of place by class ("P") or class and code ("S.AIRB"), "" for none;
    `count` is told the rows read so far. Raises ConfigError when the dump is none, is cut off, or
    the folder cannot be written; what was read before is kept for the next attempt.
    """
    target = imported_path()
    try:
        stamp = dump.stat()
        mark = hashlib.sha256(f"{dump.name} {stamp.st_size} {stamp.st_mtime_ns}".encode())
        part = target.with_name(f"{target.stem}-{mark.hexdigest()[:12]}.part")
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(_open(part)) as connection, _rows(dump) as rows:
            begun = connection.execute("SELECT rows FROM progress").fetchone()[0]
            read = _read(rows, connection, begun, features, count)
            connection.executescript(_FINISH)
            places = connection.execute("SELECT count(*) FROM place").fetchone()[0]
        if not places:
            part.unlink()
            message = f"{dump}: no place in it; give allCountries.zip or a country's zip"
            raise ConfigError(message)
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        message = f"{dump}: cannot be imported into {target.parent} ({error})"
        raise ConfigError(message) from error
    except (zipfile.BadZipFile, EOFError, zlib.error, UnicodeDecodeError) as error:
        message = f"{dump}: cannot be read to its end ({error}); download it again"
        raise ConfigError(message) from error
    except _BadRowError as error:
        message = f"{dump}: {error}; give a GeoNames dump such as allCountries.zip"
        raise ConfigError(message) from error
    return Imported(read, places, begun, target)


class _BadRowError(ValueError):
    """A row that no GeoNames dump has."""


def _open(part: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(part)
    connection.execute("PRAGMA synchronous=OFF")
    if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        connection.executescript(IMPORTED_SCHEMA)
    return connection


@contextmanager
def _rows(dump: Path) -> Iterator[Iterator[str]]:
    """Open the text of a dump: a file of its own, or the largest text in a zip."""
    if not zipfile.is_zipfile(dump):
        with dump.open(encoding="utf-8", newline="\n") as file:
            yield iter(file)
        return
    with zipfile.ZipFile(dump) as packed:
        texts = [one for one in packed.infolist() if one.filename.endswith(".txt")]
        if not texts:
            message = "no .txt file in it"
            raise _BadRowError(message)
        largest = max(texts, key=lambda one: one.file_size)
        with packed.open(largest) as raw:
            binary: IO[bytes] = raw
            yield iter(io.TextIOWrapper(binary, "utf-8", newline="\n"))


def _read(
    rows: Iterator[str],
    connection: sqlite3.Connection,
    begun: int,
    features: Mapping[str, str],
    count: Callable[[int], None],
) -> int:
    read = sum(1 for _ in islice(rows, begun))
    while batch := list(islice(rows, BATCH)):
        places: list[tuple[object, ...]] = []
        names: list[tuple[str, int, int]] = []
        for number, line in enumerate(batch, read):
            row = line.rstrip("\n").split("\t")
            if len(row) != COLUMNS:
                message = f"row {number + 1} has {len(row)} columns, not {COLUMNS}"
                raise _BadRowError(message)
            kind = features.get(f"{row[6]}.{row[7]}", features.get(row[6]))
            if kind:
                places.append(_place(row, number, kind))
                names += _names(row, number)
        connection.executemany(_INTO_PLACE, places)
        connection.executemany(_INTO_NAME, names)
        read += len(batch)
        connection.execute(_READ, (read,))
        connection.commit()
        count(read)
    return read


def _place(row: list[str], number: int, kind: str) -> tuple[object, ...]:
    try:
        latitude, longitude, population = float(row[4]), float(row[5]), int(row[14] or 0)
    except ValueError as error:
        message = f"row {number + 1} has no coordinates where they belong"
        raise _BadRowError(message) from error
    # The shipped districts are named by GeoNames' own codes, so these fit without change.
    return (
        number,
        f"geonames:{row[0]}",
        kind,
        row[1],
        row[8],
        row[10],
        row[11],
        latitude,
        longitude,
        population,
    )


def _names(row: list[str], number: int) -> Iterator[tuple[str, int, int]]:
    main = {fold(row[1]), fold(row[2])} if row[2] != row[1] else {fold(row[1])}
    for key in main:
        if key:
            yield key, number, 1
    if not row[3]:
        return
    for key in {fold(name) for name in row[3].split(",") if _is_useful(name)}:
        if key and key not in main:
            yield key, number, 0


def _is_useful(name: str) -> bool:
    """Whether another name can stand in a report: a script we read, no code, no address."""
    code = name.isupper() and len(name) <= LONGEST_CODE and name.isascii()
    return bool(OTHER_NAME.match(name)) and 1 < len(name) <= LONGEST and not code
