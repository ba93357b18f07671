"""Fixed phrases: the longest on word boundaries, and several lists in one pass."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.phrases import PhraseLists, Phrases

WORD = st.sampled_from(["car", "bomb", "bombs", "a-b", "Ébène"])
WORDS = st.lists(WORD, max_size=3).map(" ".join)
LISTS = st.dictionaries(st.sampled_from("xyz"), st.lists(WORDS, max_size=4))


def test_the_longest_phrase_on_word_boundaries_wins():
    table = Phrases([("car", 1), ("car bomb", 2), ("bomb", 3)])
    found = [(m.start, m.end, m.entry) for m in table.find("Car  no; car bomb, carbomb, bombs")]
    assert found == [(0, 3, 1), (9, 17, 2)]


@given(LISTS, st.lists(WORDS).map("s ".join))
def test_several_lists_find_what_each_finds_alone(lists: dict[str, list[str]], text: str):
    alone = {name: Phrases((w, name) for w in words).find(text) for name, words in lists.items()}
    assert PhraseLists(lists).find(text) == alone
