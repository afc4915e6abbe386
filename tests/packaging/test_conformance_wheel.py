"""The conformance suite's wheel, built from its sdist, and installed where no checkout and no server is."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from conformance.account import new_account
from execution_hooks.store.directory import Directory
from harness.processes import Server, clean_environment

SUITE = Path(__file__).parents[1] / "conformance"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with nothing but the suite and what it needs."""
    folder = tmp_path_factory.mktemp("suite")
    _run([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, SUITE], folder)
    [wheel] = folder.glob("*.whl")
    assert [*folder.glob("*.tar.gz")], "build makes the wheel from the sdist, so there is one"
    _run([sys.executable, "-m", "venv", folder / "venv"], folder)
    _run([folder / "venv" / "bin" / "pip", "install", wheel], folder)
    return folder / "venv"


@pytest.mark.timeout(600)
def test_it_judges_a_server_from_an_empty_folder(
    environment: Path, server: Server, directory: Directory, tmp_path: Path
) -> None:
    facts = new_account(directory.database)
    command = environment / "bin" / "execution-hooks-conformance"

    done = _run([command, server.url, "--short"], tmp_path, facts.environment())

    assert done.stdout.splitlines()[-1].startswith("Conforms: ")
    assert [*tmp_path.iterdir()] == []
    installed = _run([environment / "bin" / "pip", "list"], tmp_path).stdout
    assert "execution-hooks-conformance " in installed
    assert "execution-hooks " not in installed


def test_it_contains_the_contract_of_the_checkout(environment: Path) -> None:
    [carried] = environment.glob("lib/*/site-packages/execution_hooks_conformance/openapi.yaml")

    assert carried.read_bytes() == (SUITE.parents[1] / "openapi" / "openapi.yaml").read_bytes()


def _run(
    command: Sequence[Any], folder: Path, more: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a command in a folder, which must succeed."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**clean_environment(), **(more or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done
