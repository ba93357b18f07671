"""Fit the table of match weights of linking: m and u of each level of each comparison.

`python training/link_weights.py DATA_FOLDER` writes src/dateline/link/weights.toml. It needs two
sets that are not part of this project: `us_shootings` (news reports, each with the incident it
tells) and `wp_current_events` (one-sentence notes, each on an incident of its own).

m is counted on pairs of reports of one incident, on the pair of their events that agrees best
under the weights so far (three rounds, hard expectation-maximisation). u is counted on pairs of
events of different incidents: dates and places on random pairs, all else on pairs of one day or of
one region, since only such pairs are ever compared. Both start from the `beliefs` of
`link_beliefs.toml`, each worth as many pairs as `worth` says, so that no level is impossible and
levels that the sets do not show (a local set has one kind of weapon) keep a sensible weight.
"""

import argparse
import gzip
import json
import math
import random
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from dateline.codebook import Codebook, load_codebook
from dateline.coder import Coder
from dateline.evaluate.linking import reports_of
from dateline.link.compare import COMPARISONS, compare
from dateline.link.view import EventView, views_of
from dateline.link.weights import FILE
from dateline.model import Report, make_report
from dateline.plugins import find_plugin

BELIEFS = Path(__file__).with_name("link_beliefs.toml")
ROUNDS = 3
LARGEST = 6  # reports of one incident that are paired; a huge one would outweigh all others
NOTES = 2500
RANDOM_PAIRS = 60_000
ANYWHERE = ("date", "place", "published")
Views = dict[str, list[EventView]]
Counts = dict[str, Counter[str]]
Table = dict[str, dict[str, tuple[float, float]]]


def coded(reports: Sequence[Report], codebook: Codebook) -> Views:
    """Code reports and give the views of their events, in text order."""
    coder = Coder(find_plugin("extractor", "lexicon"))
    found: Views = {}
    for start in range(0, len(reports), 50):
        for coding in coder(reports[start : start + 50]):
            found[coding.report.id] = list(views_of(coding.report, coding.claims, codebook))
    return found


def read_lines(file: Path) -> Iterator[dict[str, str]]:
    """Read JSON Lines, packed or not."""
    packed = file.read_bytes()
    text = (gzip.decompress(packed) if file.suffix == ".gz" else packed).decode()
    yield from map(json.loads, text.splitlines())


def read_shootings(folder: Path) -> tuple[list[Report], dict[str, str]]:
    """Read the reports of `us_shootings` and the incident of each."""
    rows = list(read_lines(folder / "us_shootings" / "reports.jsonl.gz"))
    return reports_of(rows), {row["id"]: row["incident"] for row in rows}


def read_notes(folder: Path, chosen: random.Random) -> list[Report]:
    """Read some of the notes of `wp_current_events`."""
    files = sorted((folder / "wp_current_events").iterdir())
    rows = [row for file in files for row in read_lines(file)]
    chosen.shuffle(rows)
    return [make_report(row["text"], published=row["date"]) for row in rows[:NOTES]]


def same_pairs(views: Views, incident: dict[str, str]) -> list[tuple[str, str]]:
    """Give pairs of reports of one incident that both have events."""
    by_incident: dict[str, list[str]] = defaultdict(list)
    for report, found in views.items():
        if found:
            by_incident[incident[report]].append(report)
    return [pair for names in by_incident.values() for pair in combinations(names[:LARGEST], 2)]


def best_pair(
    left: Sequence[EventView], right: Sequence[EventView], weights: dict[str, dict[str, float]]
) -> tuple[EventView, EventView]:
    """Give the pair of events, one of each report, that agrees best."""

    def total(pair: tuple[EventView, EventView]) -> float:
        told = compare(*pair).items()
        return sum(weights[name][level] for name, level in told if level)

    return max(((a, b) for a in left for b in right), key=total)


def count(pairs: Iterable[tuple[EventView, EventView]]) -> Counts:
    """Count the levels of pairs."""
    counts: Counts = {name: Counter() for name in COMPARISONS}
    for left, right in pairs:
        for name, level in compare(left, right).items():
            if level is not None:
                counts[name][level] += 1
    return counts


def other_pairs(
    views: Views, incident: dict[str, str], chosen: random.Random, *, near: bool
) -> Iterator[tuple[EventView, EventView]]:
    """Yield random pairs of first events of reports on different incidents."""
    firsts = [found[0] for found in views.values() if found]
    if not near:
        for _ in range(RANDOM_PAIRS):
            left, right = chosen.sample(firsts, 2)
            if incident.get(left.report, left.report) != incident.get(right.report, right.report):
                yield left, right
        return
    groups: dict[object, list[EventView]] = defaultdict(list)
    for view in firsts:
        if view.earliest:
            groups[view.earliest].append(view)
        if view.place and view.place.admin1:
            groups[view.place.country, view.place.admin1].append(view)
    for members in groups.values():
        for left, right in combinations(members[:30], 2):
            if incident.get(left.report, left.report) != incident.get(right.report, right.report):
                yield left, right


def shares(counts: Counter[str], believed: dict[str, float], worth: float) -> dict[str, float]:
    """Give the share of each level, counts and beliefs together; at least 1 in 10,000."""
    whole = sum(believed.values())
    total = counts.total() + worth
    return {
        level: max(0.0001, round((counts[level] + worth * share / whole) / total, 4))
        for level, share in believed.items()
    }


def fit(views: Views, notes: Views, incident: dict[str, str], beliefs: dict[str, Any]) -> Table:
    """Give m and u of each level."""
    chosen = random.Random(5)  # noqa: S311  (a fixed sequence)
    everywhere = count(other_pairs(views, incident, chosen, near=False))
    # The labelled set is of one country; the notes are of the world.
    everywhere["place"] += count(other_pairs(notes, {}, chosen, near=False))["place"]
    near = count(other_pairs(views, incident, chosen, near=True))
    near_notes = count(other_pairs(notes, {}, chosen, near=True))
    table: Table = {}
    for name, rows in beliefs["comparisons"].items():
        seen = Counter(everywhere[name] if name in ANYWHERE else near_notes[name])
        if name not in beliefs["local"] and name not in ANYWHERE:
            seen += near[name]
        if name in beliefs["fixed"]:
            seen = Counter()
        u = shares(seen, {level: row["u"] for level, row in rows.items()}, beliefs["worth_u"])
        m = shares(Counter(), {level: row["m"] for level, row in rows.items()}, 1.0)
        table[name] = {level: (m[level], u[level]) for level in rows}
    pairs = same_pairs(views, incident)
    for _ in range(ROUNDS):
        weights = {
            name: {level: math.log2(m / u) for level, (m, u) in rows.items()}
            for name, rows in table.items()
        }
        counts = count(best_pair(views[one], views[two], weights) for one, two in pairs)
        for name, rows in beliefs["comparisons"].items():
            known = name not in beliefs["local"] and name not in beliefs["fixed"]
            seen = counts[name] if known else Counter()
            believed = {level: row["m"] for level, row in rows.items()}
            m = shares(seen, believed, beliefs["worth_m"])
            table[name] = {level: (m[level], table[name][level][1]) for level in rows}
        for name, levels in beliefs["fixed_levels"].items():
            believed = beliefs["comparisons"][name]
            table[name] |= {lv: (believed[lv]["m"], believed[lv]["u"]) for lv in levels}
    return table


def written(table: Table, beliefs: dict[str, Any]) -> str:
    """Give the table as TOML, one row a level."""
    lines = [
        "# Match weights of linking: used by link/weights.py, written by training/link_weights.py.",
        "# m: how often two reports of one incident agree so; u: how often two incidents do.",
        "# The weight of a level is log2(m / u); a pair whose weights add up to the threshold is",
        "# judged the same; clusters are joined if pairs across weigh `mean` or more on average.",
        "",
        f"threshold = {beliefs['threshold']}",
        f"mean = {beliefs['mean']}",
    ]
    for name, rows in table.items():
        lines += ["", f"[comparisons.{name}]"]
        for level, (m, u) in rows.items():
            says = beliefs["comparisons"][name][level]["says"]
            weight = f"{math.log2(m / u):+.1f}"
            row = f'{level} = {{ m = {m:.4f}, u = {u:.4f}, says = "{says}" }}'
            lines.append(f"{row}  # {weight}")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Fit and write."""
    parser = argparse.ArgumentParser(description="Fit the match weights of linking.")
    parser.add_argument("data", type=Path, help="the folder that holds the two sets")
    parser.add_argument("-o", "--out", type=Path, default=FILE)
    chosen = parser.parse_args()
    codebook = load_codebook()
    beliefs = tomllib.loads(BELIEFS.read_text("utf-8"))
    reports, incident = read_shootings(chosen.data)
    views = coded(reports, codebook)
    notes = coded(read_notes(chosen.data, random.Random(5)), codebook)  # noqa: S311  (as above)
    chosen.out.write_text(written(fit(views, notes, incident, beliefs), beliefs), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
