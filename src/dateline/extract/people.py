"""Noun phrases that name people, with how many they are: "three soldiers", "the mayor and a guard".

A small chunker over word lists; it knows where such a phrase ends, not what a sentence means.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.codebook import Grammar
from dateline.extract.counts import Quantity, word_set
from dateline.text import Token, aligned_fold
from dateline.values import CountBasis

_LONGEST = 9
_PLURAL_LOW = 2


@dataclass(frozen=True, slots=True)
class People:
    """A noun phrase; `first` and `last` are token indexes, `start` and `end` offsets.

    `certain` is False where only the verb can tell that these are people ("four Katibas");
    `counted` where a number stands in the phrase; `definite` where it points back to people named
    before ("the soldiers"), `owned` where a possessive opens it ("their driver"); `told_once` where
    a first number covers the parts listed behind it.
    """

    first: int
    last: int
    start: int
    end: int
    low: int | None
    high: int | None
    basis: CountBasis
    head: str
    certain: bool = True
    counted: bool = False
    definite: bool = False
    told_once: bool = False
    owned: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence made ready: folded text, tokens, counts, casualty cues by token index."""

    text: str
    folded: str
    tokens: Sequence[Token]
    counts: dict[int, Quantity]
    cues: dict[int, tuple[int, str]]

    def word(self, index: int) -> str:
        """Give the folded word at a token index; empty outside the sentence."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def is_name(self, index: int) -> bool:
        """Say whether a token is written with a capital ("Hisham", "al-Hashimi")."""
        token = self.tokens[index]
        hyphen = token.text.find("-") + 1
        return self.text[token.start].isupper() or (
            0 < hyphen <= len("abdul-") and self.text[token.start + hyphen].isupper()
        )

    def after(self, offset: int) -> int:
        """Give the index of the first token that starts at or behind an offset."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)


def read_sentence(text: str, counts: Iterable[Quantity], grammar: Grammar) -> Reading:
    """Make a sentence ready for `find_people`."""
    folded = aligned_fold(text)
    found = grammar.pattern("token").finditer(folded)
    tokens = [Token(m.start(), m.end(), m.group()) for m in found]
    reading = Reading(text, folded, tokens, {}, {})
    for match in grammar.pattern("cue").finditer(folded):
        last = reading.after(match.end())
        first = reading.after(match.start())
        if first < len(tokens) and tokens[first].start == match.start() and last > first:
            reading.cues[first] = (last, " ".join(match.group().split()))
    for quantity in counts:
        reading.counts[reading.after(quantity.start)] = quantity
    return reading


@lru_cache(maxsize=8)
def person_words(grammar: Grammar) -> tuple[frozenset[str], frozenset[str]]:
    """Give the words for one person and those for several."""
    one = word_set(grammar, "people", "collectives")
    many = word_set(grammar, "plural_people") | {
        _plural(word) for word in word_set(grammar, "people")
    }
    return one - many, many


@lru_cache(maxsize=8)
def _people_words(grammar: Grammar) -> frozenset[str]:
    one, many = person_words(grammar)
    return one | many


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("ch", "sh", "ss", "x")) else "s")


@lru_cache(maxsize=8)
def _stops(grammar: Grammar) -> frozenset[str]:
    return word_set(grammar, "function_words", "verbs", "be", "have")


def find_people(reading: Reading, grammar: Grammar) -> list[People]:
    """Give the noun phrases of a sentence that name people, left to right."""
    found: list[People] = []
    index = 0
    while index < len(reading.tokens):
        people = read_people(reading, index, grammar)
        if people is None:
            index += 1
        else:
            found.append(people)
            index = people.last
    return found


def read_people(reading: Reading, index: int, grammar: Grammar) -> People | None:
    """Read the noun phrase that starts at a token; None if no people are named there."""
    quantity = reading.counts.get(index)
    at = index
    if quantity is None and _is_pronoun(reading, index, grammar):
        return _pronoun(reading, index, grammar)
    if quantity is not None:
        at = reading.after(quantity.end)
        if reading.word(at) == "of":
            at += 1
    definite = reading.word(at) in word_set(grammar, "determiners")
    if definite:
        at += 1
        whole = reading.counts.get(at)
        if whole is not None:  # "two of the 25 passengers" are two, "the 25 passengers" are 25
            quantity = quantity or whole
            at = reading.after(whole.end)
    if quantity is not None and _is_share(reading, at, grammar, definite=definite):
        return replace(_phrase(reading, index, at + 1, quantity, "them"), definite=True)
    last, head = _head(reading, at, grammar)
    one, many = person_words(grammar)
    if head in one or head in many:
        people = _counted(reading, index, last, quantity, head, grammar, definite=definite)
        owned = reading.word(index) in word_set(grammar, "possessives")
        return replace(people, owned=True) if owned else people
    if quantity is not None:
        unsure = _unsure(reading, index, at, last, quantity, head, grammar)
        # "Police killed all six": those told of before.
        definite = definite or (
            not head and reading.word(index) in word_set(grammar, "determiners")
        )
        return replace(unsure, definite=True) if unsure and definite else unsure
    if last > at and all(
        reading.is_name(i) or _joins(reading, i, grammar) for i in range(at, last)
    ):
        people = _phrase(reading, index, last, None, "")
        return replace(people, certain=False, definite=definite)
    return None


def _is_share(reading: Reading, at: int, grammar: Grammar, *, definite: bool) -> bool:
    """Say whether a number takes its share of people: "two of them", "two of the wounded"."""
    if definite:
        ends = at + 1 >= len(reading.tokens) or reading.word(at + 1) in _stops(grammar)
        return ends and reading.word(at) in word_set(grammar, "harmed")
    return reading.word(at - 1) == "of" and reading.word(at) in {"them", "us", "whom"}


def _is_pronoun(reading: Reading, index: int, grammar: Grammar) -> bool:
    """Say whether a word stands for people by itself: "her" does not in "her husband"."""
    word, follows = reading.word(index), reading.word(index + 1)
    if word not in word_set(grammar, "victim_pronouns"):
        return False
    owns = word in word_set(grammar, "determiners") and follows[:1].isalnum()
    return not (owns and follows not in _stops(grammar))


def _joins(reading: Reading, index: int, grammar: Grammar) -> bool:
    return reading.word(index) in word_set(grammar, "particles")


def _head(reading: Reading, at: int, grammar: Grammar) -> tuple[int, str]:
    """Give the token behind a noun phrase and its head; the head is a person word if any is."""
    one, people = person_words(grammar)[0], _people_words(grammar)
    stops, modifiers = _stops(grammar), word_set(grammar, "modifiers")
    head_at, index = -1, at
    while index < min(len(reading.tokens), at + _LONGEST):
        word = reading.tokens[index].text
        if word == "of" and _is_of_a_name(reading, index, at, people):
            index += 1
            continue
        if word in stops or not word[0].isalnum() or index in reading.counts:
            break
        if index in reading.cues and not _is_modifier(reading, index, at, people):
            break
        if word.endswith("ed") and index > at and word not in modifiers:
            break
        if word in people:
            head_at = index
        index += 1
    if head_at < 0:
        return index, reading.word(index - 1) if index > at else ""
    head = reading.word(head_at)
    end = head_at + 1
    while end < index and (reading.is_name(end) or _joins(reading, end, grammar)):
        end += 1
    follows = reading.word(end) if end < index else ""
    modifier = head in one or head.endswith("ese")  # "Lebanese officials"
    if follows and modifier and not follows.endswith(("ly", "ing")):
        return index, reading.word(index - 1)
    return end, head


def _is_of_a_name(reading: Reading, index: int, at: int, people: frozenset[str]) -> bool:
    """Say whether "of" stands inside a name: "Islamic Movement of Uzbekistan members"."""
    if not at < index or not reading.is_name(index - 1):
        return False
    after = index + 1
    while after < len(reading.tokens) and reading.is_name(after):
        after += 1
    return after > index + 1 and reading.word(after) in people


def _is_modifier(reading: Reading, index: int, at: int, people: frozenset[str]) -> bool:
    last, _ = reading.cues[index]
    return index == at and last == index + 1 and reading.word(last) in people


def _phrase(
    reading: Reading, first: int, last: int, quantity: Quantity | None, head: str
) -> People:
    low, high, basis = (
        (quantity.low, quantity.high, quantity.basis) if quantity else (1, 1, "exact")
    )
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    return People(first, last, start, end, low, high, basis, head, counted=quantity is not None)


def _pronoun(reading: Reading, index: int, grammar: Grammar) -> People:
    word = reading.word(index)
    people = _phrase(reading, index, index + 1, None, word)
    if word in word_set(grammar, "plural_pronouns"):
        people = replace(people, low=_PLURAL_LOW, high=None, basis="vague")
    return replace(people, definite=True)


def _counted(
    reading: Reading,
    index: int,
    last: int,
    quantity: Quantity | None,
    head: str,
    grammar: Grammar,
    *,
    definite: bool,
) -> People:
    people = _phrase(reading, index, last, quantity, head)
    people = replace(people, definite=True) if definite else people
    collective = head in word_set(grammar, "collectives")
    if reading.word(last) == "of" and collective and last + 1 in reading.counts:
        size = reading.counts[last + 1]
        return _phrase(reading, index, reading.after(size.end), size, head)
    many = person_words(grammar)[1]
    named = reading.word(last - 1) != head
    if quantity is None and not named and (head in many or collective):
        people = replace(people, low=_PLURAL_LOW, high=None, basis="vague")
        if reading.word(index) in word_set(grammar, "two"):
            people = replace(people, high=_PLURAL_LOW, basis="exact")
    return _with_of(reading, people, grammar)


def _with_of(reading: Reading, people: People, grammar: Grammar) -> People:
    """Take in what belongs to the phrase behind "of": "members of the council"."""
    at = people.last + 1
    if reading.word(people.last) != "of":
        return people
    at += reading.word(at) in word_set(grammar, "determiners")
    end = at
    while end < min(len(reading.tokens), at + _LONGEST):
        word = reading.word(end)
        if word in _stops(grammar) or not word[0].isalnum() or word.endswith("ed"):
            break
        if end in reading.counts or end in reading.cues:
            break
        end += 1
    return replace(people, last=end, end=reading.tokens[end - 1].end) if end > at else people


def _unsure(
    reading: Reading,
    index: int,
    at: int,
    last: int,
    quantity: Quantity,
    head: str,
    grammar: Grammar,
) -> People | None:
    """Read a number with no word for people: alone, or before a noun the lists do not know."""
    if last == at:
        bare = _phrase(reading, index, at, quantity, "") if at > index else None
        single = quantity.low == quantity.high == 1 and quantity.end - quantity.start < len("one")
        return None if single else bare
    if any(reading.word(i) in word_set(grammar, "not_people") for i in range(at, last)):
        return None
    if head.endswith("ly") or (not head.endswith("s") and quantity.low != 1):
        return None
    return replace(_phrase(reading, index, last, quantity, head), certain=False)
