"""Which event of a report a statement of blame, a claim or a denial is about."""

from dateline.extract.events import Draft
from dateline.extract.scan import Scan
from dateline.extract.speech import Attribution
from dateline.extract.tables import Tables
from dateline.extract.voices import find_side
from dateline.text import Sentence


def belongs(
    found: Scan, said: Attribution, draft: Draft, drafts: list[Draft], known: Tables
) -> bool:
    """Tell whether a statement is about this event: it stands in one of its segments.

    One that no event owns is about the reported ones, unless it speaks of a habit.
    """
    at = said.cue_start
    owners = [d for d in drafts if any(s.start <= at < s.end for s in d.segments)]
    if said.kind in ("blames", "suspects", "unclaimed") and owners and len(drafts) > 1:
        owners = [_other_than_own(found, said, owners[0], drafts, known)]
    if owners and not (said.kind == "unclaimed" and not owners[0].reported):
        return draft is owners[0]
    here = next((s for s in found.sentences if s.start <= at < s.end), None)
    habit = here is not None and _speaks_of_a_habit(found, here, at)
    if habit and here is not None and said.kind == "claims_responsibility":
        habit = not known.grammars["speech"].pattern("these_acts").search(here.text)
    return draft.reported and (said.kind == "unclaimed" or not habit)


def _other_than_own(
    found: Scan, said: Attribution, owner: Draft, drafts: list[Draft], known: Tables
) -> Draft:
    """Give the news told before what a speaker's own side says it did: that is what it blames.

    "The army said it bombed camps in answer. The government blamed the front", and so it is with
    "nobody claimed the attack" behind a deed that somebody claims.
    """
    before = [d for d in drafts[: drafts.index(owner)] if d.reported]
    claims = [
        other.speakers[-1]
        for other in found.speech
        if other.kind == "claims_responsibility"
        and other.speakers
        and any(s.start <= other.cue_start < s.end for s in owner.segments)
    ]
    if not before or not claims:
        return owner
    if said.kind == "unclaimed":
        return before[-1]
    side = find_side(found, said.speakers[-1], known) if said.speakers else None
    home = home_of_side(side, known)
    own = home and any(
        home_of_side(find_side(found, voice, known), known) == home for voice in claims
    )
    return before[-1] if own else owner


def home_of_side(side: str | None, known: Tables) -> str | None:
    """Give the state that a side is, or is of; the side itself where it is of none."""
    entry = known.book.actors.get(side or "")
    return entry.country if entry is not None and entry.is_of_state else side


def _speaks_of_a_habit(found: Scan, sentence: Sentence, at: int) -> bool:
    """Tell a statement on a habit; what a relative clause adds about those blamed is none."""
    added = found.grammar.pattern("relative").search(found.report.text, at, sentence.end)
    end = added.start() if added else sentence.end
    return found.cue("habitual", sentence.start, end) is not None
