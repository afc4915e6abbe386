"""The API as an account sees it, for asyncio: ``AsyncExecutionHooks`` has hooks, sources, apps."""

import builtins
import os
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from ssl import SSLContext
from typing import Any, Self, cast
from uuid import UUID

import httpx

from .api.apps import get_app, list_apps
from .api.execution_hooks import (
    create_execution_hook,
    delete_execution_hook,
    get_execution_hook,
    list_execution_hooks,
    update_execution_hook,
)
from .api.hook_sources import (
    create_hook_source,
    delete_hook_source,
    get_hook_source,
    list_hook_sources,
    update_hook_source,
)
from .client import AuthenticatedClient
from .models import (
    App,
    ExecutionHook,
    ExecutionHookUpdate,
    ExecutionHookUpdateEnabled,
    ExecutionHookVersion,
    HookAction,
    HookSource,
    HookSourceType,
    HookSourceUpdate,
    HookSourceVersion,
    HookStage,
    HookType,
    NewExecutionHook,
    NewExecutionHookEnabled,
    NewHookSource,
    NewMatchingCriterion,
    NewMetadata,
)
from .resources import Hook, Page, Source, next_page, page_of, tagged
from .retries import Retries
from .transport import nothing, send_async
from .types import UNSET, Response, Unset


class AsyncRawHooks:
    """The same operations as ``AsyncHooks``, with the whole response around each result."""

    def __init__(self, client: AuthenticatedClient, account_id: UUID) -> None:
        self._client = client
        self._account_id = account_id

    async def create(
        self,
        *,
        name: str,
        action: HookAction,
        stage: HookStage,
        hook_source_id: str | UUID,
        app_id: str | UUID,
        hook_type: HookType = "custom",
        matching_criteria: builtins.list[NewMatchingCriterion] | Unset = UNSET,
        arguments: builtins.list[str] | None | Unset = UNSET,
        enabled: NewExecutionHookEnabled | Unset = UNSET,
        description: str | Unset = UNSET,
        metadata: NewMetadata | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Response[Hook]:
        """Create an execution hook; see ``AsyncHooks.create``."""
        body = NewExecutionHook(
            type_="application/astra-executionHook",
            version="1.3",
            name=name,
            action=action,
            stage=stage,
            hook_source_id=UUID(str(hook_source_id)),
            app_id=UUID(str(app_id)),
            hook_type=hook_type,
            matching_criteria=matching_criteria,
            arguments=arguments,
            enabled=enabled,
            description=description,
            metadata=metadata,
        )
        request = create_execution_hook.request(self._account_id, body=body, idempotency_key=idempotency_key)
        return tagged(await send_async(self._client, request, 201, Hook.from_dict))

    async def get(self, hook_id: UUID | str) -> Response[Hook]:
        """Read an execution hook; see ``AsyncHooks.get``."""
        request = get_execution_hook.request(self._account_id, UUID(str(hook_id)))
        return tagged(await send_async(self._client, request, 200, Hook.from_dict))

    async def list(
        self,
        *,
        filter: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        continue_: str | Unset = UNSET,  # noqa: A002
    ) -> Response[Page[Hook]]:
        """List the execution hooks of the account, a page of ``limit`` or all of them."""
        request = list_execution_hooks.request(self._account_id, filter_=filter, limit=limit, continue_=continue_)
        return await send_async(self._client, request, 200, page_of(Hook.from_dict))

    async def update(
        self,
        which: Hook | UUID | str,
        /,
        *,
        name: str | Unset = UNSET,
        hook_type: HookType | Unset = UNSET,
        matching_criteria: builtins.list[NewMatchingCriterion] | Unset = UNSET,
        action: HookAction | Unset = UNSET,
        stage: HookStage | Unset = UNSET,
        hook_source_id: str | UUID | Unset = UNSET,
        arguments: builtins.list[str] | None | Unset = UNSET,
        app_id: str | UUID | Unset = UNSET,
        enabled: ExecutionHookUpdateEnabled | Unset = UNSET,
        description: str | Unset = UNSET,
        metadata: NewMetadata | Unset = UNSET,
    ) -> Response[None]:
        """Change an execution hook; see ``AsyncHooks.update``."""
        read = which if isinstance(which, Hook) else None
        body = ExecutionHookUpdate(
            type_="application/astra-executionHook",
            version=cast(ExecutionHookVersion, read.version) if read else "1.3",
            name=name,
            hook_type=hook_type,
            matching_criteria=matching_criteria,
            action=action,
            stage=stage,
            hook_source_id=hook_source_id if isinstance(hook_source_id, Unset) else UUID(str(hook_source_id)),
            arguments=arguments,
            app_id=app_id if isinstance(app_id, Unset) else UUID(str(app_id)),
            enabled=enabled,
            description=description,
            metadata=metadata,
        )
        request = update_execution_hook.request(
            self._account_id,
            read.id if read else UUID(str(which)),
            body=body,
            if_match=(read.etag or UNSET) if read else UNSET,
        )
        return await send_async(self._client, request, 204, nothing)

    async def delete(self, which: ExecutionHook | UUID | str, /) -> Response[None]:
        """Delete an execution hook; see ``AsyncHooks.delete``."""
        named = which.id if isinstance(which, ExecutionHook) else UUID(str(which))
        request = delete_execution_hook.request(self._account_id, named)
        return await send_async(self._client, request, 204, nothing)


class AsyncHooks:
    """The execution hooks of an account."""

    def __init__(self, client: AuthenticatedClient, account_id: UUID) -> None:
        self.with_raw_response = AsyncRawHooks(client, account_id)
        """The same operations, with the whole response around each result."""

    async def create(
        self,
        *,
        name: str,
        action: HookAction,
        stage: HookStage,
        hook_source_id: str | UUID,
        app_id: str | UUID,
        hook_type: HookType = "custom",
        matching_criteria: builtins.list[NewMatchingCriterion] | Unset = UNSET,
        arguments: builtins.list[str] | None | Unset = UNSET,
        enabled: NewExecutionHookEnabled | Unset = UNSET,
        description: str | Unset = UNSET,
        metadata: NewMetadata | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Hook:
        """Create an execution hook and return it. It is sent again where that is safe.

        Args:
            name: A name of your choice, unique among the hooks of the account. A taken name is refused with 409.
            action: The action that runs the hook, provided that the criteria are met.
            stage: `pre` runs the hook before the action, `post` after it. The actions `restore` and `failover`
                have a `post` stage only.
            hook_source_id: Id of the hook source, the script to run. It must be a source of this account.
            app_id: Id of the app in whose containers the hook runs. It must be an app of this account.
            hook_type: `custom` for a hook of your own, tied to an app. `netapp` marks hooks that come with the
                product; they are read only, so creating, changing or deleting one is refused with 403.
            matching_criteria: Which containers of the app the hook runs in: those that meet **all** criteria. An empty list
                means every container of the app, and so does none in a new hook. The same type may occur more
                than once.
            arguments: Arguments for the script, by position; equal ones may repeat. `null` counts as left out. A new
                hook has none unless it says so.
            enabled: `"false"` keeps the hook but never runs it. Leave it out to have it run.
            description: Free text about the hook, for people.
            metadata: Metadata as a client sends it. Only `labels` is yours to set. The other members may be sent as
                they were read, here or on another server: they are ignored, whatever text they hold.

            idempotency_key: a key of your own; without one, each call makes a new one.
        """
        response = await self.with_raw_response.create(
            name=name,
            action=action,
            stage=stage,
            hook_source_id=hook_source_id,
            app_id=app_id,
            hook_type=hook_type,
            matching_criteria=matching_criteria,
            arguments=arguments,
            enabled=enabled,
            description=description,
            metadata=metadata,
            idempotency_key=idempotency_key,
        )
        return response.parsed

    async def get(self, hook_id: UUID | str) -> Hook:
        """Read an execution hook."""
        return (await self.with_raw_response.get(hook_id)).parsed

    async def list(
        self,
        *,
        filter: str | Unset = UNSET,
        page_size: int = 100,  # noqa: A002 the parameter's own name
    ) -> AsyncIterator[Hook]:
        """Yield the execution hooks that fit a filter, all of them without one, oldest first, page by page."""
        more: str | Unset = UNSET
        while True:
            response = await self.with_raw_response.list(filter=filter, limit=page_size, continue_=more)
            for each in response.parsed.items:
                yield each
            following = next_page(response, more)
            if following is None:
                return
            more = following

    async def update(
        self,
        which: Hook | UUID | str,
        /,
        *,
        name: str | Unset = UNSET,
        hook_type: HookType | Unset = UNSET,
        matching_criteria: builtins.list[NewMatchingCriterion] | Unset = UNSET,
        action: HookAction | Unset = UNSET,
        stage: HookStage | Unset = UNSET,
        hook_source_id: str | UUID | Unset = UNSET,
        arguments: builtins.list[str] | None | Unset = UNSET,
        app_id: str | UUID | Unset = UNSET,
        enabled: ExecutionHookUpdateEnabled | Unset = UNSET,
        description: str | Unset = UNSET,
        metadata: NewMetadata | Unset = UNSET,
    ) -> None:
        """Change an execution hook: what is given is changed, the rest is kept.

        A resource that was read is changed only if it is still what was read: else PreconditionNotMet is
        raised. Read it again before you change it again. By its id, or from a list, it is changed in any case.

        Args:
            name: A name of your choice, unique among the hooks of the account. A taken name is refused with 409.
            hook_type: `custom` for a hook of your own, tied to an app. `netapp` marks hooks that come with the
                product; they are read only, so creating, changing or deleting one is refused with 403.
            matching_criteria: Which containers of the app the hook runs in: those that meet **all** criteria. An empty list
                means every container of the app, and so does none in a new hook. The same type may occur more
                than once.
            action: The action that runs the hook, provided that the criteria are met.
            stage: `pre` runs the hook before the action, `post` after it. The actions `restore` and `failover`
                have a `post` stage only.
            hook_source_id: Id of the hook source, the script to run. It must be a source of this account.
            arguments: Arguments for the script, by position; equal ones may repeat. `null` counts as left out. A new
                hook has none unless it says so.
            app_id: Id of the app in whose containers the hook runs. It must be an app of this account.
            enabled: `"false"` keeps the hook but never runs it, `"true"` has it run.
            description: Free text about the hook, for people.
            metadata: Metadata as a client sends it. Only `labels` is yours to set. The other members may be sent as
                they were read, here or on another server: they are ignored, whatever text they hold.

        """
        await self.with_raw_response.update(
            which,
            name=name,
            hook_type=hook_type,
            matching_criteria=matching_criteria,
            action=action,
            stage=stage,
            hook_source_id=hook_source_id,
            arguments=arguments,
            app_id=app_id,
            enabled=enabled,
            description=description,
            metadata=metadata,
        )

    async def delete(self, which: ExecutionHook | UUID | str, /) -> None:
        """Delete an execution hook, whatever it has become since it was read."""
        await self.with_raw_response.delete(which)


class AsyncRawSources:
    """The same operations as ``AsyncSources``, with the whole response around each result."""

    def __init__(self, client: AuthenticatedClient, account_id: UUID) -> None:
        self._client = client
        self._account_id = account_id

    async def create(
        self,
        *,
        name: str,
        source: str,
        description: str | Unset = UNSET,
        metadata: NewMetadata | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Response[Source]:
        """Create a hook source; see ``AsyncSources.create``."""
        body = NewHookSource(
            type_="application/astra-hookSource",
            version="1.0",
            source_type="script",
            name=name,
            source=source,
            description=description,
            metadata=metadata,
        )
        request = create_hook_source.request(self._account_id, body=body, idempotency_key=idempotency_key)
        return tagged(await send_async(self._client, request, 201, Source.from_dict))

    async def get(self, source_id: UUID | str) -> Response[Source]:
        """Read a hook source; see ``AsyncSources.get``."""
        request = get_hook_source.request(self._account_id, UUID(str(source_id)))
        return tagged(await send_async(self._client, request, 200, Source.from_dict))

    async def list(
        self,
        *,
        filter: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        continue_: str | Unset = UNSET,  # noqa: A002
    ) -> Response[Page[Source]]:
        """List the hook sources of the account, a page of ``limit`` or all of them."""
        request = list_hook_sources.request(self._account_id, filter_=filter, limit=limit, continue_=continue_)
        return await send_async(self._client, request, 200, page_of(Source.from_dict))

    async def update(
        self,
        which: Source | UUID | str,
        /,
        *,
        name: str | Unset = UNSET,
        source_type: HookSourceType | Unset = UNSET,
        source: str | Unset = UNSET,
        description: str | Unset = UNSET,
        metadata: NewMetadata | Unset = UNSET,
    ) -> Response[None]:
        """Change a hook source; see ``AsyncSources.update``."""
        read = which if isinstance(which, Source) else None
        body = HookSourceUpdate(
            type_="application/astra-hookSource",
            version=cast(HookSourceVersion, read.version) if read else "1.0",
            name=name,
            source_type=source_type,
            source=source,
            description=description,
            metadata=metadata,
        )
        request = update_hook_source.request(
            self._account_id,
            read.id if read else UUID(str(which)),
            body=body,
            if_match=(read.etag or UNSET) if read else UNSET,
        )
        return await send_async(self._client, request, 204, nothing)

    async def delete(self, which: HookSource | UUID | str, /) -> Response[None]:
        """Delete a hook source; see ``AsyncSources.delete``."""
        named = which.id if isinstance(which, HookSource) else UUID(str(which))
        request = delete_hook_source.request(self._account_id, named)
        return await send_async(self._client, request, 204, nothing)


class AsyncSources:
    """The hook sources of an account."""

    def __init__(self, client: AuthenticatedClient, account_id: UUID) -> None:
        self.with_raw_response = AsyncRawSources(client, account_id)
        """The same operations, with the whole response around each result."""

    async def create(
        self,
        *,
        name: str,
        source: str,
        description: str | Unset = UNSET,
        metadata: NewMetadata | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Source:
        """Create a hook source and return it. It is sent again where that is safe.

        Args:
            name: A name of your choice, unique among the hook sources of the account. A taken name is refused
                with 409.
            source: The script in base64 (RFC 4648, section 4: the standard alphabet, with padding). It must decode
                to text in UTF-8 without NUL and carriage return that does not begin with a byte order mark
                (U+FEFF), else the response is 400, problem 9.
            description: Free text about the hook source, for people.
            metadata: Metadata as a client sends it. Only `labels` is yours to set. The other members may be sent as
                they were read, here or on another server: they are ignored, whatever text they hold.

            idempotency_key: a key of your own; without one, each call makes a new one.
        """
        response = await self.with_raw_response.create(
            name=name, source=source, description=description, metadata=metadata, idempotency_key=idempotency_key
        )
        return response.parsed

    async def upload(self, path: str | Path, *, name: str | None = None, description: str | Unset = UNSET) -> Source:
        """Create a hook source of a script in a file, under the file's name unless another is given."""
        script = Path(path).read_bytes()
        return await self.create(
            name=name or Path(path).name, source=b64encode(script).decode(), description=description
        )

    async def get(self, source_id: UUID | str) -> Source:
        """Read a hook source."""
        return (await self.with_raw_response.get(source_id)).parsed

    async def list(
        self,
        *,
        filter: str | Unset = UNSET,
        page_size: int = 100,  # noqa: A002 the parameter's own name
    ) -> AsyncIterator[Source]:
        """Yield the hook sources that fit a filter, all of them without one, oldest first, page by page."""
        more: str | Unset = UNSET
        while True:
            response = await self.with_raw_response.list(filter=filter, limit=page_size, continue_=more)
            for each in response.parsed.items:
                yield each
            following = next_page(response, more)
            if following is None:
                return
            more = following

    async def update(
        self,
        which: Source | UUID | str,
        /,
        *,
        name: str | Unset = UNSET,
        source_type: HookSourceType | Unset = UNSET,
        source: str | Unset = UNSET,
        description: str | Unset = UNSET,
        metadata: NewMetadata | Unset = UNSET,
    ) -> None:
        """Change a hook source: what is given is changed, the rest is kept.

        A resource that was read is changed only if it is still what was read: else PreconditionNotMet is
        raised. Read it again before you change it again. By its id, or from a list, it is changed in any case.

        Args:
            name: A name of your choice, unique among the hook sources of the account. A taken name is refused
                with 409.
            source_type: What the source is. There is one value, a script.
            source: The script in base64 (RFC 4648, section 4: the standard alphabet, with padding). It must decode
                to text in UTF-8 without NUL and carriage return that does not begin with a byte order mark
                (U+FEFF), else the response is 400, problem 9.
            description: Free text about the hook source, for people.
            metadata: Metadata as a client sends it. Only `labels` is yours to set. The other members may be sent as
                they were read, here or on another server: they are ignored, whatever text they hold.

        """
        await self.with_raw_response.update(
            which,
            name=name,
            source_type=source_type,
            source=source,
            description=description,
            metadata=metadata,
        )

    async def delete(self, which: HookSource | UUID | str, /) -> None:
        """Delete a hook source, whatever it has become since it was read."""
        await self.with_raw_response.delete(which)


class AsyncRawApps:
    """The same operations as ``AsyncApps``, with the whole response around each result."""

    def __init__(self, client: AuthenticatedClient, account_id: UUID) -> None:
        self._client = client
        self._account_id = account_id

    async def get(self, app_id: UUID | str) -> Response[App]:
        """Read an app; see ``AsyncApps.get``."""
        request = get_app.request(self._account_id, UUID(str(app_id)))
        return await send_async(self._client, request, 200, App.from_dict)

    async def list(
        self,
        *,
        filter: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        continue_: str | Unset = UNSET,  # noqa: A002
    ) -> Response[Page[App]]:
        """List the apps of the account, a page of ``limit`` or all of them."""
        request = list_apps.request(self._account_id, filter_=filter, limit=limit, continue_=continue_)
        return await send_async(self._client, request, 200, page_of(App.from_dict))


class AsyncApps:
    """The apps of an account."""

    def __init__(self, client: AuthenticatedClient, account_id: UUID) -> None:
        self.with_raw_response = AsyncRawApps(client, account_id)
        """The same operations, with the whole response around each result."""

    async def get(self, app_id: UUID | str) -> App:
        """Read an app."""
        return (await self.with_raw_response.get(app_id)).parsed

    async def list(
        self,
        *,
        filter: str | Unset = UNSET,
        page_size: int = 100,  # noqa: A002 the parameter's own name
    ) -> AsyncIterator[App]:
        """Yield the apps that fit a filter, all of them without one, oldest first, page by page."""
        more: str | Unset = UNSET
        while True:
            response = await self.with_raw_response.list(filter=filter, limit=page_size, continue_=more)
            for each in response.parsed.items:
                yield each
            following = next_page(response, more)
            if following is None:
                return
            more = following


class AsyncExecutionHooks:
    """An account on a server. Use it in ``async with``, which closes its connections.

    Args:
        url: of the server, with the path that it is served below.
        token: of a user of the account.
        account_id: the account.
        timeout: seconds to wait for a connection, and for each part of a response.
        deadline: seconds for a response, from when it begins.
        retries: how often a request is sent again where that is safe, or how.
        idempotency_keys: whether each create gets an ``Idempotency-Key``; without one it is not repeated.
        headers: more of them, for each request.
        verify_ssl: a context of ``ssl``, or False to trust any server.
        httpx_args: more arguments of ``httpx.AsyncClient``, such as ``transport`` or ``proxy``.
    """

    def __init__(
        self,
        url: str,
        token: str,
        account_id: UUID | str,
        *,
        timeout: float | httpx.Timeout = 30.0,
        deadline: float = 300.0,
        retries: Retries | int = 2,
        idempotency_keys: bool = True,
        headers: Mapping[str, str] | None = None,
        verify_ssl: SSLContext | str | bool = True,
        httpx_args: Mapping[str, Any] | None = None,
    ) -> None:
        client = AuthenticatedClient(
            url,
            token,
            timeout=timeout,
            deadline=deadline,
            retries=retries if isinstance(retries, Retries) else Retries(most=retries),
            idempotency_keys=idempotency_keys,
            headers=headers or {},
            verify_ssl=verify_ssl,
            httpx_args=httpx_args or {},
        )
        self._take(client, UUID(str(account_id)))

    @classmethod
    def from_environment(cls) -> Self:
        """Take url, token and account from EXECUTION_HOOKS_URL, EXECUTION_HOOKS_TOKEN and EXECUTION_HOOKS_ACCOUNT.

        Raises KeyError if one of them is not set.
        """
        names = ("EXECUTION_HOOKS_URL", "EXECUTION_HOOKS_TOKEN", "EXECUTION_HOOKS_ACCOUNT")
        url, token, account_id = (os.environ[name] for name in names)
        return cls(url, token, account_id)

    def _take(self, client: AuthenticatedClient, account_id: UUID) -> None:
        self.client = client
        self.account_id = account_id
        self.hooks = AsyncHooks(client, account_id)
        self.sources = AsyncSources(client, account_id)
        self.apps = AsyncApps(client, account_id)

    def with_options(
        self,
        *,
        timeout: float | httpx.Timeout | None = None,
        retries: Retries | int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Self:
        """Return the same account with other settings, on the same connections; this one stays as it is."""
        client = self.client.with_headers(headers or {})
        client = client if timeout is None else client.with_timeout(timeout)
        client = client if retries is None else client.with_retries(retries)
        other = type(self).__new__(type(self))
        other._take(client, self.account_id)
        return other

    def __repr__(self) -> str:
        return f"AsyncExecutionHooks({self.client.base_url!r}, account_id={str(self.account_id)!r})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self.client.connections.aclose()
