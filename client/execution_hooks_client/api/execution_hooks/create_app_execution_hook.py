from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from ...client import AuthenticatedClient
from ...models.execution_hook import ExecutionHook
from ...models.new_execution_hook import NewExecutionHook
from ...transport import send, send_async
from ...types import UNSET, Response, Unset

_READ: Callable[[Any], ExecutionHook] = ExecutionHook.from_dict


def request(
    account_id: UUID,
    app_id: UUID,
    *,
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/accounts/{account_id}/k8s/v1/apps/{app_id}/executionHooks".format(
            account_id=quote(str(account_id), safe=""),
            app_id=quote(str(app_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def sync_detailed(
    account_id: UUID,
    app_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> Response[ExecutionHook]:
    """Create an execution hook for an app.

    Does what *Create an execution hook* does. The `appID` of the body must be the app of the path.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        idempotency_key (str | Unset):
        body (NewExecutionHook): What a client says of a hook it wants. The server adds the id and
            the rest of the metadata. To copy a
            hook that was read, leave out `id`, `matchingContainers` and `matchingImages`.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.

    Returns:
        The response; ``parsed`` is of ExecutionHook.
    """
    sent = request(
        account_id=account_id,
        app_id=app_id,
        body=body,
        idempotency_key=idempotency_key,
    )
    return send(client, sent, 201, _READ)


def sync(
    account_id: UUID,
    app_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> ExecutionHook:
    """Create an execution hook for an app.

    Does what *Create an execution hook* does. The `appID` of the body must be the app of the path.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        idempotency_key (str | Unset):
        body (NewExecutionHook): What a client says of a hook it wants. The server adds the id and
            the rest of the metadata. To copy a
            hook that was read, leave out `id`, `matchingContainers` and `matchingImages`.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.
    """
    response = sync_detailed(
        account_id=account_id,
        app_id=app_id,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    )
    return response.parsed


async def asyncio_detailed(
    account_id: UUID,
    app_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> Response[ExecutionHook]:
    """Create an execution hook for an app.

    Does what *Create an execution hook* does. The `appID` of the body must be the app of the path.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        idempotency_key (str | Unset):
        body (NewExecutionHook): What a client says of a hook it wants. The server adds the id and
            the rest of the metadata. To copy a
            hook that was read, leave out `id`, `matchingContainers` and `matchingImages`.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.

    Returns:
        The response; ``parsed`` is of ExecutionHook.
    """
    sent = request(
        account_id=account_id,
        app_id=app_id,
        body=body,
        idempotency_key=idempotency_key,
    )
    return await send_async(client, sent, 201, _READ)


async def asyncio(
    account_id: UUID,
    app_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> ExecutionHook:
    """Create an execution hook for an app.

    Does what *Create an execution hook* does. The `appID` of the body must be the app of the path.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        idempotency_key (str | Unset):
        body (NewExecutionHook): What a client says of a hook it wants. The server adds the id and
            the rest of the metadata. To copy a
            hook that was read, leave out `id`, `matchingContainers` and `matchingImages`.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.
    """
    response = await asyncio_detailed(
        account_id=account_id,
        app_id=app_id,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    )
    return response.parsed
