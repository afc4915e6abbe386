"""Servers of others that tests run: each on a free port of this machine, and ended with the tests."""

import os
import random
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

TIMEOUT_SECONDS = 30
_NEVER_GIVEN = (20_000, 32_000)
"""Below the ports that Linux, and above it others, give to connections and to servers on port 0."""
_RANDOM = random.SystemRandom()
"""Not the module's own numbers, which are the same in every process that runs tests."""

_WATCHED = """
ending=$1
shift
"$@" &
read -r _ && kept=yes
kill -"$ending" $!
wait
test "$kept" || rm -rf "$0"
"""
"""Runs a command until a line is read; where the tests were killed, it is ended too, and its data removed."""


class Daemon:
    """A command that runs in the background, as ``user``; what it prints is added to ``log_file``.

    ``ending`` is the signal that ends it. Its data is in ``home``.
    """

    def __init__(
        self, command: Sequence[str], home: str, log_file: Path, *, ending: str, user: str | None = None
    ) -> None:
        self._watched = ["/bin/sh", "-c", _WATCHED, home, ending, *command]
        self._log_file = log_file
        self._user = user
        self._watcher: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run it. Does not wait until it serves."""
        self._watcher = run_daemon(self._watched, self._user, self._log_file)

    def stop(self) -> None:
        """Send it the signal, and wait until it has ended."""
        if self._watcher:
            self._watcher.communicate(b"\n", TIMEOUT_SECONDS)
            self._watcher = None


def run_daemon(command: Sequence[str], user: str | None, log_file: Path) -> subprocess.Popen[bytes]:
    """Start a process, as another user if one is given, whose standard input is a pipe."""
    with log_file.open("ab") as log:
        return subprocess.Popen(command, user=user, cwd="/", stdin=subprocess.PIPE, stdout=log, stderr=log)


def need(how_to_install: str, *, installed: bool) -> None:
    """Skip a test whose daemon is not installed; under CI it fails."""
    if installed:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(how_to_install)
    pytest.skip(how_to_install)


def free_port() -> int:
    """Find a port that nothing listens on, and that the system gives to nobody who asks for any port.

    So it stays free until a server listens there, and while that is down.
    """
    while True:
        port = _RANDOM.randrange(*_NEVER_GIVEN)
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:  # it is taken
            continue
