"""What somebody brings in, a text or an address, and how it becomes a report.

It travels to a process of its own: the tools that clean a page and tell its language hold more than
the rest of the server, and whatever a hostile page does to them ends there.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.codebook import Grammar, load_codebook
from dateline.errors import SourceError
from dateline.model import Report, make_report
from dateline.sources import Failure, Fetcher

if TYPE_CHECKING:
    from dateline.clean import Page

Details = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that somebody pasted, and what they say of it: title, publisher, published."""

    text: str
    details: Details
    codebook: Path

    def __call__(self) -> Report:
        """Make a report of it; raises SourceError if there is none in it."""
        from dateline.sources.content import text_page

        page = text_page(self.text, _clutter(self.codebook))
        digest = hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest()
        return _report(page, digest, self.details)


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a report, and what somebody says of it.

    Only public addresses are read, also where a redirect leads: `Fetcher` sees to that.
    """

    url: str
    details: Details
    codebook: Path
    fetcher: Fetcher = field(default_factory=Fetcher)

    def __call__(self) -> Report:
        """Fetch the report; raises SourceError if it may not be read or gives none."""
        from dateline.sources.outcome import Reading
        from dateline.sources.web import read_url

        if not self.url.lower().startswith(("http://", "https://")):
            raise SourceError("only http and https are fetched")
        reading = Reading(_clutter(self.codebook))
        outcomes = list(islice(read_url(self.url, reading, self.fetcher), 2))
        if len(outcomes) > 1:
            raise SourceError("many reports are there; add them with dateline add")
        for found in outcomes:
            if isinstance(found, Failure):
                raise SourceError(found.reason)
            told = {name: item for name, item in self.details.items() if item}
            return replace(found, **told)
        raise SourceError("no report is there")


def _clutter(folder: Path) -> Grammar:
    return load_codebook(folder).grammar("clutter")


def _report(page: "Page", digest: str, details: Details) -> Report:
    from dateline.sources.outcome import refuse_broken

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
