"""Words of reports, to find them by, never older than the store: those of heads in memory."""

import threading
from typing import TYPE_CHECKING

from dateline.text import fold

if TYPE_CHECKING:
    from dateline.store.database import Store


class ReportWords:
    """Title, publisher and address of each report, folded; the store has the words of texts."""

    def __init__(self, store: "Store") -> None:
        """Keep the store; nothing is read yet."""
        self._index = store.report_index()
        self._words: list[tuple[int, str]] = []
        self._lock = threading.Lock()

    def find(self, asked: str) -> list[int]:
        """Give the numbers of the reports in which all words occur, those added last first.

        Words occur anywhere in title, publisher or address, or begin words of the report.
        """
        with self._lock:
            last = self._words[-1][0] if self._words else 0
            for head in self._index.added_after(last):
                words = fold(" ".join(filter(None, (head.title, head.publisher, head.url))))
                self._words.append((head.number, words))
            known = list(self._words)
        wanted = list(dict.fromkeys(fold(asked).split()))
        found = {n for n, words in known if all(word in words for word in wanted)}
        if wanted:
            found.update(self._index.telling(wanted))
        return sorted(found, reverse=True)
