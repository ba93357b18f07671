"""Incidents out, in the forms other programs read; what a form cannot hold is reported, not hidden.

An exporter is a function `(incidents, out) -> LossReport`: `incidents` are interchange records and
`out` is the file to write. Names of victims and fine places are taken out before it sees them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dateline.export.privacy import PlaceLevel, withhold
from dateline.export.wording import numbered

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LossReport:
    """How many rows were written, and what did not get into them.

    `excluded` counts rows by the reason they are not there; `dropped` counts, for each field the
    form has no place for, the incidents in which it had a value; `withheld` what was taken out to
    protect people.
    """

    rows: int
    excluded: Mapping[str, int] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)
    withheld: Mapping[str, int] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """The report for a reader, a loss a line."""
        yield f"{numbered(self.rows, 'incident')} written"
        for reason, count in sorted(self.excluded.items()):
            yield f"excluded: {numbered(count, 'incident')}, {reason}"
        for name, count in sorted(self.dropped.items()):
            yield f"dropped: {name}, stated for {numbered(count, 'incident')}"
        for what, count in sorted(self.withheld.items()):
            yield f"withheld: {what}, {numbered(count, 'time')}"


Exporter = Callable[[Iterable[Record], Path], LossReport]


def export_incidents(
    incidents: Iterable[Record],
    out: Path,
    exporter: Exporter,
    *,
    place_level: PlaceLevel | None = None,
    include_names: bool = False,
) -> LossReport:
    """Write incidents with an exporter, after taking out what must not be published.

    Names of victims stay out unless asked for; with `place_level`, places finer than that level
    are given as the level's own name, without a point.
    """
    withheld: Counter[str] = Counter()

    def visible() -> Iterator[Record]:
        for incident in incidents:
            shown, taken = withhold(incident, place_level, include_names=include_names)
            withheld.update(taken)
            yield shown

    return replace(exporter(visible(), out), withheld=withheld)
