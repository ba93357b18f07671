"""Records: spans inside their report, ids that hash the evidence, an exact JSON form."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import SpanError
from dateline.model import (
    Report,
    Span,
    Speaker,
    claim_from_json,
    claim_to_json,
    content_id,
    event_id,
    is_human,
    make_claim,
    make_report,
    report_from_json,
    report_to_json,
)
from dateline.values import Count, Place, Text, Unknown

TEXT = "Кількість поранених: 14. Nobody was killed, the mayor said."
REPORT = Report(id="r1", text=TEXT)
VALUES = st.one_of(
    st.none(),
    st.builds(Text, st.text(max_size=10)),
    st.builds(Unknown, st.text(max_size=10)),
    st.builds(Count, st.integers(0, 9), st.none(), st.just("at_least"), st.none()),
    st.just(Place("geonames:98860", "Hīt", "IQ", "Al Anbar", 33.64, 42.83, "town")),
)
CLAIMS = st.builds(
    lambda span, value, stance, names, score: make_claim(
        "e_1", "killed", REPORT.span(min(span), max(span) + 1), value, stance=stance,
        speakers=[Speaker(name, side) for name, side in names], score=score, origin="lexicon/1",
    ),
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(0, len(TEXT) - 1)),
    VALUES,
    st.sampled_from(["asserted", "denied", "suspected", "hypothetical"]),
    st.lists(st.tuples(st.text(max_size=5), st.one_of(st.none(), st.just("iran"))), max_size=2),
    st.floats(0, 1),
)  # fmt: skip


@given(CLAIMS)
def test_a_claim_comes_back_from_json_and_keeps_its_quote(claim):
    again = claim_from_json(json.loads(json.dumps(claim_to_json(claim))))
    assert again == claim
    assert REPORT.quote(again.span) == TEXT[claim.span.start : claim.span.end]


@given(st.text(min_size=1), st.integers(-5, 50), st.integers(-5, 50))
def test_a_span_lies_inside_its_report_or_is_not_made(text, start, end):
    report = Report(id="r", text=text)
    if 0 <= start < end <= len(text):
        assert report.quote(report.span(start, end)) == text[start:end]
    else:
        with pytest.raises(SpanError, match="report r"):
            report.span(start, end)
        with pytest.raises(SpanError):
            report.quote(Span("r", start, end))


def test_a_span_of_another_report_is_refused():
    with pytest.raises(SpanError, match="r2"):
        REPORT.quote(Span("r2", 0, 3))


def test_ids_are_the_same_in_every_run():
    assert content_id("c", "Hīt", 3, None) == "c_53776d6ac1e86f95"
    report = make_report("Rockets hit the base.", url="https://ledger.example/1")
    assert report == make_report("Rockets hit the base.", url="https://ledger.example/1")
    assert report.id.startswith("r_")


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "https://ledger.example/2"},
        {"published": "2021-07-06"},
        {"text": "Rockets missed the base."},
    ],
)
def test_another_source_day_or_text_is_another_report(changes):
    basis = {"text": "Rockets hit the base.", "url": "https://ledger.example/1"}
    assert make_report(**basis).id != make_report(**basis | changes).id


def test_a_given_id_is_kept():
    assert make_report("Words.", id="live-001").id == "live-001"


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "injured"},
        {"span": REPORT.span(1, 4)},
        {"value": Text("b")},
        {"stance": "denied"},
        {"speakers": [Speaker("the mayor")]},
        {"origin": "tagger/1"},
    ],
)
def test_a_claims_id_hashes_all_its_evidence(changes):
    basis = {"role": "killed", "span": REPORT.span(0, 3), "value": Text("a"), "origin": "lexicon/1"}
    assert make_claim("e_1", **basis).id == make_claim("e_1", **basis).id
    assert make_claim("e_1", **basis).id != make_claim("e_1", **basis | changes).id


def test_an_event_is_named_by_report_kind_and_anchor():
    ids = {
        event_id(REPORT, "incident", REPORT.span(0, 3)),
        event_id(REPORT, "tally", REPORT.span(0, 3)),
        event_id(REPORT, "incident", REPORT.span(1, 3)),
        event_id(Report(id="r2", text=TEXT), "incident", Span("r2", 0, 3)),
    }
    assert len(ids) == 4


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2021-07-05", dt.date(2021, 7, 5)),
        ("2021-07-05T23:30:00-05:00", dt.date(2021, 7, 5)),
        ("2021-07", None),
        ("Monday", None),
        (None, None),
    ],
)
def test_the_day_of_publication_is_the_one_the_source_states(published, day):
    assert Report(id="r", text="x", published=published).published_day == day


@given(st.text(), st.one_of(st.none(), st.text()))
def test_a_report_comes_back_from_json(text, title):
    report = make_report(text, title=title)
    assert report_from_json(json.loads(json.dumps(report_to_json(report)))) == report


def test_people_are_told_from_machines_by_origin():
    assert is_human("human:amina")
    assert not is_human("lexicon/1")
