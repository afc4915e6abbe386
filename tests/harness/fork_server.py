"""Has loaded what the command ``execution-hooks`` imports, and forks a process for each run of it.

To load it takes a second, to run most commands a tenth of that. What the conformance suite's command imports
is loaded when it is first run. Run as a script: its argument is the descriptor of a socket; each packet there
holds a run (see forking.py), and the descriptors that go with it.
"""

import gc
import json
import os
import pkgutil
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Any, TextIO

_LONGEST_RUN = 1 << 20
_STANDARD = 3
"""Descriptors of a process: standard input, output and error."""


def main() -> object:
    """Fork until the socket is closed. A process that is forked goes on here, and ends as commands do."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    programs = _load()
    # Ctrl-C is for pytest, which closes the socket.
    on_interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)
    while packet := _next(channel):
        run, descriptors = packet
        if run["program"] == "conformance" and "conformance" not in programs:
            programs["conformance"] = _load_conformance()
        if os.fork() == 0:
            signal.signal(signal.SIGINT, on_interrupt)
            channel.close()
            _fork_and_report(descriptors)
            _become(run, descriptors)
            return programs[run["program"]]()
        for descriptor in descriptors:
            os.close(descriptor)
        _reap(os.WNOHANG)
    _reap(0)
    return 0


def _load() -> dict[str, Callable[[], object]]:
    warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient` is deprecated")
    import alembic.command

    import execution_hooks.cli
    import execution_hooks.serving.process
    from execution_hooks.contract.bundled import bundled_document
    from harness import serve_with_limits

    del alembic
    for module in pkgutil.walk_packages(execution_hooks.cli.__path__, f"{execution_hooks.cli.__name__}."):
        import_module(module.name)
    bundled_document()  # is kept
    _freeze()
    return {"command": execution_hooks.cli.main, "serve with limits": serve_with_limits.main}


def _load_conformance() -> Callable[[], object]:
    from execution_hooks_conformance.__main__ import main

    _freeze()
    return main


def _freeze() -> None:
    """Have no collection write to memory that the processes have in common."""
    gc.collect()
    gc.freeze()
    assert threading.active_count() == 1


def _next(channel: socket.socket) -> tuple[dict[str, Any], Sequence[int]] | None:
    payload, descriptors, _, _ = socket.recv_fds(channel, _LONGEST_RUN, _STANDARD + 1)
    return (json.loads(payload), descriptors) if payload else None


def _reap(options: int) -> None:
    """Collect processes that have ended, whose processor time counts for this one, then."""
    try:
        while os.waitpid(-1, options)[0]:
            pass
    except ChildProcessError:
        pass


def _fork_and_report(descriptors: Sequence[int]) -> None:
    """Fork; go on in the child. The parent tells its id, then its exit status, to the last descriptor."""
    *standard, report = descriptors
    child = os.fork()
    if child == 0:
        os.close(report)
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for descriptor in standard:
        os.close(descriptor)
    os.write(report, f"{child}\n".encode())
    _, status = os.waitpid(child, 0)
    os.write(report, str(status).encode())
    os._exit(0)


def _become(run: dict[str, Any], descriptors: Sequence[int]) -> None:
    """Make this process what it would be, had the command been started."""
    for number, descriptor in enumerate(descriptors[:_STANDARD]):
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
