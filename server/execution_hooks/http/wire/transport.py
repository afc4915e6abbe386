"""A connection's transport: its unread bytes are watched, and it closes without losing a response."""

import asyncio
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from uvicorn.protocols.http.flow_control import FlowControl

from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.http.wire.unread import UnreadResponses

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER: on, for no time
_SENT_CHECK_SECONDS = 0.1
_BYTES_ACKED = 120
"""Where Linux, since 4.1, counts in its ``struct tcp_info`` the bytes that the other end has acknowledged."""


class BoundedTransport:
    """A transport of the event loop, with another ``write``, ``close`` and ``abort``.

    ``close`` is the lingering close of RFC 9112, section 9.6: what was written is sent, and then what the
    client still sends is read and dropped (see ``drop``) until it closes or a limit is reached. To close
    while something is unread would reset the connection, and the client might never see its response.
    TLS cannot end one direction: there, a client that has no more to send (``may_send``) is not waited for.
    """

    def __init__(
        self,
        transport: asyncio.Transport,
        loop: asyncio.AbstractEventLoop,
        limits: ConnectionLimits,
        unread: UnreadResponses,
        may_send: Callable[[], bool],
    ) -> None:
        self._transport = transport
        self.get_extra_info = transport.get_extra_info
        self._loop = loop
        self._limits = limits
        self._unread = unread
        self._may_send = may_send
        self._written = 0
        self.holds_next = False
        """Whether what is written next waits for what follows it: the system is called once for both."""
        self.held = b""
        """What waits."""
        self._was_unread = False  # whether anything ever waited for the client, and so is watched
        self.unread = transport.get_write_buffer_size
        """Return how many bytes wait in this process for the client."""
        self.closing = False
        """Whether the connection is closed, or about to be, by either end, as far as is known here."""
        self._dropped = self._dropped_before = 0
        self._ends: float | None = None
        self._check: asyncio.TimerHandle | None = None
        transport.set_write_buffer_limits(limits.unread_bytes)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 whatever a transport has
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        """Return whether the connection is closed, or about to be, by either end."""
        return self.closing or self._transport.is_closing()

    def write(self, data: bytes) -> None:
        """Send bytes, as soon as the client takes them; drop them if the connection is closing."""
        if self.holds_next:
            self.holds_next, self.held = False, data
            return
        if self.held:
            data, self.held = self.held + data, b""
        if not (self.closing or self._transport.is_closing()):
            self._written += len(data)
            self._transport.write(data)
            if unread := self.unread():
                self._was_unread = True
                self._unread.watch(self, unread)

    def taken(self) -> int:
        """Return a count that grows by the bytes that the client's system takes.

        Where the system does not tell, it is what has left this process, in coarse steps.
        """
        acknowledged = self._acknowledged()
        if acknowledged is None:
            return self._written - self._transport.get_write_buffer_size()
        return acknowledged

    def close(self) -> None:
        """Send what was written, then wait for the client to close; return before that."""
        if self.held:
            self.write(b"")
        if self.closing or self._transport.is_closing():
            return
        self.closing = True
        self._transport.resume_reading()
        if self._transport.can_write_eof():
            self._transport.write_eof()
        elif not self._may_send():
            self._end_once_sent()
            return
        self._schedule_check()

    def end(self) -> None:
        """Close without waiting for the client: there is nothing it would lose."""
        self.closing = True
        self._stop_checking()
        self._transport.close()

    def abort(self) -> None:
        """Close at once, and drop what is not sent; the client sees a reset."""
        with suppress(OSError), self._socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.closing = True
        self._transport.abort()

    def drop(self, size: int) -> None:
        """Count bytes that came, and were dropped, after the connection was closed."""
        self._dropped += size
        if self._dropped > self._limits.unwanted_bytes:
            self.abort()

    def hurry(self) -> None:
        """Linger no longer than a silent client is waited for, since the server stops."""
        if self.closing:
            self._ends = self._loop.time()

    def lost(self) -> None:
        """Wait for nothing more: the connection is closed."""
        self.closing = True
        if self._was_unread:
            self._unread.forget(self)
        if self._check is not None:
            self._stop_checking()

    def _stop_checking(self) -> None:
        if self._check is not None:
            self._check.cancel()
            self._check = None

    def _end_once_sent(self) -> None:
        if self._transport.get_write_buffer_size():
            self._check = self._loop.call_later(_SENT_CHECK_SECONDS, self._end_once_sent)
        else:
            self.end()

    def _schedule_check(self) -> None:
        self._check = self._loop.call_later(self._limits.linger_silent_seconds, self._check_client)

    def _check_client(self) -> None:
        """Give the connection up if the client has all and sends nothing, or has sent for too long."""
        now = self._loop.time()
        if not self.unread():
            if self._ends is None:
                self._ends = now + self._limits.linger_seconds
            if self._dropped == self._dropped_before or now >= self._ends:
                self.end()
                return
        self._dropped_before = self._dropped
        self._schedule_check()

    def _acknowledged(self) -> int | None:
        """Return how many bytes the other end has acknowledged, if the system counts them."""
        if sys.platform != "linux":
            return None
        with suppress(OSError, struct.error), self._socket() as connection:
            info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 128)
            return int(struct.unpack_from("=Q", info, _BYTES_ACKED)[0])
        return None

    @contextmanager
    def _socket(self) -> Iterator[socket.socket]:
        """Lend the connection's socket, which stays the event loop's. Raises OSError if there is none."""
        lent = self._transport.get_extra_info("socket")
        if lent is None or lent.fileno() < 0:
            raise OSError("the connection is closed")
        same = socket.socket(lent.family, lent.type, lent.proto, lent.fileno())
        try:
            yield same
        finally:
            same.detach()


class HoldingFlow(FlowControl):
    """Pauses and resumes a connection; ``hold`` keeps it paused whatever the parser asks for."""

    held = False

    def hold(self) -> None:
        """Read no more before ``release``, even if ``resume_reading`` is called."""
        self.held = True
        self.pause_reading()

    def release(self) -> None:
        """Read on."""
        self.held = False
        self.resume_reading()

    def resume_reading(self) -> None:
        """Read on, unless held."""
        if not self.held:
            super().resume_reading()
