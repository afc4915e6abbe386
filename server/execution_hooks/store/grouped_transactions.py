"""PostgreSQL's writer: all work that waits is committed together; what others hold up is done by itself."""

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Thread
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from execution_hooks.store.batched_writes import BatchedWrites
from execution_hooks.store.batches import on_event_loop
from execution_hooks.store.group_commit import Job, Jobs
from execution_hooks.store.own_transaction import OwnTransaction, overtaken, sqlstate
from execution_hooks.store.postgresql import LoopConnections
from execution_hooks.store.writer import BatchedWrite, Overtaken, Work, store_failure

T = TypeVar("T")
_LOCKED = "55P03"
"""SQLSTATE of a lock that was waited for too long."""


class GroupedTransactions:
    """One thread that commits all work waiting in one transaction (see writer.Writer).

    A commit costs the server a disk flush, and this process several exchanges, however much it holds. Work
    that raises is left out of its group, and fails when the others succeed.
    Where the group cannot be committed because of one of them, or because others hold a lock for longer
    than ``engine`` waits for it, each is done in a transaction of its own, on one of so many ``threads``.
    So work must do the same when it is done again, and a lock holds up only those who ask for it.

    What is submitted on an event loop as a batched write stays there, on one of ``connections``, and comes to
    the thread only where something is against it.
    """

    def __init__(
        self,
        engine: Engine,
        alone: OwnTransaction,
        connections: LoopConnections,
        *,
        threads: int,
        largest_group: int = 64,
    ) -> None:
        self._engine = engine
        self._connections = connections
        self._batched: dict[object, BatchedWrites] = {}
        self._written: Counter[int] = Counter()
        self._alone = alone
        self._jobs = Jobs(largest_group)
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="own-transaction")
        self._thread = Thread(target=self._serve, name="grouped-transactions", daemon=True)
        event.listen(engine, "after_cursor_execute", _count_if_written)
        self._thread.start()

    def submit(
        self, work: Work[T], *, savepoint: bool = False, batched: BatchedWrite[T] | None = None
    ) -> Future[T]:
        """See Writer. Does not block."""
        job = Job(work, savepoint, monotonic())
        if batched is not None and on_event_loop():
            self._like(batched).add(job, batched)
        else:
            self._jobs.add(job)
        return job.outcome

    def group_sizes(self) -> Mapping[int, int]:
        """See Writer."""
        return self._jobs.sizes + self._written

    def close(self) -> None:
        """See Writer; the engines are their owner's to close."""
        self._jobs.close()
        self._thread.join()
        self._executor.shutdown()

    def _like(self, write: BatchedWrite[Any]) -> BatchedWrites:
        kept = self._batched.get(write.statement)
        if kept is None:
            kept = self._batched[write.statement] = BatchedWrites(
                write,
                self._engine.dialect,
                self._connections.for_writing(),
                self._written,
                refused=self._jobs.add,
                failed=self._settle_failed,
            )
        return kept

    def _serve(self) -> None:
        for group in self._jobs.groups():
            self._jobs.fill(group)
            for job, result in self._committed(group):
                job.settle(result)

    def _committed(self, group: list[Job]) -> list[tuple[Job, object]]:
        """Return each job with its result; without those that are done alone instead."""
        finished = False
        try:
            with self._engine.begin() as connection:
                written = partial(_written, connection)
                settled = [(job, job.done_in(connection, written, _ends_the_group)) for job in group]
                finished = (
                    True  # if the commit fails, and not for a conflict, nobody knows whether it was done
                )
        except Exception as error:  # noqa: BLE001 whatever failed, every waiting caller must get it
            self._settle_failed(group, error, finished=finished)
            return []
        return settled

    def _settle_failed(self, group: list[Job], error: Exception, *, finished: bool = False) -> None:
        """Have each job of a group done alone, if it was not for all of them that the group failed."""
        conflict = overtaken(error) or sqlstate(error) == _LOCKED
        of_one = len(group) > 1 and not finished and not _out_of_reach(error)
        for job in group:
            if conflict or of_one:
                self._executor.submit(self._do_alone, job)
            else:
                job.settle(store_failure(error))

    def _do_alone(self, job: Job) -> None:
        try:
            result: object = self._alone.do(job.work)
        except Exception as error:  # noqa: BLE001 it is the caller's, and is raised there
            result = error
        job.settle(result)


def _ends_the_group(error: Exception) -> bool:
    """Return whether PostgreSQL does nothing more in the transaction, or the work is to be done again."""
    return isinstance(error, DBAPIError | Overtaken)


def _out_of_reach(error: Exception) -> bool:
    """Return whether the server is gone or silent: the next attempt would only wait for it again."""
    lost = isinstance(error, DBAPIError) and (error.connection_invalidated or sqlstate(error) is None)
    return lost or isinstance(error, PoolTimeout)


def _count_if_written(
    connection: Connection,
    cursor: Any,  # noqa: ANN401 the driver's
    _statement: str,
    _parameters: object,
    context: Any,  # noqa: ANN401 SQLAlchemy's
    _many: bool,  # noqa: FBT001 SQLAlchemy's event
) -> None:
    changes = context.isinsert or context.isupdate or context.isdelete or context.compiled is None
    if changes and cursor.rowcount:
        connection.info["written"] = _written(connection) + 1


def _written(connection: Connection) -> int:
    written: int = connection.info.get("written", 0)
    return written
