"""``serve --workers``: one that hangs is replaced; one that is busy, or suspended with all others, is not."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.clear_text import NO_TRUST
from harness.populations import populate
from harness.processes import TIMEOUT_SECONDS, Server, StartServer, is_running, log_lines, workers
from harness.waiting import eventually

HANG_SECONDS = 5
SERVE = ("--workers", "2", "--hang-seconds", str(HANG_SECONDS))
STOPS_WITHIN_SECONDS = 1 + 5 + 5
"""``--stop-seconds 1``, the wait for a lock and the time to close the store."""


@pytest.fixture
def account(store_url: str) -> Account:
    """An account of the test's store."""
    with open_database(store_url) as database:
        return Account.new(Directory(database))


def _create(server: Server, account: Account) -> int:
    """Create a hook by a connection of its own; return the status."""
    url = server.url + account.path
    response = httpx.post(
        url, json=account.hook(), headers=account.bearer(), timeout=TIMEOUT_SECONDS, verify=NO_TRUST
    )
    return response.status_code


def _lines_of_parent(server: Server) -> list[dict[str, object]]:
    return [line for line in log_lines(server) if line["event"].startswith("worker")]


@contextmanager
def _stopped(*pids: int) -> Iterator[None]:
    """Stop processes until the block ends, as the system does that suspends them."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            if is_running(pid):
                os.kill(pid, signal.SIGCONT)


def test_a_worker_that_stands_still_is_replaced_and_all_requests_are_served_again(
    start_server: StartServer, store_url: str, account: Account
) -> None:
    with start_server(store_url, *SERVE) as server:
        before = workers(server)
        hung = min(before)
        with _stopped(hung):
            eventually(lambda: hung not in workers(server) and len(workers(server)) == 2)
        assert workers(server) & before == before - {hung}
        # Of twenty connections one would come to a worker that does not serve.
        assert Counter(_create(server, account) for _ in range(20)) == {201: 20}
        lines = _lines_of_parent(server)

    assert [(line["event"], line["pid"]) for line in lines] == [("worker hung", hung), ("worker ended", hung)]
    assert lines[0]["silent_seconds"] == HANG_SECONDS
    assert (lines[1]["reason"], lines[1]["replaced_in_seconds"]) == ("was ended by SIGKILL", 0.0)


def test_no_worker_is_replaced_when_all_processes_were_suspended_together(
    start_server: StartServer, store_url: str, account: Account
) -> None:
    with start_server(store_url, *SERVE) as server:
        before = workers(server)
        with _stopped(server.process.pid, *before):
            time.sleep(HANG_SECONDS + 2)
        time.sleep(2)  # in which the parent looks at least once
        assert workers(server) == before
        assert _create(server, account) == 201

    assert not _lines_of_parent(server)


def test_a_worker_that_is_busy_for_long_is_left_alone(
    start_server: StartServer, store_url: str, account: Account
) -> None:
    with open_database(store_url) as database:
        wide = [f"{number:x}" * 127 for number in range(16)]
        populate(Directory(database), account, [account.hook(arguments=wide) for _ in range(2_000)])
    with start_server(store_url, *SERVE) as server:
        before = workers(server)
        end = time.monotonic() + HANG_SECONDS + 2
        # A connection stays with its worker, which sends one list after the other.
        with httpx.Client(headers=account.bearer(), timeout=TIMEOUT_SECONDS, verify=NO_TRUST) as reader:
            first = reader.get(server.url + account.path)
            assert len(first.json()["items"]) == 2_000
            while time.monotonic() < end:
                assert reader.get(server.url + account.path).content == first.content
        assert workers(server) == before

    assert not _lines_of_parent(server)


def test_a_stop_ends_in_time_while_a_worker_hangs(start_server: StartServer, store_url: str) -> None:
    with start_server(store_url, *SERVE, "--stop-seconds", "1") as server:
        family = {server.process.pid, *workers(server)}
        hung = min(workers(server))
        with _stopped(hung):
            began = time.monotonic()
            status = server.stop()
            took = time.monotonic() - began

    assert status == 0
    assert took < STOPS_WITHIN_SECONDS
    assert not any(is_running(pid) for pid in family)
    assert ("worker hung", hung) in [(line["event"], line["pid"]) for line in _lines_of_parent(server)]
