"""Reports are found by their words; every test runs on both databases."""

from string import ascii_lowercase

import pytest

from dateline.model import make_report
from dateline.store import open_store, opening
from dateline.text import fold

TOLD = {
    "gao": ("Bomb in Gao", "Sahel Post", "Four soldiers were killed by a roadside bomb on Monday."),
    "bogota": ("Atentado en Bogotá", None, "Tres policías murieron; el ELN negó su autoría."),
    "kharkiv": (None, "Дзеркало", "У Харкові пролунав вибух. Загинули двоє людей."),
    "erbil": ("هجوم في أربيل", None, "سقطت ثلاثة صواريخ قرب مطار أربيل."),
    "odd": (None, None, f"{'QUJD' * 2000} snake_case o'clock 100% \"quoted\" it's_a"),
    "bare": (None, None, "…"),
}


def fill(store):
    for name, (title, publisher, text) in TOLD.items():
        report = make_report(text, id=name, title=title, publisher=publisher)
        store.add(report, [], origin="lexicon/1", made="2026-01-01T00:00:00+00:00")


def found(store, asked):
    index = store.report_index()
    return sorted(head.id for head in index.heads(index.telling(fold(asked).split())).values())


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("soldiers", ["gao"]),
        ("SOLD", ["gao"]),
        ("oldiers", []),
        ("bomb sahel monday", ["gao"]),
        ("bomb tuesday", []),
        ("policias bogota", ["bogota"]),
        ("харк вибух", ["kharkiv"]),
        ("dzerkalo", []),
        ("дзеркало", ["kharkiv"]),
        ("أربيل", ["erbil"]),
        ("by", ["gao"]),
        ("mo", []),
        ("snake_case", ["odd"]),
        ("snake", ["odd"]),
        ("it's_a \"quoted\" o'clock", ["odd"]),
        ("qujd", []),
        ("gao) OR (eln", []),
        (" ".join(a + b for a in ascii_lowercase[:3] for b in ascii_lowercase), []),
    ],
)
def test_reports_are_found_by_the_beginnings_of_their_words(store, asked, names):
    fill(store)
    assert found(store, asked) == names


def test_more_different_words_than_a_database_holds_are_no_error(store):
    many = " ".join(f"w{number:07}" for number in range(150_000))
    report = make_report(f"Rockets {many}", id="long")
    assert store.add(report, [], origin="lexicon/1", made="2026-01-01T00:00:00+00:00")
    assert found(store, "rockets w0000001") == ["long"]


def test_a_database_made_before_there_was_the_index_gets_it_when_it_is_opened(url):
    with open_store(url) as store:
        fill(store)
        with opening.transaction(store._engine, writes=True) as connection:
            connection.exec_driver_sql("DROP TABLE report_words")
            connection.exec_driver_sql("UPDATE dateline_version SET version_num = '0004'")
    with open_store(url) as store:
        assert found(store, "soldiers") == ["gao"]
        assert found(store, "atentado") == ["bogota"]
