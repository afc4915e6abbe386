"""Crashes: what was acknowledged is stored completely, whenever the process is killed."""

import json
import os
import random
import signal
import threading
import time
from collections import Counter

import httpx
import pytest

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.clear_text import NO_TRUST
from harness.processes import Server, StartServer
from harness.stores import rows

ROUNDS = int(os.environ.get("KILL_ROUNDS", "3"))
WRITERS = 8
SHORTEST_RUN_SECONDS, LONGEST_RUN_SECONDS = 0.2, 0.9


class Writers:
    """Threads that create hooks until the server is gone, and remember what it acknowledged."""

    def __init__(self, server: Server, account: Account) -> None:
        self.acknowledged: dict[str, str] = {}
        self.statuses: Counter[int] = Counter()
        self._server = server
        self._account = account
        self._threads = [threading.Thread(target=self._write) for _ in range(WRITERS)]

    def run_until(self, end: float) -> None:
        for thread in self._threads:
            thread.start()
        time.sleep(end)
        self._server.process.send_signal(signal.SIGKILL)
        for thread in self._threads:
            thread.join()

    def _write(self) -> None:
        account = self._account
        with httpx.Client(
            base_url=self._server.url, headers=account.bearer(), timeout=30, verify=NO_TRUST
        ) as client:
            while True:
                body = account.hook(description="whole")
                try:
                    response = client.post(account.path, json=body)
                except httpx.TransportError:
                    return
                self.statuses[response.status_code] += 1
                self.acknowledged[response.json()["id"]] = body["name"]


def _stored(url: str) -> dict[str, str]:
    if url.startswith("sqlite"):
        assert rows(url, "PRAGMA integrity_check") == [("ok",)]
    kept = rows(url, "SELECT id, name, description, CAST(arguments AS TEXT) FROM execution_hooks")
    assert all((description, json.loads(arguments)) == ("whole", []) for *_, description, arguments in kept)
    stored = {identifier: name for identifier, name, *_ in kept}
    assert len(set(stored.values())) == len(kept)
    return stored


@pytest.mark.timeout(max(900, 10 * ROUNDS))
def test_no_acknowledged_hook_is_lost_to_sigkill(start_server: StartServer, store_url: str) -> None:
    with open_database(store_url) as database:
        account = Account.new(Directory(database))
    durations = random.Random(20261123)  # noqa: S311 no secret
    acknowledged: dict[str, str] = {}
    statuses: Counter[int] = Counter()

    for _ in range(ROUNDS):
        with start_server(store_url) as server:
            writers = Writers(server, account)
            writers.run_until(durations.uniform(SHORTEST_RUN_SECONDS, LONGEST_RUN_SECONDS))
        acknowledged |= writers.acknowledged
        statuses += writers.statuses

        assert acknowledged.items() <= _stored(store_url).items()

    assert set(statuses) == {201}
    assert len(acknowledged) > ROUNDS * 10
