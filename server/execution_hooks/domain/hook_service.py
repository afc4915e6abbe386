"""The life of execution hooks, from creation to deletion."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from execution_hooks.api.entity_tags import Admits, check_version
from execution_hooks.domain.access import Caller
from execution_hooks.domain.errors import Conflict, ReadOnlyHook, RulesBroken, UnknownCollection
from execution_hooks.domain.hook import Hook, rule_faults
from execution_hooks.domain.idempotency import Attempt, Created
from execution_hooks.domain.identifiers import NIL, new_identifier, utc_now
from execution_hooks.domain.listing import Page, Selection
from execution_hooks.domain.metadata import Metadata
from execution_hooks.domain.violations import Fault


class HookStore(Protocol):
    """Where hooks are kept. What it raises is in execution_hooks.domain.errors.

    Wherever an ``app_id`` may be given, other apps' hooks are left out of sight.
    """

    def has_app(self, account_id: str, app_id: str) -> bool:
        """Tell whether the account has this app."""

    def unknown_references(self, hook: Hook) -> list[Fault]:
        """Name the members ("hookSourceID", "appID") that refer to what the account does not have."""

    def insert(self, hook: Hook, resource: bytes, attempt: Attempt | None) -> Future[Created]:
        """Keep a hook, and the JSON of its resource with the attempt's key. Done once it is durable.

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
        change: Callable[[Hook], tuple[Hook, list[Fault]]],
    ) -> Future[None]:
        """Replace a hook by what ``change`` makes of it, as one step, unless that has faults.

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
        document: Mapping[str, Any],
        caller: Caller,
        key: str | None = None,
        *,
        app_id: str | None = None,
    ) -> Future[Created]:
        """Store a new hook from a body that conforms to the contract's schema.

        With an idempotency ``key``, a repeated request gives what the first one created. Raises
        UnknownCollection, ReadOnlyHook or RulesBroken; the future fails as HookStore's ``insert`` does.
        Nothing is stored then.
        """
        self._check_collection(caller.account_id, app_id)
        _check_writable(document["hookType"])
        hook = self._new(document, caller.account_id, caller.user_id)
        attempt = None if key is None else Attempt.of(key, caller.user_id, document)
        return self._insert(hook, rule_faults(hook, app_id), attempt)

    def provide(self, document: Mapping[str, Any], account_id: str) -> Future[Created]:
        """Store a hook that comes with the product, whatever its type; its creator is the system.

        Raises RulesBroken; the future fails as HookStore's ``insert`` does.
        """
        hook = self._new(document, account_id, NIL)
        return self._insert(hook, rule_faults(hook, None), None)

    def find(self, account_id: str, hook_id: str, *, app_id: str | None = None) -> Hook:
        """Return a hook. Raises UnknownResource."""
        return self.store.find(account_id, hook_id, app_id)

    def page(self, account_id: str, selection: Selection, *, app_id: str | None = None) -> Page[Hook]:
        """Return the selected hooks, oldest first. Raises UnknownCollection."""
        self._check_collection(account_id, app_id)
        return self.store.page(account_id, app_id, selection)

    def update(
        self,
        document: Mapping[str, Any],
        caller: Caller,
        hook_id: str,
        *,
        admits: Admits,
        app_id: str | None = None,
    ) -> Future[None]:
        """Change a hook by a body of the contract's ExecutionHookUpdate, under every rule of create.

        The future fails with UnknownResource, ReadOnlyHook, PreconditionFailed, Conflict, RulesBroken,
        PostFailoverNotSupported or NameTaken, the first of these that applies; nothing is changed then.
        """

        def change(hook: Hook) -> tuple[Hook, list[Fault]]:
            _check_writable(hook.hook_type, document.get("hookType"))
            check_version(hook.resource(), admits)
            if document.get("id", hook.id) != hook.id:
                raise Conflict([Fault(("id",), "is not the id of this execution hook")])
            changed = hook.changed(document, caller.user_id, self.now())
            return changed, rule_faults(changed, app_id)

        return self.store.change(caller.account_id, hook_id, app_id, change)

    def delete(
        self, caller: Caller, hook_id: str, *, admits: Admits, app_id: str | None = None
    ) -> Future[None]:
        """Delete a hook. The future fails with UnknownResource, ReadOnlyHook or PreconditionFailed."""

        def check(hook: Hook) -> None:
            _check_writable(hook.hook_type)
            check_version(hook.resource(), admits)

        return self.store.remove(caller.account_id, hook_id, app_id, check)

    def _new(self, document: Mapping[str, Any], account_id: str, user_id: str) -> Hook:
        metadata = Metadata.new(document, user_id, self.now())
        return Hook.from_document(document, hook_id=self.new_id(), account_id=account_id, metadata=metadata)

    def _insert(self, hook: Hook, faults: list[Fault], attempt: Attempt | None) -> Future[Created]:
        if faults:
            raise RulesBroken([*faults, *self.store.unknown_references(hook)])
        return self.store.insert(hook, json.dumps(hook.resource()).encode(), attempt)

    def _check_collection(self, account_id: str, app_id: str | None) -> None:
        if app_id is not None and not self.store.has_app(account_id, app_id):
            raise UnknownCollection


def _check_writable(*hook_types: str | None) -> None:
    if "netapp" in hook_types:
        raise ReadOnlyHook
