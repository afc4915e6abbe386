"""What a server shows of itself in its metrics."""

import json
import re
from pathlib import Path

import httpx

from harness.clear_text import NO_TRUST
from harness.processes import TIMEOUT_SECONDS


def showing_metrics(ready: Path) -> tuple[str, ...]:
    """Return the options of ``serve`` for metrics, whose URL then stands in a file."""
    return ("--metrics", "0", "--ready-file", str(ready))


def requests_in_flight(ready: Path) -> float:
    """Return how many requests a server works on, all its workers together."""
    url = json.loads(ready.read_text())["metrics"]
    text = httpx.get(url, verify=NO_TRUST, timeout=TIMEOUT_SECONDS).text
    [shown] = re.findall(r"^execution_hooks_requests_in_flight (\S+)$", text, re.MULTILINE)
    return float(shown)
