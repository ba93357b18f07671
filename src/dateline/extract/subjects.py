"""The subject of a verb: the noun phrase that speaks, blames or claims (token bounds)."""

from dateline.extract.speakers import LONGEST, Line, phrase_at, phrase_before, verb_start


def subject_of(line: Line, offset: int) -> tuple[int, int] | None:
    """Give the speaker whose verb starts at an offset."""
    index = verb_start(line, line.index(offset))
    if line.word(index - 1) in {"who", "which", "that"}:
        index -= 1
        index -= line.word(index - 1) == ","
    elif line.word(index - 1) == "to":
        return None
    if line.word(index - 1) == "and":
        return None
    return phrase_before(line, index) or apposed_subject(line, index)


def apposed_subject(line: Line, end: int) -> tuple[int, int] | None:
    """Give the noun phrase before ", the Pentagon spokesman," that ends right before a token."""
    if line.word(end - 1) != ",":
        return None
    comma = next((i for i in range(end - 2, max(-1, end - LONGEST), -1) if line.word(i) == ","), -1)
    if comma < 1 or '"' in {line.word(i) for i in range(comma, end)}:
        return None
    phrase = phrase_before(line, comma)
    while phrase and line.word(phrase[0] - 1) == "," and not line.is_name(phrase[0]):
        earlier = phrase_before(line, phrase[0] - 1)
        if earlier is None or not line.is_name(earlier[1] - 1):
            break
        phrase = earlier
    return phrase


def shared_subject(line: Line, index: int) -> tuple[int, int] | None:
    """Give the subject that a verb at a token shares with those before it in its clause.

    "Washington keeps troops and has blamed ...", "...; the army condemned it and denied it".
    """
    index = verb_start(line, index)
    if line.word(index - 1) not in {"and", ","}:
        return None
    opens = max((i + 1 for i in range(index) if line.word(i) == ";"), default=0)
    first = opens + 1 if line.has(opens, "determiners") else opens
    last = first
    while last < index and line.is_name(last):
        last += 1
    if last > first:
        while last < index and (
            line.is_name(last) or line.has(last, "bodies", "offices", "spokes")
        ):
            last += 1
        return opens, last
    return phrase_at(line, opens)
