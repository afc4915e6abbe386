"""What the client's tests share: the contract it comes from, and a way to ask a server by it."""

import asyncio
import ssl
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
import trustme
import yaml

from execution_hooks.domain.access import Role
from execution_hooks_client import ApiError, AuthenticatedClient, Retries
from execution_hooks_client.types import Response
from harness.accounts import Account
from harness.processes import Server

REPOSITORY = Path(__file__).resolve().parents[2]

Ask = Callable[..., Any]
"""Call an operation's module with the ids in its path, after the account's, and keywords; get a Response.

That of a refusal holds its problem.
"""

_TRUST = ssl.create_default_context()
"""Unused in the clear, but each client would make its own, which takes longer than a request."""


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def contract() -> dict[str, Any]:
    """Return the contract as it is written, references unresolved."""
    document: dict[str, Any] = yaml.load(
        (REPOSITORY / "openapi" / "openapi.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    return document


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for this machine and its key, and with that of the CA which issued it."""
    folder = tmp_path_factory.mktemp("certified")
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    issued.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    issued.private_key_pem.write_to_path(str(folder / "key.pem"))
    return folder


@pytest.fixture(params=["sync", "async"])
def ask(request: pytest.FixtureRequest, server: Server, account: Account) -> Ask:
    """Ask the shared server, by each way the client has; ``settings`` are the client's own."""

    def send(
        operation: ModuleType,
        *ids: object,
        account_id: str = account.id,
        token: str = account.tokens[Role.MEMBER],
        settings: dict[str, Any] | None = None,
        **named: object,
    ) -> Response[Any]:
        options = {"verify_ssl": _TRUST, "retries": Retries(most=0), **(settings or {})}
        client = AuthenticatedClient(server.url, token, **options)
        path = [UUID(str(each)) for each in (account_id, *ids)]
        try:
            if request.param == "sync":
                with client:
                    response: Response[Any] = operation.sync_detailed(*path, client=client, **named)
                return response
            return asyncio.run(_send_async(operation, client, path, named))
        except ApiError as error:
            return Response(
                error.status, error.headers, error.response.content, error.problem, error.response
            )

    return send


async def _send_async(
    operation: ModuleType, client: AuthenticatedClient, path: list[UUID], named: dict[str, Any]
) -> Response[Any]:
    async with client:
        response: Response[Any] = await operation.asyncio_detailed(*path, client=client, **named)
    return response
