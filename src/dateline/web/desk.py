"""Where changes are made, one at a time: a report read, a judgement, a correction, a review.

A report is read in the background and in a process of its own, so that lists answer meanwhile, a
browser that goes away does not stop it, and what it takes is gone when it is over. What a change
touches is linked again at once.
"""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from dateline.coder import Coder, Coding
from dateline.engine import apart
from dateline.errors import DatelineError
from dateline.link import link
from dateline.model import Report
from dateline.plugins import DEFAULT_EXTRACTOR, find_origin, find_plugin
from dateline.sources import Fetcher
from dateline.web.bringing import Address, Details, Pasted
from dateline.web.explorer import Explorer

MOST_WAITING = 20
Written = TypeVar("Written")
Stage = dict[str, Any]
Tell = Callable[[Stage], None]
Find = Callable[[], Report]


class Desk:
    """The one place of a running server that writes to its store."""

    def __init__(self, explorer: Explorer, fetcher: Fetcher | None = None) -> None:
        """Keep the store; nothing is started yet. `fetcher` is what reads addresses."""
        self._explorer = explorer
        self._store = explorer.store
        self._codebook = explorer.codebook
        self._fetcher = fetcher or Fetcher()
        self._apart = apart
        self._writing = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")

    def change(self, write: Callable[[], Written]) -> Written:
        """Write something and link what it touches; the lists show it when this comes back."""
        with self._writing:
            done = write()
            link(self._store, self._codebook)
        self._explorer.columns()
        return done

    def note(self, write: Callable[[], Written]) -> Written:
        """Write something that links by itself or touches no link."""
        with self._writing:
            done = write()
        self._explorer.columns()
        return done

    def pasted(self, text: str, details: Details) -> Pasted:
        """Give what makes a report of a text."""
        return Pasted(text, details, self._codebook.folder)

    def fetched(self, url: str, details: Details) -> Address:
        """Give what fetches the report at an address."""
        return Address(url, details, self._codebook.folder, self._fetcher)

    def read(self, found: Find, by: str, tell: Tell) -> bool:
        """Read a report in the background, telling each stage; False where too many wait."""
        with self._counting:
            if self._waiting >= MOST_WAITING:
                return False
            self._waiting += 1
        self._reader.submit(self._run, found, by, tell)
        return True

    def _run(self, found: Find, by: str, tell: Tell) -> None:
        try:
            for stage in self._stages(found, by):
                tell(stage)
        except DatelineError as error:
            tell({"stage": "failed", "detail": " ".join(str(error).split())})
        except BaseException:
            tell({"stage": "failed", "detail": "the report could not be read"})
            raise
        finally:
            with self._counting:
                self._waiting -= 1

    def _stages(self, found: Find, by: str) -> Iterator[Stage]:
        origin = find_origin(DEFAULT_EXTRACTOR)
        coder = Coder(find_plugin("extractor", DEFAULT_EXTRACTOR), self._codebook.folder)
        coding: Coding
        with self._apart() as call:
            report: Report = call(found)
            yield {
                "stage": "cleaned",
                "report": report.id,
                "title": report.title,
                "characters": len(report.text),
            }
            if self._store.is_coded(report.id, origin):
                yield {"stage": "known", "report": report.id}
                return
            (coding,) = call(coder, [report])
        made = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
        if coding.status == "failed":
            self._store.record_failure(report, origin, coding.message, made=made)
            yield {"stage": "failed", "detail": f"not understood: {coding.message}"}
            return

        def keep() -> None:
            self._store.add(report, coding.claims, origin=origin, made=made)
            # A coding without a claim is the record of who brought the report in.
            self._store.add(report, (), origin=f"human:{by}", made=made)

        events = {claim.event for claim in coding.claims}
        yield {"stage": "read", "events": len(events), "claims": len(coding.claims)}
        self.change(keep)
        members = self._store.link_index().members(events)
        yield {"stage": "linked", "incidents": sorted(set(members.values()))}
        yield {"stage": "done", "report": report.id}


def now() -> str:
    """Give the time of a change, in ISO 8601 UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
