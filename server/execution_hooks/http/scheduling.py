"""How requests share the process: how many are worked on at once, and on which thread."""

import asyncio
import inspect
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any, ParamSpec, Protocol, TypeVar

from execution_hooks.http.request_context import RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

P = ParamSpec("P")
T = TypeVar("T")

_PIECES_AT_ONCE = 2
"""Of how many lists the next piece is made at once. Lists that have begun are not counted as in flight, and
would keep the threads, and the interpreter, from others."""
_SHARE = 3
"""How many times the places that are free one account may hold. A dynamic threshold: it asks for no setting,
and leaves a quarter of all places to others when one account takes what it can get, a seventh when two do."""


class Scheduling:
    """Runs handlers, look-ups and writes.

    A handler that is a plain function runs on a worker thread: it may read much, and match. One that is
    ``async def`` runs on the event loop; what it asks of the store goes through ``look_up`` and ``write``.
    These run there, too, unless they would wait for the store, and raise BlockingIOError: it is a server, and
    they are called again on a worker thread. So until then they must have changed nothing.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
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
        try:
            return call(*arguments)
        except BlockingIOError:
            return await self.on_thread(call, *arguments)

    def write(self, submit: Callable[P, Future[T]], *arguments: P.args, **named: P.kwargs) -> Awaitable[T]:
        """Write something; what is returned has the result once it is durable.

        A request that is cancelled meanwhile undoes nothing: the writer continues.
        """
        try:
            pending = submit(*arguments, **named)
        except BlockingIOError:
            return self._write_on_thread(partial(submit, *arguments, **named))
        return asyncio.wrap_future(pending)

    async def _write_on_thread(self, submit: Callable[[], Future[T]]) -> T:
        return await asyncio.wrap_future(await self.on_thread(submit))

    async def next_piece(self, pieces: Iterator[bytes]) -> bytes:
        """Make the next piece of a list; empty after the last."""
        async with self._making_pieces:
            return await self.on_thread(next, pieces, b"")


def may_take(*, held: int, free: int) -> bool:
    """Return whether an account that holds some places may take another, while some are free."""
    return held < _SHARE * free


class Places(Protocol):
    """Places that requests take while they are in flight. Used on the event loop, which it never blocks."""

    def take(self, account_id: str) -> bool:
        """Take a place for an account; return whether it got one."""

    def give_back(self, account_id: str) -> None:
        """Give back a place that an account took in this process."""

    def taken(self) -> int:
        """Return how many places are taken by this process."""


class OwnPlaces:
    """The ``most`` places of one process."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._held: Counter[str] = Counter()

    def take(self, account_id: str) -> bool:
        """See Places."""
        if not may_take(held=self._held[account_id], free=self._free):
            return False
        self._free -= 1
        self._held[account_id] += 1
        return True

    def give_back(self, account_id: str) -> None:
        """See Places."""
        self._free += 1
        self._held[account_id] -= 1
        if not self._held[account_id]:
            del self._held[account_id]

    def taken(self) -> int:
        """See Places."""
        return self._held.total()


class Admission:
    """Admits requests while there are places, and leaves some to other accounts.

    A request is in flight from when it is whole until its response begins. While it waits for its body, or
    its response for being read, it costs next to nothing, and slow clients must not exhaust the limit.
    An account is refused while it holds three times as many places as are free, so that one that sends more
    than the server can do does not keep the others out.
    """

    def __init__(self, places: Places) -> None:
        self._places = places
        self.in_flight = places.taken

    def check(self, context: RequestContext) -> None:
        """Admit a request until it is told to ``leave``. Raises ProblemError (503) if there are too many."""
        account_id = context.caller.account_id
        if not self._places.take(account_id):
            raise ProblemError(problems.TOO_MANY_IN_FLIGHT)
        context.leave = partial(self._places.give_back, account_id)
