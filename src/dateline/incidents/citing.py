"""Whose telling a report repeats: "citing Reuters", "the AP reported", "told AFP"."""

from collections.abc import Iterator
from functools import lru_cache

from dateline.codebook import Codebook, Grammar
from dateline.model import Report
from dateline.text import fold, sentences

_LEAD = 5  # sentences, the headline among them; further down a citation adds to what is told


def cited_sources(report: Report, codebook: Codebook) -> tuple[str, ...]:
    """Name the agencies, papers and channels that the opening of a report says it has from.

    Each by the one name of an agency, else by its folded name as written, without "the" and "news
    agency"; whoever tells of what they saw or know themselves stands among them, too, so a caller
    keeps those that it knows as sources.
    """
    grammar = codebook.grammar("copies")
    lead = sentences(report.text)[:_LEAD]
    return _cited(report.text[: lead[-1].end], grammar) if lead else ()


def source_names(report: Report, codebook: Codebook) -> tuple[str, ...]:
    """Give what other reports may call the source of this one, as `cited_sources` gives it."""
    grammar = codebook.grammar("copies")
    plain = grammar.pattern("aside").sub("", report.publisher or "")
    parts = grammar.pattern("credit_mark").split(plain)
    return tuple(dict.fromkeys(name for part in parts if (name := _canonical(part, grammar))))


@lru_cache(maxsize=4096)
def _cited(lead: str, grammar: Grammar) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in _names(lead, grammar) if name))


def _names(lead: str, grammar: Grammar) -> Iterator[str]:
    for pattern in ("cited_after", "cited_before"):
        for found in grammar.pattern(pattern).finditer(lead):
            yield _canonical(found["source"], grammar)


def _canonical(name: str, grammar: Grammar) -> str:
    """Give the one name of an agency, else the folded words that tell an outlet from others."""
    agencies = grammar.tables["agencies"]
    plain = " ".join(name.lower().split())
    if plain in agencies:
        return str(agencies[plain])
    words = fold(name).split()
    while len(words) > 1 and words[0] in grammar.words["outlet_articles"]:
        del words[0]
    while len(words) > 1 and words[-1] in grammar.words["outlet_words"]:
        del words[-1]
    return str(agencies.get(" ".join(words), " ".join(words)))
