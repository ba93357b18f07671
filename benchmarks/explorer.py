"""How fast the explorer answers, and how much memory its server takes, over a made-up store.

`python benchmarks/explorer.py 100000` makes a store of so many incidents, serves it on one core and
prints for each kind of request the median and the slowest tenth, in milliseconds, and the time that
the server's processor was busy. One incident in fifty has its reports and claims; the others are
overviews made after theirs, on other days and in other places, since lists read nothing else. The
store is kept with `--store FILE` and used again.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
from synthetic import ORIGIN, tell

from dateline.codebook import load_codebook
from dateline.model import Claim, Report, content_id, report_to_json
from dateline.overviews import refresh_overviews
from dateline.store import open_store, schema
from dateline.store.rows import claim_to_row

MADE = "2026-01-01T00:00:00+00:00"
BATCH = 500
WHOLE = 50  # one incident of so many has reports
REQUESTS = {
    "list, newest first": "/api/incidents?limit=50",
    "list, by risk": "/api/incidents?sort=-risk&limit=50",
    "list, a country": "/api/incidents?country=EE&limit=50",
    "list, type and dates": "/api/incidents?type=armed_attack&from={day}&limit=50",
    "list, words": "/api/incidents?q=drone+town1&limit=50",
    "list, a box": "/api/incidents?bbox=30,15,50,35&limit=50",
    "facets": "/api/incidents/facets",
    "facets, filtered": "/api/incidents/facets?country=EE&type=drone_strike&killed_min=1",
    "facets, words": "/api/incidents/facets?q=drone",
    "map, the world": "/api/incidents/map?zoom=2",
    "map, a region": "/api/incidents/map?zoom=7&bbox=40,30,46,34",
    "timeline": "/api/incidents/timeline",
    "timeline, filtered": "/api/incidents/timeline?type=air_strike&q=town2",
    "one incident": "/api/incidents/{incident}",
    "its links": "/api/incidents/{incident}/links",
    "meta": "/api/meta",
}


def fill(path: Path, incidents: int) -> None:
    """Write reports, claims and incidents straight into the tables, as linking would leave them."""
    with open_store(path) as store:
        engine = store._engine  # noqa: SLF001  (a benchmark takes the short way)
        told = tell(10 * incidents)
        groups = groupby(told, key=lambda one: happening_of(one[0].text))
        coding = 0
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        with engine.begin() as connection:
            for number, (_, group) in enumerate(groups, 1):
                if number > incidents:
                    break
                rows["incidents"].append({"number": number, "id": content_id("i", number)})
                rows["overviews"].append({"incident": number})
                for report, claims in group:
                    coding += 1
                    put(rows, report, claims, number, coding)
                if number % BATCH == 0 or number == incidents:
                    write(connection, rows)
                    rows = {name: [] for name in TABLES}


TABLES = ("reports", "codings", "claims", "incidents", "memberships", "overviews")


def happening_of(text: str) -> str:
    """Give what tells the reports of one happening from those of the next: place and people."""
    return text.partition("\n")[0]


def put(
    rows: dict[str, list[dict[str, Any]]],
    report: Report,
    claims: list[Claim],
    incident: int,
    coding: int,
) -> None:
    """Add the rows of one report."""
    rows["reports"].append({"number": coding, **report_to_json(report)})
    good = {"origin": ORIGIN, "made": MADE, "status": "good"}
    rows["codings"].append({"number": coding, "report": coding, **good})
    rows["claims"] += [{"coding": coding, **claim_to_row(claim)} for claim in claims]
    member = {"event": claims[0].event, "incident": incident, "report": coding}
    rows["memberships"].append(member)


def write(connection: sa.Connection, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Insert the rows of some incidents."""
    for name, some in rows.items():
        if some:
            connection.execute(schema.metadata.tables[name].insert(), some)


def multiply(path: Path, incidents: int) -> None:
    """Add overviews after those there are, elsewhere and on other days, until there are enough."""
    random = Random(3)  # noqa: S311  (a fixed sequence)
    with open_store(path) as store:
        index, engine = store.overview_index(), store._engine  # noqa: SLF001  (as above)
        known = [row for row in index.since(0) if row[2]]
        cards = index.cards(number for number, *_ in known)
        number = max(number for number, *_ in known)
        while number < incidents:
            size = min(5000, incidents - number)
            rows: dict[str, list[dict[str, Any]]] = {"incidents": [], "overviews": []}
            for number in range(number + 1, number + size + 1):  # noqa: B020  (counts on)
                old, _, facts, words = random.choice(known)
                name = content_id("i", number)
                rows["incidents"].append({"number": number, "id": name})
                moved = elsewhere(dict(facts or {}), random)
                card = {**cards[old], "id": name}
                row = {"incident": number, "stamp": 1, "facts": moved, "card": card, "words": words}
                rows["overviews"].append(row)
            with engine.begin() as connection:
                write(connection, rows)


def elsewhere(facts: dict[str, Any], random: Random) -> dict[str, Any]:
    """Give the facts of an incident that happened near by, within four years."""
    if facts["lat"] is not None:
        facts["lat"] = max(-80, min(80, facts["lat"] + random.gauss(0, 2)))
        facts["lon"] = (facts["lon"] + random.gauss(0, 2) + 180) % 360 - 180
    days = random.randrange(1500)
    for end in ("first", "last"):
        facts[end] = facts[end] and facts[end] + days
    facts["risk"] = round(random.random() ** 3, 3)
    return facts


def prepare(path: Path) -> tuple[int, float]:
    """Make the overviews that wait; give how many and the seconds."""
    start = time.process_time()
    done = 0
    with open_store(path) as store:
        for done in refresh_overviews(store, load_codebook()):
            print(f"\r{done:,} overviews", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return done, time.process_time() - start


def ask(url: str) -> tuple[float, bytes]:
    """Give the milliseconds of one request and its answer."""
    start = time.perf_counter()
    with opener.open(url) as answer:
        content: bytes = answer.read()
    return 1000 * (time.perf_counter() - start), content


opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def serve(path: Path) -> Iterator[tuple[str, int]]:
    """Serve the store on one core; yield its address and process, then stop."""
    program = str(Path(sys.executable).with_name("dateline"))
    command = [program, "--db", str(path), "serve", "--port", "0"]
    core = min(os.sched_getaffinity(0))
    server = subprocess.Popen(  # noqa: S603  (our own command)
        command,
        stdout=subprocess.PIPE,
        text=True,
    )
    os.sched_setaffinity(server.pid, {core})
    try:
        line = (server.stdout or sys.stdin).readline()
        address = line.split(" at ")[1].split(";")[0].rstrip("/")
        started, before = time.perf_counter(), spent(server.pid)
        for _ in range(200):
            try:
                ask(f"{address}/api/incidents?limit=1")
                break
            except OSError:
                time.sleep(0.1)
        took, busy = time.perf_counter() - started, spent(server.pid) - before
        print(f"first answer after {took:.1f} s, {busy:.1f} s of processor time", flush=True)
        yield address, server.pid
        status = Path(f"/proc/{server.pid}/status").read_text("utf-8").splitlines()
        sizes = dict(line.split(":", 1) for line in status)
        for name, says in (("VmRSS", "now"), ("VmHWM", "at its highest")):
            print(f"memory {says}: {int(sizes[name].split()[0]) // 1024} MB")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(10)


def spent(process: int) -> float:
    """Give the seconds of processor time a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(address: str, process: int, rounds: int) -> None:
    """Print the times of each kind of request."""
    first = json.loads(ask(f"{address}/api/incidents?limit=1")[1])
    card = first["items"][0]
    words = {
        "incident": content_id("i", 1),
        "day": card["date"]["earliest"] if card["date"] else "2021-06-01",
    }
    print(f"\n{first['total']:,} incidents\n")
    print("| request | median, ms | slowest tenth, ms | processor, ms | answer, KiB |")
    print("|---|---|---|---|---|")
    for name, form in REQUESTS.items():
        url = address + form.format(**words)
        before = spent(process)
        answers = [ask(url) for _ in range(rounds)]
        busy = 1000 * (spent(process) - before) / rounds
        times = sorted(took for took, _ in answers)
        median, slow = statistics.median(times), times[-(rounds // 10) - 1]
        size = len(answers[0][1]) / 1024
        print(f"| {name} | {median:.1f} | {slow:.1f} | {busy:.1f} | {size:.0f} |", flush=True)


def main() -> int:
    """Make the store where there is none, then measure."""
    parser = argparse.ArgumentParser(description="Measure the explorer.")
    parser.add_argument("incidents", type=int)
    parser.add_argument("--store", type=Path, help="keep the store here")
    parser.add_argument("--rounds", type=int, default=25, help="requests of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-") as home:
        path = options.store or Path(home) / "explorer.db"
        if not path.exists():
            start = time.perf_counter()
            fill(path, max(1, options.incidents // WHOLE))
            done, seconds = prepare(path)
            print(f"{done:,} overviews made in {seconds:.1f} s of processor time")
            multiply(path, options.incidents)
            print(f"store made in {time.perf_counter() - start:.0f} s")
        for address, process in serve(path):
            measure(address, process, options.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
