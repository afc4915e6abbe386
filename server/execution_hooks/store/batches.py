"""What is asked of a server on the event loop: together, one exchange after another."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Batches(Generic[T]):
    """Does together what was asked for while it did the batch before, ``largest`` at most.

    An exchange with a server costs this process little more for many than for one. ``do`` is called on the
    event loop, for one batch at a time, and raises nothing.
    """

    def __init__(self, do: Callable[[list[T]], Awaitable[None]], *, largest: int = 64) -> None:
        self._do = do
        self._largest = largest
        self._waiting: list[T] = []
        self._doing: asyncio.Task[None] | None = None

    def add(self, item: T) -> None:
        """Have it done in a batch that has not begun. To be called on the event loop."""
        self._waiting.append(item)
        if self._doing is None:
            self._doing = asyncio.get_running_loop().create_task(self._do_all())

    async def _do_all(self) -> None:
        try:
            while batch := self._waiting[: self._largest]:
                del self._waiting[: self._largest]
                await self._do(batch)
        finally:
            self._doing = None


def on_event_loop() -> bool:
    """Return whether an event loop runs the caller, who must not wait then."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def refuse_to_block() -> None:
    """Raise BlockingIOError on an event loop: what comes next waits for a server."""
    if on_event_loop():
        raise BlockingIOError("a database server is waited for on a worker thread only")
