"""The statement that inserts a hook: only where its app and source are known and no other has the name."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, literal, or_, select
from sqlalchemy.sql.dml import ReturningInsert

from execution_hooks.store.resources import insertion, parameters
from execution_hooks.store.tables import apps, execution_hooks, hook_sources

_NAMES = execution_hooks.columns.keys()
_UNIQUE = ["account_id", "name"]


class Place(NamedTuple):
    """The conditions on which a hook has its place."""

    app_known: ColumnElement[bool]
    source_known: ColumnElement[bool]
    eligible: ColumnElement[bool]

    @classmethod
    def of(cls, new: Mapping[str, ColumnElement[Any]]) -> "Place":
        """Return those of a new hook, by the names of its columns."""
        account_id, app_id, source_id = (new[name] for name in ("account_id", "app_id", "hook_source_id"))
        return cls(
            exists().where(apps.c.account_id == account_id, apps.c.id == app_id),
            exists().where(hook_sources.c.account_id == account_id, hook_sources.c.id == source_id),
            or_(
                new["action"] != literal("failover"),
                exists().where(apps.c.id == app_id, apps.c.post_failover),
            ),
        )


NEW = parameters(execution_hooks)
"""A hook as the parameters of a statement."""
PLACE = Place.of(NEW)
INVENTORY = select(apps.c.inventory).where(apps.c.id == NEW["app_id"])


@cache
def insert_hook(dialect: str) -> ReturningInsert[tuple[str, str | None]]:
    """Insert a hook if no constraint forbids it, in one statement; return its id and its app's inventory."""
    row = select(*NEW.values()).where(*PLACE)
    insert = insertion(dialect, execution_hooks).from_select(_NAMES, row, include_defaults=False)
    return insert.on_conflict_do_nothing(index_elements=_UNIQUE).returning(
        execution_hooks.c.id, INVENTORY.scalar_subquery()
    )
