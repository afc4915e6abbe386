"""What a connection may cost: how many bytes, and how long the server waits for its client."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """The limits of every connection. Each state in which the server waits for a client has one that ends it.

    =========================  =======================================  ===============================
    waiting for                no longer than                           then
    =========================  =======================================  ===============================
    a TLS handshake            ``tls.HANDSHAKE_SECONDS``                the connection is aborted
    a head                     ``head_seconds`` from its first byte,    408, close
                               or from the start of the connection
    a body                     ``body_seconds`` from the end of the     408, close
                               head
    the rest of a body whose   the same; without a byte,                408, close; without a byte,
    request had its response   ``idle_seconds``; ``unwanted_bytes``     close; beyond the bytes, abort
    the next request           ``idle_seconds``                         close
    the response to be read    ``unread_seconds`` in which less than    abort
                               ``progress_bytes`` of it are taken
    the client's end of a      ``linger_silent_seconds`` without a      the connection is given up
    closed connection          byte, ``linger_seconds`` in all;
                               ``unwanted_bytes``
    =========================  =======================================  ===============================

    While a request is worked on the client is not waited for. Its next request is not begun before its
    unread output is below ``unread_bytes``, and what follows that request is not read, so that a connection
    has no more unread than this and the one response (or piece of a list) that went beyond it. When all
    connections together have more than ``all_unread_bytes`` unread, those are aborted first whose clients
    have made no progress for the longest time.
    """

    head_bytes: int = 65_536
    """A request's line and headers, together."""
    framing_bytes: int = 2 << 20
    """What may come with a body that is not of it: the lines between chunks, and trailers."""
    head_seconds: float = 10.0
    body_seconds: float = 30.0
    idle_seconds: float = 5.0
    unread_bytes: int = 65_536
    all_unread_bytes: int = 32 << 20
    unread_seconds: float = 30.0
    progress_bytes: int = 4096
    """A reader that takes less in that time is taken for one that has stopped; so every response ends."""
    unwanted_bytes: int = 64 << 20
    """What is read and dropped of a body after its request had its response."""
    linger_silent_seconds: float = 2.0
    linger_seconds: float = 30.0
