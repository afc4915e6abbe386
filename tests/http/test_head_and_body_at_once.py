"""The head of a response is sent with what follows it, and never kept back where nothing does."""

import asyncio
from typing import Any, cast

import pytest

from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.http.wire.transport import BoundedTransport
from execution_hooks.http.wire.unread import UnreadResponses


class Socket:
    """A transport of the event loop whose client takes everything at once."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.write = self.sent.append

    def get_write_buffer_size(self) -> int:
        return 0

    def can_write_eof(self) -> bool:
        return False

    def __getattr__(self, _name: str) -> Any:  # noqa: ANN401 whatever else is asked of it
        return lambda *_: None


@pytest.fixture
def socket() -> Socket:
    return Socket()


@pytest.fixture
def transport(socket: Socket) -> BoundedTransport:
    """A transport that was given a head."""
    limits = ConnectionLimits()
    loop = cast("asyncio.AbstractEventLoop", None)
    made = BoundedTransport(
        cast("asyncio.Transport", socket), loop, limits, UnreadResponses(limits), lambda: False
    )
    made.holds_next = True
    made.write(b"head ")
    return made


def test_a_head_and_what_follows_it_are_sent_at_once(socket: Socket, transport: BoundedTransport) -> None:
    transport.write(b"body")
    transport.write(b"more")

    assert socket.sent == [b"head body", b"more"]


def test_a_head_that_nothing_follows_is_sent_before_the_connection_closes(
    socket: Socket, transport: BoundedTransport
) -> None:
    transport.close()

    assert socket.sent == [b"head "]
