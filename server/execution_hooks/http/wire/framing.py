"""Framing: what a request must have before anything else is read of it."""

import re
from collections.abc import Awaitable
from ipaddress import IPv6Address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from execution_hooks.http.request_context import CONTEXT, RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

_NAME = re.compile(r"([A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+(:[0-9]*)?")
_LITERAL = re.compile(r"\[([0-9A-Fa-f:.]+)\](:[0-9]*)?")


class Framing:
    """Refuses what the parser lets pass: a Host that is missing, repeated or invalid, codings but chunked.

    The context then knows its ``origin``: the URL under which the client sees this server, which is
    ``public_url`` or, if that is empty, the scheme and host of the request.
    """

    def __init__(self, app: ASGIApp, *, public_url: str) -> None:
        self._app = app
        self._public_url = public_url

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass a well-framed request on, or raise ProblemError."""
        if scope["type"] == "http":
            context: RequestContext = scope[CONTEXT]
            headers = context.headers
            if headers.get("transfer-encoding", "chunked").lower() != "chunked":
                raise ProblemError(problems.UNSUPPORTED_TRANSFER_CODING)
            seen = f"{scope.get('scheme', 'http')}://{_host(headers, scope)}"
            context.origin = self._public_url or seen
        return self._app(scope, receive, send)


def _host(headers: Headers, scope: Scope) -> str:
    given = headers.getlist("host")
    if not given and scope["http_version"] == "1.0":
        address, port = scope["server"]
        return f"{address}:{port}"
    if len(given) != 1 or not is_host(given[0]):
        raise ProblemError(problems.MALFORMED_REQUEST)
    return given[0]


def is_host(text: str) -> bool:
    """Return whether a text is a host and an optional port (RFC 3986, sections 3.2.2 and 3.2.3)."""
    if _NAME.fullmatch(text):
        return True
    literal = _LITERAL.fullmatch(text)
    try:
        return literal is not None and IPv6Address(literal[1]) is not None
    except ValueError:
        return False
