"""Has loaded what programs import, and forks a process for each run of one.

To load what the command ``execution-hooks`` imports takes a second, to run most commands a tenth of that. Run
as a script: its arguments are the descriptor of a socket and the module that loads the programs; each packet
at the socket holds a run (see forking.py), and the descriptors that go with it.
"""

import atexit
import gc
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Any, TextIO

from harness.programs import Program

_LONGEST_RUN = 1 << 20
_STANDARD = 3
"""Descriptors of a process: standard input, output and error. Behind them come a pipe, and a socket to us."""


def main() -> object:
    """Fork until the socket is closed. A process that is forked goes on here, and ends as commands do."""
    atexit.register(_leave)  # before all others, so that it is called last
    channel = socket.socket(fileno=int(sys.argv[1]))
    programs: Mapping[str, Program] = import_module(sys.argv[2]).load()
    _freeze()
    # Ctrl-C is for pytest, which closes the socket.
    on_interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)
    while packet := _next(channel):
        run, descriptors = packet
        if os.fork() == 0:
            signal.signal(signal.SIGINT, on_interrupt)
            channel.close()
            *standard, report, forks = descriptors
            _fork_and_report(standard, report, forks)
            _become(run, standard)
            return _noting(programs[run["program"]], socket.socket(fileno=forks))
        for descriptor in descriptors:
            os.close(descriptor)
        _reap(os.WNOHANG)
    _reap(0)
    return 0


_statuses: list[int] = []
"""The exit status of this process, once it is known."""


def _noting(program: Program, forks: socket.socket) -> object:
    """Run a program, and note the exit status that it ends with."""
    try:
        status = program(forks)
    except SystemExit as end:
        status = end.code
    if status is None or isinstance(status, int):
        _statuses.append(status or 0)
    return status


def _leave() -> None:
    """End a process that was forked, without taking apart what it has loaded: that would copy all of it."""
    if not _statuses:
        return
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError):
        return  # Python knows how to end then
    os._exit(_statuses[0] & 0xFF)


def _freeze() -> None:
    """Have no collection write to memory that the processes have in common."""
    gc.collect()
    gc.freeze()
    assert threading.active_count() == 1


def _next(channel: socket.socket) -> tuple[dict[str, Any], Sequence[int]] | None:
    payload, descriptors, _, _ = socket.recv_fds(channel, _LONGEST_RUN, _STANDARD + 2)
    return (json.loads(payload), descriptors) if payload else None


def _reap(options: int) -> None:
    """Collect processes that have ended, whose processor time counts for this one, then."""
    try:
        while os.waitpid(-1, options)[0]:
            pass
    except ChildProcessError:
        pass


def _fork_and_report(standard: Sequence[int], report: int, forks: int) -> None:
    """Fork; go on in the child. The parent tells its id, then its exit status, to ``report``."""
    child = os.fork()
    if child == 0:
        os.close(report)
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for descriptor in (*standard, forks):
        os.close(descriptor)
    os.write(report, f"{child}\n".encode())
    _, status = os.waitpid(child, 0)
    os.write(report, str(status).encode())
    os._exit(0)


def _become(run: dict[str, Any], standard: Sequence[int]) -> None:
    """Make this process what it would be, had the command been started."""
    for number, descriptor in enumerate(standard):
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdin = _stream(0, "r", sys.stdin)
    sys.stdout = _stream(1, "w", sys.stdout)
    sys.stderr = _stream(2, "w", sys.stderr)
    os.environ.clear()
    os.environ.update(run["environment"])
    os.chdir(run["folder"])
    sys.argv = run["arguments"]


def _stream(descriptor: int, mode: str, like: TextIO) -> TextIO:
    """Open a descriptor as Python opens it at its start."""
    binary = open(descriptor, f"{mode}b", closefd=False)  # noqa: SIM115 a descriptor
    binary.raw.name = like.name  # type: ignore[attr-defined]  # by which commands call it
    return TextIOWrapper(binary, like.encoding, like.errors, line_buffering=descriptor == 2)


if __name__ == "__main__":
    sys.exit(main())  # type: ignore[arg-type]  # as what runs a command does
