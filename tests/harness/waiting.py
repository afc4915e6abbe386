"""Waiting for another process or thread."""

import time
from collections.abc import Callable

from harness.processes import TIMEOUT_SECONDS


def eventually(condition: Callable[[], object]) -> None:
    """Return once the condition holds; fail if it does not within the time limit."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this did not come about in time"
        time.sleep(0.02)
