from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from ...client import AuthenticatedClient
from ...models.app import App
from ...transport import send, send_async
from ...types import Response

_READ: Callable[[Any], App] = App.from_dict


def request(
    account_id: UUID,
    app_id: UUID,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/accounts/{account_id}/k8s/v2/apps/{app_id}".format(
            account_id=quote(str(account_id), safe=""),
            app_id=quote(str(app_id), safe=""),
        ),
    }
    return _kwargs


def sync_detailed(
    account_id: UUID,
    app_id: UUID,
    *,
    client: AuthenticatedClient,
) -> Response[App]:
    """Read an app.

    Returns the app: its name, its namespaces, and whether its containers are known yet.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.

    Returns:
        The response; ``parsed`` is of App.
    """
    sent = request(
        account_id=account_id,
        app_id=app_id,
    )
    return send(client, sent, 200, _READ)


def sync(
    account_id: UUID,
    app_id: UUID,
    *,
    client: AuthenticatedClient,
) -> App:
    """Read an app.

    Returns the app: its name, its namespaces, and whether its containers are known yet.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.
    """
    response = sync_detailed(
        account_id=account_id,
        app_id=app_id,
        client=client,
    )
    return response.parsed


async def asyncio_detailed(
    account_id: UUID,
    app_id: UUID,
    *,
    client: AuthenticatedClient,
) -> Response[App]:
    """Read an app.

    Returns the app: its name, its namespaces, and whether its containers are known yet.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.

    Returns:
        The response; ``parsed`` is of App.
    """
    sent = request(
        account_id=account_id,
        app_id=app_id,
    )
    return await send_async(client, sent, 200, _READ)


async def asyncio(
    account_id: UUID,
    app_id: UUID,
    *,
    client: AuthenticatedClient,
) -> App:
    """Read an app.

    Returns the app: its name, its namespaces, and whether its containers are known yet.

    A body that is sent along is read and ignored, whatever its `Content-Type`.

    Args:
        account_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        app_id (UUID): A lower-case UUID of version 4 or 5, or the nil UUID. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.

    Raises:
        ApiError: for every response that is no success; its class tells which problem it is.
        TransportError: if there is no response.
    """
    response = await asyncio_detailed(
        account_id=account_id,
        app_id=app_id,
        client=client,
    )
    return response.parsed
