"""What the tests of the command line share."""

from pathlib import Path
from shutil import copytree

import pytest

from harness.administration import Administration
from harness.commands import Run, runner
from harness.forking import ForkServer
from harness.processes import Server


@pytest.fixture
def run(forks: ForkServer, tmp_path: Path) -> Run:
    """Run the command on a store of the test's own."""
    return runner(forks, tmp_path)


@pytest.fixture(scope="session")
def prepared(forks: ForkServer, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Administration]:
    """A store that commands have set up, and the folder that it is in."""
    folder = tmp_path_factory.mktemp("administration")
    return folder, Administration(runner(forks, folder))


@pytest.fixture
def store(prepared: tuple[Path, Administration], tmp_path: Path, run: Run) -> Administration:
    """A copy of a store that commands have set up, of the test's own."""
    folder, administration = prepared
    copytree(folder, tmp_path, dirs_exist_ok=True)
    return administration.at(run)


@pytest.fixture
def administer(forks: ForkServer, tmp_path: Path, server: Server) -> Run:
    """Run the command on the store of the shared server, while that is running."""
    return runner(forks, tmp_path, EXECUTION_HOOKS_DATABASE=server.database_url)
