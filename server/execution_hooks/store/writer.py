"""Durable writes: one transaction at a time, many writers' work in each (group commit)."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

T = TypeVar("T")
Work = Callable[[Connection], T]
"""What to do within a transaction. It may be done again, and in a transaction that others write in, too."""


class StoreUnavailable(Exception):
    """The store failed for the moment: locked too long, disk full, out of reach. Nothing was written."""


def told(error: Exception) -> Exception:
    """Tell a failure of the database from one of the work: the former becomes StoreUnavailable."""
    if isinstance(error, DBAPIError | PoolTimeout) and not isinstance(error, IntegrityError):
        unavailable = StoreUnavailable(str(getattr(error, "orig", error)))
        unavailable.__cause__ = error
        return unavailable
    return error


class Writer(Protocol):
    """Runs work in a transaction."""

    def submit(self, work: Work[T]) -> Future[T]:
        """Take on a piece of work. The future has its result once that is durable.

        It fails with what the work raised, or with StoreUnavailable; the work has then left nothing.
        """

    def close(self) -> None:
        """Finish what was taken on and let go of the connection."""


@dataclass(frozen=True)
class OwnTransaction:
    """A transaction of its own for each piece of work, done before submit returns.

    Right where the database locks rows, so that writers can go side by side.
    """

    engine: Engine

    def submit(self, work: Work[T]) -> Future[T]:
        """See Writer."""
        outcome: Future[T] = Future()
        try:
            with self.engine.begin() as connection:
                result = work(connection)
        except Exception as error:  # noqa: BLE001 it is the caller's, and is raised there
            outcome.set_exception(told(error))
        else:
            outcome.set_result(result)
        return outcome

    def close(self) -> None:
        """See Writer; the engine is its owner's to close."""


_Job = tuple[Work[Any], Future[Any]]


class GroupCommit:
    """One thread that takes all work waiting and commits it together.

    Right for SQLite: it has one writer at a time anyway, and a commit costs a disk flush however
    much it holds. When a piece of work raises, its group is taken back and each piece done anew in a
    transaction of its own; so work must do the same when done again.
    """

    def __init__(self, engine: Engine, *, largest_group: int = 64) -> None:
        self._engine = engine
        self._largest = largest_group
        self._waiting: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = Thread(target=self._serve, name="group-commit", daemon=True)
        self._thread.start()

    def submit(self, work: Work[T]) -> Future[T]:
        """See Writer. Does not block."""
        outcome: Future[T] = Future()
        self._waiting.put((work, outcome))
        return outcome

    def close(self) -> None:
        """See Writer."""
        self._waiting.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while (job := self._waiting.get()) is not None:
            group = [job]
            while len(group) < self._largest and (job := self._next()) is not None:
                group.append(job)
            self._commit(group)

    def _next(self) -> _Job | None:
        """Return a job that waits already; what asks for the end stays where it is."""
        try:
            job = self._waiting.get_nowait()
        except Empty:
            return None
        if job is None:
            self._waiting.put(None)
        return job

    def _commit(self, group: list[_Job]) -> None:
        try:
            with self._engine.begin() as connection:
                results = [work(connection) for work, _ in group]
        except Exception as error:  # noqa: BLE001 whatever failed, every waiting caller must hear of it
            failure = told(error)
            if len(group) > 1 and not isinstance(failure, StoreUnavailable):
                for job in group:
                    self._commit([job])
            else:
                for _, outcome in group:
                    outcome.set_exception(failure)
        else:
            for (_, outcome), result in zip(group, results, strict=True):
                outcome.set_result(result)
