"""Statements that are made once and run as often as once a request, by the driver alone where that pays.

A look-up in a local file takes some microseconds; a connection from the pool and SQLAlchemy's machinery
around it took ten times that, a fifth of a whole request. On a server, they took as long as the look-up.
"""

import sqlite3
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

import orjson
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Executable,
    Select,
    any_,
    bindparam,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from execution_hooks.store.writer import store_failure

Row = Sequence[Any]
Parameters = Mapping[str, Any]


def first_row(connection: Connection, statement: Executable, parameters: Parameters) -> Row | None:
    """Run a statement that returns at most one row, in a transaction; return the row, None if there is none.

    SQLite's driver runs it alone: SQLAlchemy's own way would take as long again as SQLite does. Raises
    SQLAlchemy's DBAPIError.
    """
    if connection.dialect.name != "sqlite":
        return connection.execute(statement, parameters).first()
    return _prepared(statement, connection.dialect).first(connection.connection.dbapi_connection, parameters)


def run(connection: Connection, statement: Executable, parameters: Parameters) -> None:
    """Run a statement that returns no row, as ``first_row`` does."""
    if connection.dialect.name != "sqlite":
        connection.execute(statement, parameters)
    else:
        first_row(connection, statement, parameters)


def first_named(
    connection: Connection, query: Select[Any], parameters: Parameters
) -> Mapping[str, Any] | None:
    """Run a query as ``first_row`` does; return the row by the names of its columns, as Python's types."""
    if connection.dialect.name != "sqlite":
        found = connection.execute(query, parameters).first()
        return None if found is None else dict(found._mapping)  # noqa: SLF001 SQLAlchemy's public name
    row = first_row(connection, query, parameters)
    return None if row is None else named(query, connection.dialect, row)


class _Prepared:
    """A statement as SQLite's driver takes it: its text, and how its parameters are converted."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:  # noqa: ANN401 any that can be compiled
        compiled = statement.compile(dialect=dialect)
        self._text = str(compiled)
        self._literals = {name: value for name, value in compiled.params.items() if value is not None}
        types = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
        converters = {name: type_.bind_processor(dialect) for name, type_ in types.items()}
        self._converters = [(name, convert) for name, convert in converters.items() if convert]

    def first(self, driver: Any, parameters: Parameters) -> Row | None:  # noqa: ANN401 the driver's connection
        bound = {**self._literals, **parameters}
        for name, convert in self._converters:
            bound[name] = convert(bound[name])
        try:
            # All that there is, for a statement that is not read to its end would hold its transaction open.
            rows: list[Row] = driver.execute(self._text, bound).fetchall()
        except sqlite3.Error as error:
            raise DBAPIError.instance(self._text, None, error, sqlite3.Error) from error
        return rows[0] if rows else None


def json_text(value: object) -> str:
    """Write a parameter that is kept as JSON."""
    return orjson.dumps(value).decode()


_prepared = lru_cache(maxsize=64)(_Prepared)
"""Each statement is made once, and there are two dozen; a process may open several stores."""


def named(query: Select[Any], dialect: Dialect, row: Row) -> Mapping[str, Any]:
    """Return the driver's values of a query's row by the names of their columns, as Python's types."""
    columns = zip(_result_columns(query, dialect), row, strict=True)
    return {name: value if convert is None else convert(value) for (name, convert), value in columns}


@lru_cache(maxsize=64)
def _result_columns(
    query: Select[Any], dialect: Dialect
) -> Sequence[tuple[str, Callable[[Any], Any] | None]]:
    """Return for each column of a query its name, and what converts the driver's values, if any does."""
    return [
        (str(column.key), column.type.dialect_impl(dialect).result_processor(dialect, None))
        for column in query.selected_columns
    ]


class LookUp:
    """A query for the row of a ``key``, which is a column, as it is asked for one key and for many.

    ``one`` takes ``key``, ``many`` takes ``keys``, and has the key as the last column of its rows.
    """

    def __init__(self, key: ColumnElement[Any], query: Select[Any]) -> None:
        self.one = query.where(key == bindparam("key", type_=key.type))
        keys = bindparam("keys", type_=ARRAY(key.type))
        self.many = query.add_columns(key).where(key == any_(keys))


class Reader(Protocol):
    """Runs queries that are made once and asked often, and return at most one row.

    Rows are in the driver's own types, and what is read is all that is committed.
    """

    def first(self, query: Select[Any], parameters: Parameters) -> Row | None:
        """Return the query's row; None if there is none.

        Raises StoreUnavailable or StoreDamaged; BlockingIOError on an event loop, if it would wait.
        """

    async def look_up(self, look_up: LookUp, key: Hashable) -> Row | None:
        """Return the row of a key, on an event loop. Raises as ``first`` does, but for the last."""

    def close(self) -> None:
        """Close connections. No thread may read any more."""


class DriverReader:
    """What readers share: each thread's connection."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._mine = threading.local()
        self._all: set[Any] = set()

    def close(self) -> None:
        """See Reader."""
        for connection in self._all:
            connection.close()

    def _connection(self) -> Any:  # noqa: ANN401 the driver's
        connection = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._mine.connection = self._opened()
            self._all.add(connection)
        return connection

    def _opened(self) -> Any:  # noqa: ANN401 the driver's
        """Open a connection by the engine, and take it out of its pool."""
        pooled = self._engine.raw_connection()
        connection = pooled.dbapi_connection
        pooled.detach()
        return connection


class SQLiteReader(DriverReader):
    """Reads from a file. ``check`` raises StoreUnavailable if what is read would not be the store."""

    def __init__(self, engine: Engine, check: Callable[[], None]) -> None:
        super().__init__(engine)
        self._check = check

    def first(self, query: Select[Any], parameters: Parameters) -> Row | None:
        """See Reader."""
        self._check()
        try:
            driver = getattr(self._mine, "connection", None) or self._connection()
            return _prepared(query, self._engine.dialect).first(driver, parameters)
        except (DBAPIError, PoolTimeout) as error:
            raise store_failure(error) from error

    async def look_up(self, look_up: LookUp, key: Hashable) -> Row | None:
        """See Reader."""
        return self.first(look_up.one, {"key": key})
