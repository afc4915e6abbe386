"""What stands around a server and tampers with its requests and answers."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass
class Asked:
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
class Told:
    """An answer, to be changed at will."""

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


def _nothing(*_exchanged: object) -> None:
    """Leave everything as it is."""


def tampered(
    ask: Callable[[Asked], None] = _nothing, tell: Callable[[Asked, Told], None] = _nothing
) -> Callable[[ASGIApp], ASGIApp]:
    """Change each request before the server sees it, and each answer before the client does."""
    return lambda app: _Tampering(app, ask, tell)


class _Tampering:
    def __init__(
        self, app: ASGIApp, ask: Callable[[Asked], None], tell: Callable[[Asked, Told], None]
    ) -> None:
        self._app = app
        self._ask = ask
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = Asked(scope, await _whole(receive))
        self._ask(asked)
        messages: list[Message] = []
        sent = [{"type": "http.request", "body": asked.body}]

        async def receive_again() -> Message:
            return sent.pop() if sent else await receive()

        async def keep(message: Message) -> None:
            messages.append(message)

        if "Content-Length" in asked.headers:
            asked.headers["Content-Length"] = str(len(asked.body))
        await self._app(scope, receive_again, keep)
        start, *pieces = messages
        body = b"".join(piece.get("body", b"") for piece in pieces)
        told = Told(start["status"], MutableHeaders(scope=start), body)
        self._tell(asked, told)
        if "Content-Length" in told.headers:
            told.headers["Content-Length"] = str(len(told.body))
        await send({**start, "status": told.status})
        await send({"type": "http.response.body", "body": told.body})


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
