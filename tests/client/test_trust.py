"""Trust of the client in a server whose certificate is from a private CA."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from execution_hooks.domain.access import Role
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from execution_hooks_client import AuthenticatedClient, Retries, TransportError
from execution_hooks_client.api.apps import list_apps
from execution_hooks_client.models import AppList
from harness.accounts import Account
from harness.processes import StartServer

Connect = Callable[..., AuthenticatedClient]


@pytest.fixture(scope="module")
def secure(
    start_server: StartServer, certified: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Account]]:
    """The URL of a server with that certificate, and an account on it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('secure')}/hooks.db"
    shown = ["--tls-cert", str(certified / "cert.pem"), "--tls-key", str(certified / "key.pem")]
    with start_server(url, *shown) as server, open_database(url) as database:
        yield server.url, Account.new(Directory(database))


@pytest.fixture
def connect(secure: tuple[str, Account]) -> Connect:
    """Return what makes a client of that server; keywords are the client's own."""
    url, account = secure

    def client(**settings: Any) -> AuthenticatedClient:  # noqa: ANN401 the client's
        options = {"retries": Retries(most=0), **settings}
        return AuthenticatedClient(url, account.tokens[Role.MEMBER], **options)

    return client


@pytest.fixture
def account_id(secure: tuple[str, Account]) -> UUID:
    """Return the id of the account."""
    return UUID(secure[1].id)


@pytest.fixture
def trust(certified: Path) -> ssl.SSLContext:
    """What knows the CA."""
    return ssl.create_default_context(cafile=certified / "ca.pem")


def test_a_context_that_knows_the_ca_is_enough(
    connect: Connect, account_id: UUID, trust: ssl.SSLContext
) -> None:
    with connect(verify_ssl=trust) as client:
        assert isinstance(list_apps.sync(account_id, client=client), AppList)


def test_a_context_that_knows_the_ca_is_enough_for_async_calls(
    connect: Connect, account_id: UUID, trust: ssl.SSLContext
) -> None:
    async def ask() -> object:
        async with connect(verify_ssl=trust) as client:
            return await list_apps.asyncio(account_id, client=client)

    assert isinstance(asyncio.run(ask()), AppList)


def test_an_untrusted_ca_is_refused_and_asked_once(connect: Connect, account_id: UUID) -> None:
    pauses: list[float] = []
    retries = Retries(most=5, sleep=pauses.append)
    with connect(retries=retries) as client, pytest.raises(TransportError, match="CERTIFICATE_VERIFY_FAILED"):
        list_apps.sync(account_id, client=client)

    assert pauses == []


def test_a_custom_transport_needs_the_context_too(
    connect: Connect, account_id: UUID, trust: ssl.SSLContext
) -> None:
    ignorant = {"transport": httpx.HTTPTransport(retries=3)}
    with connect(verify_ssl=trust, httpx_args=ignorant) as client, pytest.raises(TransportError):
        list_apps.sync(account_id, client=client)

    knowing = {"transport": httpx.HTTPTransport(retries=3, verify=trust)}
    with connect(httpx_args=knowing) as client:
        assert isinstance(list_apps.sync(account_id, client=client), AppList)
