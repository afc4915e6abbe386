"""Hook sources: create, find, list, update, delete."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from execution_hooks.domain.access import Caller
from execution_hooks.domain.errors import Conflict, PreconditionFailed, ReadOnlyHookSource, RulesBroken
from execution_hooks.domain.hook_source import (
    HookSource,
    HookSourceClaims,
    HookSourceFields,
    claim_violations,
    source_violations,
)
from execution_hooks.domain.idempotency import Attempt, Created
from execution_hooks.domain.listing import Page, Selection
from execution_hooks.domain.metadata import Metadata, new_identifier, utc_now
from execution_hooks.domain.refusals import Refusal, refuse
from execution_hooks.domain.violations import Violation

Condition = Callable[[HookSource], bool]
"""Tells whether a request is meant for a hook source as it is now."""


class HookSourceStore(Protocol):
    """Where hook sources are kept. What it raises is in execution_hooks.domain.errors."""

    def insert(self, source: HookSource, attempt: Attempt[HookSource] | None) -> Future[Created[HookSource]]:
        """Keep a hook source, and with the attempt's key what it is now. Done once it is durable.

        A repeated attempt gives what the first one created, and keeps nothing. The future fails with
        KeyReused, else with NameTaken.
        """

    def find(self, account_id: str, source_id: str) -> HookSource:
        """Return a hook source. Raises UnknownResource."""

    def page(self, account_id: str, selection: Selection) -> Page[HookSource]:
        """Return hook sources in the order of their creation."""

    def change(
        self, account_id: str, source_id: str, change: Callable[[HookSource], HookSource]
    ) -> Future[None]:
        """Replace a hook source by what ``change`` makes of it, as one step.

        The future fails with UnknownResource, with what ``change`` raises, or with NameTaken.
        """

    def remove(self, account_id: str, source_id: str, check: Callable[[HookSource], None]) -> Future[None]:
        """Remove a hook source if ``check`` lets it.

        The future fails with UnknownResource, with what ``check`` raises, or with HookSourceInUse.
        """


@dataclass(frozen=True)
class HookSources:
    """The hook sources of all accounts. The collaborators are the store, the clock and the ids."""

    store: HookSourceStore
    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = new_identifier

    def create(
        self, fields: HookSourceFields, caller: Caller, attempt: Attempt[HookSource] | None = None
    ) -> Future[Created[HookSource]]:
        """Store a new hook source, of whose fields none is absent that has no default.

        A repeated ``attempt`` gives what the first one created. Raises RulesBroken; the future fails with
        KeyReused or NameTaken. Nothing is stored then.
        """
        metadata = Metadata.new(caller.user_id, self.now())
        source = HookSource(**fields, id=self.new_id(), account_id=caller.account_id, metadata=metadata)
        _check_rules(source)
        return self.store.insert(source, attempt)

    def find(self, account_id: str, source_id: str) -> HookSource:
        """Return a hook source. Raises UnknownResource."""
        return self.store.find(account_id, source_id)

    def page(self, account_id: str, selection: Selection) -> Page[HookSource]:
        """Return the selected hook sources, oldest first."""
        return self.store.page(account_id, selection)

    def update(
        self,
        fields: HookSourceFields,
        caller: Caller,
        source_id: str,
        *,
        condition: Condition,
        claims: HookSourceClaims,
    ) -> Future[None]:
        """Change fields of a hook source, under every rule of create.

        The future fails with UnknownResource, ReadOnlyHookSource, PreconditionFailed, Conflict, RulesBroken
        or NameTaken, the first of these that applies; nothing is changed then.
        """

        def change(stored: HookSource) -> HookSource:
            _check(stored, condition, claim_violations(stored, fields, claims))
            changed = replace(stored, **fields, metadata=stored.metadata.changed(caller.user_id, self.now()))
            _check_rules(changed)
            return changed

        return self.store.change(caller.account_id, source_id, change)

    def delete(self, caller: Caller, source_id: str, *, condition: Condition) -> Future[None]:
        """Delete a hook source that no hook uses.

        The future fails with UnknownResource, ReadOnlyHookSource, PreconditionFailed or HookSourceInUse.
        """
        return self.store.remove(caller.account_id, source_id, lambda stored: _check(stored, condition, []))


def _check(stored: HookSource, condition: Condition, violations: list[Violation]) -> None:
    refuse(
        {
            Refusal.READ_ONLY: stored.preloaded and ReadOnlyHookSource(),
            Refusal.VERSION: not condition(stored) and PreconditionFailed(),
            Refusal.UNCHANGEABLE: violations and Conflict(violations),
        }
    )


def _check_rules(source: HookSource) -> None:
    if violations := source_violations(source.source):
        raise RulesBroken(violations)
