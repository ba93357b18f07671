"""The sketch of rare words that linking compares."""

import pytest

from dateline.link.words import KEPT, likeness, plain_words, rarity, words_of

STORY = (
    "Gunmen shot dead the goldsmith Zuhayr Qabbani at his workshop on Tamarisk Lane in Old Basra, "
    "and the neighbours heard eleven shots before a maroon hatchback drove off."
)
RETOLD = (
    "The goldsmith Zuhayr Qabbani was killed on Tamarisk Lane by gunmen who fled in a maroon "
    "hatchback, the police said."
)
ANOTHER = (
    "A mortar round wounded two shepherds near Qayyarah, and the herd was scattered over the "
    "wadi by the explosion, the police said."
)


@pytest.mark.parametrize(
    ("word", "plain"), [("Basra's", "basra"), ("Qabbani’s", "qabbani"), ("O’Neill", "o'neill")]
)
def test_a_word_is_compared_without_case_and_its_genitive(word, plain):
    assert plain_words(word) == [plain]


def test_a_word_that_news_seldom_uses_is_rarer_than_a_common_one():
    assert rarity("the") < rarity("police") < rarity("goldsmith") <= rarity("qabbani")


def test_two_reports_of_one_story_share_more_rare_words_than_two_stories():
    story, retold, another = map(words_of, (STORY, RETOLD, ANOTHER))
    assert likeness(story, retold) > 0.4
    assert likeness(story, another) < 0.02
    assert likeness(story, story) == pytest.approx(1.0)
    assert likeness(story, retold) == likeness(retold, story)
    assert likeness(story, frozenset()) == 0.0


def test_common_words_are_left_out_and_a_long_report_keeps_its_rarest():
    assert words_of("The police said that he was killed in the attack.") == frozenset()
    many = words_of(" ".join(f"zq{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(100)))
    assert len(many) == KEPT


def test_a_report_in_another_language_has_no_rare_words():
    assert words_of(STORY, "fr") == frozenset()
    assert words_of(STORY, "en-GB") == words_of(STORY)
