"""A connection to PostgreSQL on which every wait ends."""

import time
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg

T = TypeVar("T")

_PING_SECONDS = 2


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that waits for the server for a limited time, and is closed when that is over.

    The server's own limits do not help where it is silent: a stopped process, whose connections the
    kernel still keeps up, or a network that loses what is sent.
    """

    response_seconds = float("inf")
    silent = False
    """Whether it was closed because the server took too long."""

    def wait(self, gen: Generator[Any, Any, T], *args: Any, **named: Any) -> T:  # noqa: ANN401 psycopg's
        """Run what talks to the server. Raises OperationalError if that takes too long."""
        try:
            return super().wait(_bounded(gen, time.monotonic() + self.response_seconds), *args, **named)
        except _Silent:
            self.silent = True
            self.close()
            reason = f"the server did not respond within {self.response_seconds:g} seconds"
            raise psycopg.OperationalError(reason) from None

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


class _Silent(Exception):
    pass


def _bounded(gen: Generator[Any, Any, T], deadline: float) -> Generator[Any, Any, T]:
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
