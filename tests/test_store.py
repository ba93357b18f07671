"""The store keeps evidence and refuses what is not; every test runs on both databases."""

import shutil
import sqlite3
from dataclasses import replace
from itertools import count

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import StoreError
from dateline.model import Change, Judgement, Report, Span, Speaker, make_claim
from dateline.store import open_store, opening, schema
from dateline.store.database import Store
from dateline.values import Count, Place, Term, Text, Unknown

TEXT = "Three rockets hit the depot on Monday. Nobody was hurt, Colonel Dara said."
REPORT = Report(id="r1", text=TEXT, publisher="The Ledger", published="2021-07-05")
MADE = "2026-01-01T00:00:00+00:00"
LATER = "2026-02-01T00:00:00+00:00"


def claim_of(role="munitions", start=0, end=13, value=None, origin="lexicon/1", **details):
    event = details.pop("event", "e_1")
    return make_claim(event, role, REPORT.span(start, end), value, origin=origin, **details)


ROCKETS = claim_of(value=Count(3, 3, "exact", "rockets"))
KILLED = claim_of(
    "killed", 39, 53, Count(0, 0, "none"), speakers=[Speaker("Colonel Dara", "dara-brigade")]
)


def save_links(store: Store, members: dict[str, tuple[str, str]], changes=()) -> None:
    rows = store.link_index().rows(whole=True)
    rows.members, rows.changes = members, changes
    store.link_index().save(rows)


# -- reports and claims ---------------------------------------------------------------------------


def test_a_report_and_its_claims_come_back_as_they_were(store):
    assert store.add(REPORT, [ROCKETS, KILLED], origin="lexicon/1", made=MADE)
    assert list(store.reports()) == [REPORT]
    assert store.report("r1") == REPORT
    assert store.report("r2") is None
    assert list(store.claims()) == [ROCKETS, KILLED]
    assert list(store.claims("r1")) == [ROCKETS, KILLED]
    assert list(store.claims("r2")) == []


def test_adding_the_same_twice_adds_nothing(store):
    store.add(REPORT, [ROCKETS, KILLED], origin="lexicon/1", made=MADE)
    before = store.counts()
    assert not store.add(REPORT, [KILLED, ROCKETS, KILLED], origin="lexicon/1", made=LATER)
    assert store.counts() == before
    assert before == {"reports": 1, "claims": 2, "events": 1, "judgements": 0, "incidents": 0}


def test_a_report_without_claims_counts_as_coded(store):
    assert store.add(REPORT, [], origin="lexicon/1", made=MADE)
    assert store.is_coded("r1", "lexicon/1")
    assert not store.is_coded("r1", "lexicon/2")
    assert not store.is_coded("r2", "lexicon/1")


@pytest.mark.parametrize(
    "span",
    [Span("r1", 70, 400), Span("r1", 5, 5), Span("r1", -4, 3), Span("other", 0, 5)],
    ids=["past the end", "empty", "before the start", "of another report"],
)
def test_a_claim_whose_quote_is_not_in_the_report_is_refused_by_name(store, span):
    bad = replace(ROCKETS, id="c_bad", span=span)
    with pytest.raises(StoreError, match="c_bad"):
        store.add(REPORT, [KILLED, bad], origin="lexicon/1", made=MADE)
    assert store.counts()["reports"] == 0


def test_one_id_never_stands_for_two_texts(store):
    store.add(REPORT, [], origin="lexicon/1", made=MADE)
    with pytest.raises(StoreError, match="r1"):
        store.add(replace(REPORT, text="Other words."), [], origin="lexicon/1", made=MADE)


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"], ids=["zero byte", "half a character"])
def test_text_that_no_database_can_keep_is_refused(store, text):
    with pytest.raises(StoreError, match="text holds characters"):
        store.add(Report(id="r9", text=text), [], origin="lexicon/1", made=MADE)


def test_the_newest_good_coding_holds(store):
    newer = claim_of(value=Count(3, None, "at_least"), origin="lexicon/2")
    store.add(REPORT, [newer], origin="lexicon/2", made=LATER)
    store.add(REPORT, [ROCKETS, KILLED], origin="lexicon/1", made=MADE)
    assert list(store.claims()) == [newer]


def test_a_failed_coding_leaves_the_good_one_in_force(store):
    store.add(REPORT, [ROCKETS], origin="lexicon/1", made=MADE)
    store.record_failure(REPORT, "lexicon/2", "no weights", made=LATER)
    assert list(store.claims()) == [ROCKETS]
    assert not store.is_coded("r1", "lexicon/2")
    assert list(store.failures()) == [("r1", "lexicon/2", "no weights")]
    store.add(REPORT, [ROCKETS], origin="lexicon/2", made=LATER)
    assert list(store.failures()) == []


def test_a_new_run_of_the_same_origin_replaces_what_it_said(store):
    store.add(REPORT, [ROCKETS, KILLED], origin="lexicon/1", made=MADE)
    resolved = replace(ROCKETS, value=Count(3, 3, "about"))
    assert store.add(REPORT, [resolved], origin="lexicon/1", made=LATER)
    assert list(store.claims()) == [resolved]


def test_what_people_said_stays_in_force_and_adds_up(store):
    first = claim_of(value=Count(4, 4, "exact"), origin="human:amina")
    second = claim_of("target", 22, 27, Text("the depot"), origin="human:amina")
    store.add(REPORT, [first], origin="human:amina", made=MADE)
    store.add(REPORT, [ROCKETS], origin="lexicon/1", made=LATER)
    assert store.add(REPORT, [first, second], origin="human:amina", made=LATER)
    assert not store.add(REPORT, [second], origin="human:amina", made=LATER)
    assert sorted(c.origin for c in store.claims()) == ["human:amina", "human:amina", "lexicon/1"]


NUMBERS = count(1)
VALUES = st.one_of(
    st.none(),
    st.builds(Unknown, st.text(max_size=20).filter(lambda s: "\x00" not in s)),
    st.builds(Term, st.just("weapons"), st.text("abc_", max_size=8)),
    st.builds(Place, st.none(), st.just("Hīt"), st.just("IQ"), st.none(), st.floats(-90, 90),
              st.floats(-180, 180), st.just("town")),
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 14), VALUES), max_size=6))
def test_any_claims_come_back_exactly(store, drawn):
    claims = [claim_of("victim", at, at + length, value) for at, length, value in drawn]
    name = f"lexicon/{next(NUMBERS)}"
    claims = [replace(claim, origin=name) for claim in claims]
    store.add(REPORT, claims, origin=name, made=f"2026-03-01T{next(NUMBERS):09}")
    assert set(store.claims()) == set(claims)


def test_a_stream_may_be_left_half_way_and_written_beside(store):
    for number in range(5):
        store.add(replace(REPORT, id=f"r{number}"), [], origin="lexicon/1", made=MADE)
    for report in store.reports():
        store.record_failure(report, "tagger/1", "no weights", made=LATER)
        break
    assert store.counts()["reports"] == 5


# -- judgements and incidents ---------------------------------------------------------------------


def test_judgements_come_back_oldest_first_and_once(store):
    late = Judgement("e_1", "e_2", "different", 1.0, ("two towns",), "human:amina", LATER)
    early = replace(late, verdict="same", made=MADE, origin="link/1")
    assert store.add_judgement(late)
    assert store.add_judgement(early)
    assert not store.add_judgement(late)
    assert list(store.judgements()) == [early, late]


def test_incidents_are_the_claims_of_their_events(store):
    other = claim_of(event="e_2", value=Count(2, 2, "exact"))
    store.add(REPORT, [ROCKETS, KILLED, other], origin="lexicon/1", made=MADE)
    save_links(store, {"e_1": ("i_1", "r1"), "e_2": ("i_2", "r1")})
    found = {incident.id: incident for incident in store.incidents()}
    assert list(found) == ["i_1", "i_2"]
    assert found["i_1"].events == ("e_1",)
    assert found["i_1"].claims == (ROCKETS, KILLED)
    assert store.incident("e_2") == store.incident("i_2") == found["i_2"]
    assert store.incident("i_9") is None


def test_a_merged_id_leads_to_the_one_that_was_kept(store):
    store.add(REPORT, [ROCKETS], origin="lexicon/1", made=MADE)
    for old, kept in (("i_1", "i_2"), ("i_2", "i_3")):
        save_links(store, {"e_1": (kept, "r1")}, [Change("merge", kept, old, MADE)])
    assert store.aliases() == {"i_1": "i_3", "i_2": "i_3"}
    assert store.incident("i_1") == store.incident("i_3")
    assert [c.other for c in store.changes()] == ["i_1", "i_2"]
    assert store.memberships() == {"e_1": "i_3"}


# -- opening --------------------------------------------------------------------------------------


def test_opening_again_changes_nothing(url):
    with open_store(url) as first:
        first.add(REPORT, [ROCKETS], origin="lexicon/1", made=MADE)
    with open_store(url) as second:
        assert list(second.claims()) == [ROCKETS]


def test_the_migrations_lead_to_the_schema(url):
    with open_store(url) as store, store._engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": opening.VERSION_TABLE,
                "compare_type": True,
                # What finds words is made by each database in its own way.
                "include_name": lambda name, kind, _: kind != "table" or "report_words" not in name,
            },
        )
        assert compare_metadata(context, schema.metadata) == []


def test_a_newer_database_is_refused_in_one_line(url):
    with open_store(url) as store, opening.transaction(store._engine, writes=True) as connection:
        connection.exec_driver_sql("UPDATE dateline_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"^[^\n]+newer dateline[^\n]+$"):
        open_store(url)


def test_a_migration_that_fails_leaves_nothing_half(url, monkeypatch, tmp_path):
    folder = tmp_path / "migrations"
    shutil.copytree(opening.MIGRATIONS, folder)
    broken = folder / "versions" / "9999_broken.py"
    broken.write_text(
        "from alembic import op\nimport sqlalchemy as sa\n"
        "revision = '9999'\ndown_revision = '0005'\n"
        "def upgrade():\n"
        "    op.create_table('half', sa.Column('id', sa.Integer))\n"
        "    op.execute('INSERT INTO nowhere VALUES (1)')\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(opening, "MIGRATIONS", folder)
    with pytest.raises(StoreError, match="nowhere"):
        open_store(url)
    engine = opening.connect(url)
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_file_that_is_not_a_database_is_refused(tmp_path):
    file = tmp_path / "letter.db"
    file.write_text("Dear reader, this is a letter and not a database. " * 20, encoding="utf-8")
    with pytest.raises(StoreError, match=r"letter\.db: file is not a database"):
        open_store(file)
    assert file.read_text(encoding="utf-8").startswith("Dear reader")


def test_a_database_of_another_program_is_refused(tmp_path):
    file = tmp_path / "shop.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE orders (id INTEGER)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(file)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("{folder}", "is a folder"),
        ("{folder}/none/such.db", "no folder"),
        ("mysql://host/base", "not supported"),
        ("://", "not a database URL"),
        ("postgresql://user:secret@127.0.0.1:1/base", "refused"),
    ],
)
def test_a_location_that_cannot_be_opened_says_why(tmp_path, location, reason):
    with pytest.raises(StoreError, match=reason) as caught:
        open_store(location.format(folder=tmp_path))
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_report_of_thirty_claims_takes_less_than_twelve_kilobytes(tmp_path):
    place = Place("geonames:98860", "Hīt", "IQ", "Al Anbar", 33.64, 42.82, "town")
    values = [place, Count(3, 3, "exact", "rockets"), Term("weapons", "rocket"), Text("a depot")]
    text = "Three rockets hit the depot on Monday. " * 50
    with open_store(tmp_path / "size.db") as store:
        for number in range(300):
            report = Report(
                id=f"r_{number:016x}", text=text, url=f"https://ledger.example/{number}"
            )
            claims = [
                make_claim(f"e_{number:016x}", "target", report.span(at, at + 9), values[at % 4],
                           speakers=[Speaker("Colonel Dara", None)] * (at % 2), origin="lexicon/1")
                for at in range(30)
            ]  # fmt: skip
            store.add(report, claims, origin="lexicon/1", made=MADE)
    assert (tmp_path / "size.db").stat().st_size / 300 < 12_000
