"""Connections to PostgreSQL on which every wait ends."""

import time
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg

T = TypeVar("T")

_PING_SECONDS = 2


class _Bounded:
    """A connection that waits for the server for a limited time, and is closed when that is over.

    The server's own limits do not help where it is silent: a stopped process, whose connections the
    kernel still keeps up, or a network that loses what is sent.
    """

    pgconn: psycopg.pq.abc.PGconn
    response_seconds = float("inf")
    silent = False
    """Whether it was closed because the server took too long."""

    def _bounded(self, gen: Generator[Any, Any, T]) -> Generator[Any, Any, T]:
        return _until(gen, time.monotonic() + self.response_seconds)

    def _given_up(self) -> psycopg.OperationalError:
        self.silent = True
        self.pgconn.finish()
        return psycopg.OperationalError(
            f"the server did not respond within {self.response_seconds:g} seconds"
        )


class BoundedConnection(_Bounded, psycopg.Connection[Any]):
    """A connection on which a thread waits for a limited time."""

    def wait(self, gen: Generator[Any, Any, T], *args: Any, **named: Any) -> T:  # noqa: ANN401 psycopg's
        """Run what talks to the server. Raises OperationalError if that takes too long."""
        try:
            return super().wait(self._bounded(gen), *args, **named)
        except _Silent:
            raise self._given_up() from None

    def ping(self) -> None:
        """Check that the server responds, at once. Raises OperationalError."""
        usual, self.response_seconds = self.response_seconds, _PING_SECONDS
        autocommit = self.autocommit
        try:
            self.set_autocommit(True)
            self.execute(b"")
            self.set_autocommit(autocommit)
        finally:
            self.response_seconds = usual


class BoundedAsyncConnection(_Bounded, psycopg.AsyncConnection[Any]):
    """A connection on which a task of the event loop waits for a limited time."""

    async def wait(self, gen: Generator[Any, Any, T], *args: Any, **named: Any) -> T:  # noqa: ANN401 psycopg's
        """Run what talks to the server. Raises OperationalError if that takes too long."""
        try:
            return await super().wait(self._bounded(gen), *args, **named)
        except _Silent:
            raise self._given_up() from None


class _Silent(Exception):
    pass


def _until(gen: Generator[Any, Any, T], deadline: float) -> Generator[Any, Any, T]:
    """Do as a generator of psycopg's does, which is resumed at least every tenth of a second."""
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if time.monotonic() >= deadline:
                raise _Silent
            wanted = gen.send(ready)
    except StopIteration as end:
        result: T = end.value
        return result
