"""How many reports of an incident are independent, and how well it is supported."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from dateline.codebook import Codebook
from dateline.model import Report, content_id
from dateline.text import fold

Order = tuple[bool, str, str]
_CLASH = "armed_clash"


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


def count_independent(reports: Iterable[Report]) -> int:
    """Count publishers after copies collapse: same words, a stated copy, or the same publisher.

    Reports whose publisher is unknown cannot be told apart, so they count as one source together.
    """
    groups: list[set[str]] = []
    for report in reports:
        keys = {f"text {_words_hash(report.text)}", f"publisher {_publisher(report)}"}
        keys |= {f"report {name}" for name in (report.id, report.copy_of) if name}
        joined = [group for group in groups if group & keys]
        groups = [group for group in groups if not group & keys]
        groups.append(keys.union(*joined))
    return len(groups)


def _publisher(report: Report) -> str:
    host = urlsplit(report.url or "").hostname or ""
    return fold(report.publisher or host.removeprefix("www."))


@lru_cache(maxsize=4096)
def _words_hash(text: str) -> str:
    return content_id("t", " ".join(text.split()))


def grade(row: Mapping[str, Any], sources: int, codebook: Codebook) -> str:
    """Grade how well it is known who did it, in the words of Airwars.

    `contested`: two sides that the registry does not tie are named as perpetrators, or whoever is
    blamed denies it. `confirmed`: the perpetrator says so itself. `fair`: two or more independent
    sources. `weak`: one. Generic actors ("militias") are no side, and both sides of an armed clash
    may be named. Airwars' `discounted` needs a person's assessment and is never given.
    """
    sides = [
        _side(p["id"], codebook)
        for p in row["perpetrators"]
        if p["stance"] != "denied" and p["id"] in codebook.actors
    ]
    named = [side for side in sides if side]
    clash = _CLASH in codebook.ancestors("event_types", row["type"] or "")
    apart = not clash and any(not named[0] & other for other in named)
    if apart or row["claim_status"] == "denied":
        return "contested"
    if row["claim_status"] == "claimed":
        return "confirmed"
    return "fair" if sources > 1 else "weak"


def _side(actor: str, codebook: Codebook) -> set[str]:
    known = codebook.actors[actor]
    if known.kind == "generic":
        return set()
    return {actor, *(link.to for link in known.links if link.relation != "splinter_of")}
