"""Operations on execution hooks: of the account, and of one app, told apart by the path alone."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from execution_hooks.api.list_queries import selection
from execution_hooks.api.lists import ListKind
from execution_hooks.api.representation import Members, members, whole
from execution_hooks.api.requests import collection_url, created, idempotency_key, version_condition
from execution_hooks.api.responses import NO_CONTENT, Response, ok
from execution_hooks.domain.access import Caller
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.domain.idempotency import Created
from execution_hooks.http.request_context import RequestContext
from execution_hooks.http.scheduling import Scheduling
from execution_hooks.matching.inventory import MATCHES, Inventories, hook_members


@dataclass(frozen=True)
class HookHandlers:
    """The handlers, with the domain they call and the URL under which clients see this server."""

    hooks: Hooks
    inventories: Inventories
    scheduling: Scheduling
    public_url: str

    async def create(
        self, body: Mapping[str, Any], caller: Caller, request: RequestContext, app_id: str | None = None
    ) -> Response:
        """Return 201 with the stored hook, or with the first attempt's."""
        collection = collection_url(request, self.public_url)
        # Asked before the writer's thread has work: it would make this one wait for the interpreter.
        matching = await self.scheduling.look_up(self.inventories.known, caller.account_id, body["appID"])
        key = idempotency_key(request)
        stored = await self.scheduling.write(partial(self.hooks.create, body, caller, key, app_id=app_id))
        shown = await self._with_matches(stored, caller, request) if matching else stored.resource
        return created(collection, stored, shown)

    def show(self, account_id: str, execution_hook_id: str, app_id: str | None = None) -> Response:
        """Return 200 with the hook and what it hits."""
        hook = self.hooks.find(account_id, execution_hook_id, app_id=app_id)
        resource = hook.resource()
        text = whole(hook_members(resource, self.inventories.of(account_id, hook.app_id)))
        return ok(text.encode(), stored=json.dumps(resource).encode())

    def list(
        self,
        account_id: str,
        request: RequestContext,
        app_id: str | None = None,
        include: str | None = None,
        limit: int | None = None,
        filter_: str | None = None,
        continue_: str | None = None,
    ) -> Response:
        """Return 200 with the hooks of the account or app."""
        asked = selection(include, limit, filter_, continue_)
        matching = not asked.include or any(name in asked.include for name in MATCHES)

        def write(hook: Hook) -> Members:
            if matching:
                return hook_members(hook.resource(), self.inventories.of(account_id, hook.app_id))
            return members(hook.resource())

        fetch = partial(self.hooks.page, account_id, app_id=app_id)
        kind = ListKind("application/astra-executionHooks", "1.3", write)
        return kind.respond(asked, fetch, is_head=request.is_head)

    async def update(
        self,
        body: Mapping[str, Any],
        caller: Caller,
        request: RequestContext,
        execution_hook_id: str,
        app_id: str | None = None,
    ) -> Response:
        """Return 204 once the hook is changed."""
        admits = version_condition(request)
        update = partial(self.hooks.update, body, caller, execution_hook_id, admits=admits, app_id=app_id)
        await self.scheduling.write(update)
        return NO_CONTENT

    async def delete(
        self, caller: Caller, request: RequestContext, execution_hook_id: str, app_id: str | None = None
    ) -> Response:
        """Return 204 once the hook is deleted."""
        admits = version_condition(request)
        delete = partial(self.hooks.delete, caller, execution_hook_id, admits=admits, app_id=app_id)
        await self.scheduling.write(delete)
        return NO_CONTENT

    async def _with_matches(self, stored: Created, caller: Caller, request: RequestContext) -> bytes:
        """Return the hook with what it hits. It is stored: whatever fails now, it is sent without that."""
        try:
            return await self.scheduling.on_thread(self._matched, stored, caller.account_id)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 what is stored is told
            request.failure = error
            return stored.resource

    def _matched(self, stored: Created, account_id: str) -> bytes:
        resource = json.loads(stored.resource)
        return whole(hook_members(resource, self.inventories.of(account_id, resource["appID"]))).encode()
