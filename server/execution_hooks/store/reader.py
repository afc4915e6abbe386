"""Reading one row, as often as once a request."""

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
        """Close connections."""


class PooledReader:
    """Reads by SQLAlchemy's own way."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def first(self, query: Select[Any], parameters: Mapping[str, Any]) -> Row | None:
        """See Reader."""
        with self._engine.connect() as connection:
            return connection.execute(query, parameters).first()

    def close(self) -> None:
        """See Reader; the engine is its owner's to close."""


class SQLiteReader:
    """Reads by the driver alone, on a connection kept for each thread.

    A look-up in a local file takes some microseconds; a connection from the pool and SQLAlchemy's
    machinery around it took ten times that, a fifth of a whole request.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._texts: dict[Select[Any], str] = {}
        self._mine = threading.local()
        self._all: list[Any] = []

    def first(self, query: Select[Any], parameters: Mapping[str, Any]) -> Row | None:
        """See Reader."""
        text = self._texts.get(query) or self._compiled(query)
        try:
            with closing(self._cursor()) as cursor:
                row: Row | None = cursor.execute(text, parameters).fetchone()
        except sqlite3.Error as error:
            raise DBAPIError(text, None, error) from error
        return row

    def close(self) -> None:
        """See Reader. No thread may read any more."""
        for connection in self._all:
            connection.close()

    def _compiled(self, query: Select[Any]) -> str:
        return self._texts.setdefault(query, str(query.compile(self._engine)))

    def _cursor(self) -> Any:  # noqa: ANN401 the driver's
        connection = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._mine.connection = self._engine.raw_connection()
            self._all.append(connection)
        return connection.cursor()
