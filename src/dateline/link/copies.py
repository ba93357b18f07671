"""Which reports carry one text: wire copies, reposts, shortened versions.

Candidates share a band of a MinHash sketch (Broder 1997, with one permutation as of Li, Owen and
Zhang 2012); each is then verified on the words themselves. Reports that share most of their words
and differ in a name or a number inside a shared sentence are made from one mould, not copies.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import islice, pairwise, takewhile

from dateline.codebook import Grammar
from dateline.model import Copy, Report

_WORDS = 4  # a shingle
_BINS = 63
_ROWS = 3
_BITS = 63  # a signed 64-bit column holds the key
_SAME = 0.6  # shared of all shingles
_PART = 0.8  # shared of the shingles of the shorter text
_PART_WORDS = 40
_EDIT_WORDS = 4
_FLANK = 3
_WORDS_PER_EDIT = 120  # a later version of a long text may correct a number
_ALIKE = 0.85  # spellings of one name
_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*|\n")


def find_copy(left: Report, right: Report, grammar: Grammar) -> Copy | None:
    """Tell whether two reports carry one text, with the share of it and the reason; else None.

    `share` is that of their shingles of four words: of all where the whole is one, of the shorter
    where it is part of the longer.
    """
    first, second = sorted((left, right), key=lambda report: report.id)
    if first.id == second.copy_of or second.id == first.copy_of:
        return Copy(first.id, second.id, 1.0, "a stated copy")
    one, two = _words(first.text), _words(second.text)
    if one == two:
        return Copy(first.id, second.id, 1.0, "the same words")
    ours, theirs = _shingle_set(first.text), _shingle_set(second.text)
    if not ours or not theirs:
        return None
    shared = len(ours & theirs)
    same, part = shared / len(ours | theirs), shared / min(len(ours), len(theirs))
    is_part = part >= _PART and min(len(ours), len(theirs)) >= _PART_WORDS
    if not (same >= _SAME or is_part) or _are_of_one_mould(one, two, grammar):
        return None
    if same >= _SAME:
        return Copy(first.id, second.id, round(same, 3), f"{same:.0%} of the words are the same")
    reason = f"{part:.0%} of the shorter text stands in the longer"
    return Copy(first.id, second.id, round(part, 3), reason)


def copy_keys(report: Report) -> list[int]:
    """Give the keys under which a report meets those that may carry its text."""
    words = _words(report.text)
    whole = _hashed("text", *words)
    bins = _sketch(_shingles(words))
    bands = [bins[at : at + _ROWS] for at in range(0, len(bins), _ROWS)]
    stated = [_hashed("stated", name) for name in (report.id, report.copy_of) if name]
    return [whole, *stated, *(_hashed("band", n, *band) for n, band in enumerate(bands))]


def _words(text: str) -> list[str]:
    """Give the words of a text in their own case, each line ended by one mark."""
    found = _WORD.findall(text)
    return [w for at, w in enumerate(found) if w != "\n" or (at and found[at - 1] != "\n")]


@lru_cache(maxsize=2048)
def _shingle_set(text: str) -> frozenset[int]:
    return frozenset(_shingles(_words(text)))


def _shingles(words: Sequence[str]) -> list[int]:
    plain = [word.lower() for word in words if word != "\n"]
    return [
        _hashed(*plain[at : at + _WORDS]) for at in range(max(0, len(plain) - _WORDS) + bool(plain))
    ]


def _sketch(shingles: Iterable[int]) -> list[int]:
    """Give the lowest shingle of each bin; an empty bin borrows from one that is not.

    Each bin has donors in an order of its own, so that one shingle which two texts share does not
    fill a whole band of either (optimal densification, Shrivastava 2017).
    """
    bins: list[int | None] = [None] * _BINS
    for shingle in shingles:
        place, rest = shingle % _BINS, shingle // _BINS
        kept = bins[place]
        if kept is None or rest < kept:
            bins[place] = rest
    if not any(item is not None for item in bins):
        return []
    full: list[int] = []
    for place in range(_BINS):
        for step, donor in enumerate(_donors(place)):
            kept = bins[donor]
            if kept is not None:
                full.append(kept + step)
                break
    return full


@cache
def _donors(place: int) -> list[int]:
    """Give a bin and then all others, in an order of its own."""
    return sorted(range(_BINS), key=lambda other: (other != place, _hashed("bin", place, other)))


def _hashed(*parts: object) -> int:
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> (64 - _BITS)


def _are_of_one_mould(one: Sequence[str], two: Sequence[str], grammar: Grammar) -> bool:
    """Tell whether texts differ in names or numbers where all around is the same."""
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    # The last block is empty and bounds the last edit; an empty one bounds the first.
    blocks = [Match(0, 0, 0), *matcher.get_matching_blocks()]
    shared = sum(block.size for block in blocks)
    edits = sum(_tell_apart(*edit, grammar) for edit in _edits(one, two, blocks))
    return edits > shared // _WORDS_PER_EDIT


def _edits(
    one: Sequence[str], two: Sequence[str], blocks: Sequence[Match]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield the short stretches that stand for each other inside a shared line."""
    for before, after in pairwise(blocks):
        a, b, size = before
        c, d, more = after
        left, right = one[a + size : c], two[b + size : d]
        if not (0 < len(left) <= _EDIT_WORDS and 0 < len(right) <= _EDIT_WORDS):
            continue
        before_it = _line(reversed(one[a : a + size]))
        after_it = _line(one[c : c + more])
        if max(before_it, after_it) == _FLANK and "\n" not in (*left, *right):
            yield left, right


def _line(words: Iterable[str]) -> int:
    """Count the shared words next to an edit in its line, three at most."""
    return len(list(takewhile(lambda word: word != "\n", islice(words, _FLANK))))


def _tell_apart(left: Sequence[str], right: Sequence[str], grammar: Grammar) -> bool:
    numbers = grammar.tables["numbers"]
    agencies = grammar.tables["agencies"]
    ours, theirs = (
        [_fact(word, numbers) for word in side if word.lower() not in agencies]
        for side in (left, right)
    )
    first, second = ([fact for fact in side if fact] for side in (ours, theirs))
    if not first or not second or first == second:
        return False
    alike = SequenceMatcher(None, " ".join(first), " ".join(second)).ratio()
    digits = any(fact[0] == "#" for fact in (*first, *second))
    return digits or alike < _ALIKE


def _fact(word: str, numbers: dict[str, int]) -> str:
    """Give what a word pins down: a number as "#3", a name in lower case, or nothing."""
    plain = word.lower()
    if plain in numbers:
        return f"#{numbers[plain]}"
    if any(character.isdigit() for character in word):
        return f"#{plain}"
    return plain if word[0].isupper() else ""
