"""HTTP/1.1 on a socket: uvicorn's parser, with the limits that it lacks and problems for its refusals."""

import asyncio

import httptools

from execution_hooks.http.wire.connection import SequentialHttpProtocol
from execution_hooks.http.wire.deadline import Deadline
from execution_hooks.http.wire.messages import problem_response, take_host_of_target, without_offer
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import Problem

_PARSED_BYTES = 8192
"""How much is parsed at once: all requests within it are known before the first of them is worked on."""
_TOO_LONG = "the head is too long"
"""Raised where the parser calls, it ends the parsing; see send_400_response."""


class BoundedHttpProtocol(SequentialHttpProtocol):
    """One connection. No client can hold it by sending slowly, or fill memory by sending headers.

    A head that is too long gets 431, what comes too slowly 408, what is no HTTP/1.1
    400; the connection is closed then. See ConnectionLimits.
    """

    _head_bytes = 0
    _unfinished = 0
    _unwanted = 0
    _in_head = True
    _plain_head = b""  # of a request that offers another protocol, without the offer
    _unparsed = b""
    _refused = False
    _deadline: Deadline

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._deadline = Deadline(self.loop, self._refuse_late)
        self._deadline.start(self.limits.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._deadline.stop()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def may_send(self) -> bool:
        """Return whether the client may be about to send more of a request."""
        return self._refused or self._deadline.is_set or bool(self._unparsed)

    def data_received(self, data: bytes) -> None:
        """Process what arrived, unless its head or body grows too long."""
        if self.transport.is_closing():
            self.transport.drop(len(data))
            return
        self._unset_keepalive_if_required()
        if self.flow.held:
            self._unparsed += data
            return
        if not self._deadline.is_set:
            self._deadline.start(self.limits.head_seconds)
        self._take(data)

    def on_turn(self) -> None:
        """Continue with what was left unparsed, or wait for more."""
        self._deadline.resume()
        data, self._unparsed = self._unparsed, b""
        self._take(data)

    def _take(self, data: bytes) -> None:
        """Parse until a request has to wait."""
        for start in range(0, len(data), _PARSED_BYTES):
            if self.pipeline or self.flow.held:
                self._unparsed = data[start:]
                break
            self._parse(data[start : start + _PARSED_BYTES])
            if self.transport.is_closing():
                return
        if self.pipeline or self.flow.held:
            self.flow.hold()
            self._deadline.suspend()
        elif self._running is None and (not self._deadline.is_set or not self._in_head):
            self.wait_for_next_request()

    def _parse(self, data: bytes) -> None:
        if self._in_head and self._unfinished + data.find(b"\r\n\r\n") > self.limits.head_bytes:
            self._refuse(problems.REQUEST_HEAD_TOO_LARGE)
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
                self._refuse(problems.REQUEST_HEAD_TOO_LARGE)
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
        self._deadline.start(self.limits.head_seconds)

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
        self._deadline.start(self.limits.body_seconds)
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
            self._deadline.stop()
            self._in_head = True
            self._unfinished = 0
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Respond with a problem to what is not HTTP, in place of uvicorn's plain text."""
        del msg
        too_long = self._head_bytes > self.limits.head_bytes
        self._refuse(problems.REQUEST_HEAD_TOO_LARGE if too_long else problems.MALFORMED_REQUEST)

    def _refuse_late(self) -> None:
        self._refuse(problems.REQUEST_TIMEOUT)

    def _refuse(self, problem: Problem) -> None:
        """Respond with a problem and close; requests that arrived whole have their responses first."""
        self._refused = True
        self._unparsed = b""
        self._deadline.stop()
        can_respond = self.drop_unfinished()
        if self.is_working:
            self.close_after_work()
            self.flow.hold()
        elif not self.transport.is_closing():
            if can_respond:
                self.transport.write(problem_response(problem))
            self.transport.close()
