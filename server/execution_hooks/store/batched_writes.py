"""Rows that are written together on the event loop, on a PostgreSQL server."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson
import psycopg
from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError

from execution_hooks.store.batches import Batches
from execution_hooks.store.group_commit import Job
from execution_hooks.store.loop_connection import LoopConnection
from execution_hooks.store.statements import Row, named
from execution_hooks.store.writer import BatchedWrite

_Asked = tuple[Job, BatchedWrite[Any]]
_Made = tuple[Job, BatchedWrite[Any], bytes]
"""A job, what it writes, and the row of that in JSON."""


class BatchedWrites:
    """Writes all rows that wait by one statement, which is a transaction of its own.

    ``like`` is one of these writes: they have their statements in common. Where something is against a row,
    as another of its name, its job is given to ``refused``: the work says what that is. Where a statement
    fails, the jobs are given to ``failed`` with the error. ``sizes`` counts the statements that wrote, by
    their rows.
    """

    def __init__(
        self,
        like: BatchedWrite[Any],
        dialect: Dialect,
        connection: LoopConnection,
        sizes: Counter[int],
        *,
        refused: Callable[[Job], None],
        failed: Callable[[list[Job], Exception], None],
    ) -> None:
        compiled = like.statement().compile(dialect=dialect)
        self._text = str(compiled)
        self._literals = {name: value for name, value in compiled.params.items() if value is not None}
        self._query, self._dialect = like.query, dialect
        self._question = "" if like.query is None else str(like.query.compile(dialect=dialect))
        self._connection = connection
        self._sizes = sizes
        self._refused = refused
        self._failed = failed
        self._batches = Batches(self._do)

    def add(self, job: Job, write: BatchedWrite[Any]) -> None:
        """Have a job's row written with others. To be called on the event loop."""
        self._batches.add((job, write))

    async def _do(self, batch: list[_Asked]) -> None:
        made: list[_Made] = []
        try:
            found = await self._found([write.id for _, write in batch])
            made = list(self._made(batch, found))
            written = await self._written(made) if made else {}
        except Exception as error:  # noqa: BLE001 whatever failed, every waiting caller must get it
            self._failed([job for job, *_ in made or batch], self._with_state(error))
            return
        for job, write, _ in made:
            if (row := written.get(write.id)) is not None:
                job.settle(write.result(row))
            else:
                self._refused(job)

    async def _found(self, ids: list[str]) -> Mapping[str, Mapping[str, Any]]:
        if self._query is None:
            return {}
        rows = await self._connection.read(self._question.encode(), {"keys": ids})
        found = (named(self._query, self._dialect, row) for row in rows)
        return {row["id"]: row for row in found}

    def _made(self, batch: list[_Asked], found: Mapping[str, Mapping[str, Any]]) -> Iterator[_Made]:
        """Make the rows, but for those that something is against. A statement can do one for each id."""
        ids = set[str]()
        for job, write in batch:
            try:
                row = None if write.id in ids else write.row(found.get(write.id))
                text = row and orjson.dumps(row, default=_as_text)
            except Exception as error:  # noqa: BLE001 it is the caller's, and is raised there
                job.settle(error)
                continue
            if text:
                ids.add(write.id)
                yield job, write, text
            else:
                self._refused(job)

    async def _written(self, made: list[_Made]) -> Mapping[str, Row]:
        self._sizes[len(made)] += 1
        rows = b"[%b]" % b",".join([text for *_, text in made])
        written = await self._connection.rows(self._text.encode(), {**self._literals, "rows": rows.decode()})
        return {row[0]: row for row in written}

    def _with_state(self, error: Exception) -> Exception:
        if not isinstance(error, psycopg.Error):
            return error
        return DBAPIError(self._text, None, error, connection_invalidated=self._connection.is_lost)


def _as_text(value: object) -> str:
    """Write bytes, which JSON does not have, as PostgreSQL does. Raises TypeError for anything else."""
    if isinstance(value, bytes):
        return rf"\x{value.hex()}"
    raise TypeError(f"{type(value).__name__} has no JSON")
