"""What the tests of manifests share."""

from pathlib import Path

import pytest

from harness.commands import Run, runner
from harness.forking import ForkServer


@pytest.fixture
def run(forks: ForkServer, tmp_path: Path) -> Run:
    """Run the command in the test's own folder."""
    return runner(forks, tmp_path)
