"""The command ``execution-hooks-conformance``, as tests run it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from execution_hooks_conformance.facts import Facts

COMMAND = Path(sys.executable).with_name("execution-hooks-conformance")

JudgeServer = Callable[..., tuple[int, str]]
"""Judge the server at a URL with more options; return the exit status and the last line."""


def judging(folder: Path) -> JudgeServer:
    """Return what judges, from a folder, and sees that nothing is written to standard error."""

    def run(url: str, facts: Facts, *options: str) -> tuple[int, str]:
        done = subprocess.run(
            [COMMAND, url, *options],
            cwd=folder,
            env={**facts.environment(), "HOME": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        return done.returncode, done.stdout.splitlines()[-1]

    return run
