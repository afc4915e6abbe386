"""Servers of others, each run by a command of its own."""

import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from harness.daemons import free_port
from harness.processes import wait_until

_START_SECONDS = 120
"""Node reads hundreds of files at the start of Prism, which takes long on a busy machine."""


@contextmanager
def served(command: Callable[[int], Sequence[object]]) -> Iterator[str]:
    """Run a server by the command for a port; yield its URL once it listens."""
    port = free_port()
    quiet = subprocess.DEVNULL
    with subprocess.Popen([str(part) for part in command(port)], stdout=quiet, stderr=quiet) as process:
        try:
            wait_until(lambda: _listens(port), "the server did not start", _START_SECONDS)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
