"""The command line, run as real processes."""

import subprocess
from collections.abc import Callable, Mapping, Sequence
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
        variables = {**clean_environment(), **settings, **environment}
        return run_forked(
            forks, "command", [str(COMMAND), *arguments], folder, variables, stdin=stdin, stdout=stdout
        )

    return run


def run_forked(
    forks: ForkServer,
    program: str,
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    stdin: str = "",
    stdout: int | None = None,
    most_seconds: float = 2 * TIMEOUT_SECONDS,
) -> Done:
    """Run a program of the fork server's in a folder; see Run. Raises subprocess.TimeoutExpired."""
    with TemporaryFile() as given, TemporaryFile() as printed, TemporaryFile() as said:
        given.write(stdin.encode())
        given.seek(0)
        streams = (given, printed if stdout is None else stdout, said)
        status = _wait(forks.fork(program, command, streams, folder, environment), most_seconds)
        return Done(command, status, _text(printed), _text(said))


def _wait(process: Process, most_seconds: float) -> int:
    try:
        return process.wait(most_seconds)
    finally:
        process.kill()  # where it was not waited for to the end


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
