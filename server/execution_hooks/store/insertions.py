"""Rows that are inserted together on the event loop, on a PostgreSQL server."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import orjson
import psycopg
from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError

from execution_hooks.store.batches import Batches
from execution_hooks.store.job import Job
from execution_hooks.store.loop_connection import LoopConnection
from execution_hooks.store.writer import Insertion

_Row = tuple[Job, Insertion[Any], bytes]
"""A job, what it inserts, and the row of that in JSON."""


class Insertions:
    """Inserts all rows that wait by one statement, which is a transaction of its own.

    Where something is against a row, as another of its name, its job is given to ``refused``: the work says
    what that is. Where the statement fails, all jobs are given to ``failed`` with the error.
    """

    def __init__(
        self,
        insertion: Insertion[Any],
        dialect: Dialect,
        connection: LoopConnection,
        sizes: Counter[int],
        *,
        refused: Callable[[Job], None],
        failed: Callable[[list[Job], Exception], None],
    ) -> None:
        compiled = insertion.statement().compile(dialect=dialect)
        self._text = str(compiled)
        self._literals = {name: value for name, value in compiled.params.items() if value is not None}
        self._connection = connection
        self._refused = refused
        self._failed = failed
        self._batches = Batches(self._insert, sizes)

    def add(self, job: Job, insertion: Insertion[Any]) -> None:
        """Have a job's row inserted with others. To be called on the event loop."""
        self._batches.add((job, insertion, orjson.dumps(insertion.row)))

    async def _insert(self, batch: list[_Row]) -> None:
        rows = b"[%b]" % b",".join([row for _, _, row in batch])
        parameters = {**self._literals, "rows": rows.decode()}
        try:
            inserted = await self._connection.rows(self._text.encode(), parameters)
        except Exception as error:  # noqa: BLE001 whatever failed, every waiting caller must get it
            self._failed([job for job, _, _ in batch], self._with_state(error))
            return
        by_id = {row[0]: row for row in inserted}
        for job, insertion, _ in batch:
            if (row := by_id.get(insertion.row["id"])) is not None:
                job.settle(insertion.result(row))
            else:
                self._refused(job)

    def _with_state(self, error: Exception) -> Exception:
        if not isinstance(error, psycopg.Error):
            return error
        return DBAPIError(self._text, None, error, connection_invalidated=self._connection.is_lost)
