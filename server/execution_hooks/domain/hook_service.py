"""Execution hooks: create, find, list, update, delete."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from execution_hooks.domain.access import Caller
from execution_hooks.domain.errors import (
    Conflict,
    PreconditionFailed,
    ReadOnlyHook,
    RulesBroken,
    UnknownCollection,
)
from execution_hooks.domain.hook import READ_ONLY_TYPE, Hook, HookFields, rule_violations
from execution_hooks.domain.idempotency import Attempt, Created
from execution_hooks.domain.listing import Page, Selection
from execution_hooks.domain.metadata import NIL, Metadata, new_identifier, utc_now
from execution_hooks.domain.refusals import Refusal, in_order, refuse
from execution_hooks.domain.violations import Violation

Condition = Callable[[Hook], bool]
"""Tells whether a request is meant for a hook as it is now."""


class HookStore(Protocol):
    """Where hooks are kept. What it raises is in execution_hooks.domain.errors.

    Wherever an ``app_id`` may be given, other apps' hooks are left out of sight.
    """

    def has_app(self, account_id: str, app_id: str) -> bool:
        """Return whether the account has this app."""

    def unknown_references(self, hook: Hook) -> list[Violation]:
        """Return the fields ("hookSourceID", "appID") that refer to what the account does not have."""

    def insert(self, hook: Hook, attempt: Attempt[Hook] | None) -> Future[Created[Hook]]:
        """Keep a hook, and with the attempt's key what it is now. Done once it is durable.

        A repeated attempt gives what the first one created, and keeps nothing. The future fails with
        KeyReused, RulesBroken, PostFailoverNotSupported or NameTaken, the first of these that applies.
        """

    def find(self, account_id: str, hook_id: str, app_id: str | None) -> Hook:
        """Return a hook. Raises UnknownResource."""

    def page(self, account_id: str, app_id: str | None, selection: Selection) -> Page[Hook]:
        """Return hooks in the order of their creation."""

    def change(
        self,
        account_id: str,
        hook_id: str,
        app_id: str | None,
        change: Callable[[Hook], tuple[Hook, list[Violation]]],
    ) -> Future[None]:
        """Replace a hook by what ``change`` makes of it, as one step, unless that has violations.

        The future fails with UnknownResource, with what ``change`` raises, or as with ``insert``.
        """

    def remove(
        self, account_id: str, hook_id: str, app_id: str | None, check: Callable[[Hook], None]
    ) -> Future[None]:
        """Remove a hook if ``check`` lets it. The future fails with UnknownResource or what it raises."""


@dataclass(frozen=True)
class Hooks:
    """The execution hooks of all accounts. The collaborators are the store, the clock and the ids.

    An ``app_id`` is that of the app below whose path the request was made; None on the account's own path.
    """

    store: HookStore
    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = new_identifier

    def create(
        self,
        fields: HookFields,
        caller: Caller,
        attempt: Attempt[Hook] | None = None,
        *,
        app_id: str | None = None,
    ) -> Future[Created[Hook]]:
        """Store a new hook, of whose fields none is absent that has no default.

        A repeated ``attempt`` gives what the first one created. Raises UnknownCollection, ReadOnlyHook or
        RulesBroken; the future fails as HookStore's ``insert`` does. Nothing is stored then.
        """
        hook = self._new(fields, caller.account_id, caller.user_id)
        for check in self._BEFORE_INSERT:
            check(self, hook, app_id)
        return self.store.insert(hook, attempt)

    def provide(self, fields: HookFields, account_id: str) -> Future[Created[Hook]]:
        """Store a hook that comes with the product, whatever its type; its creator is the system.

        Raises RulesBroken; the future fails as HookStore's ``insert`` does.
        """
        hook = self._new(fields, account_id, NIL)
        self._check_rules(hook, None)
        return self.store.insert(hook, None)

    def find(self, account_id: str, hook_id: str, *, app_id: str | None = None) -> Hook:
        """Return a hook. Raises UnknownResource."""
        return self.store.find(account_id, hook_id, app_id)

    def page(self, account_id: str, selection: Selection, *, app_id: str | None = None) -> Page[Hook]:
        """Return the selected hooks, oldest first. Raises UnknownCollection."""
        if app_id is not None:
            self._check_app(account_id, app_id)
        return self.store.page(account_id, app_id, selection)

    def update(
        self,
        fields: HookFields,
        caller: Caller,
        hook_id: str,
        *,
        condition: Condition,
        claimed_id: str | None = None,
        app_id: str | None = None,
    ) -> Future[None]:
        """Change fields of a hook, under every rule of create. ``claimed_id`` is the id that the client sent.

        The future fails with UnknownResource, ReadOnlyHook, PreconditionFailed, Conflict, RulesBroken,
        PostFailoverNotSupported or NameTaken, the first of these that applies; nothing is changed then.
        """
        wrong_id = [Violation(("id",), "is not the id of this execution hook")]

        def change(hook: Hook) -> tuple[Hook, list[Violation]]:
            read_only = READ_ONLY_TYPE in {hook.hook_type, fields.get("hook_type")}
            refuse(
                {
                    Refusal.READ_ONLY: read_only and ReadOnlyHook(),
                    Refusal.VERSION: not condition(hook) and PreconditionFailed(),
                    Refusal.UNCHANGEABLE: claimed_id not in {None, hook.id} and Conflict(wrong_id),
                }
            )
            changed = replace(hook, **fields, metadata=hook.metadata.changed(caller.user_id, self.now()))
            return changed, rule_violations(changed, app_id)

        return self.store.change(caller.account_id, hook_id, app_id, change)

    def delete(
        self, caller: Caller, hook_id: str, *, condition: Condition, app_id: str | None = None
    ) -> Future[None]:
        """Delete a hook. The future fails with UnknownResource, ReadOnlyHook or PreconditionFailed."""

        def check(hook: Hook) -> None:
            refuse(
                {
                    Refusal.READ_ONLY: hook.hook_type == READ_ONLY_TYPE and ReadOnlyHook(),
                    Refusal.VERSION: not condition(hook) and PreconditionFailed(),
                }
            )

        return self.store.remove(caller.account_id, hook_id, app_id, check)

    def _check_collection(self, hook: Hook, app_id: str | None) -> None:
        if app_id is not None:
            self._check_app(hook.account_id, app_id)

    def _check_writable(self, hook: Hook, _app_id: str | None) -> None:
        if hook.hook_type == READ_ONLY_TYPE:
            raise ReadOnlyHook

    def _check_rules(self, hook: Hook, app_id: str | None) -> None:
        if violations := rule_violations(hook, app_id):
            raise RulesBroken([*violations, *self.store.unknown_references(hook)])

    def _new(self, fields: HookFields, account_id: str, user_id: str) -> Hook:
        metadata = Metadata.new(user_id, self.now())
        return Hook(**fields, id=self.new_id(), account_id=account_id, metadata=metadata)

    def _check_app(self, account_id: str, app_id: str) -> None:
        if not self.store.has_app(account_id, app_id):
            raise UnknownCollection

    _BEFORE_INSERT = in_order(
        {
            Refusal.RESOURCE: _check_collection,
            Refusal.READ_ONLY: _check_writable,
            Refusal.RULES: _check_rules,
        }
    )
