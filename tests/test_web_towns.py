"""The names of towns on a map: the largest of a box, also across the antimeridian."""

import numpy as np

from dateline.resolve.gazetteer import open_gazetteer
from dateline.web.towns import LEAST, Towns

SOME = Towns(
    ("Mosul", "Suva", "Apia", "Bayji"),
    np.array([43.1, 178.4, -171.8, 43.5]),
    np.array([36.3, -18.1, -13.8, 34.9]),
    np.array([1_683_000, 93_970, 36_735, 34_000]),
)


def names(*box: float, most: int = 10) -> list[str]:
    return [town.name for town in SOME.within(*box, most)]


def test_the_largest_towns_of_a_box_come_first_and_no_more_than_asked_for():
    assert names(38, 30, 48, 37) == ["Mosul", "Bayji"]
    assert names(38, 30, 48, 37, most=1) == ["Mosul"]


def test_a_box_whose_west_exceeds_its_east_spans_the_antimeridian():
    assert names(170, -30, -160, 0) == ["Suva", "Apia"]


def test_the_gazetteer_gives_no_town_below_the_least():
    found = open_gazetteer().towns(LEAST)
    assert len(found) > 10_000
    assert all(town.kind == "town" and town.population >= LEAST for town in found)
    assert found[0].population == max(town.population for town in found)
