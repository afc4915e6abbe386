"""A proxy before a server: it may take off a prefix, drop headers, lack operations, and change responses.

It may send interim responses, too, such as 103 Early Hints, before each final one.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

Change = Callable[[dict[str, Any]], None]
"""Changes a JSON object of a response in place."""
_OF_THE_CONNECTION = {"connection", "transfer-encoding", "content-length"}


class _Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    upstream: str
    prefix: str
    dropped: Collection[str]
    lacking: re.Pattern[str]
    change: Change
    interim: Sequence[int]

    def _forward(self) -> None:
        payload = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self.path.startswith(f"{self.prefix}/"):
            self._send(404, [("Content-Type", "text/html")], b"<html>nothing here</html>")
            return
        if self.lacking.fullmatch(f"{self.command} {self.path}"):
            self._send(405, [("Content-Type", "application/json")], b"{}")
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() not in self.dropped}
        connection = HTTPConnection(urlsplit(self.upstream).netloc, timeout=10)
        connection.request(self.command, self.path.removeprefix(self.prefix), payload, headers)
        with connection.getresponse() as response:
            content = response.read()
            sent = [pair for pair in response.getheaders() if pair[0].lower() not in _OF_THE_CONNECTION]
        connection.close()
        self._send(response.status, sent, self._changed(content))

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_QUERY = _forward  # noqa: N815 as the base class has them

    def _changed(self, content: bytes) -> bytes:
        document = json.loads(content) if content[:1] == b"{" else None
        if document is None:
            return content
        self.change(document)
        return json.dumps(document).encode()

    def _send(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        for before in self.interim:
            self.send_response_only(before)
            self.send_header("Link", "</hints>; rel=preload")
            self.end_headers()
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content if self.command != "HEAD" else b"")

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


def _unchanged(_: dict[str, Any]) -> None:
    """Change nothing."""


class _Listener(ThreadingHTTPServer):
    block_on_close = False
    daemon_threads = True


@contextmanager
def proxy(
    *,
    prefix: str = "",
    dropped: Collection[str] = (),
    lacking: str = "",
    change: Change = _unchanged,
    interim: Sequence[int] = (),
) -> Iterator[Any]:
    """Run a proxy; yield a function that is given the server's URL, and returns the proxy's.

    What it is ``lacking`` are requests, as in ``GET /path``, that match this regular expression: a 405.
    ``interim`` are the statuses of what it sends before each final response.
    """
    known = {"prefix": prefix, "dropped": dropped, "upstream": "", "interim": interim}
    handler: Any = type("Handler", (_Proxy,), {**known, "lacking": re.compile(lacking)})
    handler.change = staticmethod(change)
    with _Listener(("127.0.0.1", 0), handler) as listener:
        Thread(target=listener.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{listener.server_address[1]}{prefix}"

        def before(upstream: str) -> str:
            handler.upstream = upstream
            return url

        yield before
        listener.shutdown()
