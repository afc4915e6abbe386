"""Puts the contract into the distributions, which a checkout has in one place only: openapi/openapi.yaml."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_NAME = "openapi.yaml"


class ContractHook(BuildHookInterface[Any]):
    """Takes the contract from the checkout; in an unpacked sdist, from beside this file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the file and its place. An editable installation reads it in the checkout."""
        if version == "editable":
            return
        root = Path(self.root)
        own = root / _NAME
        contract = own if own.exists() else root.parents[1] / "openapi" / _NAME
        place = _NAME if self.target_name == "sdist" else f"execution_hooks_conformance/{_NAME}"
        build_data["force_include"][str(contract)] = place
