"""The kinds of hooks that an account has, by those of their members that have few values each."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select, true, tuple_

from execution_hooks.store.statements import first_row
from execution_hooks.store.tables import execution_hooks

KIND = ("action", "stage", "enabled", "hook_type", "version")
"""The columns that make a kind, in the order of their index. By the contract there are 96 kinds."""
KINDS = "ix_execution_hooks_kinds"
"""The index that has the hooks of each kind in the order of creation."""

_HOOKS = execution_hooks.c
_COLUMNS = [_HOOKS[name] for name in KIND]
_LAST = datetime(9999, 12, 31)  # noqa: DTZ001 as the store keeps times
_BEFORE_ALL = {"action": "", "stage": "", "enabled": False, "hook_type": "", "version": ""}
# With a time behind every hook of the kind: SQLite would go through those that are equal to the kind alone.
_BEHIND = tuple_(
    *(bindparam(name, type_=_HOOKS[name].type) for name in KIND),
    bindparam("last", _LAST, type_=_HOOKS.created_at.type),
)
_NEXT = (
    select(*_COLUMNS)
    .with_hint(execution_hooks, f"INDEXED BY {KINDS}", "sqlite")
    .where(_HOOKS.account_id == bindparam("account_id"), tuple_(*_COLUMNS, _HOOKS.created_at) > _BEHIND)
    .order_by(*_COLUMNS)
    .limit(1)
)


def _first_kind(*conditions: ColumnElement[bool]) -> Select[Any]:
    of_account = select(*_COLUMNS).where(_HOOKS.account_id == bindparam("account_id"), *conditions)
    return of_account.order_by(*_COLUMNS).limit(1)


def _all_at_once() -> Select[Any]:
    """Make the query that does all these searches, for a server, where each would be an exchange."""
    first = _first_kind().subquery()
    kinds = select(first).cte("kinds", recursive=True)
    following = _first_kind(tuple_(*_COLUMNS) > tuple_(*kinds.c)).correlate(kinds).lateral("following")
    return select(kinds.union_all(select(following).select_from(kinds.join(following, true()))))


_ALL = _all_at_once()


def kinds_of(connection: Connection, account_id: str) -> Iterator[Mapping[str, Any]]:
    """Yield the kinds of an account, as values by their columns. Each takes the database one search."""
    if connection.dialect.name == "postgresql":
        for found in connection.execute(_ALL, {"account_id": account_id}):
            yield dict(zip(KIND, found, strict=True))
        return
    kind: dict[str, Any] = _BEFORE_ALL
    while row := first_row(connection, _NEXT, {"account_id": account_id, **kind}):
        kind = dict(zip(KIND, row, strict=True))
        kind["enabled"] = bool(kind["enabled"])
        yield kind
