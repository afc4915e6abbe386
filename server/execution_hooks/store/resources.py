"""What hooks, hook sources and apps have in common as rows: looked up, listed, replaced and removed."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BindParameter,
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


def owned(table: Table, account_id: str, resource_id: str) -> ColumnElement[bool]:
    """Make the condition that names one row of an account."""
    return and_(table.c.account_id == account_id, table.c.id == resource_id)


def parameters(table: Table) -> dict[str, BindParameter[Any]]:
    """Return a row of a table as the parameters of a statement, by the names of its columns."""
    return {each.name: bindparam(each.name, type_=each.type) for each in table.columns}


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


def other_of_name(table: Table, row: Mapping[str, ColumnElement[Any]]) -> Exists:
    """Make the condition that another row of the account has the name of a row, given by its columns."""
    other = table.alias("other")
    same = (other.c[name] == row[name] for name in ("account_id", "name"))
    return exists().where(*same, other.c.id != row["id"])


def replace_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Write a row in place of the one with its id."""
    run(connection, _replacement(table), row)


def remove_row(connection: Connection, table: Table, row_id: str) -> None:
    """Remove the row with this id."""
    run(connection, _removal(table), {"id": row_id})


# Each is made once: to make a statement for each request takes several times as long as SQLite does.


@cache
def _locked(table: Table, *names: str) -> Select[Any]:
    return row_of(table, *names).with_for_update()


@cache
def _replacement(table: Table) -> Update:
    new = parameters(table)
    return update(table).where(table.c.id == new["id"]).values(new)


@cache
def _removal(table: Table) -> Delete:
    return delete(table).where(table.c.id == bindparam("id"))
