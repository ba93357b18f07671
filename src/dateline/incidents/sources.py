"""How many reports of an incident are independent of each other."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from dateline.codebook import Codebook
from dateline.incidents.citing import cited_sources, source_names
from dateline.model import Copy, Report, content_id
from dateline.text import fold

Order = tuple[bool, str, str]
_HEAD = 3  # lines in which a text says whose it is
_FOOT = 2


def publication_order(report: Report) -> Order:
    """Give the sort key of a report: undated ones first, then by publication in UTC, then by id."""
    published = report.published or ""
    try:
        moment = dt.datetime.fromisoformat(published)
    except ValueError:
        return report.published_day is not None, published[:10], report.id
    if moment.tzinfo:
        moment = moment.astimezone(dt.UTC).replace(tzinfo=None)
    return True, moment.isoformat(), report.id


@dataclass(frozen=True, slots=True)
class Collapsed:
    """A report that does not count beside another one, and why."""

    report: str
    other: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sources:
    """How many sources are independent, and which reports were collapsed into them.

    `heads` maps each report to one report of its source.
    """

    count: int
    collapsed: tuple[Collapsed, ...]
    heads: Mapping[str, str] = field(default_factory=dict)


def independent_sources(
    reports: Iterable[Report], codebook: Codebook, copies: Iterable[Copy] = ()
) -> Sources:
    """Count the sources of one incident after reports that hang on each other collapse.

    They do if one is stated or found (`copies`) to carry the text of the other, if both credit one
    news agency, if they have one publisher, or if one says that it has its story from the other.
    Reports whose publisher is unknown cannot be told apart, so they count as one source together.
    """
    known = sorted(reports, key=publication_order)
    pairs: dict[str, list[tuple[str, str]]] = {}
    for copy in copies:
        pairs.setdefault(copy.left, []).append((copy.right, copy.reason))
        pairs.setdefault(copy.right, []).append((copy.left, copy.reason))
    found: list[Collapsed] = []
    first: dict[str, str] = {}
    top = {report.id: report.id for report in known}

    def root(name: str) -> str:
        while top[name] != name:
            name = top[name]
        return name

    for report in known:
        told: set[str] = set()
        bonds = [*_bonds(report, codebook), *_copied(report, pairs)]
        for key, reason in bonds:
            other = first.get(key)
            if other is not None and other not in told:
                found += [] if told else [Collapsed(report.id, other, reason)]
                told.add(other)
                top[root(report.id)] = root(other)
        for key, _ in bonds:
            first.setdefault(key, report.id)
    gone = {bond.report for bond in found}
    for name, other, reason in _citations(known, codebook):
        if root(name) != root(other):
            found += [] if name in gone else [Collapsed(name, other, reason)]
            gone.add(name)
            top[root(name)] = root(other)
    heads = {report.id: root(report.id) for report in known}
    return Sources(len(set(heads.values())), tuple(found), heads)


def _bonds(report: Report, codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Yield what may tie a report to another, the surest first, each with the reason in words."""
    yield f"text {_words_hash(report.text)}", "the same words"
    if report.copy_of:
        yield f"report {report.copy_of}", "a stated copy"
    yield f"report {report.id}", "a stated copy"
    agency = credited_agency(report, codebook)
    if agency:
        yield f"agency {agency}", f"both carry {agency}"
    yield f"publisher {_publisher(report)}", "the same publisher"


def _copied(
    report: Report, pairs: Mapping[str, Sequence[tuple[str, str]]]
) -> Iterator[tuple[str, str]]:
    for other, reason in sorted(pairs.get(report.id, ())):
        left, right = sorted((report.id, other))
        yield f"pair {left} {right}", reason


def _citations(known: Sequence[Report], codebook: Codebook) -> Iterator[tuple[str, str, str]]:
    """Yield which report has its story from which, with the reason in words.

    From the first report of the source that it cites; else, where that is a news agency, from the
    first that cites it as well.
    """
    agencies = {*codebook.grammar("copies").tables["agencies"].values()}
    own: dict[str, str] = {}
    for report in known:
        credited = credited_agency(report, codebook)
        for name in (*source_names(report, codebook), *([credited] if credited else [])):
            own.setdefault(name, report.id)
    citing: dict[str, str] = {}
    for report in known:
        for name in cited_sources(report, codebook):
            other = own.get(name)
            if other and other != report.id:
                yield report.id, other, f"cites {name}"
            elif not other and name in agencies:
                first = citing.setdefault(name, report.id)
                yield report.id, first, f"both cite {name}"


def credited_agency(report: Report, codebook: Codebook) -> str | None:
    """Name the news agency whose text a report prints, as it credits it; None if it does not.

    The credit stands beside the publisher or author, in brackets after the place a text opens
    with, or as a line of its own at either end.
    """
    grammar = codebook.grammar("copies")
    names = grammar.tables["agencies"]
    lines = [line.strip() for line in report.text.splitlines() if line.strip()]
    ends = [*lines[:_HEAD], *lines[-_FOOT:]]
    places = [
        *(
            (grammar.pattern("publisher_credit"), word)
            for word in (report.publisher, report.author)
        ),
        *((grammar.pattern("dateline_credit"), line) for line in lines[:_HEAD]),
        *((grammar.pattern("line_credit"), line) for line in ends),
    ]
    for pattern, text in places:
        credit = pattern.search(text or "")
        if credit:
            return str(names[" ".join(credit["agency"].lower().split())])
    return None


def _publisher(report: Report) -> str:
    host = urlsplit(report.url or "").hostname or ""
    return fold(report.publisher or host.removeprefix("www."))


@lru_cache(maxsize=4096)
def _words_hash(text: str) -> str:
    return content_id("t", " ".join(text.split()))
