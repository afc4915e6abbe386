"""A time limit on work that cannot be stopped, such as waiting for a head that is sent a byte at a time."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar, cast

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what ``work`` returns, or raise what it raises.

    Raises TimeoutError if it is not done in time; it is then left to a thread that ends with the process.
    """
    done: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except BaseException as error:  # noqa: BLE001 it is raised where the work was asked for
            done.put((None, error))

    Thread(target=run, daemon=True).start()
    try:
        result, error = done.get(timeout=seconds)
    except Empty:
        raise TimeoutError("it takes too long") from None
    if error is not None:
        raise error
    return cast("T", result)
