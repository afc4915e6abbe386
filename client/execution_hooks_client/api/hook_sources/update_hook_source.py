from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from ...client import AuthenticatedClient
from ...models.hook_source_update import HookSourceUpdate
from ...transport import nothing, send, send_async
from ...types import UNSET, Response, Unset

_READ: Callable[[Any], None] = nothing


def request(
    account_id: UUID,
    hook_source_id: UUID,
    *,
    body: HookSourceUpdate,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    if not isinstance(if_none_match, Unset):
        headers["If-None-Match"] = if_none_match

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/accounts/{account_id}/core/v1/hookSources/{hook_source_id}".format(
            account_id=quote(str(account_id), safe=""),
            hook_source_id=quote(str(hook_source_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def sync_detailed(
    account_id: UUID,
    hook_source_id: UUID,
    *,
    client: AuthenticatedClient,
    body: HookSourceUpdate,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> Response[None]:
    """Change a hook source.

    Merges the body into the stored source: a member that is sent replaces the stored one, a member
    that is left out keeps its value, and so does a member of `metadata`. Whatever was read can be
    sent back as it is. The outcome must meet every rule that a new source must meet. Every hook
    that names the source runs the new script from then on.

    Send the `ETag` that you read as `If-Match`, and no other client's change in between is lost: if the
    source is no longer what you read, the response is 412 and nothing is changed. `Accept` is
    ignored, for there is no body in the response.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        hook_source_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        if_match (str | Unset):
        if_none_match (str | Unset):
        body (HookSourceUpdate): What a client wants a hook source to become. Members left out
            keep their value. What was read can be sent back as it is.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.

    Returns:
        The response; ``parsed`` is None.
    """
    sent = request(
        account_id=account_id,
        hook_source_id=hook_source_id,
        body=body,
        if_match=if_match,
        if_none_match=if_none_match,
    )
    return send(client, sent, 204, _READ)


def sync(
    account_id: UUID,
    hook_source_id: UUID,
    *,
    client: AuthenticatedClient,
    body: HookSourceUpdate,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> None:
    """Change a hook source.

    Merges the body into the stored source: a member that is sent replaces the stored one, a member
    that is left out keeps its value, and so does a member of `metadata`. Whatever was read can be
    sent back as it is. The outcome must meet every rule that a new source must meet. Every hook
    that names the source runs the new script from then on.

    Send the `ETag` that you read as `If-Match`, and no other client's change in between is lost: if the
    source is no longer what you read, the response is 412 and nothing is changed. `Accept` is
    ignored, for there is no body in the response.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        hook_source_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        if_match (str | Unset):
        if_none_match (str | Unset):
        body (HookSourceUpdate): What a client wants a hook source to become. Members left out
            keep their value. What was read can be sent back as it is.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.
    """
    sync_detailed(
        account_id=account_id,
        hook_source_id=hook_source_id,
        client=client,
        body=body,
        if_match=if_match,
        if_none_match=if_none_match,
    )


async def asyncio_detailed(
    account_id: UUID,
    hook_source_id: UUID,
    *,
    client: AuthenticatedClient,
    body: HookSourceUpdate,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> Response[None]:
    """Change a hook source.

    Merges the body into the stored source: a member that is sent replaces the stored one, a member
    that is left out keeps its value, and so does a member of `metadata`. Whatever was read can be
    sent back as it is. The outcome must meet every rule that a new source must meet. Every hook
    that names the source runs the new script from then on.

    Send the `ETag` that you read as `If-Match`, and no other client's change in between is lost: if the
    source is no longer what you read, the response is 412 and nothing is changed. `Accept` is
    ignored, for there is no body in the response.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        hook_source_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        if_match (str | Unset):
        if_none_match (str | Unset):
        body (HookSourceUpdate): What a client wants a hook source to become. Members left out
            keep their value. What was read can be sent back as it is.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.

    Returns:
        The response; ``parsed`` is None.
    """
    sent = request(
        account_id=account_id,
        hook_source_id=hook_source_id,
        body=body,
        if_match=if_match,
        if_none_match=if_none_match,
    )
    return await send_async(client, sent, 204, _READ)


async def asyncio(
    account_id: UUID,
    hook_source_id: UUID,
    *,
    client: AuthenticatedClient,
    body: HookSourceUpdate,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> None:
    """Change a hook source.

    Merges the body into the stored source: a member that is sent replaces the stored one, a member
    that is left out keeps its value, and so does a member of `metadata`. Whatever was read can be
    sent back as it is. The outcome must meet every rule that a new source must meet. Every hook
    that names the source runs the new script from then on.

    Send the `ETag` that you read as `If-Match`, and no other client's change in between is lost: if the
    source is no longer what you read, the response is 412 and nothing is changed. `Accept` is
    ignored, for there is no body in the response.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        hook_source_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        if_match (str | Unset):
        if_none_match (str | Unset):
        body (HookSourceUpdate): What a client wants a hook source to become. Members left out
            keep their value. What was read can be sent back as it is.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.
    """
    await asyncio_detailed(
        account_id=account_id,
        hook_source_id=hook_source_id,
        client=client,
        body=body,
        if_match=if_match,
        if_none_match=if_none_match,
    )
