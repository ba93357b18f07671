"""The measures of `dateline evaluate geo`, on documents small enough to count by hand."""

import pytest

from dateline.cli import main
from dateline.codebook import load_codebook
from dateline.errors import ConfigError
from dateline.evaluate.geo import Marked, read_documents, score_documents
from dateline.resolve.gazetteer import open_gazetteer

LGL = """<?xml version="1.0"?><articles>
<article><text>Two men met in Tikrit, Iraq. Nobody saw Freedonia. He left Basra.</text><toponyms>
<toponym><start>15</start><end>21</end><phrase>Tikrit</phrase>
<gaztag geonameid="1"><lat>34.6</lat><lon>43.68</lon></gaztag></toponym>
<toponym><start>23</start><end>27</end><phrase>Iraq</phrase>
<gaztag geonameid="2"><lat>-10.0</lat><lon>44.0</lon></gaztag></toponym>
<toponym><start>40</start><end>49</end><phrase>Freedonia</phrase></toponym>
</toponyms></article></articles>"""
GEOVIRUS = """<articles><article><source>x</source><text>A man fell ill in Lagos.</text><locations>
<location><name>Lagos</name><start>19</start><end>24</end><lat>6.45</lat><lon>3.39</lon></location>
</locations></article></articles>"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "geovirus.xml").write_text(GEOVIRUS)
    (tmp_path / "lgl.xml").write_text(LGL)
    return tmp_path


def test_both_forms_are_read_with_offsets_from_zero(folder):
    [document] = read_documents(folder / "geovirus.xml")
    assert document.marked == (Marked(18, 23, "Lagos", (6.45, 3.39)),)
    [document] = read_documents(folder / "lgl.xml")
    assert [m.name for m in document.marked] == ["Tikrit", "Iraq", "Freedonia"]
    assert document.marked[2].point is None


def test_a_chain_counts_as_its_parts_and_each_mistake_has_its_line(folder):
    documents = read_documents(folder / "lgl.xml")
    scores, mistakes = score_documents(documents, open_gazetteer(), load_codebook())
    assert (scores.found, scores.missed, scores.wrong) == (2, 1, 1)
    assert (scores.near, scores.far, scores.abstained, scores.wanted) == (1, 1, 0, 2)
    kinds = [" ".join(line.split("lgl")[0].split()[1:]) for line in mistakes]
    assert kinds == ["far", "missed", "no toponym"]


def test_the_verb_prints_a_table_for_each_file(folder, capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["evaluate", "geo", str(folder)])
    shown = capsys.readouterr().out
    assert "geovirus.xml" in shown
    assert "recognised     P 1.000 R 1.000 F1 1.000 (n 1)" in shown
    assert "end to end     P 0.333 R 0.500 F1 0.400 (n 2)" in shown


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<articles><article>", "no element found"),
        (GEOVIRUS.replace("<start>19", "<start>3"), "'Lagos' does not stand at offset"),
    ],
)
def test_a_file_that_is_no_gold_set_is_named(tmp_path, content, reason):
    (tmp_path / "bad.xml").write_text(content)
    with pytest.raises(ConfigError, match=reason) as error:
        read_documents(tmp_path / "bad.xml")
    assert "\n" not in str(error.value)


def test_a_folder_without_files_is_an_error(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["evaluate", "geo", str(tmp_path)])
    assert "no .xml files there" in capsys.readouterr().err
