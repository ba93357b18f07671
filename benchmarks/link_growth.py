"""How linking grows: a full pass, and one more report, over made-up stores of growing size.

`python benchmarks/link_growth.py 1000 10000 100000` prints a table. Times are wall seconds of one
process; what matters is how they grow from line to line.
"""

import argparse
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from synthetic import ORIGIN, tell

from dateline.codebook import load_codebook
from dateline.link import link
from dateline.store import open_store

MADE = "2026-01-01T00:00:00+00:00"


def measure(events: int, folder: Path) -> tuple[float, float, float, int]:
    """Give seconds of filling, of a full pass and of adding one report; and incidents."""
    codebook = load_codebook()
    told = tell(events + 1)
    with open_store(folder / f"{events}.db") as store:
        start = time.perf_counter()
        for report, claims in islice(told, events):
            store.add(report, claims, origin=ORIGIN, made=MADE)
        filled = time.perf_counter()
        linked = link(store, codebook, again=True)
        whole = time.perf_counter()
        report, claims = next(told)
        store.add(report, claims, origin=ORIGIN, made=MADE)
        link(store, codebook)
        done = time.perf_counter()
    return filled - start, whole - filled, done - whole, linked.incidents


def main() -> int:
    """Measure each size in turn."""
    parser = argparse.ArgumentParser(description="Measure how linking grows.")
    parser.add_argument("events", type=int, nargs="+")
    sizes = parser.parse_args().events
    print(
        "| events | incidents | full pass, s | times the last | one report more, s | filling, s |"
    )
    print("|---|---|---|---|---|---|")
    last = 0.0
    with tempfile.TemporaryDirectory(prefix="dateline-") as home:
        for events in sizes:
            filling, whole, one, incidents = measure(events, Path(home))
            times = f"{whole / last:.1f}" if last else ""
            row = f"{events:,} | {incidents:,} | {whole:.1f} | {times} | {one:.2f} | {filling:.1f}"
            print(f"| {row} |", flush=True)
            last = whole
    return 0


if __name__ == "__main__":
    sys.exit(main())
