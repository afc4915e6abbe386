"""Clients that create hooks one after the other until they are told to end, and remember what they saw."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import httpx

from harness.accounts import Account
from harness.clear_text import NO_TRUST
from harness.processes import TIMEOUT_SECONDS
from harness.waiting import eventually

_PAUSE_SECONDS = 0.05


class Load:
    """Clients of one kind: with ``keys`` they send a create again, with its key, until it is acknowledged.

    ``acknowledged`` has the names of hooks by their ids, ``statuses`` those of all responses; ``refused`` are
    the responses other than 201, and ``cut`` counts the requests that had none.
    """

    def __init__(self, url: str, account: Account, *, keys: bool) -> None:
        self.acknowledged: dict[str, str] = {}
        self.statuses: Counter[int] = Counter()
        self.refused: list[httpx.Response] = []
        self.cut = 0
        self._url = url
        self._account = account
        self._keys = keys
        self._ending = threading.Event()

    @contextmanager
    def running(self, clients: int) -> Iterator["Load"]:
        """Have clients create until the block ends, and finish what they have begun."""
        threads = [threading.Thread(target=self._write) for _ in range(clients)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._ending.set()
            for thread in threads:
                thread.join()

    def wait_for(self, creates: int) -> None:
        """Wait until so many more hooks are acknowledged."""
        enough = len(self.acknowledged) + creates
        eventually(lambda: len(self.acknowledged) >= enough)

    def _write(self) -> None:
        with httpx.Client(
            base_url=self._url, headers=self._account.bearer(), timeout=TIMEOUT_SECONDS, verify=NO_TRUST
        ) as client:
            while not self._ending.is_set():
                body = self._account.hook()
                key = {"Idempotency-Key": str(uuid4())} if self._keys else {}
                deadline = time.monotonic() + TIMEOUT_SECONDS
                while not self._create(client, body, key) and self._keys and time.monotonic() < deadline:
                    time.sleep(_PAUSE_SECONDS)

    def _create(self, client: httpx.Client, body: dict[str, Any], key: dict[str, str]) -> bool:
        try:
            response = client.post(self._account.path, json=body, headers=key)
        except httpx.TransportError:
            self.cut += 1
            return False
        self.statuses[response.status_code] += 1
        if response.status_code != HTTPStatus.CREATED:
            self.refused.append(response)
            return False
        self.acknowledged[response.json()["id"]] = body["name"]
        return True
