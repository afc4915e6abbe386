"""Whether the process runs, and whether its store can be read: for what starts and watches it."""

from collections.abc import Awaitable, Callable

from starlette.types import Receive, Scope, Send

from execution_hooks.http.scheduling import Scheduling
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

_LIVE, _READY = "/livez", "/readyz"
_READING = {"GET", "HEAD"}
_BODY = b"ok\n"
_HEADERS = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(_BODY)).encode())]


class Health:
    """Serves the ``paths`` ``/livez`` and ``/readyz``, which need no token.

    Both are 200 with ``ok``. ``/readyz`` is the API's own 503 while the store cannot be read, which ``ping``
    finds out; it waits no longer for it than any request does.
    """

    paths = (_LIVE, _READY)

    def __init__(self, *, ping: Callable[[], None], scheduling: Scheduling) -> None:
        self._ping = ping
        self._scheduling = scheduling

    def __call__(self, scope: Scope, _receive: Receive, send: Send) -> Awaitable[None]:
        """Respond to a check. Raises ProblemError for a method that checks lack."""
        if scope["method"] not in _READING:
            raise ProblemError(problems.method_not_supported(sorted(_READING)))
        return self._respond(scope["path"], send)

    async def _respond(self, path: str, send: Send) -> None:
        if path == _READY:
            await self._scheduling.look_up(self._ping)
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await send({"type": "http.response.body", "body": _BODY})
