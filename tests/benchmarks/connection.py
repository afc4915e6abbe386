"""An HTTP/1.1 client of one request, with little overhead, so that the server has the cores."""

import asyncio
import json
import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count, repeat
from typing import cast

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Target:
    """A server that runs, and what a valid request to it must name. ``pid`` is 0 where nobody measures it.

    ``start`` is how many seconds it took to respond, from when its process began.
    """

    port: int
    account: str
    token: str
    app: str
    source: str
    pid: int = 0
    start: float = math.nan


_TAKEN = 99_999_999
"""The number in a name that no load comes to by counting."""


class CreateRequests:
    """Calling it renders the next create request, under a new name of fixed length.

    With ``one_name`` all have the same, so that all but the first are refused.
    """

    def __init__(self, target: Target, *, one_name: bool = False) -> None:
        number = "~number~"
        body = json.dumps(_document(f"Payroll {number}", target))
        head = (
            f"POST /accounts/{target.account}/core/v1/executionHooks HTTP/1.1\r\n"
            f"Host: {HOST}:{target.port}\r\nAuthorization: Bearer {target.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._before, self._after = (head + body).encode().split(number.encode())
        self._numbers = repeat(_TAKEN) if one_name else count()

    def __call__(self) -> bytes:
        return b"%b%08d%b" % (self._before, next(self._numbers), self._after)


def _document(name: str, target: Target) -> dict[str, object]:
    return {
        "type": "application/astra-executionHook",
        "version": "1.3",
        "name": name,
        "hookType": "custom",
        "matchingCriteria": [{"type": "containerImage", "value": r"/postgres:16\."}],
        "action": "snapshot",
        "stage": "pre",
        "hookSourceID": target.source,
        "arguments": ["freeze"],
        "appID": target.app,
        "enabled": "true",
        "description": "Payroll production hook",
    }


@dataclass
class Tally:
    """Responses: all by status, those of the measured span also by their seconds."""

    responses: Counter[int] = field(default_factory=Counter)
    measured: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)


class Connection(asyncio.Protocol):
    """One keep-alive connection with one request in flight, until the end of the measured span.

    ``done`` then tells whether every request got its response.
    """

    def __init__(self, requests: Callable[[], bytes], tally: Tally, *, start: float, end: float) -> None:
        self._requests, self._tally, self._start, self._end = requests, tally, start, end
        self._received = b""
        self._sent_at = 0.0
        self.done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        """Once the response is whole, count it and send the next request."""
        self._received += data
        if len(self._received) < _response_length(self._received):
            return
        now = time.perf_counter()
        status = int(self._received[9:12])
        self._tally.responses[status] += 1
        if self._start <= now < self._end:
            self._tally.measured[status] += 1
            self._tally.latencies.append(now - self._sent_at)
        self._received = b""
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Give up, unless this is the end."""
        if not self.done.done():
            self.done.set_result(False)

    def _send(self) -> None:
        self._sent_at = time.perf_counter()
        if self._sent_at < self._end:
            try:
                self._transport.write(self._requests())
            except StopIteration:  # too early: the connection counts as lost, and the run does not count
                self._transport.close()
        else:
            self.done.set_result(True)
            self._transport.close()


def _response_length(received: bytes) -> float:
    """Return the length in bytes of the response that begins here; infinity while its head is not whole."""
    head_end = received.find(b"\r\n\r\n")
    if head_end < 0:
        return math.inf
    if received.startswith(b"HTTP/1.1 204 "):
        return head_end + 4
    head = received[: head_end + 2].lower()
    field_start = head.find(b"\r\ncontent-length:")
    if field_start < 0:
        raise ValueError("the response has no Content-Length")
    value_start = field_start + len(b"\r\ncontent-length:")
    return head_end + 4 + int(head[value_start : head.find(b"\r\n", value_start)])
