"""Runs Schemathesis against a server, each time in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.unicode_table import write_table
from execution_hooks_conformance.verdict import Verdict

_COMMAND = Path(sys.executable).with_name("st")

_NOTHING_OF_THE_TESTER = {"NO_PROXY": "*", "no_proxy": "*", "NETRC": ""}
"""Has Schemathesis, too, send requests straight to the server, with no token but those of the facts."""

T = TypeVar("T")
Ended = subprocess.CompletedProcess[str]
Run = Callable[[Sequence[str], Path, Mapping[str, str], float], Ended]
"""Run a command in a folder and an environment. Raises TimeoutExpired after so many seconds."""


def run_started(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], longest_seconds: float
) -> Ended:
    """Start a process for a command; see Run."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=longest_seconds,
        check=False,
    )


@dataclass(frozen=True)
class Runner:
    """Runs Schemathesis on servers, by a contract and with a configuration.

    ``hooks`` names the module that the judging process imports; it must import
    ``execution_hooks_conformance.hooks``. ``search_path`` is where that process looks for modules beside
    this package, as in PYTHONPATH. ``cache`` is a folder for what takes long to compute and is the same in
    all runs. A command is ended after ``longest_seconds``. ``run_command`` is what runs it.
    """

    contract: Path
    config: Path
    cache: Path
    hooks: str = "execution_hooks_conformance.hooks"
    search_path: str = ""
    longest_seconds: float = 800
    run_command: Run = run_started

    def judge(
        self,
        url: str,
        facts: Facts,
        folder: Path,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> Verdict:
        """Run ``st run`` in a folder, which takes everything that it writes, and return what came of it."""
        summary, events = folder / "summary.json", folder / "events.ndjson"
        reports = ["--report-json-path", str(summary), "--report-ndjson-path", str(events)]
        command: list[Any] = [
            _COMMAND,
            "--config-file",
            self.config,
            "run",
            self.contract,
            "--url",
            url,
            *reports,
            *options,
        ]
        ended = self.run(command, facts, folder, environment)
        assert summary.exists(), ended.stdout + ended.stderr
        return Verdict.of_command(ended.returncode, ended.stdout, summary, events)

    def walk(
        self,
        url: str,
        facts: Facts,
        folder: Path,
        suites: int,
        environment: Mapping[str, str] | None = None,
    ) -> Verdict:
        """Walk the contract's links in a folder (see stateful.py), and return what came of it."""
        record = folder / "walk.ndjson"
        options = ["--config", self.config, "--url", url, "--suites", str(suites), "--record", record]
        module = "execution_hooks_conformance.stateful"
        command: list[Any] = [sys.executable, "-m", module, self.contract, *options]
        ended = self.run(command, facts, folder, environment)
        assert record.exists(), ended.stdout + ended.stderr
        return Verdict.of_walk(ended.returncode, ended.stdout, record)

    def run(
        self,
        command: Sequence[Any],
        facts: Facts,
        folder: Path,
        environment: Mapping[str, str] | None = None,
    ) -> Ended:
        """Run a command that judges, in a folder, until it ends."""
        write_table(self.cache)
        variables = {**self._environment(facts), **(environment or {})}
        return self.run_command([*map(str, command)], folder, variables, self.longest_seconds)

    def _environment(self, facts: Facts) -> dict[str, str]:
        return {
            **os.environ,
            **facts.environment(),
            **_NOTHING_OF_THE_TESTER,
            "SCHEMATHESIS_HOOKS": self.hooks,
            "HYPOTHESIS_STORAGE_DIRECTORY": str(self.cache),
            "PYTHONPATH": os.pathsep.join(filter(None, [self.search_path, os.environ.get("PYTHONPATH")])),
            "PYTHONHASHSEED": "0",
        }


def all_at_once(runs: Sequence[Callable[[], T]]) -> list[T]:
    """Make as many runs at once as there are processors."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda run: run(), runs))
