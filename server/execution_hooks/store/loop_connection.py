"""A connection to PostgreSQL for the event loop."""

import select
from collections.abc import Awaitable, Callable

import psycopg

from execution_hooks.store.bounded_connection import BoundedAsyncConnection
from execution_hooks.store.statements import Parameters, Row

READ_ONLY = "25006"
"""SQLSTATE of a server that takes no writes: that of a new connection might."""

Connect = Callable[[], Awaitable[BoundedAsyncConnection]]
"""Opens a connection on which each statement is a transaction. Raises psycopg.Error."""


class LoopConnection:
    """A connection that one task at a time uses: opened when it is needed first, and when it was lost."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._kept: BoundedAsyncConnection | None = None
        self.in_use = False

    @property
    def is_lost(self) -> bool:
        """Return whether there is no connection any more, as when the server ended it."""
        return self._kept is None or self._kept.closed

    async def rows(self, statement: bytes, parameters: Parameters) -> list[Row]:
        """Run a statement, and return its rows once it is committed. Raises psycopg.Error."""
        self.in_use = True
        try:
            return await _rows(await self._opened(), statement, parameters)
        except psycopg.Error as error:
            if error.sqlstate == READ_ONLY:
                self.close()
            raise
        finally:
            self.in_use = False

    async def read(self, query: bytes, parameters: Parameters) -> list[Row]:
        """Do the same with a query, and ask again where the connection was lost meanwhile."""
        try:
            return await self.rows(query, parameters)
        except psycopg.Error:
            if not self._was_ended():
                raise
        return await self.rows(query, parameters)

    def _was_ended(self) -> bool:
        """Return whether the server ended the connection, and was not silent: it would be so on another."""
        return self._kept is not None and self._kept.closed and not self._kept.silent

    async def _opened(self) -> BoundedAsyncConnection:
        if self._kept is None or _has_ended(self._kept):
            self.close()
            self._kept = await self._connect()
        return self._kept

    def close(self) -> None:
        """Close the connection, if there is one. It must not be in use."""
        if self._kept is not None:
            self._kept.pgconn.finish()
            self._kept = None


async def _rows(connection: BoundedAsyncConnection, statement: bytes, parameters: Parameters) -> list[Row]:
    async with connection.cursor() as cursor:
        await cursor.execute(statement, parameters, prepare=True)
        return list(await cursor.fetchall())


def _has_ended(connection: BoundedAsyncConnection) -> bool:
    """Return whether a connection that nobody uses is closed, or its server has sent something: its end."""
    if connection.closed:
        return True
    arrived = select.poll()
    arrived.register(connection.fileno(), select.POLLIN)
    return bool(arrived.poll(0))
