"""Where code runs: on the event loop, or on a worker thread. One policy for every operation."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_PIECES_AT_ONCE = 2
"""Of how many lists the next piece is made at once. Lists that have begun are not counted as in flight, and
would keep the threads, and the interpreter, from others."""


class Scheduling:
    """Runs handlers, look-ups and writes.

    A handler that is a plain function runs on a worker thread: it may read much, and match. One that is
    ``async def`` runs on the event loop; what it asks of the store goes through ``look_up`` and ``write``.
    These run in place where the store is a local file, whose readers never wait, and on a worker thread
    where ``store_waits``, because it is a server.
    """

    def __init__(self, executor: Executor, *, store_waits: bool) -> None:
        self._executor = executor
        self._store_waits = store_waits
        self._making_pieces = asyncio.Semaphore(_PIECES_AT_ONCE)

    def runner(self, handler: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
        """Decide, once, how a handler is called."""
        return handler if inspect.iscoroutinefunction(handler) else partial(self.on_thread, handler)

    async def on_thread(self, call: Callable[..., T], *arguments: object, **named: object) -> T:
        """Call a function on a worker thread."""
        bound = partial(call, *arguments, **named)
        return await asyncio.get_running_loop().run_in_executor(self._executor, bound)

    async def look_up(self, call: Callable[..., T], *arguments: object) -> T:
        """Call a function that reads a row of the store."""
        if self._store_waits:
            return await self.on_thread(call, *arguments)
        return call(*arguments)

    async def write(self, submit: Callable[P, Future[T]], *arguments: P.args, **named: P.kwargs) -> T:
        """Write something; return the result once it is durable.

        A request that is cancelled meanwhile undoes nothing: the writer continues.
        """
        if self._store_waits:
            outcome = await self.on_thread(submit, *arguments, **named)
        else:
            outcome = submit(*arguments, **named)
        return await asyncio.shield(asyncio.wrap_future(outcome))

    def write_later(self, submit: Callable[[T], object], work: T) -> None:
        """Begin to write something that nobody waits for, and whose failure nobody hears of."""
        if self._store_waits:
            self._executor.submit(submit, work)
        else:
            submit(work)

    async def next_piece(self, pieces: Iterator[bytes]) -> bytes:
        """Make the next piece of a list; empty after the last."""
        async with self._making_pieces:
            return await self.on_thread(next, pieces, b"")
