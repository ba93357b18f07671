"""Sentences that say nobody came to harm: "no casualties", "nobody was hurt"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.codebook import Grammar
from dateline.text import aligned_fold


@dataclass(frozen=True, slots=True)
class Zero:
    """A statement that nobody was killed or injured; `of` limits it to some people."""

    role: str
    start: int
    end: int
    of: str | None = None


def find_zeros(text: str, grammar: Grammar) -> Iterator[Zero]:
    """Yield what a sentence rules out, one zero for each role."""
    folded = aligned_fold(text)
    yield from _noun_zeros(text, folded, grammar)
    yield from _people_zeros(text, folded, grammar)


def _noun_zeros(text: str, folded: str, grammar: Grammar) -> Iterator[Zero]:
    nouns = grammar.tables["casualty_nouns"]
    neutral = set(grammar.words["neutral"])
    weak = set(grammar.words["weak"])
    for match in grammar.finditer("zero_noun", folded):
        kind = set(match["kind"].split())
        if kind & weak:
            continue
        named = text[match.start("kind") : match.end("kind")].strip() if kind - neutral else None
        roles = {
            role
            for noun in grammar.pattern("casualty_noun").findall(match["nouns"])
            for role in nouns[" ".join(noun.split())]
        }
        for role in sorted(roles):
            yield Zero(role, match.start(), match.end(), named)


def _people_zeros(text: str, folded: str, grammar: Grammar) -> Iterator[Zero]:
    for match in grammar.finditer("zero_people", folded):
        who = text[match.start("who") : match.end("who")]
        yield from _each_role(match, who.partition(" of ")[2] or None, grammar)
    for match in grammar.finditer("zero_some", folded):
        named = text[match.start("of") : match.end("of")].strip()
        yield from _each_role(match, named, grammar)


def _each_role(match: re.Match[str], named: str | None, grammar: Grammar) -> Iterator[Zero]:
    form = grammar.tables["cues"][match["cue"]]
    for role in ("killed", "injured") if form.get("both") else (form["role"],):
        yield Zero(role, match.start(), match.end(), named)
