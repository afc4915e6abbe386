"""What HAProxy sends again, with the configuration that operators are shown: only what may be done twice."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from harness import haproxy
from harness.clear_text import NO_TRUST
from harness.daemons import need

pytestmark = pytest.mark.replicas

REQUESTS = 12
WITH_KEY = {"Idempotency-Key": "key"}


class _Backend(ThreadingHTTPServer):
    """A server that is ready, counts requests, and responds to them unless it ``drops`` them."""

    def __init__(self, *, drops: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.drops = drops
        self.requests = 0


class _Handler(BaseHTTPRequestHandler):
    server: _Backend
    protocol_version = "HTTP/1.1"

    def _serve(self) -> None:
        if self.path != "/readyz":
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.server.requests += 1
            if self.server.drops:
                self.close_connection = True
                return
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 the library looks for these names

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def _serving(*, drops: bool) -> Iterator[_Backend]:
    with _Backend(drops=drops) as backend:
        thread = Thread(target=backend.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield backend
        finally:
            backend.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("method", "headers", "is_repeated"),
    [
        ("GET", {}, True),
        ("HEAD", {}, True),
        ("POST", WITH_KEY, True),
        ("POST", {}, False),
        ("PUT", {}, False),
        ("PUT", WITH_KEY, False),
        ("PUT", {"If-Match": '"1"'}, False),
        ("DELETE", {}, False),
    ],
)
def test_a_request_without_a_response_is_sent_again_only_if_it_may_be_done_twice(
    tmp_path: Path, method: str, headers: dict[str, str], *, is_repeated: bool
) -> None:
    need(haproxy.INSTALL, installed=haproxy.binary() is not None)
    with ExitStack() as stack:
        backends = [stack.enter_context(_serving(drops=drops)) for drops in (True, False, False)]
        addresses = [f"127.0.0.1:{backend.server_port}" for backend in backends]
        url = stack.enter_context(haproxy.running(tmp_path, addresses))
        responses = [
            httpx.request(method, url, headers=headers, content=b"{}", verify=NO_TRUST)
            for _ in range(REQUESTS)
        ]

    failed = [response for response in responses if response.status_code != 200]
    dropped, *served = (backend.requests for backend in backends)
    assert dropped > 0
    assert sum(served) == REQUESTS - len(failed)
    assert len(failed) == (0 if is_repeated else dropped)
    for response in failed:
        assert (response.status_code, response.json()["status"]) == (502, "502")
        assert response.headers["content-type"] == "application/problem+json"
