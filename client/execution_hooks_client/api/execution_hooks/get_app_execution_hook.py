from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ...client import AuthenticatedClient, Client
from ...models.execution_hook import ExecutionHook
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    account_id: UUID,
    app_id: UUID,
    execution_hook_id: UUID,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/accounts/{account_id}/k8s/v1/apps/{app_id}/executionHooks/{execution_hook_id}".format(
            account_id=quote(str(account_id), safe=""),
            app_id=quote(str(app_id), safe=""),
            execution_hook_id=quote(str(execution_hook_id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ExecutionHook | Problem:
    if response.status_code == 200:
        response_200 = ExecutionHook.from_dict(response.json())

        return response_200

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
    app_id: UUID,
    execution_hook_id: UUID,
    *,
    client: AuthenticatedClient,
) -> Response[ExecutionHook | Problem]:
    """Read an execution hook of an app

     Does what *Read an execution hook* does. A hook of another app is not found here.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        execution_hook_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ExecutionHook | Problem]
    """

    kwargs = _get_kwargs(
        account_id=account_id,
        app_id=app_id,
        execution_hook_id=execution_hook_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    account_id: UUID,
    app_id: UUID,
    execution_hook_id: UUID,
    *,
    client: AuthenticatedClient,
) -> ExecutionHook | Problem | None:
    """Read an execution hook of an app

     Does what *Read an execution hook* does. A hook of another app is not found here.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        execution_hook_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ExecutionHook | Problem
    """

    return sync_detailed(
        account_id=account_id,
        app_id=app_id,
        execution_hook_id=execution_hook_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    account_id: UUID,
    app_id: UUID,
    execution_hook_id: UUID,
    *,
    client: AuthenticatedClient,
) -> Response[ExecutionHook | Problem]:
    """Read an execution hook of an app

     Does what *Read an execution hook* does. A hook of another app is not found here.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        execution_hook_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ExecutionHook | Problem]
    """

    kwargs = _get_kwargs(
        account_id=account_id,
        app_id=app_id,
        execution_hook_id=execution_hook_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    account_id: UUID,
    app_id: UUID,
    execution_hook_id: UUID,
    *,
    client: AuthenticatedClient,
) -> ExecutionHook | Problem | None:
    """Read an execution hook of an app

     Does what *Read an execution hook* does. A hook of another app is not found here.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        execution_hook_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ExecutionHook | Problem
    """

    return (
        await asyncio_detailed(
            account_id=account_id,
            app_id=app_id,
            execution_hook_id=execution_hook_id,
            client=client,
        )
    ).parsed
