"""Direct access to a store, on either database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine, make_url, text

NewStore = Callable[[], str]
"""Make a store without tables and return its URL."""
CopyStore = Callable[[str], str]
"""Copy the store at a URL, which nobody has open, and return the copy's URL."""
DropStore = Callable[[str], None]
"""Remove the store at a URL."""


def _engine(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool)


def rows(url: str, query: str, **parameters: object) -> list[tuple[Any, ...]]:
    """Return the rows of a query in SQL, whose parameters are written ``:name``."""
    with _engine(url).connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), parameters)]


def execute(url: str, statement: str, **parameters: object) -> None:
    """Run a statement in SQL and commit it."""
    with _engine(url).begin() as connection:
        connection.execute(text(statement), parameters)


@contextmanager
def blocked_creates(url: str) -> Iterator[Callable[[], None]]:
    """Hold a lock that every create waits for, until the block ends or the yielded function is called."""
    is_file = make_url(url).get_backend_name() == "sqlite"
    with holding(url, "BEGIN IMMEDIATE" if is_file else LOCK_HOOKS) as let_go:
        yield let_go


@contextmanager
def holding(url: str, statement: str) -> Iterator[Callable[[], None]]:
    """Hold the locks of a statement until the block ends or the yielded function is called."""
    with _engine(url).connect() as connection:
        connection.exec_driver_sql(statement)
        yield connection.rollback


LOCK_HOOKS = "LOCK TABLE execution_hooks IN EXCLUSIVE MODE"
"""Keeps every write of a hook waiting, on PostgreSQL."""
