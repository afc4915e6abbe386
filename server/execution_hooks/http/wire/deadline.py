"""The time that a client has to send what it has begun."""

import asyncio
from collections.abc import Callable


class Deadline:
    """Calls ``late`` when a time has passed, unless it is stopped before, or suspended."""

    def __init__(self, loop: asyncio.AbstractEventLoop, late: Callable[[], None]) -> None:
        self._loop = loop
        self._late = late
        self._seconds = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self.is_set = False
        """Whether something is waited for, even if the time is suspended."""

    def start(self, seconds: float) -> None:
        """Wait for so long from now, and for nothing else."""
        if self._timer is not None:
            self._timer.cancel()
        self.is_set, self._seconds = True, seconds
        self._timer = self._loop.call_later(seconds, self._late)

    def suspend(self) -> None:
        """Suspend the time limit until ``resume``, since it is not the client that is waited for."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def resume(self) -> None:
        """After ``suspend``, wait anew; the client could not send meanwhile."""
        if self._timer is None and self.is_set:
            self.start(self._seconds)

    def stop(self) -> None:
        """Wait no longer: all has come."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self.is_set = False
