from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from ...client import AuthenticatedClient
from ...models.hook_source import HookSource
from ...models.new_hook_source import NewHookSource
from ...transport import send, send_async
from ...types import UNSET, Response, Unset

_READ: Callable[[Any], HookSource] = HookSource.from_dict


def request(
    account_id: UUID,
    *,
    body: NewHookSource,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/accounts/{account_id}/core/v1/hookSources".format(
            account_id=quote(str(account_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def sync_detailed(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewHookSource,
    idempotency_key: str | Unset = UNSET,
) -> Response[HookSource]:
    """Create a hook source.

    Stores a script and returns it, once it is on disk. Hooks name it by its `id` in
    `hookSourceID`. Compare `sourceMD5Checksum` with the MD5 of the base64 text that you sent.

    To repeat a request whose response was lost, send it with the same `Idempotency-Key`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        idempotency_key (str | Unset):
        body (NewHookSource): What a client says of a hook source it wants. The server adds the
            id, the checksum and the rest of the
            metadata. To copy a source that was read, leave out `id`, `private`, `preloaded` and
            `sourceMD5Checksum`.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.

    Returns:
        The response; ``parsed`` is of HookSource.
    """
    sent = request(
        account_id=account_id,
        body=body,
        idempotency_key=idempotency_key,
    )
    return send(client, sent, 201, _READ)


def sync(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewHookSource,
    idempotency_key: str | Unset = UNSET,
) -> HookSource:
    """Create a hook source.

    Stores a script and returns it, once it is on disk. Hooks name it by its `id` in
    `hookSourceID`. Compare `sourceMD5Checksum` with the MD5 of the base64 text that you sent.

    To repeat a request whose response was lost, send it with the same `Idempotency-Key`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        idempotency_key (str | Unset):
        body (NewHookSource): What a client says of a hook source it wants. The server adds the
            id, the checksum and the rest of the
            metadata. To copy a source that was read, leave out `id`, `private`, `preloaded` and
            `sourceMD5Checksum`.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.
    """
    response = sync_detailed(
        account_id=account_id,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    )
    return response.parsed


async def asyncio_detailed(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewHookSource,
    idempotency_key: str | Unset = UNSET,
) -> Response[HookSource]:
    """Create a hook source.

    Stores a script and returns it, once it is on disk. Hooks name it by its `id` in
    `hookSourceID`. Compare `sourceMD5Checksum` with the MD5 of the base64 text that you sent.

    To repeat a request whose response was lost, send it with the same `Idempotency-Key`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        idempotency_key (str | Unset):
        body (NewHookSource): What a client says of a hook source it wants. The server adds the
            id, the checksum and the rest of the
            metadata. To copy a source that was read, leave out `id`, `private`, `preloaded` and
            `sourceMD5Checksum`.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.

    Returns:
        The response; ``parsed`` is of HookSource.
    """
    sent = request(
        account_id=account_id,
        body=body,
        idempotency_key=idempotency_key,
    )
    return await send_async(client, sent, 201, _READ)


async def asyncio(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewHookSource,
    idempotency_key: str | Unset = UNSET,
) -> HookSource:
    """Create a hook source.

    Stores a script and returns it, once it is on disk. Hooks name it by its `id` in
    `hookSourceID`. Compare `sourceMD5Checksum` with the MD5 of the base64 text that you sent.

    To repeat a request whose response was lost, send it with the same `Idempotency-Key`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        idempotency_key (str | Unset):
        body (NewHookSource): What a client says of a hook source it wants. The server adds the
            id, the checksum and the rest of the
            metadata. To copy a source that was read, leave out `id`, `private`, `preloaded` and
            `sourceMD5Checksum`.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.
    """
    response = await asyncio_detailed(
        account_id=account_id,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    )
    return response.parsed
