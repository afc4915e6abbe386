"""A server that has no descriptors left logs one warning, and goes on once there are some."""

import resource
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from harness.processes import Server, StartServer, log_lines, wait_until
from harness.wire import Wire

DESCRIPTORS = 64


def _warnings(server: Server) -> Sequence[dict[str, object]]:
    return [line for line in log_lines(server) if line["level"] != "info"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux sets another process's limits")
def test_when_descriptors_run_short_one_line_says_so_and_service_goes_on(
    start_server: StartServer, tmp_path: Path
) -> None:
    with start_server(f"sqlite:///{tmp_path}/hooks.db") as server:
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
        with ExitStack() as stack:
            for _ in range(2 * DESCRIPTORS):
                stack.enter_context(Wire(server.url))
            wait_until(lambda: bool(_warnings(server)), "no warning is logged")
            for _ in range(2 * DESCRIPTORS):
                stack.enter_context(Wire(server.url))

        wait_until(lambda: _is_served(server), "service does not go on")
        [line] = _warnings(server)
        assert line["event"] == "file descriptors run short"
        assert line["limit"] == DESCRIPTORS
        assert "Traceback" not in server.log_file.read_text()


def _is_served(server: Server) -> bool:
    try:
        return httpx.get(server.url).status_code == 200
    except httpx.TransportError:
        return False
