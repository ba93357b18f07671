"""The floors under the figures, pinned with the hash of the data they were measured on.

A figure may lie up to half a point below its floor, for what a change elsewhere may jostle. A floor
is lowered on purpose only.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .measure import Measured

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.005
UPDATE = "python -m tests.quality --update"

Pins = dict[str, dict[str, Any]]


def read_floors(path: Path = FLOORS) -> Pins:
    """Read the pinned floors of every set."""
    pins: Pins = json.loads(path.read_text("utf-8"))
    return pins


def find_problems(pins: Pins, measured: Mapping[str, Measured]) -> list[str]:
    """Say what is below its floor, what is not pinned and which data changed; a line each."""
    problems = []
    for name, now in measured.items():
        pin = pins.get(name)
        if pin is None:
            problems.append(f"{name}: not pinned; {UPDATE}")
            continue
        if pin["data"] != now.data:
            problems.append(f"{name}: the data is not that of the floors; {UPDATE}")
        if set(pin["floors"]) != set(now.figures):
            problems.append(f"{name}: other figures are measured than pinned; {UPDATE}")
        problems += [
            f"{name} {figure}: {now.figures[figure]:.4f} is below the floor {floor:.4f}"
            for figure, floor in pin["floors"].items()
            if now.figures.get(figure, 1.0) < floor - SLACK
        ]
        problems += [
            f"{name} {fault}: {now.faults[fault]} where at most {most} are allowed"
            for fault, most in pin["most"].items()
            if now.faults.get(fault, 0) > most
        ]
    return problems


def pinned(pins: Pins, measured: Mapping[str, Measured]) -> Pins:
    """Give the floors with those of the measured sets renewed; other sets keep theirs."""
    new = {
        name: {"data": now.data, "floors": now.figures, "most": now.faults}
        for name, now in measured.items()
    }
    return dict(sorted((pins | new).items()))


def lowered(old: Pins, new: Pins) -> list[str]:
    """Say which floors a new pinning would lower, and which faults it would let in."""
    lines = []
    for name, pin in old.items():
        for figure, floor in pin["floors"].items():
            after = new[name]["floors"].get(figure)
            if after is None or after < floor:
                lines.append(f"{name} {figure}: {floor:.4f} to {after}")
        for fault, most in pin["most"].items():
            if new[name]["most"].get(fault, 0) > most:
                lines.append(f"{name} {fault}: {most} to {new[name]['most'][fault]}")
    return lines


def write_floors(pins: Pins, path: Path = FLOORS) -> None:
    """Write the floors, readably."""
    path.write_text(json.dumps(pins, indent=2) + "\n", encoding="utf-8")
