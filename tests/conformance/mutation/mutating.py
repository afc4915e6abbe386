"""Middleware that makes a mutant: it changes requests before the server sees them, and responses after it."""

import json
import re
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from execution_hooks_conformance.bundled import read_contract
from execution_hooks_conformance.level_contract import operations

Document = dict[str, Any]


class _WithBody:
    """What requests and responses have in common."""

    body: bytes

    @property
    def document(self) -> Document:
        """The JSON object that the body is; an empty one if it is none."""
        return _object(self.body)

    @document.setter
    def document(self, value: Document) -> None:
        self.body = json.dumps(value).encode()

    def change(self, **fields: object) -> None:
        """Give fields of the body, which is an object, other values."""
        if self.document:
            self.document = {**self.document, **fields}


@dataclass
class MutableRequest(_WithBody):
    """A request, to be changed at will."""

    scope: Scope
    body: bytes

    @property
    def operation(self) -> str:
        """The operationId of the operation that it is for; empty if there is none."""
        return operation_of(self.method, self.path)

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

    @property
    def query(self) -> list[tuple[str, str]]:
        """The query parameters."""
        return parse_qsl(self.scope["query_string"].decode("latin-1"), keep_blank_values=True)

    @query.setter
    def query(self, pairs: list[tuple[str, str]]) -> None:
        self.scope["query_string"] = urlencode(pairs).encode("latin-1")

    @property
    def headers(self) -> MutableHeaders:
        """The headers."""
        return MutableHeaders(scope=self.scope)


@dataclass
class MutableResponse(_WithBody):
    """A response, to be changed at will."""

    status: int
    headers: MutableHeaders
    body: bytes

    @property
    def succeeded(self) -> bool:
        """Whether the server did what the request is for."""
        return self.status < 300

    def change_resources(self, change: Callable[[Document], object]) -> None:
        """Change the resource that the body is, or each whole one of a list."""
        found = self.document
        if not found or not self.succeeded:
            return
        for each in found.get("items", [found]):
            if isinstance(each, dict):
                change(each)
        self.document = found

    def become(self, status: int, problem: int | None = None, title: str = "", detail: str = "") -> None:
        """Become an empty response, or a problem with a number."""
        self.status, self.body = status, b""
        for name in ("Content-Type", "Content-Length", "ETag", "Location"):
            del self.headers[name]
        if problem is not None:
            kind = f"https://astra.netapp.io/problems/{problem}"
            known = {"type": kind, "title": title, "detail": detail, "status": str(status)}
            self.document = {**known, "correlationID": _CORRELATION}
            self.headers["Content-Type"] = "application/problem+json"


_CORRELATION = "8e0ee8f6-3b1c-4cc8-a1ce-50a3a0ce9c5f"
Course = Generator[None, MutableResponse, None]
Behaviour = Callable[[MutableRequest], Course]
"""Changes a request, yields, and changes the response that it is sent."""


def mutated(behaviour: Behaviour) -> Callable[[ASGIApp], ASGIApp]:
    """Change each request before the server sees it, and each response before the client does."""
    return lambda app: _Mutating(app, behaviour)


@cache
def _routes() -> list[tuple[str, re.Pattern[str], str]]:
    return [
        (method.upper(), re.compile(re.sub("{[^}]+}", "[^/]+", path)), operation["operationId"])
        for path, method, operation in operations(read_contract())
    ]


@cache
def position_in_path(operation: str, parameter: str) -> int:
    """Return which segment of an operation's path a parameter is."""
    paths = (path for path, _, each in operations(read_contract()) if each["operationId"] == operation)
    return next(paths).split("/").index(f"{{{parameter}}}")


def is_on_the_path_of(operation: str, path: str) -> bool:
    """Tell whether a path is that of an operation, whatever the method."""
    return any(route.fullmatch(path) for _, route, name in _routes() if name == operation)


def operation_of(method: str, path: str) -> str:
    """Return the operationId of a request; empty if the contract has no such operation."""
    found = (name for verb, route, name in _routes() if verb == method and route.fullmatch(path))
    return next(found, "")


class _Mutating:
    def __init__(self, app: ASGIApp, behaviour: Behaviour) -> None:
        self._app = app
        self._behaviour = behaviour

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = MutableRequest(scope, await _whole(receive))
        course = self._behaviour(request)
        next(course)
        start, body = await self._response(request, receive)
        response = MutableResponse(start["status"], MutableHeaders(scope=start), body)
        with suppress(StopIteration):
            course.send(response)
        if "Content-Length" in response.headers or response.body:
            response.headers["Content-Length"] = str(len(response.body))
        await send({**start, "status": response.status})
        await send({"type": "http.response.body", "body": response.body})

    async def _response(self, request: MutableRequest, receive: Receive) -> tuple[Message, bytes]:
        messages: list[Message] = []
        sent = [{"type": "http.request", "body": request.body}]

        async def receive_again() -> Message:
            return sent.pop() if sent else await receive()

        async def keep(message: Message) -> None:
            messages.append(message)

        if "Content-Length" in request.headers:
            request.headers["Content-Length"] = str(len(request.body))
        await self._app(request.scope, receive_again, keep)
        start, *pieces = messages
        return start, b"".join(piece.get("body", b"") for piece in pieces)


async def _whole(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _object(body: bytes) -> Document:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
