"""The connections to a SQLite file, for reading and for writing."""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
from sqlalchemy import Engine, FromClause, create_engine
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

from execution_hooks.store.sqlite_file import SQLiteFile
from execution_hooks.store.statements import json_text

_LONGEST_READ_WAIT_SECONDS = 0.25
"""Readers of a WAL file never wait, unless another process has locked the whole file."""


def open_engines(file: SQLiteFile, lock_wait_seconds: float, connections: int) -> tuple[Engine, Engine]:
    """Return an engine for reading, and one of a single connection for writing, which sends no BEGIN."""
    read_wait = min(lock_wait_seconds, _LONGEST_READ_WAIT_SECONDS)
    reading, writing = (partial(_connect, file, seconds) for seconds in (read_wait, lock_wait_seconds))
    readers = _engine(reading, pool_size=connections, pool_reset_on_return=None)
    # Its transaction is rolled back when it is returned, for one that failed to commit may be open still.
    return readers, _engine(writing, pool_size=1, max_overflow=0)


def _connect(file: SQLiteFile, wait_seconds: float) -> sqlite3.Connection:
    """Open the file; only the first time is it made if need be."""
    file.check()  # opening it would make a new log
    mode = "rw" if file.is_held else "rwc"
    # The driver's own transactions are off (isolation_level None): readers need none.
    connection = sqlite3.connect(
        f"{file.path.as_uri()}?mode={mode}",
        uri=True,
        timeout=wait_seconds,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        file.check()  # else it may be one to a file that was put in the place of the first
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
        json_serializer=json_text,
        **options,
    )
    engine.dialect.statement_compiler = _CompilerWithHints
    return engine


class _CompilerWithHints(SQLiteCompiler):
    """Writes the hints of a table, as INDEXED BY, which SQLAlchemy leaves out for SQLite."""

    def get_from_hint_text(self, _table: FromClause, text: str | None) -> str | None:
        return text
