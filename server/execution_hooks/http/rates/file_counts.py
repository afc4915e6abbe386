"""Counts in a file that processes of one machine share for as long as they run."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from execution_hooks.http.rates.counts import Count, CountsUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from limits import RateLimitItem

LONGEST_WAIT_SECONDS = 0.1
"""For the other processes, each of which has the file for some ten microseconds."""
_FORGOTTEN_AT_ONCE = 100
_MAKE = """
PRAGMA journal_mode = WAL;
CREATE TABLE hits (key TEXT NOT NULL, at REAL NOT NULL, number INTEGER NOT NULL);
CREATE INDEX hits_of_key ON hits (key, at, number);
CREATE INDEX hits_by_age ON hits (at);
"""
_FORGET = "DELETE FROM hits WHERE rowid IN (SELECT rowid FROM hits WHERE at <= ? ORDER BY at LIMIT ?)"
_OLDEST = "SELECT at, number FROM hits WHERE key = ? AND at > ? ORDER BY at, number LIMIT 1"
_NEWEST = "SELECT at, number FROM hits WHERE key = ? ORDER BY at DESC, number DESC LIMIT 1"
_ADD = "INSERT INTO hits (key, at, number) VALUES (?, ?, ?)"


def make_file(file: Path) -> None:
    """Make an empty file, before any process counts in it. Raises sqlite3.Error."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.executescript(_MAKE)


class FileCounts:
    """Counts in a SQLite file, whose lock ends with the process that holds it, however that ends.

    Requests of a key are numbered, so that the oldest and the newest in the window tell how many are between.
    Nothing is flushed to the disk, for the counts end with the processes. All limits of a file must have one
    window. The file is opened by the first request.
    """

    def __init__(self, file: Path, now: Callable[[], float] = time.time) -> None:
        self._file = file
        self._now = now
        self._opened: sqlite3.Connection | None = None

    async def hit(self, limit: RateLimitItem, key: str) -> Count:
        """See Counts. It waits for other processes in place, LONGEST_WAIT_SECONDS at most."""
        try:
            with self._connection() as connection:  # commits, or rolls back
                connection.execute("BEGIN IMMEDIATE")
                return self._hit(connection, limit, key)
        except sqlite3.Error as error:
            raise CountsUnavailable(f"the file of rates: {error}") from error

    async def close(self) -> None:
        """Close the file."""
        if self._opened is not None:
            self._opened.close()

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            uri = f"{self._file.as_uri()}?mode=rw"
            self._opened = sqlite3.connect(uri, uri=True, timeout=LONGEST_WAIT_SECONDS, isolation_level=None)
            self._opened.execute("PRAGMA synchronous = OFF")
        return self._opened

    def _hit(self, connection: sqlite3.Connection, limit: RateLimitItem, key: str) -> Count:
        window, now = limit.get_expiry(), self._now()
        connection.execute(_FORGET, (now - window, _FORGOTTEN_AT_ONCE))
        oldest = connection.execute(_OLDEST, (key, now - window)).fetchone()
        latest, number = connection.execute(_NEWEST, (key,)).fetchone() or (now, 0)
        counted = 0 if oldest is None else number - oldest[1] + 1
        admitted = counted < limit.amount
        if admitted:
            # The clock may have been set back: the requests of a key keep their order.
            connection.execute(_ADD, (key, max(now, latest), number + 1))
        begun = now if oldest is None else oldest[0]
        return Count(admitted, limit.amount - counted - admitted, begun + window)
