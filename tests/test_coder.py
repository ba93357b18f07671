"""Coding batches: what is picklable, what fails, what stops the run."""

import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import Codebook
from dateline.coder import Coder, Coding, Extract, code_all
from dateline.errors import ExtractError
from dateline.model import Claim, Report, Span, make_claim
from dateline.values import Text

OPENED: list[Path] = []


def open_words(codebook: Codebook) -> Extract:
    """An extractor that claims the first word of each report, and chokes on some."""
    OPENED.append(codebook.folder)

    def extract(reports: Sequence[Report]) -> Iterator[Claim]:
        for report in reports:
            if report.text.startswith("crash"):
                raise RecursionError("too\ndeep")
            if report.text.startswith("unready"):
                raise ExtractError("no weights: run the training")
            end = len(report.text) + 1 if report.text.startswith("beyond") else 4
            yield make_claim("e", "target", Span(report.id, 0, end), Text("x"), origin="words/1")

    return extract


def test_each_report_gets_one_coding_in_order():
    reports = [Report("b", "Bomb in market"), Report("a", "Army shells town")]
    codings = Coder(open_words)(reports)
    assert [coding.report.id for coding in codings] == ["b", "a"]
    assert [coding.report.quote(coding.claims[0].span) for coding in codings] == ["Bomb", "Army"]


def test_a_report_that_fails_says_why_and_the_rest_goes_on():
    reports = [Report("a", "crash here"), Report("b", "Bomb in market")]
    first, second = Coder(open_words)(reports)
    assert first == Coding(reports[0], status="failed", message="RecursionError: too deep")
    assert second.status == "ok"


def test_a_claim_beyond_its_report_fails_the_report():
    (coding,) = Coder(open_words)([Report("a", "beyond the end")])
    assert (coding.status, coding.claims) == ("failed", ())
    assert coding.message == "SpanError: report a: no span 0-15 in 14 characters"


def test_an_extractor_that_lacks_what_it_needs_stops_the_run():
    with pytest.raises(ExtractError, match="no weights"):
        Coder(open_words)([Report("a", "unready")])


def test_a_coder_travels_to_another_process():
    coder = Coder(open_words)
    assert pickle.loads(pickle.dumps(coder)) == coder  # noqa: S301  (our own bytes)


def test_the_extractor_is_opened_once_however_many_batches(tmp_path: Path):
    OPENED.clear()
    coder = Coder(open_words, tmp_path)
    for number in range(3):
        pickle.loads(pickle.dumps(coder))([Report(str(number), "Bomb")])  # noqa: S301  (our own bytes)
    assert len(OPENED) == 1


@given(
    st.lists(st.one_of(st.integers(), st.text(max_size=3).map(lambda name: Report(name, "Bomb")))),
    st.integers(1, 4),
    st.booleans(),
)
def test_a_stream_keeps_its_order_whatever_the_batches(items, size: int, ahead: bool):
    def engine(code, batches):
        return iter([code(batch) for batch in batches]) if ahead else map(code, batches)

    def code(reports):
        return [Coding(report) for report in reports]

    results = list(code_all(items, code, engine, size))
    assert [r.report if isinstance(r, Coding) else r for r in results] == items


def test_reading_goes_no_further_ahead_than_the_engine_asks():
    read = []

    def reports():
        for number in range(100):
            read.append(number)
            yield Report(str(number), "Bomb")

    stream = code_all(reports(), Coder(open_words), map, 4)
    next(stream)
    assert read == [0, 1, 2, 3]
