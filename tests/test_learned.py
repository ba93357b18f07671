"""What the tagger's marks change: judged against marks made by hand, so no weights are needed."""

from collections.abc import Iterator
from typing import Any

import pytest

from dateline.codebook import load_codebook
from dateline.extract.learned import read_report
from dateline.extract.tables import tables
from dateline.extract.tagger import Tagged, TaggedPair, TaggedSpan, TaggedTrigger
from dateline.incidents.record import event_record
from dateline.model import Claim, make_report


def tagged(
    text: str,
    triggers: dict[str, tuple[str, str]],
    spans: dict[str, str] | None = None,
    relevance: float = 0.99,
) -> Tagged:
    """Mark words of a text: triggers by type and context, spans by role, all pairs sure."""
    marks = tuple(
        TaggedTrigger(text.index(w), text.index(w) + len(w), kind, context, "asserted", 0.95)
        for w, (kind, context) in triggers.items()
    )
    roles = tuple(
        TaggedSpan(role, text.index(words), text.index(words) + len(words), 0.95)
        for words, role in (spans or {}).items()
    )
    pairs = tuple(TaggedPair(i, j, 0.95) for i in range(len(marks)) for j in range(len(roles)))
    return Tagged(marks, roles, pairs, relevance)


def rows(text: str, seen: Tagged) -> list[dict[str, Any]]:
    book = load_codebook()
    report = make_report(text, published="2021-07-06")
    events: dict[str, list[Claim]] = {}
    for claim in read_report(report, tables(book), seen):
        assert report.quote(claim.span)
        events.setdefault(claim.event, []).append(claim)
    return [event_record(report, claims, book) for claims in events.values()]


def reported(text: str, seen: Tagged) -> Iterator[dict[str, Any]]:
    return (r for r in rows(text, seen) if r["kind"] == "incident" and r["reported"])


def test_an_act_in_words_the_lexicon_lacks_is_told_by_the_tagger() -> None:
    text = "A councillor was dragged from his shop in Tegucigalpa on Monday and left in a ditch."
    assert not list(reported(text, tagged(text, {})))
    (row,) = reported(text, tagged(text, {"dragged": ("armed_assault", "reported")}))
    assert (row["type"], row["place"]["country"]) == ("armed_assault", "HN")


@pytest.mark.parametrize("context", ["hypothetical", "habitual", "background"])
def test_what_the_tagger_takes_for_no_news_is_none(context: str) -> None:
    text = "Rockets hit the Ain al-Asad base in Iraq on Monday."
    seen = tagged(text, {"hit": ("shelling_rocket_missile", context)})
    assert not list(reported(text, seen))
    assert list(reported(text, tagged(text, {"hit": ("shelling_rocket_missile", "reported")})))


def test_a_text_that_is_about_something_else_reports_nothing() -> None:
    text = "Rockets hit the Warriors on Monday and killed the game in Houston."
    assert not list(reported(text, tagged(text, {}, relevance=0.01)))


def test_a_bare_attack_takes_the_kind_the_tagger_sees() -> None:
    text = "An attack on a market in Kabul killed 12 people on Monday, police said."
    (row,) = reported(text, tagged(text, {"attack": ("suicide_bombing", "reported")}))
    assert row["type"] == "suicide_bombing"


def test_a_doer_without_a_name_stays_unknown_and_is_still_quoted() -> None:
    text = "Six young men shot dead two judges in Kabul on Monday, police said."
    seen = tagged(text, {"shot dead": ("shooting", "reported")}, {"Six young men": "perpetrator"})
    (row,) = reported(text, seen)
    assert row["perpetrators"] == []
    told = [c for c in row["claims"] if c["role"] == "perpetrator"]
    assert [c["quote"] for c in told] == ["Six young men"]
    assert told[0]["value"]["kind"] == "unknown"


def test_the_target_the_tagger_ties_to_the_act_wins_over_a_word_near_by() -> None:
    text = (
        "Shells fell on Monday in Avdiivka. They wrecked a school, a mile from a base, police said."
    )
    seen = tagged(
        text,
        {"fell": ("shelling_rocket_missile", "reported"), "wrecked": ("armed_attack", "reported")},
        {"a school": "target"},
    )
    (row,) = reported(text, seen)
    assert row["target"] == "a school"


def test_a_target_the_tagger_marks_is_trimmed_and_is_no_bare_number() -> None:
    text = "Mortars fell on Tuesday in Gao. They wrecked granaries along the river, police said."
    acts = {"fell": ("mortar_attack", "reported"), "wrecked": ("armed_attack", "reported")}
    (row,) = reported(text, tagged(text, acts, {"granaries along": "target"}))
    assert row["target"] == "granaries"
    text = text.replace("granaries", "two")
    (row,) = reported(text, tagged(text, acts, {"two": "target"}))
    assert row["target"] is None


def test_marks_that_are_not_sure_change_nothing() -> None:
    text = "Rockets hit the Ain al-Asad base in Iraq on Monday."
    mark = TaggedTrigger(8, 11, "interception", "hypothetical", "asserted", 0.2)
    assert list(reported(text, Tagged((mark,), (), (), 0.99)))


def test_a_communique_with_a_named_force_and_counted_captives_stands() -> None:
    text = "Taliban fighters captured two soldiers near Kunduz in Afghanistan on Monday."
    (row,) = reported(text, tagged(text, {}, relevance=0.05))
    assert row["captured"]["low"] == 2
    assert not list(reported("Rockets hit Kunduz.", tagged("Rockets hit Kunduz.", {}, {}, 0.05)))


def test_what_is_said_of_an_arrested_man_does_not_judge_the_arrest() -> None:
    text = "Colombian troops in Cali on Monday arrested two ELN rebels who planned attacks."
    seen = tagged(text, {"attacks": ("armed_assault", "hypothetical")})
    (row,) = reported(text, seen)
    assert row["captured"]["low"] == 2


@pytest.mark.parametrize(
    ("background", "told"),
    [
        ("Rebels of the ELN are active in the valley.", False),
        ("The ELN, which operates along the frontier, has 3,000 men.", False),
        ("The ELN has stepped up its raids, officials say.", False),
        ("The post is used by the ELN, officials say.", False),
        ("Officials say the men of the ELN did it.", True),
        ("A video showed the ELN at the gate.", True),
        ("The ELN and its offshoot Red Star are both active there, officials say.", False),
    ],
)
def test_a_group_told_of_as_background_is_no_doer(background: str, told: bool) -> None:
    text = f"A bomb went off at a police post in Cucuta, Colombia, on Monday. {background}"
    seen = tagged(text, {"went off": ("bombing", "reported")}, {"ELN": "perpetrator"})
    (row,) = reported(text, seen)
    assert [one["id"] for one in row["perpetrators"]] == (["eln"] if told else [])
