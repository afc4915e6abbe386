"""The files that the suite brings along: contract, trace from the page, configuration of Schemathesis."""

from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent


def _bundled(name: str) -> Path:
    """Return a file: in the wheel beside this one, in a checkout the one that all parts share."""
    of_the_wheel = _HERE / name
    return of_the_wheel if of_the_wheel.exists() else _HERE.parents[3] / "openapi" / name


CONTRACT = _bundled("openapi.yaml")
CONFIG = _HERE / "schemathesis.toml"
SUITE = f"execution-hooks-conformance {version('execution-hooks-conformance')}"
"""The name and the version of the suite, as reports have them."""


def read_contract() -> dict[str, Any]:
    """Return the contract as data."""
    document: dict[str, Any] = _read(CONTRACT)
    return document


@cache
def read_trace() -> list[dict[str, Any]]:
    """Return the trace from the documented page to the contract as data, which is not to be changed."""
    rows: list[dict[str, Any]] = _read(_bundled("page.trace.yaml"))
    return rows


def _read(file: Path) -> Any:  # noqa: ANN401 any YAML
    # libyaml reads it in a tenth of the time.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(file.read_text("utf-8"), loader)  # noqa: S506 it is a safe one
