"""Processes of a command that are forked where all that it imports is loaded, which takes most of its time.

What is forked has arguments, an environment, a folder and standard streams of its own, and ends as Python
ends, but that what was loaded is not taken apart: else it is what a started command is.
tests/cli/test_forked_commands.py and tests/conformance/test_usage.py hold it to that.
"""

import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGKILL, SIGTERM
from threading import Lock
from typing import IO, Protocol

_SCRIPT = Path(__file__).with_name("fork_server.py")
_TESTS = Path(__file__).parents[1]
_LONGEST_REPORT = 20
Stream = int | IO[bytes]


class Process(Protocol):
    """What tests do with a process, forked or started: see subprocess.Popen."""

    @property
    def pid(self) -> int:
        """Its id."""

    def poll(self) -> int | None:
        """Return its exit status if it has ended."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it ends and return its exit status. Raises subprocess.TimeoutExpired."""

    def send_signal(self, sig: int) -> None:
        """Send it a signal if it has not ended."""

    def terminate(self) -> None:
        """Send it SIGTERM."""

    def kill(self) -> None:
        """Send it SIGKILL."""


class Forked:
    """A process that was forked; ``report`` is a pipe that tells its id, and how it ended."""

    def __init__(self, report: int) -> None:
        self._report = report
        self._status: int | None = None
        text = b""
        while not text.endswith(b"\n"):
            text += os.read(report, 1)
            assert text, "the fork server has ended"
        self.pid = int(text)

    def poll(self) -> int | None:
        """See Process."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """See Process."""
        status = self._ended(timeout)
        if status is None:
            raise subprocess.TimeoutExpired("execution-hooks", timeout or 0)
        return status

    def send_signal(self, sig: int) -> None:
        """See Process."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has ended since, or is about to be reported
                os.kill(self.pid, sig)

    def terminate(self) -> None:
        """See Process."""
        self.send_signal(SIGTERM)

    def kill(self) -> None:
        """See Process."""
        self.send_signal(SIGKILL)

    def _ended(self, timeout: float | None) -> int | None:
        if self._status is None and select.select([self._report], [], [], timeout)[0]:
            self._status = os.waitstatus_to_exitcode(int(os.read(self._report, _LONGEST_REPORT)))
            os.close(self._report)
        return self._status


class ForkServer:
    """A process that forks others. ``channel`` leads there."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._one_at_a_time = Lock()

    def fork(
        self,
        program: str,
        arguments: Sequence[str],
        streams: tuple[Stream, Stream, Stream],
        folder: Path,
        environment: Mapping[str, str],
    ) -> Forked:
        """Run a program of the fork server's; ``streams`` are standard input, output and error."""
        run = {
            "program": program,
            "arguments": arguments,
            "folder": str(folder),
            "environment": dict(environment),
        }
        descriptors = [each if isinstance(each, int) else each.fileno() for each in streams]
        report, their_report = os.pipe()
        with self._one_at_a_time:
            given = [*descriptors, their_report, self._channel.fileno()]
            socket.send_fds(self._channel, [json.dumps(run).encode()], given)
        os.close(their_report)
        return Forked(report)


@contextmanager
def fork_server(
    environment: Mapping[str, str], programs: str = "harness.loaded_commands"
) -> Iterator[ForkServer]:
    """Run a fork server, in an environment, until the block ends.

    ``programs`` names the module that loads them.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        command = [sys.executable, "-P", str(_SCRIPT), str(theirs.fileno()), programs]
        search_path = os.pathsep.join(filter(None, [str(_TESTS), environment.get("PYTHONPATH")]))
        searching = {**environment, "PYTHONPATH": search_path}
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=searching)
        theirs.close()
        yield ForkServer(ours)
    process.wait()
