"""Puts contract and trace into the distributions, which a checkout has in one place only: openapi/."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_NAMES = ("openapi.yaml", "page.trace.yaml")


class ContractHook(BuildHookInterface[Any]):
    """Takes them from the checkout; in an unpacked sdist, from beside this file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files and their places. An editable installation reads them in the checkout."""
        if version == "editable":
            return
        root = Path(self.root)
        for name in _NAMES:
            own = root / name
            file = own if own.exists() else root.parents[1] / "openapi" / name
            place = name if self.target_name == "sdist" else f"execution_hooks_conformance/{name}"
            build_data["force_include"][str(file)] = place
