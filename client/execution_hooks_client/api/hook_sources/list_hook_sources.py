from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ...client import AuthenticatedClient, Client
from ...models.hook_source_list import HookSourceList
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    account_id: UUID,
    *,
    include: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    filter_: str | Unset = UNSET,
    continue_: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["include"] = include

    params["limit"] = limit

    params["filter"] = filter_

    params["continue"] = continue_

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/accounts/{account_id}/core/v1/hookSources".format(
            account_id=quote(str(account_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> HookSourceList | Problem:
    if response.status_code == 200:
        response_200 = HookSourceList.from_dict(response.json())

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
) -> Response[HookSourceList | Problem]:
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
    include: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    filter_: str | Unset = UNSET,
    continue_: str | Unset = UNSET,
) -> Response[HookSourceList | Problem]:
    """List the hook sources of the account

     Returns every hook source of the account, oldest first. Narrow the list with `filter`, choose
    members with `include` (say, all but the scripts), and take it page by page with `limit` and
    `continue`.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        include (str | Unset):
        limit (int | Unset):
        filter_ (str | Unset):
        continue_ (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[HookSourceList | Problem]
    """

    kwargs = _get_kwargs(
        account_id=account_id,
        include=include,
        limit=limit,
        filter_=filter_,
        continue_=continue_,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    include: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    filter_: str | Unset = UNSET,
    continue_: str | Unset = UNSET,
) -> HookSourceList | Problem | None:
    """List the hook sources of the account

     Returns every hook source of the account, oldest first. Narrow the list with `filter`, choose
    members with `include` (say, all but the scripts), and take it page by page with `limit` and
    `continue`.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        include (str | Unset):
        limit (int | Unset):
        filter_ (str | Unset):
        continue_ (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        HookSourceList | Problem
    """

    return sync_detailed(
        account_id=account_id,
        client=client,
        include=include,
        limit=limit,
        filter_=filter_,
        continue_=continue_,
    ).parsed


async def asyncio_detailed(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    include: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    filter_: str | Unset = UNSET,
    continue_: str | Unset = UNSET,
) -> Response[HookSourceList | Problem]:
    """List the hook sources of the account

     Returns every hook source of the account, oldest first. Narrow the list with `filter`, choose
    members with `include` (say, all but the scripts), and take it page by page with `limit` and
    `continue`.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        include (str | Unset):
        limit (int | Unset):
        filter_ (str | Unset):
        continue_ (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[HookSourceList | Problem]
    """

    kwargs = _get_kwargs(
        account_id=account_id,
        include=include,
        limit=limit,
        filter_=filter_,
        continue_=continue_,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    include: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    filter_: str | Unset = UNSET,
    continue_: str | Unset = UNSET,
) -> HookSourceList | Problem | None:
    """List the hook sources of the account

     Returns every hook source of the account, oldest first. Narrow the list with `filter`, choose
    members with `include` (say, all but the scripts), and take it page by page with `limit` and
    `continue`.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        include (str | Unset):
        limit (int | Unset):
        filter_ (str | Unset):
        continue_ (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        HookSourceList | Problem
    """

    return (
        await asyncio_detailed(
            account_id=account_id,
            client=client,
            include=include,
            limit=limit,
            filter_=filter_,
            continue_=continue_,
        )
    ).parsed
