"""A proxy that loses, doubles, delays and refuses requests, at random by a seed, and each at most twice."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import urlsplit

_SECONDS = 20.0
_MOST_FAULTS = 2
"""For one request, so that a client that tries three times gets through."""
_DELAY_SECONDS = 0.005


class Forwarded(NamedTuple):
    """A response of the server behind the proxy."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class LossyProxy(ThreadingHTTPServer):
    """What stands between a client and a server; ``faults`` counts what was done to requests, by name."""

    daemon_threads = True

    def __init__(self, target: str, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = urlsplit(target).netloc
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.faults: Counter[str] = Counter()
        self._random = random.Random(seed)  # noqa: S311 no secret
        self._lock = threading.Lock()
        self._by_key: Counter[str] = Counter()

    def next_fault(self, key: str) -> str:
        """Choose what is done to a request, by its idempotency key."""
        with self._lock:
            chosen = self._random.choice(["none", "cut before", "cut after", "double", "delay", "refuse"])
            if chosen != "none" and self._by_key[key] >= _MOST_FAULTS:
                chosen = "none"
            self._by_key[key] += chosen != "none"
            self.faults[chosen] += 1
            return chosen


@contextmanager
def lossy_proxy(target: str, seed: int) -> Iterator[LossyProxy]:
    """Run a proxy to a server at a URL."""
    with LossyProxy(target, seed) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield proxy
        proxy.shutdown()
    thread.join(_SECONDS)


class _Handler(BaseHTTPRequestHandler):
    server: LossyProxy
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        match self.server.next_fault(self.headers["Idempotency-Key"]):
            case "cut before":
                self.close_connection = True
            case "cut after":
                self._forward(body)
                self.close_connection = True
            case "double":
                self._forward(body)
                self._respond(self._forward(body))
            case "delay":
                time.sleep(_DELAY_SECONDS)
                self._respond(self._forward(body))
            case "refuse":
                self._respond(Forwarded(503, [("Retry-After", "0")], b""))
            case _:
                self._respond(self._forward(body))

    def _forward(self, body: bytes) -> Forwarded:
        connection = HTTPConnection(self.server.target, timeout=_SECONDS)
        try:
            connection.request(self.command, self.path, body, dict(self.headers))
            response = connection.getresponse()
            return Forwarded(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def _respond(self, response: Forwarded) -> None:
        self.send_response(response.status)
        for name, value in response.headers:
            if name.lower() not in {"content-length", "connection", "date", "server"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        self.wfile.write(response.body)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""
