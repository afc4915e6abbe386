"""A server as a process: started, awaited, and stopped whatever happens."""

import math
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from .connection import HOST

_START_SECONDS = 30.0
_STOP_SECONDS = 15.0


class ServerFailed(Exception):
    """A server could not be seeded or started. The message says what it printed."""


def free_port() -> int:
    """Find a port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str], port: int, folder: Path, settings: Mapping[str, str]
) -> Iterator[tuple[int, float]]:
    """Run a server until the block ends, and yield its process id and the seconds until its first response.

    What it prints goes to a file.
    """
    output = folder / "server.log"
    begun = time.monotonic()
    with output.open("wb") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=os.environ | settings
        )
    try:
        _await_ready(process, port, output)
        yield process.pid, time.monotonic() - begun
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def cpu_seconds(pid: int) -> float:
    """Return what the system has counted for a process, its threads and its children; NaN if it cannot tell.

    It is user and system time.
    """
    try:
        counted = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return math.nan
    own = (int(counted[11]) + int(counted[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(cpu_seconds(int(child)) for child in children)


def idle_seconds() -> float:
    """Return for how many seconds processors of this machine have done nothing, all together; NaN if unknown.

    It is counted since the machine started; waiting for a disk is nothing.
    """
    try:
        counted = Path("/proc/stat").read_text().split(maxsplit=6)
    except OSError:
        return math.nan
    return (int(counted[4]) + int(counted[5])) / os.sysconf("SC_CLK_TCK")


def memory_mib(pid: int) -> float:
    """Return the most memory that a process has had resident, in MiB; NaN if that is not known."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return math.nan
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _await_ready(process: subprocess.Popen[bytes], port: int, output: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if _responds(port):
            return
        time.sleep(0.01)
    raise ServerFailed(f"the server does not respond; it printed:\n{output.read_text()[-2000:]}")


def _responds(port: int) -> bool:
    with closing(HTTPConnection(HOST, port, timeout=5)) as connection:
        try:
            connection.request("GET", "/openapi.json")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
