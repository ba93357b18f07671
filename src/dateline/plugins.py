"""Implementations chosen by name: extractors, exporters and engines.

Ours and a user's own come through the same door, the entry points of installed packages
(`dateline.extractors`, `dateline.exporters`, `dateline.engines`); each is a plain function.
"""

import sys
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal

from dateline.errors import ConfigError

DEFAULT_EXTRACTOR = "tagger"

Kind = Literal["extractor", "exporter", "engine"]


def known_names(kind: Kind) -> list[str]:
    """Give the names one may ask for, sorted."""
    return sorted({point.name for point in _points(kind)})


def find_plugin(kind: Kind, name: str) -> Any:  # noqa: ANN401  (the caller knows its kind's type)
    """Give the function registered under a name.

    Raises ConfigError for a name that nobody or more than one package registers, and for a plug-in
    that cannot be imported.
    """
    found = {point.value: point for point in _points(kind) if point.name == name}
    if not found:
        known = ", ".join(known_names(kind)) or "none; is dateline installed?"
        raise ConfigError(f"no {kind} called {name!r}; known: {known}")
    if len(found) > 1:
        raise ConfigError(f"{kind} {name!r} is registered twice: {', '.join(sorted(found))}")
    (point,) = found.values()
    try:
        return point.load()
    except Exception as error:
        # A stranger's module may raise anything while it is imported.
        reason = f"{type(error).__name__}: {error}"
        raise ConfigError(f"{kind} {name!r} ({point.value}) cannot be loaded: {reason}") from error


def find_origin(extractor: str) -> str:
    """Give the origin an extractor's claims carry: `ORIGIN` of its module, as in "lexicon/1"."""
    function = find_plugin("extractor", extractor)
    origin = getattr(sys.modules[function.__module__], "ORIGIN", None)
    if not isinstance(origin, str):
        where = f"extractor {extractor!r}: {function.__module__}"
        raise ConfigError(f"{where} does not say its ORIGIN, as in lexicon/1")
    return origin


def _points(kind: Kind) -> list[EntryPoint]:
    return list(entry_points(group=f"dateline.{kind}s"))
