"""Who says what, who blames whom, who claims responsibility: attributions over a whole report.

A grammar over sentences finds the cue, the speaker's noun phrase and the stretch of text the
speaker vouches for. A sentence without a cue inherits no speaker, except inside a quotation that
runs over several sentences.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.codebook import Grammar
from dateline.extract.blame import find_blame
from dateline.extract.saying import Kind, Saying, find_sayings
from dateline.extract.speakers import (
    Line,
    SpeakerMention,
    apposition,
    is_personal,
    name_in,
    plain_words,
    read_line,
    side_in,
    words_of,
)
from dateline.model import Stance
from dateline.text import Sentence, aligned_fold


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of text and the speakers who vouch for it, all offsets those of the report.

    `start` and `end` bound the content. `speakers` is outermost first and empty for
    "reportedly", "is believed to" and an attack that nobody claimed. `explicit` is False where the
    speaker is carried over inside a quotation that runs over several sentences.

    `kind` is what the speaker does. For blames and suspects of a culprit `object_start` and
    `object_end` bound the words for the accused; for claims and denials of responsibility they
    bound the claimant. The content of kind unclaimed is exactly the words that say so.
    """

    sentence: int
    start: int
    end: int
    speakers: tuple[SpeakerMention, ...]
    cue_start: int
    cue_end: int
    kind: Kind = "says"
    stance: Stance = "asserted"
    explicit: bool = True
    object_start: int | None = None
    object_end: int | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """A speaker met earlier, with the plain words of the phrase that named him."""

    mention: SpeakerMention
    words: frozenset[str]


def find_speech(sentences: Sequence[Sentence], grammar: Grammar) -> list[Attribution]:
    """Give the attributions of a report in text order; see `Attribution`.

    "The colonel", "he" and a bare surname get the name of the fuller mention they point back to,
    and "the interior minister" that of the one minister named later on; where there is none, the
    words as they stand.
    """
    known: list[_Known] = []
    found: list[Attribution] = []
    for sentence in sentences:
        line = read_line(sentence.text, sentence.start, grammar)
        last: tuple[SpeakerMention, ...] = ()
        here: list[Attribution] = []
        cited: Saying | None = None
        for saying in _sayings(line):
            if saying.cites and here:
                here = list(_cite(here, saying, line, known, sentence.index))
                continue
            if saying.cites:
                cited = saying
                continue
            speakers = last if saying.follows else ()
            speakers = speakers or tuple(
                _mention(line, bounds, known)
                for bounds in (saying.outer, saying.speaker)
                if bounds is not None
            )
            if saying.follows and not speakers:
                continue
            last = speakers or last
            here.append(_attribution(saying, speakers, line.offset, sentence.index))
        if cited is not None:
            here = [*_cite(here[:1], cited, line, known, sentence.index), *here[1:]]
        found += _nested(here)
    found += _carried(found, sentences)
    found = [_named_later(one, found, grammar) for one in found]
    return sorted(found, key=lambda one: (one.start, -one.end, one.cue_start))


def _named_later(one: Attribution, found: Sequence[Attribution], grammar: Grammar) -> Attribution:
    speakers = tuple(_person_behind(voice, found, grammar) for voice in one.speakers)
    return replace(one, speakers=speakers) if speakers != one.speakers else one


def _person_behind(
    voice: SpeakerMention, found: Sequence[Attribution], grammar: Grammar
) -> SpeakerMention:
    """Name the holder of an office who is named further down with the same title, if only one is.

    His title may say less than the office ("Minister Silva" for "Brazil's health minister"), never
    anything else.
    """
    titles = words_of(grammar, "titles")
    office = plain_words(grammar, voice.name)
    fields = {word for word in voice.name.split() if word.islower()} - titles
    if voice.name.split()[-1].lower() not in titles or voice.name.split()[0].lower() in titles:
        return voice
    names: dict[str, SpeakerMention] = {}
    for other in (speaker for one in found for speaker in one.speakers):
        words = other.name.split()
        title = {w.rstrip(".").lower() for w in words} & titles
        led = words[0].rstrip(".").lower() in titles
        other_field = plain_words(grammar, other.side_text or "") - plain_words(grammar, other.name)
        if fields and other_field and not fields & other_field:
            continue
        if led and title <= office and len(words) > len(title) and other.start > voice.end:
            names.setdefault(words[-1], other)
    if len(names) != 1:
        return voice
    return replace(voice, name=next(iter(names.values())).name)


def _sayings(line: Line) -> Iterator[Saying]:
    """Yield the cues of a sentence; a cue of blame takes the place of the plain verb inside it."""
    blames = find_blame(line)
    sayings = [
        saying
        for saying in find_sayings(line)
        if not any(_replaces(line, blame, saying) for blame in blames)
    ]
    yield from sorted([*sayings, *blames], key=lambda saying: saying.cue_start)


def _replaces(line: Line, blame: Saying, saying: Saying) -> bool:
    """Say whether a cue of blame covers a plain one; "said it had fired" is both."""
    if blame.cue_end <= saying.cue_start or saying.cue_end <= blame.cue_start:
        return False
    both = blame.kind == "claims_responsibility" and blame.cue_start == saying.cue_start
    return not both or bool(line.grammar.pattern("claims").match(line.folded, blame.cue_start))


def _attribution(
    saying: Saying, speakers: tuple[SpeakerMention, ...], offset: int, sentence: int
) -> Attribution:
    ends = (saying.object_start, saying.object_end)
    first, last = (None if end is None else end + offset for end in ends)
    return Attribution(
        sentence,
        saying.start + offset,
        saying.end + offset,
        speakers,
        saying.cue_start + offset,
        saying.cue_end + offset,
        saying.kind,
        saying.stance,
        object_start=first,
        object_end=last,
    )


def _cite(
    here: list[Attribution],
    saying: Saying,
    line: Line,
    known: list[_Known],
    sentence: int,
) -> Iterator[Attribution]:
    """Add the cited speaker inside those who cite him."""
    assert saying.speaker is not None  # noqa: S101  (a cue of citing is made with a speaker)
    cited = _mention(line, saying.speaker, known)
    outer = next((one for one in reversed(here) if one.speakers and one.kind != "unclaimed"), None)
    for one in here:
        yield replace(one, speakers=(*one.speakers, cited)) if one is outer else one
    if outer is None:
        yield _attribution(saying, (cited,), line.offset, sentence)


def _nested(here: Sequence[Attribution]) -> list[Attribution]:
    """Give a statement inside another's content the outer speaker first."""
    nested: list[Attribution] = []
    for one in here:
        outer = next(
            (
                other
                for other in here
                if other is not one
                and other.speakers
                and one.speakers
                and other.kind in {"says", "confirms"}
                and other.start <= one.cue_start
                and one.cue_end <= other.end
                and one.start >= other.start
                and one.end <= other.end
                and not other.start <= other.cue_start < other.end
                and other.speakers[-1].name != one.speakers[0].name
            ),
            None,
        )
        nested.append(replace(one, speakers=(*outer.speakers, *one.speakers)) if outer else one)
    return nested


def _mention(line: Line, bounds: tuple[int, int], known: list[_Known]) -> SpeakerMention:
    """Name a speaker and remember him; a short mention takes the name of an earlier, fuller one."""
    first, last = bounds
    bounds_of_name = name_in(line, first, last)
    side = side_in(line, first, last, bounds_of_name)
    beside = apposition(line, last)
    if beside is not None:
        other = name_in(line, *beside)
        if not is_personal(line, bounds_of_name) and is_personal(line, other):
            bounds_of_name = other
        elif is_personal(line, bounds_of_name):
            side = side or side_in(line, *beside, other)
    name = line.quote(*bounds_of_name)
    start = line.tokens[first].start + line.offset
    end = line.tokens[last - 1].end + line.offset
    earlier = _earlier(line, bounds, known)
    if earlier is not None:
        return SpeakerMention(start, end, earlier.name, earlier.side_text)
    mention = SpeakerMention(start, end, name, side)
    if not line.has(first, "pronouns"):
        whole = line.quote(first, beside[1] if beside else last)
        words = frozenset(plain_words(line.grammar, whole))
        known.append(_Known(mention, words))
    return mention


def _earlier(line: Line, bounds: tuple[int, int], known: Sequence[_Known]) -> SpeakerMention | None:
    first, last = bounds
    if line.has(first, "personal") and last == first + 1:
        return known[-1].mention if known else None
    words = plain_words(line.grammar, line.quote(first, last))
    words -= words_of(line.grammar, "determiners")
    definite = line.word(first) == "the" and not any(
        line.is_name(i) for i in range(first + 1, last)
    )
    surname = last - first == 1 and line.is_name(first)
    for one in reversed(known):
        if definite and words <= one.words:
            return one.mention
        parts = aligned_fold(one.mention.name).split()
        if surname and len(parts) > 1 and parts[-1] == line.word(first):
            return one.mention
    return None


def _carried(found: Sequence[Attribution], sentences: Sequence[Sentence]) -> Iterator[Attribution]:
    """Carry a speaker over the other sentences of a quotation he is credited with."""
    for first, last in _quotations(sentences):
        inside = [one for one in found if first <= one.sentence <= last and one.speakers]
        owner = next((one for one in inside if one.kind in {"says", "confirms"}), None)
        if owner is None:
            owner = _speaker_before(found, sentences, first)
        if owner is None:
            continue
        for sentence in sentences[first : last + 1]:
            if not any(one.sentence == sentence.index for one in inside):
                yield replace(
                    owner,
                    sentence=sentence.index,
                    start=sentence.start,
                    end=sentence.end,
                    explicit=False,
                )


def _speaker_before(
    found: Sequence[Attribution], sentences: Sequence[Sentence], first: int
) -> Attribution | None:
    """Give who spoke in the sentence before a quotation, if it stands in the same paragraph."""
    if first == 0 or sentences[first - 1].paragraph != sentences[first].paragraph:
        return None
    before = [one for one in found if one.sentence == first - 1 and one.speakers]
    return next((one for one in before if one.kind in {"says", "confirms"}), None)


def _quotations(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Yield the sentence bounds of each quotation; one that never closes ends its paragraph."""
    opened: int | None = None
    for number, sentence in enumerate(sentences):
        if opened is not None and sentence.paragraph != sentences[opened].paragraph:
            opened = None
        for mark in sentence.text:
            if mark in '“”"„«»':
                opens = mark in "“„«" or (mark == '"' and opened is None)
                if opens:
                    opened = number
                elif opened is not None:
                    yield opened, number
                    opened = None
