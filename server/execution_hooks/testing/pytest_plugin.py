"""A server for the tests of other projects: the fixture ``execution_hooks``, which pytest finds by itself.

Loading this imports nothing of the server. The first test that asks for the fixture starts one, in a process
of its own, on a free port and with a store in a temporary folder; each pytest-xdist worker has its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from execution_hooks.testing.served import Served

_START_SECONDS = 60.0
_STOP_SECONDS = 10.0


@pytest.fixture(scope="session")
def _execution_hooks_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server of the session."""
    from execution_hooks.testing.served import Served

    folder = tmp_path_factory.mktemp("execution-hooks")
    database, ready, log = f"sqlite:///{folder}/hooks.db", folder / "ready.json", folder / "server.log"
    command = [sys.executable, "-m", "execution_hooks", "serve", "--demo", "--port", "0", "--control", "0"]
    with log.open("w") as output:
        process = subprocess.Popen(  # noqa: S603 our own command
            [*command, "--database", database, "--ready-file", str(ready)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={
                name: value for name, value in os.environ.items() if not name.startswith("EXECUTION_HOOKS_")
            },
        )
    try:
        _wait(process, ready, log)
        with Served.at(json.loads(ready.read_text("utf-8"))) as served:
            yield served
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)
        process.kill()
        process.wait()


@pytest.fixture
def execution_hooks(_execution_hooks_server: Served) -> Served:
    """A server of the execution-hook API, as it was when it started: see ``Served``."""
    _execution_hooks_server.reset()
    return _execution_hooks_server


def _wait(process: subprocess.Popen[bytes], ready: Path, log: Path) -> None:
    """Wait until the server listens. Fails with what it printed if it ends, or takes too long."""
    ends = time.monotonic() + _START_SECONDS
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > ends:
            pytest.fail(f"the server of the execution hooks did not start:\n{log.read_text('utf-8')}")
        time.sleep(0.02)
