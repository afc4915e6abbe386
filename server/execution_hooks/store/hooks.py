"""Execution hooks in the database."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from execution_hooks.hooks import Hook, NameTaken, ReferenceGone
from execution_hooks.identifiers import naive_utc
from execution_hooks.store.database import Database
from execution_hooks.store.tables import apps, execution_hooks, hook_sources

_ACCOUNT: BindParameter[str] = bindparam("account")
_REFERENCES = select(
    select(apps.c.id).where(apps.c.account_id == _ACCOUNT, apps.c.id == bindparam("app")).exists(),
    select(hook_sources.c.id)
    .where(hook_sources.c.account_id == _ACCOUNT, hook_sources.c.id == bindparam("source"))
    .exists(),
)

# The database decides on the name, without raising: "nothing inserted" means that it is taken.
_UNIQUE = ["account_id", "name"]
_INSERT = {
    "sqlite": sqlite.insert(execution_hooks).on_conflict_do_nothing(index_elements=_UNIQUE),
    "postgresql": postgresql.insert(execution_hooks).on_conflict_do_nothing(index_elements=_UNIQUE),
}


@dataclass(frozen=True)
class StoredHooks:
    """Execution hooks kept in a database (see execution_hooks.hooks.HookStore)."""

    database: Database

    def missing_references(self, account_id: str, *, app_id: str, hook_source_id: str) -> set[str]:
        """Return which of "appID" and "hookSourceID" name nothing of this account."""
        asked = {"account": account_id, "app": app_id, "source": hook_source_id}
        with self.database.reading() as connection:
            app_known, source_known = connection.execute(_REFERENCES, asked).one()
        return {name for name, known in (("appID", app_known), ("hookSourceID", source_known)) if not known}

    def insert(self, hook: Hook) -> None:
        """Keep a hook; it is durable when this returns. Raises NameTaken or ReferenceGone."""
        row = _row(hook)

        def insert(connection: Connection) -> int:
            return connection.execute(_INSERT[connection.dialect.name], row).rowcount

        try:
            inserted = self.database.write(insert)
        except IntegrityError as error:
            raise ReferenceGone from error
        if not inserted:
            raise NameTaken


def _row(hook: Hook) -> dict[str, Any]:
    created = naive_utc(hook.created_at)
    return {
        "id": hook.id,
        "account_id": hook.account_id,
        "name": hook.name,
        "version": hook.version,
        "hook_type": hook.hook_type,
        "matching_criteria": hook.matching_criteria,
        "action": hook.action,
        "stage": hook.stage,
        "hook_source_id": hook.hook_source_id,
        "arguments": hook.arguments,
        "app_id": hook.app_id,
        "enabled": hook.enabled == "true",
        "description": hook.description,
        "labels": hook.labels,
        "created_at": created,
        "created_by": hook.created_by,
        "modified_at": created,
        "modified_by": None,
    }
