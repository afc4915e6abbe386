"""Previews for the page /explain: a body is matched, one at a time, and nothing of it is kept or logged."""

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from execution_hooks.http.scheduling import Scheduling
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

PATH = "/explain/preview"
MOST_BYTES = 4 << 20
"""Bytes of a body."""

_OTHER_ORIGIN = b"only the page /explain of this server may send this\n"


class Previews:
    """Responds with what ``preview`` makes of a body: JSON, made on a worker thread.

    It is outside the contract and needs no token, so it takes requests of the page alone, as browsers mark
    them, and one at a time: another is a 503 meanwhile.
    """

    def __init__(self, *, preview: Callable[[bytes], bytes], scheduling: Scheduling) -> None:
        self._preview = preview
        self._scheduling = scheduling
        self._busy = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to a request. Raises ProblemError (405, 413, 503), ClientDisconnect."""
        if scope["method"] != "POST":
            raise ProblemError(problems.method_not_supported(["POST"]))
        if not _is_of_the_page(Headers(scope=scope)):
            await _send(send, 403, b"text/plain; charset=utf-8", _OTHER_ORIGIN)
            return
        if self._busy:
            raise ProblemError(problems.TOO_MANY_IN_FLIGHT)
        self._busy = True
        try:
            made = await self._scheduling.on_thread(self._preview, await _body(receive))
        finally:
            self._busy = False
        await _send(send, 200, b"application/json", made)


def _is_of_the_page(headers: Headers) -> bool:
    """Return whether a request is of the same origin: as its browser says, or, if that is old, by Origin."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    _, _, origin = headers.get("origin", "").partition("://")
    return bool(origin) and origin == headers.get("host")


async def _body(receive: Receive) -> bytes:
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MOST_BYTES:
            raise ProblemError(problems.REQUEST_BODY_TOO_LARGE)
    return bytes(body)


async def _send(send: Send, status: int, media_type: bytes, body: bytes) -> None:
    headers = [
        (b"content-type", media_type),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
