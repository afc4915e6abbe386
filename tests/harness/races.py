"""Requests that are sent at one moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

Race = Callable[[list[Callable[[], int]]], list[int]]
"""Send requests at one moment and return their statuses, in the same order."""


@contextmanager
def racing(most: int) -> Iterator[Race]:
    """Make what has up to so many requests race."""
    with ThreadPoolExecutor(most) as pool:

        def run(requests: list[Callable[[], int]]) -> list[int]:
            together = Barrier(len(requests))

            def start(request: Callable[[], int]) -> int:
                together.wait()
                return request()

            return list(pool.map(start, requests))

        yield run
