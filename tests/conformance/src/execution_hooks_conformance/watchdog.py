"""A limit on the time that a whole response takes, its head included, however it is sent."""

import time
from collections.abc import Callable
from threading import Thread

MOST_SECONDS = 30.0
"""Seconds from a request to the end of its response."""


class Watchdog:
    """Calls ``expired``, on a thread of its own, with what is waited for when that takes too long."""

    def __init__(
        self, expired: Callable[[str], None], most_seconds: float = MOST_SECONDS, every: float = 1
    ) -> None:
        self._expired = expired
        self._most_seconds = most_seconds
        self._every = every
        self._waiting: tuple[float, str] | None = None
        Thread(target=self._watch, daemon=True).start()

    def begin(self, request: str) -> None:
        """Note that the response to a request is waited for."""
        self._waiting = time.monotonic() + self._most_seconds, request

    def end(self) -> None:
        """Note that nothing is waited for."""
        self._waiting = None

    def _watch(self) -> None:
        while True:
            time.sleep(self._every)
            waiting = self._waiting
            if waiting and time.monotonic() > waiting[0]:
                self._waiting = None
                self._expired(waiting[1])
