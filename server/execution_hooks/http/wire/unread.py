"""Unread responses, over all connections: none waits forever, and all are bounded."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

from execution_hooks.http.wire.limits import ConnectionLimits

_LONGEST_CHECK_SECONDS = 1.0
_AFTER_OVERFLOW = 0.9
"""To what part of the limit unread bytes are brought down, so that not every write exceeds it again."""


class Output(Protocol):
    """What one connection has to send."""

    def unread(self) -> int:
        """Return how many bytes wait in this process for the client."""

    def taken(self) -> int:
        """Return a count that grows by the bytes that the client's system takes."""

    def abort(self) -> None:
        """Close the connection at once, and drop what waits."""


@dataclass(slots=True)
class _Progress:
    taken: int
    since: float
    unread: int


class UnreadResponses:
    """Watches connections with unread output; aborts those that make no progress, or exceed the limit.

    One object for all connections of a server; to be used on its event loop only.
    """

    def __init__(self, limits: ConnectionLimits) -> None:
        self._limits = limits
        self._watched: dict[Output, _Progress] = {}
        self._total = 0
        self._check_seconds = min(_LONGEST_CHECK_SECONDS, limits.unread_seconds / 10)
        self._next_check: asyncio.TimerHandle | None = None

    def watch(self, output: Output, unread: int) -> None:
        """Record that a connection was given something to send, and how much it has unread now."""
        progress = self._watched.get(output)
        if progress is None:
            loop = asyncio.get_running_loop()
            progress = self._watched[output] = _Progress(output.taken(), loop.time(), 0)
            if self._next_check is None:
                self._next_check = loop.call_later(self._check_seconds, self._check)
        self._total += unread - progress.unread
        progress.unread = unread
        if self._total > self._limits.all_unread_bytes:
            self._reduce()

    def forget(self, output: Output) -> None:
        """Watch a connection no longer, since it is closed."""
        if (progress := self._watched.pop(output, None)) is not None:
            self._total -= progress.unread

    def _check(self) -> None:
        self._measure()
        late = asyncio.get_running_loop().time() - self._limits.unread_seconds
        for output in [output for output, progress in self._watched.items() if progress.since <= late]:
            self._abort(output)
        self._next_check = None
        if self._watched:
            self._next_check = asyncio.get_running_loop().call_later(self._check_seconds, self._check)

    def _measure(self) -> None:
        """See what clients have taken since the last time."""
        now = asyncio.get_running_loop().time()
        for output, progress in list(self._watched.items()):
            unread = output.unread()
            if not unread:
                self.forget(output)
                continue
            taken = output.taken()
            if taken - progress.taken >= self._limits.progress_bytes:
                progress.taken, progress.since = taken, now
            self._total += unread - progress.unread
            progress.unread = unread

    def _reduce(self) -> None:
        """Abort connections until enough is free, those first that have made no progress for longest."""
        self._measure()
        if self._total <= self._limits.all_unread_bytes:
            return
        for output, _ in sorted(self._watched.items(), key=lambda item: (item[1].since, -item[1].unread)):
            if self._total <= self._limits.all_unread_bytes * _AFTER_OVERFLOW:
                break
            self._abort(output)

    def _abort(self, output: Output) -> None:
        self.forget(output)
        output.abort()
