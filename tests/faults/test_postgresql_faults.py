"""Faults of a PostgreSQL server: each wait ends, in a 503, and service returns without a restart."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.clear_text import NO_TRUST
from harness.commands import runner
from harness.forking import ForkServer
from harness.postgresql import PASSWORD, PostgreSQL, running
from harness.problems import assert_problem
from harness.processes import Server, StartServer
from harness.stores import blocked_creates, rows
from harness.waiting import eventually

BOUND_SECONDS = 30
"""Generous: a request or a start waits 5 s to connect, 2 s for a sign of life, 10 s for a statement."""
CLIENTS = 8


@pytest.fixture(scope="module")
def own(postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgreSQL]:
    """A PostgreSQL server that nobody else uses: it is stopped and crashed."""
    del postgresql  # asked for only since it skips or fails where no server can be had
    with running(tmp_path_factory.mktemp("own")) as server:
        yield server


class Client:
    """A member of an account on a server of ours."""

    def __init__(self, server: Server, account: Account) -> None:
        self._server = server
        self._account = account

    def send(self, method: str) -> httpx.Response:
        url = self._server.url + self._account.path
        body = self._account.hook() if method == "POST" else None
        return httpx.request(
            method,
            url,
            json=body,
            headers=self._account.bearer(),
            timeout=2 * BOUND_SECONDS,
            verify=NO_TRUST,
        )

    def many(self, method: str, count: int = CLIENTS) -> list[httpx.Response]:
        """Send requests at once."""
        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(self.send, [method] * count))


@contextmanager
def _serving(start_server: StartServer, url: str, *arguments: str) -> Iterator[tuple[Server, Client]]:
    with open_database(url) as database:
        account = Account.new(Directory(database))
    with start_server(url, *arguments) as server:
        client = Client(server, account)
        assert {response.status_code for response in client.many("POST")} == {201}
        yield server, client


def _seconds(call: Callable[[], object]) -> float:
    began = time.monotonic()
    call()
    return time.monotonic() - began


def _assert_not_ready(response: httpx.Response) -> None:
    assert_problem(response, 503, problems.NOT_READY)
    assert response.headers["retry-after"] == "1"


def _refused_start(forks: ForkServer, folder: Path, url: str) -> str:
    """Run a server that must end by itself, and return what it printed, which must be one line."""
    began = time.monotonic()
    done = runner(forks, folder)("serve", "--port", "0", "--database", url)
    assert time.monotonic() - began < BOUND_SECONDS
    assert done.returncode == 3
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    return line


def test_a_server_that_accepts_and_sends_nothing_does_not_hang_the_start(
    forks: ForkServer, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        line = _refused_start(
            forks, tmp_path, f"postgresql+psycopg://hooks:{PASSWORD}@127.0.0.1:{port}/hooks"
        )

    assert line == (
        f"Error: postgresql+psycopg://hooks:***@127.0.0.1:{port}/hooks: connection timeout expired"
    )


def test_a_stopped_server_does_not_hang_the_start(own: PostgreSQL, forks: ForkServer, tmp_path: Path) -> None:
    url = own.create_database()
    with own.silent():
        assert "connection timeout expired" in _refused_start(forks, tmp_path, url)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_when_the_server_stops_requests_are_a_503_until_it_goes_on(
    start_server: StartServer, own: PostgreSQL, method: str
) -> None:
    with _serving(start_server, own.create_database()) as (_, client):
        with own.silent():
            began = time.monotonic()
            refused = client.many(method)
            again = client.send(method)
            assert time.monotonic() - began < BOUND_SECONDS
        accepted = client.many("POST")

    for response in [*refused, again]:
        _assert_not_ready(response)
    assert {response.status_code for response in accepted} == {201}


def test_when_the_server_stops_within_a_statement_its_request_is_a_503(
    start_server: StartServer, own: PostgreSQL
) -> None:
    url = own.create_database()
    with _serving(start_server, url, "--lock-wait-seconds", "3") as (_, client):
        with blocked_creates(url), ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(client.send, "POST")
            eventually(lambda: own.waiting_for_locks(url) == 1)
            with own.silent():
                began = time.monotonic()
                _assert_not_ready(waiting.result())
                assert time.monotonic() - began < BOUND_SECONDS

        assert client.send("POST").status_code == 201


def test_a_stopped_server_does_not_hang_the_stop(start_server: StartServer, own: PostgreSQL) -> None:
    with (
        _serving(start_server, own.create_database(), "--stop-seconds", "1") as (server, client),
        own.silent(),
    ):
        ended: list[int] = []

        def send() -> None:
            try:
                ended.append(client.send("POST").status_code)
            except httpx.TransportError:
                ended.append(0)

        clients = [threading.Thread(target=send) for _ in range(CLIENTS)]
        for each in clients:
            each.start()
        time.sleep(0.5)

        assert _seconds(server.stop) < BOUND_SECONDS
        assert server.process.poll() == 0
        for each in clients:
            each.join()
        assert 201 not in ended


def test_connections_that_the_server_ends_lose_nothing_that_was_acknowledged(
    start_server: StartServer, own: PostgreSQL
) -> None:
    url = own.create_database()
    statuses: Counter[int] = Counter()
    acknowledged: set[str] = set()
    with _serving(start_server, url) as (_, client):
        for _ in range(5):
            with ThreadPoolExecutor(CLIENTS) as pool:
                sent = [pool.submit(client.send, "POST") for _ in range(5 * CLIENTS)]
                own.end_sessions(url)
                done = [each.result() for each in sent]
            statuses.update(response.status_code for response in done)
            acknowledged |= {response.json()["id"] for response in done if response.status_code == 201}
            assert client.send("POST").status_code == 201

    assert set(statuses) <= {201, 503}
    assert acknowledged <= {row[0] for row in rows(url, "SELECT id FROM execution_hooks")}


def test_when_the_server_crashes_requests_are_a_503_until_it_is_up_again(
    start_server: StartServer, own: PostgreSQL
) -> None:
    with _serving(start_server, own.create_database()) as (server, client):
        own.crash()
        refused = [*client.many("POST"), *client.many("GET")]
        own.start()
        accepted = [*client.many("POST"), *client.many("GET")]

        for response in refused:
            _assert_not_ready(response)
        assert [response.status_code for response in accepted] == [*[201] * CLIENTS, *[200] * CLIENTS]
        log = server.log_file.read_text()
        assert "Traceback" in log
        assert PASSWORD not in log


def test_a_server_out_of_connections_is_a_503_until_there_are_some(
    start_server: StartServer, own: PostgreSQL
) -> None:
    url, name = _database_of_no_superuser(own)
    with _serving(start_server, url) as (_, client):
        own.execute(f"ALTER DATABASE {name} CONNECTION LIMIT 0")
        own.end_sessions(url)
        refused = client.many("POST")
        own.execute(f"ALTER DATABASE {name} CONNECTION LIMIT -1")
        accepted = client.many("POST")

    for response in refused:
        _assert_not_ready(response)
    assert {response.status_code for response in accepted} == {201}


def test_a_server_that_only_reads_is_a_503_for_writes_until_it_takes_them(
    start_server: StartServer, own: PostgreSQL
) -> None:
    url = own.create_database()
    name = url.rpartition("/")[2]
    with _serving(start_server, url) as (_, client):
        own.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        own.end_sessions(url)
        refused, read = client.many("POST"), client.many("GET")
        own.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
        client.many("POST")  # whatever comes of these: they may meet sessions from before
        accepted = client.many("POST")

    for response in refused:
        _assert_not_ready(response)
    assert {response.status_code for response in read} == {200}
    assert {response.status_code for response in accepted} == {201}


def test_a_lock_held_too_long_is_a_503_until_it_is_released(
    start_server: StartServer, own: PostgreSQL
) -> None:
    url = own.create_database()
    with _serving(start_server, url, "--lock-wait-seconds", "0.5") as (_, client):
        with blocked_creates(url):
            began = time.monotonic()
            refused = client.many("POST")
            assert 0.5 <= time.monotonic() - began < 5
            assert client.send("GET").status_code == 200
        accepted = client.many("POST")

    for response in refused:
        _assert_not_ready(response)
    assert {response.status_code for response in accepted} == {201}


def test_authentication_does_not_wait_behind_writes(start_server: StartServer, own: PostgreSQL) -> None:
    url = own.create_database()
    with _serving(start_server, url, "--lock-wait-seconds", "60") as (_, client):
        with blocked_creates(url) as let_go, ThreadPoolExecutor(CLIENTS) as pool:
            waiting = [pool.submit(client.send, "POST") for _ in range(CLIENTS)]
            eventually(lambda: own.waiting_for_locks(url) > 0)
            assert client.send("GET").status_code == 200
            assert not any(each.done() for each in waiting)
            let_go()
        assert {each.result().status_code for each in waiting} == {201}


def test_a_statement_that_takes_too_long_is_ended_by_the_server(own: PostgreSQL) -> None:
    url = own.create_database()
    with open_database(url, lock_wait_seconds=0) as database, database.reading() as connection:
        shown = connection.exec_driver_sql("SHOW statement_timeout").scalar_one()

    assert shown == "5s"


def _database_of_no_superuser(server: PostgreSQL) -> tuple[str, str]:
    """Make a database whose owner limits of connections hold for; return its URL and name."""
    name = server.create_database().rpartition("/")[2]
    server.execute(f"CREATE ROLE plain LOGIN PASSWORD '{PASSWORD}'")
    server.execute(f"ALTER DATABASE {name} OWNER TO plain")
    return server.url(name, "plain"), name
