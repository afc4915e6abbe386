"""``serve --workers``: processes of one parent, which serve as one."""

import json
import os
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import httpx
import pytest

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.clear_text import NO_TRUST
from harness.metrics import requests_in_flight, showing_metrics
from harness.problems import assert_problem
from harness.processes import TIMEOUT_SECONDS, Server, StartServer, is_running, log_lines, workers
from harness.stores import blocked_creates, rows
from harness.tls import IssuedCertificate
from harness.waiting import eventually, until_connections_are_refused

WORKERS = 3
TWO = ("--workers", "2")
PATIENT = ("--lock-wait-seconds", "60")
"""For requests that are to wait for a lock until the test releases it."""
CONNECTIONS = 40
"""The chance that one of three workers gets none of so many is below one in three million."""


@pytest.fixture
def account(store_url: str) -> Account:
    """An account of the test's store."""
    with open_database(store_url) as database:
        return Account.new(Directory(database))


def _create(server: Server, account: Account) -> httpx.Response:
    """Create a hook by a connection of its own."""
    url = server.url + account.path
    return httpx.post(
        url, json=account.hook(), headers=account.bearer(), timeout=TIMEOUT_SECONDS, verify=NO_TRUST
    )


def _list(server: Server, account: Account) -> httpx.Response:
    url = server.url + account.path
    return httpx.get(url, headers=account.bearer(), timeout=TIMEOUT_SECONDS, verify=NO_TRUST)


def _at_once(server: Server, account: Account, requests: int) -> Counter[int]:
    """Count by status the responses to requests that are sent at once, each by its own connection."""
    with ThreadPoolExecutor(16) as pool:
        responses = pool.map(lambda _: _list(server, account), range(requests))
    return Counter(response.status_code for response in responses)


def _kill(server: Server, killed: int) -> int:
    """Kill a worker, wait until there is another in its place, and return the id of that."""
    before = workers(server)
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: len(workers(server) - before) == 1)
    (new,) = workers(server) - before
    return new


def _who_served(server: Server) -> Counter[int]:
    return Counter(line["worker"] for line in log_lines(server) if line["event"] == "request")


def _ends(server: Server) -> list[dict[str, object]]:
    return [line for line in log_lines(server) if line["event"] == "worker ended"]


def test_workers_are_announced_once_and_connections_are_spread_over_all(
    start_server: StartServer, store_url: str, account: Account, tmp_path: Path
) -> None:
    ready = tmp_path / "ready.json"
    with start_server(store_url, "--workers", str(WORKERS), "--ready-file", str(ready)) as server:
        assert len(workers(server)) == WORKERS
        assert json.loads(ready.read_text()) == {"url": server.url}
        assert _at_once(server, account, CONNECTIONS) == {200: CONNECTIONS}

    served = _who_served(server)
    assert server.log_file.read_text().count("Execution Hooks at") == 1
    assert sorted(served) == [1, 2, 3]
    assert served.total() == CONNECTIONS
    assert not ready.exists()


def test_a_demo_is_made_once_for_all_workers(start_server: StartServer, new_url: str) -> None:
    with start_server(new_url, *TWO, "--demo") as server:
        output = server.output("appID")

    assert output.count("EXECUTION_HOOKS_TOKEN=") == 1
    assert rows(new_url, "SELECT count(*) FROM tokens") == [(1,)]


def test_workers_speak_tls_with_one_certificate(
    start_server: StartServer, store_url: str, tmp_path: Path
) -> None:
    issued = IssuedCertificate.new(tmp_path)
    with start_server(store_url, *TWO, *issued.options) as server:
        assert server.url.startswith("https://")
        for _ in range(8):
            assert httpx.get(f"{server.url}/livez", verify=issued.trust()).status_code == 200


def test_what_was_acknowledged_outlives_each_worker_that_is_killed(
    start_server: StartServer, store_url: str, account: Account
) -> None:
    acknowledged: list[str] = []
    statuses: Counter[int] = Counter()
    over = threading.Event()

    def write(server: Server) -> None:
        while not over.is_set():
            try:
                response = _create(server, account)
            except httpx.TransportError:
                continue  # its worker was killed
            statuses[response.status_code] += 1
            acknowledged.append(response.json()["id"])

    with start_server(store_url, *TWO) as server:
        threads = [threading.Thread(target=write, args=[server]) for _ in range(6)]
        for thread in threads:
            thread.start()
        killed = []
        for _ in range(3):
            time.sleep(0.5)
            killed.append(min(workers(server)))
            _kill(server, killed[-1])
        before = len(acknowledged)
        eventually(lambda: len(acknowledged) > before + 20)
        over.set()
        for thread in threads:
            thread.join()
        assert server.stop() == 0

    stored = {identifier for (identifier,) in rows(store_url, "SELECT id FROM execution_hooks")}
    assert set(acknowledged) <= stored
    assert set(statuses) == {201}
    assert [(end["pid"], end["reason"]) for end in _ends(server)] == [
        (pid, "was ended by SIGKILL") for pid in killed
    ]


def test_who_ends_again_and_again_is_replaced_after_a_pause_that_doubles(
    start_server: StartServer, store_url: str
) -> None:
    with start_server(store_url, *TWO) as server:
        victim = min(workers(server))
        for _ in range(3):
            victim = _kill(server, victim)
        ends = _ends(server)

    assert [end["replaced_in_seconds"] for end in ends] == [0.0, 0.5, 1.0]
    assert len({end["worker"] for end in ends}) == 1


def test_a_stop_ends_all_workers_once_their_requests_have_responses(
    start_server: StartServer, store_url: str, account: Account, tmp_path: Path
) -> None:
    ready = tmp_path / "ready.json"
    with (
        start_server(store_url, *TWO, *PATIENT, *showing_metrics(ready)) as server,
        blocked_creates(store_url) as let_go,
    ):
        family = {server.process.pid, *workers(server)}
        with ThreadPoolExecutor(12) as pool:
            in_flight = [pool.submit(_create, server, account) for _ in range(12)]
            eventually(lambda: requests_in_flight(ready) == 12)
            server.process.terminate()
            until_connections_are_refused(server)
            assert not any(each.done() for each in in_flight)
            let_go()
            statuses = [each.result().status_code for each in in_flight]
        status = server.process.wait(TIMEOUT_SECONDS)

    assert statuses == [201] * 12
    assert status == 0
    assert not any(is_running(pid) for pid in family)


def test_workers_end_when_their_parent_is_killed(start_server: StartServer, store_url: str) -> None:
    with start_server(store_url, *TWO) as server:
        family = {server.process.pid, *workers(server)}
        assert len(family) == 3
        server.process.kill()
        eventually(lambda: not any(is_running(pid) for pid in family))
        with pytest.raises(httpx.ConnectError):
            httpx.get(server.url)


def test_workers_admit_together_as_many_requests_of_a_token_as_its_rate_has(
    start_server: StartServer, store_url: str, account: Account
) -> None:
    with start_server(store_url, *TWO, "--rate-limit", "30/hour") as server:
        first = _at_once(server, account, 20)
        _kill(server, min(workers(server)))
        then = _at_once(server, account, 40)

    assert first == {200: 20}
    assert then == {200: 10, 429: 30}
    assert sorted(_who_served(server)) == [1, 2]
    assert not [line for line in log_lines(server) if line["event"] == "rates are not shared"]


def test_places_in_flight_are_those_of_all_workers_and_free_again_when_one_is_killed(
    start_server: StartServer, store_url: str, account: Account, tmp_path: Path
) -> None:
    ready = tmp_path / "ready.json"
    options = (*TWO, *PATIENT, *showing_metrics(ready), "--most-in-flight", "8")
    with open_database(store_url) as database:
        other = Account.new(Directory(database))
    with ExitStack() as ending:
        server = ending.enter_context(start_server(store_url, *options))
        pool = ending.enter_context(ThreadPoolExecutor(24))
        with blocked_creates(store_url) as let_go:
            busy = [pool.submit(_create, server, account) for _ in range(12)]
            refusals = list(islice(as_completed(busy, timeout=TIMEOUT_SECONDS), 6))
            others = [pool.submit(_create, server, other) for _ in range(3)]
            refusals.append(next(as_completed(others, timeout=TIMEOUT_SECONDS)))
            let_go()
            served = [each.result().status_code for each in (*busy, *others) if each not in refusals]
        for each in refusals:
            assert_problem(each.result(), 503, problems.TOO_BUSY)
        assert served == [201] * 8

        with blocked_creates(store_url) as let_go:
            lost = [pool.submit(_create, server, account) for _ in range(6)]
            eventually(lambda: requests_in_flight(ready) == 6)
            for pid in workers(server):
                os.kill(pid, signal.SIGKILL)
            assert all(isinstance(each.exception(TIMEOUT_SECONDS), httpx.TransportError) for each in lost)
        eventually(
            lambda: _serves(server, other)
        )  # whose place, if not yet free again, takes none from account
        with blocked_creates(store_url) as let_go:
            again = [pool.submit(_create, server, account) for _ in range(7)]
            assert next(as_completed(again, timeout=TIMEOUT_SECONDS)).result().status_code == 503
            let_go()
            assert Counter(each.result().status_code for each in again) == {201: 6, 503: 1}


def _serves(server: Server, account: Account) -> bool:
    try:
        return _list(server, account).status_code == 200
    except httpx.TransportError:  # none serves yet, or one that was killed had the connection
        return False
