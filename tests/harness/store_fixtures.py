"""Fixtures of stores, new or with their tables: on PostgreSQL, or where ``--store`` has tests store.

To migrate a store takes ten times as long as to copy one, so only tests that are about that do it.
"""

from collections.abc import Iterator
from shutil import copy

import pytest

from execution_hooks.store.database import Database, open_database
from harness import postgresql as postgresql_server
from harness.daemons import need
from harness.postgresql import PostgreSQL
from harness.stores import CopyStore, DropStore, NewStore


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgreSQL]:
    """A PostgreSQL server. Where none is installed, the test is skipped; under CI it fails."""
    need(postgresql_server.INSTALL, installed=postgresql_server.binaries() is not None)
    with postgresql_server.running(tmp_path_factory.mktemp("postgresql")) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_tables(postgresql: PostgreSQL) -> str:
    """A database on PostgreSQL with the store's tables, to be copied."""
    url = postgresql.create_database()
    open_database(url).close()
    return url


@pytest.fixture
def postgresql_url(postgresql: PostgreSQL, postgresql_tables: str) -> Iterator[str]:
    """A database of the test's own on PostgreSQL, with the store's tables and nothing in them."""
    url = postgresql.copy(postgresql_tables)
    yield url
    postgresql.drop(url)


@pytest.fixture
def postgresql_store(postgresql_url: str) -> Iterator[Database]:
    """A store there."""
    with open_database(postgresql_url) as database:
        yield database


@pytest.fixture(scope="session")
def new_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewStore:
    """Return what makes a store without tables, where the run has tests store, and returns its URL."""
    if request.config.getoption("store") == "sqlite":
        return lambda: f"sqlite:///{tmp_path_factory.mktemp('store')}/hooks.db"
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.create_database


@pytest.fixture(scope="session")
def copy_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> CopyStore:
    """Return what copies a store that ``new_store`` made."""
    if request.config.getoption("store") == "sqlite":
        return lambda url: (
            f"sqlite:///{copy(url.removeprefix('sqlite:///'), tmp_path_factory.mktemp('copy'))}"
        )
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.copy


@pytest.fixture(scope="session")
def drop_store(request: pytest.FixtureRequest) -> DropStore:
    """Return what removes a store, but for a file: pytest removes those."""
    if request.config.getoption("store") == "sqlite":
        return lambda _: None
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.drop


@pytest.fixture
def new_url(new_store: NewStore, drop_store: DropStore) -> Iterator[str]:
    """The URL of a store of the test's own that has no tables yet."""
    url = new_store()
    yield url
    drop_store(url)


@pytest.fixture(scope="session")
def tables(new_store: NewStore) -> str:
    """The URL of a store with its tables, to be copied."""
    url = new_store()
    open_database(url).close()
    return url


@pytest.fixture
def store_url(tables: str, copy_store: CopyStore, drop_store: DropStore) -> Iterator[str]:
    """The URL of a store of the test's own with nothing in its tables."""
    url = copy_store(tables)
    yield url
    drop_store(url)


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    """An open store of the test's own."""
    with open_database(store_url) as opened:
        yield opened
