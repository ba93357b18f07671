"""Coding reports: one picklable callable that turns a batch of reports into codings.

An engine is anything shaped like `map`, so that `engine(Coder(...), batches)` scales out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from dateline.codebook import FOLDER, Codebook, load_codebook
from dateline.errors import ConfigError, ExtractError
from dateline.model import Claim, Report

Extract = Callable[[Sequence[Report]], Iterable[Claim]]
OpenExtractor = Callable[[Codebook], Extract]


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
        extract = _extract(self.open_extractor, self.codebook)
        return [_code(extract, report) for report in reports]


@lru_cache(maxsize=4)
def _extract(open_extractor: OpenExtractor, codebook: Path) -> Extract:
    return open_extractor(load_codebook(codebook))


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
