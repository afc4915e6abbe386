"""PostgreSQL: a database opened with a limit for every wait, and writers that go side by side."""

import random
import time
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Engine, NullPool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import DBAPIError, InvalidatePoolError

from execution_hooks.store.bounded_connection import BoundedConnection
from execution_hooks.store.migrate import migrate
from execution_hooks.store.writer import Overtaken, Work, store_failure

T = TypeVar("T")

_CONNECT_SECONDS = 5
_STATEMENT_SECONDS = 5
"""How long a statement may take, without its wait for locks."""
_MIGRATION_SECONDS = 600
_GRACE_SECONDS = 1
"""How much longer than a statement may take its result is waited for: the server should end it first."""

_MOST_ATTEMPTS = 8
_LONGEST_REPETITION_SECONDS = 5
_LONGEST_PAUSE_SECONDS = 0.05
_FOREIGN_KEY, _UNIQUE, _NOT_SERIALIZABLE, _DEADLOCK = "23503", "23505", "40001", "40P01"
_OVERTAKEN = {_FOREIGN_KEY, _UNIQUE, _NOT_SERIALIZABLE, _DEADLOCK}
"""SQLSTATEs of work that conflicts with a concurrent transaction, and can be repeated."""
_READ_ONLY = "25006"


class UnsupportedEncoding(Exception):
    """The database keeps text in another encoding than UTF-8."""


def open_engines(url: URL, lock_wait_seconds: float, connections: int) -> tuple[Engine, Engine]:
    """Open a database, bring its tables up to date, and return engines for reading and for writing.

    Raises UnsupportedEncoding, NewerTables and SQLAlchemy's DBAPIError.
    """
    pool = {"pool_size": connections, "max_overflow": 0, "pool_timeout": _CONNECT_SECONDS}
    engine = _engine(url, lock_wait_seconds, lock_wait_seconds + _STATEMENT_SECONDS, **pool)
    event.listen(engine, "checkout", _check_alive)
    event.listen(engine, "handle_error", _drop_read_only)
    try:
        engine.connect().close()  # within the usual limits; a migration has wider ones
        migrating = _engine(url, _MIGRATION_SECONDS, _MIGRATION_SECONDS, poolclass=NullPool)
        migrate(migrating)
    except BaseException:
        engine.dispose()
        raise
    return engine.execution_options(isolation_level="AUTOCOMMIT"), engine


def _engine(url: URL, lock_seconds: float, statement_seconds: float, **options: Any) -> Engine:  # noqa: ANN401
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
    driver = {
        "options": " ".join([*before, *settings]),
        "connect_timeout": _CONNECT_SECONDS,
        "client_encoding": "utf8",
    }
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"), connect_args=driver, use_native_hstore=False, **options
    )

    def connect(_dialect: object, _record: object, arguments: Any, named: Any) -> BoundedConnection:  # noqa: ANN401
        connection = BoundedConnection.connect(*arguments, **named)
        connection.response_seconds = statement_seconds + _GRACE_SECONDS
        _check_encoding(connection)
        return connection

    event.listen(engine, "do_connect", connect)
    return engine


def _check_alive(connection: BoundedConnection, _record: object, _proxy: object) -> None:
    """Make the pool replace all its connections when one of them is dead or the server is silent."""
    try:
        connection.ping()
    except psycopg.Error as error:
        raise InvalidatePoolError from error


def _drop_read_only(context: ExceptionContext) -> None:
    """Drop a connection whose server takes no writes: that of another one might."""
    if getattr(context.original_exception, "sqlstate", None) == _READ_ONLY:
        context.is_disconnect = True


def _check_encoding(connection: BoundedConnection) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        connection.close()
        raise UnsupportedEncoding(f"the database's encoding is {encoding}, but must be UTF8")


@dataclass(frozen=True)
class OwnTransaction:
    """A transaction of its own for each piece of work, done before submit returns (see writer.Writer).

    Right where the database locks rows, so that writers can go side by side. Work that others got ahead
    of is done again, a limited number of times.
    """

    engine: Engine

    def submit(self, work: Work[T], *, savepoint: bool = False) -> Future[T]:  # noqa: ARG002 see Writer
        """See Writer."""
        outcome: Future[T] = Future()
        try:
            result = self._done(work)
        except Exception as error:  # noqa: BLE001 it is the caller's, and is raised there
            outcome.set_exception(store_failure(error))
        else:
            outcome.set_result(result)
        return outcome

    def _done(self, work: Work[T]) -> T:
        deadline = time.monotonic() + _LONGEST_REPETITION_SECONDS
        for attempt in range(1, _MOST_ATTEMPTS):
            try:
                return self._once(work)
            except (Overtaken, DBAPIError) as error:
                if not _overtaken(error) or time.monotonic() > deadline:
                    raise
            time.sleep(random.uniform(0, min(_LONGEST_PAUSE_SECONDS, 0.002 * 2**attempt)))  # noqa: S311
        return self._once(work)

    def _once(self, work: Work[T]) -> T:
        with self.engine.begin() as connection:
            return work(connection)

    def close(self) -> None:
        """See Writer; the engine is its owner's to close."""


def _overtaken(error: Overtaken | DBAPIError) -> bool:
    return isinstance(error, Overtaken) or getattr(error.orig, "sqlstate", None) in _OVERTAKEN
