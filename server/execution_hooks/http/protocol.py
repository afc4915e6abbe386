"""HTTP/1.1 on a socket: uvicorn's protocol, with the limits that it lacks and problems for its refusals."""

import asyncio
import json
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from execution_hooks import problems
from execution_hooks.identifiers import new_identifier
from execution_hooks.problems import Problem

MOST_HEAD_BYTES = 65_536
"""How long a request's line and headers may be, together."""
HEAD_SECONDS = 10.0
"""How long they may take to arrive."""
BODY_SECONDS = 30.0
"""How long a body may take to arrive, whole."""


class BoundedHttpProtocol(HttpToolsProtocol):
    """One connection. No client can hold it by sending slowly, or fill memory by sending headers.

    A head that is too long is answered with 431, what comes too slowly with 408, what is no HTTP/1.1
    with 400; the connection is closed then.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 uvicorn's own
        super().__init__(*arguments, **named)
        self._head_bytes = 0
        self._unfinished = 0
        self._in_head = True
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._expect(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what arrived, unless the head it belongs to grows too long."""
        self._unfinished += len(data) if self._in_head else 0
        super().data_received(data)
        if self._in_head and self._unfinished > MOST_HEAD_BYTES:
            self._refuse(problems.request_head_too_large())

    def on_url(self, url: bytes) -> None:
        """Take a piece of the request line."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of a head."""
        super().on_message_begin()
        self._in_head = True
        self._head_bytes = 0
        self._expect(HEAD_SECONDS)

    def on_headers_complete(self) -> None:
        """Begin to wait for the body."""
        self._in_head = False
        self._unfinished = 0
        self._expect(BODY_SECONDS)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Leave the request to the application, which has all of it now."""
        self._stop_waiting()
        self._in_head = True
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP with a problem, in place of uvicorn's plain text."""
        del msg
        too_long = self._head_bytes > MOST_HEAD_BYTES
        self._refuse(problems.request_head_too_large() if too_long else problems.malformed_request())

    def _count(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > MOST_HEAD_BYTES:
            raise ValueError("the head is too long")  # ends the parsing, see send_400_response

    def _expect(self, seconds: float) -> None:
        self._stop_waiting()
        late = problems.request_timeout()
        self._deadline = self.loop.call_later(seconds, self._refuse, late)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _refuse(self, problem: Problem) -> None:
        """Answer with a problem and close, but let a request that arrived whole have its answer first."""
        self._stop_waiting()
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None and not cycle.response_complete:
            if not cycle.more_body:
                cycle.keep_alive = False
                self.transport.pause_reading()
                return
            cycle.disconnected = True  # the application is told that no more will come
            cycle.message_event.set()
        if not self.transport.is_closing():
            if cycle is None or cycle.response_complete or not cycle.response_started:
                self.transport.write(_answer(problem))
            self.transport.close()


def _answer(problem: Problem) -> bytes:
    body = json.dumps(problem.document(new_identifier())).encode()
    head = (
        f"HTTP/1.1 {int(problem.status)} {problem.status.phrase}\r\n"
        f"content-type: {problems.MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return head.encode("ascii") + body
