"""Finding toponyms: names of places in a text, with the words that say which place is meant.

A name of the gazetteer is taken for a place only on evidence, because most words and most family
names are also a town somewhere: a preposition, a word for its kind, the place that contains it, its
size, the country the report is about. Evidence is summed; below a threshold the name is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from dateline.codebook import Codebook, Grammar
from dateline.resolve.by_country import find_capitals, in_country
from dateline.resolve.chains import Link, Toponym, link, toponym
from dateline.resolve.countries import find_countries
from dateline.resolve.evidence import Match, Reading, is_dateline, weigh
from dateline.resolve.gazetteer import Candidate, Gazetteer
from dateline.resolve.geometry import within
from dateline.resolve.people import find_people
from dateline.resolve.spelling import (
    Word,
    folded,
    goes_on,
    key_of,
    line_after,
    line_before,
    may_start,
    name_ends,
    word_sets,
    words_of,
)
from dateline.text import fold

BEFORE, AFTER = 40, 40
LONGEST_UNKNOWN = 4
SHORTEST_LOOSE_NAME = 5
SHORTEST_NAME = 2
LARGE, SMALL = 100_000, 5_000
LISTED_KM = 300
HOPELESS = -2.5


def find_places(
    text: str,
    places: Gazetteer,
    codebook: Codebook,
    blocked: Sequence[tuple[int, int]] = (),
) -> list[Toponym]:
    """Find the places a text names, in order, without overlaps.

    A chain of containment ("Ain al-Asad base in Anbar") is one toponym. `blocked` are spans that
    are something else, such as names of actors. Names of countries and seats of government count
    only where the words say that something is there.
    """
    grammar = codebook.grammar("places")
    reading = _read(text, codebook)
    capitals = find_capitals(text, reading.words, places, codebook)
    matches = _matches(reading, places, capitals, blocked)
    weights = grammar.tables["weights"]
    scores = [weigh(match, reading) for match in matches]
    scores = list(_with_neighbours(matches, scores, text, grammar))
    sure = {
        m.key for m, score in zip(matches, scores, strict=True) if score >= weights["threshold"]
    }
    most = weights["container"] + weights["repeated"]
    found: list[Toponym] = []
    done = -1
    for at, match in enumerate(matches):
        if at <= done or scores[at] + most < weights["threshold"]:
            continue
        chain = link(matches, at, text, grammar, places)
        score = scores[at] + (weights["container"] if chain.parts else 0)
        if score < weights["threshold"] and match.key in sure and not _is_state(match, reading):
            score += weights["repeated"]
        if score < weights["threshold"]:
            continue
        if chain.parts and scores[at] < 0 and not _worth_joining(chain, scores):
            continue
        done = chain.used[-1]
        found.append(
            in_country(toponym(chain, text, grammar, round(score, 2)), match, text, codebook)
        )
    return list(_apart(found, text))


def _with_neighbours(
    matches: Sequence[Match], scores: Sequence[float], text: str, grammar: Grammar
) -> Iterator[float]:
    """Raise a name in a list with a sure one close by ("in Bohong and Bocaranga")."""
    weights, listed = grammar.tables["weights"], grammar.pattern("listed")
    for at, score in enumerate(scores):
        beside = [
            other
            for left, right, other in ((at - 1, at, at - 1), (at, at + 1, at + 1))
            if left >= 0
            and right < len(matches)
            and listed.match(text[matches[left].right : matches[right].left])
        ]
        sure = [matches[other] for other in beside if scores[other] >= weights["threshold"]]
        if score >= weights["threshold"]:
            yield score
        elif any(_both_states(other, matches[at]) for other in sure):
            # "in Iraq and Syria": what makes the one a place makes the other one too.
            yield score + weights["locative"] - weights["government"]
        else:
            helped = any(_close(other, matches[at]) for other in sure)
            yield score + weights["listed"] if helped else score


def _both_states(left: Match, right: Match) -> bool:
    return all(any(c.kind == "country" for c in match.candidates) for match in (left, right))


def _close(left: Match, right: Match) -> bool:
    return any(
        a.country == b.country and within(a, b, LISTED_KM)
        for a in left.candidates
        for b in right.candidates
        if b.kind != "country"
    )


def _worth_joining(chain: Link, scores: Sequence[float]) -> bool:
    return chain.head.typed or scores[chain.used[0]] > HOPELESS


def _apart(found: list[Toponym], text: str) -> Iterator[Toponym]:
    end = 0
    for place in found:
        if place.start >= end:
            yield place
        elif place.end > end:
            yield replace(place, start=place.end - len(text[end : place.end].lstrip()))
        end = max(end, place.end)


def _is_state(match: Match, reading: Reading) -> bool:
    state = any(c.kind == "country" for c in match.candidates) or match.key in reading.governments
    return state or match.key in word_sets(reading.grammar)["common_words"]


def _read(text: str, codebook: Codebook) -> Reading:
    grammar = codebook.grammar("places")
    words = words_of(text)
    focus = frozenset(mention.code for mention in find_countries(text, codebook))
    governments, adjectives = _country_words(codebook)
    people = find_people(text, words, grammar)
    return Reading(text, words, people, focus, governments, adjectives, grammar)


@lru_cache(maxsize=4)
def _country_words(codebook: Codebook) -> tuple[frozenset[str], frozenset[str]]:
    governments: set[str] = set()
    adjectives: set[str] = set()
    for country in codebook.countries.values():
        governments.update(map(fold, (country.name, *country.names, *country.metonyms)))
        adjectives.update(map(fold, country.adjectives))
        adjectives.update(fold(words).rpartition(" ")[2] for words in country.adjectives)
    return frozenset(governments), frozenset(adjectives)


def _matches(
    reading: Reading,
    places: Gazetteer,
    capitals: Mapping[int, Match],
    blocked: Sequence[tuple[int, int]],
) -> list[Match]:
    words, text = reading.words, reading.text
    closed = {offset for start, end in blocked for offset in range(start, end)}
    closed |= _agencies_and_months(reading)
    spans: dict[int, list[tuple[int, str]]] = {}
    articles = word_sets(reading.grammar)["articles"]
    for first, word in enumerate(words):
        named = word.capital or word.style == "lower" or word.key in articles
        if not named or word.start in closed or not may_start(words, first, reading.grammar):
            continue
        for last in name_ends(words, first, reading.grammar):
            if words[last].end - 1 not in closed:
                spans.setdefault(first, []).append((last, key_of(text, words, first, last)))
    table = places.lookup(key for ends in spans.values() for _, key in ends)
    alike = _alike(spans, table, reading, places)
    found: list[Match] = []
    free = 0
    for at, ends in spans.items():
        if at < free:
            continue
        floor = found[-1].right if found else 0
        match = _longest(at, ends, table, reading, floor)
        if _type_word_near(at, reading) and (match is None or _is_small(match)):
            unknown = _unknown(at, reading, places, floor)
            match = unknown if unknown and (not match or unknown.last > match.last) else match
        match = capitals.get(at) or match or alike.get(at)
        if match:
            found.append(match)
            free = match.last + 1
    return found


def _alike(
    spans: Mapping[int, Sequence[tuple[int, str]]],
    table: Mapping[str, list[Candidate]],
    reading: Reading,
    places: Gazetteer,
) -> dict[int, Match]:
    """Places in focus spelled like a plain word behind a preposition: "north of Baqouba"."""
    words, telling = reading.words, word_sets(reading.grammar)["before_names"]
    asked = {
        first: words[first]
        for first, ends in spans.items()
        if first
        and words[first - 1].key in telling
        and len(words[first].key) > SHORTEST_LOOSE_NAME
        and not any(key in table for _, key in ends)
        and _is_plain_name(words[first], reading)
        and not (first + 1 < len(words) and words[first + 1].capital)
    }
    near = places.lookup_loose(word.key for word in asked.values()) if asked else {}
    focus = reading.focus or {
        c.country for named in table.values() for c in named if c.main and c.population >= LARGE
    }
    found: dict[int, Match] = {}
    for first, word in asked.items():
        fitting = tuple(c for c in near.get(word.key, ()) if c.country in focus)
        if any(c.population >= SMALL or c.kind in ("admin1", "admin2") for c in fitting):
            match = _typed(first, first, fitting, reading, 0)
            found[first] = replace(match, loose=True)
    return found


def _agencies_and_months(reading: Reading) -> set[int]:
    """The offsets of what a dateline has in brackets, "ERBIL (Kurdistan 24) -", and of "Nov. 7"."""
    closed: set[int] = set()
    for name, group in (("dateline_agency", "agency"), ("month_day", 0), ("day_month", "month")):
        for found in reading.grammar.pattern(name).finditer(reading.text):
            closed.update(range(*found.span(group)))
    return closed


def _longest(
    first: int,
    ends: Sequence[tuple[int, str]],
    table: dict[str, list[Candidate]],
    reading: Reading,
    floor: int,
) -> Match | None:
    sets = word_sets(reading.grammar)
    for last, key in reversed(ends):
        candidates = table.get(key)
        if not candidates or goes_on(reading.words, last, reading.grammar):
            continue
        ordinary = len(key) < SHORTEST_NAME or all(w in sets["never_alone"] for w in key.split())
        if len(key) <= SHORTEST_NAME or key in reading.adjectives:  # "Thai", once a town
            candidates = [candidate for candidate in candidates if candidate.main]
        if candidates and not ordinary:
            return _typed(first, last, tuple(candidates), reading, floor)
    return None


def _typed(
    first: int, last: int, candidates: tuple[Candidate, ...], reading: Reading, floor: int
) -> Match:
    """Make a match, taking in the words for its kind that stand beside the name."""
    text, words, grammar = reading.text, reading.words, reading.grammar
    start, end = words[first].start, words[last].end
    name = text[start:end]
    match = Match(start, end, start, end, first, last, name, folded(name), candidates)
    types, parts = grammar.tables["type_words"], word_sets(grammar)["type_parts"]
    after = before = None
    # The next word and the one before decide whether the slower patterns can match at all.
    if last + 1 < len(words) and words[last + 1].key in parts:
        after = grammar.pattern("type_after").match(line_after(text, end, AFTER))
        if after and _modifies_town(match, after.end(), reading):
            after = None
    elif first and words[first - 1].key in parts | {"of", "the"}:
        near = line_before(text, start, min(BEFORE, start - floor))
        before = grammar.pattern("type_before").search(near)
    if after:
        word = _type_in(after.group(), types)
        return replace(match, right=end + after.end(), kinds=tuple(types[word]), typed=True)
    if before:
        word = _type_in(before.group(), types)
        left = start - (len(before.string) - before.start())
        return replace(match, left=left, kinds=tuple(types[word]), typed=True)
    return match


def _modifies_town(match: Match, after: int, reading: Reading) -> bool:
    """Tell "the Mali town of Kidal" from "Punjab province of Pakistan"."""
    if not reading.text.startswith(" of ", match.end + after):
        return False
    return match.key in reading.adjectives or any(c.kind == "country" for c in match.candidates)


def _type_in(words: str, types: dict[str, object]) -> str:
    plain = " ".join(words.replace("-", " - ").split()).lower()
    folded = plain.replace(" - ", "-")
    fitting = [word for word in types if word in folded or word in plain]
    return max(fitting, key=len)


def _is_small(match: Match) -> bool:
    return all(c.kind == "town" and (c.population < LARGE or not c.main) for c in match.candidates)


def _type_word_near(first: int, reading: Reading) -> bool:
    """Whether a word for a kind of place stands near enough to name what starts here."""
    parts = word_sets(reading.grammar)["type_parts"]
    near = reading.words[max(0, first - 2) : first + LONGEST_UNKNOWN + 1]
    return not parts.isdisjoint([word.key for word in near])


def _unknown(first: int, reading: Reading, places: Gazetteer, floor: int) -> Match | None:
    """A capitalised name that the gazetteer lacks, made a place by a word such as "village"."""
    words, sets = reading.words, word_sets(reading.grammar)
    last = first + 1 if words[first].key in sets["articles"] else first
    if last == len(words) or last in reading.people.positions:
        return None
    if not _is_plain_name(words[last], reading):
        return None
    for at in range(last + 1, min(first + LONGEST_UNKNOWN, len(words))):
        word = words[at]
        article = word.key in sets["articles"]
        ordinary = word.key in sets["ordinary"] and words[at - 1].key not in sets["articles"]
        if word.gap not in (" ", "-") or (ordinary and not article):
            break
        if word.capital:
            last = at
        elif not article:
            break
    match = _typed(first, last, (), reading, floor)
    beside = reading.text[match.left : match.start] + reading.text[match.end : match.right]
    naming = fold(beside).removesuffix(" of") in sets["naming_types"]
    if not match.typed or not naming or len(match.key) <= SHORTEST_NAME:
        return None
    if len(match.key) >= SHORTEST_LOOSE_NAME:
        near = places.lookup_loose([match.key]).get(match.key, ())
        return replace(match, candidates=tuple(near), loose=bool(near))
    return match


def _is_plain_name(word: Word, reading: Reading) -> bool:
    if word.style != "plain" or word.opening or not word.capital:
        return False
    return (
        word.key not in word_sets(reading.grammar)["ordinary"]
        and word.key not in reading.adjectives
    )


__all__ = ["Toponym", "find_places", "is_dateline"]
