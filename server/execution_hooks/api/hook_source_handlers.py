"""Operations on hook sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from execution_hooks.api.hook_source_json import (
    FIELDS,
    read_claims,
    read_fields,
    read_source,
    write_members,
    write_source,
)
from execution_hooks.api.list_queries import selection
from execution_hooks.api.lists import ListKind
from execution_hooks.api.representation import NO_CONTENT, Response, attempt, condition, created, found
from execution_hooks.domain.access import Caller
from execution_hooks.domain.hook_source_service import HookSources
from execution_hooks.http.request_context import RequestContext
from execution_hooks.http.scheduling import Scheduling

_LIST = ListKind("application/astra-hookSources", "1.0", write_members)


@dataclass(frozen=True)
class HookSourceHandlers:
    """The handlers, with the domain they call."""

    sources: HookSources
    scheduling: Scheduling

    async def create(self, body: Mapping[str, Any], caller: Caller, request: RequestContext) -> Response:
        """Return 201 with the stored hook source, or with the first attempt's."""
        tried = attempt(request.headers, caller, body, write_source, read_source)
        made = await self.scheduling.write(self.sources.create, read_fields(body), caller, tried)
        return created(request, write_members(made.resource), replayed=made.replayed)

    def show(self, account_id: str, hook_source_id: str) -> Response:
        """Return 200 with the hook source."""
        return found(write_members(self.sources.find(account_id, hook_source_id)))

    def list(
        self,
        account_id: str,
        request: RequestContext,
        **query: Any,  # noqa: ANN401 the parameters of ``selection``
    ) -> Response:
        """Return 200 with the hook sources of the account."""
        asked = selection(FIELDS, **query)
        return _LIST.respond(asked, partial(self.sources.page, account_id), is_head=request.is_head)

    async def update(
        self, body: Mapping[str, Any], caller: Caller, request: RequestContext, hook_source_id: str
    ) -> Response:
        """Return 204 once the hook source is changed."""
        await self.scheduling.write(
            self.sources.update,
            read_fields(body),
            caller,
            hook_source_id,
            condition=condition(request.headers, write_members),
            claims=read_claims(body),
        )
        return NO_CONTENT

    async def delete(self, caller: Caller, request: RequestContext, hook_source_id: str) -> Response:
        """Return 204 once the hook source is deleted."""
        admits = condition(request.headers, write_members)
        await self.scheduling.write(self.sources.delete, caller, hook_source_id, condition=admits)
        return NO_CONTENT
