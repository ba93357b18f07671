"""Sentences that say nobody came to harm: "no casualties", "nobody was hurt"."""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.codebook import Grammar


@dataclass(frozen=True, slots=True)
class Zero:
    """A statement that nobody was killed or injured; `of` limits it to some people."""

    role: str
    start: int
    end: int
    of: str | None = None


def find_zeros(folded: str, grammar: Grammar) -> Iterator[Zero]:
    """Yield what a folded sentence rules out, one zero for each role."""
    yield from _noun_zeros(folded, grammar)
    yield from _people_zeros(folded, grammar)


def _noun_zeros(folded: str, grammar: Grammar) -> Iterator[Zero]:
    nouns = grammar.tables["casualty_nouns"]
    neutral = set(grammar.words["neutral"])
    weak = set(grammar.words["weak"])
    for match in grammar.pattern("zero_noun").finditer(folded):
        kind = set(match["kind"].split())
        if kind & weak:
            continue
        named = " ".join(w for w in match["kind"].split() if w not in neutral) or None
        roles = {
            role
            for noun in grammar.pattern("casualty_noun").findall(match["nouns"])
            for role in nouns[" ".join(noun.split())]
        }
        for role in sorted(roles):
            yield Zero(role, match.start(), match.end(), named)


def _people_zeros(folded: str, grammar: Grammar) -> Iterator[Zero]:
    for match in grammar.pattern("zero_people").finditer(folded):
        form = grammar.tables["cues"][match["cue"]]
        roles = ["killed", "injured"] if form.get("both") else [form["role"]]
        named = match["who"].partition(" of ")[2] if " of " in match["who"] else None
        for role in roles:
            yield Zero(role, match.start(), match.end(), named or None)
