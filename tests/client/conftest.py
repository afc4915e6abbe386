"""What the client's tests share: where the generated client is, and the contract it comes from."""

from pathlib import Path
from typing import Any

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def contract() -> dict[str, Any]:
    """Return the contract as it is written, references unresolved."""
    document: dict[str, Any] = yaml.safe_load((REPOSITORY / "openapi" / "openapi.yaml").read_text("utf-8"))
    return document
