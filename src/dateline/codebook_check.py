"""Is a codebook folder sound? Every problem is one line: file, line, what is wrong, what may stand.

What a table may hold stands in `codebook/format.toml`, the code lists of the schemes in
`schemes.toml`. References are looked up in the folder with the built-in files where it lacks one.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.codebook import FOLDER, LISTS, Grammar
from dateline.codebook_file import (
    CodebookFile,
    CodebookFolder,
    Tables,
    only_tables,
    open_codebook_folder,
)
from dateline.codebook_form import find_faults
from dateline.errors import ConfigError

_ID = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_COUNTRY_ID = re.compile(r"[A-Z]{2}")


def find_problems(folder: Path) -> Iterator[str]:
    """Yield what is wrong with a codebook folder, one line each: "weapons.toml:12: what and why".

    A folder may lack files: the built-in ones stand in for them, and a reference from those to
    something that the folder dropped is a problem too. Nothing is yielded for a sound folder;
    nothing is raised for an unsound one.
    """
    if not folder.is_dir():
        yield f"{folder}: no such folder; give one that holds codebook files such as weapons.toml"
        return
    book = open_codebook_folder(folder)
    yield from book.broken
    if book.broken:
        return
    for name in LISTS:
        yield from _check_list(book, book.files[f"{name}.toml"], name, _ID)
        yield from _check_words(book, book.files[f"{name}.toml"], name)
        yield from _check_codes(book, book.files[f"{name}.toml"], name)
    yield from _check_roots(book)
    yield from _check_roles(book)
    yield from _check_list(book, book.files["countries.toml"], "countries", _COUNTRY_ID)
    yield from _check_actors(book)
    for name, file in book.files.items():
        if name.startswith("grammars/") and name in book.own:
            yield from _check_grammar(book, file, folder / name)


def _check_list(
    book: CodebookFolder, file: CodebookFile, name: str, shape: re.Pattern[str]
) -> Iterator[str]:
    keys: Mapping[str, str] = book.form["lists"][name]
    for term, table in file.content.items():
        if not isinstance(table, dict):
            yield book.say(file, f"{term!r} stands outside a table; write it below a [header]")
            continue
        if not shape.fullmatch(term):
            allowed = "two capital letters" if shape is _COUNTRY_ID else "a-z, 0-9, _ and -"
            yield book.say(file, f"not an id; allowed: {allowed}", term)
        yield from _check_table(book, file, keys, table, term)
    if "parent" in keys:
        yield from _check_circles(book, file)


def _check_table(
    book: CodebookFolder,
    file: CodebookFile,
    keys: Mapping[str, str],
    table: Mapping[str, Any],
    term: str,
) -> Iterator[str]:
    for key, value in table.items():
        if key not in keys:
            yield book.say(file, f"unknown key {key!r}; allowed: {', '.join(keys)}", term, key)
            continue
        for reason, part in find_faults(book, file, keys[key].rstrip("!"), value):
            yield book.say(file, f"{key}: {reason}", term, key, part)
    for key, kind in keys.items():
        if kind.endswith("!") and key not in table:
            yield book.say(file, f"lacks {key!r}", term)


def _check_circles(book: CodebookFolder, file: CodebookFile) -> Iterator[str]:
    tables = only_tables(file.content)
    for term in tables:
        path = _line(tables, term)
        if tables[path[-1]].get("parent") == term:
            circle = " > ".join([*path, term])
            yield book.say(file, f"its parents go round in a circle: {circle}", term, "parent")


def _check_words(book: CodebookFolder, file: CodebookFile, name: str) -> Iterator[str]:
    """Yield words that name two terms, or that a weak word or masking phrase of the list hides.

    A word may be shared by a term and its ancestors only. Cues of relations are kept apart by
    their key, since the same cue may read in both directions.
    """
    form: Mapping[str, str] = book.form["lists"][name]
    tables = only_tables(file.content)
    owners: dict[tuple[str, str], str] = {}
    for term, key, word in _own_words(tables, form, "own"):
        place = (key if name == "relations" else "", word)
        other = owners.setdefault(place, term)
        if term not in _line(tables, other) and other not in _line(tables, term):
            reason = f"{key}: {word!r} is a word of {other} too; keep it in one of them"
            yield book.say(file, reason, term, key, word)
    for term, key, word in _own_words(tables, form, "weak"):
        if ("", word) in owners:
            reason = f"{key}: {word!r} is a word of {owners['', word]}, which it would hide"
            yield book.say(file, f"{reason}; keep one of them", term, key, word)


def _own_words(
    tables: Tables, form: Mapping[str, str], kind: str
) -> Iterator[tuple[str, str, str]]:
    for term, table in tables.items():
        for key in form:
            if form[key].startswith(kind):
                yield from ((term, key, word) for word in _strings(table.get(key)))


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _line(tables: Tables, term: str) -> list[str]:
    """Give a term and its ancestors, as far as they exist and without going round."""
    path = [term]
    step = tables[term].get("parent")
    while isinstance(step, str) and step in tables and step not in path:
        path.append(step)
        step = tables[step].get("parent")
    return path


def _check_codes(book: CodebookFolder, file: CodebookFile, name: str) -> Iterator[str]:
    tables = only_tables(file.content)
    for scheme in book.form["required_codes"].get(name, ()):
        for term in tables:
            if not any(scheme in tables[step].get("crosswalk", {}) for step in _line(tables, term)):
                yield book.say(file, f"no {scheme} code, neither its own nor of a parent", term)


def _check_roots(book: CodebookFolder) -> Iterator[str]:
    for name in book.form["one_root"]["lists"]:
        roots = [term for term, table in book.tables(name).items() if "parent" not in table]
        for extra in roots[1:]:
            reason = f"a second root beside {roots[0]}; give it a parent"
            yield book.say(book.files[f"{name}.toml"], reason, extra)


def _check_roles(book: CodebookFolder) -> Iterator[str]:
    """The stages fill the built-in roles, so a folder may add roles but not drop one."""
    needed = tomllib.loads((FOLDER / "roles.toml").read_text(encoding="utf-8"))
    for role in needed.keys() - book.tables("roles").keys():
        yield book.say(
            book.files["roles.toml"], f"lacks the role {role!r}, which reports are coded by"
        )


def _check_actors(book: CodebookFolder) -> Iterator[str]:
    known: dict[str, CodebookFile] = {}
    names: dict[str, str] = {}
    for file in book.actor_files():
        yield from _check_list(book, file, "actors", _ID)
        for term, table in only_tables(file.content).items():
            if term in known:
                yield book.say(file, f"is an actor of {known[term].name} too", term)
            known.setdefault(term, file)
            for name in [str(table.get("name", "")), *_strings(table.get("names"))]:
                owner = names.setdefault(name.casefold(), term)
                if owner != term:
                    yield book.say(file, f"{name!r} is a name of {owner} too", term, "names", name)
            links = table.get("links", [])
            for number, link in enumerate(links if isinstance(links, list) else []):
                if isinstance(link, dict):
                    for reason, key, part in _link_faults(book, file, link):
                        line = file.line(f"{term}.links", key, part, number)
                        yield book.at(file, line, term, f"link {reason}")


def _link_faults(
    book: CodebookFolder, file: CodebookFile, link: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Yield reason, key and value of what is wrong with a link between two actors."""
    keys: Mapping[str, str] = book.form["lists"]["links"]
    for key, value in link.items():
        if key not in keys:
            yield f"unknown key {key!r}; allowed: {', '.join(keys)}", key, ""
            continue
        for reason, part in find_faults(book, file, keys[key].rstrip("!"), value):
            yield f"{key}: {reason}", key, part
    for key in keys:
        if key not in link:
            yield f"lacks {key!r}", "", ""
    since, until = str(link.get("since", "")), str(link.get("until", ""))
    shared = min(len(since), len(until))
    if since[:shared] > until[:shared]:
        yield f"ends ({until}) before it begins ({since})", "until", ""


def _check_grammar(book: CodebookFolder, file: CodebookFile, path: Path) -> Iterator[str]:
    built_in = tomllib.loads((FOLDER / file.name).read_text(encoding="utf-8"))
    for part in file.content.keys() - {"folded", "words", "tables", "patterns"}:
        yield book.say(file, "unknown part; allowed: folded, words, tables, patterns", part)
    for part in ("words", "tables", "patterns"):
        for name in built_in.get(part, {}).keys() - file.content.get(part, {}).keys():
            yield book.say(file, f"lacks {name!r}; copy it from the built-in {file.name}", part)
    for name, words in file.content.get("words", {}).items():
        if not isinstance(words, list) or len(_strings(words)) != len(words):
            yield book.say(file, f"{name}: must be a list of texts", "words", name)
    grammar = Grammar(path.stem, file.content, path)
    for name in grammar.names():
        try:
            grammar.pattern(name)
        except ConfigError as error:
            reason = str(error).removeprefix(f"{path}: ")
            yield book.at(file, file.line("patterns", name), "", reason)
