"""The extractor without weights: codebook words and grammars, sentence by sentence."""

from collections.abc import Callable, Iterator, Sequence

from dateline.codebook import Codebook
from dateline.extract.events import Draft, assemble
from dateline.extract.kinds import other_kinds
from dateline.extract.responsibility import perpetrators
from dateline.extract.roles import Part, parts_of
from dateline.extract.scan import Scan, scan
from dateline.extract.tables import Tables, tables
from dateline.extract.triggers import Trigger, find_triggers
from dateline.extract.voices import voice_of
from dateline.model import Claim, Report, event_id, make_claim

ORIGIN = "lexicon/1"
Extractor = Callable[[Sequence[Report]], Iterator[Claim]]
Revise = Callable[[Draft, list[Part]], list[Part]]


def extractor(book: Codebook) -> Extractor:
    """Make the lexicon extractor for a codebook; it reads reports and yields their claims."""
    known = tables(book)

    def extract(reports: Sequence[Report]) -> Iterator[Claim]:
        for report in reports:
            yield from read_report(report, known)

    return extract


def read_report(report: Report, known: Tables) -> Iterator[Claim]:
    """Code one report from the lexicon alone."""
    found = scan(report, known)
    yield from code_events(found, find_triggers(found, known), known, ORIGIN)


def code_events(
    found: Scan,
    triggers: list[Trigger],
    known: Tables,
    origin: str,
    revise: Revise = lambda _draft, parts: parts,
) -> Iterator[Claim]:
    """Yield the claims of a report: its incidents first, then tallies, ties, strengths, rewards.

    `revise` may change the parts of an event; the first of them stays its anchor.
    """
    drafts = assemble(found, triggers, known)
    main = next((draft for draft in drafts if draft.reported), None)
    for draft in drafts:
        doers = list(perpetrators(found, draft, drafts, known))
        parts = [*parts_of(found, draft, main, known, doers), *doers]
        yield from _claims(found, "incident", revise(draft, parts), known, origin)
    for kind, parts in other_kinds(found, known):
        yield from _claims(found, kind, parts, known, origin)


def _claims(
    found: Scan, kind: str, parts: list[Part], known: Tables, origin: str
) -> Iterator[Claim]:
    report = found.report
    event = event_id(report, kind, report.span(parts[0].start, parts[0].end))
    seen: set[str] = set()
    for part in parts:
        stance, speakers = voice_of(found, part, known)
        claim = make_claim(
            event,
            part.role,
            report.span(part.start, part.end),
            part.value,
            stance=stance,
            speakers=speakers,
            score=part.score,
            origin=origin,
        )
        if claim.id not in seen:
            seen.add(claim.id)
            yield claim
