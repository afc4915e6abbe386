"""What the tests of the command line share."""

from pathlib import Path

import pytest

from harness.commands import Run, runner
from harness.processes import Server


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command on a store of the test's own."""
    return runner(tmp_path)


@pytest.fixture
def administer(tmp_path: Path, server: Server) -> Run:
    """Run the command on the store of the shared server, while that is running."""
    return runner(tmp_path, EXECUTION_HOOKS_DATABASE=server.database_url)
