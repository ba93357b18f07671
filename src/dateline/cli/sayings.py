"""Who said what of one incident: responsibility and casualties as tables."""

from collections.abc import Mapping
from typing import Any

from dateline.cli.terminal import print_table, say

Row = Mapping[str, Any]
CASUALTIES = ("killed", "injured", "captured", "missing")


def quoted(line: Row) -> str:
    """Give the quote of a claim or line, or that a person gave none."""
    return f"“{line['quote']}”" if line["quote"] is not None else "no quote given"


def say_responsibility(row: Row) -> None:
    """Print who did it according to whom and when."""
    if not row["responsibility"]:
        return
    say()
    say("Responsibility:")
    rows = [
        (
            line["status"] if line["stance"] != "suspected" else f"{line['status']} (suspected)",
            (line["actor"] or {}).get("name") or "",
            line.get("person") or line["by"] or "the report",
            _told_in(line, row),
            quoted(line),
        )
        for line in row["responsibility"]
    ]
    print_table(("status", "actor", "says who", "in", "quote"), rows, wrapping=("actor", "quote"))


def say_ledger(row: Row) -> None:
    """Print who said how many when, numbered, with what revises or opposes what."""
    from dateline.export.wording import count_words

    for role, lines in row["ledger"].items():
        say()
        say(f"{role.capitalize()}, who said how many when:")
        rows = [
            (
                str(number),
                count_words(line),
                line["by"] or line["speaker"] or "the report",
                _told_in(line, row),
                _relation(line),
                quoted(line),
            )
            for number, line in enumerate(lines, 1)
        ]
        headers = ("", "count", "says who", "in", "note", "quote")
        print_table(headers, rows, wrapping=("says who", "note", "quote"))


def _relation(line: Row) -> str:
    if line["by"]:
        return "correction"
    notes = [] if line["revises"] is None else [f"revises {line['revises'] + 1}"]
    if line["disagrees"]:
        notes.append(f"disagrees with {', '.join(str(one + 1) for one in line['disagrees'])}")
    return "; ".join(notes)


def _told_in(line: Row, row: Row) -> str:
    """Name the report of a line by its number in the list of reports, with its day."""
    number = list(row["reports"]).index(line["report"]) + 1
    return f"[{number}] {(line['published'] or 'undated')[:10]}"
