"""Tools that tests run beside the server, such as pip and npm; each run must succeed."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.processes import clean_environment


def run_tool(command: Sequence[object], folder: Path, more: Mapping[str, str] | None = None) -> str:
    """Run a tool in a folder, with more variables in its environment; return what it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**clean_environment(), **(more or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
