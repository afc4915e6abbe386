"""A browser. Where there is none, these tests are skipped."""

import os
from collections.abc import Iterator

import pytest

from harness import browser as chromium
from harness.browser import Browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, for `make test-browser`."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium. Where none is installed, the test is skipped; under CI it fails."""
    if chromium.binary() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(chromium.INSTALL)
        pytest.skip(chromium.INSTALL)
    with chromium.running() as running:
        yield running
