"""What the tests of input share: requests from raw sockets, and a check that the server still works."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.processes import TIMEOUT_SECONDS, Server, StartServer
from harness.wire import Ask, Draft, Wire


def _asker(server: Server, account: Account) -> Ask:
    def ask(draft: Draft) -> httpx.Response:
        with Wire(server.url) as wire:
            return wire.send(draft.render(account)).response()

    return ask


def _assert_serving(server: Server, account: Account, since: int) -> None:
    """Check that a server still creates hooks, and that its log has no failure."""
    assert _asker(server, account)(Draft()).status_code == 201
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while account.id not in (log := server.log_file.read_text()[since:]):
        assert time.monotonic() < deadline, "the request was not logged"
        time.sleep(0.01)
    assert "Traceback" not in log
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    statuses = {line["status"] for line in lines if line.get("status")}
    assert not {status for status in statuses if status >= 500}


@pytest.fixture(scope="module", autouse=True)
def still_serving(server: Server, directory: Directory) -> Iterator[None]:
    """After all tests of a module, normal requests are served and nothing has failed."""
    since = len(server.log_file.read_text())
    yield
    _assert_serving(server, Account.new(directory), since)


@pytest.fixture(scope="module")
def account(directory: Directory) -> Account:
    """An account that the tests of a module share, since they never choose the names of their hooks."""
    return Account.new(directory)


@pytest.fixture
def ask(server: Server, account: Account) -> Ask:
    """What sends a draft to the shared server."""
    return _asker(server, account)


@pytest.fixture
def ask_apart(start_server: StartServer, tmp_path: Path) -> Iterator[Ask]:
    """What sends a draft to a server of its own, which must still be serving afterwards."""
    url = f"sqlite:///{tmp_path}/apart.db"
    with start_server(url) as server, open_database(url) as database:
        directory = Directory(database)
        yield _asker(server, Account.new(directory))
        _assert_serving(server, Account.new(directory), 0)
