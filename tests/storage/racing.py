"""Run one thing in several threads at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def at_once(threads: int, race: Callable[[int], T]) -> list[T]:
    """Start `race(0)`, `race(1)`, … together; return what each returned, or raise what one did."""
    start = threading.Barrier(threads)

    def run(number: int) -> T:
        start.wait(timeout=60)
        return race(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


def in_thread(work: Callable[[], T]) -> T:
    """Run something in a thread that has ended when this returns."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result(timeout=60)
