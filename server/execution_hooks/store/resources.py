"""What hooks, hook sources and apps have in common as rows: looked up, listed, replaced and removed."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Exists,
    Row,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    exists,
    select,
    update,
)

from execution_hooks.domain.errors import UnknownResource
from execution_hooks.store.statements import first_named, run

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


@cache
def row_of(table: Table, *names: str) -> Select[Any]:
    """Make the query for the row whose columns of these names have the values of the parameters so called."""
    return select(table).where(*(table.c[name] == bindparam(name) for name in names))


def locked(connection: Connection, table: Table, asked: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the row that has the values ``asked`` for, by the names of its columns.

    Nobody else can change it before the transaction ends. Raises UnknownResource.
    """
    row = first_named(connection, _locked(table, *asked), asked)
    if row is None:
        raise UnknownResource
    return row


def other_of_name(table: Table) -> Exists:
    """Make the condition that another row of the account has the name that is a parameter."""
    same = (table.c[key] == bindparam(key) for key in ("account_id", "name"))
    return exists().where(*same, table.c.id != bindparam("id"))


def replace_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Write a row in place of the one with its id."""
    run(connection, _replacement(table, *row), row)


def remove_row(connection: Connection, table: Table, row_id: str) -> None:
    """Remove the row with this id."""
    run(connection, _removal(table), {"id": row_id})


# Each is made once: to make a statement for each request takes several times as long as SQLite does.


@cache
def _locked(table: Table, *names: str) -> Select[Any]:
    return row_of(table, *names).with_for_update()


@cache
def _replacement(table: Table, *names: str) -> Update:
    new = {name: bindparam(name, type_=table.c[name].type) for name in names}
    return update(table).where(table.c.id == new["id"]).values(new)


@cache
def _removal(table: Table) -> Delete:
    return delete(table).where(table.c.id == bindparam("id"))
