"""Print the figures beside their floors, or pin them: see `python -m tests.quality --help`."""

import argparse
import sys

from dateline.cli.terminal import say

from .gate import find_problems, lowered, pinned, read_floors, write_floors
from .measure import LIVE, default_extractor, measure


def main(arguments: list[str] | None = None) -> int:
    """Measure, then compare or pin; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--update", action="store_true", help="pin what is measured now")
    parser.add_argument("--allow-regression", action="store_true", help="lower floors as well")
    asked = parser.parse_args(arguments)
    pins, measured = read_floors(), measure()
    say(f"extractor {default_extractor()}")
    for name, now in measured.items():
        floors = pins.get(name, {}).get("floors", {})
        for figure, value in now.figures.items():
            say(f"{name:7} {figure:12} {value:.4f}  floor {floors.get(figure, '-')}")
        for fault, number in now.faults.items():
            say(f"{name:7} {fault:12} {number}")
    if not LIVE.is_dir():
        say(f"live    not measured: {LIVE} is not there")
    if not asked.update:
        problems = find_problems(pins, measured)
        for problem in problems:
            say(problem)
        return 1 if problems else 0
    new = pinned(pins, measured)
    worse = lowered(pins, new)
    if worse and not asked.allow_regression:
        say("not pinned; these floors would fall (--allow-regression lets them):")
        for line in worse:
            say(line)
        return 1
    write_floors(new)
    say("pinned")
    return 0


if __name__ == "__main__":
    sys.exit(main())
