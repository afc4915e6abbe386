"""Has commands that send requests forked where the suite and Schemathesis are loaded.

Only the time that the loading takes is spared: a process of its own sends the requests of each run. What
Hypothesis makes up depends on the modules that are loaded and on how strings are hashed; the fork server has
loaded the same modules, and hashes by the same seed, whatever tests run before.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from execution_hooks_conformance.run import Ended, Run
from harness.commands import run_forked
from harness.forking import ForkServer, fork_server

_LOADED = "conformance.loaded_suite"
_ENVIRONMENT = {"PYTHONHASHSEED": "0"}
"""Nothing of the tester's: Hypothesis, for one, goes by variables of CI systems when it is imported."""


@contextmanager
def judging_fork_server() -> Iterator[ForkServer]:
    """Run a fork server for the suite's command, and for what sends its requests."""
    with fork_server(_ENVIRONMENT, _LOADED) as forks:
        yield forks


def forked_by(forks: ForkServer) -> Run:
    """Return what runs a command that sends requests by such a fork server."""

    def run(
        command: Sequence[str], folder: Path, environment: Mapping[str, str], longest_seconds: float
    ) -> Ended:
        program, arguments = _program(command)
        return run_forked(forks, program, arguments, folder, environment, most_seconds=longest_seconds)

    return run


def _program(command: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the name of what a command runs, and its arguments: ``python -m MODULE …``, or ``st …``."""
    if command[1] == "-m":
        return command[2], command[2:]
    return Path(command[0]).name, command
