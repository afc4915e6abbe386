"""A transaction of its own for a piece of work, repeated where others got ahead of it."""

import random
import time
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from execution_hooks.store.writer import Overtaken, Work, store_failure

T = TypeVar("T")

_MOST_ATTEMPTS = 8
_LONGEST_REPETITION_SECONDS = 5
_LONGEST_PAUSE_SECONDS = 0.05
_FOREIGN_KEY, _UNIQUE, _NOT_SERIALIZABLE, _DEADLOCK = "23503", "23505", "40001", "40P01"
_OVERTAKEN = {_FOREIGN_KEY, _UNIQUE, _NOT_SERIALIZABLE, _DEADLOCK}
"""SQLSTATEs of work that conflicts with a concurrent transaction, and can be repeated."""


@dataclass(frozen=True)
class OwnTransaction:
    """A transaction of its own for each piece of work.

    Right where the database locks rows, so that writers can go side by side. Work that others got ahead
    of is done again, a limited number of times.
    """

    engine: Engine

    def do(self, work: Work[T]) -> T:
        """Do the work and commit it. Raises what it raised, StoreUnavailable or StoreDamaged."""
        try:
            return self._repeated(work)
        except Exception as error:
            failure = store_failure(error)
            if failure is error:
                raise
            raise failure from error

    def _repeated(self, work: Work[T]) -> T:
        deadline = time.monotonic() + _LONGEST_REPETITION_SECONDS
        for attempt in range(1, _MOST_ATTEMPTS):
            try:
                return self._once(work)
            except (Overtaken, DBAPIError) as error:
                if not overtaken(error) or time.monotonic() > deadline:
                    raise
            time.sleep(random.uniform(0, min(_LONGEST_PAUSE_SECONDS, 0.002 * 2**attempt)))  # noqa: S311
        return self._once(work)

    def _once(self, work: Work[T]) -> T:
        with self.engine.begin() as connection:
            return work(connection)


def overtaken(error: Exception) -> bool:
    """Return whether work failed for a concurrent transaction, and can be done again."""
    return isinstance(error, Overtaken) or sqlstate(error) in _OVERTAKEN


def sqlstate(error: Exception) -> str | None:
    """Return PostgreSQL's code of an error; None of what has none, as when no server was reached."""
    return getattr(getattr(error, "orig", None), "sqlstate", None)
