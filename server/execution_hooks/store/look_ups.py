"""Rows of one key each, looked up together on the event loop, on a PostgreSQL server."""

import asyncio
from collections.abc import Hashable, Mapping

import psycopg
from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError

from execution_hooks.store.batches import Batches
from execution_hooks.store.loop_connection import LoopConnection
from execution_hooks.store.statements import LookUp, Row
from execution_hooks.store.writer import store_failure

_MOST_KEYS = 1000
"""How many keys are looked up at once."""

_Asked = tuple[Hashable, asyncio.Future[Row | None]]


class LookUps:
    """Looks up by one query all keys that wait.

    A key is looked up after it was asked for, so that all is seen that was committed before.
    """

    def __init__(self, look_up: LookUp, dialect: Dialect, connection: LoopConnection) -> None:
        self._text = str(look_up.many.compile(dialect=dialect))
        self._connection = connection
        self._batches = Batches(self._look_up, largest=_MOST_KEYS)

    async def row(self, key: Hashable) -> Row | None:
        """Return the row of a key; None if there is none. Raises StoreUnavailable or StoreDamaged."""
        row: asyncio.Future[Row | None] = asyncio.get_running_loop().create_future()
        self._batches.add((key, row))
        return await row

    async def _look_up(self, asked: list[_Asked]) -> None:
        try:
            found = await self._found({key for key, _ in asked})
        except Exception as error:  # noqa: BLE001 whatever failed, every request must get it
            for _, row in asked:
                if not row.done():  # as it is where the request was cancelled
                    row.set_exception(error)
            return
        for key, row in asked:
            if not row.done():
                row.set_result(found.get(key))

    async def _found(self, keys: set[Hashable]) -> Mapping[Hashable, Row]:
        try:
            rows = await self._connection.read(self._text.encode(), {"keys": list(keys)})
        except psycopg.Error as error:
            raise store_failure(DBAPIError(self._text, None, error)) from error
        return {row[-1]: row[:-1] for row in rows}
