"""`dateline spans`: every claim's words are marked, and a hostile text cannot move the cursor."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.cli import main
from dateline.cli.marks import Closing, Label, Mark, Opening, marks_of, weave
from dateline.cli.spans import coloured_text, plain_text
from dateline.model import event_id, make_claim, make_report
from dateline.values import Text

REPORT = make_report("Three rockets hit the base on Monday.")


def mark(start: int, end: int, role: str = "killed", event: int = 1, **details) -> Mark:
    return Mark(start, end, (Label(role, event, 1.0, "lexicon/1"),), **details)


def claim(start, end, role, *, score=1.0, origin="lexicon/1", event="e"):
    span = REPORT.span(start, end)
    anchor = event_id(REPORT, event, REPORT.span(0, 5))
    return make_claim(anchor, role, span, Text("x"), score=score, origin=origin)


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ([], "abcdef"),
        ([mark(1, 3)], "a[killed:1|bc]def"),
        ([mark(0, 6, "type"), mark(2, 4)], "[type:1|ab[killed:1|cd]ef]"),
        ([mark(0, 3, "type"), mark(0, 2)], "[type:1|[killed:1|ab]c]def"),
        ([mark(0, 2), mark(2, 4, "place", 2)], "[killed:1|ab][place:2|cd]ef"),
        ([mark(0, 4, "type"), mark(2, 6)], "[type:1|ab[killed:1|cd]][killed:1+|ef]"),
    ],
)
def test_brackets_hold_marks_that_lie_inside_each_other_and_cut_those_that_cross(marks, shown):
    assert plain_text("abcdef", marks, ["lexicon/1"]) == shown


def stretches(limit: int):
    ends = st.tuples(st.integers(0, limit), st.integers(0, limit))
    return ends.filter(lambda pair: pair[0] < pair[1])


@given(st.text("abc ", min_size=12, max_size=12), st.lists(stretches(12), max_size=6))
def test_no_letter_is_lost_and_every_mark_is_closed(text, ends):
    marks = [mark(start, end) for start, end in ends]
    depth, letters = 0, []
    for piece in weave(text, marks):
        if isinstance(piece, Opening | Closing):
            depth += 1 if isinstance(piece, Opening) else -1
            assert depth >= 0
        else:
            assert piece
            letters.append(piece)
    assert "".join(letters) == text
    assert depth == 0


@given(st.lists(stretches(12), max_size=6))
def test_the_letters_below_a_mark_are_those_of_its_span(ends):
    text = "abcdefghijkl"
    marks = [mark(start, end, event=n) for n, (start, end) in enumerate(ends)]
    below: dict[int, str] = {}
    opened: list[int] = []
    for piece in weave(text, marks):
        if isinstance(piece, Opening):
            opened.append(piece.mark.labels[0].event)
        elif isinstance(piece, Closing):
            assert opened.pop() == piece.mark.labels[0].event
        else:
            for event in opened:
                below[event] = below.get(event, "") + piece
    assert below == {n: text[start:end] for n, (start, end) in enumerate(ends)}


def test_claims_on_the_same_words_make_one_mark():
    told = [claim(18, 26, "target"), claim(18, 26, "target_type"), claim(0, 13, "munitions")]
    marks = marks_of(told, {told[0].event: 1}, frozenset())
    assert [(m.start, m.end, [label.role for label in m.labels]) for m in marks] == [
        (0, 13, ["munitions"]),
        (18, 26, ["target", "target_type"]),
    ]


def test_a_score_below_one_and_the_origin_among_several_are_told():
    told = [claim(0, 5, "munitions", score=0.5), claim(6, 13, "weapon", origin="human:amina")]
    marks = marks_of(told, {told[0].event: 1}, frozenset())
    shown = plain_text(REPORT.text, marks, ["human:amina", "lexicon/1"])
    assert shown.startswith("[munitions:1 0.50 b|Three] [weapon:1 a|rockets] hit")


def test_a_mark_is_dim_where_all_its_events_are_background():
    news, past = claim(0, 5, "munitions"), claim(6, 13, "weapon", event="other")
    numbers = {news.event: 1, past.event: 2}
    marks = marks_of([news, past], numbers, frozenset({past.event}))
    assert [m.dim for m in marks] == [False, True]
    styles = [str(span.style) for span in coloured_text(REPORT.text, marks, ["lexicon/1"]).spans]
    assert "dim blue" in styles
    assert "underline blue" in styles


def test_the_coloured_text_names_each_mark_behind_its_words():
    shown = coloured_text("abcdef", [mark(0, 4, "type"), mark(2, 4)], ["lexicon/1"])
    assert shown.plain == "abcd<killed:1><type:1>ef"


def run(capsys, *words):
    with pytest.raises(SystemExit) as ended:
        main(["spans", *words])
    printed = capsys.readouterr()
    return ended.value.code, printed.out, printed.err


def test_the_verb_marks_the_text_and_tells_its_events(tmp_path, capsys):
    path = tmp_path / "one.txt"
    path.write_text(
        "Rockets hit Balad\n\nTwo rockets hit Balad Air Base in Iraq on Monday, killing three "
        "soldiers. A week earlier a drone had struck Erbil airport.\n",
        encoding="utf-8",
    )
    code, out, _ = run(capsys, str(path), "--published", "2021-07-06")
    assert code == 0
    assert "[killed:1|killing three soldiers]" in out
    assert re.search(r"(?m)^1 rocket_attack, reported$", out)
    assert re.search(r"(?m)^2 drone_strike, background$", out)
    assert out.rstrip().endswith("origin tagger/1")
    assert re.sub(r"\[[a-z_]+:[^|]*\||\]", "", out).startswith("Rockets hit Balad\n\nTwo rockets")


def test_a_report_of_nothing_says_so(tmp_path, capsys):
    path = tmp_path / "one.txt"
    path.write_text("The minister opened a bakery in the old town.\n", encoding="utf-8")
    code, out, _ = run(capsys, str(path))
    assert code == 0
    assert "no events" in out


def test_control_and_direction_characters_never_reach_the_terminal(tmp_path, capsys):
    path = tmp_path / "one.jsonl"
    text = "Two rockets hit Balad \x1b[31mAir Base\u202e in Iraq\u200f on Monday.\x07"
    path.write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
    code, out, _ = run(capsys, str(path))
    assert code == 0
    assert not re.search("[\x1b\x07\u202e\u200f]", out)
    assert not re.search("[\x1b\u202e]", coloured_text(text, [], []).plain)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"text": "One."}\n{"text": "Two."}\n', "holds several reports"),
        ('{"text": ""}\n', "no text in this report"),
    ],
)
def test_what_is_not_one_report_is_one_clear_line(tmp_path, capsys, content, reason):
    path = tmp_path / "some.jsonl"
    path.write_text(content, encoding="utf-8")
    code, _, err = run(capsys, str(path))
    assert code == 1
    assert reason in err
    assert len(err.splitlines()) == 1
