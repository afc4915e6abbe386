"""The requests of a run, in phases: directed ones, generated ones, walks along the contract's links."""

import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from execution_hooks_conformance.bundled import CONFIG
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.run import Ended, Run, Runner, run_started
from execution_hooks_conformance.run_settings import RunSettings

_RAISED = re.compile(r"[\w.]+(Error|Exception|Definition)\b")
_MOST_SECONDS, _MOST_REQUESTS, _WEEK = 800, 10_000, 7 * 24 * 3600
"""How long a phase may take: so many seconds, and more where a rate spaces out its requests."""
ENDED_EARLY = 3
"""The exit status of a phase that met a limit, which is then in the log."""
_OTHERS_CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,negative_data_rejection,positive_data_acceptance,missing_required_header,"
    "unsupported_method,allow_header_conformance,use_after_free,ensure_resource_availability,ignored_auth,"
    "object_level_authorization"
)
"""The checks of Schemathesis: below the level full, a server need not pass them."""


@dataclass(frozen=True)
class Campaign:
    """Sends requests to the server at a URL, by a contract.

    ``folder`` takes everything that is written; ``run_command`` runs the commands that send them.
    """

    url: str
    contract: Path
    facts: Facts
    settings: RunSettings
    folder: Path
    seed: int | None = None
    is_short: bool = False
    run_command: Run = run_started

    def run(self, phases: Collection[str]) -> Iterator[tuple[str, Ended]]:
        """Run phases by their names, until one meets a limit; yield each name and how the phase ended."""
        commands = {"directed": self._directed, "generated": self._generated, "links": self._walks}
        seconds = _MOST_SECONDS + (_MOST_REQUESTS / self.settings.rate if self.settings.rate else 0)
        seconds = min(seconds, _WEEK)
        runner = Runner(
            self.contract, CONFIG, self.folder, longest_seconds=seconds, run_command=self.run_command
        )
        for name, command in commands.items():
            if name in phases:
                ended = runner.run(command(), self.facts, self.folder, self.settings.environment())
                yield name, ended
                if ended.returncode == ENDED_EARLY:
                    return

    def _directed(self) -> list[Any]:
        module = "execution_hooks_conformance.directed"
        return [sys.executable, "-m", module, self.contract, "--config", CONFIG, "--url", self.url]

    def _generated(self) -> list[Any]:
        phases = "examples,fuzzing" if self.is_short else "examples,coverage,fuzzing"
        options = ["--phases", phases, "--continue-on-failure", "--no-shrink", "--warnings", "off"]
        if self.is_short:
            options += ["--max-examples", "5"]
        if self.seed is not None:
            options += ["--seed", str(self.seed)]
        if self.settings.level is not Level.FULL:
            options += ["--exclude-checks", _OTHERS_CHECKS]
        command = [Path(sys.executable).with_name("st"), "--config-file", CONFIG, "run", self.contract]
        return [*command, "--url", self.url, *options]

    def _walks(self) -> list[Any]:
        suites = "3" if self.is_short else "5"
        options = ["--suites", suites, "--record", self.folder / "walk.ndjson"]
        if self.seed is not None:
            options += ["--seed", str(self.seed)]
        module = "execution_hooks_conformance.stateful"
        return [sys.executable, "-m", module, self.contract, "--config", CONFIG, "--url", self.url, *options]


def failure_of(ended: Ended, *, is_explained: bool) -> str:
    """Say why a phase ended otherwise than it should; nothing if it ended well, or at a limit.

    Where the log explains it, by a broken promise or a request without a response, a phase may fail.
    """
    if ended.returncode in (0, ENDED_EARLY) or (ended.returncode == 1 and is_explained):
        return ""
    lines = [line for line in f"{ended.stdout}\n{ended.stderr}".splitlines() if line.strip()]
    raised = [line for line in lines if _RAISED.match(line)]
    [reason] = (raised or lines or ["it printed nothing"])[-1:]
    return f"a run ended with status {ended.returncode}: {reason}"
