"""One piece of work among those that share a transaction."""

from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy import Connection

from execution_hooks.store.writer import Work, store_failure


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work, the future that waits for it, and the ``time.monotonic`` by which it is to begin.

    ``savepoint`` says that it may write before it raises.
    """

    work: Work[Any]
    savepoint: bool
    deadline: float
    outcome: Future[Any] = field(default_factory=Future)
    taken: Lock = field(default_factory=Lock)

    def take(self) -> bool:
        """Take the job on, to do it or to fail it; False if another thread did so before."""
        return self.taken.acquire(blocking=False)

    def settle(self, result: object) -> None:
        """Give the future the result, or the error that the job ended in, unless it was cancelled."""
        with suppress(InvalidStateError):
            if isinstance(result, Exception):
                self.outcome.set_exception(result)
            else:
                self.outcome.set_result(result)

    def done_in(self, connection: Connection) -> object:
        """Do the work in a transaction of SQLite; return its result, or what it raised if it left nothing.

        Raises what it raised otherwise: when it had written without a savepoint, or when the store failed.
        """
        driver: Any = connection.connection.dbapi_connection
        before = driver.total_changes
        if self.savepoint:
            driver.execute("SAVEPOINT job")
        try:
            result = self.work(connection)
        except Exception as error:
            wrote = driver.total_changes != before
            if store_failure(error) is not error or (wrote and not self.savepoint):
                raise
            if self.savepoint:
                driver.execute("ROLLBACK TO job")
                driver.execute("RELEASE job")
            return error
        if self.savepoint:
            driver.execute("RELEASE job")
        return result
