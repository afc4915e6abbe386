"""A client gets the refusal of a large body, even if it reads nothing before it has sent all."""

import http.client
import ssl
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import TIMEOUT_SECONDS, Server, StartServer
from harness.tls import IssuedCertificate
from harness.wire import MALFORMED

MEGABYTE = 1_000_000

Served = tuple[Server, Account, ssl.SSLContext | None]
"""A server, an account on it, and what its clients trust, if they need to."""


@pytest.fixture(scope="module", params=["plain", "TLS"])
def served(
    request: pytest.FixtureRequest, start_server: StartServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A server without TLS, and one with it."""
    issued = IssuedCertificate.new(tmp_path_factory.mktemp("certificate"))
    secure = request.param == "TLS"
    url = f"sqlite:///{tmp_path_factory.mktemp('large')}/hooks.db"
    with start_server(url, *(issued.options if secure else [])) as server, open_database(url) as database:
        yield server, Account.new(Directory(database)), issued.trust() if secure else None


REFUSALS: dict[str, tuple[dict[str, str], int, dict[str, Any]]] = {
    "too large": ({}, 413, problems.TOO_LARGE),
    "unknown token": ({"Authorization": "Bearer a"}, 401, problems.INVALID_TOKEN),
    "another media type": ({"Content-Type": "text/plain"}, 415, problems.UNSUPPORTED_MEDIA_TYPE),
    "malformed": ({"Host": "a b"}, 400, MALFORMED),
}
"""Headers that differ from those of a valid request, and the response to them."""


@pytest.mark.parametrize("connection", ["close", "keep-alive"])
@pytest.mark.parametrize("size", [MEGABYTE, 5 * MEGABYTE, 50 * MEGABYTE], ids=["1 MB", "5 MB", "50 MB"])
@pytest.mark.parametrize(("changes", "status", "problem"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_reaches_a_client_that_sends_all_first(
    served: Served, changes: dict[str, str], status: int, problem: dict[str, Any], size: int, connection: str
) -> None:
    server, account, trust = served
    headers = {**account.bearer(), "Content-Type": "application/json", "Connection": connection, **changes}
    for _ in range(3):
        with closing(_client(server, trust)) as client:
            client.request("POST", account.path, b" " * size, headers)
            received = client.getresponse()
            response = httpx.Response(received.status, headers=received.getheaders(), content=received.read())

        assert_problem(response, status, problem)


def _client(server: Server, trust: ssl.SSLContext | None) -> http.client.HTTPConnection:
    """The client of Python's own library, which sends a body whole before it reads."""
    where = urlsplit(server.url).netloc
    if trust is None:
        return http.client.HTTPConnection(where, timeout=TIMEOUT_SECONDS)
    return http.client.HTTPSConnection(where, timeout=TIMEOUT_SECONDS, context=trust)
