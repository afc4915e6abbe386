"""The client and the suite of the last release break on today's server where the comparison says so.

They are the wheels that were frozen with it, so this is what users have who did not upgrade.
"""

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from comparison.released import environment
from conformance.account import new_account
from diff.changes import Change, Contract
from diff.comparison import compare
from diff.places import Node
from diff.releases import contract, versions
from execution_hooks.store.directory import Directory
from execution_hooks_conformance.facts import Facts
from harness.processes import Server
from harness.tools import run_tool

pytestmark = [pytest.mark.installs, pytest.mark.timeout(600)]

LAST = versions()[-1]
SHOWN = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the last release."""
    return environment(tmp_path_factory.mktemp("released") / "venv", LAST)


@pytest.fixture
def facts(directory: Directory) -> Facts:
    """An account of the server, with an app and hook sources."""
    return new_account(directory.database)


def test_the_program_that_the_released_client_shows_runs_as_it_did(
    python: Path, server: Server, facts: Facts, tmp_path: Path
) -> None:
    [metadata] = python.parents[1].glob("wheels/execution_hooks_client-*/METADATA")
    [program, *_] = SHOWN.findall(metadata.read_text("utf-8"))
    variables = {
        "EXECUTION_HOOKS_URL": server.url,
        "EXECUTION_HOOKS_ACCOUNT": facts.account_id,
        "EXECUTION_HOOKS_TOKEN": facts.token,
    }

    printed = run_tool([python, "-c", program], tmp_path, variables).splitlines()

    assert printed == re.findall(r"print\(.*?\)  # (.*)$", program, re.MULTILINE)


def test_the_released_suite_finds_broken_what_the_comparison_calls_breaking_and_nothing_else(
    python: Path, server: Server, facts: Facts, tmp_path: Path, document: Node
) -> None:
    options: list[str] = ["--token", facts.token, "--account", facts.account_id, "--app", facts.app_id]
    command = [str(python), "-m", "execution_hooks_conformance", server.url, *options]
    done = subprocess.run(
        [*command, "--level", "full", "--short", "--report", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    failures = [json.dumps(each) for each in report["results"] if each["verdict"] in {"FAIL", "ERROR"}]
    breaking = _names(_breaking(document))

    assert report["suite"] == f"execution-hooks-conformance {LAST}", done.stderr
    assert [each for each in failures if not any(f"'{name}'" in each for name in breaking)] == []
    assert bool(failures) <= bool(breaking)


def _breaking(document: Node) -> list[Change]:
    released = yaml.load(contract(LAST).read_text("utf-8"), Loader=yaml.CSafeLoader)
    changes = compare(Contract.of(released), Contract.of(document))
    return [each for each in changes if each.level == "breaking"]


def _names(changes: list[Change]) -> set[str]:
    """Return the names of fields, headers and parameters, as the suite writes them."""
    return {field.split()[-1] for each in changes for field in each.fields}
