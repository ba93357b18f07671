"""Cues of speech inside one sentence: the cue, the speaker's noun phrase, what is said."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from dateline.extract.speakers import (
    Line,
    is_saying,
    is_titled,
    phrase_at,
    phrase_before,
    verb_start,
    words_of,
)
from dateline.extract.subjects import apposed_subject
from dateline.model import Stance

Kind = Literal[
    "says", "confirms", "denies", "suspects", "blames", "claims_responsibility", "unclaimed"
]
STANCES: dict[str, Stance] = {"denies": "denied", "suspects": "suspected"}
_SHORT = 3
_RELATIVE = 14


@dataclass(frozen=True, slots=True)
class Saying:
    """One cue in a sentence; offsets are those of the sentence, `speaker` are token bounds.

    `outer` is a second speaker who passes the statement on ("AFP, citing ..."). `follows` marks a
    cue without a speaker of its own ("..., adding that"), which continues the one before.
    """

    start: int
    end: int
    cue_start: int
    cue_end: int
    speaker: tuple[int, int] | None = None
    outer: tuple[int, int] | None = None
    kind: Kind = "says"
    stance: Stance = "asserted"
    follows: bool = False
    cites: bool = False
    object_start: int | None = None
    object_end: int | None = None


def find_sayings(line: Line) -> list[Saying]:
    """Give the cues of speech of a sentence, left to right."""
    found = [*_verbs(line), *_according(line), *_citing(line), *_quoted(line), *_headline(line)]
    found += _nobody(line)
    return _apart(line, sorted(found, key=lambda saying: saying.cue_start))


def _apart(line: Line, found: list[Saying]) -> list[Saying]:
    """End what one says where another begins to speak: "..., but the rebels said ..."."""
    opens = line.grammar.pattern("another_speaks")
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            if other.speaker is None or other.speaker == one.speaker:
                continue
            start = line.tokens[other.speaker[0]].start
            mark = opens.search(line.folded, one.start, start)
            if one.cue_end <= one.start < start < one.end and mark is not None:
                quoted = line.folded.count('"', one.start, start) % 2
                found[at] = one if quoted else replace(one, end=mark.start())
                break
    return found


def _verbs(line: Line) -> Iterator[Saying]:
    for match in line.grammar.pattern("cue").finditer(line.folded):
        index = line.index(match.start())
        if index < len(line.tokens) and line.tokens[index].start == match.start():
            saying = _verb(line, index, match)
            if saying is not None:
                yield saying


def _verb(line: Line, index: int, match: re.Match[str]) -> Saying | None:
    form = line.grammar.tables["cues"][match.group()]
    first, passive, negative, modal = _verb_group(line, index)
    if form.get("participle"):
        return _participle(line, index, match, form["kind"])
    if "object" in form and not line.grammar.pattern(form["object"]).match(
        line.folded, match.end()
    ):
        return None
    speaker, inverted = _speaker(line, first, index)
    if speaker is None or passive or negative or not _is_finite(line, first, index, form, speaker):
        return None
    start, end, clear = _content(line, speaker, index, form, inverted=inverted)
    if form.get("counts") and not inverted and start >= match.end():
        start = match.start()  # the verb itself tells of the harmed: "counted seven bodies"
    if (form.get("that") and not clear) or start >= end:
        return None
    kind: Kind = form["kind"]
    stance: Stance = "hypothetical" if modal else STANCES.get(kind, "asserted")
    return Saying(start, end, line.tokens[first].start, match.end(), speaker, None, kind, stance)


def _is_finite(
    line: Line, first: int, index: int, form: Mapping[str, object], speaker: tuple[int, int]
) -> bool:
    """Say whether a cue is the verb of its speaker, not a noun, a participle or an infinitive."""
    follower = line.word(index + 1)
    if "particle" in form and follower != form["particle"]:
        return False
    if line.word(first - 1) == "to" or follower in {"by", "to"} or is_titled(line, index):
        return False
    if line.has(index - 1, "determiners") or line.has(speaker[0], "bystanders"):
        return False
    return not (form.get("noun") and line.word(speaker[0]) in {"a", "an", "this"})


def _verb_group(line: Line, index: int) -> tuple[int, bool, bool, bool]:
    """Walk left over auxiliaries and adverbs; say if passive, negated, or only possible."""
    passive, negative, modal = False, False, False
    at = index - 1
    while at >= 0 and (line.has(at, "auxiliaries", "adverbs") or line.is_adverb(at)):
        if line.has(at, "auxiliaries"):
            passive = passive or line.has(at, "be")
            negative = negative or line.has(at, "negations")
            modal = modal or line.has(at, "hypothetical")
        at -= 1
    return verb_start(line, index), passive, negative, modal


def _speaker(line: Line, first: int, index: int) -> tuple[tuple[int, int] | None, bool]:
    before = line.word(first - 1)
    if before in {"who", "and"}:
        end = first - 1
        end -= line.word(end - 1) == ","
        return (phrase_before if before == "who" else subject_before_and)(line, end), False
    if before in {",", '"', ""} or first == 0:
        after = phrase_at(line, index + 1)
        if after and before != "" and _ends_clause(line, after[1]):
            apposed = apposed_subject(line, first)
            if apposed is None or before == '"' or _is_content(line, apposed):
                return after, True
        if before == "," and first > 1:
            apposed = apposed_subject(line, first)
            if apposed is not None:
                return apposed, False
        if after and before == '"':
            return after, True
        return None, False
    return _behind_relative(line, first) or phrase_before(line, first), False


def _behind_relative(line: Line, first: int) -> tuple[int, int] | None:
    """Give "an official" of "an official who asked not to be named said": it says, not "named"."""
    for index in range(first - 2, max(0, first - _RELATIVE), -1):
        word = line.word(index)
        if word == "who":
            told = _is_verb(line, index + 1 + line.is_adverb(index + 1))
            return phrase_before(line, index) if told else None
        ends = not word[0].isalnum() or word in {"that", "and", "but", "when"}
        if ends or (is_saying(line, index) and line.word(index - 1) != "who"):
            return None
    return None


def subject_before_and(line: Line, before: int) -> tuple[int, int] | None:
    """Give the subject of "and said", a token at its "and": that of the first verb in front of it.

    In "..., police said, and blamed" it is the police.
    """
    last = before - (line.word(before - 1) == ",") - 1
    if is_saying(line, last):
        return phrase_before(line, verb_start(line, last))
    for index in range(1, before):
        if _is_verb(line, index):
            speaker, inverted = _speaker(line, verb_start(line, index), index)
            if speaker is not None and not inverted:
                return speaker
    return None


def _is_verb(line: Line, index: int) -> bool:
    """Say whether a word is, by its form, the verb of a clause."""
    if line.is_name(index) or line.has(index - 1, "determiners") or line.word(index - 1) == "'s":
        return False
    word = line.word(index)
    past = word.endswith("ed") and "-" not in word and not line.has(index, "modifiers")
    return past or line.has(index, "irregular_pasts", "auxiliaries") or is_saying(line, index)


def _is_content(line: Line, phrase: tuple[int, int]) -> bool:
    """Say whether a phrase before two commas is only the end of a clause, not its subject."""
    if line.grammar.pattern("when_or_where").match(line.folded, line.tokens[phrase[1] - 1].end):
        return True
    return phrase[0] > 0 and line.word(phrase[0] - 1) not in {"and", ",", "but", "that", '"'}


def _ends_clause(line: Line, index: int) -> bool:
    word = line.word(index)
    return not word or not word[0].isalnum() or line.has(index, "phrase_ends", "adverbs")


def _content(
    line: Line, speaker: tuple[int, int], index: int, form: Mapping[str, object], *, inverted: bool
) -> tuple[int, int, bool]:
    """Give the stretch a speaker vouches for, and whether its bounds are plain to see."""
    source_start = line.tokens[min(speaker[0], index)].start
    behind = line.tokens[index].end if not inverted else line.tokens[speaker[1] - 1].end
    if form.get("to"):
        whom = line.grammar.pattern("whom").match(line.folded, behind)
        behind = whom.end() if whom else behind
    between = line.grammar.pattern("between").match(line.folded, behind)
    behind = between.end() if between else behind
    rest = line.folded[behind:].strip(' ."')
    before = line.folded[:source_start].rstrip()
    if before.endswith(";") and line.folded[behind : behind + 1] == ",":
        before = before[:-1] + ","
    trailing = before.endswith((",", '"', "-")) and (
        len(before.split()) >= _SHORT or not rest or before.endswith('"')
    )
    if before.endswith(",") and not trailing and rest and line.folded[behind] == ",":
        return 0, len(line.folded.rstrip(" .")), True  # "The rebels, the army said, had fled"
    goes_on = line.folded.startswith(" and ", behind)  # "..., a doctor said and added that ..."
    said_before = trailing and (inverted or not rest or goes_on or line.folded[behind] in ",.;")
    if said_before:
        start = max(before.rfind("; ") + 2, 0) if "; " in before else 0
        end = len(before.rstrip(" ,-"))
        quote = line.grammar.pattern("quote_goes_on").match(line.folded, behind)
        return start, len(line.folded) if quote else end, True
    opening = line.grammar.pattern("opening").match(line.folded, behind)
    start = opening.end() if opening else behind
    start += len(line.folded[start:]) - len(line.folded[start:].lstrip(" ,:"))
    stop = line.grammar.pattern("content_end").search(line.folded, start)
    quoted = '"' in line.folded[behind : start + 1]
    end = stop.start() if stop and not quoted else len(line.folded.rstrip(" ."))
    clear = bool(opening and opening.group().strip(" ")) or line.has(
        line.index(behind), "followers"
    )
    return start, end, clear


def _participle(line: Line, index: int, match: re.Match[str], kind: Kind) -> Saying | None:
    """Read ", adding that ...", said by whoever spoke before it."""
    if line.word(index - 1) not in {",", "and", '"'} and not line.has(index - 1, "adverbs"):
        return None
    opening = line.grammar.pattern("opening").match(line.folded, match.end())
    start = opening.end() if opening else match.end()
    start += len(line.folded[start:]) - len(line.folded[start:].lstrip())
    end = len(line.folded.rstrip(" ."))
    if start >= end:
        return None
    stance = STANCES.get(kind, "asserted")
    speaker = phrase_at(line, 0)
    return Saying(start, end, match.start(), match.end(), speaker, None, kind, stance, follows=True)


def _according(line: Line) -> Iterator[Saying]:
    for match in line.find("according"):
        speaker = phrase_at(line, line.index(match.end()))
        if speaker is None:
            continue
        end = line.tokens[speaker[1] - 1].end
        before = line.folded[: match.start()].rstrip(" ,(")
        opens = before.endswith((" and", " but", " that", " which", " who"))
        if len(before.split()) >= _SHORT and not opens:
            start = before.rfind("; ") + 2 if "; " in before else 0
            yield Saying(start, len(before), match.start(), match.end(), speaker)
        else:
            comma = line.folded.find(",", end)
            start = comma + 2 if comma >= 0 else end + 1
            stop = len(line.folded.rstrip(" ."))
            if start < stop:
                yield Saying(start, stop, match.start(), match.end(), speaker)


def _citing(line: Line) -> Iterator[Saying]:
    """Read "AFP reported, citing officials" and "AFP quoted an official as saying ..."."""
    for match in line.find("citing"):
        index = line.index(match.start())
        inner = phrase_at(line, line.index(match.end()))
        if inner is None or line.has(index - 1, "be"):
            continue
        end = line.tokens[inner[1] - 1].end
        saying = line.grammar.pattern("as_saying").match(line.folded, end)
        stop = len(line.folded.rstrip(" ."))
        plain = Saying(0, stop, match.start(), match.end(), inner, cites=True)
        if saying:
            outer = phrase_before(line, index)
            opening = line.grammar.pattern("opening").match(line.folded, saying.end())
            start = opening.end() if opening else saying.end()
            start += line.folded[start : start + 1] == " "
            if start < stop:
                yield replace(plain, start=start, outer=outer, cites=False)
        elif line.word(index) in {"citing", "quoting"}:
            yield plain


def _quoted(line: Line) -> Iterator[Saying]:
    for match in line.find("quoted_passive"):
        speaker = phrase_before(line, line.index(match.start()))
        start, stop = match.end(), len(line.folded.rstrip(" ."))
        opening = line.grammar.pattern("opening").match(line.folded, start)
        start = opening.end() if opening else start
        start += line.folded[start : start + 1] == " "
        if speaker and start < stop:
            outer = phrase_at(line, line.index(match.start("by"))) if match["by"] else None
            yield Saying(start, stop, match.start(), match.end(), speaker, outer)


def _headline(line: Line) -> Iterator[Saying]:
    """Read "Three dead in blast: officials", "Officials: three dead"."""
    if line.folded.rstrip().endswith((".", "!", "?", '"')):
        return
    known = words_of(line.grammar, "offices", "spokes", "news_agencies", "bodies")
    for name in ("headline_speaker", "headline_lead"):
        match = line.grammar.pattern(name).search(line.folded)
        if match is None:
            continue
        first, last = line.index(match.start("by")), line.index(match.end("by"))
        if not any(line.word(i) in known for i in range(first, last)):
            continue
        start, end = (
            (0, match.start())
            if name == "headline_speaker"
            else (match.end(), len(line.folded.rstrip()))
        )
        if start < end:
            yield Saying(start, end, match.start(), match.end(), (first, last))
            return


def _nobody(line: Line) -> Iterator[Saying]:
    """Read "reportedly" and "is believed to": nobody in particular vouches."""
    for match in line.find("nobody_in_particular"):
        before = max(line.folded.rfind(mark, 0, match.start()) for mark in (", ", "; ", ": "))
        start = before + 2 if before >= 0 else 0
        after = re.search(r"[,;:.]", line.folded[match.end() :])
        end = match.end() + after.start() if after else len(line.folded)
        yield Saying(start, end, match.start(), match.end(), stance="suspected", kind="suspects")
