"""A reverse proxy, as it stands in front of a server that shares its host with others."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx

_OF_ONE_CONNECTION = {"connection", "transfer-encoding", "content-length", "keep-alive"}


@dataclass
class Proxy:
    """A proxy that clients reach by ``url``. It passes requests on to ``target``, once that is set."""

    url: str
    target: str = ""


@contextmanager
def proxy(prefix: str) -> Iterator[Proxy]:
    """Run a proxy that takes a prefix from the path of each request, and has no other paths."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            if not self.path.startswith(f"{prefix}/"):
                self.send_error(404, "another application's")
                return
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            target = f"{running.target}{self.path.removeprefix(prefix)}"
            response = httpx.request(self.command, target, headers=headers, content=body)
            self.send_response(response.status_code)
            for name, value in response.headers.items():
                if name.lower() not in _OF_ONE_CONNECTION:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(response.content)))
            self.end_headers()
            self.wfile.write(response.content)

        do_GET = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815 the library looks for these names

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        running = Proxy(f"http://127.0.0.1:{listening.server_port}{prefix}")
        thread = Thread(target=listening.serve_forever)
        thread.start()
        try:
            yield running
        finally:
            listening.shutdown()
            thread.join()
