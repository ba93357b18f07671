"""Coding reports: one picklable callable that turns a batch of reports into codings.

An engine is anything shaped like `map`, so that `engine(Coder(...), batches)` scales out.
"""

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Literal, TypeVar

from dateline.codebook import FOLDER, Codebook, load_codebook
from dateline.errors import ConfigError, ExtractError
from dateline.model import Claim, Report

Extract = Callable[[Sequence[Report]], Iterable[Claim]]
OpenExtractor = Callable[[Codebook], Extract]

T = TypeVar("T")
BATCH = 16


@dataclass(frozen=True, slots=True)
class Coding:
    """What came of coding one report: its claims, or why it failed."""

    report: Report
    claims: tuple[Claim, ...] = ()
    status: Literal["ok", "failed"] = "ok"
    message: str = ""


@dataclass(frozen=True, slots=True)
class Coder:
    """Codes batches of reports with one extractor and one codebook.

    It holds names only, so it travels to other processes; each of them loads the codebook and the
    extractor's tables once, at its first batch.
    """

    open_extractor: OpenExtractor
    codebook: Path = FOLDER

    def __call__(self, reports: Sequence[Report]) -> list[Coding]:
        """Give one coding a report, in order.

        A report that fails is a coding with status "failed"; an extractor that lacks what it needs
        raises ExtractError or ConfigError, since then no report can be coded.
        """
        if not reports:
            return []
        extract = _extract(self.open_extractor, self.codebook)
        return [_code(extract, report) for report in reports]


Code = Callable[[Sequence[Report]], list[Coding]]
Engine = Callable[[Code, Iterable[list[Report]]], Iterable[list[Coding]]]


def code_all(
    items: Iterable[Report | T], code: Code, engine: Engine, batch: int = BATCH
) -> Iterator[Coding | T]:
    """Code the reports of a stream through an engine; whatever else stands in it passes unchanged.

    The order is that of the input, and reading ahead is the engine's choice.
    """
    pending: deque[list[Report | T]] = deque()

    def batches() -> Iterator[list[Report]]:
        stream = iter(items)
        while mixed := list(islice(stream, batch)):
            pending.append(mixed)
            yield [item for item in mixed if isinstance(item, Report)]

    for codings in engine(code, batches()):
        coded = iter(codings)
        for item in pending.popleft():
            yield next(coded) if isinstance(item, Report) else item


@lru_cache(maxsize=4)
def _extract(open_extractor: OpenExtractor, codebook: Path) -> Extract:
    extract = open_extractor(load_codebook(codebook))
    # The tables stay as long as the process does: the collector need not walk them again and again.
    gc.freeze()
    return extract


def _code(extract: Extract, report: Report) -> Coding:
    try:
        claims = tuple(extract([report]))
        for claim in claims:
            report.quote(claim.span)
    except (ConfigError, ExtractError):
        raise
    except Exception as error:  # noqa: BLE001  (whatever one report does to an extractor, the rest goes on)
        reason = " ".join(str(error).split()) or "no reason given"
        return Coding(report, status="failed", message=f"{type(error).__name__}: {reason}")
    return Coding(report, claims)
