"""A connection: how long its client is waited for, what of it is refused, and how it ends."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.http.wire.messages import problem_response
from execution_hooks.http.wire.transport import BoundedTransport, HoldingFlow
from execution_hooks.http.wire.unread import UnreadResponses
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import Problem


class BoundedConnection(HttpToolsProtocol):
    """uvicorn's connection, whose client is waited for no longer than ConnectionLimits say.

    uvicorn tells only the last request when the client leaves; here all are told.
    """

    make_transport: Callable[..., BoundedTransport] = BoundedTransport

    late_at: float | None = None
    """When the client will be late with what it has begun to send, by the loop's clock; None if with nothing.

    While the flow is held it is not waited for.
    """
    idle_until: float | None = None
    """When the connection will have been idle for too long; None while it is not idle."""
    running: RequestResponseCycle | None = None
    """The request that is worked on."""
    unparsed = b""
    """What was received and waits for the requests before it."""

    _refused = False
    _timer: asyncio.TimerHandle | None = None

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 uvicorn's own
        limits: ConnectionLimits,
        unread: UnreadResponses,
        **named: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*arguments, **named)
        self.limits = limits
        # In less time than this, no wait can both begin and last too long.
        self._look_seconds = min(limits.head_seconds, limits.body_seconds, limits.idle_seconds)
        self._unread = unread
        self.pipeline: deque[tuple[RequestResponseCycle, ASGIApp]]  # type: ignore[assignment]
        self.flow: HoldingFlow
        self.transport: BoundedTransport  # type: ignore[assignment]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        bounded = self.make_transport(transport, self.loop, self.limits, self._unread, self.may_send)
        super().connection_made(bounded)  # type: ignore[arg-type]
        self.flow = HoldingFlow(transport)
        self.late_at = self.loop.time() + self.limits.head_seconds
        self._timer = self.loop.call_later(self._look_seconds, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more, and notify all that wait for the client that it has left."""
        if self._timer is not None:
            self._timer.cancel()
        self._client_left()
        self.transport.lost()
        super().connection_lost(exc)

    def eof_received(self) -> None:
        """Take it that the client has left; the event loop then closes the connection."""
        self.transport.closing = True
        self._client_left()

    def _client_left(self) -> None:
        self.pipeline.clear()
        if (cycle := self.running) is not None:
            cycle.disconnected = True
            cycle.message_event.set()

    def _look(self) -> None:
        """End what has lasted too long, and look again when anything might have.

        What is waited for changes several times in a request; to set a timer each time would cost more.
        """
        now = self.loop.time()
        if self.late_at is not None and now >= self.late_at and not self.flow.held:
            self.refuse(problems.REQUEST_TIMEOUT)
        elif self.idle_until is not None and now >= self.idle_until:
            self.timeout_keep_alive_handler()
        ends = (end - now for end in (self.late_at, self.idle_until) if end is not None and end > now)
        self._timer = self.loop.call_later(min((self._look_seconds, *ends)), self._look)

    @property
    def is_working(self) -> bool:
        """Return whether a request is worked on, or waits."""
        return self.running is not None or bool(self.pipeline)

    def may_send(self) -> bool:
        """Return whether the client may be about to send more of a request."""
        return self._refused or self.late_at is not None or bool(self.unparsed)

    def refuse(self, problem: Problem) -> None:
        """Respond with a problem and close; requests that arrived whole have their responses first."""
        self._refused = True
        self.unparsed = b""
        self.late_at = None
        can_respond = self._drop_unfinished()
        if self.is_working:
            self._close_after_work()
            self.flow.hold()
        elif not self.transport.is_closing():
            if can_respond:
                self.transport.write(problem_response(problem))
            self.transport.close()

    def _drop_unfinished(self) -> bool:
        """Give up a request whose body will not come; return whether a response to it can still be sent."""
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is None or not cycle.more_body or cycle.response_complete:
            return True
        if cycle is self.running:
            self._client_left()
            self.running = None
        else:
            self.pipeline.popleft()
        return not cycle.response_started

    def _close_after_work(self) -> None:
        """Close once the last request that has arrived has its response."""
        last = self.pipeline[0][0] if self.pipeline else self.running
        if last is not None:
            last.keep_alive = False

    def shutdown(self) -> None:
        """Close once the requests that have arrived have their responses; called when the server stops."""
        if self.transport.is_closing():
            self.transport.hurry()
        elif self.is_working:
            self._close_after_work()
        elif self.transport.unread():
            self.transport.close()
        else:
            self.transport.end()

    def timeout_keep_alive_handler(self) -> None:
        """Close what is idle, but not before the last response is read: that has a limit of its own."""
        if self.transport.unread():
            self.idle_until = self.loop.time() + self.limits.idle_seconds
        elif not self.transport.is_closing():
            self.transport.end()
