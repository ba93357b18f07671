"""How linking grows: a full pass, and one more report, over made-up stores of growing size.

`python benchmarks/link_growth.py 1000 10000 100000` prints a table. Times are seconds of processor
time of one process, which a busy machine does not stretch, with the wall clock's for the full pass
beside them; what matters is how they grow from line to line. A short pass is made several times, on
a fresh store each, and the median is told. Time goes by as events come in (see `synthetic.py`):
100,000 of them are a year's, not a hundred times as many on one day.
"""

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from synthetic import ORIGIN, tell

from dateline.codebook import load_codebook
from dateline.link import link
from dateline.store import open_store

LONG = 30_000  # events of which one pass is enough
SHORT_RUNS = 5
MADE = "2026-01-01T00:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of a full pass, on the processor and by the clock, and of one more report."""

    whole: float
    clock: float
    one: float
    incidents: int


def measure(events: int) -> Measured:
    """Give the run whose full pass took the median time."""
    runs = [measure_once(events) for _ in range(max(1, min(SHORT_RUNS, LONG // events)))]
    return sorted(runs, key=lambda run: run.whole)[len(runs) // 2]


def measure_once(events: int) -> Measured:
    """Fill a store with made-up events, link it, add one more report."""
    codebook = load_codebook()
    told = tell(events + 1)
    with (
        tempfile.TemporaryDirectory(prefix="dateline-") as home,
        open_store(Path(home) / "made-up.db") as store,
    ):
        for report, claims in islice(told, events):
            store.add(report, claims, origin=ORIGIN, made=MADE)
        filled, clock = time.process_time(), time.perf_counter()
        linked = link(store, codebook, again=True)
        whole, clock = time.process_time(), time.perf_counter() - clock
        report, claims = next(told)
        store.add(report, claims, origin=ORIGIN, made=MADE)
        link(store, codebook)
        done = time.process_time()
    return Measured(whole - filled, clock, done - whole, linked.incidents)


def main() -> int:
    """Measure each size in turn."""
    parser = argparse.ArgumentParser(description="Measure how linking grows.")
    parser.add_argument("events", type=int, nargs="+")
    sizes = parser.parse_args().events
    print("| events | incidents | full pass, s | times the last | by the clock, s | one more, s |")
    print("|---|---|---|---|---|---|")
    last = 0.0
    for events in sizes:
        took = measure(events)
        times = f"{took.whole / last:.1f}" if last else ""
        row = f"{events:,} | {took.incidents:,} | {took.whole:.2f} | {times}"
        print(f"| {row} | {took.clock:.1f} | {took.one:.2f} |", flush=True)
        last = took.whole
    return 0


if __name__ == "__main__":
    sys.exit(main())
