"""Durable writes: work that is done in a transaction, and what its failures mean."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ClauseElement, Connection, Select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

T = TypeVar("T")
Work = Callable[[Connection], T]
"""What to do within a transaction. It may be done again, and in a transaction that others write in, too."""


_TEMPORARY = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
"""SQLite's result codes for what can pass without a change of the file (sqlite.org/rescode.html)."""

_TEMPORARY_CLASSES = {"08", "25", "40", "53", "55", "57", "58"}
"""The same of PostgreSQL, as the first two characters of SQLSTATE (appendix A of its manual): connection,
state of the transaction, rollback, resources, locks, an operator's intervention, the system around it."""


class StoreUnavailable(Exception):
    """The store failed temporarily: locked too long, disk full, out of reach.

    What was to be written is not stored, as far as is known: when a commit itself fails, the
    connection to a database server breaks in it, or the file was gone once it was done, some of it may
    come to light later.
    """


class StoreDamaged(Exception):
    """The store failed in a way that waiting does not repair: a damaged page, a table that is missing.

    Nothing was written.
    """


class Overtaken(Exception):
    """What others wrote meanwhile was against the work, and is gone again: doing it anew decides."""


def store_failure(error: Exception) -> Exception:
    """Return StoreUnavailable or StoreDamaged for a failure of the database; any other error as it is."""
    if isinstance(error, Overtaken):
        return StoreUnavailable(str(error))
    if isinstance(error, DBAPIError | PoolTimeout | sqlite3.Error) and not isinstance(error, IntegrityError):
        cause = getattr(error, "orig", None) or error
        failure = (StoreDamaged if _lasting(cause) else StoreUnavailable)(str(cause))
        failure.__cause__ = error
        return failure
    return error


def _lasting(cause: BaseException) -> bool:
    code = getattr(cause, "sqlite_errorcode", None)  # extended: the result code is its lowest byte
    if code is not None:
        return code & 0xFF not in _TEMPORARY
    state = getattr(cause, "sqlstate", None)  # none where no server was reached
    return state is not None and state[:2] not in _TEMPORARY_CLASSES


@dataclass(frozen=True, slots=True)
class BatchedWrite(Generic[T]):
    """What a piece of work does if nothing is against it: to write a row, which has an ``id``.

    ``statement`` makes the statement that does so for many. It takes ``rows``, an array in JSON; it writes
    those that nothing is against, and returns a row for each that begins with the id, of which ``result``
    makes the work's result.

    ``row`` makes the row, of the columns that ``query`` found, which takes ``keys``, the ids; of None where
    there is no query, or nothing is found. Before the row is written the statement has
    to see that what was found is still so. ``row`` returns None if something is against it, which the work is
    to say, or raises what the work would.
    """

    statement: Callable[[], ClauseElement]
    id: str
    row: Callable[[Mapping[str, Any] | None], Mapping[str, Any] | None]
    result: Callable[[Sequence[Any]], T]
    query: Select[Any] | None = None


class Writer(Protocol):
    """Runs work in a transaction."""

    def group_sizes(self) -> Mapping[int, int]:
        """Return how many transactions there were, by the pieces of work in them."""

    def submit(
        self, work: Work[T], *, savepoint: bool = False, batched: BatchedWrite[T] | None = None
    ) -> Future[T]:
        """Take on a piece of work. The future has its result once that is durable.

        It fails with what the work raised, StoreUnavailable or StoreDamaged; the work has then left nothing.
        ``savepoint`` says that the work may write before it raises, ``batched`` what it does if it does
        not raise. They change nothing but what it costs.
        """

    def close(self) -> None:
        """Finish the work that was submitted, and close the connection."""
