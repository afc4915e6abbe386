"""The life of hook sources, from creation to deletion."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from execution_hooks.api.entity_tags import Admits, check_version
from execution_hooks.domain.access import Caller
from execution_hooks.domain.errors import Conflict, ReadOnlyHookSource, RulesBroken
from execution_hooks.domain.hook_source import HookSource, fixed_faults, source_faults
from execution_hooks.domain.idempotency import Attempt, Created
from execution_hooks.domain.identifiers import new_identifier, utc_now
from execution_hooks.domain.listing import Page, Selection
from execution_hooks.domain.metadata import Metadata


class HookSourceStore(Protocol):
    """Where hook sources are kept. What it raises is in execution_hooks.domain.errors."""

    def insert(self, source: HookSource, resource: bytes, attempt: Attempt | None) -> Future[Created]:
        """Keep a hook source, and the JSON of its resource with the attempt's key. Done once durable.

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

    def create(self, document: Mapping[str, Any], caller: Caller, key: str | None = None) -> Future[Created]:
        """Store a new hook source from a body that conforms to the contract's schema.

        With an idempotency ``key``, a repeated request gives what the first one created. Raises
        RulesBroken; the future fails with KeyReused or NameTaken. Nothing is stored then.
        """
        source = HookSource.from_document(
            document,
            source_id=self.new_id(),
            account_id=caller.account_id,
            metadata=Metadata.new(document, caller.user_id, self.now()),
        )
        _check_rules(source)
        attempt = None if key is None else Attempt.of(key, caller.user_id, document)
        return self.store.insert(source, json.dumps(source.resource()).encode(), attempt)

    def find(self, account_id: str, source_id: str) -> HookSource:
        """Return a hook source. Raises UnknownResource."""
        return self.store.find(account_id, source_id)

    def page(self, account_id: str, selection: Selection) -> Page[HookSource]:
        """Return the selected hook sources, oldest first."""
        return self.store.page(account_id, selection)

    def update(
        self, document: Mapping[str, Any], caller: Caller, source_id: str, *, admits: Admits
    ) -> Future[None]:
        """Change a hook source by a body of the contract's HookSourceUpdate, under every rule of create.

        The future fails with UnknownResource, ReadOnlyHookSource, PreconditionFailed, Conflict, RulesBroken
        or NameTaken, the first of these that applies; nothing is changed then.
        """

        def change(stored: HookSource) -> HookSource:
            _check_version(stored, admits)
            if faults := fixed_faults(stored, document):
                raise Conflict(faults)
            changed = stored.changed(document, caller.user_id, self.now())
            _check_rules(changed)
            return changed

        return self.store.change(caller.account_id, source_id, change)

    def delete(self, caller: Caller, source_id: str, *, admits: Admits) -> Future[None]:
        """Delete a hook source that no hook uses.

        The future fails with UnknownResource, ReadOnlyHookSource, PreconditionFailed or HookSourceInUse.
        """
        return self.store.remove(caller.account_id, source_id, lambda stored: _check_version(stored, admits))


def _check_version(stored: HookSource, admits: Admits) -> None:
    if stored.preloaded:
        raise ReadOnlyHookSource
    check_version(stored.resource(), admits)


def _check_rules(source: HookSource) -> None:
    if faults := source_faults(source.source):
        raise RulesBroken(faults)
