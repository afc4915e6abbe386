"""Operations on execution hooks: of the account, and of one app, told apart by the path alone."""

import json
from dataclasses import dataclass

from execution_hooks.api.lists import ListKind
from execution_hooks.api.representation import Members, members, whole
from execution_hooks.api.requests import (
    collection_url,
    created,
    idempotency_key,
    version_condition,
)
from execution_hooks.api.responses import Answer, Held, Streamed, done, shown
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.domain.idempotency import Created
from execution_hooks.http.request_context import Exchange
from execution_hooks.matching.inventory import MATCHES, Inventories, hook_members


@dataclass(frozen=True)
class HookHandlers:
    """The handlers, with the domain they call and the URL under which clients see this server."""

    hooks: Hooks
    inventories: Inventories
    public_url: str

    def create(self, exchange: Exchange) -> Held:
        """Answer 201 with the stored resource, or with the first attempt's."""
        caller = exchange.known_caller
        app_id = exchange.path.get("app_id")
        collection = collection_url(exchange, self.public_url)
        # Asked before the writer's thread has work: it would make this one wait for the interpreter.
        matching = self.inventories.known(caller.account_id, exchange.document["appID"])

        def answer(stored: Created) -> Answer:
            return created(exchange.media_type, collection, stored)

        def with_matches(stored: Created) -> bytes:
            resource = json.loads(stored.resource)
            inventory = self.inventories.of(caller.account_id, resource["appID"])
            return whole(hook_members(resource, inventory)).encode()

        # Last: from here on it may be stored.
        outcome = self.hooks.create(exchange.document, caller, idempotency_key(), app_id=app_id)
        return Held(outcome, answer, fuller_body=with_matches if matching else None)

    def show(self, exchange: Exchange) -> Answer:
        """Answer 200 with the hook and what it hits."""
        account_id = exchange.known_caller.account_id
        hook = self.hooks.find(
            account_id, exchange.path["executionHook_id"], app_id=exchange.path.get("app_id")
        )
        resource = hook.resource()
        inventory = self.inventories.of(account_id, hook.app_id)
        return shown(
            exchange.media_type, whole(hook_members(resource, inventory)), json.dumps(resource).encode()
        )

    def list(self, exchange: Exchange) -> Answer | Streamed:
        """Answer 200 with the hooks of the account or app."""
        account_id = exchange.known_caller.account_id
        app_id = exchange.path.get("app_id")
        asked = exchange.query.get("include")
        matching = asked is None or any(name in asked.split(",") for name in MATCHES)

        def write(hook: Hook) -> Members:
            if matching:
                return hook_members(hook.resource(), self.inventories.of(account_id, hook.app_id))
            return members(hook.resource())

        kind = ListKind("application/astra-executionHooks", "1.3", write)
        return kind.answer(exchange, lambda rows: self.hooks.page(account_id, rows, app_id=app_id))

    def update(self, exchange: Exchange) -> Held:
        """Answer 204 once the hook is changed."""
        outcome = self.hooks.update(
            exchange.document,
            exchange.known_caller,
            exchange.path["executionHook_id"],
            admits=version_condition(),
            app_id=exchange.path.get("app_id"),
        )
        return Held(outcome, done)

    def delete(self, exchange: Exchange) -> Held:
        """Answer 204 once the hook is deleted."""
        outcome = self.hooks.delete(
            exchange.known_caller,
            exchange.path["executionHook_id"],
            admits=version_condition(),
            app_id=exchange.path.get("app_id"),
        )
        return Held(outcome, done)
