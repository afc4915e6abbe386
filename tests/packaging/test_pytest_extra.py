"""The extra ``pytest``, installed from wheels, in a project of tests that is not ours: as the pages say."""

import re
import sys
from pathlib import Path

import pytest

from harness.tools import run_tool

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.installs
@pytest.mark.timeout(600)
def test_two_commands_and_a_test_lead_to_a_first_pass(tmp_path: Path) -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    guide = (REPOSITORY / "server" / "README.md").read_text("utf-8")
    [command] = re.findall(r"^make dist\n(pip install .*)$", readme, re.MULTILINE)
    shown = re.findall(r"^```python\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path / "dist"]
    for folder in (REPOSITORY, REPOSITORY / "client"):
        run_tool([*build, folder], tmp_path)
    run_tool([sys.executable, "-m", "venv", tmp_path / "venv"], tmp_path)
    run_tool(["/bin/sh", "-c", f"venv/bin/{command}"], tmp_path)
    (tmp_path / "test_backup.py").write_text("\n\n".join(shown))

    assert "2 passed" in run_tool(["venv/bin/python", "-m", "pytest", "-q", "test_backup.py"], tmp_path)
