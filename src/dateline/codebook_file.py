"""A codebook folder and its TOML files, which know where a table, a key or a value stands.

`tomllib` gives no line numbers, so they are found by scanning for headers and keys.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from dateline.codebook import FOLDER

Tables = Mapping[str, Mapping[str, Any]]
_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$|\s*\(at end of document\)$")


class BadFileError(ValueError):
    """The file is no TOML; the message ends the sentence "NAME:LINE: "."""

    def __init__(self, line: int, reason: str) -> None:
        """Keep the line (from 1) and the reason."""
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True)
class CodebookFile:
    """The parsed content of one file and its lines; `name` is its path inside the folder."""

    name: str
    text: str
    content: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def _headers(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines, 1):
            match = _HEADER.match(line)
            if match:
                name = ".".join(part.strip("\"' ") for part in match[1].split("."))
                found.setdefault(name, []).append(number)
        return found

    @cached_property
    def _all_headers(self) -> list[int]:
        return sorted(number for numbers in self._headers.values() for number in numbers)

    def line(self, table: str, key: str = "", value: str = "", number: int = 0) -> int:
        """Give the line of a table, of a key in it, or of a quoted value under that key.

        `number` picks one of several tables of the same name, as `[[x.links]]` makes them. What is
        not found falls back to the line of what holds it, and at last to line 1.
        """
        starts = self._headers.get(table)
        if starts is None:
            return 1
        start = starts[min(number, len(starts) - 1)]
        if not key:
            return start
        end = next((n for n in self._all_headers if n > start), len(self._lines) + 1)
        at_key = self._find(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", start, end) or start
        if not value:
            return at_key
        return self._find(rf".*[\"']{re.escape(value)}[\"']", at_key - 1, end) or at_key

    def _find(self, pattern: str, after: int, before: int) -> int | None:
        for number in range(after + 1, before):
            if re.match(pattern, self._lines[number - 1]):
                return number
        return None


def open_codebook_file(path: Path, name: str) -> CodebookFile:
    """Read and parse a file; raises BadFileError with the line if it is no UTF-8 TOML."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BadFileError(line, "not UTF-8 text; save the file as UTF-8") from error
    try:
        return CodebookFile(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        match = _AT_LINE.search(str(error))
        last = text.count("\n") + 1
        line = int(match[1]) if match and match[1] else last
        reason = _AT_LINE.sub("", str(error))
        raise BadFileError(line, f"not TOML: {reason[:1].lower()}{reason[1:]}") from error


def only_tables(content: Mapping[str, Any]) -> Tables:
    """Give the tables of a parsed file; what stands outside of them is left out."""
    return {name: table for name, table in content.items() if isinstance(table, dict)}


@dataclass
class CodebookFolder:
    """The files of a folder laid over the built-in ones: what may be named, and where it stands.

    `form` is `format.toml`; `own` are the names of the files the folder has itself; `registry` are
    the built-in actor files, which the folder's own add to; `broken` are the problems of files that
    could not be read.
    """

    form: Mapping[str, Any]
    files: dict[str, CodebookFile] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    registry: list[CodebookFile] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    _tables: dict[str, Tables] = field(default_factory=dict)

    def tables(self, name: str) -> Tables:
        """Give the tables of a list; of the actors, those of all their files together."""
        if name not in self._tables:
            files = [self.files[f"{name}.toml"]] if name != "actors" else self.actor_files()
            self._tables[name] = {
                k: v for file in files for k, v in only_tables(file.content).items()
            }
        return self._tables[name]

    def actor_files(self) -> list[CodebookFile]:
        """Give the files of the actor registry, the folder's own last.

        The built-in ones come without what an own file overrides by id.
        """
        own = [f for n, f in self.files.items() if n.startswith("actors/") and n in self.own]
        overridden = {term for file in own for term in file.content}
        return [_without(file, overridden) for file in self.registry] + own

    def at(self, file: CodebookFile, line: int, term: str, reason: str) -> str:
        """Word a problem on a line of a file: "weapons.toml:12: rocket: what is wrong"."""
        own = file.name in self.own and file.text is self.files[file.name].text
        name = file.name if own else f"built-in {file.name}"
        return f"{name}:{line}: {term}: {reason}" if term else f"{name}:{line}: {reason}"

    def say(
        self, file: CodebookFile, reason: str, term: str = "", key: str = "", value: str = ""
    ) -> str:
        """Word a problem at a table, a key of it, or a value of that key."""
        return self.at(file, file.line(term, key, value), term, reason)


def _without(file: CodebookFile, terms: set[str]) -> CodebookFile:
    kept = {name: table for name, table in file.content.items() if name not in terms}
    return replace(file, content=kept)


def open_codebook_folder(folder: Path) -> CodebookFolder:
    """Read the files of a folder and, for those it lacks, the built-in ones.

    What cannot be read, and a file of a name that nothing reads, is told in `broken`.
    """
    form = tomllib.loads((FOLDER / "format.toml").read_text(encoding="utf-8"))
    built_in, own = _names(FOLDER), _names(folder)
    book = CodebookFolder(form, own=own)
    if folder != FOLDER:
        book.registry = [_built_in(n) for n in sorted(built_in) if n.startswith("actors/")]
    for name in sorted(built_in | own):
        if name not in built_in and not name.startswith("actors/"):
            part = name.rpartition("/")[0]
            near = ", ".join(sorted(n for n in built_in if n.rpartition("/")[0] == part))
            book.broken.append(f"{name}:1: no file of that name is read; known: {near}")
        elif name == "format.toml" and name in own and folder != FOLDER:
            book.broken.append(
                f"{name}:1: the form of a folder cannot be replaced; remove the file"
            )
        else:
            try:
                file = open_codebook_file(folder / name, name) if name in own else _built_in(name)
                book.files[name] = file
            except BadFileError as error:
                book.broken.append(f"{name}:{error.line}: {error}")
    return book


@lru_cache
def _built_in(name: str) -> CodebookFile:
    return open_codebook_file(FOLDER / name, name)


def _names(folder: Path) -> set[str]:
    patterns = ("*.toml", "actors/*.toml", "grammars/*.toml")
    return {p.relative_to(folder).as_posix() for pattern in patterns for p in folder.glob(pattern)}
