"""Engines are shaped like `map`: in order, as a stream, errors where the result is taken."""

import os

import pytest

from dateline.engine import batches, local, pool
from dateline.errors import DatelineError

ENGINES = [local, pool]


@pytest.mark.parametrize("engine", ENGINES)
def test_results_come_in_the_order_of_the_items(engine):
    assert list(engine(str.upper, list("dateline"))) == list("DATELINE")
    assert list(engine(str.upper, [])) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_items_are_drawn_as_results_are_taken(engine):
    drawn = []

    def items():
        for number in range(1000):
            drawn.append(number)
            yield number

    stream = engine(abs, items())
    assert next(stream) == 0
    assert len(drawn) < 100
    if engine is pool:
        stream.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_an_error_surfaces_where_its_result_is_taken(engine):
    stream = engine(int, ["1", "two"])
    assert next(stream) == 1
    with pytest.raises(ValueError, match="two"):
        next(stream)


def test_a_dead_worker_is_one_clear_line():
    with pytest.raises(DatelineError, match="worker process died"):
        list(pool(os._exit, [3], workers=1))


def test_a_stream_is_cut_into_batches():
    assert list(batches("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(batches("", 2)) == []
