"""The pages beside the API: served by a Flask application, within the same limits as the API."""

from collections.abc import Awaitable

from flask import Flask
from starlette.types import Receive, Scope, Send
from werkzeug.test import EnvironBuilder, run_wsgi_app

from execution_hooks.http.scheduling import Scheduling
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

_READING = {"GET", "HEAD"}


class Pages:
    """Has a site, as a WSGI application, serve its ``paths``.

    A response of the site is taken whole on a worker thread, and sent by the event loop: no thread waits for
    a client that does not read.
    """

    def __init__(self, *, site: Flask, scheduling: Scheduling) -> None:
        self._site = site
        self._scheduling = scheduling
        self.paths = {rule.rule for rule in site.url_map.iter_rules()}

    def __call__(self, scope: Scope, _receive: Receive, send: Send) -> Awaitable[None]:
        """Send a page. Raises ProblemError for a method that pages lack."""
        if scope["method"] not in _READING:
            raise ProblemError(problems.method_not_supported(sorted(_READING)))
        return self._send_page(scope["path"], scope["method"], send)

    async def _send_page(self, path: str, method: str, send: Send) -> None:
        body, status, headers = await self._scheduling.on_thread(self._response, path, method)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _response(self, path: str, method: str) -> tuple[bytes, int, list[tuple[bytes, bytes]]]:
        environ = EnvironBuilder(path=path, method=method).get_environ()
        pieces, status, headers = run_wsgi_app(self._site, environ, buffered=True)
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return b"".join(pieces), int(status.split()[0]), encoded
