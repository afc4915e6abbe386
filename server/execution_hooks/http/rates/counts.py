"""Who counts requests: this process, or one that cannot always be reached, with this process in its place."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:  # limits takes a while to import, and few set a rate
    from collections.abc import Callable

    from limits import RateLimitItem
    from structlog.typing import FilteringBoundLogger

PAUSE_SECONDS = 1.0
"""How long counts that failed are left alone before a request tries them again."""


class Count(NamedTuple):
    """What is known of a key after a request.

    ``admitted`` tells whether the request was within the limit, and so was counted; ``left`` how many more
    are within it; ``reset`` when the oldest that counts no longer will, in seconds since the epoch.
    """

    admitted: bool
    left: int
    reset: float


class CountsUnavailable(Exception):
    """Counts cannot be reached, or not in time. The message says why, in one line without secrets."""


class Counts(Protocol):
    """Counts requests by key over a moving window. It is called on the event loop, and never blocks it."""

    async def hit(self, limit: RateLimitItem, key: str) -> Count:
        """Count a request, unless it is one too many. May raise CountsUnavailable, within seconds."""

    async def close(self) -> None:
        """Let go of what it holds."""


class OwnCounts:
    """Counts in the memory of this process."""

    def __init__(self) -> None:
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def hit(self, limit: RateLimitItem, key: str) -> Count:
        """See Counts."""
        admitted = self._limiter.hit(limit, key)
        stats = self._limiter.get_window_stats(limit, key)
        return Count(admitted, stats.remaining, stats.reset_time)

    async def close(self) -> None:
        """See Counts."""


class CountsWithFallback:
    """Counts in ``shared``, and while that is not available in ``own``: no request fails for it.

    Where ``shared`` has failed, it is tried again by one request a second. The ``log`` has a line when it
    fails, and one when it is back; ``on_fallback`` is called for each request that was counted in ``own``.
    """

    def __init__(
        self,
        shared: Counts,
        own: Counts,
        log: FilteringBoundLogger,
        on_fallback: Callable[[], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shared = shared
        self._own = own
        self._log = log
        self._on_fallback = on_fallback
        self._now = now
        self._failing = False
        self._try_again_at = 0.0

    async def hit(self, limit: RateLimitItem, key: str) -> Count:
        """See Counts. Raises nothing if ``own`` does not."""
        if self._tries():
            try:
                count = await self._shared.hit(limit, key)
            except CountsUnavailable as error:
                self._pause()
                self._note(failing=True, reason=str(error))
            else:
                self._note(failing=False)
                return count
        self._on_fallback()
        return await self._own.hit(limit, key)

    async def close(self) -> None:
        """See Counts."""
        await self._shared.close()
        await self._own.close()

    def _tries(self) -> bool:
        if not self._failing:
            return True
        if self._now() < self._try_again_at:
            return False
        self._pause()  # for the requests that come while this one waits
        return True

    def _pause(self) -> None:
        self._try_again_at = self._now() + PAUSE_SECONDS

    def _note(self, *, failing: bool, **known: str) -> None:
        if failing is not self._failing:
            self._failing = failing
            self._log.warning(f"rates are {'not ' if failing else ''}shared", **known)
