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
    judges: ForkServer,
    folder: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    stdout: int | None = None,
) -> Done:
    """Run the command from a folder, in no environment but one that is given.

    What it prints is kept, or goes to the file descriptor ``stdout`` where that is given.
    """
    command, variables = [str(COMMAND), *arguments], environment or {}
    return run_forked(
        judges, "conformance", command, folder, variables, stdout=stdout, most_seconds=_MOST_SECONDS
    )


def judging(judges: ForkServer, folder: Path) -> JudgeServer:
    """Return what judges, from a folder, and sees that nothing is written to standard error."""

    def run(url: str, facts: Facts, *options: str) -> tuple[int, str]:
        environment = {**facts.environment(), "HOME": str(folder)}
        done = conformance(judges, folder, url, *options, environment=environment)
        assert done.stderr == ""
        return done.returncode, done.stdout.splitlines()[-1]

    return run
