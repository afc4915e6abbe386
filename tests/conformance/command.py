"""The command ``execution-hooks-conformance``, as tests run it."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from execution_hooks_conformance.facts import Facts
from harness.commands import Done, run_forked
from harness.forking import ForkServer

COMMAND = Path(sys.executable).with_name("execution-hooks-conformance")
_MOST_SECONDS = 600

JudgeServer = Callable[..., tuple[int, str]]
"""Judge the server at a URL with more options; return the exit status and the last line."""


def conformance(
    forks: ForkServer, folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Done:
    """Run the command from a folder, in no environment but one that is given."""
    command = [str(COMMAND), *arguments]
    return run_forked(forks, "conformance", command, folder, environment or {}, most_seconds=_MOST_SECONDS)


def judging(forks: ForkServer, folder: Path) -> JudgeServer:
    """Return what judges, from a folder, and sees that nothing is written to standard error."""

    def run(url: str, facts: Facts, *options: str) -> tuple[int, str]:
        environment = {**facts.environment(), "HOME": str(folder)}
        done = conformance(forks, folder, url, *options, environment=environment)
        assert done.stderr == ""
        return done.returncode, done.stdout.splitlines()[-1]

    return run
