"""Who blames whom, who claims an attack, who denies it, and that nobody has claimed it."""

import re
from collections.abc import Iterator

from dateline.extract.saying import STANCES, Kind, Saying, find_sayings, subject_before_and
from dateline.extract.speakers import Line, phrase_at, phrase_before, verb_start, words_of
from dateline.extract.subjects import apposed_subject, shared_subject, subject_of

_REACH = 10
_MEMBERS: tuple[tuple[str, Kind], ...] = (("thought_to_be", "suspects"), ("belonged_to", "blames"))
_ACTIVE = (
    ("blames", "object_end"),
    ("blames_plain", "object_end"),
    ("accuses", "accusing_end"),
    ("holds", "held_end"),
)


def find_blame(line: Line) -> list[Saying]:
    """Give the blames, claims and denials of responsibility of a sentence, left to right."""
    if not line.grammar.pattern("blame_sign").search(line.folded):
        return []
    unclaimed = list(_unclaimed(line))
    taken = [(saying.start, saying.end) for saying in unclaimed]
    found = [
        *_blamed_on(line),
        *_subject_blamed(line),
        *_active(line),
        *_claims(line),
        *_claims_in_quotes(line),
        *_said_to_have_done_it(line),
        *_thought_to_be(line),
        *_whether(line),
        *_claimed_by(line),
        *_denials(line),
    ]
    kept: list[Saying] = unclaimed
    for saying in found:
        if not any(a < saying.cue_end and saying.cue_start < b for a, b in taken):
            kept.append(saying)
            taken.append((saying.cue_start, saying.cue_end))
    return sorted(kept, key=lambda saying: saying.cue_start)


def _until(line: Line, start: int, pattern: str) -> int:
    stop = line.grammar.pattern(pattern).search(line.folded, start)
    end = stop.start() if stop else len(line.folded)
    return start + len(line.folded[start:end].rstrip())


def _own_or_shared_subject(line: Line, offset: int) -> tuple[int, int] | None:
    """Give the subject of the verb at an offset, or the one it shares with verbs before it."""
    own = subject_of(line, offset)
    index = verb_start(line, line.index(offset))
    if own is None and index == 1 and line.word(0) == "it":
        return 0, 1
    if own is None and line.word(index - 1) == "and":
        own = subject_before_and(line, index - 1)
    return own or shared_subject(line, index)


def _active(line: Line) -> Iterator[Saying]:
    for name, stop in _ACTIVE:
        for match in line.find(name):
            index = line.index(match.start())
            if line.has(index - 1, "be", "determiners"):
                continue
            end = _until(line, match.end(), stop)
            speaker = _own_or_shared_subject(line, match.start())
            if match.group().startswith(("blaming", "accusing")) and not line.has(index - 1, "be"):
                speaker = _last_speaker(line, match.start()) or phrase_at(line, 0) or speaker
            if end <= match.end() or line.folded.startswith(("on ", "to ", "by "), match.end()):
                continue
            accused = phrase_at(line, line.index(match.end()))
            if accused is None or line.has(accused[0], "noun_links"):
                continue
            other = line.grammar.pattern("for_else").match(line.folded, end)
            if other or line.grammar.pattern("no_culprit").match(line.folded[match.end() : end]):
                continue
            suspects = match.group().startswith("suspect")
            yield Saying(
                match.end(),
                end,
                match.start(),
                match.end(),
                speaker,
                kind="suspects" if suspects else "blames",
                stance="suspected" if suspects else "asserted",
                object_start=match.end(),
                object_end=end,
            )


def _last_speaker(line: Line, before: int) -> tuple[int, int] | None:
    """Give who spoke last before an offset: "..., the army said, blaming rebels"."""
    told = [s.speaker for s in find_sayings(line) if s.speaker and s.cue_end <= before]
    return told[-1] if told else None


def _blamed_on(line: Line) -> Iterator[Saying]:
    """Read "an attack attributed by Washington to militias" and "blamed on rebels"."""
    for match in line.find("blamed_on"):
        end = _until(line, match.end(), "object_end")
        if end <= match.end():
            continue
        speaker = _named_by(line, match)
        if speaker is None and not line.has(line.index(match.start()) - 1, "be"):
            index = line.index(match.start())
            active = line.has(index - 1, "auxiliaries") and not match["by"]
            speaker = subject_of(line, match.start()) if active else _relative_subject(line, index)
        yield Saying(
            match.end(),
            end,
            match.start(),
            match.end(),
            speaker,
            kind="suspects",
            stance="suspected",
            object_start=match.end(),
            object_end=end,
        )


def _relative_subject(line: Line, index: int) -> tuple[int, int] | None:
    """Read "an attack the army blamed on rebels"."""
    phrase = phrase_before(line, index)
    if phrase is None:
        return None
    before = line.folded[: line.tokens[phrase[0]].start]
    return phrase if line.grammar.pattern("attack_before").search(before) else None


def _named_by(line: Line, match: re.Match[str]) -> tuple[int, int] | None:
    """Read who stands behind "by" in a passive."""
    phrase = phrase_at(line, line.index(match.start("by"))) if match["by"] else None
    return (phrase[0], min(phrase[1], line.index(match.end("by")))) if phrase else None


def _subject_blamed(line: Line) -> Iterator[Saying]:
    """Read "militias were blamed by Washington for" and "is believed to be behind"."""
    for match in line.find("subject_blamed"):
        index = line.index(match.start())
        accused = phrase_before(line, index) or apposed_subject(line, index)
        other = line.grammar.pattern("for_else").match(line.folded, match.end())
        if accused is None or other or line.has(accused[0], "hidden"):
            continue
        start, end = line.tokens[accused[0]].start, line.tokens[accused[1] - 1].end
        speaker = _named_by(line, match)
        yield Saying(
            start,
            end,
            match.start(),
            match.end(),
            speaker,
            kind="suspects",
            stance="suspected",
            object_start=start,
            object_end=end,
        )


def _said_to_have_done_it(line: Line) -> Iterator[Saying]:
    """Read "police said the gang was behind it"."""
    for match in line.find("did_it"):
        index = line.index(match.start())
        accused = phrase_before(line, index) or apposed_subject(line, index)
        if accused is None or line.has(accused[0], "pronouns"):
            continue
        verb = _governing_verb(line, accused[0])
        if verb is None and not _opens_with(line, accused, match):
            continue
        start, end = line.tokens[accused[0]].start, line.tokens[accused[1] - 1].end
        maybe = match["maybe"] is not None or _is_belief(line, verb)
        yield Saying(
            start,
            end,
            match.start(),
            match.end(),
            None if verb is None else subject_of(line, line.tokens[verb].start),
            kind="suspects" if maybe else "blames",
            stance="suspected" if maybe else "asserted",
            object_start=start,
            object_end=end,
        )


def _opens_with(line: Line, accused: tuple[int, int], match: re.Match[str]) -> bool:
    """Say whether a sentence opens with who did this: "The front was behind the attack"."""
    opens = accused[0] == 0 or line.word(accused[0] - 1) == '"'
    return opens and line.grammar.pattern("did_this").match(line.folded, match.end()) is not None


def _is_belief(line: Line, verb: int | None) -> bool:
    return verb is not None and line.grammar.tables["cues"][line.word(verb)]["kind"] == "suspects"


def _governing_verb(line: Line, before: int) -> int | None:
    """Give the verb of saying whose clause begins at a token: "said on Monday that the gang"."""
    until = line.tokens[before].start
    for index in range(before - 1, max(-1, before - _REACH), -1):
        if line.word(index) in line.grammar.tables["cues"]:
            between = line.grammar.pattern("between").match(line.folded, line.tokens[index].end)
            at = between.end() if between else line.tokens[index].end
            opening = line.grammar.pattern("opening").match(line.folded, at)
            at = opening.end() if opening else at
            sure = line.grammar.pattern("convinced").match(line.folded, at)
            at = sure.end() if sure else at
            return index if line.folded[at:until].strip() == "" else None
    return None


def _thought_to_be(line: Line) -> Iterator[Saying]:
    """Read "fighters believed to be from the front", "the gunmen were members of the front"."""
    for name, kind in _MEMBERS:
        for match in line.find(name):
            accused = phrase_at(line, line.index(match.end()))
            if accused is not None:
                start, end = line.tokens[accused[0]].start, line.tokens[accused[1] - 1].end
                yield Saying(
                    start,
                    end,
                    match.start(),
                    match.end(),
                    kind=kind,
                    stance=STANCES.get(kind, "asserted"),
                    object_start=start,
                    object_end=end,
                )


def _whether(line: Line) -> Iterator[Saying]:
    """Read "was looking into whether the front was involved"."""
    for match in line.find("whether_done"):
        start, end = match.span("who")
        yield Saying(
            start,
            end,
            match.start(),
            match.end(),
            kind="suspects",
            stance="suspected",
            object_start=start,
            object_end=end,
        )


def _claims(line: Line) -> Iterator[Saying]:
    for name in ("claims", "claims_said", "claims_shown"):
        for match in line.find(name):
            speaker = _own_or_shared_subject(line, match.start())
            if speaker is None or _is_hidden(line, speaker):
                continue
            if line.grammar.pattern("claims_else").match(line.folded, match.start()):
                continue
            if name == "claims_said" and _reports_others(line, speaker, match["who"]):
                continue
            yield _claim(line, match, speaker)


def _claims_in_quotes(line: Line) -> Iterator[Saying]:
    """Read "We are behind the blast," said its spokesman."""
    for match in line.find("claims_we"):
        for saying in find_sayings(line):
            if saying.speaker and saying.start <= match.start() < saying.end:
                yield _claim(line, match, saying.speaker)
                break


def _claim(line: Line, match: re.Match[str], speaker: tuple[int, int]) -> Saying:
    start, end = line.tokens[speaker[0]].start, line.tokens[speaker[1] - 1].end
    first = min(start, match.start())
    return Saying(
        first,
        max(match.end(), end),
        match.start(),
        match.end(),
        speaker,
        kind="claims_responsibility",
        object_start=start,
        object_end=end,
    )


def _reports_others(line: Line, speaker: tuple[int, int], who: str) -> bool:
    """Say whether "they" in "officials said they hit" need not be the speakers.

    "Its fighters" and "the group" in the mouth of a spokesman are his own.
    """
    lists = [
        "reporters",
        "personal",
        *(["spokes"] if who in words_of(line.grammar, "personal") else []),
    ]
    return any(line.has(index, *lists) for index in range(*speaker))


def _is_hidden(line: Line, speaker: tuple[int, int]) -> bool:
    return line.has(speaker[0], "nobodies") or line.has(speaker[0] - 1, "denying_pairs")


def _claimed_by(line: Line) -> Iterator[Saying]:
    for match in line.find("claimed_by"):
        group = next(name for name in ("by", "by_b", "by_c") if match[name])
        speaker = phrase_at(line, line.index(match.start(group)))
        if speaker is not None and not _is_hidden(line, speaker):
            start, end = line.tokens[speaker[0]].start, line.tokens[speaker[1] - 1].end
            yield Saying(
                match.start(),
                end,
                match.start(),
                match.start(group),
                speaker,
                kind="claims_responsibility",
                object_start=start,
                object_end=end,
            )


def _denials(line: Line) -> Iterator[Saying]:
    for match in line.find("denies_role"):
        speaker = _own_or_shared_subject(line, match.start())
        if speaker is None:
            continue
        start, end = line.tokens[speaker[0]].start, line.tokens[speaker[1] - 1].end
        yield Saying(
            min(start, match.start()),
            match.end(),
            match.start(),
            match.end(),
            speaker,
            kind="denies",
            stance="denied",
            object_start=start,
            object_end=end,
        )


def _unclaimed(line: Line) -> Iterator[Saying]:
    end = 0
    for match in line.find("unclaimed"):
        if match.start() >= end:
            end = match.end()
            yield Saying(match.start(), match.end(), match.start(), match.end(), kind="unclaimed")
