"""Fixtures for all tests: the contract, a shared server process, and an account of the test's own."""

from collections.abc import Iterator
from contextlib import ExitStack
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from execution_hooks.access import Role
from execution_hooks.contract import Contract
from execution_hooks.store.database import Database, open_database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.conformity import Conformity, Connect
from harness.processes import PATIENCE_SECONDS, Server, StartServer, started


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> StartServer:
    """Return what starts another server, in a ``with`` block."""
    return partial(started, tmp_path_factory.mktemp("servers"))


@pytest.fixture(scope="session")
def server(start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server process that tests share; each uses accounts of its own on it."""
    with start_server(f"sqlite:///{tmp_path_factory.mktemp('store')}/hooks.db") as running:
        yield running


@pytest.fixture(scope="session")
def directory(server: Server) -> Iterator[Directory]:
    """The directory of the shared server's store."""
    with open_database(server.database_url) as database:
        yield Directory(database)


@pytest.fixture
def account(directory: Directory) -> Account:
    """A fresh account on the shared server."""
    return Account.new(directory)


@pytest.fixture(scope="session")
def conformity(bundled: Contract) -> Conformity:
    """What holds answers against the contract."""
    return Conformity(bundled)


@pytest.fixture
def connect(server: Server, conformity: Conformity) -> Iterator[Connect]:
    """What makes HTTP clients of the shared server, authenticated in a role of an account.

    Every answer to an operation of the contract must conform to it.
    """
    with ExitStack() as opened:

        def client(account: Account, role: Role = Role.MEMBER) -> httpx.Client:
            return opened.enter_context(
                httpx.Client(
                    base_url=server.url,
                    headers=account.bearer(role),
                    timeout=PATIENCE_SECONDS,
                    event_hooks={"response": [conformity]},
                )
            )

        yield client


@pytest.fixture
def http(connect: Connect, account: Account) -> httpx.Client:
    """An HTTP client of the shared server, authenticated as a member of ``account``; see ``connect``."""
    return connect(account)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An open store of the test's own."""
    with open_database(f"sqlite:///{tmp_path}/hooks.db") as opened:
        yield opened


@pytest.fixture(scope="session")
def bundled() -> Contract:
    """The contract as the server loads it."""
    return Contract.bundled()


@pytest.fixture
def payroll(bundled: Contract) -> dict[str, Any]:
    """The documented request, verbatim."""
    request: dict[str, Any] = deepcopy(bundled.document["components"]["examples"]["PayrollRequest"]["value"])
    return request
