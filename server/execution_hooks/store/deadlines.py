"""Deadlines of work that waits for another process: it fails when it has not begun by then."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import Protocol

from execution_hooks.store.writer import StoreUnavailable

_STEP_SECONDS = 0.05
"""How often a wait for another process is looked at."""


class Waiting(Protocol):
    """A piece of work that is to begin by a ``time.monotonic``; ``taken`` is locked once it has begun."""

    @property
    def deadline(self) -> float: ...  # noqa: D102 see Waiting

    @property
    def taken(self) -> Lock: ...  # noqa: D102 see Waiting

    def take(self) -> bool:
        """Take the work on, to do it or to fail it; False if another thread did so before."""

    def settle(self, result: object) -> None:
        """Give whoever waits for the work its result, or the error that it ended in."""


class Deadlines:
    """Fails late work with StoreUnavailable, on a thread of its own, while what would do it is held up.

    ``held_up_since`` returns since when (``time.monotonic``) another process is waited for, None if none is.
    """

    def __init__(self, held_up_since: Callable[[], float | None]) -> None:
        self._held_up_since = held_up_since
        self._waiting: SimpleQueue[Waiting | None] = SimpleQueue()
        self.watch: Callable[[Waiting], None] = self._waiting.put
        """Have work watched, which must be given in the order of the deadlines; never blocks."""
        self._closing = Event()
        self._thread = Thread(target=self._watch, name="group-commit-deadlines", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End once all that is watched has begun or failed."""
        self._waiting.put(None)
        self._closing.set()
        self._thread.join()

    def _watch(self) -> None:
        while (work := self._waiting.get()) is not None:
            while not work.taken.locked():
                now = monotonic()
                since = self._held_up_since()
                if since is not None and now >= max(work.deadline, since + _STEP_SECONDS) and work.take():
                    work.settle(StoreUnavailable("the store is locked by another process"))
                elif self._closing.wait(_STEP_SECONDS):
                    sleep(_STEP_SECONDS / 10)
