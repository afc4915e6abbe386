"""Operations on execution hooks: of the account, and of one app, distinguished by the path alone."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from execution_hooks.api.hook_json import (
    FIELDS,
    MATCHES,
    read_fields,
    read_hook,
    write_hook,
    write_members,
)
from execution_hooks.api.list_queries import selection
from execution_hooks.api.lists import ListKind
from execution_hooks.api.representation import (
    NO_CONTENT,
    Members,
    Response,
    attempt,
    condition,
    created,
    found,
)
from execution_hooks.domain.access import Caller
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.http.request_context import RequestContext
from execution_hooks.http.scheduling import Scheduling
from execution_hooks.matching.inventory import Inventories


@dataclass(frozen=True)
class HookHandlers:
    """The handlers, with the domain they call."""

    hooks: Hooks
    inventories: Inventories
    scheduling: Scheduling

    async def create(
        self, body: Mapping[str, Any], caller: Caller, request: RequestContext, app_id: str | None = None
    ) -> Response:
        """Return 201 with the stored hook, or with the first attempt's."""
        fields = read_fields(body)
        tried = attempt(request.headers, caller, body, write_hook, read_hook)
        made = await self.scheduling.write(self.hooks.create, fields, caller, tried, app_id=app_id)
        members = await self._shown(made.resource, made.inventory, request)
        return created(request, members, computed=MATCHES, replayed=made.replayed)

    async def show(self, account_id: str, execution_hook_id: str, app_id: str | None = None) -> Response:
        """Return 200 with the hook and what it hits."""
        hook, revision = await self.scheduling.look_up(self._found, account_id, execution_hook_id, app_id)
        return found(await self._matched(hook, revision), computed=MATCHES)

    def list(
        self,
        account_id: str,
        request: RequestContext,
        app_id: str | None = None,
        **query: Any,  # noqa: ANN401 the parameters of ``selection``
    ) -> Response:
        """Return 200 with the hooks of the account or app."""
        asked = selection(FIELDS, **query)
        matching = not asked.include or any(name in asked.include for name in MATCHES)

        def write(hook: Hook) -> Members:
            return write_members(hook, self.inventories.of(account_id, hook.app_id) if matching else None)

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
        await self.scheduling.write(
            self.hooks.update,
            read_fields(body),
            caller,
            execution_hook_id,
            condition=condition(request.headers, write_members),
            claimed_id=body.get("id"),
            app_id=app_id,
        )
        return NO_CONTENT

    async def delete(
        self, caller: Caller, request: RequestContext, execution_hook_id: str, app_id: str | None = None
    ) -> Response:
        """Return 204 once the hook is deleted."""
        admits = condition(request.headers, write_members)
        await self.scheduling.write(
            self.hooks.delete, caller, execution_hook_id, condition=admits, app_id=app_id
        )
        return NO_CONTENT

    async def _shown(self, hook: Hook, revision: str | None, request: RequestContext) -> Members:
        """Write a hook with what it hits. It is stored: whatever fails now, it is written without that."""
        try:
            return await self._matched(hook, revision)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 the hook is stored
            request.failure = error
            return write_members(hook)

    def _found(self, account_id: str, hook_id: str, app_id: str | None) -> tuple[Hook, str | None]:
        hook = self.hooks.find(account_id, hook_id, app_id=app_id)
        return hook, self.inventories.revision(account_id, hook.app_id)

    async def _matched(self, hook: Hook, revision: str | None) -> Members:
        """Write a hook with what it hits. More than a few containers are matched on a worker thread."""
        if revision is None:
            return write_members(hook)
        known = self.inventories.at_hand(hook.app_id, revision)
        if known is not None and known.is_small:
            return write_members(hook, known)
        return await self.scheduling.on_thread(self._written, hook, revision)

    def _written(self, hook: Hook, revision: str) -> Members:
        return write_members(hook, self.inventories.prepared(hook.app_id, revision))
