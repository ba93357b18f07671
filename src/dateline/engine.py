"""Engines: ways to apply a function to many items, each shaped like the built-in `map`.

A stage never knows which engine runs it. Results come in the order of the items and as they are
ready; an exception in the function surfaces where its result is taken.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from dateline.errors import DatelineError

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 2  # items handed out beyond those being worked on, so that no worker waits


def local(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Apply a function to each item in this process, one at a time."""
    return map(function, items)


def pool(
    function: Callable[[Item], Result], items: Iterable[Item], *, workers: int | None = None
) -> Iterator[Result]:
    """Apply a picklable function to each item in several processes, one a core by default.

    Items are drawn only a little ahead of the results taken, so a stream of any length fits in
    memory; make each item a batch large enough to be worth the trip. Raises DatelineError when a
    worker process dies.
    """
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    size = workers or os.cpu_count() or 1
    # Fresh processes: a copy of this one would inherit the locks of its threads and databases.
    executor = ProcessPoolExecutor(size, mp_context=get_context("spawn"))
    waiting: deque[Future[Result]] = deque()
    source = iter(items)
    try:
        for item in islice(source, size + _AHEAD):
            waiting.append(executor.submit(function, item))
        while waiting:
            yield waiting.popleft().result()
            for item in islice(source, 1):
                waiting.append(executor.submit(function, item))
    except BrokenProcessPool as error:
        message = "a worker process died (out of memory?); use fewer workers or smaller batches"
        raise DatelineError(message) from error
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def apart() -> Iterator[Callable[..., Any]]:
    """Give a way to call picklable functions in one fresh process, which ends with the block.

    Raises DatelineError when the process dies.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    try:
        yield lambda function, *arguments: executor.submit(function, *arguments).result()
    except BrokenProcessPool as error:
        raise DatelineError("the process that was to read died (out of memory?)") from error
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Cut a stream into lists of `size` items, the last one shorter."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
