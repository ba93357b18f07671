"""Fixed phrases: the longest on word boundaries, and several tables in one pass."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.phrases import Phrases, PhraseTables

WORD = st.sampled_from(["car", "bomb", "bombs", "a-b", "Ébène"])
WORDS = st.lists(WORD, max_size=3).map(" ".join)
PAIRS = st.tuples(WORDS, st.integers())
TABLES = st.dictionaries(st.sampled_from("xyz"), st.lists(PAIRS, max_size=4))


def test_the_longest_phrase_on_word_boundaries_wins():
    table = Phrases([("car", 1), ("car bomb", 2), ("bomb", 3)])
    found = [(m.start, m.end, m.entry) for m in table.find("Car  no; car bomb, carbomb, bombs")]
    assert found == [(0, 3, 1), (9, 17, 2)]


@given(TABLES, st.lists(WORDS).map("s ".join))
def test_several_tables_find_what_each_finds_alone(
    tables: dict[str, list[tuple[str, int]]], text: str
):
    alone = {name: Phrases(table).find(text) for name, table in tables.items()}
    assert PhraseTables(tables).find(text) == alone
