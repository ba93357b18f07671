"""The forms that a value in a codebook folder may have; `codebook/format.toml` names them.

A fault is a reason and the part of the value it speaks of, so that its line can be found.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from dateline.codebook import LISTS
from dateline.codebook_file import CodebookFile, CodebookFolder, only_tables

_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_SHOWN = 12

# Why a value is wrong, and the part of it that is (empty: all of it).
Fault = tuple[str, str]


def find_faults(
    book: CodebookFolder, file: CodebookFile, kind: str, value: object
) -> Iterator[Fault]:
    """Yield why a value does not have the form `kind` of format.toml; nothing if it has."""
    name, _, argument = kind.partition(" ")
    if name in ("own", "weak"):
        name = "words"
    if name in _LISTS_OF:
        allowed, one = _LISTS_OF[name]
        if not isinstance(value, list):
            yield f"must be a list of {allowed}, not {value!r}", ""
            return
        yield from _repeated(value)
        for item in value:
            yield from one(book, argument, item)
    elif name in _ONE_OF:
        yield from _ONE_OF[name](book, argument, value)
    elif name == "parent":
        yield from _among(only_tables(file.content), "term of this list", value)


def _repeated(values: list[Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for item in values:
        if str(item) in seen:
            yield f"{item!r} stands twice", str(item)
        seen.add(str(item))


def _among(allowed: Iterable[str], what: str, value: object) -> Iterator[Fault]:
    options = [str(item) for item in allowed]
    if value not in options:
        near = _nearest(str(value), options)
        yield f"{value!r} is no {what}; allowed: {near}", str(value)


def _nearest(value: str, options: list[str]) -> str:
    """Give all options of a short list; of a long one, the nearest in spelling."""
    if len(options) <= _SHOWN:
        return ", ".join(options)
    from rapidfuzz.process import extract

    near = [found[0] for found in extract(value, options, limit=3)]
    return f"{', '.join(near)} ... ({len(options)} in all)"


def _text(_: CodebookFolder, argument: str, value: object) -> Iterator[Fault]:
    if not isinstance(value, str) or not (value.strip() or argument == "?"):
        yield f"must be a text that is not empty, not {value!r}", ""


def _word(_: CodebookFolder, __: str, value: object) -> Iterator[Fault]:
    if not isinstance(value, str) or not value.strip():
        yield f"must hold texts that are not empty, not {value!r}", ""
    elif value != value.lower():
        yield f"{value!r} must be in lower case: {value.lower()!r}", value


def _of_type(kind: type, label: str, _: CodebookFolder, __: str, value: object) -> Iterator[Fault]:
    if type(value) is not kind:
        yield f"must be {label}, not {value!r}", ""


def _term(book: CodebookFolder, listing: str, value: object) -> Iterator[Fault]:
    yield from _among(book.tables(listing), f"entry of {listing}.toml", value)


def _actor(book: CodebookFolder, _: str, value: object) -> Iterator[Fault]:
    yield from _among(book.tables("actors"), "actor of the registry", value)


def _choice(book: CodebookFolder, listing: str, value: object) -> Iterator[Fault]:
    yield from _among(book.form["choices"][listing], listing.replace("_", " "), value)


def _country(book: CodebookFolder, argument: str, value: object) -> Iterator[Fault]:
    if value != "" or argument == "stated":
        yield from _among(book.tables("countries"), "country of countries.toml", value)


def _date(_: CodebookFolder, __: str, value: object) -> Iterator[Fault]:
    try:
        whole = _DATE.fullmatch(str(value))
        dt.date.fromisoformat(f"{value}-01-01"[:10] if whole else "no date")
    except ValueError:
        if value != "":
            allowed = "YYYY, YYYY-MM, YYYY-MM-DD, or empty for open"
            yield f"{value!r} is no date; allowed: {allowed}", str(value)


def _role_value(book: CodebookFolder, _: str, value: object) -> Iterator[Fault]:
    kinds = book.form["choices"]["value"]
    lists = [*LISTS, *book.form["choices"]["term_list"]]
    for part in str(value).split("|"):
        kind, _, listing = part.partition(":")
        if kind == "term":
            yield from _among(lists, "list that a term can come from", listing)
        else:
            yield from _among([*kinds, "term:LIST"], "kind of value", part)


def _pairs(book: CodebookFolder, form: str, value: object) -> Iterator[Fault]:
    """Check a crosswalk: scheme = code, or for a role scheme = column."""
    if not isinstance(value, dict):
        yield f'must be a table {{ scheme = "code" }}, not {value!r}', ""
        return
    schemes: Mapping[str, Iterable[str]]
    if form == "columns":
        schemes = book.form["columns"]
    else:
        schemes = {name: table["codes"] for name, table in book.tables("schemes").items()}
    for scheme, code in value.items():
        if scheme not in schemes:
            yield f"{scheme!r} is no scheme; allowed: {', '.join(schemes)}", ""
            continue
        yield from _among(schemes[scheme], f"{form.rstrip('s')} of {scheme}", code)


_One = Callable[[CodebookFolder, str, Any], Iterator[Fault]]
_ONE_OF: dict[str, _One] = {
    "text": _text,
    "text?": lambda book, _, value: _text(book, "?", value),
    "flag": partial(_of_type, bool, "true or false"),
    "number": partial(_of_type, int, "a whole number"),
    "term": _term,
    "actor": _actor,
    "choice": _choice,
    "country": _country,
    "date": _date,
    "value": _role_value,
    "codes": lambda book, _, value: _pairs(book, "codes", value),
    "columns": lambda book, _, value: _pairs(book, "columns", value),
}
_LISTS_OF: dict[str, tuple[str, _One]] = {
    "words": ("lower-case texts", _word),
    "names": ("texts", _text),
    "choices": ("texts", _choice),
    "countries": ("country codes", lambda book, _, value: _country(book, "stated", value)),
    "links": ("tables", lambda _, __, value: _of_type(dict, "a table", _, __, value)),
}
