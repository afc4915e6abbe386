"""Group commit: all work that waits is done in one transaction, under one lock and with one disk flush."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from execution_hooks.store.deadlines import Deadlines
from execution_hooks.store.sqlite_file import FileLock
from execution_hooks.store.writer import BatchedWrite, StoreUnavailable, Work, store_failure

T = TypeVar("T")
_LOOK_SECONDS = 0.05
"""How often the end looks whether the thread waits for another process."""


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
        outcome: Any = self.outcome
        with suppress(InvalidStateError):
            (outcome.set_exception if isinstance(result, Exception) else outcome.set_result)(result)

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
            result: object = self.work(connection)
        except Exception as error:
            if ends(error) or (not self.savepoint and written() != before):
                raise
            result = error
            if self.savepoint:
                driver.execute("ROLLBACK TO job")
        if self.savepoint:
            driver.execute("RELEASE job")
        return result


class Jobs:
    """Jobs that wait. Any thread may add to them; one takes them, ``largest_group`` at most at a time.

    ``sizes`` counts the groups that were filled, by the number of their jobs.
    """

    def __init__(self, largest_group: int = 64) -> None:
        self._largest = largest_group
        self.sizes: Counter[int] = Counter()
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self.add: Callable[[Job], None] = self._waiting.put
        """Have a job wait; never blocks."""

    def close(self) -> None:
        """End ``groups`` after what was added so far."""
        self._waiting.put(None)

    def groups(self) -> Iterator[list[Job]]:
        """Wait for a job, and yield it as a group to be filled; until the end."""
        while (job := self._waiting.get()) is not None:
            yield [job]

    def fill(self, group: list[Job]) -> None:
        """Add all jobs that wait by now to a group that was yielded, as far as it has room."""
        while len(group) < self._largest and not self._waiting.empty():
            if (job := self._waiting.get()) is None:
                self._waiting.put(None)
                break
            group.append(job)
        self.sizes[len(group)] += 1


class GroupCommit:
    """One thread that takes all work waiting and commits it together.

    Right for SQLite: it has one writer at a time anyway, and a commit costs a disk flush however much it
    holds. ``lock`` is held around each transaction, so that only one process writes. Work that has not begun
    ``lock_wait_seconds`` after it was submitted fails with StoreUnavailable if it waits for another
    process. ``check`` raises StoreUnavailable if what was committed would be lost; it is called before each
    transaction, and again before any success is reported.

    Work that raises is left out of its group, and fails when the others succeed: it may have seen what they
    wrote. Where it had written something itself, without a savepoint, or the commit fails for what one of
    them did, each piece is done anew in a transaction of its own; so work must do the same when done again.
    """

    def __init__(
        self, engine: Engine, lock: FileLock, check: Callable[[], None], *, lock_wait_seconds: float
    ) -> None:
        self._engine = engine
        self._lock = lock
        self._check = check
        self._wait = lock_wait_seconds
        self._jobs = Jobs()
        self._held_up_since: float | None = None
        self._deadlines = Deadlines(partial(getattr, self, "_held_up_since"))
        self._connection: Connection | None = None
        self._thread = Thread(target=self._serve, name="group-commit", daemon=True)
        self._thread.start()

    def submit(
        self,
        work: Work[T],
        *,
        savepoint: bool = False,
        batched: BatchedWrite[T] | None = None,  # noqa: ARG002
    ) -> Future[T]:
        """See Writer. Does not block. A file gains nothing by what is ``batched``."""
        job = Job(work, savepoint, monotonic() + self._wait)
        self._jobs.add(job)
        self._deadlines.watch(job)
        return job.outcome

    def group_sizes(self) -> Mapping[int, int]:
        """See Writer."""
        return self._jobs.sizes

    def idle(self) -> int:
        """Return how many connections are lent to this though they are not in use."""
        return int((kept := self._connection) is not None and not kept.in_transaction())

    def close(self) -> None:
        """See Writer. Returns though another process may never let go of the lock."""
        self._jobs.close()
        self._deadlines.close()
        # All work is taken on by now: a thread that still waits for the lock has nothing to do with it.
        while self._thread.is_alive() and not self._lock.awaited:
            self._thread.join(_LOOK_SECONDS)

    def _serve(self) -> None:
        for group in self._jobs.groups():
            for each, result in self._locked(group):
                each.settle(result)
        self._give_back()
        self._lock.close()

    def _locked(self, group: list[Job]) -> list[tuple[Job, object]]:
        self._held_up_since = monotonic()
        try:
            self._check()
            with self._lock:
                self._jobs.fill(group)  # also with what came while another process had the lock
                return self._commit(group)
        except Exception as error:  # noqa: BLE001 no lock, or no file: every waiting caller must get it
            failure = StoreUnavailable(str(error))
            failure.__cause__ = error
            return [(job, failure) for job in group if job.take()]
        finally:
            self._held_up_since = None

    def _commit(self, group: list[Job]) -> list[tuple[Job, object]]:
        jobs: list[Job] = []
        try:
            with (connection := self._connected()).begin():
                driver: Any = connection.connection.dbapi_connection
                # At once, for one that begins as a reader may find itself unable to become a writer.
                driver.execute("BEGIN IMMEDIATE")
                self._held_up_since = None
                jobs = [job for job in group if job.take()]
                written = partial(getattr, driver, "total_changes")
                settled = [(job, job.done_in(connection, written, _ends_the_group)) for job in jobs]
            self._check()
        except Exception as error:  # noqa: BLE001 whatever failed, every waiting caller must get it
            self._give_back()
            failure = store_failure(error)
            jobs = jobs or [job for job in group if job.take()]
            if len(jobs) == 1 or isinstance(failure, StoreUnavailable):
                return [(job, failure) for job in jobs]
            return [one for job in jobs for one in self._commit([replace(job, taken=Lock())])]
        return settled

    def _connected(self) -> Connection:
        """Return the connection, which is kept, for to have it lent for each transaction takes longer."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _give_back(self) -> None:
        """Give the connection back, which rolls back what failed to commit and may be open still."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _ends_the_group(error: Exception) -> bool:
    return store_failure(error) is not error
