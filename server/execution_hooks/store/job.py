"""Pieces of work that share a transaction, and the queue in which they wait for one."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any

from sqlalchemy import Connection

from execution_hooks.store.writer import Work


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

    def done_in(
        self, connection: Connection, written: Callable[[], int], ends: Callable[[Exception], bool]
    ) -> object:
        """Do the work in a transaction; return its result, or what it raised if it left nothing.

        ``written`` counts what was written by the connection, ``ends`` says whether an error is the end of
        the whole transaction. Raises what the work raised otherwise: if it had written without a savepoint,
        or ended the transaction.
        """
        driver: Any = connection.connection.dbapi_connection
        before = written()
        if self.savepoint:
            driver.execute("SAVEPOINT job")
        try:
            result = self.work(connection)
        except Exception as error:
            if ends(error) or (not self.savepoint and written() != before):
                raise
            if self.savepoint:
                driver.execute("ROLLBACK TO job")
                driver.execute("RELEASE job")
            return error
        if self.savepoint:
            driver.execute("RELEASE job")
        return result


class Jobs:
    """Jobs that wait. Any thread may add to them; one takes them, ``largest_group`` at most at a time.

    ``sizes`` counts the groups that were filled, by the number of their jobs.
    """

    def __init__(self, largest_group: int) -> None:
        self._largest = largest_group
        self.sizes: Counter[int] = Counter()
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()

    def add(self, job: Job) -> None:
        """Have a job wait; never blocks."""
        self._waiting.put(job)

    def close(self) -> None:
        """End ``groups`` after what was added so far."""
        self._waiting.put(None)

    def groups(self) -> Iterator[list[Job]]:
        """Wait for a job, and yield it as a group to be filled; until the end."""
        while (job := self._waiting.get()) is not None:
            yield [job]

    def fill(self, group: list[Job]) -> None:
        """Add all jobs that wait by now to a group that was yielded, as far as it has room."""
        while len(group) < self._largest and (job := self._next()) is not None:
            group.append(job)
        self.sizes[len(group)] += 1

    def _next(self) -> Job | None:
        """Return a job that waits already; what asks for the end stays where it is."""
        try:
            job = self._waiting.get_nowait()
        except Empty:
            return None
        if job is None:
            self._waiting.put(None)
        return job
