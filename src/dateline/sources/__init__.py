"""Where reports come from: files, folders, web pages, feeds, archives, standard input."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence

from dateline.clean import iso_date
from dateline.codebook import Codebook
from dateline.errors import ConfigError
from dateline.model import Report
from dateline.sources.fetch import Fetcher
from dateline.sources.files import read_path, read_standard_input
from dateline.sources.outcome import Failure, Reading
from dateline.sources.web import read_url

__all__ = ["Failure", "Fetcher", "Source", "read"]

Source = Callable[[str], Iterable[Report | Failure]]


def read(
    inputs: Sequence[str],
    *,
    published: str | None = None,
    codebook: Codebook,
    fetcher: Fetcher | None = None,
) -> Iterator[Report | Failure]:
    """Read reports from any mixture of files, folders, URLs, feeds and `-` (standard input).

    What cannot be read comes out as a Failure in its place and the rest goes on. `published` is
    the date of inputs that state none. Raises ConfigError at once if it is not an ISO 8601 date.
    """
    day = iso_date(published) if published is not None else None
    if published is not None and day is None:
        raise ConfigError(f"published: {published!r} is not a date; write it as 2021-07-05")
    for name in ("htmldate", "pypdf", "trafilatura"):
        # What they say of a bad input is said by a Failure; who sets up logging still hears them.
        logging.getLogger(name).addHandler(logging.NullHandler())
    reading = Reading(codebook.grammar("clutter"), day)
    return _read_all(inputs, reading, fetcher or Fetcher())


def _read_all(
    inputs: Sequence[str], reading: Reading, fetcher: Fetcher
) -> Iterator[Report | Failure]:
    for name in inputs:
        if name == "-":
            yield from read_standard_input(reading)
        elif name.lower().startswith(("http://", "https://")):
            yield from read_url(name, reading, fetcher)
        elif "://" in name:
            yield Failure(name, "only http and https are fetched")
        else:
            yield from read_path(name, reading)
