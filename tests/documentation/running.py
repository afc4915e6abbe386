"""Run the commands that pages show, as a shell does."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.processes import TIMEOUT_SECONDS, clean_environment

_ANNOUNCED = re.compile(r"^Execution Hooks at (https?://\S+),", re.MULTILINE)


def make(arguments: str, checkout: Path) -> str:
    """Run make where nothing is to be installed; return what it printed."""
    return run(f"make --old-file=.venv/.ready --old-file=.venv/.serving {arguments}", checkout)


def run(command: str, folder: Path, typed: str = "") -> str:
    """Run a command of a shell, which must succeed; return what it printed."""
    done = subprocess.run(
        ["/bin/sh", "-ec", command],
        cwd=folder,
        env=_environment(folder),
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def in_background(command: str, folder: Path, timeout: float = TIMEOUT_SECONDS) -> Iterator[str]:
    """Run a command that serves, on a free port; yield the URL. What it prints is in the file ``output``."""
    output = folder / "output"
    with output.open("w") as file:
        process = subprocess.Popen(
            ["/bin/sh", "-c", f"exec {command}"],
            cwd=folder,
            env={**_environment(folder), "EXECUTION_HOOKS_PORT": "0"},
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + timeout
        while not (announced := _ANNOUNCED.search(output.read_text())):
            assert process.poll() is None, output.read_text()
            assert time.monotonic() < deadline, output.read_text()
            time.sleep(0.05)
        yield announced[1]
    finally:
        os.killpg(process.pid, 15)
        process.wait(TIMEOUT_SECONDS)


def _environment(folder: Path) -> dict[str, str]:
    """The environment in which ``execution-hooks`` is found, and what the folder has."""
    path = [str(folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
    return {**clean_environment(), "PATH": os.pathsep.join(path)}
