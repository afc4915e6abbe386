"""The conformance suite's wheel, built from its sdist, and installed where no checkout and no server is."""

import sys
from pathlib import Path

import pytest

from conformance.account import new_account
from documentation.shown import SUITE as SUITE_COMMANDS
from execution_hooks.store.directory import Directory
from harness.processes import Server
from harness.tools import run_tool

pytestmark = [pytest.mark.installs, pytest.mark.timeout(600)]

SUITE = Path(__file__).parents[1] / "conformance"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with nothing but the suite and what it needs, as the README has it installed."""
    folder = tmp_path_factory.mktemp("suite") / "venv"
    run_tool([sys.executable, "-m", "venv", "--without-pip", folder], SUITE)
    install, _ = SUITE_COMMANDS
    run_tool([*_pip(folder), *install.split()[1:], "--no-compile"], SUITE.parents[1])
    return folder


def _pip(environment: Path) -> list[str | Path]:
    return [sys.executable, "-m", "pip", "--python", environment]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist."""
    folder = tmp_path_factory.mktemp("built")
    run_tool([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, SUITE], folder)
    [sdist], [wheel] = folder.glob("*.tar.gz"), folder.glob("*.whl")
    assert sdist.name.startswith("execution_hooks_conformance-")
    return wheel


def test_it_judges_a_server_from_an_empty_folder_by_the_command_that_the_readme_shows(
    environment: Path, wheel: Path, server: Server, directory: Directory, tmp_path: Path
) -> None:
    facts = new_account(directory.database)
    run_tool([*_pip(environment), "install", "--no-deps", "--force-reinstall", wheel], tmp_path)
    _, command = SUITE_COMMANDS
    name, _, *options = command.split()
    source = Directory(directory.database).create_hook_source(facts.account_id, "thaw all", b"echo\n")
    values = {
        "--token": facts.token,
        "--account": facts.account_id,
        "--app": facts.app_id,
        "--source": source,
    }
    given = [f"{option}={values[option]}" for option in options[::2]]

    empty, reports = tmp_path / "empty", tmp_path / "reports"
    empty.mkdir()

    printed = run_tool([environment / "bin" / name, server.url, *given, f"--report={reports}"], empty)

    assert printed.splitlines()[-1].startswith("Conforms: ")
    assert [*empty.iterdir()] == []
    assert {each.name for each in reports.iterdir()} == {"report.html", "report.json", "junit.xml"}
    installed = run_tool([*_pip(environment), "list"], tmp_path)
    assert "execution-hooks-conformance " in installed
    assert "execution-hooks " not in installed


@pytest.mark.parametrize("name", ["openapi.yaml", "page.trace.yaml"])
def test_it_contains_the_contract_and_the_trace_of_the_checkout(environment: Path, name: str) -> None:
    [carried] = environment.glob(f"lib/*/site-packages/execution_hooks_conformance/{name}")

    assert carried.read_bytes() == (SUITE.parents[1] / "openapi" / name).read_bytes()
