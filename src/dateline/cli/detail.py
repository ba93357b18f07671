"""One incident or event with everything that supports it: versions, quotes, speakers, reports."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dateline.cli.sayings import CASUALTIES, quoted, say_ledger, say_responsibility
from dateline.cli.terminal import print_table, say
from dateline.errors import ConfigError

if TYPE_CHECKING:
    from dateline.codebook import Codebook
    from dateline.store.database import Store

Row = Mapping[str, Any]


def show_one(
    store: "Store",
    codebook: "Codebook",
    wanted: str,
    *,
    rule: str = "latest",
    as_of: str | None = None,
) -> None:
    """Print an incident or event, given by its id or a prefix that only it has.

    `rule` and `as_of` are those of `dateline.export.rows.incident_row`; events have neither.
    """
    found = find_id(store, wanted)
    incident = store.incident(found)
    if incident is None:
        _show_event(store, codebook, found)
        return
    from dateline.export.rows import incident_row

    row = incident_row(store, codebook, incident.id, rule=rule, as_of=as_of)
    if row is None:
        raise ConfigError(f"{wanted}: nothing was known of it by {as_of}")
    reports = {name: report for name in row["reports"] if (report := store.report(name))}
    _say_head(row)
    told = _told_as(row["claims"])
    main = [c for c in row["claims"] if told[c["event"]] == "reported"]
    rest = [c for c in row["claims"] if told[c["event"]] != "reported"]
    _say_claims(main, row, codebook)
    for context in dict.fromkeys(told[c["event"]] for c in rest):
        say()
        say(f"Told as {context}:")
        _say_claims([c for c in rest if told[c["event"]] == context], row, codebook)
    say_responsibility(row)
    say_ledger(row)
    _say_reports(row, reports)
    if as_of is None:
        _say_others(store, codebook, row)


def _show_event(store: "Store", codebook: "Codebook", event: str) -> None:
    from dateline.incidents import event_record

    found = store.trail().event(event)
    if found is None:
        raise ConfigError(f"{event}: no report tells of it any more")
    report, claims = found
    row = event_record(report, claims, codebook)
    say(f"{event} · {row['kind']}")
    quoted = [dict(claim) | {"report": report.id} for claim in row["claims"]]
    row = {**row, "reports": [report.id]}
    _say_claims(quoted, row, codebook)
    _say_reports(row, {report.id: report})


def _say_head(row: Row) -> None:
    from dateline.export.wording import count_words, date_words, place_words

    where = place_words(row["place"]) if row["place"] else "place unknown"
    say(f"{row['incident']} · {plain(row['type'])} · {date_words(row['date'] or {})} · {where}")
    say(
        f"claimed: {plain(row['claim_status'])} · independent sources: "
        f"{row['independent_sources']} · ACLED {row['acled']} · PLOVER {row['plover']}"
    )
    say(f"grade: {row['grade']}, {row['grade_reason']}")
    told = [f"{role} {count_words(row[role])}" for role in CASUALTIES if row[role]]
    if told:
        rule = next(row[role]["rule"] for role in CASUALTIES if row[role])
        say(f"{' · '.join(told)} (rule {rule})")
    if row.get("as_of"):
        say(f"as of {row['as_of']}: what was known then of the events that stand in it today")
    if row["aliases"]:
        say(f"formerly {', '.join(row['aliases'])}")


def _told_as(claims: Sequence[Row]) -> dict[str, str]:
    """Give how each event is told: reported, background, hypothetical or planned."""
    told = {claim["event"]: "reported" for claim in claims}
    for claim in claims:
        if claim["role"] == "context" and isinstance(claim["value"], Mapping):
            told[claim["event"]] = str(claim["value"].get("id", "reported"))
    return told


def _say_claims(claims: Sequence[Row], row: Row, codebook: "Codebook") -> None:
    """Print the claims role by role; the value the row shows first, a star where others differ."""
    from dateline.export.wording import speaker_names

    order = list(codebook.roles)
    by_role: dict[str, list[Row]] = {}
    for claim in sorted(claims, key=lambda c: order.index(c["role"]) if c["role"] in order else 99):
        by_role.setdefault(claim["role"], []).append(claim)
    numbers = {name: f"[{number}]" for number, name in enumerate(row["reports"], 1)}
    lines = []
    for role, group in by_role.items():
        best = cell_words(row.get(role))
        best = plain(best) if best and _is_term(group[0]) else best
        ranked = sorted(group, key=lambda claim: _value(claim) != best)
        differ = len({_value(claim) for claim in group}) > 1
        for place, claim in enumerate(ranked):
            star = "* " if differ and _value(claim) == best else ""
            speaker = ", citing ".join(speaker_names(claim)) or "the report"
            person = str(claim["origin"]).partition("human:")[2]
            says = f"{person or speaker} ({'correction' if person else claim['stance']})"
            cells = (star + _value(claim), quoted(claim), says)
            source = (numbers[claim["report"]], f"{claim['score']:.2f} {claim['origin']}")
            lines.append(("" if place else plain(role), *cells, *source))
    headers = ("role", "value", "quote", "says who", "report", "score, origin")
    print_table(headers, lines, wrapping=("value", "quote", "says who"))


def _is_term(claim: Row) -> bool:
    return isinstance(claim["value"], Mapping) and claim["value"].get("kind") == "term"


def _value(claim: Row) -> str:
    return cell_words(claim["value"]) or "not resolved"


def _say_reports(row: Row, reports: Mapping[str, Any]) -> None:
    say()
    say("Reports:")
    for number, name in enumerate(row["reports"], 1):
        report = reports[name]
        parts = (report.publisher, report.published, report.title, report.url, report.id)
        say(f"  [{number}] " + " · ".join(part for part in parts if part))
    numbers = {name: number for number, name in enumerate(row["reports"], 1)}
    for one in row.get("collapsed", ()):
        pair = f"[{numbers[one['report']]}] counts as one source with [{numbers[one['other']]}]"
        say(f"  {pair}: {one['reason']}")


def _say_others(store: "Store", codebook: "Codebook", row: Row) -> None:
    """List what else the same reports tell, one line an event."""
    from dateline.export.wording import date_words, place_words
    from dateline.incidents import event_record, events

    lines = []
    for name in row["reports"]:
        report = store.report(name)
        for event, claims in events(store.claims(name)).items():
            if report is None or event in row["events"]:
                continue
            other = event_record(report, claims, codebook)
            if other["kind"] == "incident":
                where = place_words(other["place"]) if other["place"] else "place unknown"
                what = f"{plain(other['type'])} · {date_words(other['date'] or {})} · {where}"
                lines.append(f"  {event} · {plain(other['context'])} · {what}")
            else:
                what = " · ".join(words for words in event_cells(other).values() if words)
                lines.append(f"  {event} · {other['kind']} · {what}")
    if lines:
        say()
        say("The same reports also tell of:")
        for line in lines:
            say(line)


def find_id(store: "Store", wanted: str) -> str:
    """Give the one incident or event id that is or begins with what was typed."""
    trail = store.trail()
    found = trail.beginning_with(wanted) if wanted else []
    if len({trail.kept_id(name) for name in found}) == 1:
        return found[0]
    if found:
        raise ConfigError(f"{wanted}: {len(found)} ids begin so, such as {', '.join(found[:3])}")
    raise ConfigError(f"{wanted}: no incident or event of that id; dateline show lists them")


def event_cells(row: Row) -> dict[str, str]:
    """Give what an event of another kind tells, role by role, each value in words."""
    fixed = {"event", "kind", "reported", "context", "claims", "report"}
    return {role: cell_words(item) for role, item in row.items() if role not in fixed}


def cell_words(item: object) -> str:
    """Give a cell of a record in words; nothing for an empty one."""
    from dateline.export.wording import value_words

    if isinstance(item, list):
        return "; ".join(cell_words(one) for one in item)
    words = value_words(item) or "" if isinstance(item, Mapping | str) else ""
    is_term = isinstance(item, Mapping) and item.get("kind") == "term"
    return plain(words) if is_term else words


def plain(term: str | None) -> str:
    """Give a term of the codebook as words; "unknown" for none."""
    return (term or "unknown").replace("_", " ")
