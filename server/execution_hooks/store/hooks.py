"""Execution hooks in the database."""

from concurrent.futures import Future
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Insert, bindparam, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from execution_hooks.hooks import Hook, NameTaken, RulesBroken, unknown_references
from execution_hooks.idempotency import Attempt, Created
from execution_hooks.identifiers import naive_utc
from execution_hooks.store.database import Database
from execution_hooks.store.idempotency import first_answer
from execution_hooks.store.tables import apps, execution_hooks, hook_sources

_NEW = {column.name: bindparam(column.name, type_=column.type) for column in execution_hooks.columns}
_APP_KNOWN = exists().where(apps.c.account_id == _NEW["account_id"], apps.c.id == _NEW["app_id"])
_SOURCE_KNOWN = exists().where(
    hook_sources.c.account_id == _NEW["account_id"], hook_sources.c.id == _NEW["hook_source_id"]
)
_REFERENCES = select(_APP_KNOWN.label("appID"), _SOURCE_KNOWN.label("hookSourceID"))


def _insert(dialect: ModuleType) -> Insert:
    """Insert a hook if its references are known and its name is free, in one statement, without raising."""
    row = select(*_NEW.values()).where(_APP_KNOWN, _SOURCE_KNOWN)
    insertion = dialect.insert(execution_hooks).from_select(list(_NEW), row, include_defaults=False)
    statement: Insert = insertion.on_conflict_do_nothing(index_elements=["account_id", "name"])
    return statement


_INSERT = {"sqlite": _insert(sqlite), "postgresql": _insert(postgresql)}


@dataclass(frozen=True)
class StoredHooks:
    """Execution hooks kept in a database (see execution_hooks.hooks.HookStore)."""

    database: Database

    def missing_references(self, account_id: str, *, app_id: str, hook_source_id: str) -> list[str]:
        """Return which of "appID" and "hookSourceID" name nothing of this account."""
        with self.database.reading() as connection:
            return _missing(connection, account_id, app_id, hook_source_id)

    def insert(self, hook: Hook, resource: bytes, attempt: Attempt | None) -> Future[Created]:
        """Keep a hook; see HookStore."""
        row = _row(hook)
        created = Created(hook.id, resource)

        def insert(connection: Connection) -> Created:
            first = attempt and first_answer(connection, attempt, created, row)
            return first or _insert_hook(connection, row, created)

        return self.database.submit(insert)


def _insert_hook(connection: Connection, row: dict[str, Any], created: Created) -> Created:
    if connection.execute(_INSERT[connection.dialect.name], row).rowcount:
        return created
    if missing := _missing(connection, row["account_id"], row["app_id"], row["hook_source_id"]):
        raise RulesBroken(unknown_references(missing))
    raise NameTaken


def _missing(connection: Connection, account_id: str, app_id: str, hook_source_id: str) -> list[str]:
    asked = {"account_id": account_id, "app_id": app_id, "hook_source_id": hook_source_id}
    known = connection.execute(_REFERENCES, asked).one()._mapping  # noqa: SLF001 SQLAlchemy's public name
    return [name for name in known if not known[name]]


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
