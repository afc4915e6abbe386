"""The store's file, moved or replaced below a running server: nothing is acknowledged and then lost."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import Server, StartServer
from harness.waiting import eventually

pytestmark = pytest.mark.sqlite
Change = Callable[[Path], object]


def _replace(path: Path) -> None:
    """Put another store under the name, as whoever restores a backup may."""
    copy = path.with_suffix(".copy")
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    copy.rename(path)


def _replace_folder(path: Path) -> None:
    path.parent.rename(f"{path.parent}.old")
    path.parent.mkdir()


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


CHANGES: dict[str, Change] = {
    "the file is removed": lambda path: path.unlink(),
    "the file is moved": lambda path: path.rename(path.with_suffix(".moved")),
    "the file is replaced": _replace,
    "the log is removed": lambda path: _beside(path, "-wal").unlink(),
    "the log's index is removed": lambda path: _beside(path, "-shm").unlink(),
    "the folder is replaced": _replace_folder,
}


@dataclass(frozen=True)
class Client:
    """A member of an account that was made before the server started."""

    server: Server
    account: Account

    def create(self) -> httpx.Response:
        account = self.account
        return httpx.post(self.server.url + account.path, json=account.hook(), headers=account.bearer())

    def read(self) -> httpx.Response:
        return httpx.get(self.server.url + self.account.path, headers=self.account.bearer())


def _account(path: Path) -> Account:
    with open_database(f"sqlite:///{path}") as database:
        return Account.new(Directory(database))


def _lines(server: Server, word: str) -> list[str]:
    return [line for line in server.log_file.read_text().splitlines() if word in line]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_file_that_was_replaced_is_neither_written_nor_read(
    start_server: StartServer, tmp_path: Path, change: Change
) -> None:
    path = tmp_path / "data" / "hooks.db"
    path.parent.mkdir()
    account = _account(path)
    with start_server(f"sqlite:///{path}") as server:
        client = Client(server, account)
        assert client.create().status_code == 201

        change(path)
        files = sorted(path.parent.iterdir())

        for _ in range(3):
            refused = client.create()
            assert_problem(refused, 503, problems.NOT_READY)
            assert refused.headers["retry-after"] == "1"
        assert_problem(client.read(), 503, problems.NOT_READY)
        assert sorted(path.parent.iterdir()) == files  # nothing is made anew under the old names
        assert len(_lines(server, '"store file')) == 1


def test_reads_notice_without_a_write_that_the_file_is_gone(
    start_server: StartServer, tmp_path: Path
) -> None:
    path = tmp_path / "hooks.db"
    account = _account(path)
    with start_server(f"sqlite:///{path}") as server:
        client = Client(server, account)
        assert client.read().status_code == 200
        path.unlink()
        eventually(lambda: client.read().status_code == 503)


def test_service_continues_once_the_file_is_back(start_server: StartServer, tmp_path: Path) -> None:
    path, aside = tmp_path / "hooks.db", tmp_path / "aside.db"
    account = _account(path)
    with start_server(f"sqlite:///{path}") as server:
        client = Client(server, account)
        path.rename(aside)
        refused = [client.create().status_code for _ in range(3)]
        aside.rename(path)
        eventually(lambda: client.read().status_code == 200)
        created = [client.create().status_code for _ in range(3)]
        shown = len(client.read().json()["items"])

    assert (refused, created, shown) == ([503] * 3, [201] * 3, 3)


def test_what_was_acknowledged_before_the_file_was_replaced_is_in_the_one_that_was_moved_away(
    start_server: StartServer, tmp_path: Path
) -> None:
    folder, aside = tmp_path / "data", tmp_path / "aside"
    folder.mkdir()
    account = _account(folder / "hooks.db")
    with start_server(f"sqlite:///{folder}/hooks.db") as server:
        client = Client(server, account)
        names = {client.create().json()["name"] for _ in range(5)}
        shutil.move(folder, aside)
        assert client.create().status_code == 503
        server.process.kill()
        server.process.wait()

    with sqlite3.connect(aside / "hooks.db") as connection:
        stored = {name for (name,) in connection.execute("SELECT name FROM execution_hooks")}
    connection.close()
    assert stored == names
