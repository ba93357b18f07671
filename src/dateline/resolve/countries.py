"""Finding the words that stand for a country: its name, adjective, people and government."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dateline.codebook import Codebook
from dateline.phrases import Phrases

Form = Literal["name", "adjective", "people", "metonym"]
Entry = tuple[str, Form]
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
    found = [CountryMention(m.start, m.end, *m.entry) for m in exact.find(text) if m.entry]
    taken = {place for mention in found for place in range(mention.start, mention.end)}
    for match in folded.find(text):
        words = text[match.start : match.end]
        overlaps = match.start in taken or match.end - 1 in taken
        cased = plain or any(character.isupper() for character in words)
        if match.entry and cased and not overlaps:
            found.append(CountryMention(match.start, match.end, *match.entry))
    return tuple(sorted(found, key=lambda mention: mention.start))


@lru_cache(maxsize=4)
def _phrases(
    codebook: Codebook,
) -> tuple[Phrases[Entry | None], Phrases[Entry | None]]:
    exact: list[tuple[str, Entry | None]] = []
    folded: list[tuple[str, Entry | None]] = []
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
        # "Central American": longer words that are not the country's.
        folded += [(word, None) for word in country.details.get("not_words", ())]
    return Phrases(exact, exact=True), Phrases(folded)
