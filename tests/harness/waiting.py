"""Waiting for another process or thread."""

import socket
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from harness.processes import TIMEOUT_SECONDS, Server, log_lines


def eventually(condition: Callable[[], object]) -> None:
    """Return once the condition holds; fail if it does not within the time limit."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this did not come about in time"
        time.sleep(0.02)


def until_connections_are_refused(server: Server) -> None:
    """Return once a server that was told to stop accepts no more connections."""
    eventually(lambda: not _accepts(server))


def _accepts(server: Server) -> bool:
    address = urlsplit(server.url)
    try:
        socket.create_connection((str(address.hostname), address.port or 0), TIMEOUT_SECONDS).close()
    except (ConnectionRefusedError, ConnectionResetError):
        return False
    return True


def until_logged(server: Server, requests: int) -> None:
    """Return once a server has logged so many requests in all."""
    eventually(lambda: requests_logged(server) >= requests)


def requests_logged(server: Server) -> int:
    """Return how many requests a server has logged so far."""
    return sum(line["event"] == "request" for line in log_lines(server))
