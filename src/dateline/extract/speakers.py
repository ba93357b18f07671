"""Noun phrases that name a speaker: where they begin and end, the name in them and the side.

"coalition spokesman Colonel Wayne Marotto" is named by "Colonel Wayne Marotto" and speaks for the
coalition; "Iraqi security officials" have no other name than these words.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dateline.codebook import Grammar
from dateline.text import Token, aligned_fold

LONGEST = 22
_NOT_NAMES = 2
_INSIDE = ("'s", "&", "-", "'", "/")  # marks that a name may hold


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """A speaker as one clause names him, in report offsets.

    `name` is exact words of the report: this mention's, or for "the colonel" and "he" those of the
    fuller mention they point back to. `side_text` are the words for the side spoken for, or None.
    """

    start: int
    end: int
    name: str
    side_text: str | None = None


@dataclass(frozen=True)
class Line:
    """A sentence made ready: its text, folded text, tokens, and where it begins in the report."""

    text: str
    folded: str
    offset: int
    grammar: Grammar

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """Its words and marks, folded; most sentences have no cue and are never cut."""
        found = self.grammar.pattern("token").finditer(self.folded)
        return [Token(m.start(), m.end(), m[0]) for m in found]

    def find(self, pattern: str) -> Iterable[re.Match[str]]:
        """Give the matches of a pattern of the grammar in the folded text."""
        return self.grammar.finditer(pattern, self.folded)

    def word(self, index: int) -> str:
        """Give the folded word at a token index; empty outside the sentence."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def is_name(self, index: int) -> bool:
        """Say whether a token is written with a capital, be it behind an article ("al-Amri")."""
        if not 0 <= index < len(self.tokens):
            return False
        start = self.tokens[index].start
        head, hyphen, _ = self.word(index).partition("-")
        article = hyphen and head in words_of(self.grammar, "particles")
        behind = self.text[start + len(head) + 1 :][:1] if article else ""
        return self.text[start].isupper() or behind.isupper()

    def index(self, offset: int) -> int:
        """Give the index of the first token that starts at or behind an offset."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)

    def has(self, index: int, *lists: str) -> bool:
        """Say whether the word at an index stands in one of the grammar's lists."""
        return self.word(index) in words_of(self.grammar, *lists) and not self.is_acronym(index)

    def is_acronym(self, index: int) -> bool:
        """Say whether a word is a short name in capitals: "IS" is no verb."""
        token = self.tokens[index]
        word = self.text[token.start : token.end]
        return len(word) > 1 and word.isupper() and not self.text.isupper()

    def is_adverb(self, index: int) -> bool:
        """Say whether a word looks like an adverb in -ly."""
        word = self.word(index)
        return (
            word.endswith("ly")
            and len(word) > len("only")
            and not (self.is_name(index) or self.has(index, "not_adverbs"))
        )

    def quote(self, first: int, last: int) -> str:
        """Give the words of the tokens from `first` up to, not with, `last`."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


@lru_cache(maxsize=64)
def words_of(grammar: Grammar, *names: str) -> frozenset[str]:
    """Give the words of several lists of a grammar as one set."""
    return frozenset(word for name in names for word in grammar.words[name])


def read_line(text: str, offset: int, grammar: Grammar) -> Line:
    """Make a sentence ready; `offset` is where it starts in the report."""
    return Line(text, aligned_fold(text).replace("''", ' "'), offset, grammar)


def verb_start(line: Line, index: int) -> int:
    """Walk left from a verb over its auxiliaries, adverbs and "on Monday"."""
    while index > 0:
        plain = line.has(index - 1, "auxiliaries", "adverbs") or line.is_adverb(index - 1)
        day = line.word(index - 1) in {"on", "late", "early"} and line.has(index, "weekdays")
        if not (plain or day):
            break
        index -= 1
    return index


def phrase_before(line: Line, end: int) -> tuple[int, int] | None:
    """Give the noun phrase (token bounds) that ends right before a token; None if there is none."""
    if line.has(end - 1, "pronouns") and not line.has(end - 1, "hidden"):
        return end - 1, end
    end = _before_brackets(line, end)
    start = end
    while start > 0 and end - start < LONGEST and not _stops_left(line, start - 1):
        start -= 1
        if line.has(start, "determiners") and not line.has(start - 1, "noun_links"):
            break
    while start < end and (
        line.has(start, "noun_links", "adverbs") or not line.word(start)[0].isalnum()
    ):
        start += 1
    return (start, end) if _names_someone(line, start, end) else None


def _before_brackets(line: Line, end: int) -> int:
    """Step over "(R-Utah)" to the left."""
    if line.word(end - 1) != ")":
        return end
    return next((i for i in range(end - 2, -1, -1) if line.word(i) == "("), end)


def _stops_left(line: Line, index: int) -> bool:
    word, after = line.word(index), index + 1
    if not word[0].isalnum():
        return word not in _INSIDE or _stands_apart(line, index)
    if line.has(index, "ties") and line.has(after, "tie_links"):
        return False
    if line.has(index, "tie_links") and line.has(index - 1, "ties"):
        return False
    pronoun = line.has(index, "pronouns") and not line.has(index, "determiners")
    if line.has(index, "left_stops") or pronoun or _joins_clauses(line, index):
        return line.word(after) not in {"'s", "other"}
    if line.is_name(index) or line.has(index - 1, "determiners") or line.word(index - 1) == "'s":
        return False
    past = word.endswith("ed") and len(word) > len("seed") and "-" not in word
    return (past and not line.has(index, "modifiers")) or is_saying(line, index)


def _joins_clauses(line: Line, index: int) -> bool:
    """Tell "called it sabotage and Ukraine said" from "witnesses and Ukraine said"."""
    left = index - 1
    if line.word(index) != "and":
        return False
    joined = line.is_name(left) or line.has(left, "offices", "spokes", "bodies")
    plain = left >= 0 and line.word(left)[0].isalpha() and not line.word(left).endswith("s")
    return line.is_name(index + 1) and plain and not joined


def _stands_apart(line: Line, index: int) -> bool:
    """Tell the dash of a dateline ("KABUL - The minister") from a hyphen."""
    token = line.tokens[index]
    return token.text == "-" and line.folded[token.start - 1 : token.end + 1] == " - "


def is_saying(line: Line, index: int) -> bool:
    """Say whether a word is a verb of saying; "the United States" is none."""
    return line.word(index) in line.grammar.tables["cues"] and not is_titled(line, index)


def is_titled(line: Line, index: int) -> bool:
    """Say whether a word is part of a name or headline in capitals, and no verb there."""
    return index > 0 and line.is_name(index) and not line.has(index, "sayings_in_titles")


def _names_someone(line: Line, start: int, end: int) -> bool:
    if start >= end:
        return False
    last = line.word(end - 1)
    if line.has(end - 1, "never_speakers", "noun_links", "determiners", "auxiliaries"):
        return (
            end - start == 1
            and line.has(start, "pronouns")
            and last not in words_of(line.grammar, "hidden")
        )
    return not last.isdigit() and last.strip(".-'") != ""


def phrase_at(line: Line, start: int) -> tuple[int, int] | None:
    """Give the noun phrase (token bounds) that starts at a token; None if there is none."""
    if line.has(start, "personal"):
        return (start, start + 1)
    if line.has(start, "noun_links"):
        return None
    end = start
    while end < len(line.tokens) and end - start < LONGEST:
        word = line.word(end)
        if not word[0].isalnum() and word not in _INSIDE:
            break
        if line.has(end, "noun_links") and end > start:
            if not _goes_on(line, end):
                break
        elif _stops_right(line, start, end):
            break
        end += 1
    while end > start and line.has(end - 1, "noun_links", "adverbs", "determiners"):
        end -= 1
    return (start, end) if _names_someone(line, start, end) else None


def _stops_right(line: Line, start: int, index: int) -> bool:
    if line.has(index, "left_stops", "auxiliaries") or is_saying(line, index):
        return True
    if index == start:
        return False
    word = line.word(index)
    past = (word.endswith("ed") and "-" not in word) or line.has(index, "irregular_pasts")
    past = past and not line.is_name(index) and not line.has(index - 1, "determiners")
    return past or (line.has(index, "determiners") and not line.has(index - 1, "noun_links"))


def _goes_on(line: Line, index: int) -> bool:
    """Say whether "of", "for" or "and" at a token still belongs to the speaker's noun phrase."""
    word, after = line.word(index), index + 1
    if line.has(after, "determiners"):
        after += 1
    if line.has(after, "never_speakers", "pronouns"):
        return False
    if word in {"of", "for", "&"}:
        return True
    if word == "and":
        return line.is_name(after) or line.has(after, "offices", "spokes")
    return line.is_name(after) and word in {"in", "from", "at", "with"}


def name_in(line: Line, first: int, last: int) -> tuple[int, int]:
    """Give the token bounds of the personal name, with its rank, inside a noun phrase.

    The whole phrase, without its article, is the name where no person is named.
    """
    titles = words_of(line.grammar, "titles")
    roles = words_of(line.grammar, "spokes", "offices")
    best = (0, 0)
    index = first
    while index < last:
        end = index
        while end < last and (line.is_name(end) or (end > index and line.has(end, "particles"))):
            end += 1
        titled_at = next(
            (i for i in range(index, end - 1) if line.word(i).rstrip(".") in titles), -1
        )
        index = max(index, titled_at)
        led = index > first and (line.word(index - 1) in roles or line.word(index - 1) == ",")
        titled = line.word(index).rstrip(".") in titles
        if end - index >= 1 and (led or titled or _looks_personal(line, index, end, first, last)):
            best = max(best, (index, end), key=lambda span: (span[1] > span[0], -span[0]))
            break
        index = max(end, index + 1)
    if best[1] > best[0]:
        start = best[0]
        while (
            start > first and line.word(start - 1).rstrip(".") in titles and line.is_name(start - 1)
        ):
            start -= 1
        return _after_role(line, start, best[1])
    start = first + 1 if line.word(first) in {"the", "a", "an"} and last - first > 1 else first
    return start, last


def _after_role(line: Line, first: int, last: int) -> tuple[int, int]:
    """Drop what stands before a role in capitals: "Pentagon Spokesman John Kirby"."""
    spokes = words_of(line.grammar, "spokes")
    for index in range(last - 2, first - 1, -1):
        if line.word(index) in spokes or line.word(index) == "secretary":
            return index + 1, last
    titles = words_of(line.grammar, "titles")
    for index in range(first, last - 1):
        if line.word(index).rstrip(".") in titles:
            return index, last
    return first, last


def _looks_personal(line: Line, index: int, end: int, first: int, last: int) -> bool:
    """Two or three capitalised words that make up the phrase, none of them a role or a body."""
    if index != first or not _NOT_NAMES <= end - index <= _NOT_NAMES + 2:
        return False
    if end < last and line.word(end) not in {",", "of", "for", "from", "'s"}:
        return False
    bodies = words_of(line.grammar, "offices", "spokes", "bodies", "determiners")
    return not any(line.word(i) in bodies for i in range(index, end))


def side_in(line: Line, first: int, last: int, name: tuple[int, int]) -> str | None:
    """Give the words for the side a speaker speaks for; None where the phrase has none."""
    spokes = words_of(line.grammar, "spokes")
    words = line.quote(first, last)
    behind = line.grammar.pattern("side_of").search(aligned_fold(words))
    role_at = next((i for i in range(first, last) if line.word(i) in spokes), -1)
    posted = any(line.has(i, "posts") for i in range(first, last))
    if behind and posted and not (name[0] == first and name[1] == last):
        return words[behind.start("side") : behind.end("side")].strip(" ,") or None
    start = first + 1 if line.word(first) in {"the", "a", "an"} else first
    if role_at > start:
        return line.quote(start, role_at)
    if start < name[0]:
        return line.quote(start, name[0])
    return (
        None
        if name[1] - name[0] == last - first and is_personal(line, name)
        else line.quote(start, last)
    )


def is_personal(line: Line, name: tuple[int, int]) -> bool:
    """Say whether the words of a name are those of a person, as far as their form tells."""
    first, last = name
    if not all(line.is_name(i) or line.has(i, "particles") for i in range(first, last)):
        return False
    return line.word(first).rstrip(".") in words_of(line.grammar, "titles") or _looks_personal(
        line, first, last, first, last
    )


def apposition(line: Line, last: int) -> tuple[int, int] | None:
    """Give the phrase behind the comma in "a spokesman, Colonel Marotto," (token bounds)."""
    if line.word(last) != ",":
        return None
    phrase = phrase_at(line, last + 1)
    closed = phrase is not None and line.word(phrase[1]) in {",", "", ".", "who", '"'}
    return phrase if closed else None


def plain_words(grammar: Grammar, words: str) -> set[str]:
    """Give the words of a mention in their plain forms: Col. and colonel are one word."""
    forms = grammar.tables["title_forms"]
    found = re.findall(r"\w[\w-]*", aligned_fold(words))
    return {forms.get(word, word) for word in found}
