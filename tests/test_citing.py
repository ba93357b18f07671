"""A report that has its story from another one is no independent source beside it."""

import pytest

from dateline.codebook import load_codebook
from dateline.incidents.citing import cited_sources, source_names
from dateline.incidents.sources import Collapsed, independent_sources
from dateline.model import Report

BOOK = load_codebook()


def report(name: str, publisher: str, text: str) -> Report:
    return Report(id=name, publisher=publisher, published=f"2023-05-0{ord(name) - 96}", text=text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Two shells hit a school in Kherson, citing Reuters, the paper said.", ["Reuters"]),
        ("Two shells hit a school, according to the Associated Press.", ["AP"]),
        ("The Al Jazeera channel reported that a base was hit.", ["al jazeera"]),
        ("An official told AFP that four soldiers had died.", ["AFP"]),
        ("Radio Kisangani News reported the raid. The mayor fled.", ["radio kisangani"]),
        ("State news agency SANA quoted a source as saying so.", ["SANA"]),
        ("A bus was hit. " * 5 + "The driver fled, Reuters said.", []),
        ("Two shells hit a school in Kherson on Monday morning.", []),
    ],
)  # fmt: skip
def test_the_opening_says_whose_telling_a_report_repeats(text, names):
    assert list(cited_sources(report("a", "", text), BOOK)) == names


@pytest.mark.parametrize(
    ("publisher", "names"),
    [
        ("The Ledger / AFP", ("ledger", "AFP")),
        ("Xinhua (repost)", ("Xinhua",)),
        ("Radio Kisangani News", ("radio kisangani",)),
        ("CNN (via The Mirror)", ("cnn",)),
        ("", ()),
    ],
)
def test_a_source_is_called_by_its_paper_and_its_agency(publisher, names):
    assert source_names(report("a", publisher, "x"), BOOK) == names


def test_a_report_collapses_into_the_one_it_cites_whichever_came_out_first():
    wire = report("b", "Reuters", "Gunmen raided a village near Goma, the army said.")
    early = report("a", "The Mirror", "Gunmen raided a village near Goma, Reuters reported.")
    late = report("c", "The Post", "A raid near Goma killed two, a doctor told Reuters.")
    alone = report("d", "The Ledger", "Our correspondent saw burned houses near Goma.")
    sources = independent_sources([late, alone, wire, early], BOOK)
    assert sources.count == 2
    assert sources.collapsed == (
        Collapsed("a", "b", "cites Reuters"),
        Collapsed("c", "b", "cites Reuters"),
    )


def test_two_reports_that_cite_one_agency_are_one_source_without_it():
    one = report("a", "The Mirror", "Gunmen raided a village near Goma, AFP reported.")
    two = report("b", "The Post", "A raid near Goma killed two, a doctor told AFP.")
    sources = independent_sources([one, two], BOOK)
    assert (sources.count, sources.collapsed) == (1, (Collapsed("b", "a", "both cite AFP"),))


def test_two_reports_that_cite_one_person_or_body_stay_two_sources():
    one = report("a", "The Mirror", "Gunmen raided a village, Colonel Kabila said.")
    two = report("b", "The Post", "A raid near Goma killed two, according to Colonel Kabila.")
    assert independent_sources([one, two], BOOK).count == 2


def test_a_report_that_names_its_own_paper_cites_nobody():
    one = report("a", "The Mirror", "Gunmen raided a village, a doctor told The Mirror.")
    two = report("b", "The Post", "Gunmen raided a village near Goma.")
    assert independent_sources([one, two], BOOK).count == 2
