"""The command line, run as real processes."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from harness.processes import COMMAND, TIMEOUT_SECONDS, clean_environment

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
"""Run ``execution-hooks`` with arguments; ``stdin`` is a text, other keywords are environment variables.

What it prints is kept, or goes to the file descriptor ``stdout`` where that is given.
"""


def runner(folder: Path, **settings: str) -> Run:
    """Return what runs the command in a folder, with settings of the environment for every run."""

    def run(*arguments: str, stdin: str = "", stdout: int = subprocess.PIPE, **environment: str) -> Done:
        return subprocess.run(
            [COMMAND, *arguments],
            cwd=folder,
            env={**clean_environment(), **settings, **environment},
            input=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=2 * TIMEOUT_SECONDS,
        )

    return run


def redirected(folder: Path, redirection: str, *arguments: str) -> Done:
    """Run the command in a folder with a redirection of the shell, such as ``>&-``."""
    return subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" "$@" {redirection}', COMMAND, *arguments],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_SECONDS,
    )


def printed(done: Done) -> str:
    """Return what a command that succeeded printed, which must be all its output."""
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.removesuffix("\n")


def refused(done: Done) -> str:
    """Return the one line on standard error of a command that failed and printed nothing else."""
    assert done.returncode != 0
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    line = done.stderr.splitlines()[-1]
    assert line.startswith("Error: ")
    return line.removeprefix("Error: ")
