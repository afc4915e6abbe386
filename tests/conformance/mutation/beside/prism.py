"""Prism, at the version that package-lock.json pins, and its validating proxy."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from socket import create_server
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

_FOLDER = Path(__file__).parent
COMMAND = _FOLDER / "node_modules" / ".bin" / "prism"
"""What ``install`` has installed."""
_START_SECONDS = 60
_VIOLATIONS = "sl-violations"
_OF_THE_CONNECTION = {"connection", "transfer-encoding", "content-length", "keep-alive", _VIOLATIONS}
Violation = tuple[str, ...]


def is_there() -> bool:
    """Tell whether this machine has Node and npm."""
    return bool(shutil.which("node") and shutil.which("npm"))


def install() -> None:
    """Install Prism (90 MB) beside this file, unless it is there. Raises CalledProcessError."""
    if not COMMAND.exists():
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=_FOLDER, check=True)


@contextmanager
def proxy(contract: Path, upstream: str) -> Iterator[str]:
    """Run the proxy before a server; yield its URL. It tells violations in a header, and refuses nothing."""
    with create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    command = [str(COMMAND), "proxy", str(contract), upstream, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            HTTPConnection("127.0.0.1", port, timeout=1).connect()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("Prism did not start")


class ThroughPrism:
    """An application that hands each request to the proxy, and notes which violations that tells.

    Of a request that breaks the contract only what the server accepted counts: it should have refused it.
    """

    def __init__(self, url: str) -> None:
        self._netloc = urlsplit(url).netloc
        self.requests = 0
        self.violations: dict[Violation, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a request on, and its response back without what the proxy added."""
        request = Request(scope, receive)
        target = scope["raw_path"].decode("latin-1")
        if query := scope["query_string"].decode("latin-1"):
            target = f"{target}?{query}"
        status, headers, content = self._exchange(
            request.method, target, dict(request.headers), await request.body()
        )
        response = Response(content if request.method != "HEAD" else b"", status)
        response.raw_headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in headers
            if name.lower() not in _OF_THE_CONNECTION
        ]
        response.headers["Content-Length"] = str(len(content))
        await response(scope, receive, send)

    def _exchange(
        self, method: str, target: str, headers: Mapping[str, str], content: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        self.requests += 1
        connection = HTTPConnection(self._netloc, timeout=30)
        try:
            connection.request(method, target, content, dict(headers))
            response = connection.getresponse()
            self._note(response.status, json.loads(response.headers.get(_VIOLATIONS, "[]")))
            return response.status, response.getheaders(), response.read()
        finally:
            connection.close()

    def _note(self, status: int, found: list[dict[str, Any]]) -> None:
        for each in found:
            where = [str(step) for step in each["location"]]
            if where[0] == "response" or status < 300:
                self.violations.setdefault((*where, str(each["code"])), each["message"])
