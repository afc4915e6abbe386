"""Fixtures for all tests: the contract, a shared server process, and an account of the test's own.

``--store postgresql`` runs them on a PostgreSQL server, but for those marked ``sqlite``.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import replace
from functools import partial
from typing import Any

import httpx
import pytest

from execution_hooks.contract.document import Contract
from execution_hooks.domain.access import Role
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from execution_hooks.testing.served import Served
from harness import redis_server as redis_servers
from harness.accounts import Account
from harness.clear_text import NO_TRUST
from harness.conformity import Conformity, Connect
from harness.controlled import Controlled
from harness.daemons import need
from harness.demo import Demo, serving
from harness.forking import ForkServer, fork_server
from harness.order import ordered
from harness.processes import TIMEOUT_SECONDS, Server, StartServer, clean_environment, started
from harness.redis_server import RedisServer
from harness.replicas import serving_replicas
from harness.stores import NewStore

pytest_plugins = ["harness.store_fixtures"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that choose where tests store, and how many servers they share."""
    parser.addoption("--store", choices=("sqlite", "postgresql"), default="sqlite")
    parser.addoption("--replicas", action="store_true", help="share three servers behind HAProxy, not one")


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers of tests about files, and of tests that install."""
    config.addinivalue_line("markers", "sqlite: is about SQLite's file, so is skipped on another store")
    config.addinivalue_line(
        "markers", "installs: installs from a package index, so is for `make test-install`"
    )
    config.addinivalue_line("markers", "campaign: judges a whole server, so is for `make campaigns`")
    config.addinivalue_line("markers", "replicas: needs HAProxy, so is for `make test-replicas`")
    config.addinivalue_line("markers", "browser: needs Chromium, so is for `make test-browser`")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put tests in their order. Skip tests about files where the store is not a file."""
    items[:] = [*ordered(items)]
    if config.getoption("store") != "sqlite":
        for item in items:
            if item.get_closest_marker("sqlite"):
                item.add_marker(pytest.mark.skip(reason="is about SQLite's file"))


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A Redis server. Where none is installed, the test is skipped; under CI it fails."""
    need(redis_servers.INSTALL, installed=redis_servers.installed())
    with redis_servers.running(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="session")
def forks() -> Iterator[ForkServer]:
    """What forks processes of the command."""
    with fork_server(clean_environment()) as running:
        yield running


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory, forks: ForkServer) -> StartServer:
    """Return what starts another server, in a ``with`` block."""
    return partial(started, tmp_path_factory.mktemp("servers"), forks=forks)


@pytest.fixture(scope="session")
def server(
    request: pytest.FixtureRequest,
    start_server: StartServer,
    new_store: NewStore,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """The server process that tests share; each uses accounts of its own on it.

    With ``--replicas`` there are three, and ``url`` leads to the proxy before them.
    """
    if request.config.getoption("replicas"):
        with serving_replicas(start_server, new_store(), tmp_path_factory.mktemp("replicas")) as replicas:
            yield replace(replicas.servers[0], url=replicas.url)
        return
    with start_server(new_store()) as running:
        yield running


@pytest.fixture(scope="session")
def controlled(
    start_server: StartServer, new_store: NewStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Controlled]:
    """The server with a control that tests share; ``served`` is what they use of it."""
    file = tmp_path_factory.mktemp("controlled") / "ready.json"
    with (
        start_server(new_store(), "--demo", "--control", "0", "--ready-file", str(file)) as process,
        Served.at(json.loads(file.read_text("utf-8"))) as served,
    ):
        yield Controlled(process, served)


@pytest.fixture
def served(controlled: Controlled) -> Iterator[Served]:
    """The server with a control, as it was at its start, and left so."""
    controlled.served.reset()
    yield controlled.served
    controlled.served.reset()


@pytest.fixture(scope="session")
def demo(
    start_server: StartServer, new_store: NewStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """A server with demo data."""
    with serving(start_server, new_store(), tmp_path_factory.mktemp("demo") / "ready.json") as running:
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
    """The checks of responses against the contract."""
    return Conformity(bundled)


@pytest.fixture
def connect(server: Server, conformity: Conformity) -> Iterator[Connect]:
    """What makes HTTP clients of the shared server, authenticated in a role of an account.

    Every response to an operation of the contract must conform to it.
    """
    with ExitStack() as opened:

        def client(account: Account, role: Role = Role.MEMBER) -> httpx.Client:
            return opened.enter_context(
                httpx.Client(
                    base_url=server.url,
                    headers=account.bearer(role),
                    timeout=TIMEOUT_SECONDS,
                    verify=NO_TRUST,
                    event_hooks={"response": [conformity]},
                )
            )

        yield client


@pytest.fixture
def http(connect: Connect, account: Account) -> httpx.Client:
    """An HTTP client of the shared server, authenticated as a member of ``account``; see ``connect``."""
    return connect(account)


@pytest.fixture(scope="session")
def bundled() -> Contract:
    """The contract as the server loads it."""
    return Contract.bundled()


@pytest.fixture
def payroll(bundled: Contract) -> dict[str, Any]:
    """The documented request, verbatim."""
    request: dict[str, Any] = deepcopy(bundled.document["components"]["examples"]["PayrollRequest"]["value"])
    return request
