"""The gazetteer: names of places all over the world, looked up in an SQLite file on disk.

The package ships one compressed table (`gazetteer.tsv.xz`, made by `tools/build_gazetteer.py` from
GeoNames, airportsdata and the codebook). It is expanded once per user into a cache folder, under a
name that holds the table's hash, so that a new release never reads an old file. Expanding writes a
temporary file and renames it: two processes that start at once both end with a whole file.
"""

import hashlib
import json
import lzma
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from dateline.errors import ConfigError
from dateline.resolve.loose_names import loose_key, loose_keys, looseners
from dateline.text import fold

ASSET = Path(__file__).parent / "gazetteer.tsv.xz"
SEPARATOR = "\t"
LAYOUT = 2
READABLE = 0o644
BATCH = 5_000
REMEMBERED = 1 << 15
SHIPPED = 11

_SCHEMA = """
CREATE TABLE place (number INTEGER PRIMARY KEY, id TEXT, kind TEXT, name TEXT, country TEXT,
    admin1 TEXT, admin2 TEXT, latitude REAL, longitude REAL, population INTEGER);
CREATE TABLE name (key TEXT, number INTEGER, main INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE TABLE loose (key TEXT, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE TABLE seat (division TEXT PRIMARY KEY, town TEXT) WITHOUT ROWID;
CREATE TEMP TABLE unsorted (key TEXT, number INTEGER, main INTEGER);
CREATE TEMP TABLE unsorted_loose (key TEXT, number INTEGER);
"""
_SORT = """
INSERT OR IGNORE INTO name SELECT key, number, main FROM unsorted ORDER BY key, number, main DESC;
INSERT OR IGNORE INTO loose SELECT key, number FROM unsorted_loose ORDER BY key, number;
DROP TABLE unsorted;
DROP TABLE unsorted_loose;
CREATE INDEX place_id ON place (id);
"""
_INTO_PLACE = "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INTO_NAME = "INSERT INTO unsorted VALUES (?, ?, ?)"
_INTO_LOOSE = "INSERT INTO unsorted_loose VALUES (?, ?)"
_INTO_SEAT = "INSERT INTO seat VALUES (?, ?)"
_COLUMNS = (
    "p.id, p.kind, p.name, p.country, p.admin1, p.admin2, p.latitude, p.longitude, p.population"
)
_EXACT = f"""SELECT n.key, {_COLUMNS}, n.main FROM json_each(?) j
    JOIN name n ON n.key = j.value JOIN place p ON p.number = n.number"""  # noqa: S608
_LOOSE = f"""SELECT n.key, {_COLUMNS}, 0 FROM json_each(?) j
    JOIN loose n ON n.key = j.value JOIN place p ON p.number = n.number"""  # noqa: S608
_IMPORTED = f"""SELECT n.key, {_COLUMNS}, n.main, 1 FROM json_each(?) j
    JOIN imported.name n ON n.key = j.value JOIN imported.place p ON p.number = n.number"""  # noqa: S608
_IMPORTED_BY_ID = f"SELECT '', {_COLUMNS}, 1, 1 FROM imported.place p WHERE p.id = ?"  # noqa: S608
_BY_ID = f"SELECT '', {_COLUMNS}, 1 FROM place p WHERE p.id = ?"  # noqa: S608
_SEAT = f"SELECT '', {_COLUMNS}, 1 FROM seat JOIN place p ON p.id = town WHERE division = ?"  # noqa: S608
_TOWNS = f"""SELECT '', {_COLUMNS}, 1 FROM place p WHERE p.kind = 'town' AND p.population >= ?
    ORDER BY p.population DESC"""  # noqa: S608
_ATTACH = "ATTACH DATABASE ? AS imported"
_STARTS = "SELECT DISTINCT key FROM name WHERE key >= ? AND key < ? ORDER BY key LIMIT ?"

IMPORTED_LAYOUT = 1
IMPORTED_SCHEMA = """
CREATE TABLE place (number INTEGER PRIMARY KEY, id TEXT, kind TEXT, name TEXT, country TEXT,
    admin1 TEXT, admin2 TEXT, latitude REAL, longitude REAL, population INTEGER);
CREATE TABLE name (key TEXT, number INTEGER, main INTEGER);
CREATE TABLE progress (rows INTEGER);
INSERT INTO progress VALUES (0);
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place of the gazetteer that a name may mean.

    `id` is `geonames:N`, `icao:CODE`, `site:NAME`, `area:NAME`, `sea:NAME`, `admin1:CODE`,
    `admin2:CODE` or `country:CODE`; `admin1` and `admin2` are GeoNames codes within the country;
    coordinates are WGS84 degrees, of a representative point where the place is an area. `main`
    tells the place's own names from names that other languages or older maps give it; `imported`
    tells places of the user's own dump from shipped ones.
    """

    id: str
    kind: str
    name: str
    country: str
    admin1: str
    admin2: str
    latitude: float
    longitude: float
    population: int
    main: bool
    imported: bool = False


class Gazetteer:
    """Looks names up; safe to share between threads and to use after a fork."""

    def __init__(self, path: Path, imported: Path | None = None) -> None:
        """Keep the paths of an expanded gazetteer and of places imported beside it, if any.

        The files are opened at first use. Imported places are asked for names that the gazetteer
        lacks, and by `also_named`.
        """
        self.path = path
        self.imported = imported
        self._local = threading.local()
        self._known: dict[str, list[Candidate]] = {}
        self.place = lru_cache(maxsize=1 << 12)(self._place)
        self.named = lru_cache(maxsize=1 << 12)(self._named)

    def __reduce__(self) -> tuple[type["Gazetteer"], tuple[Path, Path | None]]:
        """Travel to another process as paths."""
        return (Gazetteer, (self.path, self.imported))

    def lookup(self, keys: Iterable[str]) -> dict[str, list[Candidate]]:
        """Give the candidates of every folded name that the gazetteer has, in one query.

        Names asked for lately are remembered, those it lacks too: reports repeat them.
        """
        wanted, known = set(keys), self._known
        if asked := wanted.difference(known):
            answers = self._ask(_EXACT, asked)
            if self.imported and (lacking := asked.difference(answers)):
                answers |= self._ask(_IMPORTED, lacking)
            # Only ever added to, and replaced when full: other threads may be reading it.
            known.update({key: answers.get(key, []) for key in asked})
            if len(known) > REMEMBERED:
                self._known = {}
        return {key: found for key in wanted if (found := known[key])}

    def lookup_loose(self, keys: Iterable[str]) -> dict[str, list[Candidate]]:
        """Give the candidates whose spelling resembles a folded name, by that name.

        For names that `lookup` does not have; less certain, so callers ask for more evidence.
        """
        loose = {key: loose_key(key) for key in keys}
        found = self._ask(_LOOSE, {key for key in loose.values() if key})
        return {key: found[short] for key, short in loose.items() if short in found}

    def also_named(self, key: str) -> list[Candidate]:
        """Give the imported places of a folded name that the gazetteer has other places for."""
        return self._ask(_IMPORTED, [key]).get(key, []) if self.imported else []

    def _named(self, key: str) -> tuple[Candidate, ...]:
        """Give the candidates of one folded name, remembered."""
        return tuple(self.lookup([key]).get(key, ()))

    def _place(self, place_id: str) -> Candidate | None:
        """Give the place of an id, or None; remembered."""
        row = self._connection().execute(_BY_ID, (place_id,)).fetchone()
        if self.imported and not row:
            row = self._connection().execute(_IMPORTED_BY_ID, (place_id,)).fetchone()
        return _candidate(row) if row else None

    def admin1_name(self, country: str, code: str) -> str | None:
        """Give GeoNames' name of a first-order division ("Al Anbar"), or None."""
        division = self.place(f"admin1:{country}.{code}") if country and code else None
        return division.name if division else None

    def find(self, name: str, limit: int = 10) -> list[Candidate]:
        """Give places for a name typed by a person: exact, then alike, then beginning with it."""
        key = fold(name)
        if not key:
            return []
        until = key + "\U0010ffff"
        rows = self._connection().execute(_STARTS, (key, until, 2 * limit)).fetchall()
        found = _by_weight(self.lookup([key]).get(key, ()))
        found += _by_weight(self.also_named(key))
        found += _by_weight(self.lookup_loose([key]).get(key, ()))
        for longer in self.lookup(row[0] for row in rows).values():
            found += _by_weight(longer)
        unique: dict[str, Candidate] = {}
        for candidate in found:
            unique.setdefault(candidate.id, candidate)
        return list(unique.values())[:limit]

    def seat(self, division_id: str) -> Candidate | None:
        """Give the town a division of the first or second order is governed from, or None."""
        return next(map(_candidate, self._connection().execute(_SEAT, (division_id,))), None)

    def towns(self, least: int) -> list[Candidate]:
        """Give the towns of at least so many people, the largest first."""
        return [_candidate(row) for row in self._connection().execute(_TOWNS, (least,))]

    def _ask(self, query: str, keys: Iterable[str]) -> dict[str, list[Candidate]]:
        found: dict[str, list[Candidate]] = {}
        wanted = json.dumps(sorted(set(keys)), ensure_ascii=False)
        for row in self._connection().execute(query, (wanted,)):
            found.setdefault(row[0], []).append(_candidate(row))
        return found

    def _connection(self) -> sqlite3.Connection:
        owner = (os.getpid(), getattr(self._local, "connection", None))
        if owner[1] is None or self._local.process != owner[0]:
            self._local.connection = sqlite3.connect(_read_only(self.path), uri=True)
            if self.imported:
                self._local.connection.execute(_ATTACH, (_read_only(self.imported),))
            self._local.process = owner[0]
        connection: sqlite3.Connection = self._local.connection
        return connection


def _read_only(path: Path) -> str:
    return f"{path.as_uri()}?mode=ro&immutable=1"


def _candidate(row: tuple[object, ...]) -> Candidate:
    return Candidate(*row[1:10], main=bool(row[10]), imported=len(row) > SHIPPED)  # type: ignore[arg-type, misc]


def _by_weight(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (not c.main, -c.population, c.id))


@lru_cache(maxsize=4)
def open_gazetteer(asset: Path = ASSET) -> Gazetteer:
    """Give the gazetteer, expanding the shipped table into the cache folder at the first call.

    The folder is `DATELINE_CACHE`, else `dateline` under `XDG_CACHE_HOME` or `~/.cache`. Raises
    ConfigError when the table is missing or the folder cannot be written.
    """
    try:
        packed = asset.read_bytes()
    except OSError as error:
        message = f"{asset}: the gazetteer is missing ({error.strerror}); reinstall the package"
        raise ConfigError(message) from error
    version = f"{LAYOUT} {_SCHEMA} {looseners()}"
    digest = hashlib.sha256(packed + version.encode()).hexdigest()[:16]
    path = cache_folder() / f"gazetteer-{digest}.sqlite"
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _expand(asset, path)
        except OSError as error:
            message = (
                f"{path.parent}: cannot write the gazetteer there ({error.strerror}); "
                "set DATELINE_CACHE to a folder that can be written"
            )
            raise ConfigError(message) from error
    imported = imported_path()
    return Gazetteer(path, imported if imported.exists() else None)


def imported_path() -> Path:
    """Where the places of an imported GeoNames dump lie, if any were imported."""
    return cache_folder() / f"geonames-{IMPORTED_LAYOUT}.sqlite"


def cache_folder() -> Path:
    """Where expanded files go: `DATELINE_CACHE`, or `dateline` in the user's cache folder."""
    if own := os.environ.get("DATELINE_CACHE"):
        return Path(own).absolute()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache").absolute() / "dateline"


def _expand(asset: Path, path: Path) -> None:
    handle, temporary = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary, isolation_level=None)
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        connection.execute("BEGIN")
        with lzma.open(asset, "rt", encoding="utf-8") as table:
            for first, lines in _batches(table):
                connection.executemany(_INTO_PLACE, _places(first, lines))
                connection.executemany(_INTO_NAME, _names(first, lines))
                connection.executemany(_INTO_LOOSE, _loose_names(first, lines))
                connection.executemany(
                    _INTO_SEAT, ((line[0], line[9]) for line in lines if line[9])
                )
        connection.execute("COMMIT")
        connection.executescript(_SORT)
        connection.close()
        Path(temporary).chmod(READABLE)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _batches(table: Iterable[str]) -> Iterator[tuple[int, list[list[str]]]]:
    lines = (line.rstrip("\n").split(SEPARATOR) for line in table)
    first = 0
    while batch := list(islice(lines, BATCH)):
        yield first, batch
        first += len(batch)


def _places(first: int, lines: Sequence[list[str]]) -> Iterator[list[object]]:
    for number, line in enumerate(lines, first):
        yield [number, *line[:9]]


def _names(first: int, lines: Sequence[list[str]]) -> Iterator[tuple[str, int, int]]:
    for number, (*_, main, other) in enumerate(lines, first):
        for key in main.split("|"):
            yield key, number, 1
        for key in filter(None, other.split("|")):
            yield key, number, 0


def _loose_names(first: int, lines: Sequence[list[str]]) -> Iterator[tuple[str, int]]:
    for number, (*_, main, other) in enumerate(lines, first):
        for key in loose_keys(f"{main}|{other}"):
            yield key, number
