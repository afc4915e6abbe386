"""PostgreSQL: a database opened with a limit for every wait."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
from sqlalchemy import Engine, NullPool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import InvalidatePoolError

from execution_hooks.store.bounded_connection import BoundedAsyncConnection, BoundedConnection
from execution_hooks.store.loop_connection import READ_ONLY, LoopConnection
from execution_hooks.store.migrate import migrate

_CONNECT_SECONDS = 5
_STATEMENT_SECONDS = 5
"""How long a statement may take, without its wait for locks."""
_MIGRATION_SECONDS = 600
_GROUP_LOCK_SECONDS = 0.1
"""How long a lock may keep waiting those who did not ask for it."""
_GRACE_SECONDS = 1
"""How much longer than a statement may take its result is waited for: the server should end it first."""


class UnsupportedEncoding(Exception):
    """The database keeps text in another encoding than UTF-8."""


@dataclass(frozen=True)
class Engines:
    """How a database is reached: to read, to write alone, and to write what waits in one transaction.

    The last has one connection, and waits for locks no longer than others can be kept waiting.
    """

    reading: Engine
    writing: Engine
    grouping: Engine


def open_engines(url: URL, lock_wait_seconds: float, connections: int) -> Engines:
    """Open a database and bring its tables up to date.

    Raises UnsupportedEncoding, NewerTables and SQLAlchemy's DBAPIError.
    """
    engine = _pooled(url, lock_wait_seconds, connections)
    try:
        engine.connect().close()  # within the usual limits; a migration has wider ones
        migrating = _engine(url, _MIGRATION_SECONDS, _MIGRATION_SECONDS, poolclass=NullPool)
        migrate(migrating)
    except BaseException:
        engine.dispose()
        raise
    reading = engine.execution_options(isolation_level="AUTOCOMMIT")
    return Engines(reading, engine, _pooled(url, min(lock_wait_seconds, _GROUP_LOCK_SECONDS), 1))


def _pooled(url: URL, lock_seconds: float, connections: int) -> Engine:
    pool = {"pool_size": connections, "max_overflow": 0, "pool_timeout": _CONNECT_SECONDS}
    engine = _engine(url, lock_seconds, lock_seconds + _STATEMENT_SECONDS, **pool)
    event.listen(engine, "checkout", _check_alive)
    event.listen(engine, "handle_error", _drop_read_only)
    return engine


class LoopConnections:
    """The connections to a database that an event loop uses, each for one purpose."""

    def __init__(self, url: URL, lock_wait_seconds: float) -> None:
        self._url = url
        self._lock_seconds = lock_wait_seconds
        self._all: list[LoopConnection] = []

    def for_reading(self) -> LoopConnection:
        """Make one that waits for locks as long as one may."""
        return self._made(self._lock_seconds)

    def for_writing(self) -> LoopConnection:
        """Make one that waits for locks no longer than others can be kept waiting."""
        return self._made(min(self._lock_seconds, _GROUP_LOCK_SECONDS))

    def in_use(self) -> int:
        """Return how many of them wait for the server at this moment."""
        return sum(connection.in_use for connection in self._all)

    def close(self) -> None:
        """Close them. The event loop must have ended."""
        for connection in self._all:
            connection.close()

    def _made(self, lock_seconds: float) -> LoopConnection:
        self._all.append(LoopConnection(partial(_connected_on_loop, self._url, lock_seconds)))
        return self._all[-1]


async def _connected_on_loop(url: URL, lock_seconds: float) -> BoundedAsyncConnection:
    statement_seconds = lock_seconds + _STATEMENT_SECONDS
    _, named = url.get_dialect()().create_connect_args(url)
    named.update(_driver_arguments(url, lock_seconds, statement_seconds))
    connection = await BoundedAsyncConnection.connect(autocommit=True, **named)
    connection.response_seconds = statement_seconds + _GRACE_SECONDS
    _check_encoding(connection)
    return connection


def _engine(url: URL, lock_seconds: float, statement_seconds: float, **options: Any) -> Engine:  # noqa: ANN401
    driver = _driver_arguments(url, lock_seconds, statement_seconds)
    engine = create_engine(url, connect_args=driver, use_native_hstore=False, **options)

    def connect(_dialect: object, _record: object, arguments: Any, named: Any) -> BoundedConnection:  # noqa: ANN401
        connection = BoundedConnection.connect(*arguments, **named)
        connection.response_seconds = statement_seconds + _GRACE_SECONDS
        _check_encoding(connection)
        return connection

    event.listen(engine, "do_connect", connect)
    return engine


def _driver_arguments(url: URL, lock_seconds: float, statement_seconds: float) -> dict[str, Any]:
    """Return what a connection is opened with, beside what the URL says."""
    milliseconds = {
        "lock_timeout": lock_seconds * 1000,
        "statement_timeout": statement_seconds * 1000,
        "idle_in_transaction_session_timeout": statement_seconds * 1000,
    }
    # Zero would be no limit. Isolation is pinned, for some databases have another default.
    settings = [f"-c {name}={max(1, round(value))}" for name, value in milliseconds.items()]
    settings.append(r"-c default_transaction_isolation=read\ committed")
    given = url.query.get("options", ())
    before = [given] if isinstance(given, str) else list(given)
    return {
        "options": " ".join([*before, *settings]),
        "connect_timeout": _CONNECT_SECONDS,
        "client_encoding": "utf8",
    }


def _check_alive(connection: BoundedConnection, _record: object, _proxy: object) -> None:
    """Make the pool replace all its connections when one of them is dead or the server is silent."""
    try:
        connection.ping()
    except psycopg.Error as error:
        raise InvalidatePoolError from error


def _drop_read_only(context: ExceptionContext) -> None:
    """Drop a connection whose server takes no writes: that of another one might."""
    if getattr(context.original_exception, "sqlstate", None) == READ_ONLY:
        context.is_disconnect = True


def _check_encoding(connection: BoundedConnection | BoundedAsyncConnection) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        connection.pgconn.finish()
        raise UnsupportedEncoding(f"the database's encoding is {encoding}, but must be UTF8")
