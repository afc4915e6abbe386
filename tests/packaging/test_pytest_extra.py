"""The extra ``pytest``, installed from wheels, in a project of tests that is not ours: as the pages say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from harness.processes import clean_environment

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.installs
@pytest.mark.timeout(600)
def test_two_commands_and_a_test_lead_to_a_first_pass(tmp_path: Path) -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    guide = (REPOSITORY / "server" / "README.md").read_text("utf-8")
    [command] = re.findall(r"^make dist\n(pip install .*)$", readme, re.MULTILINE)
    [shown] = re.findall(r"^```python\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path / "dist"]
    for folder in (REPOSITORY, REPOSITORY / "client"):
        _run([*build, folder], tmp_path)
    _run([sys.executable, "-m", "venv", tmp_path / "venv"], tmp_path)
    _run(["/bin/sh", "-c", f"venv/bin/{command}"], tmp_path)
    (tmp_path / "test_backup.py").write_text(shown)

    assert "1 passed" in _run(["venv/bin/python", "-m", "pytest", "-q", "test_backup.py"], tmp_path)


def _run(command: list[object], folder: Path) -> str:
    """Run a command in a folder; it must succeed. Return what it printed."""
    run = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout
