"""A connection's requests, one after the other: none is begun while a response before it is unread."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from execution_hooks.http.request_context import CONTEXT, RequestContext
from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.http.wire.transport import BoundedTransport, HoldingFlow
from execution_hooks.http.wire.unread import UnreadResponses


class SequentialHttpProtocol(HttpToolsProtocol):
    """uvicorn's protocol, whose clients can have one request worked on for each connection, and one wait.

    uvicorn itself begins the next request while the last response is still unread, and reads on while
    requests wait. It also tells only the last request when the client leaves.
    """

    make_transport: Callable[..., BoundedTransport] = BoundedTransport

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 uvicorn's own
        limits: ConnectionLimits,
        unread: UnreadResponses,
        **named: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*arguments, **named)
        self.limits = limits
        self._unread = unread
        self._running: RequestResponseCycle | None = None
        self.flow: HoldingFlow
        self.transport: BoundedTransport  # type: ignore[assignment]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take on a connection."""
        bounded = self.make_transport(transport, self.loop, self.limits, self._unread, self.may_send)
        super().connection_made(bounded)  # type: ignore[arg-type]
        self.flow = HoldingFlow(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Notify all that wait for the client that it has left."""
        if self.transport.was_unread:
            self._unread.forget(self.transport)
        self.transport.lost()
        self._client_left()
        super().connection_lost(exc)

    def eof_received(self) -> None:
        """Take it that the client has left; the event loop then closes the connection."""
        self._client_left()

    def _client_left(self) -> None:
        self.pipeline.clear()
        if (cycle := self._running) is not None:
            cycle.disconnected = True
            cycle.message_event.set()

    @property
    def is_working(self) -> bool:
        """Return whether a request is worked on, or waits."""
        return self._running is not None or bool(self.pipeline)

    def may_send(self) -> bool:
        """Return whether the client may be about to send more of a request."""
        return True

    def drop_unfinished(self) -> bool:
        """Give up a request whose body will not come; return whether a response to it can still be sent."""
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is None or not cycle.more_body or cycle.response_complete:
            return True
        if cycle is self._running:
            self._client_left()
            self._running = None
        else:
            self.pipeline.popleft()
        return not cycle.response_started

    def close_after_work(self) -> None:
        """Close once the last request that has arrived has its response."""
        last = self.pipeline[0][0] if self.pipeline else self._running
        if last is not None:
            last.keep_alive = False

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGIApp) -> None:  # type: ignore[override]
        """Begin to work on a request, or have it wait; called by uvicorn when its head is whole."""
        if self._running is not None or self.pipeline or self.flow.write_paused:
            self.pipeline.appendleft((cycle, app))  # type: ignore[arg-type]
        else:
            self._begin(cycle, app)

    def _begin(self, cycle: RequestResponseCycle, app: ASGIApp) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, partial(_respond, cycle, app))

    def on_response_complete(self) -> None:
        """Continue with the next request; called by uvicorn when a response is written, not yet sent."""
        self.server_state.total_requests += 1
        self._running = None
        self._go_on()

    def resume_writing(self) -> None:
        """Continue: the client has taken enough."""
        super().resume_writing()
        self._go_on()

    def _go_on(self) -> None:
        if self._running is not None or self.flow.write_paused or self.transport.is_closing():
            return
        if self.pipeline:
            cycle, app = self.pipeline.pop()
            self._begin(cycle, app)  # type: ignore[arg-type]
        if not self.pipeline:
            self.flow.release()
            self.on_turn()

    def on_turn(self) -> None:
        """Called when no request waits any more, so that more may be read."""

    def shutdown(self) -> None:
        """Close once the requests that have arrived have their responses; called when the server stops."""
        if self.transport.is_closing():
            self.transport.hurry()
        elif self.is_working:
            self.close_after_work()
        elif self.transport.unread():
            self.transport.close()
        else:
            self.transport.end()

    def timeout_keep_alive_handler(self) -> None:
        """Close what is idle, but not before the last response is read: that has a limit of its own."""
        if self.transport.unread():
            self.wait_for_next_request()
        elif not self.transport.is_closing():
            self.transport.end()

    def wait_for_next_request(self) -> None:
        """Wait from now on, for as long as a connection may be idle."""
        self._unset_keepalive_if_required()
        self.timeout_keep_alive_task = self.loop.call_later(
            self.limits.idle_seconds, self.timeout_keep_alive_handler
        )


async def _respond(
    cycle: RequestResponseCycle, app: ASGIApp, scope: Scope, receive: Receive, send: Send
) -> None:
    """Have an application respond to a request.

    Its ``send`` raises ClientDisconnect when the client has left before it had the whole response. A response
    that the application does not begin, or not end, is a reset, so that no client takes it for whole; or a
    close, if the request's context says so.
    """
    if scope["http_version"] == "1.0" and scope["method"] != "HEAD":
        send = _WithoutChunks(cycle, send).send

    async def send_to_client(message: Message) -> None:
        await send(message)
        if cycle.disconnected and not cycle.response_complete:
            raise ClientDisconnect

    await app(scope, receive, send_to_client)
    if not cycle.response_complete and not cycle.disconnected:
        cycle.disconnected = True  # else uvicorn would log what the application has logged already
        context: RequestContext | None = scope.get(CONTEXT)
        end = cycle.transport.close if context and context.closes_unfinished else cycle.transport.abort
        end()


class _WithoutChunks:
    """Sends responses to a client of HTTP/1.0, which knows no chunks; uvicorn would send it some.

    One without a length ends where its connection ends (RFC 9112, section 6.3).
    """

    def __init__(self, cycle: RequestResponseCycle, send: Send) -> None:
        self._cycle = cycle
        self._send = send
        self._has_length = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._has_length = any(name == b"content-length" for name, _ in message["headers"])
            if not self._has_length:
                self._cycle.chunked_encoding = False
        elif not self._has_length:
            self._cycle.expected_content_length = len(message.get("body", b""))
        await self._send(message)
