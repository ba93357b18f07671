"""The incidents that a running server shows: in memory, and never older than the store.

A look at the store's version costs two index look-ups; what changed since is read anew, nothing
else. Overviews that wait are made on the spot where they are few, else in the background.
"""

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from dateline.codebook import Codebook
from dateline.incidents.overview import FORM
from dateline.overviews import refresh_overviews
from dateline.web.columns import Columns, columns_of, joined
from dateline.web.facts import FactIndex
from dateline.web.report_words import ReportWords
from dateline.web.statements import Statements

if TYPE_CHECKING:
    from dateline.store.database import Store

OverviewFacts = tuple[int, str, Mapping[str, Any] | None, str | None]

FEW = 25  # overviews that a request waits for
_PART = 5000  # overviews read at once
_EVERY = 2.0  # seconds between looks at the store in the background
_log = logging.getLogger(__name__)


class Explorer:
    """The columns of a store; safe to ask from many threads."""

    def __init__(self, store: "Store", codebook: Codebook) -> None:
        """Keep the store; nothing is read yet."""
        self.store = store
        self.codebook = codebook
        self._index = store.overview_index()
        self.statements = Statements(store)
        self.report_words = ReportWords(store)
        self._columns = columns_of([])
        self._facts: FactIndex | None = None
        self._stamp = 0
        self._waiting = 0
        self._in_background = False
        self._reading = threading.Lock()
        self._making = threading.Lock()
        self._stop = threading.Event()

    @property
    def version(self) -> str:
        """What changes whenever an answer may change; bring the columns up to date first."""
        return f"{self._stamp}-{self._waiting}"

    @property
    def waiting(self) -> int:
        """How many incidents are still being prepared, at the last look."""
        return self._waiting

    @property
    def shown(self) -> Columns:
        """The incidents as they were at the last look."""
        return self._columns

    def columns(self) -> Columns:
        """Give the incidents as they are now."""
        # A second round where the first found overviews that an older program made.
        for _ in range(2):
            stamp, waiting = self._index.version()
            here = waiting <= FEW or not self._in_background
            if waiting and here and self._making.acquire(timeout=1):
                try:
                    for _ in refresh_overviews(self.store, self.codebook):
                        pass
                finally:
                    self._making.release()
                stamp, waiting = self._index.version()
            self._waiting = waiting
            if stamp == self._stamp:
                break
            with self._reading:
                if stamp > self._stamp:
                    self._read(stamp)
        return self._columns

    @property
    def facts(self) -> FactIndex:
        """What actors, tallies and the review desk ask; read when first asked for."""
        self.columns()
        with self._reading:
            if self._facts is None:
                self._facts = FactIndex()
                self._facts.take(self._current(self._index.since(0)))
            return self._facts

    def cards(self, numbers: Sequence[int]) -> dict[int, Mapping[str, Any]]:
        """Give the cards of incidents by number."""
        return self._index.cards(numbers)

    def _read(self, stamp: int) -> None:
        columns = self._columns
        rows = self._current(self._index.since(self._stamp))
        # In parts, since the facts of 100,000 incidents take far more room than their columns.
        while part := list(islice(rows, _PART)):
            new = columns_of(
                (number, name, facts, words or "")
                for number, name, facts, words in part
                if facts is not None
            )
            columns = joined(columns, [number for number, *_ in part], new)
            if self._facts is not None:
                self._facts.take(part)
        self._columns = columns
        # Rows stamped while these were read are read again next time, which is harmless.
        self._stamp = stamp

    def _current(self, rows: Iterable[OverviewFacts]) -> Iterator[OverviewFacts]:
        """Yield what this program made; what another version made waits to be made anew."""
        old = []
        for row in rows:
            if row[2] is None or row[2].get("form") == FORM:
                yield row
            else:
                old.append(row[0])
        if old:
            self._index.mark_stale(old)

    def start(self) -> None:
        """Keep overviews up to date in the background until `stop`."""
        self._in_background = True
        threading.Thread(target=self._keep, name="overviews", daemon=True).start()

    def stop(self) -> None:
        """End what runs in the background."""
        self._stop.set()

    def _keep(self) -> None:
        while not self._stop.wait(_EVERY if self._waiting <= FEW else 0.01):
            try:
                with self._making:
                    for _ in refresh_overviews(self.store, self.codebook, limit=200):
                        pass
                self.columns()
            except Exception:  # noqa: BLE001  (whatever went wrong, the next look may succeed)
                _log.exception("overviews are not up to date")
                self._stop.wait(10 * _EVERY)
