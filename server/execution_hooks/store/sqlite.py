"""A SQLite file as a store: which file it is, and its connections."""

import logging
import os
import sqlite3
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

import orjson
from sqlalchemy import Engine, FromClause, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

from execution_hooks.store.file_lock import FileLock, Flock
from execution_hooks.store.file_url import UnusableFile
from execution_hooks.store.writer import StoreUnavailable

_LONGEST_READ_WAIT_SECONDS = 0.25
"""Readers of a WAL file never wait, unless another process has locked the whole file."""
_TRUSTED_SECONDS = 0.1
"""How long reads take it for granted that the file is still there."""

_GONE = (
    "store file %s, or the -wal or -shm file beside it, was removed or replaced while it was open: nothing "
    "is read or written until these files are back. A restart uses what is there then"
)
_BACK = "store file %s and those beside it are the ones that were opened again: service goes on"

_NEW_FILE_MODE = 0o644
"""As SQLite's own."""

_log = logging.getLogger(__name__)

_Identity = tuple[int, int]
"""Device and inode."""


class SQLiteFile:
    """The file of a store, with its write-ahead log and that one's index, as they were when it was opened.

    SQLite goes on in files that are removed or replaced below it, and what it commits there is gone with
    the process.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        resolved = path.resolve()  # where SQLite keeps what belongs to a file that is a symbolic link
        self._lock_path = resolved.with_name(f"{resolved.name}-lock")
        log, index = (resolved.with_name(f"{resolved.name}-{suffix}") for suffix in ("wal", "shm"))
        self._paths = (path, log, index)
        self._opened: dict[Path, _Identity] = {}
        self._there = True
        self._changing = Lock()
        self._trusted_until = 0.0

    def lock(self, flock: Flock) -> FileLock:
        """Return the lock that a process holds to write. Raises UnusableFile."""
        try:
            mode = stat.S_IMODE(self.path.stat().st_mode)  # who may read the file may keep others waiting
        except OSError:
            mode = _NEW_FILE_MODE  # it is not made yet
        try:
            return FileLock(self._lock_path, mode=mode, flock=flock)
        except OSError as error:
            raise UnusableFile(
                f"unable to open database file: {error.strerror} ({self._lock_path}, needed beside it)"
            ) from error

    def hold(self) -> None:
        """Remember which files these are; a connection must be open. Raises UnusableFile."""
        if not os.access(self.path, os.W_OK):  # SQLite would open it all the same, until something is written
            raise UnusableFile("unable to open database file: it is readonly")
        try:
            self._opened = {path: _identity(path) for path in self._paths}
        except OSError as error:
            raise UnusableFile(f"no write-ahead log can be kept beside it: {error.strerror}") from error

    def check(self) -> None:
        """Raise StoreUnavailable unless all names still lead to the files that were opened."""
        there = True
        try:
            for path, opened in self._opened.items():
                found = os.stat(path)  # noqa: PTH116 twice a transaction, and Path's way takes twice the time
                there = there and (found.st_dev, found.st_ino) == opened
        except OSError:
            there = False
        with self._changing:
            changed, self._there = there is not self._there, there
        if changed:
            _log.log(*((logging.WARNING, _BACK) if there else (logging.ERROR, _GONE)), self.path)
        self._trusted_until = monotonic() + _TRUSTED_SECONDS
        if not there:
            raise StoreUnavailable(_GONE % self.path)

    def check_now_and_then(self) -> None:
        """Do the same, but look at the files ten times a second at the most."""
        if monotonic() >= self._trusted_until:
            self.check()
        elif not self._there:
            raise StoreUnavailable(_GONE % self.path)

    def engines(self, lock_wait_seconds: float, connections: int) -> tuple[Engine, Engine]:
        """Return an engine for reading, and one of a single connection for writing."""
        read_wait = min(lock_wait_seconds, _LONGEST_READ_WAIT_SECONDS)
        readers = _engine(partial(self._connect, read_wait), pool_size=connections, pool_reset_on_return=None)
        # Its transaction is rolled back when it is returned, for one that failed to commit may be open still.
        writers = _engine(partial(self._connect, lock_wait_seconds), pool_size=1, max_overflow=0)
        # A writer takes the lock at once, for one that starts as a reader may find itself unable to
        # become a writer.
        event.listen(writers, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        return readers, writers

    def _connect(self, wait_seconds: float) -> sqlite3.Connection:
        """Open the file; only the first time is it made if need be."""
        self.check()  # opening it would make a new log
        mode = "rw" if self._opened else "rwc"
        # The driver's own transactions are off (isolation_level None): readers need none.
        connection = sqlite3.connect(
            f"{self.path.as_uri()}?mode={mode}",
            uri=True,
            timeout=wait_seconds,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {pragma}")
            self.check()  # else it may be one to a file that was put in the place of the first
        except BaseException:
            connection.close()
            raise
        return connection


def _engine(connect: Callable[[], sqlite3.Connection], **options: Any) -> Engine:  # noqa: ANN401 SQLAlchemy's
    # The URL names no file, so that none but ``connect`` opens one.
    engine = create_engine(
        "sqlite+pysqlite:///file",
        creator=connect,
        paramstyle="named",
        json_deserializer=orjson.loads,  # a page of a list takes a tenth less time
        **options,
    )
    engine.dialect.statement_compiler = _CompilerWithHints
    return engine


class _CompilerWithHints(SQLiteCompiler):
    """Writes the hints of a table, as INDEXED BY, which SQLAlchemy leaves out for SQLite."""

    def get_from_hint_text(self, _table: FromClause, text: str | None) -> str | None:
        return text


def _identity(path: Path) -> _Identity:
    found = path.stat()
    return found.st_dev, found.st_ino
