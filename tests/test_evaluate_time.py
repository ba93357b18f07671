"""The measures of `dateline evaluate time`, on a document small enough to count by hand."""

import datetime as dt
from pathlib import Path

import pytest

from dateline.cli import main
from dateline.codebook import load_codebook
from dateline.errors import ConfigError
from dateline.evaluate.time import days_of, evaluate_times, read_document

SHARED = Path(__file__).parent.parent.parent / "shared"
DOCUMENT = """<?xml version="1.0" ?>
<TimeML>
<DOCID>one</DOCID>
<DCT><TIMEX3 tid="t0" type="TIME" value="2019-04-10T09:30" functionInDocument="CREATION_TIME"
>2019-04-10</TIMEX3></DCT>
<TITLE>Bridge shut</TITLE>
<TEXT>
Shells <EVENT eid="e1">hit</EVENT> the bridge on <TIMEX3 tid="t1" type="DATE" value="2019-04-08"
>Monday</TIMEX3>. It had been repaired <TIMEX3 tid="t2" type="DATE" value="2019-03">last
month</TIMEX3> &amp; twice since <TIMEX3 tid="t3" type="DATE" value="2014">2014</TIMEX3>.
Work took <TIMEX3 tid="t4" type="DURATION" value="P3D">three days</TIMEX3>. Traffic is
<TIMEX3 tid="t5" type="DATE" value="PRESENT_REF">now</TIMEX3> stopped. A council session is set for
<TIMEX3 tid="t6" type="DATE" value="2019-04-19">Wednesday</TIMEX3>. It last met on 3 April.
</TEXT>
<MAKEINSTANCE eventID="e1" eiid="ei1"/>
</TimeML>
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "one.tml").write_text(DOCUMENT, encoding="utf-8")
    return tmp_path


def test_a_document_is_its_text_the_day_it_was_made_and_what_is_marked(folder):
    document = read_document(folder / "deep" / "one.tml")
    assert document.made == dt.date(2019, 4, 10)
    assert "repaired last\nmonth & twice" in document.text
    words = [" ".join(document.text[m.start : m.end].split()) for m in document.marked]
    assert words == ["Monday", "last month", "2014", "three days", "now", "Wednesday"]


def test_spans_and_values_are_counted_apart(folder):
    scores = evaluate_times(folder, load_codebook().grammar("dates"))
    assert (scores.right, scores.wrong, scores.missed) == (4, 1, 1)  # 3 April; "now" was missed
    assert scores.values == 3  # not Wednesday, whose mark is a Friday
    assert scores.f1 == pytest.approx(0.8)
    assert [mistake.split()[1] for mistake in scores.mistakes] == ["value", "missed", "extra"]
    assert list(scores.lines())[-1] == "relaxed_f1 0.800 value_accuracy 0.750"


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019-04-08", "2019-04-08", "2019-04-08"),
        ("2019-04-08TNI", "2019-04-08", "2019-04-08"),
        ("2019-W15", "2019-04-08", "2019-04-14"),
        ("2019-W15-WE", "2019-04-13", "2019-04-14"),
        ("2019-04", "2019-04-01", "2019-04-30"),
        ("2019-04-XX", "2019-04-01", "2019-04-30"),
        ("2019-Q4", "2019-10-01", "2019-12-31"),
        ("2019-WI", "2019-12-01", "2020-02-29"),
        ("2019", "2019-01-01", "2019-12-31"),
        ("198", "1980-01-01", "1989-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
    ],
)
def test_a_marked_value_names_days(value, first, last):
    assert days_of(value) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("value", ["PAST_REF", "XXXX-WXX-2", "P1W", "2019-02-30", "", "FY2019"])
def test_a_value_that_names_no_days_is_none(value):
    assert days_of(value) is None


def test_a_folder_without_documents_and_a_file_of_another_form_are_told(tmp_path):
    with pytest.raises(ConfigError, match="no TimeML documents"):
        evaluate_times(tmp_path, load_codebook().grammar("dates"))
    (tmp_path / "bad.tml").write_text("<TimeML><DCT/></TimeML>", encoding="utf-8")
    with pytest.raises(ConfigError, match="no TEXT element"):
        evaluate_times(tmp_path, load_codebook().grammar("dates"))
    (tmp_path / "bad.tml").write_text("no markup", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bad\.tml: not a TimeML document"):
        evaluate_times(tmp_path, load_codebook().grammar("dates"))


def test_the_verb_prints_the_scores_and_with_errors_the_mistakes(folder, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", "time", str(folder), "--errors"])
    lines = capsys.readouterr().out.splitlines()
    assert ended.value.code == 0
    assert lines[0].startswith("! value one 'Wednesday' gold 2019-04-19")
    assert lines[-1] == "relaxed_f1 0.800 value_accuracy 0.750"


@pytest.mark.skipif(not (SHARED / "data/tempeval3").is_dir(), reason="the corpus is not here")
def test_dates_of_the_corpus_are_read_well_enough():
    scores = evaluate_times(SHARED / "data/tempeval3", load_codebook().grammar("dates"))
    assert scores.f1 >= 0.85
    assert scores.value_accuracy >= 0.80
