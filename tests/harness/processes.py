"""Real server processes."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from harness.forking import ForkServer, Process, Stream

COMMAND = Path(sys.executable).with_name("execution-hooks")
TIMEOUT_SECONDS = 30
_SETTINGS = ("ARGS", "EXECUTION_HOOKS", "MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS")
_ANNOUNCED = re.compile(r"^Execution Hooks at (https?://\S+),", re.MULTILINE)


@dataclass(frozen=True)
class Server:
    """A server process that listens on ``url``; ``log_file`` holds what it wrote to standard error.

    ``sockets_at_start`` are those that it had open before the first client connected.
    """

    url: str
    database_url: str
    process: Process
    log_file: Path
    output_file: Path
    sockets_at_start: int

    def output(self, until: str) -> str:
        """Wait until a text stands on the process's standard output, and return all that does."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while until not in (text := self.output_file.read_text()):
            assert time.monotonic() < deadline, f"the server printed no {until!r}, but {text!r}"
            time.sleep(0.02)
        return text

    def stop(self) -> int:
        """Ask the process to stop and return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(TIMEOUT_SECONDS)


StartServer = Callable[..., AbstractContextManager[Server]]
"""Start a server on a database URL, with more arguments to ``serve``."""


def clean_environment() -> dict[str, str]:
    """The environment without settings of ours, and without those of a make that runs the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_SETTINGS)}


@contextmanager
def started(
    folder: Path,
    database_url: str,
    *arguments: str,
    command: Path = COMMAND,
    forks: ForkServer | None = None,
    limits: Mapping[str, float] | None = None,
) -> Iterator[Server]:
    """Run ``execution-hooks serve`` in a folder, on a free port, until the block ends.

    It is forked where there is a fork server, else ``command`` is started. ``limits``, which need a fork
    server, are those fields of ConnectionLimits that are to be other than they are by default.
    """
    run = uuid4()
    serve = ("serve", "--port", "0", "--database", database_url, *arguments)
    log_file, output_file = folder / f"{run}.log", folder / f"{run}.out"
    with log_file.open("wb") as log, output_file.open("wb") as output:
        if forks is None:
            assert limits is None
            process: Process = subprocess.Popen(
                [command, *serve], stdout=output, stderr=log, cwd=folder, env=clean_environment()
            )
        else:
            process = _forked(forks, serve, limits, (output, log), folder)
    try:
        url = _announced(process, log_file)
        yield Server(url, database_url, process, log_file, output_file, _count_sockets(process.pid))
    finally:
        process.terminate()
        process.wait(TIMEOUT_SECONDS)


def _forked(
    forks: ForkServer,
    serve: tuple[str, ...],
    limits: Mapping[str, float] | None,
    streams: tuple[Stream, Stream],
    folder: Path,
) -> Process:
    program, arguments = "command", (str(COMMAND), *serve)
    if limits is not None:
        program, arguments = "serve with limits", (str(COMMAND), json.dumps(dict(limits)), *serve)
    with Path(os.devnull).open("rb") as nothing:
        return forks.fork(program, arguments, (nothing, *streams), folder, clean_environment())


def _announced(process: Process, log_file: Path) -> str:
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not (announced := _ANNOUNCED.search(log_file.read_text())):
        assert process.poll() is None, log_file.read_text()
        assert time.monotonic() < deadline, "the server did not start in time"
        time.sleep(0.02)
    return announced[1]


def workers(server: Server) -> set[int]:
    """Return the ids of the processes that a server with several has started. Linux only."""
    pid = server.process.pid
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def is_running(process_id: int) -> bool:
    """Return whether there is a process, and it has not ended. Linux only."""
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def sockets(server: Server) -> int:
    """Count the sockets that a server process has open. Linux only."""
    return _count_sockets(server.process.pid)


def sockets_without_clients(server: Server) -> int:
    """Wait until the connections of earlier tests are closed; count the sockets that are left. Linux only."""
    wait_until(lambda: sockets(server) <= server.sockets_at_start, "connections of earlier tests stay open")
    return sockets(server)


def _count_sockets(process_id: int) -> int:
    links = Path(f"/proc/{process_id}/fd").glob("*")
    return sum(_target(link).startswith("socket:") for link in links)


def processor_seconds(server: Server) -> float:
    """Return the processor time of a server process in seconds. Linux only."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    user, system = fields[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except FileNotFoundError:  # closed since
        return ""


def log_lines(server: Server) -> list[dict[str, Any]]:
    """Read the JSON lines that a server has logged so far; that of a request follows its response."""
    *whole, _being_written = server.log_file.read_text().split("\n")
    return [json.loads(line) for line in whole if line.startswith("{")]


def wait_until(fact: Callable[[], bool], what: str, seconds: float = TIMEOUT_SECONDS) -> None:
    """Wait until a condition holds; fail with ``what`` if it does not in so many seconds."""
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)
