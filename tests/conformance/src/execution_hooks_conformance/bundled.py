"""The files that the suite brings along: the contract, and how Schemathesis is configured."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent
_OF_THE_WHEEL = _HERE / "openapi.yaml"

CONTRACT = _OF_THE_WHEEL if _OF_THE_WHEEL.exists() else _HERE.parents[3] / "openapi" / "openapi.yaml"
"""The contract: in the wheel beside this file, in a checkout the one that all parts share."""
CONFIG = _HERE / "schemathesis.toml"
SUITE = f"execution-hooks-conformance {version('execution-hooks-conformance')}"
"""The name and the version of the suite, as reports have them."""


def read_contract() -> dict[str, Any]:
    """Return the contract as data."""
    # libyaml reads it in a tenth of the time.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document: dict[str, Any] = yaml.load(CONTRACT.read_text("utf-8"), loader)  # noqa: S506 it is a safe one
    return document
