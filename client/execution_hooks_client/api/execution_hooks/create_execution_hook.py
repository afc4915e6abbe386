from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ...client import AuthenticatedClient, Client
from ...models.execution_hook import ExecutionHook
from ...models.new_execution_hook import NewExecutionHook
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
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


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ExecutionHook | Problem:
    if response.status_code == 201:
        response_201 = ExecutionHook.from_dict(response.json())

        return response_201

    if response.status_code == 400:
        response_400 = Problem.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = Problem.from_dict(response.json())

        return response_404

    if response.status_code == 405:
        response_405 = Problem.from_dict(response.json())

        return response_405

    if response.status_code == 406:
        response_406 = Problem.from_dict(response.json())

        return response_406

    if response.status_code == 409:
        response_409 = Problem.from_dict(response.json())

        return response_409

    if response.status_code == 413:
        response_413 = Problem.from_dict(response.json())

        return response_413

    if response.status_code == 415:
        response_415 = Problem.from_dict(response.json())

        return response_415

    if response.status_code == 429:
        response_429 = Problem.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = Problem.from_dict(response.json())

        return response_500

    if response.status_code == 503:
        response_503 = Problem.from_dict(response.json())

        return response_503

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ExecutionHook | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> Response[ExecutionHook | Problem]:
    """Create an execution hook

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
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ExecutionHook | Problem]
    """

    kwargs = _get_kwargs(
        account_id=account_id,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> ExecutionHook | Problem | None:
    """Create an execution hook

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
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ExecutionHook | Problem
    """

    return sync_detailed(
        account_id=account_id,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> Response[ExecutionHook | Problem]:
    """Create an execution hook

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
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ExecutionHook | Problem]
    """

    kwargs = _get_kwargs(
        account_id=account_id,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    body: NewExecutionHook,
    idempotency_key: str | Unset = UNSET,
) -> ExecutionHook | Problem | None:
    """Create an execution hook

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
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ExecutionHook | Problem
    """

    return (
        await asyncio_detailed(
            account_id=account_id,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
