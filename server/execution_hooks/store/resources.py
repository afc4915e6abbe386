"""What hooks, hook sources and apps have in common as rows: looked up, listed, replaced and removed."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    RowMapping,
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
from execution_hooks.domain.metadata import Label, Metadata

Values = RowMapping | Mapping[str, Any]
"""What a row has, by the names of its columns."""

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


def read_labels(columns: Values) -> tuple[Label, ...]:
    """Read a resource's labels from its columns."""
    return tuple(Label(**label) for label in columns["labels"])


def read_metadata(columns: Values) -> Metadata:
    """Read a resource's metadata from its columns."""
    created_at, modified_at = columns["created_at"], columns["modified_at"]
    return Metadata(
        created_at=aware(created_at),
        created_by=columns["created_by"],
        modified_at=aware(modified_at or created_at),  # null is as created
        modified_by=columns["modified_by"],
    )
