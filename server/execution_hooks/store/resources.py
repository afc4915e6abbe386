"""What hooks, hook sources and apps have in common as rows: looked up, listed, replaced and removed."""

import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    exists,
    select,
    tuple_,
    update,
)

from execution_hooks.domain.errors import UnknownResource
from execution_hooks.domain.listing import Comparison, Page, Position, Selection
from execution_hooks.domain.metadata import Label, Metadata

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")
Columns = Mapping[str, ColumnElement[Any]]
"""What a filter compares, by the field of the resource."""

_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "lt": operator.lt,
    "gt": operator.gt,
    "lte": operator.le,
    "gte": operator.ge,
}


def comparable(table: Table) -> Columns:
    """Return a table's columns as filters compare them: a yes or no as the text that the API has for it."""
    return {
        column.name: case((column, "true"), else_="false") if isinstance(column.type, Boolean) else column
        for column in table.columns
    }


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


def page(
    connection: Connection,
    query: Select[Any],
    table: Table,
    columns: Columns,
    selection: Selection,
    read: Callable[[Row[Any]], T],
) -> Page[T]:
    """Return a page of a query, in the order of creation.

    A page begins behind a position, not after a number of rows, so that the last one costs what the
    first one costs.
    """
    collation = _BY_CODE_POINT[connection.dialect.name]
    conditions = [
        _compared(columns[each.field], each, collation)
        for each in selection.comparisons
        if not _implied(each, selection.after)
    ]
    order = (table.c.created_at, table.c.id)
    if selection.after is not None:
        behind = (naive_utc(selection.after.created_at), selection.after.id)
        conditions.append(tuple_(*order) > behind)
    limit = min(selection.limit or _MOST_ROWS, _MOST_ROWS)
    rows = connection.execute(query.where(*conditions).order_by(*order).limit(limit + 1)).all()
    shown = rows[:limit]
    last = Position(aware(shown[-1].created_at), shown[-1].id) if len(rows) > limit else None
    return Page([read(row) for row in shown], last)


_MOST_ROWS = 1 << 31
"""More than any list has, and no more than every database can count."""


def _implied(comparison: Comparison, after: Position | None) -> bool:
    """Return whether what is behind a position meets a comparison anyway.

    SQLite would start a page at such a bound rather than at the position, and go through all between.
    """
    return (
        after is not None
        and comparison.field == "created_at"
        and comparison.operator in {"gt", "gte"}
        and isinstance(comparison.value, datetime)
        and comparison.value < after.created_at
    )


_BY_CODE_POINT = {"sqlite": "BINARY", "postgresql": "C"}
"""The collation that orders text in UTF-8 by code point, whatever the database's own."""


def _compared(column: ColumnElement[Any], comparison: Comparison, collation: str) -> ColumnElement[bool]:
    value = comparison.value
    plain = naive_utc(value) if isinstance(value, datetime) else value
    if isinstance(plain, str) and comparison.operator != "eq":  # equality is that of the code points anyway
        column = column.collate(collation)
    condition: ColumnElement[bool] = _OPERATORS[comparison.operator](column, plain)
    return condition


def naive_utc(moment: datetime) -> datetime:
    """Take a moment to UTC and drop its zone, as the store keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def aware(moment: datetime) -> datetime:
    """Add the time zone to a timestamp of the store."""
    return moment.replace(tzinfo=UTC)


def metadata_row(metadata: Metadata, labels: Iterable[Label]) -> dict[str, Any]:
    """Write a resource's metadata and labels as columns."""
    created_at = modified_at = naive_utc(metadata.created_at)
    if metadata.modified_at is not metadata.created_at:
        modified_at = naive_utc(metadata.modified_at)
    return {
        "labels": list(map(Label._asdict, labels)),
        "created_at": created_at,
        "created_by": metadata.created_by,
        "modified_at": modified_at,
        "modified_by": metadata.modified_by,
    }


def read_labels(row: Row[Any]) -> tuple[Label, ...]:
    """Read a resource's labels from its columns."""
    return tuple(Label(**label) for label in row.labels)


def read_metadata(row: Row[Any]) -> Metadata:
    """Read a resource's metadata from its columns."""
    return Metadata(
        created_at=aware(row.created_at),
        created_by=row.created_by,
        modified_at=aware(row.modified_at or row.created_at),  # null is as created
        modified_by=row.modified_by,
    )
