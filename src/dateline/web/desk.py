"""Where changes are made, one at a time: a report read, a judgement, a correction, a review.

Reading runs in a thread of its own, so that lists answer meanwhile and a browser that goes away
does not stop it. What a change touches is linked again at once.
"""

import datetime as dt
import hashlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from dateline.coder import Coder, Coding
from dateline.engine import pool
from dateline.errors import DatelineError, SourceError
from dateline.link import link
from dateline.model import Report, make_report
from dateline.plugins import DEFAULT_EXTRACTOR, find_origin, find_plugin
from dateline.sources import Failure, Fetcher
from dateline.sources.content import text_page
from dateline.sources.outcome import Reading, refuse_broken
from dateline.sources.web import read_url
from dateline.web.explorer import Explorer

if TYPE_CHECKING:
    from dateline.clean import Page

MOST_WAITING = 20
Written = TypeVar("Written")
Stage = dict[str, Any]
Tell = Callable[[Stage], None]


class Desk:
    """The one place of a running server that writes to its store."""

    def __init__(self, explorer: Explorer, fetcher: Fetcher | None = None) -> None:
        """Keep the store; nothing is started yet. `fetcher` is what reads addresses."""
        self._explorer = explorer
        self._store = explorer.store
        self._codebook = explorer.codebook
        self._fetcher = fetcher or Fetcher()
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

    def read(self, found: Callable[[], Report], by: str, tell: Tell) -> bool:
        """Read a report in the background, telling each stage; False where too many wait."""
        with self._counting:
            if self._waiting >= MOST_WAITING:
                return False
            self._waiting += 1
        self._reader.submit(self._run, found, by, tell)
        return True

    def _run(self, found: Callable[[], Report], by: str, tell: Tell) -> None:
        try:
            for stage in self._stages(found(), by):
                tell(stage)
        except DatelineError as error:
            tell({"stage": "failed", "detail": " ".join(str(error).split())})
        except BaseException:
            tell({"stage": "failed", "detail": "the report could not be read"})
            raise
        finally:
            with self._counting:
                self._waiting -= 1

    def _stages(self, report: Report, by: str) -> Iterator[Stage]:
        origin = find_origin(DEFAULT_EXTRACTOR)
        yield {
            "stage": "cleaned",
            "report": report.id,
            "title": report.title,
            "characters": len(report.text),
        }
        if self._store.is_coded(report.id, origin):
            yield {"stage": "known", "report": report.id}
            return
        coding = self._code(report)
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

    def _code(self, report: Report) -> Coding:
        # A process of its own: the reader's weights and gazetteer would double what the server
        # holds, and whatever a hostile text does to it ends there.
        coder = Coder(find_plugin("extractor", DEFAULT_EXTRACTOR), self._codebook.folder)
        ((coding,),) = pool(coder, [[report]], workers=1)
        return coding

    def pasted(self, text: str, **details: str | None) -> Report:
        """Make a report of a pasted text; raises SourceError if there is no report in it."""
        page = text_page(text, self._codebook.grammar("clutter"))
        return _report(page, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), details)

    def fetched(self, url: str, **details: str | None) -> Report:
        """Fetch the report at an address; raises SourceError if it may not or gives none.

        Only public addresses are read, also where a redirect leads: `Fetcher` sees to that.
        """
        if not url.lower().startswith(("http://", "https://")):
            raise SourceError("only http and https are fetched")
        reading = Reading(self._codebook.grammar("clutter"))
        outcomes = list(islice(read_url(url, reading, self._fetcher), 2))
        if len(outcomes) > 1:
            raise SourceError("many reports are there; add them with dateline add")
        for found in outcomes:
            if isinstance(found, Failure):
                raise SourceError(found.reason)
            told = {name: item for name, item in details.items() if item}
            return replace(found, **told)
        raise SourceError("no report is there")


def _report(page: "Page", digest: str, details: dict[str, str | None]) -> Report:
    refuse_broken(page.text)
    return make_report(
        page.text,
        raw_sha256=digest,
        title=details.get("title") or page.title,
        publisher=details.get("publisher"),
        published=details.get("published") or page.published,
        retrieved=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        language=page.language,
    )


def now() -> str:
    """Give the time of a change, in ISO 8601 UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
