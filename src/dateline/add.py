"""Adding reports to a store: code what it does not know yet, keep it, say what became of each."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.coder import Code, Coding, Engine, code_all
from dateline.errors import SpanError, StoreError
from dateline.model import Report
from dateline.sources import Failure

if TYPE_CHECKING:
    from dateline.store.database import Store


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input; `reason` is empty unless it failed."""

    status: Literal["added", "known", "failed"]
    name: str
    reason: str = ""


def add_reports(
    store: "Store",
    found: Iterable[Report | Failure],
    code: Code,
    engine: Engine,
    *,
    origin: str,
    again: bool = False,
) -> Iterator[Outcome]:
    """Code and keep reports one by one, giving an outcome for each, in order.

    Reports that `origin` has coded before are known and skipped, unless they are to be coded
    `again`: so a run that broke off goes on where it stopped. A report the store refuses has
    failed; StoreError is raised only when the database itself does not work.
    """

    def unknown() -> Iterator[Report | Failure | Outcome]:
        for item in found:
            if isinstance(item, Report) and not again and store.is_coded(item.id, origin):
                yield Outcome("known", name_of(item))
            else:
                yield item

    results: Iterator[Coding | Failure | Outcome] = code_all(unknown(), code, engine)
    for item in results:
        if isinstance(item, Coding):
            yield _keep(store, item, origin)
        elif isinstance(item, Failure):
            yield Outcome("failed", item.source, item.reason)
        else:
            yield item


def name_of(report: Report) -> str:
    """Give what a person knows a report by: its address, else its title, else its id."""
    return report.url or report.title or report.id


def _keep(store: "Store", coding: Coding, origin: str) -> Outcome:
    report, name = coding.report, name_of(coding.report)
    made = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
    try:
        if coding.status == "failed":
            store.record_failure(report, origin, coding.message, made=made)
            return Outcome("failed", name, coding.message)
        new = store.add(report, coding.claims, origin=origin, made=made)
    except StoreError as error:
        if error.__cause__ is not None and not isinstance(error.__cause__, SpanError):
            raise
        return Outcome("failed", name, str(error))
    return Outcome("added" if new else "known", name)
