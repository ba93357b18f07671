"""Capitals named by their country alone: "the Iraqi capital", "Ukraine's capital"."""

from bisect import bisect_left

from dateline.codebook import Codebook
from dateline.resolve.countries import find_countries
from dateline.resolve.evidence import Match
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.spelling import Word, folded

_PATTERNS = {"adjective": "capital_after_adjective", "name": "capital_after_name"}


def find_capitals(
    text: str, words: list[Word], places: Gazetteer, codebook: Codebook
) -> dict[int, Match]:
    """Find capitals that are not named, by the position of the word for their country.

    Where a name follows ("the Iraqi capital, Baghdad") it says which town is meant, and nothing is
    found; so it is where the gazetteer lacks the capital.
    """
    if " capital" not in text:
        return {}
    found: dict[int, Match] = {}
    grammar = codebook.grammar("places")
    starts = [word.start for word in words]
    for mention in find_countries(text, codebook):
        pattern = _PATTERNS.get(mention.form)
        behind = grammar.pattern(pattern).match(text, mention.end) if pattern else None
        if behind is None:
            continue
        first = bisect_left(starts, mention.start)
        last = bisect_left(starts, behind.end()) - 1
        name = codebook.countries[mention.code].capital
        towns = [
            town
            for town in places.named(folded(name))
            if town.kind == "town" and town.country == mention.code
        ]
        if not towns or first >= last or words[first].start != mention.start:
            continue
        town = max(towns, key=lambda one: one.population)
        ends = (mention.start, behind.end())
        found[first] = Match(
            *ends, *ends, first, last, name, folded(name), (town,), ("town",), typed=True
        )
    return found
