"""One database, opened: its connections for reading, its writer, and what its failures mean."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy import Connection, Engine, QueuePool, Select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from execution_hooks.store.batches import refuse_to_block
from execution_hooks.store.file_url import InvalidFileUrl, UnusableFile, file_of
from execution_hooks.store.group_commit import GroupCommit
from execution_hooks.store.migrate import NewerTables, upgrade
from execution_hooks.store.own_transaction import OwnTransaction
from execution_hooks.store.sqlite import open_engines
from execution_hooks.store.sqlite_file import Flock, SQLiteFile, flock
from execution_hooks.store.statements import Parameters, Reader, SQLiteReader, named
from execution_hooks.store.urls import shown, without_secrets
from execution_hooks.store.writer import StoreDamaged, StoreUnavailable, Work, Writer, store_failure

if TYPE_CHECKING:
    from execution_hooks.store.postgresql import LoopConnections

T = TypeVar("T")


class UnusableDatabase(Exception):
    """The database URL is invalid, or its database cannot be opened or migrated."""


class InvalidDatabaseUrl(UnusableDatabase):
    """The URL names nothing that could be opened."""


class Database:
    """A store that is open and migrated. ``close`` it when done; it is a context manager, too.

    ``first`` and ``look_up`` are the reader's: they look up a row of the driver's values. ``submit`` and
    ``group_sizes`` are the writer's: it has work done in a transaction, and counts these. ``non_blocking`` is
    true if nothing that is read is waited for: the store is a file of this machine, whose readers wait for no
    lock. ``check`` raises StoreUnavailable if what is read would not be the store, BlockingIOError if it may
    not be waited for here. ``loop_connections`` are what reader and writer have beside these engines;
    ``idle`` counts the connections that the writer keeps without using them at this moment.
    """

    def __init__(
        self,
        readers: Engine,
        reader: Reader,
        writers: Engine,
        writer: Writer,
        *,
        non_blocking: bool,
        check: Callable[[], None] = lambda: None,
        loop_connections: "LoopConnections | None" = None,
        idle: Callable[[], int] = lambda: 0,
    ) -> None:
        self._readers = readers
        self._reader = reader
        self._writers = writers
        self._writer = writer
        self.first = reader.first
        self.look_up = reader.look_up
        self.submit = writer.submit
        self.group_sizes = writer.group_sizes
        self.non_blocking = non_blocking
        self._check = check
        self._loop_connections = loop_connections
        self._idle = idle

    def row(self, query: Select[Any], parameters: Parameters) -> Mapping[str, Any] | None:
        """Do as ``first``, and return the values by the names of their columns, as Python's types."""
        found = self.first(query, parameters)
        return None if found is None else named(query, self._readers.dialect, found)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection whose every statement sees all that is committed.

        Raises StoreUnavailable or StoreDamaged; BlockingIOError on an event loop, if it would wait.
        """
        self._check()
        try:
            with self._readers.connect() as connection:
                yield connection
        except (DBAPIError, PoolTimeout) as error:
            raise store_failure(error) from error

    def connections_in_use(self) -> int:
        """Return how many connections are in use at this moment, for reading and for writing."""
        pools = {self._readers.pool, self._writers.pool}
        on_loop = 0 if self._loop_connections is None else self._loop_connections.in_use()
        lent = sum(pool.checkedout() for pool in pools if isinstance(pool, QueuePool))
        return lent + on_loop - self._idle()

    def write(self, work: Work[T]) -> T:
        """Submit the work and wait for its result."""
        return self.submit(work).result()

    def close(self) -> None:
        """Finish pending writes and close every connection."""
        self._writer.close()
        self._reader.close()
        if self._loop_connections is not None:
            self._loop_connections.close()
        self._writers.dispose()
        self._readers.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_database(
    url: str, *, lock_wait_seconds: float = 5.0, connections: int = 40, flock: Flock = flock
) -> Database:
    """Open a database and bring its tables up to date.

    ``url`` is a SQLAlchemy URL: ``sqlite:///relative.db``, ``sqlite:////absolute.db`` (the file is made
    if need be) or ``postgresql+psycopg://…``. A write waits ``lock_wait_seconds`` at the most for
    other processes; ``connections`` bounds how many readers there are at once; ``flock`` is the operating
    system's, for which files need one. Raises UnusableDatabase, whose text shows no password.
    """
    parsed = _parsed(url)
    try:
        if parsed.get_backend_name() == "postgresql":
            return _on_server(parsed, lock_wait_seconds, connections)
        return _on_file(SQLiteFile(file_of(parsed)), lock_wait_seconds, connections, flock)
    except NewerTables as error:
        raise UnusableDatabase(f"{shown(url)} was made by a newer server: {error}") from error
    except DBAPIError as error:
        raise UnusableDatabase(f"{shown(url)}: {without_secrets(str(error.orig), parsed)}") from error
    except InvalidFileUrl as error:
        raise InvalidDatabaseUrl(f"{shown(url)}: {error}") from error
    except (UnusableFile, StoreUnavailable, StoreDamaged) as error:
        raise UnusableDatabase(f"{shown(url)}: {error}") from error


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise InvalidDatabaseUrl(_not_usable(url)) from None  # what was raised may quote the password
    if parsed.get_backend_name() != "sqlite" and parsed.drivername not in _POSTGRESQL:
        raise InvalidDatabaseUrl(_not_usable(url))
    return parsed


_POSTGRESQL = {"postgresql", "postgresql+psycopg"}


def _not_usable(url: str) -> str:
    beginnings = "sqlite:/// or postgresql+psycopg://"
    return f"{shown(url)!r} is not the URL of a database this server can use; it must begin with {beginnings}"


def _on_server(url: URL, lock_wait_seconds: float, connections: int) -> Database:
    try:
        from execution_hooks.store import postgresql
        from execution_hooks.store.grouped_transactions import GroupedTransactions
        from execution_hooks.store.postgresql_reader import PostgreSQLReader
    except ImportError as error:
        install = "pip install 'psycopg[binary]'"
        raise UnusableDatabase(f"PostgreSQL's driver is missing; install it with: {install}") from error
    url = url.set(drivername="postgresql+psycopg")
    try:
        engines = postgresql.open_engines(url, lock_wait_seconds, connections)
    except postgresql.UnsupportedEncoding as error:
        raise UnusableDatabase(str(error)) from error
    on_loop, alone = postgresql.LoopConnections(url, lock_wait_seconds), OwnTransaction(engines.writing)
    return Database(
        engines.reading,
        PostgreSQLReader(engines.writing, on_loop),
        engines.grouping,
        GroupedTransactions(engines.grouping, alone, on_loop, threads=connections),
        non_blocking=False,
        check=refuse_to_block,
        loop_connections=on_loop,
    )


def _on_file(file: SQLiteFile, lock_wait_seconds: float, connections: int, flock: Flock) -> Database:
    lock = file.lock(flock)
    readers, writers = open_engines(file, lock_wait_seconds, connections)
    writer = GroupCommit(writers, lock, file.check, lock_wait_seconds=lock_wait_seconds)
    check = file.check_now_and_then
    database = Database(
        readers,
        SQLiteReader(readers, check),
        writers,
        writer,
        non_blocking=True,
        check=check,
        idle=writer.idle,
    )
    try:
        database.write(upgrade)
        file.hold()
    except BaseException:
        database.close()
        raise
    return database
