"""HTTP/1.1 on a socket: uvicorn's parser, with the limits that it lacks, and one request after the other."""

from functools import partial

import httptools
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from execution_hooks.http.request_context import CONTEXT, RequestContext
from execution_hooks.http.wire.connection import BoundedConnection
from execution_hooks.http.wire.messages import WithoutChunks, take_host_of_target, without_offer
from execution_hooks.problems import catalogue as problems

_PARSED_BYTES = 8192
"""How much is parsed at once: all requests within it are known before the first of them is worked on."""
_TOO_LONG = "the head is too long"
"""Raised where the parser calls, it ends the parsing; see send_400_response."""


class BoundedHttpProtocol(BoundedConnection):
    """The requests of one connection. No client can hold it by sending slowly, or fill memory by headers.

    A head that is too long gets 431, what comes too slowly 408, what is no HTTP/1.1 400; the connection is
    closed then. See ConnectionLimits.

    One request is worked on at a time, and one waits; no more is read then. uvicorn itself begins the next
    while the last response is still unread, and reads on while requests wait.
    """

    _head_bytes = 0
    _unfinished = 0
    _unwanted = 0
    _in_head = True
    _plain_head = b""  # of a request that offers another protocol, without the offer

    def data_received(self, data: bytes) -> None:
        """Process what arrived, unless its head or body grows too long."""
        if self.transport.closing:
            self.transport.drop(len(data))
            return
        self.idle_until = None
        if self.flow.held:
            self.unparsed += data
            return
        if self.late_at is None:
            self.late_at = self.loop.time() + self.limits.head_seconds
        self._take(data)

    def _take(self, data: bytes) -> None:
        """Parse until a request has to wait."""
        for start in range(0, len(data), _PARSED_BYTES):
            if self.pipeline or self.flow.held:
                self.unparsed = data[start:]
                break
            self._parse(data[start : start + _PARSED_BYTES])
            if self.transport.closing:
                return
        if self.pipeline or self.flow.held:
            self.flow.hold()
        elif self.running is None and (self.late_at is None or not self._in_head):
            self.idle_until = self.loop.time() + self.limits.idle_seconds

    def _parse(self, data: bytes) -> None:
        if self._in_head and self._unfinished + data.find(b"\r\n\r\n") > self.limits.head_bytes:
            self.refuse(problems.REQUEST_HEAD_TOO_LARGE)
            return
        self._unfinished += len(data)
        while data:
            data = self._feed(data)

    def _feed(self, data: bytes) -> bytes:
        """Feed the parser what arrived; return what it left, to be fed once more."""
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
            if self._unfinished > (self.limits.head_bytes if self._in_head else self.limits.framing_bytes):
                self.refuse(problems.REQUEST_HEAD_TOO_LARGE)
        return b""

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header. Trailers are left aside: nothing here reads them (RFC 9110, section 6.5.1)."""
        self._head_bytes += len(name) + len(value)
        if self._head_bytes > self.limits.head_bytes:
            raise ValueError(_TOO_LONG)
        if self._in_head:
            super().on_header(name, value.strip(b" \t"))

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of a head."""
        super().on_message_begin()
        self._in_head = True
        self._head_bytes = 0
        self.late_at = self.loop.time() + self.limits.head_seconds

    def on_headers_complete(self) -> None:
        """Begin to wait for the body, if the head makes a request of HTTP/1.0 or 1.1."""
        self._head_bytes += len(self.url)
        if self._head_bytes > self.limits.head_bytes:
            raise ValueError(_TOO_LONG)
        version = self.parser.get_http_version()
        if version not in {"1.0", "1.1"} or b"#" in self.url:
            raise ValueError("no request of HTTP/1.1")  # ends the parsing, see send_400_response
        if version == "1.0":
            self.expect_100_continue = False
        if self.parser.should_upgrade() and self.parser.get_method() != b"CONNECT":
            self._plain_head = without_offer(self.parser.get_method(), self.url, version, self.headers)
            return
        if not self.url.startswith(b"/"):
            take_host_of_target(self.url, self.headers)
        self._in_head = False
        self._unfinished = 0
        self._unwanted = 0
        self.late_at = self.loop.time() + self.limits.body_seconds
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body; drop it if the request has its response, up to a limit."""
        self._unfinished -= len(body)
        super().on_body(body)
        if self.cycle.response_complete:
            self._unwanted += len(body)
            if self._unwanted > self.limits.unwanted_bytes:
                self.transport.abort()

    def on_message_complete(self) -> None:
        """Leave the request to the application, which has all of it now."""
        if not self._plain_head:
            self.late_at = None
            self._in_head = True
            self._unfinished = 0
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Respond with a problem to what is not HTTP, in place of uvicorn's plain text."""
        del msg
        too_long = self._head_bytes > self.limits.head_bytes
        self.refuse(problems.REQUEST_HEAD_TOO_LARGE if too_long else problems.MALFORMED_REQUEST)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGIApp) -> None:  # type: ignore[override]
        """Begin to work on a request, or have it wait; called by uvicorn when its head is whole."""
        if self.running is not None or self.pipeline or self.flow.write_paused:
            self.pipeline.appendleft((cycle, app))
        else:
            self._begin(cycle, app)

    def _begin(self, cycle: RequestResponseCycle, app: ASGIApp) -> None:
        self.running = cycle
        super()._start_asgi_task(cycle, partial(_respond, cycle, app))

    def on_response_complete(self) -> None:
        """Continue with the next request; called by uvicorn when a response is written, not yet sent."""
        self.server_state.total_requests += 1
        if self.transport.held:  # a head that nothing follows
            self.transport.write(b"")
        self.running = None
        self._go_on()

    def resume_writing(self) -> None:
        """Continue: the client has taken enough."""
        super().resume_writing()
        self._go_on()

    def _go_on(self) -> None:
        if self.running is not None or self.flow.write_paused or self.transport.closing:
            return
        if self.pipeline:
            self._begin(*self.pipeline.pop())
        if not self.pipeline:
            self._read_on()

    def _read_on(self) -> None:
        """Continue with what was left unparsed, or wait for more; the client could not send meanwhile."""
        if self.flow.held and self.late_at is not None:
            limits = self.limits
            self.late_at = self.loop.time() + (limits.head_seconds if self._in_head else limits.body_seconds)
        if self.flow.held or self.flow.read_paused:
            self.flow.release()
        data, self.unparsed = self.unparsed, b""
        self._take(data)


async def _respond(
    cycle: RequestResponseCycle, app: ASGIApp, scope: Scope, receive: Receive, send: Send
) -> None:
    """Have an application respond to a request.

    Its ``send`` raises ClientDisconnect when the client has left before it had the whole response. A response
    that the application does not begin, or not end, is a reset, so that no client takes it for whole; or a
    close, if the request's context says so.
    """
    if scope["http_version"] == "1.0" and scope["method"] != "HEAD":
        send = WithoutChunks(cycle, send).send

    async def send_to_client(message: Message) -> None:
        cycle.transport.holds_next = message["type"] == "http.response.start"  # type: ignore[attr-defined]
        await send(message)
        if cycle.disconnected and not cycle.response_complete:
            raise ClientDisconnect

    await app(scope, receive, send_to_client)
    if not cycle.response_complete and not cycle.disconnected:
        cycle.disconnected = True  # else uvicorn would log what the application has logged already
        context: RequestContext | None = scope.get(CONTEXT)
        end = cycle.transport.close if context and context.closes_unfinished else cycle.transport.abort
        end()
