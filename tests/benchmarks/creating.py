"""Creates by another client, in a process of its own (see benchmarks.load)."""

import json
import subprocess
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path

from harness.accounts import Account

from .connection import Target
from .load import Report
from .process import cpu_seconds, idle_seconds

_TESTS = Path(__file__).parent.parent


class Creates:
    """A load of creates that runs from when this is made. The names it uses must be new to the account.

    ``send`` has other requests sent in their place (see benchmarks.load), for which ``hooks`` is a file of
    ids. ``refused`` more connections send but one name, so that all their creates but the first are refused.
    """

    def __init__(
        self,
        target: Target,
        *,
        connections: int,
        seconds: float,
        refused: int = 0,
        send: str = "creates",
        hooks: Path | None = None,
    ) -> None:
        command = [sys.executable, "-m", "benchmarks.load"]
        command += [f"--connections={connections}", f"--seconds={seconds}", f"--refused={refused}"]
        command += [f"--send={send}", *([] if hooks is None else [f"--hooks={hooks}"])]
        named = asdict(target).items()
        command += [f"--{name}={value}" for name, value in named if name not in {"pid", "start"}]
        self._server = target.pid
        self._cpu_before = cpu_seconds(self._server)
        self._idle_before = idle_seconds()
        self._begun = time.monotonic()
        self._process = subprocess.Popen(command, cwd=_TESTS, stdout=subprocess.PIPE)

    @property
    def running(self) -> bool:
        """Return whether it is still running."""
        return self._process.poll() is None

    def report(self) -> Report:
        """Wait for its end and return what came of it. Raises CalledProcessError."""
        printed, _ = self._process.communicate()
        if self._process.returncode:
            raise subprocess.CalledProcessError(self._process.returncode, self._process.args)
        return replace(
            Report(**json.loads(printed)),
            server_cpu=cpu_seconds(self._server) - self._cpu_before,
            wall=time.monotonic() - self._begun,
            idle=idle_seconds() - self._idle_before,
        )


def target_at(port: int, account: Account) -> Target:
    """Return the target of creates of an account's member."""
    token = account.bearer()["Authorization"].removeprefix("Bearer ")
    return Target(port, account.id, token, account.app_id, account.hook_source_id)


def cells(report: Report) -> str:
    """Write the rate and the latency of creates as cells of a table."""
    rate = report.measured.get("201", 0) / report.duration
    times = " | ".join(f"{seconds * 1e3:.1f}" for seconds in (report.p50, report.p99, report.max))
    return f"{rate:.0f} | {times}"


def sound(report: Report) -> bool:
    """Return whether every create got a 201."""
    return set(report.responses) == {"201"} and not report.lost
