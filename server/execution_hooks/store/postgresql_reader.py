"""Reading one row from a PostgreSQL server, on a thread that may wait or on the event loop."""

from collections.abc import Hashable
from typing import Any, cast

import psycopg
from sqlalchemy import Engine, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from execution_hooks.store.batches import refuse_to_block
from execution_hooks.store.bounded_connection import BoundedConnection
from execution_hooks.store.look_ups import LookUps
from execution_hooks.store.postgresql import LoopConnections
from execution_hooks.store.statements import DriverReader, LookUp, Parameters, Row
from execution_hooks.store.writer import store_failure


class PostgreSQLReader(DriverReader):
    """Reads on connections that nobody checks before: where one turns out to be gone, a new one is asked."""

    def __init__(self, engine: Engine, connections: LoopConnections) -> None:
        super().__init__(engine)
        self._connections = connections
        self._texts: dict[Select[Any], str] = {}
        self._look_ups: dict[LookUp, LookUps] = {}

    def first(self, query: Select[Any], parameters: Parameters) -> Row | None:
        """See Reader."""
        refuse_to_block()
        text = self._texts.get(query) or self._texts.setdefault(query, str(query.compile(self._engine)))
        try:
            return self._first(text, parameters)
        except psycopg.Error as error:
            raise store_failure(DBAPIError(text, None, error)) from error
        except (DBAPIError, PoolTimeout) as error:  # of a connection that cannot be opened
            raise store_failure(error) from error

    async def look_up(self, look_up: LookUp, key: Hashable) -> Row | None:
        """See Reader."""
        together = self._look_ups.get(look_up)
        if together is None:
            together = LookUps(look_up, self._engine.dialect, self._connections.for_reading())
            self._look_ups[look_up] = together
        return await together.row(key)

    def _first(self, text: str, parameters: Parameters) -> Row | None:
        kept: BoundedConnection = self._connection()
        try:
            return _asked(kept, text, parameters)
        except psycopg.Error:
            if not kept.closed:
                raise
            self._drop(kept)
            if kept.silent:  # so a new one would be
                raise
        return _asked(self._connection(), text, parameters)

    def _opened(self) -> BoundedConnection:
        connection = cast("BoundedConnection", super()._opened())
        connection.set_autocommit(True)
        return connection

    def _drop(self, connection: BoundedConnection) -> None:
        self._mine.connection = None
        self._all.discard(connection)


def _asked(connection: BoundedConnection, text: str, parameters: Parameters) -> Row | None:
    with connection.cursor() as cursor:
        return cursor.execute(text.encode(), parameters, prepare=True).fetchone()
