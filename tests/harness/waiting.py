"""Waiting for what another process or thread does in its own time."""

import time
from collections.abc import Callable

from harness.processes import TIMEOUT_SECONDS


def eventually(condition: Callable[[], object]) -> None:
    """Return once the condition holds; fail if that takes longer than anybody would wait."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this did not come about in time"
        time.sleep(0.02)
