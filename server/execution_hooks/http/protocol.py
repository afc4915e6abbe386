"""HTTP/1.1 on a socket: uvicorn's protocol, with the limits that it lacks and problems for its refusals."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from execution_hooks import problems
from execution_hooks.identifiers import new_identifier
from execution_hooks.problem import MEDIA_TYPE, Problem

MOST_HEAD_BYTES = 65_536
"""How long a request's line and headers may be, together."""
MOST_FRAMING_BYTES = 2 << 20
"""How much may come with a body that is not of it: the lines between chunks, and trailers."""
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
        self._plain_head = b""  # of a request that offers another protocol, without the offer
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
        """Take what arrived, unless what it belongs to grows too long."""
        self._unset_keepalive_if_required()
        if self._deadline is None and self._in_head:
            self._expect(HEAD_SECONDS)
        if self._in_head and self._unfinished + data.find(b"\r\n\r\n") > MOST_HEAD_BYTES:
            self._refuse(problems.request_head_too_large())
            return
        self._unfinished += len(data)
        while data:
            data = self._feed(data)

    def _feed(self, data: bytes) -> bytes:
        """Have the parser take what arrived; return what it left, to be taken once more."""
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            # Go on in HTTP/1.1, as a server may that is offered another protocol (RFC 9110, section 7.8).
            self.parser = httptools.HttpRequestParser(self)
            again, self._plain_head = self._plain_head + data[upgrade.args[0] :], b""
            return again
        except httptools.HttpParserError:
            self.send_400_response("")
        else:
            if self._unfinished > (MOST_HEAD_BYTES if self._in_head else MOST_FRAMING_BYTES):
                self._refuse(problems.request_head_too_large())
        return b""

    def on_url(self, url: bytes) -> None:
        """Take a piece of the request line."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header. Trailers are left aside: nothing here reads them (RFC 9110, section 6.5.1)."""
        self._count(len(name) + len(value))
        if self._in_head:
            super().on_header(name, value.strip(b" \t"))

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of a head."""
        super().on_message_begin()
        self._in_head = True
        self._head_bytes = 0
        self._expect(HEAD_SECONDS)

    def on_headers_complete(self) -> None:
        """Begin to wait for the body, if the head makes a request of HTTP/1.0 or 1.1."""
        version = self.parser.get_http_version()
        if version not in {"1.0", "1.1"} or b"#" in self.url:
            raise ValueError("no request of HTTP/1.1")  # ends the parsing, see send_400_response
        if version == "1.0":
            self.expect_100_continue = False
        if self.parser.should_upgrade() and self.parser.get_method() != b"CONNECT":
            self._plain_head = self._without_offer(version)
            return
        self._take_host_of_target()
        self._in_head = False
        self._unfinished = 0
        self._expect(BODY_SECONDS)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        self._unfinished -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Leave the request to the application, which has all of it now."""
        if not self._plain_head:
            self._stop_waiting()
            self._in_head = True
            self._unfinished = 0
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP with a problem, in place of uvicorn's plain text."""
        del msg
        too_long = self._head_bytes > MOST_HEAD_BYTES
        self._refuse(problems.request_head_too_large() if too_long else problems.malformed_request())

    def _without_offer(self, version: str) -> bytes:
        """Write the head anew without the offer, after which the parser would read no body."""
        tokens = b",".join(value for name, value in self.headers if name == b"connection").lower().split(b",")
        kept = [header for header in self.headers if header[0] not in {b"connection", b"upgrade"}]
        if b"close" in {token.strip() for token in tokens}:
            kept.append((b"connection", b"close"))
        lines = b"".join(b"%b: %b\r\n" % header for header in kept)
        return b"%b %b HTTP/%b\r\n%b\r\n" % (self.parser.get_method(), self.url, version.encode(), lines)

    def _take_host_of_target(self) -> None:
        """Let the host of an absolute target win over the header (RFC 9112, section 3.2.2)."""
        if not self.url.startswith(b"/") and (target := urlsplit(self.url)).netloc:
            self.headers[:] = [header for header in self.headers if header[0] != b"host"]
            self.headers.append((b"host", target.netloc))

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
        f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return head.encode("ascii") + body
