"""Finding the words that stand for a country: its name, adjective, people and government."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dateline.codebook import Codebook
from dateline.phrases import Phrases

Form = Literal["name", "adjective", "people", "metonym"]
LONGEST_ACRONYM = 6


@dataclass(frozen=True, slots=True)
class CountryMention:
    """Words that stand for a country: offsets in the text, ISO alpha-2 code and how it is meant."""

    start: int
    end: int
    code: str
    form: Form


def find_countries(text: str, codebook: Codebook) -> list[CountryMention]:
    """Find country names, adjectives, peoples and metonyms, longest first, without overlaps.

    A capital that stands for a government has the form `metonym`: it may as well be the town.
    Words without a capital letter count only where the whole text has none.
    """
    return list(_find(text, codebook))


@lru_cache(maxsize=4)
def _find(text: str, codebook: Codebook) -> tuple[CountryMention, ...]:
    """Remembered, because finding places, resolving them and coding all ask it of one text."""
    exact, folded = _phrases(codebook)
    plain = text.islower()
    found = [CountryMention(m.start, m.end, *m.entry) for m in exact.find(text)]
    taken = {place for mention in found for place in range(mention.start, mention.end)}
    for match in folded.find(text):
        words = text[match.start : match.end]
        overlaps = match.start in taken or match.end - 1 in taken
        if (
            match.entry[0]
            and not overlaps
            and (plain or any(character.isupper() for character in words))
        ):
            found.append(CountryMention(match.start, match.end, *match.entry))
    return tuple(sorted(found, key=lambda mention: mention.start))


@lru_cache(maxsize=4)
def _phrases(
    codebook: Codebook,
) -> tuple[Phrases[tuple[str, Form]], Phrases[tuple[str, Form]]]:
    exact: list[tuple[str, tuple[str, Form]]] = []
    folded: list[tuple[str, tuple[str, Form]]] = []
    for code, country in codebook.countries.items():
        forms: tuple[tuple[Form, tuple[str, ...]], ...] = (
            ("name", (country.name, *country.names)),
            ("adjective", country.adjectives),
            ("people", country.people),
            ("metonym", country.metonyms),
        )
        for form, words in forms:
            for word in words:
                acronym = word.isupper() and len(word) <= LONGEST_ACRONYM
                (exact if acronym else folded).append((word, (code, form)))
    # "Central American" is of no one state.
    folded += [(word, ("", "adjective")) for word in codebook.grammar("places").words["regional"]]
    return Phrases(exact, exact=True), Phrases(folded)
