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
    *,
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/accounts/{account_id}/core/v1/executionHooks".format(
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
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> Response[ExecutionHook]:
    """Create an execution hook.

    Stores a new hook and returns it, once it is on disk. From then on the hook runs at every
    matching action, unless `enabled` is `"false"`. The response names the containers that it would
    run in, if the app's containers are known and can be read; a hook that is stored is returned in
    any case.

    A body that breaks the schema is refused with **all** its violations in `invalidFields`, so
    correct them in one go.

    If no response arrives, or a 500 or 503, send the request again, with the same `Idempotency-Key`
    as the first time: you get the response that was lost. Without a key, a name reported as taken
    may mean that your first attempt was kept.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
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
        body=body,
        idempotency_key=idempotency_key,
    )
    return send(client, sent, 201, _READ)


def sync(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> ExecutionHook:
    """Create an execution hook.

    Stores a new hook and returns it, once it is on disk. From then on the hook runs at every
    matching action, unless `enabled` is `"false"`. The response names the containers that it would
    run in, if the app's containers are known and can be read; a hook that is stored is returned in
    any case.

    A body that breaks the schema is refused with **all** its violations in `invalidFields`, so
    correct them in one go.

    If no response arrives, or a 500 or 503, send the request again, with the same `Idempotency-Key`
    as the first time: you get the response that was lost. Without a key, a name reported as taken
    may mean that your first attempt was kept.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
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
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    )
    return response.parsed


async def asyncio_detailed(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> Response[ExecutionHook]:
    """Create an execution hook.

    Stores a new hook and returns it, once it is on disk. From then on the hook runs at every
    matching action, unless `enabled` is `"false"`. The response names the containers that it would
    run in, if the app's containers are known and can be read; a hook that is stored is returned in
    any case.

    A body that breaks the schema is refused with **all** its violations in `invalidFields`, so
    correct them in one go.

    If no response arrives, or a 500 or 503, send the request again, with the same `Idempotency-Key`
    as the first time: you get the response that was lost. Without a key, a name reported as taken
    may mean that your first attempt was kept.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
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
        body=body,
        idempotency_key=idempotency_key,
    )
    return await send_async(client, sent, 201, _READ)


async def asyncio(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> ExecutionHook:
    """Create an execution hook.

    Stores a new hook and returns it, once it is on disk. From then on the hook runs at every
    matching action, unless `enabled` is `"false"`. The response names the containers that it would
    run in, if the app's containers are known and can be read; a hook that is stored is returned in
    any case.

    A body that breaks the schema is refused with **all** its violations in `invalidFields`, so
    correct them in one go.

    If no response arrives, or a 500 or 503, send the request again, with the same `Idempotency-Key`
    as the first time: you get the response that was lost. Without a key, a name reported as taken
    may mean that your first attempt was kept.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
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
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    )
    return response.parsed
