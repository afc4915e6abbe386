"""Execution hooks in the database."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from execution_hooks.domain.errors import NameTaken, PostFailoverNotSupported, RulesBroken, UnknownResource
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.idempotency import Attempt, Created
from execution_hooks.domain.listing import Page, Selection
from execution_hooks.domain.refusals import Refusal, refuse
from execution_hooks.domain.violations import Violation
from execution_hooks.store.batched_hooks import (
    FIND_HOOKS,
    delete_hooks,
    insert_hooks,
    insert_keyed_hooks,
    update_hooks,
)
from execution_hooks.store.database import Database
from execution_hooks.store.hook_access_paths import access_paths
from execution_hooks.store.hook_insertion import INVENTORY, NEW, PLACE, insert_hook
from execution_hooks.store.idempotency import claim, first_created
from execution_hooks.store.pages import comparable, page
from execution_hooks.store.resources import locked, other_of_name, remove_row, replace_row, row_of
from execution_hooks.store.rows import hook_row, read_hook, read_row
from execution_hooks.store.statements import first_row
from execution_hooks.store.tables import apps, execution_hooks
from execution_hooks.store.writer import BatchedWrite, Overtaken

_REFERENCE_KINDS = {"appID": "an app", "hookSourceID": "a hook source"}
_REFERENCES = select(PLACE.app_known, PLACE.source_known)
_STANDING = select(*PLACE, other_of_name(execution_hooks, NEW))
"""Whether the app and the source of a hook are known, and it is eligible; whether another has its name."""

_HAS_APP = select(apps.c.id).where(
    apps.c.account_id == bindparam("account_id"), apps.c.id == bindparam("app_id")
)

_COMPARED = comparable(execution_hooks)
"""The columns that filters compare."""


@dataclass(frozen=True)
class StoredHooks:
    """Execution hooks kept in a database (see execution_hooks.domain.hook_service.HookStore)."""

    database: Database

    def has_app(self, account_id: str, app_id: str) -> bool:
        """See HookStore."""
        return self.database.first(_HAS_APP, {"account_id": account_id, "app_id": app_id}) is not None

    def unknown_references(self, hook: Hook) -> list[Violation]:
        """See HookStore."""
        with self.database.reading() as connection:
            return _unknown(first_row(connection, _REFERENCES, hook_row(hook)) or ())

    def insert(self, hook: Hook, attempt: Attempt[Hook] | None) -> Future[Created[Hook]]:
        """See HookStore."""
        row = hook_row(hook)

        def work(connection: Connection) -> Created[Hook]:
            if attempt and (first := first_created(connection, attempt, hook, row)):
                inventory = connection.scalar(INVENTORY, {"app_id": first.app_id})
                return Created(first, replayed=True, inventory=inventory)
            inserted = first_row(connection, insert_hook(connection.dialect.name), row)
            if inserted is None:
                _check_place(connection, row, [])
                raise Overtaken("what was against the hook is gone already")
            return Created(hook, inventory=inserted[1])

        def unopposed(_: object) -> Mapping[str, Any]:
            return {**row, **claim(attempt, hook, row)} if attempt else row

        batched = BatchedWrite(
            insert_keyed_hooks if attempt else insert_hooks,
            hook.id,
            unopposed,
            lambda inserted: Created(hook, inventory=inserted[1]),
        )
        return self.database.submit(work, savepoint=attempt is not None, batched=batched)  # a key is first

    def find(self, account_id: str, hook_id: str, app_id: str | None) -> Hook:
        """See HookStore."""
        asked = _asked(account_id, hook_id, app_id)
        columns = self.database.row(row_of(execution_hooks, *asked), asked)
        if columns is None:
            raise UnknownResource
        return read_hook(columns)

    def page(self, account_id: str, app_id: str | None, selection: Selection) -> Page[Hook]:
        """See HookStore."""
        query = select(execution_hooks).where(execution_hooks.c.account_id == account_id)
        if app_id is not None:
            query = query.where(execution_hooks.c.app_id == app_id)
        with (
            self.database.reading() as connection,
            access_paths(connection, account_id, app_id, selection, _COMPARED) as found_by,
        ):
            return page(connection, query, execution_hooks, _COMPARED, selection, read_row, found_by)

    def change(
        self,
        account_id: str,
        hook_id: str,
        app_id: str | None,
        change: Callable[[Hook], tuple[Hook, list[Violation]]],
    ) -> Future[None]:
        """See HookStore."""
        asked = _asked(account_id, hook_id, app_id)

        def work(connection: Connection) -> None:
            changed, violations = change(read_hook(locked(connection, execution_hooks, asked)))
            row = hook_row(changed)
            _check_place(connection, row, violations)
            replace_row(connection, execution_hooks, row)

        def unopposed(found: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
            hook, row_version = _found(found, account_id, app_id)
            changed, violations = change(hook)
            return None if violations else {**hook_row(changed), "row_version": row_version}

        batched = BatchedWrite(update_hooks, hook_id, unopposed, lambda _: None, FIND_HOOKS)
        return self.database.submit(work, batched=batched)

    def remove(
        self, account_id: str, hook_id: str, app_id: str | None, check: Callable[[Hook], None]
    ) -> Future[None]:
        """See HookStore."""
        asked = _asked(account_id, hook_id, app_id)

        def work(connection: Connection) -> None:
            check(read_hook(locked(connection, execution_hooks, asked)))
            remove_row(connection, execution_hooks, hook_id)

        def unopposed(found: Mapping[str, Any] | None) -> Mapping[str, Any]:
            hook, row_version = _found(found, account_id, app_id)
            check(hook)
            return {"id": hook_id, "row_version": row_version}

        batched = BatchedWrite(delete_hooks, hook_id, unopposed, lambda _: None, FIND_HOOKS)
        return self.database.submit(work, batched=batched)


def _found(row: Mapping[str, Any] | None, account_id: str, app_id: str | None) -> tuple[Hook, str]:
    """Return a hook that FIND_HOOKS found, and the version of its row. Raises UnknownResource."""
    if row is None or row["account_id"] != account_id or app_id not in {None, row["app_id"]}:
        raise UnknownResource
    return read_hook(row), row["row_version"]


def _asked(account_id: str, hook_id: str, app_id: str | None) -> dict[str, str]:
    """Return what names a hook: on the account's own path, and below the path of an app."""
    asked = {"account_id": account_id, "id": hook_id}
    return asked if app_id is None else {**asked, "app_id": app_id}


def _check_place(connection: Connection, row: Mapping[str, Any], violations: list[Violation]) -> None:
    """Raise what keeps a row from being stored: broken rules, its app, its name."""
    *known, eligible, taken = first_row(connection, _STANDING, row) or ()
    everything = [*violations, *_unknown(known)]
    refuse(
        {
            Refusal.RULES: everything and RulesBroken(everything),
            Refusal.ELIGIBLE: not eligible and PostFailoverNotSupported(),
            Refusal.NAME: taken and NameTaken("execution hook"),
        }
    )


def _unknown(known: Sequence[bool]) -> list[Violation]:
    """Return the violations of references, of which is given whether the account has what they refer to."""
    return [
        Violation((name,), f"is not the id of {kind} of this account")
        for (name, kind), is_known in zip(_REFERENCE_KINDS.items(), known, strict=True)
        if not is_known
    ]
