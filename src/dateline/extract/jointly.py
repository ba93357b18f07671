"""Two in one phrase: "claimed by both X and Y", "X and Y claimed it jointly", "blamed X and Y"."""

from dateline.codebook import RegisteredActor
from dateline.extract.focus import focus_of
from dateline.extract.scan import Scan
from dateline.extract.speakers import SpeakerMention
from dateline.extract.speech import Attribution
from dateline.extract.tables import Tables
from dateline.resolve.actors import resolve_actor
from dateline.values import Actor

Bounds = tuple[int, int]
_AFTER = 60


def joint_claimants(
    found: Scan,
    said: Attribution,
    voice: SpeakerMention,
    single: Bounds | None,
    known: Tables,
) -> list[Bounds]:
    """Give the words for each of two claimants; nothing where one alone claims.

    Two are told by "both" or "joint", or by names that the registry holds one by one: other words
    around an "and" may be one name. `single` is where one claimant alone would be named, which is
    behind a comma at times ("both X and a splinter group, Y").
    """
    if said.object_start is None or said.object_end is None:
        return []
    text, grammar = found.report.text, known.grammars["speech"]
    pair = grammar.pattern("pair").fullmatch(text, said.object_start, said.object_end)
    if pair is None:
        return []
    after = text[said.object_end : said.object_end + _AFTER]
    told = pair["both"] is not None or grammar.pattern("jointly").match(after) is not None
    first, second = pair.span("first"), pair.span("second")
    if not told and not all(_is_group(found, bounds, known) for bounds in (first, second)):
        return []
    if single and single[0] >= second[1] and voice.end <= single[0]:
        second = single
    return [first, second]


def blamed_pair(found: Scan, start: int, end: int, known: Tables) -> list[Bounds]:
    """Give the words for each of two armed parties that are accused together; else nothing."""
    pair = known.grammars["speech"].pattern("pair").fullmatch(found.report.text, start, end)
    if pair is None:
        return []
    bounds = [pair.span("first"), pair.span("second")]
    return bounds if all(_is_armed(found, *one, known) for one in bounds) else []


def _is_armed(found: Scan, start: int, end: int, known: Tables) -> bool:
    entry = _entry_of(found, start, end, known)
    return entry is not None and entry.kind not in ("generic", "government")


def _is_group(found: Scan, bounds: Bounds, known: Tables) -> bool:
    """Tell words that name a registered group and nothing else."""
    entry = _entry_of(found, *bounds, known)
    return entry is not None and not entry.is_of_state and entry.kind != "generic"


def _entry_of(found: Scan, start: int, end: int, known: Tables) -> RegisteredActor | None:
    value = resolve_actor(found.report.text[start:end], known.actors, focus_of(found))
    return known.book.actors.get(value.id or "") if isinstance(value, Actor) else None
