"""The layer that serves the metrics, to connections that came to their own port."""

from collections.abc import Awaitable, Callable

from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.types import ASGIApp, Receive, Scope, Send

from execution_hooks.http.request_context import CONTEXT
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

_PATH = "/metrics"
_READING = {"GET", "HEAD"}


class MetricsLayer:
    """Serves ``/metrics`` on ``port``, without a token, and nothing else there.

    Requests that came to another port are for the inner layers.
    """

    def __init__(self, app: ASGIApp, *, port: int, text: Callable[[], bytes]) -> None:
        self._app = app
        self._port = port
        self._text = text

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Respond with the metrics, or pass the request on. Raises ProblemError for anything else there."""
        if scope["type"] != "http" or scope["server"][1] != self._port:
            return self._app(scope, receive, send)
        if scope["path"] != _PATH:
            raise ProblemError(problems.RESOURCE_NOT_FOUND)
        if scope["method"] not in _READING:
            raise ProblemError(problems.method_not_supported(sorted(_READING)))
        scope[CONTEXT].route = _PATH
        return self._respond(send)

    async def _respond(self, send: Send) -> None:
        body = self._text()
        headers = [
            (b"content-type", CONTENT_TYPE_PLAIN_0_0_4.encode()),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
