"""One database, opened: its connections for reading, its writer, and what its failures mean."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, Self, TypeVar

from alembic.util import CommandError
from sqlalchemy import Connection, Engine, Select, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from execution_hooks.store.migrate import migrate
from execution_hooks.store.reader import PooledReader, Reader, Row, SQLiteReader
from execution_hooks.store.writer import GroupCommit, OwnTransaction, Work, Writer, told

T = TypeVar("T")
_LONGEST_READ_WAIT_SECONDS = 0.25
"""Readers of a WAL file wait for nobody, unless another process has locked the whole file."""


class UnusableDatabase(Exception):
    """The database URL is wrong, or what it names cannot be opened or brought up to date."""


class Database:
    """A store that is open and migrated. ``close`` it when done; it is a context manager, too.

    ``prompt`` tells that reading and submitting hold nobody up: the store is a file of this machine,
    whose readers wait for no lock.
    """

    def __init__(
        self, readers: Engine, reader: Reader, writers: Engine, writer: Writer, *, prompt: bool
    ) -> None:
        self._readers = readers
        self._reader = reader
        self._writers = writers
        self._writer = writer
        self.prompt = prompt

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection whose every statement sees all that is committed. Raises StoreUnavailable."""
        try:
            with self._readers.connect() as connection:
                yield connection
        except (DBAPIError, PoolTimeout) as error:
            raise told(error) from error

    def first(self, query: Select[Any], parameters: Mapping[str, Any]) -> Row | None:
        """Return the first row of a query that is made once and asked often; see Reader.

        Raises StoreUnavailable.
        """
        try:
            return self._reader.first(query, parameters)
        except (DBAPIError, PoolTimeout) as error:
            raise told(error) from error

    def submit(self, work: Work[T]) -> Future[T]:
        """Have the work done in a transaction. The future has its result once that is durable.

        It fails with what the work raises, or with StoreUnavailable; nothing is written then.
        """
        return self._writer.submit(work)

    def write(self, work: Work[T]) -> T:
        """Submit the work and wait for its result."""
        return self.submit(work).result()

    def close(self) -> None:
        """Finish pending writes and close every connection."""
        self._writer.close()
        self._reader.close()
        self._writers.dispose()
        self._readers.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_database(url: str, *, lock_wait_seconds: float = 5.0, connections: int = 40) -> Database:
    """Open a database and bring its tables up to date.

    ``url`` is a SQLAlchemy URL: ``sqlite:///relative.db``, ``sqlite:////absolute.db`` (the file is made
    if need be) or ``postgresql+psycopg://…``. A write waits ``lock_wait_seconds`` at the most for
    other processes; ``connections`` bounds how many readers there are at once. Raises UnusableDatabase.
    """
    try:
        parsed = make_url(url)
        sqlite = parsed.get_backend_name() == "sqlite"
        if sqlite and parsed.database in {None, "", ":memory:"}:
            raise UnusableDatabase(f"{url}: a database in memory would be lost; name a file")
        engines = _sqlite(parsed, lock_wait_seconds, connections) if sqlite else _server(parsed, connections)
        migrate(engines[1])
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UnusableDatabase(
            f"{url!r} is not the URL of a database this server can use: {error}"
        ) from error
    except CommandError as error:
        raise UnusableDatabase(f"{parsed.render_as_string()} was made by a newer server: {error}") from error
    except DBAPIError as error:
        raise UnusableDatabase(f"{parsed.render_as_string()}: {error.orig}") from error
    readers, writers = engines
    if sqlite:
        return Database(readers, SQLiteReader(readers), writers, GroupCommit(writers), prompt=True)
    return Database(readers, PooledReader(readers), writers, OwnTransaction(writers), prompt=False)


def _server(url: URL, connections: int) -> tuple[Engine, Engine]:
    engine = create_engine(url, pool_size=connections, max_overflow=0, pool_pre_ping=True)
    return engine.execution_options(isolation_level="AUTOCOMMIT"), engine


def _sqlite(url: URL, lock_wait_seconds: float, connections: int) -> tuple[Engine, Engine]:
    # The driver's own transactions are off (isolation_level None): readers need none, and a writer
    # takes the lock at once (BEGIN IMMEDIATE), for one that starts as a reader may find itself unable
    # to become a writer.
    options: dict[str, Any] = {"paramstyle": "named", "pool_reset_on_return": None}
    driver: dict[str, Any] = {"check_same_thread": False, "isolation_level": None}
    waits_shortly = {**driver, "timeout": min(lock_wait_seconds, _LONGEST_READ_WAIT_SECONDS)}
    readers = create_engine(url, pool_size=connections, connect_args=waits_shortly, **options)
    waits = {**driver, "timeout": lock_wait_seconds}
    writers = create_engine(url, pool_size=1, max_overflow=0, connect_args=waits, **options)
    for engine in (readers, writers):
        event.listen(engine, "connect", _prepare_sqlite)
    event.listen(writers, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return readers, writers


def _prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401 the driver's connection
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
