"""Failures counted by kind."""

import pytest

from dateline.evaluate.failures import Failures, kind_of_failure


@pytest.mark.parametrize(
    ("gold", "coded", "kind"),
    [
        ("rocket", None, "not found"),
        (None, "rocket", "invented"),
        ("rocket", "mortar", "other"),
        (3, 2, "too low"),
        ((3, 3), (4, 5), "too high"),
        ((0, 0), (2, None), "too high"),
        ((12, None), (10, 10), "too low"),
        ((3, 5), (4, 4), "other"),
    ],
)
def test_a_failure_has_the_kind_that_its_two_values_show(gold, coded, kind):
    assert kind_of_failure(gold, coded) == kind


def test_a_cell_of_an_incident_that_was_missed_is_missed_with_it():
    assert kind_of_failure("rocket", None, found=False) == "with its incident"


def test_the_tables_count_kinds_by_field_and_terms_taken_for_others():
    failures = Failures()
    failures.add("killed", (3, 3), (2, 2))
    for coded in ("mortar", "mortar", None):
        failures.add("weapon", "rocket", coded, is_term=True)
    lines = list(failures.lines())
    assert lines[2:4] == [
        "| weapon | 1 | 0 | 0 | 0 | 2 | 0 |",
        "| killed | 0 | 0 | 1 | 0 | 0 | 0 |",
    ]
    assert lines[-1] == "| weapon | rocket | mortar | 2 |"


def test_without_terms_taken_for_others_there_is_one_table():
    failures = Failures()
    failures.add("killed", None, (2, 2))
    assert len(list(failures.lines())) == 3
