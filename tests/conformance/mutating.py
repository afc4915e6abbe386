"""Middleware that makes a mutant: it changes requests and responses."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass
class MutableRequest:
    """A request, to be changed at will."""

    scope: Scope
    body: bytes

    @property
    def method(self) -> str:
        """The method."""
        return str(self.scope["method"])

    @property
    def path(self) -> str:
        """The path, as it was sent."""
        raw: bytes = self.scope["raw_path"]
        return raw.decode("latin-1")

    def go_to(self, path: str) -> None:
        """Change the path."""
        self.scope.update(path=path, raw_path=path.encode("latin-1"))

    def drop_parameter(self, name: str) -> None:
        """Leave a query parameter out."""
        sent = parse_qsl(self.scope["query_string"].decode("latin-1"), keep_blank_values=True)
        self.scope["query_string"] = urlencode([each for each in sent if each[0] != name]).encode("latin-1")

    @property
    def headers(self) -> MutableHeaders:
        """The headers."""
        return MutableHeaders(scope=self.scope)

    @property
    def document(self) -> dict[str, Any]:
        """The JSON object that the body is; an empty one if it is none."""
        return _object(self.body)


@dataclass
class MutableResponse:
    """A response, to be changed at will."""

    status: int
    headers: MutableHeaders
    body: bytes

    @property
    def document(self) -> dict[str, Any]:
        """The JSON object that the body is; an empty one if it is none."""
        return _object(self.body)

    @document.setter
    def document(self, value: dict[str, Any]) -> None:
        self.body = json.dumps(value).encode()


ResponseChange = Callable[[MutableRequest, MutableResponse], None]


def _nothing(*_messages: object) -> None:
    """Leave everything as it is."""


def mutated(
    on_request: Callable[[MutableRequest], None] = _nothing, on_response: ResponseChange = _nothing
) -> Callable[[ASGIApp], ASGIApp]:
    """Change each request before the server sees it, and each response before the client does."""
    return lambda app: _Mutating(app, on_request, on_response)


class _Mutating:
    def __init__(
        self,
        app: ASGIApp,
        on_request: Callable[[MutableRequest], None],
        on_response: ResponseChange,
    ) -> None:
        self._app = app
        self._on_request = on_request
        self._on_response = on_response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = MutableRequest(scope, await _whole(receive))
        self._on_request(request)
        messages: list[Message] = []
        sent = [{"type": "http.request", "body": request.body}]

        async def receive_again() -> Message:
            return sent.pop() if sent else await receive()

        async def keep(message: Message) -> None:
            messages.append(message)

        if "Content-Length" in request.headers:
            request.headers["Content-Length"] = str(len(request.body))
        await self._app(scope, receive_again, keep)
        start, *pieces = messages
        body = b"".join(piece.get("body", b"") for piece in pieces)
        response = MutableResponse(start["status"], MutableHeaders(scope=start), body)
        self._on_response(request, response)
        if "Content-Length" in response.headers:
            response.headers["Content-Length"] = str(len(response.body))
        await send({**start, "status": response.status})
        await send({"type": "http.response.body", "body": response.body})


async def _whole(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
