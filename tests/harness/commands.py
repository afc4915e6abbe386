"""The command line, run as real processes."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from harness.forking import ForkServer, Process
from harness.processes import COMMAND, TIMEOUT_SECONDS, clean_environment

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
"""Run ``execution-hooks`` with arguments; ``stdin`` is a text, other keywords are environment variables.

What it prints is kept, or goes to the file descriptor ``stdout`` where that is given.
"""


def runner(forks: ForkServer, folder: Path, **settings: str) -> Run:
    """Return what runs the command in a folder, with settings of the environment for every run."""

    def run(*arguments: str, stdin: str = "", stdout: int | None = None, **environment: str) -> Done:
        with TemporaryFile() as given, TemporaryFile() as printed, TemporaryFile() as said:
            given.write(stdin.encode())
            given.seek(0)
            process = forks.fork(
                "command",
                [str(COMMAND), *arguments],
                (given, printed if stdout is None else stdout, said),
                folder,
                {**clean_environment(), **settings, **environment},
            )
            status = _wait(process)
            return Done(arguments, status, _text(printed), _text(said))

    return run


def _wait(process: Process) -> int:
    try:
        return process.wait(2 * TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


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
