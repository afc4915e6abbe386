"""Bytes on a socket: requests that no HTTP client would send, and the responses to them."""

import json
import socket
import ssl
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from harness.accounts import Account
from harness.processes import TIMEOUT_SECONDS

CRLF = b"\r\n"
_FRAMING = {b"content-length", b"transfer-encoding"}
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


def _of_http(status: str, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": status, "detail": detail}


MALFORMED = _of_http("Bad Request", "The request is not well-formed HTTP/1.1, or lacks a valid Host.")
TOO_SLOW = _of_http("Request Timeout", "The request took too long to arrive.")
HEAD_TOO_LARGE = _of_http("Request Header Fields Too Large", "The request line and the headers are too long.")
UNKNOWN_CODING = _of_http("Bad Request", "The request body has a transfer coding other than chunked.")


class NoResponse(ConnectionError):
    """The server closed the connection without a whole response; what came is the argument."""


class Wire:
    """A connection to a server, for bytes of any kind."""

    def __init__(self, url: str, timeout: float = TIMEOUT_SECONDS) -> None:
        address = urlsplit(url)
        self._socket = socket.create_connection((str(address.hostname), address.port or 0), timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._read = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def send(self, *pieces: bytes) -> Self:
        """Send pieces, one after the other, until the server accepts no more."""
        try:
            for piece in pieces:
                self._socket.sendall(piece)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
            pass  # it has responded and closed already
        return self

    def send_while_accepted(self, data: bytes, most: int) -> int:
        """Send data repeatedly, until none is accepted or ``most`` bytes are; return how many were."""
        sent = 0
        try:
            while sent < most:
                sent += self._socket.send(data)
        except OSError:  # of TLS, too
            pass
        return sent

    def set_timeout(self, seconds: float) -> None:
        """Set the time limit of every later operation."""
        self._socket.settimeout(seconds)

    def finish(self) -> Self:
        """Close the sending direction (FIN), but go on reading."""
        self._socket.shutdown(socket.SHUT_WR)
        return self

    def reset(self) -> None:
        """Reset the connection (RST)."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self._socket.close()

    def response(self, *, to_head: bool = False) -> httpx.Response:
        """Read the next response, an interim one included. Raises NoResponse if the server closes instead."""
        while CRLF * 2 not in self._read:
            self._receive()
        head, _, self._read = self._read.partition(CRLF * 2)
        status_line, *lines = head.split(CRLF)
        version, status, _ = status_line.split(b" ", 2)
        assert version == b"HTTP/1.1", head
        headers = [(name, value.strip()) for name, _, value in (line.partition(b":") for line in lines)]
        framing = [header for header in headers if header[0].lower() in _FRAMING]
        if to_head or int(status) < 200 or int(status) == 204:
            body = b""
        elif framing == [(b"transfer-encoding", b"chunked")]:
            body = b"".join(self._chunks())
        else:
            [(_, length)] = framing
            body = self._take(int(length))
        return httpx.Response(int(status), headers=headers, content=body)

    def _take(self, size: int) -> bytes:
        while len(self._read) < size:
            self._receive()
        taken, self._read = self._read[:size], self._read[size:]
        return taken

    def _line(self) -> bytes:
        while CRLF not in self._read:
            self._receive()
        line, _, self._read = self._read.partition(CRLF)
        return line

    def _chunks(self) -> Iterator[bytes]:
        """Read the chunks of a body; there are no trailers."""
        while size := int(self._line(), 16):
            yield self._take(size)
            assert self._line() == b""
        assert self._line() == b""

    def rest(self) -> bytes:
        """Read until the server closes."""
        try:
            while True:
                self._receive()
        except NoResponse:
            return self._read

    def read(self, most: int) -> bytes:
        """Read once what has come, ``most`` bytes at most; none if the server has closed."""
        return self._socket.recv(most)

    def is_closed(self) -> bool:
        """Return whether the server closes, or resets, within the time limit; what it sends is dropped."""
        try:
            while self._socket.recv(65_536):
                pass
        except TimeoutError:
            return False
        except ConnectionResetError:
            pass
        return True

    def is_silent(self) -> bool:
        """Return whether the server has neither sent anything nor closed."""
        timeout = self._socket.gettimeout()
        self._socket.settimeout(0)
        try:
            self._receive()
        except (BlockingIOError, ssl.SSLWantReadError):
            return not self._read
        except NoResponse:
            return False
        finally:
            self._socket.settimeout(timeout)
        return False

    def _receive(self) -> None:
        try:
            piece = self._socket.recv(65_536)
        except ConnectionResetError:
            piece = b""
        if not piece:
            raise NoResponse(self._read)
        self._read += piece


@dataclass(frozen=True)
class Draft:
    """A request that creates a hook, in the lines that go on the wire; a line that is None is left out.

    In all parts ``~path~``, ``~id~`` and ``~token~`` are replaced by those of an account, ``~hook~`` by a
    valid body, ``~members~`` by that without its braces, ``~size~`` by its size in hexadecimal, and
    ``~length~`` by the length of the body.
    """

    line: bytes = b"POST ~path~ HTTP/1.1"
    host: bytes | None = b"Host: hooks.example"
    authorization: bytes | None = b"Authorization: Bearer ~token~"
    content_type: bytes | None = b"Content-Type: application/json"
    length: bytes | None = b"Content-Length: ~length~"
    more: tuple[bytes, ...] = ()
    body: bytes = b"~hook~"

    def render(self, account: Account) -> bytes:
        """Write the request for an account, under a fresh name of the hook."""
        hook = json.dumps(account.hook()).encode()
        known = {
            b"~path~": account.path.encode(),
            b"~id~": account.id.encode(),
            b"~token~": account.bearer()["Authorization"].removeprefix("Bearer ").encode(),
            b"~hook~": hook,
            b"~members~": hook[1:-1],
            b"~size~": b"%x" % len(hook),
        }
        body = _filled_in(self.body, known)
        lines = (self.line, self.host, self.authorization, self.content_type, self.length, *self.more)
        head = CRLF.join(line for line in lines if line is not None)
        return _filled_in(head, {**known, b"~length~": b"%d" % len(body)}) + CRLF * 2 + body


def _filled_in(text: bytes, known: dict[bytes, bytes]) -> bytes:
    for name, value in known.items():
        text = text.replace(name, value)
    return text


Ask = Callable[[Draft], httpx.Response]
"""Send a draft on a connection of its own and return the response."""
