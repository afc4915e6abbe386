"""Pages of lists: the rows that meet a filter, in the order of creation."""

import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Boolean, ColumnElement, Connection, Row, Select, Table, case, tuple_, union_all

from execution_hooks.domain.listing import Comparison, Page, Position, Selection
from execution_hooks.store.rows import aware, naive_utc

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
_BY_CODE_POINT = {"sqlite": "BINARY", "postgresql": "C"}
"""The collation that orders text in UTF-8 by code point, whatever the database's own."""

_MOST_ROWS = 1 << 31
"""More than any list has, and no more than every database can count."""


class AccessPath(NamedTuple):
    """An access path to rows: the index that SQLite must take, and conditions that only these rows meet.

    They meet all comparisons of the fields in ``settled``. Without an index, the database chooses one.
    """

    by: str | None = None
    conditions: Sequence[ColumnElement[bool]] = ()
    settled: Collection[str] = ()

    def lead(self, query: Select[Any], table: Table) -> Select[Any]:
        """Return the query for the rows of this path alone."""
        if self.by:
            query = query.with_hint(table, f"INDEXED BY {self.by}", "sqlite")
        return query.where(*self.conditions)


def comparable(table: Table) -> Columns:
    """Return a table's columns as filters compare them: a yes or no as the text that the API has for it."""
    return {
        column.name: case((column, "true"), else_="false") if isinstance(column.type, Boolean) else column
        for column in table.columns
    }


def page(
    connection: Connection,
    query: Select[Any],
    table: Table,
    columns: Columns,
    selection: Selection,
    read: Callable[[Row[Any]], T],
    access_paths: Sequence[AccessPath] = (AccessPath(),),
) -> Page[T]:
    """Return a page of a query, in the order of creation.

    A page begins behind a position, not after a number of rows, so that the last one costs what the
    first one costs. ``access_paths`` lead to all rows that can be in it, to each by one of them.
    """
    if not access_paths:
        return Page([], None)
    asked = [each for each in selection.comparisons if not implied(each, selection.after)]
    if selection.after is not None:
        behind = (naive_utc(selection.after.created_at), selection.after.id)
        query = query.where(tuple_(table.c.created_at, table.c.id) > behind)
    conditions = [(each.field, compared(connection, columns[each.field], each)) for each in asked]
    queries = [
        path.lead(query.where(*(each for field, each in conditions if field not in path.settled)), table)
        for path in access_paths
    ]
    limit = min(selection.limit or _MOST_ROWS, _MOST_ROWS)
    if len(queries) > 1 and connection.dialect.name == "postgresql":
        # It would plan for all rows of each. SQLite merges what is ordered, and allows no limit here.
        queries = [each.order_by(table.c.created_at, table.c.id).limit(limit + 1) for each in queries]
    whole = union_all(*queries) if len(queries) > 1 else queries[0]
    rows = connection.execute(whole.order_by("created_at", "id").limit(limit + 1)).all()
    shown = rows[:limit]
    last = Position(aware(shown[-1].created_at), shown[-1].id) if len(rows) > limit else None
    return Page([read(row) for row in shown], last)


def compared(
    connection: Connection, column: ColumnElement[Any], comparison: Comparison
) -> ColumnElement[bool]:
    """Make the condition that a comparison is of a column, which a database decides by time or code point."""
    value = comparison.value
    plain = naive_utc(value) if isinstance(value, datetime) else value
    if isinstance(plain, str) and comparison.operator != "eq":  # equality is that of the code points anyway
        column = column.collate(_BY_CODE_POINT[connection.dialect.name])
    condition: ColumnElement[bool] = _OPERATORS[comparison.operator](column, plain)
    return condition


def met(value: object, comparison: Comparison) -> bool:
    """Return whether what is stored, a text or a yes or no, meets a comparison, as a database decides it."""
    text = str(value).lower() if isinstance(value, bool) else value
    return bool(_OPERATORS[comparison.operator](text, comparison.value))


def implied(comparison: Comparison, after: Position | None) -> bool:
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
