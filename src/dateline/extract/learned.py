"""The extractor with learned weights: what the tagger marks, read with the lexicon's grammars."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from dateline.codebook import Codebook
from dateline.extract.circumstances import places_of
from dateline.extract.doers import struck_raiders
from dateline.extract.events import Draft
from dateline.extract.focus import focus_of
from dateline.extract.judging import judge
from dateline.extract.lexicon import Extractor, code_events
from dateline.extract.no_targets import is_other, names_nobody
from dateline.extract.roles import Part
from dateline.extract.scan import Scan, scan
from dateline.extract.tables import Tables, tables
from dateline.extract.tagger import Tagged, TaggedSpan, Tagger, load_tagger
from dateline.extract.triggers import find_triggers
from dateline.model import Claim, Report
from dateline.resolve.actors import find_actors, resolve_actor
from dateline.values import Term, Text, Unknown

ORIGIN = "tagger/1"
_BEFORE = 40
_TIED = ("perpetrator", "target")
_NAMED = ("name", "force", "backed", "unregistered", "country")


def extractor(book: Codebook) -> Extractor:
    """Make the tagger's extractor for a codebook; raises ExtractError if the weights are broken."""
    known, tagger = tables(book), _tagger()

    def extract(reports: Sequence[Report]) -> Iterator[Claim]:
        for report in reports:
            yield from read_report(report, known, tagger.read(report.text, roles=_TIED))

    return extract


@lru_cache(maxsize=1)
def _tagger() -> Tagger:
    return load_tagger()


def read_report(report: Report, known: Tables, seen: Tagged) -> Iterator[Claim]:
    """Code one report from what the lexicon finds and the tagger marks."""
    found = scan(report, known)
    triggers = judge(found, find_triggers(found, known), seen, known)

    def revise(draft: Draft, parts: list[Part]) -> list[Part]:
        parts = _with_target(found, draft, parts, seen, known)
        return parts + list(_perpetrators(found, draft, parts, seen, known))

    yield from code_events(found, triggers, known, ORIGIN, revise)


def _perpetrators(
    found: Scan, draft: Draft, parts: Sequence[Part], seen: Tagged, known: Tables
) -> Iterator[Part]:
    """Yield the perpetrators that the tagger ties to an event and the lexicon has not found."""
    if any(part.role == "perpetrator" for part in parts):
        return
    for span, score in _tied(draft, seen, "perpetrator", known):
        words = found.report.text[span.start : span.end].rstrip(" ,;:")
        end = span.start + len(words)
        other = known.grammars["speech"].pattern("for_else").match(found.report.text, end)
        here = next(s for s in found.sentences if s.start <= span.start < s.end)
        raiders = struck_raiders(found, here.start, here.end)
        if raiders is not None and span.start < raiders:
            continue
        if other or not _is_told_of_it(found, draft, span.start, end):
            continue
        named = any(a.form in _NAMED for a in find_actors(words, known.actors))
        value = resolve_actor(words, known.actors, focus_of(found)) if named else None
        unnamed = Unknown(f"{words!r} names no group")
        yield Part("perpetrator", span.start, end, value or unnamed, round(score, 4))


def _is_told_of_it(found: Scan, draft: Draft, start: int, end: int) -> bool:
    """Tell who did it from who is only told of: "rebels linked to X are active in the area".

    The name stands in the sentence of an act of the event, or in one that may blame; what a
    group always does, where it is and what it holds is blame for nothing.
    """
    grammar, text = found.grammar, found.report.text
    sentence = next(s for s in found.sentences if s.start <= start < s.end)
    before = text[max(sentence.start, start - _BEFORE) : start]
    if grammar.pattern("stands_by").match(text, end) or grammar.pattern("not_agent").search(before):
        return False
    if any(p.start <= start < p.end for s in draft.segments for p in places_of(found, s)):
        return False
    here = [t.segment for t in draft.triggers if sentence.start <= t.start < sentence.end]
    if here and all(s.contrast or s.sequel for s in here):
        return any(s.start <= start < s.end for s in draft.segments)
    if here:
        return True
    return grammar.pattern("holds_to_account").search(sentence.text) is not None


def _with_target(
    found: Scan, draft: Draft, parts: list[Part], seen: Tagged, known: Tables
) -> list[Part]:
    """Put the target that the tagger ties to an event in place of one that only stands near."""
    told = [
        (span, score)
        for span, score in _tied(draft, seen, "target", known)
        if any(s.start <= span.start < s.end for s in draft.segments)
    ]
    tied = max(told, key=lambda item: item[1], default=None)
    if tied is None:
        return parts
    span, score = tied
    old = [p for p in parts if p.role in ("target", "target_type")]
    if any(p.score == 1.0 or (p.start < span.end and span.start < p.end) for p in old):
        return parts
    if is_other(found, span.start, span.end, parts) or _names_none(found, span):
        return parts
    span = _trimmed(found, span)
    words = Text(found.report.text[span.start : span.end])
    heads = [t for t in found.within(found.targets, span.start, span.end) if t.entry[1] == "noun"]
    gone = ("target", "target_type") if heads else ("target",)
    kept = [p for p in parts if p.role not in gone]
    kept.append(Part("target", span.start, span.end, words, round(score, 4)))
    if heads:
        kind = Term("target_type", heads[-1].entry[0])
        kept.append(Part("target_type", span.start, span.end, kind, round(score, 4)))
    return kept


def _names_none(found: Scan, span: TaggedSpan) -> bool:
    """Tell a bare number, and the defence that shot something down, from a target."""
    counted = any(q.start <= span.start and span.end <= q.end for q in found.counts)
    types = found.within(found.types, span.start, span.end)
    defence = any(match.entry[0] == "interception" for match in types)
    return counted or defence or names_nobody(found, span.start)


def _trimmed(found: Scan, span: TaggedSpan) -> TaggedSpan:
    """Leave out a preposition or conjunction that the tagger took in at the end."""
    loose = found.grammar.pattern("loose_end").search(found.report.text, span.start, span.end)
    return replace(span, end=loose.start()) if loose else span


def _tied(
    draft: Draft, seen: Tagged, role: str, known: Tables
) -> Iterator[tuple[TaggedSpan, float]]:
    """Yield the spans of a role that go with an event's triggers, with the lower of two scores."""
    sure = known.grammars["judging"].tables["scores"]
    own = {t.segment for t in draft.triggers}
    mine = {
        at for at, m in enumerate(seen.triggers) if any(s.start <= m.start < s.end for s in own)
    }
    spans = {
        number: span
        for number, span in enumerate(seen.spans)
        if span.role == role and span.score >= sure["role"]
    }
    pairs = [p for p in seen.pairs if p.span in spans and p.trigger in mine] if spans else []
    for number, span in spans.items():
        pair = max((p.score for p in pairs if p.span == number), default=0)
        if pair >= sure["pair"]:
            yield span, min(pair, span.score)
