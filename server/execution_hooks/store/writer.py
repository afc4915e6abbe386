"""Durable writes: one transaction at a time, many writers' work in each (group commit)."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")
Work = Callable[[Connection], T]
"""What to do within a transaction. It may be given a transaction that others write in, too."""


class Writer(Protocol):
    """Runs work in a transaction."""

    def run(self, work: Work[T]) -> T:
        """Do the work and return its result once it is durable; pass on what it raises.

        What raised has left nothing behind.
        """

    def close(self) -> None:
        """Finish what was handed over and let go of the connection."""


@dataclass(frozen=True)
class OwnTransaction:
    """A transaction of its own for each piece of work. Right where the database locks rows."""

    engine: Engine

    def run(self, work: Work[T]) -> T:
        """See Writer."""
        with self.engine.begin() as connection:
            return work(connection)

    def close(self) -> None:
        """See Writer; the engine is its owner's to close."""


_Job = tuple[Work[Any], Future[Any]]


class GroupCommit:
    """One thread that takes all work waiting and commits it together.

    Right for SQLite: it has one writer at a time anyway, and a commit costs a disk flush however
    much it holds. Each piece of work has a savepoint, so that a failing one takes back only its own.
    """

    def __init__(self, engine: Engine, *, largest_group: int = 64) -> None:
        self._engine = engine
        self._largest = largest_group
        self._waiting: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = Thread(target=self._serve, name="group-commit", daemon=True)
        self._thread.start()

    def run(self, work: Work[T]) -> T:
        """See Writer. Blocks the calling thread until the group that holds the work is durable."""
        outcome: Future[T] = Future()
        self._waiting.put((work, outcome))
        return outcome.result()

    def close(self) -> None:
        """See Writer."""
        self._waiting.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while (job := self._waiting.get()) is not None:
            group = [job]
            try:
                while len(group) < self._largest and (job := self._waiting.get_nowait()) is not None:
                    group.append(job)
            except Empty:
                pass
            self._commit(group)
            if job is None:
                return

    def _commit(self, group: list[_Job]) -> None:
        delivered: list[Callable[[], None]] = []
        try:
            with self._engine.begin() as connection:
                for work, outcome in group:
                    delivered.append(_attempt(connection, work, outcome))
        except Exception as error:  # noqa: BLE001 whatever failed, every waiting caller must hear of it
            for _, outcome in group:
                outcome.set_exception(error)
        else:
            for deliver in delivered:
                deliver()


def _attempt(connection: Connection, work: Work[Any], outcome: Future[Any]) -> Callable[[], None]:
    """Do one piece of work within the group; return how to tell its caller once all is durable."""
    connection.exec_driver_sql("SAVEPOINT work")
    try:
        result = work(connection)
    except Exception as error:  # noqa: BLE001 it is the caller's, and is raised there
        connection.exec_driver_sql("ROLLBACK TO work")
        failure = error
        return lambda: outcome.set_exception(failure)
    finally:
        connection.exec_driver_sql("RELEASE work")
    return lambda: outcome.set_result(result)
