"""Reading one row, as often as once a request: by the driver alone, on a connection kept for each thread.

A look-up in a local file takes some microseconds; a connection from the pool and SQLAlchemy's machinery
around it took ten times that, a fifth of a whole request. On a server, they took as long as the look-up.
"""

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any, Protocol

from sqlalchemy import Engine, Select
from sqlalchemy.exc import DBAPIError

Row = Sequence[Any]


class Reader(Protocol):
    """Runs queries that are made once and asked often."""

    def first(self, query: Select[Any], parameters: Mapping[str, Any]) -> Row | None:
        """Return the query's first row, in the driver's own types; None if there is none.

        It sees all that is committed. Raises SQLAlchemy's DBAPIError.
        """

    def close(self) -> None:
        """Close connections. No thread may read any more."""


class DriverReader:
    """What readers share: the text of each query, and each thread's connection."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._texts: dict[Select[Any], str] = {}
        self._mine = threading.local()
        self._all: set[Any] = set()

    def close(self) -> None:
        """See Reader."""
        for connection in self._all:
            connection.close()

    def _text(self, query: Select[Any]) -> str:
        return self._texts.get(query) or self._texts.setdefault(query, str(query.compile(self._engine)))

    def _connection(self) -> Any:  # noqa: ANN401 the driver's
        connection = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._mine.connection = self._opened()
            self._all.add(connection)
        return connection

    def _opened(self) -> Any:  # noqa: ANN401 the driver's
        return self._engine.raw_connection()


class SQLiteReader(DriverReader):
    """Reads from a file."""

    def first(self, query: Select[Any], parameters: Mapping[str, Any]) -> Row | None:
        """See Reader."""
        text = self._text(query)
        try:
            with closing(self._connection().cursor()) as cursor:
                row: Row | None = cursor.execute(text, parameters).fetchone()
        except sqlite3.Error as error:
            raise DBAPIError(text, None, error) from error
        return row
