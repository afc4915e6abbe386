from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from ...client import AuthenticatedClient
from ...models.app_list import AppList
from ...transport import send, send_async
from ...types import UNSET, Response, Unset

_READ: Callable[[Any], AppList] = AppList.from_dict


def request(
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
        "url": "/accounts/{account_id}/k8s/v2/apps".format(
            account_id=quote(str(account_id), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def sync_detailed(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    include: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    filter_: str | Unset = UNSET,
    continue_: str | Unset = UNSET,
) -> Response[AppList]:
    """List the apps of the account.

    Returns every app of the account, oldest first. Take the `id` of one for the `appID` of a hook.
    Apps are made and filled with containers by the operator of the server, so they are only read here.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        include (str | Unset):
        limit (int | Unset):
        filter_ (str | Unset):
        continue_ (str | Unset):

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.

    Returns:
        The response; ``parsed`` is of AppList.
    """
    sent = request(
        account_id=account_id,
        include=include,
        limit=limit,
        filter_=filter_,
        continue_=continue_,
    )
    return send(client, sent, 200, _READ)


def sync(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    include: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    filter_: str | Unset = UNSET,
    continue_: str | Unset = UNSET,
) -> AppList:
    """List the apps of the account.

    Returns every app of the account, oldest first. Take the `id` of one for the `appID` of a hook.
    Apps are made and filled with containers by the operator of the server, so they are only read here.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        include (str | Unset):
        limit (int | Unset):
        filter_ (str | Unset):
        continue_ (str | Unset):

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.
    """
    response = sync_detailed(
        account_id=account_id,
        client=client,
        include=include,
        limit=limit,
        filter_=filter_,
        continue_=continue_,
    )
    return response.parsed


async def asyncio_detailed(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    include: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    filter_: str | Unset = UNSET,
    continue_: str | Unset = UNSET,
) -> Response[AppList]:
    """List the apps of the account.

    Returns every app of the account, oldest first. Take the `id` of one for the `appID` of a hook.
    Apps are made and filled with containers by the operator of the server, so they are only read here.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        include (str | Unset):
        limit (int | Unset):
        filter_ (str | Unset):
        continue_ (str | Unset):

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.

    Returns:
        The response; ``parsed`` is of AppList.
    """
    sent = request(
        account_id=account_id,
        include=include,
        limit=limit,
        filter_=filter_,
        continue_=continue_,
    )
    return await send_async(client, sent, 200, _READ)


async def asyncio(
    account_id: UUID,
    *,
    client: AuthenticatedClient,
    include: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    filter_: str | Unset = UNSET,
    continue_: str | Unset = UNSET,
) -> AppList:
    """List the apps of the account.

    Returns every app of the account, oldest first. Take the `id` of one for the `appID` of a hook.
    Apps are made and filled with containers by the operator of the server, so they are only read here.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        include (str | Unset):
        limit (int | Unset):
        filter_ (str | Unset):
        continue_ (str | Unset):

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.
    """
    response = await asyncio_detailed(
        account_id=account_id,
        client=client,
        include=include,
        limit=limit,
        filter_=filter_,
        continue_=continue_,
    )
    return response.parsed
