"""Reading one row from a PostgreSQL server."""

from collections.abc import Mapping
from typing import Any, cast

import psycopg
from sqlalchemy import Select
from sqlalchemy.exc import DBAPIError

from execution_hooks.store.bounded_connection import BoundedConnection
from execution_hooks.store.reader import DriverReader, Row


class PostgreSQLReader(DriverReader):
    """Reads on connections that nobody checks before: where one turns out to be gone, a new one is asked."""

    def first(self, query: Select[Any], parameters: Mapping[str, Any]) -> Row | None:
        """See Reader."""
        text = self._text(query)
        try:
            return self._first(text, parameters)
        except psycopg.Error as error:
            raise DBAPIError(text, None, error) from error

    def _first(self, text: str, parameters: Mapping[str, Any]) -> Row | None:
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
        """Open a connection by the engine, and take it out of its pool."""
        pooled = self._engine.raw_connection()
        connection = cast("BoundedConnection", pooled.dbapi_connection)
        pooled.detach()
        connection.set_autocommit(True)
        return connection

    def _drop(self, connection: BoundedConnection) -> None:
        self._mine.connection = None
        self._all.discard(connection)


def _asked(connection: BoundedConnection, text: str, parameters: Mapping[str, Any]) -> Row | None:
    with connection.cursor() as cursor:
        return cursor.execute(text.encode(), parameters, prepare=True).fetchone()
