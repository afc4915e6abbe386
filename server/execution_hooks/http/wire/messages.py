"""Heads and responses, where uvicorn's own way falls short."""

import json
from urllib.parse import urlsplit

from starlette.types import Message, Send
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from execution_hooks.domain.metadata import new_identifier
from execution_hooks.problems.problem import MEDIA_TYPE, Problem

Headers = list[tuple[bytes, bytes]]
"""Names, in lower case, and values."""


def without_offer(method: bytes, url: bytes, version: str, headers: Headers) -> bytes:
    """Rewrite a head without its offer of another protocol, after which the parser would read no body."""
    tokens = b",".join(value for name, value in headers if name == b"connection").lower().split(b",")
    kept = [header for header in headers if header[0] not in {b"connection", b"upgrade"}]
    if b"close" in {token.strip() for token in tokens}:
        kept.append((b"connection", b"close"))
    lines = b"".join(b"%b: %b\r\n" % header for header in kept)
    return b"%b %b HTTP/%b\r\n%b\r\n" % (method, url, version.encode(), lines)


def take_host_of_target(url: bytes, headers: Headers) -> None:
    """Put the host of an absolute target, if it is one, in place of the header (RFC 9112, section 3.2.2)."""
    if (target := urlsplit(url)).netloc:
        headers[:] = [header for header in headers if header[0] != b"host"]
        headers.append((b"host", target.netloc))


def problem_response(problem: Problem) -> bytes:
    """Write the response to what never became a request, after which the connection is closed."""
    body = json.dumps(problem.document(new_identifier())).encode()
    head = (
        f"HTTP/1.1 {int(problem.status)} {problem.status.phrase}\r\n"
        f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return head.encode("ascii") + body


class WithoutChunks:
    """Sends responses to a client of HTTP/1.0, which knows no chunks; uvicorn would send it some.

    One without a length ends where its connection ends (RFC 9112, section 6.3).
    """

    def __init__(self, cycle: RequestResponseCycle, send: Send) -> None:
        self._cycle = cycle
        self._send = send
        self._has_length = False

    async def send(self, message: Message) -> None:
        """Send a part of the response."""
        if message["type"] == "http.response.start":
            self._has_length = any(name == b"content-length" for name, _ in message["headers"])
            if not self._has_length:
                self._cycle.chunked_encoding = False
        elif not self._has_length:
            self._cycle.expected_content_length = len(message.get("body", b""))
        await self._send(message)
