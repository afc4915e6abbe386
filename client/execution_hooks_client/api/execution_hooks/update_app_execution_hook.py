from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID

import httpx

from ...client import AuthenticatedClient, Client
from ...models.execution_hook_update import ExecutionHookUpdate
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    account_id: UUID,
    app_id: UUID,
    execution_hook_id: UUID,
    *,
    body: ExecutionHookUpdate,
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
        "url": "/accounts/{account_id}/k8s/v1/apps/{app_id}/executionHooks/{execution_hook_id}".format(
            account_id=quote(str(account_id), safe=""),
            app_id=quote(str(app_id), safe=""),
            execution_hook_id=quote(str(execution_hook_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | Problem:
    if response.status_code == 204:
        response_204 = cast(Any, None)
        return response_204

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

    if response.status_code == 409:
        response_409 = Problem.from_dict(response.json())

        return response_409

    if response.status_code == 412:
        response_412 = Problem.from_dict(response.json())

        return response_412

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | Problem]:
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
    body: ExecutionHookUpdate,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> Response[Any | Problem]:
    """Change an execution hook of an app

     Does what *Change an execution hook* does. An `appID` that is sent must be the app of the path,
    so a hook cannot be moved to another app here. A hook of another app is not found.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        execution_hook_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        if_match (str | Unset):
        if_none_match (str | Unset):
        body (ExecutionHookUpdate): What a client wants a hook to become. Members left out keep
            their value. What was read can be sent back as it is.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Problem]
    """

    kwargs = _get_kwargs(
        account_id=account_id,
        app_id=app_id,
        execution_hook_id=execution_hook_id,
        body=body,
        if_match=if_match,
        if_none_match=if_none_match,
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
    body: ExecutionHookUpdate,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> Any | Problem | None:
    """Change an execution hook of an app

     Does what *Change an execution hook* does. An `appID` that is sent must be the app of the path,
    so a hook cannot be moved to another app here. A hook of another app is not found.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        execution_hook_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        if_match (str | Unset):
        if_none_match (str | Unset):
        body (ExecutionHookUpdate): What a client wants a hook to become. Members left out keep
            their value. What was read can be sent back as it is.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Problem
    """

    return sync_detailed(
        account_id=account_id,
        app_id=app_id,
        execution_hook_id=execution_hook_id,
        client=client,
        body=body,
        if_match=if_match,
        if_none_match=if_none_match,
    ).parsed


async def asyncio_detailed(
    account_id: UUID,
    app_id: UUID,
    execution_hook_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ExecutionHookUpdate,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> Response[Any | Problem]:
    """Change an execution hook of an app

     Does what *Change an execution hook* does. An `appID` that is sent must be the app of the path,
    so a hook cannot be moved to another app here. A hook of another app is not found.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        execution_hook_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        if_match (str | Unset):
        if_none_match (str | Unset):
        body (ExecutionHookUpdate): What a client wants a hook to become. Members left out keep
            their value. What was read can be sent back as it is.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Problem]
    """

    kwargs = _get_kwargs(
        account_id=account_id,
        app_id=app_id,
        execution_hook_id=execution_hook_id,
        body=body,
        if_match=if_match,
        if_none_match=if_none_match,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    account_id: UUID,
    app_id: UUID,
    execution_hook_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ExecutionHookUpdate,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> Any | Problem | None:
    """Change an execution hook of an app

     Does what *Change an execution hook* does. An `appID` that is sent must be the app of the path,
    so a hook cannot be moved to another app here. A hook of another app is not found.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        execution_hook_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        if_match (str | Unset):
        if_none_match (str | Unset):
        body (ExecutionHookUpdate): What a client wants a hook to become. Members left out keep
            their value. What was read can be sent back as it is.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Problem
    """

    return (
        await asyncio_detailed(
            account_id=account_id,
            app_id=app_id,
            execution_hook_id=execution_hook_id,
            client=client,
            body=body,
            if_match=if_match,
            if_none_match=if_none_match,
        )
    ).parsed
