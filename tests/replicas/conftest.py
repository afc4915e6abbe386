"""What the tests of replicas share: three servers on a PostgreSQL server of their own, behind HAProxy."""

from collections.abc import Iterator

import httpx
import pytest

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness import postgresql as postgresql_server
from harness.accounts import Account
from harness.clear_text import NO_TRUST
from harness.daemons import need
from harness.postgresql import PostgreSQL
from harness.processes import TIMEOUT_SECONDS, StartServer
from harness.replicas import Replicas, serving_replicas


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgreSQL]:
    """A PostgreSQL server that is crashed, and then must have what it committed."""
    need(postgresql_server.INSTALL, installed=postgresql_server.binaries() is not None)
    with postgresql_server.running(tmp_path_factory.mktemp("own"), durable=True) as server:
        yield server


@pytest.fixture(scope="session")
def replicas(
    start_server: StartServer, own: PostgreSQL, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Replicas]:
    """Three servers behind a proxy, which each test leaves running."""
    folder = tmp_path_factory.mktemp("replicas")
    with serving_replicas(start_server, own.create_database(), folder) as running:
        yield running


@pytest.fixture
def directory(replicas: Replicas) -> Iterator[Directory]:
    """The directory of their store."""
    with open_database(replicas.database_url) as database:
        yield Directory(database)


@pytest.fixture
def account(directory: Directory) -> Account:
    """A fresh account there."""
    return Account.new(directory)


@pytest.fixture
def client(replicas: Replicas, account: Account) -> Iterator[httpx.Client]:
    """A client of the proxy."""
    with httpx.Client(
        base_url=replicas.url, headers=account.bearer(), timeout=TIMEOUT_SECONDS, verify=NO_TRUST
    ) as opened:
        yield opened
