"""What hooks, hook sources and apps have in common as rows: looked up, listed, replaced and removed."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    select,
    update,
)

from execution_hooks.domain.errors import UnknownResource

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def owned(table: Table, account_id: str, resource_id: str, **more: str | None) -> ColumnElement[bool]:
    """Make the condition that names one row of an account, with ``more`` columns where they are given."""
    given = {"account_id": account_id, "id": resource_id, **more}
    return and_(*(table.c[name] == value for name, value in given.items() if value is not None))


def found(connection: Connection, query: Select[Any]) -> Row[Any]:
    """Return the one row of a query. Raises UnknownResource."""
    row = connection.execute(query).first()
    if row is None:
        raise UnknownResource
    return row


def insertion(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """Begin an INSERT that may say what it does ON CONFLICT, which is a dialect's own."""
    # Here, since a store has one of them, and each takes its time to import.
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)


def locked(connection: Connection, table: Table, condition: ColumnElement[bool]) -> Row[Any]:
    """Return a row that nobody else can change before the transaction ends. Raises UnknownResource."""
    return found(connection, select(table).where(condition).with_for_update())


def name_taken(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Return whether another row of the account has this row's name."""
    asked = {key: row[key] for key in ("account_id", "name", "id")}
    return bool(connection.scalar(_other_of_name(table), asked))


@cache
def _other_of_name(table: Table) -> Select[Any]:
    # Made once: a create that is refused for its name would else take four times as long to be so.
    same = (table.c[key] == bindparam(key) for key in ("account_id", "name"))
    return select(exists().where(*same, table.c.id != bindparam("id")))


def replace_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Write a row in place of the one with its id."""
    connection.execute(update(table).where(table.c.id == row["id"]).values(row))


def remove_row(connection: Connection, table: Table, row_id: str) -> None:
    """Remove the row with this id."""
    connection.execute(delete(table).where(table.c.id == row_id))
