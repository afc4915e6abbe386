"""The kinds of hooks that an account has, by those of their members that have few values each."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, tuple_

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


def kinds_of(connection: Connection, account_id: str) -> Iterator[Mapping[str, Any]]:
    """Yield the kinds of an account, as values by their columns. Each takes SQLite one search."""
    kind: dict[str, Any] = _BEFORE_ALL
    while row := first_row(connection, _NEXT, {"account_id": account_id, **kind}):
        kind = dict(zip(KIND, row, strict=True))
        kind["enabled"] = bool(kind["enabled"])
        yield kind
