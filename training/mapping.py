"""The tables that map what a set annotates to the layers and types of `labels.toml`."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

FOLDER = Path(__file__).parent
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Labels:
    """The names the tagger learns, in the order of its outputs."""

    roles: tuple[str, ...]
    slots: tuple[str, ...]
    types: tuple[str, ...]
    contexts: tuple[str, ...]
    stances: tuple[str, ...]

    @property
    def layers(self) -> tuple[str, ...]:
        """The span layers: the trigger, the roles, the slots."""
        return ("trigger", *self.roles, *self.slots)


@dataclass(frozen=True, slots=True)
class SetMap:
    """How one set maps: kinds of event to our types, arguments to our roles.

    A kind of event mapped to "" is an attack of unknown type. `unknown` are kinds whose triggers
    say nothing for or against ours. Windows without marks are read by the share `quiet`: they teach
    little, unless the set marks whole texts. Keys are prefixes: the longest that fits counts.
    """

    weight: float
    quiet: float
    layers: frozenset[str]
    triggers: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    roles: dict[str, dict[str, str]] = field(default_factory=dict)

    def kind(self, name: str) -> str | None:
        """Give the type of a kind of event ("" = not told), None where it is none of ours."""
        return _longest(self.triggers, name)

    def is_unknown(self, name: str) -> bool:
        """Tell whether a kind of event says nothing about our triggers."""
        return name.startswith(self.unknown)

    def role(self, kind: str, argument: str) -> str | None:
        """Give our role of an argument of a kind of event, None where there is none."""
        table = _longest(self.roles, kind)
        return None if table is None else table.get(argument)


def _longest(table: dict[str, T], name: str) -> T | None:
    fitting = [key for key in table if name.startswith(key)]
    return table[max(fitting, key=len)] if fitting else None


def read_labels() -> Labels:
    """Read `labels.toml`."""
    table = tomllib.loads((FOLDER / "labels.toml").read_text("utf-8"))
    return Labels(**{name: tuple(values) for name, values in table.items()})


def read_map(name: str) -> SetMap:
    """Read the table of one set, `sets/NAME.toml`."""
    table = tomllib.loads((FOLDER / "sets" / f"{name}.toml").read_text("utf-8"))
    return SetMap(
        weight=table["weight"],
        quiet=table["quiet"],
        layers=frozenset(table["layers"]),
        triggers=table.get("triggers", {}),
        unknown=tuple(table.get("unknown", ())),
        roles=table.get("roles", {}),
    )
