"""What HTTP costs each request: parsed, given to an application as a task of the event loop, responded to."""

import asyncio
import time
from typing import cast

import uvicorn
import uvloop
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.server import ServerState

from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.http.wire.protocol import BoundedHttpProtocol
from execution_hooks.http.wire.unread import UnreadResponses


class _NoSocket:
    """A transport whose client takes everything at once."""

    def get_extra_info(self, _name: str) -> None:
        return None

    def set_write_buffer_limits(self, _high: int) -> None:
        """Do nothing: nothing waits."""

    def get_write_buffer_size(self) -> int:
        return 0

    def is_closing(self) -> bool:
        return False

    def write(self, data: bytes) -> None:
        """Drop it."""

    def pause_reading(self) -> None:
        """Do nothing: bytes are fed by hand."""

    resume_reading = pause_reading


def cost_of_http(request: bytes, app: ASGIApp, times: int) -> float:
    """Return the microseconds of a processor that a request takes, whose application does next to nothing.

    What the system does for a socket is not in it.
    """
    return uvloop.run(_cost(request, app, times))


async def _cost(request: bytes, app: ASGIApp, times: int) -> float:
    responded = asyncio.Event()

    async def respond(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send)
        responded.set()

    config = uvicorn.Config(respond, lifespan="off", ws="none", log_config=None, access_log=False)
    config.load()
    limits = ConnectionLimits()
    unread = UnreadResponses(limits)
    protocol = BoundedHttpProtocol(
        config=config, server_state=ServerState(), app_state={}, limits=limits, unread=unread
    )
    protocol.connection_made(cast("asyncio.Transport", _NoSocket()))
    begun = 0.0
    for number in range(times // 2 + times):
        if number == times // 2:
            begun = time.process_time()
        protocol.data_received(request)
        await responded.wait()
        responded.clear()
    cost = (time.process_time() - begun) / times * 1e6
    protocol.connection_lost(ConnectionAbortedError())
    return cost
