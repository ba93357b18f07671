"""Cutting a report into segments: stretches of a sentence that tell of one event at most."""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.codebook import Grammar
from dateline.text import Sentence, aligned_fold

_LEAD_SENTENCES = 2
_TELLING = 6


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one sentence, in report offsets.

    `pivot` marks a stretch behind words such as "a week after" or "in response to", which tell of
    another event than the one before them; `contrast` one behind "while"; `sequel` one behind "and
    hours later"; `lead` the headline and the first sentences.
    """

    start: int
    end: int
    sentence: int
    paragraph: int
    pivot: bool
    contrast: bool
    lead: bool
    sequel: bool = False


def segments(sentences: list[Sentence], grammar: Grammar, *, headline: bool) -> list[Segment]:
    """Cut sentences at clause breaks and pivots; the segments cover every sentence whole.

    Lines too short to tell anything ("For Immediate Release", a byline, a list of numbers) do not
    use up the lead.
    """
    telling = [s.index for s in sentences if _words(s) >= _TELLING]
    count = _LEAD_SENTENCES + (1 if headline and telling[:1] == [0] else 0)
    lead_end = telling[:count][-1] if telling else len(sentences)
    return [
        Segment(
            start,
            end,
            s.index,
            s.paragraph,
            kind == "pivot",
            kind == "contrast",
            s.index <= lead_end,
            kind == "sequel",
        )
        for s in sentences
        for start, end, kind in _cuts(s, grammar)
        if end > start
    ]


def _words(sentence: Sentence) -> int:
    return sum(word[0].isalpha() for word in sentence.text.split())


def _cuts(sentence: Sentence, grammar: Grammar) -> Iterator[tuple[int, int, str]]:
    text, folded = sentence.text, aligned_fold(sentence.text)
    cuts = [
        (m.end(), "contrast" if m["contrast"] else "")
        for m in grammar.finditer("clause_break", text, folded=folded)
    ]
    if grammar.search("sequel_sign", folded):
        cuts += [(m.end(), "sequel") for m in grammar.pattern("sequel_break").finditer(text)]
    for match in grammar.finditer("pivot", text, folded=folded):
        cuts.append((match.start(), "pivot"))
        comma = text.find(", ", match.end())
        if match.start() == 0 and comma > 0:
            cuts.append((comma + 2, ""))
    start, kind = 0, ""
    for at, opens in [*sorted(cuts), (len(text), "")]:
        if at > start:
            yield sentence.start + start, sentence.start + at, kind
        start, kind = at, opens
