"""Which events lie too far apart to be one incident."""

from dataclasses import replace

import pytest
from tests.views import BAGHDAD, BASE, days

from dateline.link.reach import reach_of
from dateline.link.view import EventView

ONE_STORY = {"names": (3, 7, 9)}
LATER = days(20, 20)
BASE_AGAIN = {"published": "2021-07-26"}  # the day after the later one


def is_beyond(left: EventView, right: EventView) -> bool:
    one, two = reach_of(left), reach_of(right)
    assert one.is_beyond(two) == two.is_beyond(one)
    return one.is_beyond(two)


@pytest.mark.parametrize(
    ("changes", "beyond"),
    [
        ({}, False),
        (days(1, 1), False),
        (days(2, 2), True),
        ({"place": BAGHDAD}, False),
        ({"place": replace(BAGHDAD, latitude=20.0)}, True),
        ({"place": replace(BAGHDAD, latitude=20.0), **ONE_STORY}, False),
    ],
)
def test_an_incident_spreads_over_a_day_and_some_distance(changes, beyond):
    assert is_beyond(replace(BASE, **ONE_STORY), replace(BASE, **changes)) is beyond


def test_the_day_of_an_arrest_may_have_been_taken_for_that_of_the_deed():
    told = replace(BASE, **ONE_STORY)
    arrest = replace(BASE, **ONE_STORY, **LATER, published="2021-09-01")
    assert not is_beyond(told, arrest)
    assert is_beyond(told, replace(arrest, names=(1, 2)))
    rare = {"names": (), "words": frozenset((15 << 44) + number for number in range(10))}
    assert not is_beyond(replace(told, **rare), replace(arrest, **rare))


def test_news_of_two_days_tells_two_incidents_however_like_it_is():
    told, again = (replace(BASE, **ONE_STORY, **more) for more in ({}, LATER | BASE_AGAIN))
    assert is_beyond(told, again)
    retold, recalled = (replace(v, is_news=False) for v in (told, again))
    assert is_beyond(retold, recalled)
    assert not is_beyond(retold, again)
