"""Group commit: all work that waits is done in one transaction, under one lock and with one disk flush."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from queue import SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import Any, TypeVar

from sqlalchemy import Engine

from execution_hooks.store.file_lock import FileLock
from execution_hooks.store.job import Job, Jobs
from execution_hooks.store.writer import BatchedWrite, StoreUnavailable, Work, store_failure

T = TypeVar("T")
_STEP_SECONDS = 0.05
"""How often a wait for another process is looked at."""

_Settled = list[tuple[Job, Any]]
"""Jobs, each with its result or the error that it ended in."""


class GroupCommit:
    """One thread that takes all work waiting and commits it together.

    Right for SQLite: it has one writer at a time anyway, and a commit costs a disk flush however much it
    holds. ``lock`` is held around each transaction, so that only one process writes. Work that has not begun
    ``lock_wait_seconds`` after it was submitted fails with StoreUnavailable if it waits for another
    process. ``check`` raises StoreUnavailable if what was committed would be lost; it is called before each
    transaction, and again before any success is reported.

    Work that raises is left out of its group, and fails when the others succeed: it may
    have seen what they wrote. Where it had written something itself, without a savepoint, or the commit
    fails for what one of them did, each piece is done anew in a transaction of its own; so work must do
    the same when done again.
    """

    def __init__(
        self,
        engine: Engine,
        lock: FileLock,
        check: Callable[[], None],
        *,
        lock_wait_seconds: float,
        largest_group: int = 64,
    ) -> None:
        self._engine = engine
        self._lock = lock
        self._check = check
        self._wait = lock_wait_seconds
        self._jobs = Jobs(largest_group)
        self._watched: SimpleQueue[Job | None] = SimpleQueue()
        self._held_up_since: float | None = None
        self._closing = Event()
        self._thread = Thread(target=self._serve, name="group-commit", daemon=True)
        self._watcher = Thread(target=self._watch, name="group-commit-deadlines", daemon=True)
        self._thread.start()
        self._watcher.start()

    def submit(
        self,
        work: Work[T],
        *,
        savepoint: bool = False,
        batched: BatchedWrite[T] | None = None,  # noqa: ARG002 a file gains nothing by it
    ) -> Future[T]:
        """See Writer. Does not block."""
        job = Job(work, savepoint, monotonic() + self._wait)
        self._jobs.add(job)
        self._watched.put(job)
        return job.outcome

    def group_sizes(self) -> Mapping[int, int]:
        """See Writer."""
        return self._jobs.sizes

    def close(self) -> None:
        """See Writer. Returns though another process may never let go of the lock."""
        self._jobs.close()
        self._watched.put(None)
        self._closing.set()
        self._watcher.join()
        # All work is taken on by now: a thread that still waits for the lock has nothing to do with it.
        while self._thread.is_alive() and not self._lock.awaited:
            self._thread.join(_STEP_SECONDS)

    def _serve(self) -> None:
        for group in self._jobs.groups():
            for each, result in self._locked(group):
                each.settle(result)
        self._lock.close()

    def _watch(self) -> None:
        """Fail the work that does not begin in time, while the other thread waits for another process."""
        while (job := self._watched.get()) is not None:
            while not job.taken.locked():
                now = monotonic()
                since = self._held_up_since
                if since is not None and now >= max(job.deadline, since + _STEP_SECONDS) and job.take():
                    job.settle(StoreUnavailable("the store is locked by another process"))
                elif self._closing.wait(_STEP_SECONDS):
                    sleep(_STEP_SECONDS / 10)

    def _locked(self, group: list[Job]) -> _Settled:
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

    def _commit(self, group: list[Job]) -> _Settled:
        jobs: list[Job] = []
        try:
            with self._engine.begin() as connection:
                self._held_up_since = None
                jobs = [job for job in group if job.take()]
                driver: Any = connection.connection.dbapi_connection
                written = partial(getattr, driver, "total_changes")
                settled = [(job, job.done_in(connection, written, _ends_the_group)) for job in jobs]
            self._check()
        except Exception as error:  # noqa: BLE001 whatever failed, every waiting caller must get it
            failure = store_failure(error)
            jobs = jobs or [job for job in group if job.take()]
            if len(jobs) == 1 or isinstance(failure, StoreUnavailable):
                return [(job, failure) for job in jobs]
            return [one for job in jobs for one in self._commit([replace(job, taken=Lock())])]
        return settled


def _ends_the_group(error: Exception) -> bool:
    return store_failure(error) is not error
