"""All that a store holds, row by row: read, put back, added to. For stores of tests, which hold little."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from execution_hooks.store.database import Database
from execution_hooks.store.tables import metadata

Row = Mapping[str, Any]
Contents = Mapping[str, Sequence[Row]]
"""Rows by the name of their table, each by the names of its columns."""

_TABLES = metadata.sorted_tables
"""Those that others refer to first."""


class TooMuch(Exception):
    """The store holds more rows than it may. The message says how many of what."""


def read_contents(database: Database, most: int) -> Contents:
    """Read all that is stored. Raises TooMuch if a table has more than ``most`` rows."""
    with database.reading() as connection:
        return _read(connection, most)


def replace_contents(database: Database, contents: Contents) -> None:
    """Have the store hold these rows and no other, as one step."""

    def work(connection: Connection) -> None:
        for table in reversed(_TABLES):
            connection.execute(delete(table))
        _insert(connection, contents)

    database.write(work)


def add_contents(database: Database, choose: Callable[[Contents], Contents], most: int) -> None:
    """Add the rows that are chosen by what is stored, as one step.

    Raises TooMuch if a table has more than ``most`` rows, or what ``choose`` raises, with nothing added.
    """
    database.write(lambda connection: _insert(connection, choose(_read(connection, most))))


def _read(connection: Connection, most: int) -> Contents:
    for table in _TABLES:
        count = connection.scalar(select(func.count()).select_from(table)) or 0
        if count > most:
            raise TooMuch(f"{count} {table.name.replace('_', ' ')}")
    return {table.name: _rows(connection, table) for table in _TABLES}


def _rows(connection: Connection, table: Table) -> list[Row]:
    """Read the rows of a table, the oldest first."""
    times = [table.c.created_at] if "created_at" in table.c else []
    query = select(table).order_by(*times, *table.primary_key)
    return [dict(row) for row in connection.execute(query).mappings()]


def _insert(connection: Connection, contents: Contents) -> None:
    for table in _TABLES:
        if rows := contents.get(table.name):
            connection.execute(insert(table), list(rows))
