"""Requests as bytes on a connection, and the responses to them."""

import asyncio
import re
from dataclasses import dataclass
from typing import Self

_LENGTH = re.compile(rb"content-length: (\d+)")
_CHUNKED = b"transfer-encoding: chunked"


@dataclass(frozen=True)
class Request:
    """A request, and its response's status. With ``disconnect`` the client closes before the body comes."""

    expected: int
    method: str
    target: str
    body: bytes = b""
    headers: tuple[str, ...] = ()
    disconnect: bool = False

    def render(self, bearer: str) -> bytes:
        """Write the request with what follows ``Authorization:``."""
        lines = (f"{self.method} {self.target} HTTP/1.1", "Host: soak", f"Authorization: {bearer}")
        framed = (f"Content-Length: {len(self.body)}", "Content-Type: application/json") if self.body else ()
        return "\r\n".join((*lines, *framed, *self.headers, "", "")).encode() + self.body


@dataclass(frozen=True)
class Response:
    """What came back: the status, the head as it was, and the body."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        """Return the value of a header that the response must have."""
        _, _, rest = self.head.decode("latin-1").partition(f"\r\n{name}: ")
        return rest.partition("\r\n")[0]


class Connection:
    """A keep-alive connection, as an asynchronous context manager. It is opened anew after a disconnect."""

    def __init__(self, port: int, bearer: str) -> None:
        self._port, self._bearer = port, bearer

    async def __aenter__(self) -> Self:
        await self._connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def send(self, request: Request) -> Response:
        """Send a request and return its response."""
        self._writer.write(request.render(self._bearer))
        await self._writer.drain()
        head = await self._reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        if request.disconnect:
            self._writer.close()
            await self._connect()
            return Response(status, head, b"")
        return Response(status, head, await self._body(head))

    async def _connect(self) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)

    async def _body(self, head: bytes) -> bytes:
        if _CHUNKED in head:
            chunks = []
            while size := int(await self._reader.readline(), 16):
                chunks.append(await self._reader.readexactly(size))
                await self._reader.readline()
            await self._reader.readline()
            return b"".join(chunks)
        length = _LENGTH.search(head)
        return await self._reader.readexactly(int(length[1]) if length else 0)
