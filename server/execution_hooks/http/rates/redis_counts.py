"""Counts in Redis, which any number of servers share. Needs the extra ``redis``."""

import asyncio
import re

from limits import RateLimitItem
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from execution_hooks.http.rates.counts import Count, CountsUnavailable

LONGEST_WAIT_SECONDS = 2.0
"""For a connection, a new one too, and both commands of a request together."""
_CONNECTIONS = 8
"""Enough, since a request has one for a millisecond. Each reads the trusted certificates anew, for TLS."""
_URI = re.compile(r"rediss?://[^/?#]+(/\d*)?(\?[^#]*)?")


class RedisCounts:
    """Counts in the Redis at a URI, as ``redis://:PASSWORD@HOST:6379/0``, or ``rediss://`` with TLS.

    Nothing is connected before the first request. Keys begin with ``execution-hooks``, and hold the digest of
    a token. Redis goes by the clocks of the servers. Raises ValueError for a URI that cannot be one.
    """

    def __init__(self, uri: str, seconds: float = LONGEST_WAIT_SECONDS) -> None:
        if not _URI.fullmatch(uri):
            raise ValueError("is not of the form redis://HOST:PORT/DATABASE")
        try:
            self._pool = ConnectionPool.from_url(uri)
            self._pool.make_connection()  # type: ignore[no-untyped-call]  # refuses unknown options; connects later
        except TypeError as error:
            raise ValueError("has an option that is unknown") from error
        storage = RedisStorage(
            uri,
            implementation="redispy",
            key_prefix="execution-hooks",
            connection_pool=self._pool,  # type: ignore[arg-type]  # as its documentation has it
        )
        self._limiter = MovingWindowRateLimiter(storage)
        self._seconds = seconds
        # The pool's own limit is not fair: a request that waits may wait for ever.
        self._turns = asyncio.Semaphore(_CONNECTIONS)

    async def hit(self, limit: RateLimitItem, key: str) -> Count:
        """See Counts."""
        try:
            async with asyncio.timeout(self._seconds), self._turns:
                admitted = await self._limiter.hit(limit, key)
                stats = await self._limiter.get_window_stats(limit, key)
        except TimeoutError as error:
            raise CountsUnavailable(f"Redis did not respond within {self._seconds:g} s") from error
        except (RedisError, OSError) as error:
            raise CountsUnavailable(f"Redis: {error}") from error
        return Count(admitted, stats.remaining, stats.reset_time)

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.aclose()
