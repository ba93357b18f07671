"""The kinds of event that are no incidents: tallies, ties, strengths, rewards."""

from collections.abc import Iterator

from dateline.extract.holdings import rewards, strengths
from dateline.extract.roles import Part
from dateline.extract.scan import Scan
from dateline.extract.tables import Tables
from dateline.extract.tallies import tallies
from dateline.extract.ties import ties


def other_kinds(found: Scan, known: Tables) -> Iterator[tuple[str, list[Part]]]:
    """Yield the kind and the parts of every event of a report that is not an incident."""
    for parts in tallies(found, known):
        yield "tally", parts
    for parts in ties(found, known):
        yield "tie", parts
    for parts in strengths(found, known):
        yield "strength", parts
    for parts in rewards(found, known):
        yield "reward", parts
