"""Towns told with their country: "the Iraqi capital", "the Syrian town of Rai"."""

from bisect import bisect_left
from dataclasses import replace

from dateline.codebook import Codebook
from dateline.resolve.chains import Part, Toponym
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
    grammar = codebook.grammar("places")
    if not any(grammar.pattern(name).search(text) for name in _PATTERNS.values()):
        return {}
    found: dict[int, Match] = {}
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


def in_country(place: Toponym, match: Match, text: str, codebook: Codebook) -> Toponym:
    """Read "the Syrian town of Rai" as one in Syria, unless the gazetteer knows it elsewhere only.

    A town may lie in another country than the one it is called after ("the Israeli settlement").
    """
    if not match.typed or text[place.start - 1 : place.start] != " ":
        return place
    own = [c for c in match.candidates if c.main] or match.candidates
    for mention in find_countries(text, codebook):
        if mention.form not in ("adjective", "name") or mention.end != place.start - 1:
            continue
        if own and all(c.country != mention.code for c in own):
            return place
        name, code = codebook.countries[mention.code].name, f"country:{mention.code}"
        part = Part(mention.start, mention.end, name, ("country",), "in", code)
        return replace(place, start=mention.start, parts=(*place.parts, part))
    return place
