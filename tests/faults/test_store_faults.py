"""Faults of the store: a 503 that says when to come back, and full recovery without a restart."""

import asyncio
import io
import json
import resource
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp

from execution_hooks.app import Options, create_app
from execution_hooks.contract.document import Contract
from execution_hooks.log import request_log
from execution_hooks.store.database import Database, open_database
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import Server, StartServer

pytestmark = pytest.mark.sqlite


def _limit_files(server: Server, size: int) -> None:
    """Let the server's process write no file beyond a size: to it, the disk is full."""
    _, hard = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, hard))


def _assert_not_ready(response: httpx.Response) -> None:
    assert_problem(response, 503, problems.NOT_READY)
    assert response.headers["retry-after"] == "1"


def test_a_full_disk_is_a_503_until_there_is_room_again(start_server: StartServer, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/full.db"
    with start_server(url) as server, open_database(url) as database:
        account = Account.new(Directory(database))

        def post() -> httpx.Response:
            body = account.hook(description="d" * 511)
            return httpx.post(server.url + account.path, json=body, headers=account.bearer())

        created = [post() for _ in range(3)]
        _limit_files(server, (tmp_path / "full.db-wal").stat().st_size)
        refused = [post() for _ in range(3)]
        _limit_files(server, resource.RLIM_INFINITY)
        recovered = [post() for _ in range(3)]

    assert [response.status_code for response in [*created, *recovered]] == [201] * 6
    for response in refused:
        _assert_not_ready(response)
    with sqlite3.connect(tmp_path / "full.db") as connection:
        assert connection.execute("SELECT count(*) FROM execution_hooks").fetchall() == [(6,)]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_a_full_database_refuses_a_whole_group_and_stores_none_of_it(
    bundled: Contract, database: Database
) -> None:
    account = Account.new(Directory(database))
    app = create_app(bundled, database, Options(log=request_log(io.StringIO())))

    def set_page_limit(pages: str) -> None:
        database.write(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}"))

    async def post_together() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            posts = [
                client.post(
                    account.path,
                    json=account.hook(description="d" * 511, arguments=[str(i) * 100 for i in range(9)]),
                    headers=account.bearer(),
                )
                for _ in range(40)
            ]
            return list(await asyncio.gather(*posts))

    def stored() -> int:
        with database.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM execution_hooks").scalar_one())

    set_page_limit("1")  # as many as there are
    refused = asyncio.run(post_together())
    kept = sum(response.status_code == 201 for response in refused)
    assert stored() == kept
    set_page_limit("1073741823")
    accepted = asyncio.run(post_together())

    for response in refused:
        if response.status_code != 201:
            _assert_not_ready(response)
    assert kept < len(refused)
    assert {response.status_code for response in accepted} == {201}
    assert stored() == kept + len(accepted)


def test_a_lock_held_by_another_process_is_a_503_until_it_is_released(
    start_server: StartServer, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/locked.db"
    with start_server(url, "--lock-wait-seconds", "0.3") as server, open_database(url) as database:
        account = Account.new(Directory(database))

        def post() -> httpx.Response:
            return httpx.post(server.url + account.path, json=account.hook(), headers=account.bearer())

        other = sqlite3.connect(tmp_path / "locked.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(4) as pool:
            waiting = [pool.submit(post) for _ in range(4)]
            while_locked = httpx.get(f"{server.url}/openapi.yaml")
            for outcome in waiting:
                _assert_not_ready(outcome.result())
        other.execute("ROLLBACK")
        other.close()

        assert while_locked.status_code == 200
        assert post().status_code == 201


def test_a_lock_that_is_released_in_time_is_not_noticed(start_server: StartServer, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/locked.db"
    with start_server(url) as server, open_database(url) as database:
        account = Account.new(Directory(database))
        other = sqlite3.connect(tmp_path / "locked.db", isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.5, other.rollback)
        release.start()

        response = httpx.post(server.url + account.path, json=account.hook(), headers=account.bearer())

        release.join()
        other.close()
        assert response.status_code == 201


def _send(app: ASGIApp, account: Account, method: str) -> httpx.Response:
    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.request(method, account.path, json=account.hook(), headers=account.bearer())

    return asyncio.run(send())


def _assert_not_tried_again(response: httpx.Response) -> None:
    assert_problem(response, 500, problems.INTERNAL_ERROR)
    assert "retry-after" not in response.headers


def test_a_damaged_file_is_a_500_until_it_is_repaired(bundled: Contract, tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    with open_database(f"sqlite:///{path}") as database:
        account = Account.new(Directory(database))
        database.write(lambda connection: connection.exec_driver_sql("SELECT 1"))
    good = path.read_bytes()
    lines = io.StringIO()
    with open_database(f"sqlite:///{path}") as database:
        app = create_app(bundled, database, Options(log=request_log(lines)))

        path.write_bytes(good[:4096] + b"\xff" * (len(good) - 4096))
        _assert_not_tried_again(_send(app, account, "POST"))
        _assert_not_tried_again(_send(app, account, "GET"))
        path.write_bytes(good)
        assert _send(app, account, "POST").status_code == 201
    malformed = [line for line in map(json.loads, lines.getvalue().splitlines()) if "exception" in line]
    assert [line["level"] for line in malformed] == ["error", "error"]
    assert all("malformed" in line["exception"] for line in malformed)


def test_a_missing_table_is_not_reported_as_temporary(bundled: Contract, database: Database) -> None:
    account = Account.new(Directory(database))
    app = create_app(bundled, database, Options(log=request_log(io.StringIO())))
    database.write(lambda connection: connection.exec_driver_sql("DROP TABLE execution_hooks"))

    for method in ("POST", "GET"):
        _assert_not_tried_again(_send(app, account, method))
