"""The fixture ``execution_hooks``, in a project of tests that is not ours."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from harness.processes import clean_environment

PROJECT = """
import time

import pytest
from execution_hooks_client import NameTaken


def create(server, name="freeze"):
    return server.client.hooks.create(
        name=name, action="snapshot", stage="pre", hook_source_id=server.hook_source_id, app_id=server.app_id
    )


def test_a_hook_is_created_and_hits_containers(execution_hooks):
    assert create(execution_hooks).matching_images
    with pytest.raises(NameTaken):
        create(execution_hooks)


def test_what_the_test_before_stored_is_gone(execution_hooks):
    create(execution_hooks)
    execution_hooks.add_app("ledger")
    assert {app.name for app in execution_hooks.client.apps.list()} == {"payroll", "ledger"}


def test_apps_are_gone_too_and_the_server_is_the_same(execution_hooks):
    assert [app.name for app in execution_hooks.client.apps.list()] == ["payroll"]
    assert list(execution_hooks.client.hooks.list()) == []
    assert execution_hooks.token not in repr(execution_hooks)
    assert execution_hooks.control_token not in repr(execution_hooks)
"""
GUIDE = (Path(__file__).parents[2] / "server" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["alone", "xdist"])
def test_each_test_has_a_server_as_it_was_at_its_start(tmp_path: Path, workers: list[str]) -> None:
    (tmp_path / "test_backup.py").write_text(PROJECT)
    for number, shown in enumerate(re.findall(r"^```python\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)):
        (tmp_path / f"test_shown_{number}.py").write_text(shown)

    run = _pytest(tmp_path, *workers)

    assert run.returncode == 0, run.stdout + run.stderr
    assert "5 passed" in run.stdout


def test_loading_the_plugin_imports_nothing_of_the_server(tmp_path: Path) -> None:
    (tmp_path / "test_nothing.py").write_text(
        "import sys\n\n\n"
        "def test_nothing():\n"
        "    loaded = {'execution_hooks_client', 'sqlalchemy', 'connexion', 'execution_hooks.store'}\n"
        "    assert 'execution_hooks.testing.pytest_plugin' in sys.modules\n"
        "    assert loaded.isdisjoint(sys.modules)\n"
    )

    run = _pytest(tmp_path)

    assert run.returncode == 0, run.stdout + run.stderr


def _pytest(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    return subprocess.run(
        command, cwd=folder, env=clean_environment(), capture_output=True, text=True, check=False
    )
