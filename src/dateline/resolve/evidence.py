"""What speaks for and against a name being a place, as a sum of weights from the grammar."""

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.codebook import Grammar
from dateline.resolve.gazetteer import Candidate
from dateline.resolve.people import People
from dateline.resolve.spelling import Word, line_after, line_before, word_sets

MILLION, LARGE, MIDDLING, SMALL = 1_000_000, 100_000, 15_000, 5_000
LONGEST_ACRONYM = 5
BEFORE, AFTER = 70, 60


@dataclass(frozen=True, slots=True)
class Match:
    """Words that the gazetteer, or a word for a kind of place beside them, makes a place name.

    `start` to `end` is the name; `left` to `right` includes the words for its kind. `first` and
    `last` are positions in the list of words; `kinds` are those its type words allow, () for any.
    """

    start: int
    end: int
    left: int
    right: int
    first: int
    last: int
    name: str
    key: str
    candidates: tuple[Candidate, ...]
    kinds: tuple[str, ...] = ()
    typed: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A text prepared for weighing: its words, its persons and the countries it is about."""

    text: str
    words: list[Word]
    people: People
    focus: frozenset[str]
    governments: frozenset[str]
    adjectives: frozenset[str]
    grammar: Grammar


def weigh(match: Match, reading: Reading) -> float:
    """Sum what speaks for the match; `repeated` and `container` are added by the caller."""
    weights: Mapping[str, float] = reading.grammar.tables["weights"]
    return sum(weights[name] for name in (*_words_around(match, reading), *_own(match, reading)))


def _words_around(match: Match, reading: Reading) -> list[str]:
    text, grammar = reading.text, reading.grammar
    after = line_after(text, match.right, AFTER)
    found: list[str] = []
    if is_dateline(match, reading):
        return ["dateline"]
    relation = direction = None
    locative = False
    before = _words_before(match, reading)
    if before:
        relation = grammar.pattern("relation_before").search(before)
        locative = bool(grammar.pattern("locative_before").search(before))
        direction = grammar.pattern("direction_before").search(before)
        locative = locative or _is_in_the_air(match, before, reading)
        direction = None if _is_part_of_a_name(match, reading) else direction
    if relation or locative:
        found.append("relation" if relation else "locative")
    elif before and grammar.pattern("weak_before").search(before):
        found.append("weak_locative")
    if match.typed:
        found.append("type_word")
    if direction:
        found.append("direction")
    strong = bool(relation or locative or direction or match.typed)
    return found + _against(match, reading, after, direction=bool(direction), strong=strong)


def _is_in_the_air(match: Match, before: str, reading: Reading) -> bool:
    """Tell "drones were downed over Yemen" from "talks over Yemen"."""
    if not before.lower().startswith(("over ", "above ")):
        return False
    near = line_before(reading.text, match.left, BEFORE)
    return reading.grammar.pattern("air_before").search(near) is not None


def _is_part_of_a_name(match: Match, reading: Reading) -> bool:
    """Tell "the Central Bank", no place in the centre, from "central Basra"."""
    common = match.key in word_sets(reading.grammar)["common_words"]
    return common and match.first > 0 and reading.words[match.first - 1].capital


def _words_before(match: Match, reading: Reading) -> str:
    """What stands before a match as far as its words can tell a place behind them."""
    words, telling = reading.words, word_sets(reading.grammar)["before_names"]
    at = match.first
    while at > 0 and words[at - 1].end > match.left:
        at -= 1
    first = at
    while first > 0 and (words[first - 1].key in telling or words[first - 1].key.isdigit()):
        first -= 1
    if first == at:
        return ""
    start = max(words[first].start, match.left - BEFORE)
    return line_before(reading.text, match.left, match.left - start)


def _against(
    match: Match, reading: Reading, after: str, *, direction: bool, strong: bool
) -> list[str]:
    found, grammar = [], reading.grammar
    if _is_government(match, reading) and not strong:
        found.append("government")
    if any(grammar.pattern(name).match(after) for name in ("body_after", "adjective_after")):
        found.append("body")
    elif not match.typed and _name_follows(match, reading):
        found.append("before_name")
        if reading.words[match.last + 1].key in word_sets(grammar)["surnames"]:
            found.append("person_name")
    if grammar.pattern("speech_after").match(after) and not strong:
        found.append("speech")
    if match.left < match.start and _is_named_body(match, reading):
        found.append("body")
    if _stands_in_name(match, reading):
        found.append("before_name")
    elif _is_the_one_of(match, reading, after):
        found.append("after_name")
    if _name_precedes(match, reading) and not direction:
        found.append("after_name")
    return found


def _own(match: Match, reading: Reading) -> list[str]:
    word = reading.words[match.first]
    found = _importance(match, reading)
    if any(c.main for c in match.candidates):
        found.append("main_name")
    articles = word_sets(reading.grammar)["articles"]
    family = reading.words[match.last].key in reading.people.last_names
    if match.last > match.first:
        found.append("several_words")
        if family and all(w.key in articles for w in reading.words[match.first : match.last]):
            found += ["person_name", "after_name"]
    else:
        found += _single_word(word, word_sets(reading.grammar), reading)
    if match.loose:
        found.append("loose")
    if word.style in ("caps", "lower"):
        found.append("no_case")
    inside = reading.people.positions.intersection(range(match.first, match.last + 1))
    known = max((c.population for c in match.candidates), default=0) >= MIDDLING
    if inside and not (match.last > match.first and known):
        found += ["person_name", "after_name"]
    return found


def _importance(match: Match, reading: Reading) -> list[str]:
    found = []
    best = max((c.population for c in match.candidates if c.kind == "town"), default=0)
    kinds = {c.kind for c in match.candidates}
    if best >= MIDDLING:
        found.append("million" if best >= MILLION else "large" if best >= LARGE else "middling")
    elif kinds - {"town", "admin2", "admin1", "country"}:
        plain = match.last > match.first or any(
            c.country in reading.focus for c in match.candidates
        )
        found.append("site" if plain else "middling")
    hamlets = all(c.imported and not c.population for c in match.candidates)
    if match.candidates and hamlets and not match.typed:
        # Any word may be the name of a hamlet somewhere.
        found.append("unpeopled")
    named = match.last > match.first and "admin2" in kinds
    if kinds & {"admin1", "country"} or named:
        found.append("division")
    if any(c.country in reading.focus for c in match.candidates):
        found.append("in_focus")
    elif reading.focus and best < SMALL and not kinds - {"town", "admin2"}:
        found.append("small_elsewhere")
    return found


def _single_word(word: Word, sets: dict[str, frozenset[str]], reading: Reading) -> list[str]:
    found = []
    if word.key in sets["common_words"] or word.key in reading.adjectives:
        found.append("common_word")
    surname = word.key in reading.people.last_names
    if surname or word.key in sets["first_names"] or word.key in sets["surnames"]:
        found.append("person_name")
    acronym = word.text.isupper() and len(word.text) <= LONGEST_ACRONYM and word.style != "caps"
    if acronym and word.text.isalpha():
        found.append("acronym")
    return found


def is_dateline(match: Match, reading: Reading) -> bool:
    """Whether the match opens a paragraph as a dateline does ("KABUL, March 3 -").

    In a text without capitals, or in nothing else, a day or an agency has to stand in it.
    """
    before = reading.text[max(0, match.left - 3) : match.left].strip(" \t")
    if not (match.left == 0 or before.endswith("\n")):
        return False
    caseless = reading.words[match.first].style in ("caps", "lower")
    if not (caseless or reading.text[match.start : match.end].isupper()):
        return False
    after = reading.text[match.right : match.right + 90]
    pattern = reading.grammar.pattern("dateline_marked" if caseless else "dateline_after")
    return pattern.match(after) is not None


def _is_government(match: Match, reading: Reading) -> bool:
    country = any(c.kind == "country" for c in match.candidates)
    return country or match.key in reading.governments


def _name_follows(match: Match, reading: Reading) -> bool:
    if match.last + 1 >= len(reading.words):
        return False
    following = reading.words[match.last + 1]
    if following.style != "plain" or following.gap not in (" ", "-"):
        return False
    article = following.key in word_sets(reading.grammar)["articles"]
    if article and match.last + 2 < len(reading.words):
        return reading.words[match.last + 2].capital
    return following.capital


def _is_named_body(match: Match, reading: Reading) -> bool:
    """Whether the word for the kind belongs to a name ("Islamic State of Iraq")."""
    if not reading.text[match.left : match.left + 1].isupper():
        return False
    at = match.first
    while at > 0 and reading.words[at - 1].start >= match.left:
        at -= 1
    before, here = reading.words[at - 1], reading.words[at]
    named = at > 0 and here.gap == " " and before.capital and not before.opening
    return named and before.style == "plain" and not _is_ordinary(before, reading)


def _stands_in_name(match: Match, reading: Reading) -> bool:
    """Whether the name ends another one ("University of Houston", "Our Lady of Carmel")."""
    if match.first < 2 or match.typed:  # noqa: PLR2004
        return False
    joint, before = reading.words[match.first - 1], reading.words[match.first - 2]
    plain = before.style == "plain" and before.capital and not before.opening
    return plain and joint.key == "of" and joint.gap == " " and not _is_ordinary(before, reading)


def _is_the_one_of(match: Match, reading: Reading, after: str) -> bool:
    """Whether a name is a word that "of" goes on from ("the Gateway of India"): no town is."""
    town = all(c.kind == "town" for c in match.candidates)
    led = match.first > 0 and reading.words[match.first - 1].key == "the"
    return town and led and not match.typed and after.startswith(" of ")


def _is_ordinary(word: Word, reading: Reading) -> bool:
    sets = word_sets(reading.grammar)
    return word.key in sets["type_parts"] | sets["directions"] | sets["modifiers"] | sets["titles"]


def _name_precedes(match: Match, reading: Reading) -> bool:
    if match.first == 0 or match.typed:
        return False
    before = reading.words[match.first - 1]
    here = reading.words[match.first]
    if here.style != "plain" or here.gap not in (" ", "-") or not before.capital:
        return False
    sets = word_sets(reading.grammar)
    harmless = sets["titles"] | sets["type_parts"] | sets["directions"] | sets["modifiers"]
    harmless |= sets["inner_words"] | sets["locative_words"] | sets["weak_locative_words"]
    if before.key in harmless or before.key in reading.adjectives:
        return False
    return not before.opening
